//! Makes raw changes on a fork, one per transaction, each within the limits of a change.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{Automerge, ObjId, ReadDoc};
use belay_protocol::limits::{CHANGE_MAX, CHANGE_OPERATIONS_MAX};

use super::Scalar;
use super::text::Piece;
use crate::DocumentError;
use crate::changes::ActorBytes;

/// One operation on a field, as it will be written.
pub(super) struct Put<'a> {
    pub(super) object: &'a ObjId,
    pub(super) key: &'a str,
    pub(super) value: Option<&'a Scalar>,
}

/// A fork with the changes made on it so far.
pub(super) struct Writer<'a> {
    pub(super) document: Automerge,
    pub(super) actor: &'a ActorBytes,
    pub(super) time: i64,
    pub(super) made: Vec<Vec<u8>>,
}

impl Writer<'_> {
    pub(super) fn commit_fields(&mut self, batch: &[Put<'_>]) -> Result<(), DocumentError> {
        self.commit(|transaction| {
            for put in batch {
                match put.value {
                    Some(value) => {
                        let stored = value.to_stored().ok_or(DocumentError::Engine)?;
                        transaction.put(put.object, put.key, stored)?;
                    }
                    None => transaction.delete(put.object, put.key)?,
                }
            }
            Ok(())
        })
    }

    pub(super) fn commit_text(
        &mut self,
        text: &ObjId,
        pieces: &[Piece<'_>],
    ) -> Result<(), DocumentError> {
        self.commit(|transaction| {
            for piece in pieces {
                transaction.splice_text(text, piece.at, piece.delete, piece.insert)?;
            }
            Ok(())
        })
    }

    fn commit(
        &mut self,
        edit: impl FnOnce(&mut Transaction<'_>) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        let mut transaction = self.document.transaction();
        edit(&mut transaction)?;
        let options = CommitOptions::default().with_time(self.time);
        let Some(hash) = transaction.commit_with(options).0 else {
            return Ok(());
        };
        let change = self
            .document
            .get_change_by_hash(&hash)
            .ok_or(DocumentError::Engine)?;
        debug_assert_eq!(change.actor_id().to_bytes(), self.actor);
        if change.raw_bytes().len() > CHANGE_MAX || change.len() > CHANGE_OPERATIONS_MAX {
            return Err(DocumentError::TooLarge {
                what: "a change",
                max: CHANGE_MAX,
            });
        }
        self.made.push(change.raw_bytes().to_vec());
        Ok(())
    }
}
