//! Keys that own devices share: records of kind `keys` in `self`, never Automerge, so that a deleted one
//! leaves nothing behind (docs/crypto.md, "Keyring").

use belay_document::records::KeysRecord;
use belay_protocol::{DocKind, ItemKind};

use crate::Result;
use crate::session::{Draft, Session};

impl Session<'_> {
    /// Writes one record of keys into `self`.
    pub fn write_keys(&mut self, keys: &KeysRecord) -> Result<()> {
        self.write_keys_at(keys, 1)
    }

    /// As [`Self::write_keys`], as a later revision of a record that is there.
    pub fn write_keys_at(&mut self, keys: &KeysRecord, rev: u64) -> Result<()> {
        let own = self.self_space()?;
        self.append(
            &own,
            Draft {
                kind: ItemKind::Record,
                doc_kind: DocKind::Keys,
                doc_name: keys.name(),
                body: keys.to_bytes(rev).to_vec(),
            },
        )?;
        Ok(())
    }
}
