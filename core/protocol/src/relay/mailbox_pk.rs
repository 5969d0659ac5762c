//! The name of a mailbox: the Ed25519 public key that its requests are signed with.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::name::relay_name;

relay_name!(
    /// A mailbox's public key. Whether it is a valid curve point shows when a signature is checked.
    MailboxPk,
    32,
    "mailbox key"
);

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
