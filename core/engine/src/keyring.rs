//! Keys that own devices share: records of kind `keys` in `self`, never Automerge, so that a deleted one
//! leaves nothing behind (docs/crypto.md, "Keyring").

use belay_document::records::KeysRecord;
use belay_protocol::{DocKind, ItemKind};

use crate::Result;
use crate::session::{Draft, Session};

impl Session<'_> {
    /// Writes one record of keys into `self`.
    pub fn write_keys(&mut self, keys: &KeysRecord) -> Result<()> {
        let own = self.self_space()?;
        self.append(
            &own,
            Draft {
                kind: ItemKind::Record,
                doc_kind: DocKind::Keys,
                doc_name: keys.name(),
                body: keys.to_bytes(1).to_vec(),
            },
        )?;
        Ok(())
    }
}
