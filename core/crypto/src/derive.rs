//! HKDF-SHA256 (RFC 5869) as this room uses it.

use hkdf::{Hkdf, InvalidLength};
use sha2::Sha256;
use zeroize::Zeroizing;

/// `N` bytes from key material, salt and info. Without a salt: zeros, as the RFC says.
pub(crate) fn hkdf<const N: usize>(
    ikm: &[u8],
    salt: Option<&[u8]>,
    info: &str,
) -> Zeroizing<[u8; N]> {
    let mut output = Zeroizing::new([0; N]);
    expand(ikm, salt, info.as_bytes(), &mut *output)
        .expect("all outputs here are far below HKDF's limit of 8160 bytes");
    output
}

/// Extract and expand; refuses more than 8160 bytes of output.
pub(crate) fn expand(
    ikm: &[u8],
    salt: Option<&[u8]>,
    info: &[u8],
    output: &mut [u8],
) -> Result<(), InvalidLength> {
    Hkdf::<Sha256>::new(salt, ikm).expand(info, output)
}

/// Bytes `at..at + N` of a longer derived string.
pub(crate) fn part<const N: usize>(bytes: &[u8], at: usize) -> Zeroizing<[u8; N]> {
    let mut part = Zeroizing::new([0; N]);
    part.copy_from_slice(&bytes[at..at + N]);
    part
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn derivation_is_that_of_rfc_5869() {
        // RFC 5869 appendix A.3: no salt, no info.
        let output: Zeroizing<[u8; 42]> = hkdf(&[0x0b; 22], None, "");
        assert_eq!(
            HEXLOWER.encode(&*output),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        );
    }
}
