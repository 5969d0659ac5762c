//! Withdrawing an envelope from a relay.
//!
//! Only who knows the token can: the envelope carries the token's hash from the start. A relay that
//! does not hold the envelope remembers the request, so a carrier cannot bring it back later.

use std::fmt;

use belay_model::EnvelopeId;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::name::decode_hex;

/// Proof that the sender may erase an envelope. Secret until it is used; wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EraseToken([u8; 32]);

impl EraseToken {
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

impl fmt::Debug for EraseToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EraseToken(..)")
    }
}

impl Serialize for EraseToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&HEXLOWER.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for EraseToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        decode_hex(&text)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not an erase token"))
    }
}

/// One envelope to erase. A request is a JSON list of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EraseEntry {
    /// The envelope.
    pub env_id: EnvelopeId,
    /// The proof.
    pub token: EraseToken,
    /// 0 erases now, 30 after thirty days; nothing else is allowed.
    pub grace_days: u32,
}

/// What became of one erase entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EraseOutcome {
    /// It is erased, or will be when its grace ends. Asking again gives the same answer.
    Erased,
    /// The relay does not hold it and will refuse it if it comes.
    Remembered,
    /// The token is not the one this envelope was sealed with; nothing changed.
    WrongToken,
}

/// The answer for one entry. The answer to a request is a JSON list of these in the order sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EraseResult {
    /// The envelope.
    pub env_id: EnvelopeId,
    /// What became of it.
    pub outcome: EraseOutcome,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn an_entry_reads_as_documented_and_hides_its_token() {
        let entry = EraseEntry {
            env_id: EnvelopeId::from_bytes([1; 32]),
            token: EraseToken::from_bytes([2; 32]),
            grace_days: 30,
        };
        let text = serde_json::to_string(&entry).unwrap();
        let (id, token) = ("01".repeat(32), "02".repeat(32));
        assert_eq!(
            text,
            format!(r#"{{"env_id":"{id}","token":"{token}","grace_days":30}}"#)
        );
        assert_eq!(serde_json::from_str::<EraseEntry>(&text).unwrap(), entry);
        assert!(!format!("{entry:?}").contains("02"));
        let extra = text.replace('}', r#","x":1}"#);
        assert!(serde_json::from_str::<EraseEntry>(&extra).is_err());
    }
}
