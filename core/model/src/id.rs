//! Names of things as fixed-size byte strings. They carry no meaning of their own: how each one is
//! derived stands in `docs/crypto.md`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not the hexadecimal form of the id asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected {expected} hexadecimal digits")]
pub struct IdError {
    /// How many hexadecimal digits the id has.
    pub expected: usize,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// Length in bytes.
            pub const LEN: usize = $len;
            /// All zero bytes: stands for "none" where a format has no other place for it.
            pub const ZERO: Self = Self([0; $len]);

            /// Takes the bytes as they are.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// Takes a slice of exactly [`Self::LEN`] bytes.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// The bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// The bytes, by value.
            #[must_use]
            pub const fn to_bytes(self) -> [u8; $len] {
                self.0
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "("))?;
                self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))?;
                f.write_str("..)")
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let wrong = IdError { expected: $len * 2 };
                if text.len() != $len * 2 || !text.is_ascii() {
                    return Err(wrong);
                }
                let mut bytes = [0u8; $len];
                for (index, byte) in bytes.iter_mut().enumerate() {
                    let digits = &text[index * 2..index * 2 + 2];
                    if digits.starts_with('+') {
                        return Err(wrong);
                    }
                    *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong)?;
                }
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// A persona: one person in one space. Two spaces of the same person have unrelated ids (D3).
    PersonId, 32
);
id!(
    /// One device of a persona in one space.
    DeviceId, 32
);
id!(
    /// People who share keys; the id of the space's `create` item.
    SpaceId, 32
);
id!(
    /// A signed item: the hash of its header.
    ItemId, 32
);
id!(
    /// One generation of a space's secret: the id of its `epoch` item.
    EpochId, 32
);
id!(
    /// A sealed envelope: the hash of its outer bytes.
    EnvelopeId, 32
);
id!(
    /// A document of one owner in one space.
    DocId, 32
);
id!(
    /// The salted hash of an item's body.
    BodyHash, 32
);
id!(
    /// The name of a document or record within its kind.
    DocName, 16
);

/// One unbroken run of a device's writing in a space. A new one starts whenever continuity with the
/// last write is not proven (a restored or copied store).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Incarnation(pub u64);

impl From<ItemId> for EpochId {
    fn from(id: ItemId) -> Self {
        Self(id.0)
    }
}

impl From<EpochId> for ItemId {
    fn from(id: EpochId) -> Self {
        Self(id.0)
    }
}

impl From<ItemId> for SpaceId {
    fn from(id: ItemId) -> Self {
        Self(id.0)
    }
}

impl From<SpaceId> for ItemId {
    fn from(id: SpaceId) -> Self {
        Self(id.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn an_id_survives_its_text_form() {
        let id = ItemId::from_bytes([0xab; 32]);
        assert_eq!(id.to_string().parse::<ItemId>().unwrap(), id);
        assert_eq!(format!("{id:?}"), "ItemId(abababab..)");
    }

    #[test]
    fn a_text_of_the_wrong_shape_is_no_id() {
        for text in [
            "",
            "ab",
            &"+a".repeat(16),
            &"é".repeat(16),
            &"g0".repeat(16),
        ] {
            assert!(text.parse::<DocName>().is_err(), "{text:?}");
        }
    }
}
