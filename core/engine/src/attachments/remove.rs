//! Taking attachments away: with their entry, alone, and what is left over of either.

use std::collections::BTreeSet;

use belay_model::DocName;
use belay_protocol::DocKind;
use belay_protocol::relay::BlobId;
use belay_store::{DocRow, ReadTx};

use super::blobs::file_name;
use super::manifest::{AttachmentRow, all, manifest_of};
use super::{KIND, MISSING};
use crate::engine::Engine;
use crate::session::Session;
use crate::{BelayError, Result};

/// Under which meta keys stand the blobs that relays are to erase; the value is the epoch.
const TO_ERASE: &str = "blob-erase/";

/// Under which meta keys it stands where a blob was sent whole.
const SENT: &str = "blob-sent/";

pub(super) fn to_erase_key(id: &[u8; 32]) -> String {
    format!("{TO_ERASE}{}", file_name(id))
}

pub(super) fn sent_key(id: &[u8; 32]) -> String {
    format!("{SENT}{}", file_name(id))
}

/// The blobs that relays are to erase, and in whose mailbox they are.
pub(super) fn to_erase(tx: &ReadTx<'_>) -> Result<Vec<([u8; 32], belay_model::EpochId)>> {
    let kept = tx.meta_beginning_with(TO_ERASE)?.into_iter();
    kept.map(|(key, epoch)| {
        let id = key.strip_prefix(TO_ERASE);
        let id = id.and_then(|id| id.parse::<BlobId>().ok());
        let id = *id.ok_or(BelayError::internal("blob-erase"))?.as_bytes();
        let epoch = crate::space_state::array(&epoch, "blob-erase")?;
        Ok((id, belay_model::EpochId::from_bytes(epoch)))
    })
    .collect()
}

impl Engine {
    /// Erases one attachment for good, here, on every own device that hears of it, and on the relay. Writes to
    /// disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn remove_attachment(&self, id: &DocName) -> Result<()> {
        self.write(|session| {
            session.tx.own_by_name(KIND.into(), id)?.ok_or(MISSING)?;
            session.erase_document(KIND, id)
        })?;
        self.tidy_attachments()?;
        self.checkpoint()
    }

    /// Removes what belongs to nobody: attachments of entries that were erased elsewhere while they were added
    /// here, and files whose attachment is gone.
    pub(crate) fn tidy_attachments(&self) -> Result<()> {
        let files = self.blob_files();
        files.tidy()?;
        let left_over = |tx: &ReadTx<'_>| -> Result<(Vec<DocName>, Vec<String>)> {
            let (mut orphans, mut known) = (Vec::new(), BTreeSet::new());
            for own in all(tx)? {
                let row: AttachmentRow = crate::queries::projected(&own)?;
                if entry_is_erased(tx, own.document, &row.entry)? {
                    orphans.push(own.name);
                } else {
                    known.extend(row.blobs().map(|blob| blob.id.clone()));
                }
            }
            let mut strays: Vec<String> = files.all()?.into_iter().map(|(id, _)| id).collect();
            strays.retain(|id| !known.contains(id));
            Ok((orphans, strays))
        };
        let (orphans, strays) = self.read(left_over)?;
        if orphans.is_empty() && strays.is_empty() {
            return Ok(());
        }
        self.write(|session| {
            let (orphans, strays) = left_over(session.tx)?;
            for orphan in &orphans {
                session.erase_document(KIND, orphan)?;
            }
            // Asked again here, where nobody else can be between a file and its manifest.
            strays.iter().try_for_each(|id| Ok(files.remove(id)?))
        })
    }
}

fn entry_is_erased(tx: &ReadTx<'_>, attachment: DocRow, entry: &DocName) -> Result<bool> {
    let own = tx.document(attachment)?;
    let kind = DocKind::JournalEntry.into();
    let row = tx.find_document(own.space, &own.person, kind, entry)?;
    match row {
        Some(row) => Ok(tx.has_tombstone(row)?),
        None => Ok(false),
    }
}

impl Session<'_> {
    /// Erases the attachments of an entry that is erased.
    pub(crate) fn erase_attachments_of(&mut self, entry: &DocName) -> Result<()> {
        let attached = self.tx.own_belonging_to(KIND.into(), entry.as_bytes())?;
        for own in attached {
            self.erase_document(KIND, &own.name)?;
        }
        Ok(())
    }

    /// Notes what relays are to erase of an attachment that is buried. Its files go once this is committed.
    pub(crate) fn forget_blobs(&mut self, row: DocRow) -> Result<()> {
        let tx = self.tx;
        let Some(body) = manifest_of(tx, row)? else {
            return Ok(());
        };
        let space = self.self_space()?;
        let copied = self.space(&space)?.copy_relay.is_some();
        for blob in body.blobs() {
            let sent = sent_key(&blob.id);
            // Another device may have sent it.
            if copied || tx.meta(&sent)?.is_some() {
                tx.put_meta(&to_erase_key(&blob.id), body.epoch.as_bytes())?;
            }
            tx.delete_meta(&sent)?;
        }
        Ok(())
    }
}
