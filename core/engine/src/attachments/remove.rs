//! Taking attachments away: with their entry, alone, and what is left over of either.

use std::collections::BTreeSet;

use belay_model::DocName;
use belay_protocol::DocKind;
use belay_store::{DocRow, ReadTx, WriteTx};

use super::manifest::{AttachmentRow, all, manifest_of};
use super::{KIND, MISSING};
use crate::engine::Engine;
use crate::session::Session;
use crate::{BelayError, Result};

/// Under which meta key it stands that blobs may lie here that belong to nobody any more.
const UNTIDY: &str = "blobs-untidy";

/// Lets blobs that belong to nobody any more be removed once this is committed.
pub(crate) fn ask_to_tidy(tx: &WriteTx<'_>) -> Result<()> {
    Ok(tx.put_meta(UNTIDY, &[])?)
}

impl Engine {
    /// Erases one attachment for good, here, on every own device that hears of it, and on the relay. Writes to
    /// disk.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable{enough-erased-today}` beyond what may be erased in a day: nothing of an
    /// attachment can be hidden alone, and its entry can be deleted.
    pub fn remove_attachment(&self, id: &DocName) -> Result<()> {
        self.write(|session| {
            session.tx.own_by_name(KIND.into(), id)?.ok_or(MISSING)?;
            if !session.may_erase_now()? {
                return Err(BelayError::unavailable("enough-erased-today"));
            }
            session.erase_document(KIND, id)
        })?;
        self.tidy_attachments()?;
        self.checkpoint()
    }

    /// Removes what belongs to nobody, where something was taken back since this was done last.
    pub(crate) fn tidy_attachments_if_asked(&self) -> Result<()> {
        if self.read(|tx| Ok(tx.meta(UNTIDY)?.is_some()))? {
            self.tidy_attachments()?;
            self.write(|session| Ok(session.tx.delete_meta(UNTIDY)?))?;
        }
        Ok(())
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
            for space in tx.spaces()? {
                for given in tx.shared_of_kind(space.row, KIND.into())? {
                    let row: AttachmentRow = crate::partners::projected(&given)?;
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
        self.take_blobs_back(&space, &body)
    }
}
