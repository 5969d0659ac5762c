//! Names that a client and a relay use for things, as bytes and as text: one spelling, and none of it in a log.

use data_encoding::HEXLOWER;

/// A name of `$len` bytes, `$what` where its text is none.
macro_rules! relay_name {
    ($(#[$doc:meta])* $name:ident, $len:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// Takes the bytes as they are.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl std::fmt::Debug for $name {
            // In a log it would let its reader follow one space's traffic.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ProtocolError;

            /// Reads lowercase hexadecimal digits, the only spelling there is.
            fn from_str(text: &str) -> Result<Self, $crate::ProtocolError> {
                $crate::relay::name::decode_hex(text)
                    .map(Self)
                    .ok_or($crate::ProtocolError::Malformed($what))
            }
        }
    };
}

pub(super) use relay_name;

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

    use crate::relay::{BlobId, MailboxPk, RendezvousId};

    #[test]
    fn a_name_has_one_spelling_and_hides_from_logs() {
        let pk = MailboxPk::from_bytes([0xab; 32]);
        assert_eq!(pk.to_string().parse::<MailboxPk>().unwrap(), pk);
        assert!(pk.to_string().to_uppercase().parse::<MailboxPk>().is_err());
        assert!("ab".parse::<MailboxPk>().is_err());
        assert!("é".repeat(32).parse::<MailboxPk>().is_err());
        assert!("ab".repeat(16).parse::<BlobId>().is_err(), "half as long");
        let id = RendezvousId::from_bytes([1; 16]);
        assert_eq!(id.to_string().parse::<RendezvousId>().unwrap(), id);
        let blob = BlobId::from_bytes([2; 32]);
        assert_eq!(
            format!("{pk:?} {blob:?} {id:?}"),
            "MailboxPk(..) BlobId(..) RendezvousId(..)"
        );
    }
}
