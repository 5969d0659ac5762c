//! Entries that are deleted: thirty days in which they can be brought back, then gone (product id J8).

use belay_document::documents::Draft as DocumentDraft;
use belay_model::DocName;
use belay_protocol::DocKind;
use belay_store::{Own, ReadTx, WriteTx};

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::journal::views::{DeletedEntryView, DraftView, EntryView, PassageView};
use crate::journal::{MISSING, line, passages_of};
use crate::session::{Session, Spaces};
use crate::{BelayError, Result};

/// How long a deleted entry can be brought back.
pub(crate) const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Bytes of a draft: more than an entry may have, so that a text that is too long is not lost.
const DRAFT_MAX: usize = 16 * 1024 * 1024;

const KIND: DocKind = DocKind::JournalEntry;

impl Engine {
    /// Deletes an entry; for thirty days [`Engine::restore_entry`] brings it back. Passages that were given
    /// to partners are copies and stay there: the answer names them, so that they can be taken back too.
    /// Writes to disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn delete_entry(&self, name: &DocName) -> Result<DeletedEntryView> {
        self.write(|session| {
            let document = session.present_entry(name)?;
            let draft = DocumentDraft::new().deleted_at_ms(Some(session.now_ms));
            session.write_entry(name, document, &draft)?;
            let own = session.tx.own_by_name(KIND.into(), name)?.ok_or(MISSING)?;
            note_seen(session.tx, &own, session.now_ms)
        })?;
        self.read_spaces(|tx, spaces| {
            let own = tx.own_by_name(KIND.into(), name)?.ok_or(MISSING)?;
            deleted_view(tx, spaces, &own)
        })
    }

    /// Brings a deleted entry back. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` unless it is among the deleted ones.
    pub fn restore_entry(&self, name: &DocName) -> Result<EntryView> {
        self.write(|session| {
            let document = session.document(KIND, name)?;
            if document.change_count() == 0 || document.deleted_at_ms()?.is_none() {
                return Err(MISSING);
            }
            let draft = DocumentDraft::new().deleted_at_ms(None);
            session.tx.delete_meta(&seen_key(name))?;
            session.note_brought_back(name, &document)?;
            session.write_entry(name, document, &draft)
        })?;
        self.entry(name)
    }

    /// The deleted entries that can still be brought back, latest deletion first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deleted_entries(&self) -> Result<Vec<DeletedEntryView>> {
        self.read_spaces(|tx, spaces| {
            tx.own_deleted(KIND.into(), i64::MAX)?
                .iter()
                .map(|own| deleted_view(tx, spaces, own))
                .collect()
        })
    }

    /// Erases an entry for good, history and all, here and on every own device that hears of it, whether it
    /// was deleted before or not. Passages that were given stay with partners until they are taken back:
    /// the answer names them, and [`Engine::passages`] still does afterwards. Beyond what may be erased in a
    /// day ([`Engine::erase_limit`]) it goes among the deleted ones now, and for good after 72 hours. Writes to
    /// disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn erase_entry(&self, name: &DocName) -> Result<Vec<PassageView>> {
        let passages = self.read_spaces(|tx, spaces| {
            let own = tx.own_by_name(KIND.into(), name)?.ok_or(MISSING)?;
            passages_of(tx, spaces, &own)
        })?;
        if self.write(|session| session.erase_within_measure(KIND, name))? {
            self.tidy_attachments()?;
            // `secure_delete` overwrote the pages; the write log still has them until it is emptied.
            self.checkpoint()?;
        }
        Ok(passages)
    }

    /// Keeps words that could not be written, on this device only, sealed like everything else. Gives
    /// their number. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{draft, too_many_bytes}` above 16 MiB; what the disk refuses.
    pub fn keep_draft(&self, about: Option<&DocName>, text: &str) -> Result<i64> {
        if text.len() > DRAFT_MAX {
            return Err(BelayError::InvalidInput {
                field: "draft",
                rule: "too_many_bytes",
            });
        }
        self.write(|session| {
            session.spaces.touched.part(ChangeArea::Drafts);
            Ok(session.tx.keep_draft(about, session.now_ms, text)?)
        })
    }

    /// What was typed and not written, latest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn drafts(&self) -> Result<Vec<DraftView>> {
        self.read(drafts)
    }

    /// Drops a draft for good. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn drop_draft(&self, id: i64) -> Result<()> {
        self.write(|session| {
            let there = session.tx.drafts()?.iter().any(|draft| draft.id == id);
            if !there {
                return Err(BelayError::NotFound { what: "draft" });
            }
            session.spaces.touched.part(ChangeArea::Drafts);
            Ok(session.tx.drop_draft(id)?)
        })
    }
}

/// What was typed and not written, latest first.
pub(crate) fn drafts(tx: &ReadTx<'_>) -> Result<Vec<DraftView>> {
    let drafts = tx.drafts()?.into_iter().map(|draft| DraftView {
        id: draft.id,
        about: draft.about,
        at_ms: draft.at_ms,
        text: draft.text,
    });
    Ok(drafts.collect())
}

impl Session<'_> {
    /// Erases an entry with all that belongs to it.
    pub(crate) fn erase_entry(&mut self, name: &DocName) -> Result<()> {
        self.erase_attachments_of(name)?;
        self.erase_document(KIND, name)?;
        self.tx.delete_meta(&seen_key(name))?;
        Ok(self.tx.drop_drafts_about(name)?)
    }
}

/// Under which meta key it stands when this device first saw that something is deleted.
pub(crate) fn seen_key(name: &DocName) -> String {
    format!("deleted-seen/{name}")
}

/// Remembers that something was seen to be deleted, and which deletion that was.
pub(crate) fn note_seen(tx: &WriteTx<'_>, own: &Own, now_ms: i64) -> Result<()> {
    let deleted_at_ms = own.deleted_at_ms.ok_or(MISSING)?;
    let kept = [deleted_at_ms.to_le_bytes(), now_ms.to_le_bytes()].concat();
    Ok(tx.put_meta(&seen_key(&own.name), &kept)?)
}

/// Since when the days count that something deleted is kept: since it was deleted, and not before this device saw
/// it so. The clock of the device that deleted it may have been wrong. `None` while that was not noted, or
/// was noted under a clock that was ahead.
pub(crate) fn kept_since(tx: &ReadTx<'_>, own: &Own, now_ms: i64) -> Result<Option<i64>> {
    let kept = tx.meta(&seen_key(&own.name))?.unwrap_or_default();
    let (Some((deleted, seen)), Some(deleted_at_ms)) =
        (kept.split_first_chunk::<8>(), own.deleted_at_ms)
    else {
        return Ok(None);
    };
    let seen = <[u8; 8]>::try_from(seen).map(i64::from_le_bytes);
    Ok(match seen {
        Ok(seen) if i64::from_le_bytes(*deleted) == deleted_at_ms && seen <= now_ms => {
            Some(seen.max(deleted_at_ms))
        }
        _ => None,
    })
}

fn deleted_view(tx: &ReadTx<'_>, spaces: &mut Spaces, own: &Own) -> Result<DeletedEntryView> {
    let deleted_at_ms = own.deleted_at_ms.ok_or(MISSING)?;
    let kept_since = kept_since(tx, own, i64::MAX)?.unwrap_or(deleted_at_ms);
    Ok(DeletedEntryView {
        entry: line(own)?,
        deleted_at_ms,
        erased_at_ms: crate::erasures::limit::goes_at_ms(own, kept_since)?,
        erase_asked: crate::erasures::limit::asked_at_ms(own)?.is_some(),
        passages: passages_of(tx, spaces, own)?,
    })
}
