//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): 24-byte nonces may be random.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::CryptoError;

/// Seals `plain`; the result is 16 bytes longer.
pub(crate) fn seal(key: &[u8; 32], nonce: &[u8; 24], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    XChaCha20Poly1305::new(&(*key).into())
        .encrypt(&XNonce::from(*nonce), Payload { msg: plain, aad })
        .expect("nothing sealed here comes near the cipher's limit of 256 GiB")
}

/// Opens what [`seal`] made.
pub(crate) fn open(
    key: &[u8; 32],
    nonce: &[u8; 24],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    XChaCha20Poly1305::new(&(*key).into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad })
        .map_err(|_| CryptoError::DoesNotOpen)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn sealing_is_that_of_the_xchacha_draft() {
        // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
        let key = std::array::from_fn(|n| 0x80 + u8::try_from(n).unwrap());
        let nonce = std::array::from_fn(|n| 0x40 + u8::try_from(n).unwrap());
        let aad = HEXLOWER.decode(b"50515253c0c1c2c3c4c5c6c7").unwrap();
        let plain =
            b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for \
                      the future, sunscreen would be it.";
        let sealed = seal(&key, &nonce, &aad, plain);
        assert_eq!(
            HEXLOWER.encode(&sealed[..16]),
            "bd6d179d3e83d43b9576579493c0e939"
        );
        assert_eq!(
            HEXLOWER.encode(&sealed[plain.len()..]),
            "c0875924c1c7987947deafd8780acf49"
        );
        assert_eq!(open(&key, &nonce, &aad, &sealed).unwrap(), plain);
        assert_eq!(
            open(&key, &nonce, b"", &sealed),
            Err(CryptoError::DoesNotOpen)
        );
    }
}
