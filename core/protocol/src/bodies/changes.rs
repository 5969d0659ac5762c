//! `changes`: Automerge changes of one document, as opaque bytes.

use crate::ProtocolError;
use crate::codec::{Reader, Writer};
use crate::limits::ITEM_BODY_MAX;

/// The body of a `changes` item: `(len u32 | change)*`, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesBody {
    /// The changes, each as its author wrote it, uncompressed.
    pub changes: Vec<Vec<u8>>,
}

impl ChangesBody {
    /// The framed changes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        for change in &self.changes {
            writer.prefixed(change);
        }
        writer.finish()
    }

    /// Takes the framing apart; the changes themselves are not read.
    ///
    /// # Errors
    /// What is wrong with the framing.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() > ITEM_BODY_MAX {
            return Err(ProtocolError::TooLarge {
                what: "changes",
                max: ITEM_BODY_MAX,
            });
        }
        let mut reader = Reader::new(bytes);
        let mut changes = Vec::new();
        while reader.remaining() > 0 {
            let change = reader.prefixed("change", ITEM_BODY_MAX)?;
            if change.is_empty() {
                return Err(ProtocolError::Malformed("an empty change"));
            }
            changes.push(change.to_vec());
        }
        if changes.is_empty() {
            return Err(ProtocolError::Malformed("no changes"));
        }
        Ok(Self { changes })
    }
}
