//! How far a reader has come in a mailbox.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::name::decode_hex;
use crate::ProtocolError;

/// One incarnation of a mailbox: a random number drawn whenever a relay starts it afresh. Numbers of
/// envelopes mean nothing across two generations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u64);

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Generation {
    type Err = ProtocolError;

    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        decode_hex(text)
            .map(|bytes| Self(u64::from_be_bytes(bytes)))
            .ok_or(ProtocolError::Malformed("generation"))
    }
}

impl Serialize for Generation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Generation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// The last envelope a reader has taken in. As text: 16 hexadecimal digits, a dot, decimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// The generation the number belongs to.
    pub generation: Generation,
    /// Number of the last envelope read; 0 before the first.
    pub seq: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.generation, self.seq)
    }
}

impl FromStr for Cursor {
    type Err = ProtocolError;

    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let (generation, seq) = text
            .split_once('.')
            .ok_or(ProtocolError::Malformed("cursor"))?;
        Ok(Self {
            generation: generation.parse()?,
            seq: parse_decimal(seq).ok_or(ProtocolError::Malformed("cursor"))?,
        })
    }
}

/// A decimal number in its one spelling: digits only, no leading zero.
pub(super) fn parse_decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = text == "0" || !text.starts_with('0');
    if plain && canonical {
        text.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cursor_survives_its_text_form(generation: u64, seq: u64) {
            let cursor = Cursor { generation: Generation(generation), seq };
            prop_assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }

        #[test]
        fn a_text_that_is_accepted_is_the_only_spelling(text in "[0-9a-f.+ ]{0,40}") {
            if let Ok(cursor) = text.parse::<Cursor>() {
                prop_assert_eq!(cursor.to_string(), text);
            }
        }
    }

    #[test]
    fn other_spellings_of_a_number_are_refused() {
        for text in ["", "00", "01", "+1", "1 ", "18446744073709551616"] {
            assert_eq!(parse_decimal(text), None, "{text:?}");
        }
        assert_eq!(parse_decimal("0"), Some(0));
    }
}
