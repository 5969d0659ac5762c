//! The name of a mailbox: the Ed25519 public key that its requests are signed with.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ProtocolError;

/// A mailbox's public key. Whether it is a valid curve point shows when a signature is checked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailboxPk([u8; 32]);

impl MailboxPk {
    /// Takes the bytes as they are.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for MailboxPk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for MailboxPk {
    // A mailbox key in a log would let its reader follow one space's traffic.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailboxPk(..)")
    }
}

impl FromStr for MailboxPk {
    type Err = ProtocolError;

    /// Reads 64 lowercase hexadecimal digits, the only spelling there is.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        decode_hex(text)
            .map(Self)
            .ok_or(ProtocolError::Malformed("mailbox key"))
    }
}

impl Serialize for MailboxPk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MailboxPk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Exactly `N` bytes from lowercase hexadecimal digits, without allocating.
pub(super) fn decode_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != N * 2 {
        return None;
    }
    match HEXLOWER.decode_mut(text.as_bytes(), &mut bytes) {
        Ok(n) if n == N => Some(bytes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_mailbox_key_has_one_spelling_and_hides_from_logs() {
        let pk = MailboxPk::from_bytes([0xab; 32]);
        assert_eq!(pk.to_string().parse::<MailboxPk>().unwrap(), pk);
        assert!(pk.to_string().to_uppercase().parse::<MailboxPk>().is_err());
        assert!("ab".parse::<MailboxPk>().is_err());
        assert!("é".repeat(32).parse::<MailboxPk>().is_err());
        assert_eq!(format!("{pk:?}"), "MailboxPk(..)");
    }
}
