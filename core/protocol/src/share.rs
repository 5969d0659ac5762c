//! One share of a person's recovery words, as a trusted person keeps it: on paper, or in their Belay.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::ProtocolError;
use crate::codec::{Reader, Writer};
use crate::limits::SHARES_MAX;
use crate::text_code::{TextCode, TextFault};

/// Letters of a group in the printed text.
const GROUP: usize = 4;

/// A share as text. What is looked at is far above a share with its white space.
const TEXT: TextCode = TextCode {
    prefix: "BELAY-SHARE:",
    text_max: 1024,
    read_as: |letter| match letter {
        '-' => None,
        '0' => Some('O'),
        '1' => Some('I'),
        '8' => Some('B'),
        other => Some(other),
    },
};

/// A share. Fewer than `threshold` of a set say nothing about the words.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryShare {
    /// Names the set it belongs to.
    pub set_id: [u8; 8],
    /// Which of the set it is, from 1.
    pub index: u8,
    /// How many of the set are needed.
    pub threshold: u8,
    /// Tells whether what shares give together is what the set was made of.
    pub check: [u8; 8],
    /// The share itself.
    pub value: [u8; 32],
}

impl fmt::Debug for RecoveryShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecoveryShare")
            .field("index", &self.index)
            .field("threshold", &self.threshold)
            .finish_non_exhaustive()
    }
}

impl RecoveryShare {
    /// Bytes of a share.
    pub const LEN: usize = 8 + 1 + 1 + 8 + 32;

    /// The bytes that are kept.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut writer = Writer::with_capacity(Self::LEN + 4);
        writer
            .bytes(&self.set_id)
            .u8(self.index)
            .u8(self.threshold)
            .bytes(&self.check)
            .bytes(&self.value);
        Zeroizing::new(writer.finish())
    }

    /// Reads the bytes.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn decode(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let mut reader = Reader::new(bytes);
        let share = Self {
            set_id: reader.array()?,
            index: reader.u8()?,
            threshold: reader.u8()?,
            check: reader.array()?,
            value: reader.array()?,
        };
        reader.finish()?;
        let counts =
            (2..=SHARES_MAX).contains(&share.threshold) && (1..=SHARES_MAX).contains(&share.index);
        if counts {
            Ok(share)
        } else {
            Err(ProtocolError::Malformed("share"))
        }
    }

    /// The text to print or to show: letters and digits in groups of four, with a checksum.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        TEXT.write(&self.encode(), Some(GROUP))
    }

    /// Reads the text, in either case, with or without white space and hyphens; 0, 1 and 8, which no share
    /// has, are read as the letters they look like.
    ///
    /// # Errors
    /// `NotAShare` for another kind of text, `ShareDamaged` for a slip of the pen, `UnknownVersion` for a
    /// share of a newer program.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        let bytes = TEXT.read(text).map_err(|fault| match fault {
            TextFault::Foreign => ProtocolError::NotAShare,
            TextFault::Damaged => ProtocolError::ShareDamaged,
            TextFault::Later(version) => ProtocolError::UnknownVersion(version),
        })?;
        Self::decode(&bytes).map_err(|_| ProtocolError::ShareDamaged)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn share() -> RecoveryShare {
        RecoveryShare {
            set_id: [1; 8],
            index: 2,
            threshold: 3,
            check: [4; 8],
            value: [5; 32],
        }
    }

    #[test]
    fn a_share_is_read_as_people_copy_it() {
        let text = share().to_text();
        assert!(text.starts_with("BELAY-SHARE:1/"), "{}", *text);
        assert_eq!(RecoveryShare::parse(&text).unwrap(), share());
        let typed = text
            .to_lowercase()
            .replace('-', " ")
            .replace("belay share", "belay-share");
        assert_eq!(RecoveryShare::parse(&typed).unwrap(), share());
        let digits = text.replace('O', "0").replace("/I", "/1");
        assert_eq!(RecoveryShare::parse(&digits).unwrap(), share());
    }

    #[test]
    fn other_texts_slips_and_newer_shares_are_told_apart() {
        let text = share().to_text();
        for (other, error) in [
            ("hello", ProtocolError::NotAShare),
            ("BELAY-SHARE:2/AAAA", ProtocolError::UnknownVersion(2)),
            ("BELAY-SHARE:x/AAAA", ProtocolError::ShareDamaged),
            (&text[..text.len() - 1], ProtocolError::ShareDamaged),
        ] {
            assert_eq!(RecoveryShare::parse(other), Err(error), "{other}");
        }
        assert_eq!(
            RecoveryShare::parse(&"x".repeat(5_000)),
            Err(ProtocolError::NotAShare)
        );
    }

    #[test]
    fn a_share_of_no_set_is_refused() {
        for (index, threshold) in [(0, 2), (17, 2), (1, 1), (1, 17)] {
            let wrong = RecoveryShare {
                index,
                threshold,
                ..share()
            };
            assert!(RecoveryShare::decode(&wrong.encode()).is_err());
        }
    }

    proptest! {
        #[test]
        fn every_share_comes_out_as_it_went_in(set_id: [u8; 8], value: [u8; 32], index in 1u8..=16) {
            let made = RecoveryShare { set_id, index, value, ..share() };
            prop_assert_eq!(RecoveryShare::parse(&made.to_text()).unwrap(), made);
        }

        #[test]
        fn a_changed_letter_never_goes_unnoticed(at in 14usize..100, letter in "[A-Z2-7]") {
            let text = share().to_text();
            let at = at.min(text.len() - 1);
            if text.as_bytes()[at] != b'-' && text[at..=at] != letter {
                let mut wrong = text.to_string();
                wrong.replace_range(at..=at, &letter);
                prop_assert_eq!(RecoveryShare::parse(&wrong), Err(ProtocolError::ShareDamaged));
            }
        }
    }
}
