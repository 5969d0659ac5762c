//! The words or digits that two people compare.

use crate::derive::hkdf;
use crate::label;
use crate::words::word;

/// 44 bits of what both sides saw. An attacker between them has one try and hits with 1 in 2^44.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparisonCode(u64);

impl ComparisonCode {
    /// From the handshake hash (in person) or the transcript (at a distance).
    #[must_use]
    pub fn derive(seen: &[u8; 32]) -> Self {
        let bits = hkdf::<8>(seen, None, label::SAS_WORDS);
        Self(u64::from_be_bytes(*bits) >> 20)
    }

    /// Four words of the English BIP39 list, most significant bits first.
    #[must_use]
    pub fn words(&self) -> [&'static str; 4] {
        // Masked to eleven bits, so nothing is lost.
        [33, 22, 11, 0].map(|shift| word((self.0 >> shift & 0x7ff) as u16))
    }

    /// The same bits as 14 decimal digits.
    #[must_use]
    pub fn digits(&self) -> String {
        format!("{:014}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_digits_are_the_same_bits() {
        let code = ComparisonCode((1 << 33) | (2 << 22) | (3 << 11) | 2047);
        assert_eq!(code.words(), ["ability", "able", "about", "zoo"]);
        assert_eq!(code.digits(), "00008598331391");
        assert_eq!(ComparisonCode((1 << 44) - 1).digits(), "17592186044415");
    }
}
