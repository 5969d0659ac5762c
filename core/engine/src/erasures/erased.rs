//! Erasing a document of `self` whole, history and all (docs/protocol.md, "Gate"): the `erase` item that
//! names it in its header is its tombstone. Whatever else of it ever arrives, in whatever order, fills its
//! place in the chain and comes to nothing.

use std::collections::BTreeSet;

use belay_model::{DocName, ItemId, SpaceId};
use belay_protocol::limits::ERASED_MAX;
use belay_protocol::{DocKind, EraseBody, ErasedSlot, Item, ItemKind, SpaceType};
use belay_store::{DocRow, ItemState, ReadTx, StoredItem};

use crate::attachments::erases_with_its_document;
use crate::session::{Draft, Session};
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Result};

/// Kinds of documents that can be erased. There is one document each of the others for a whole life, and
/// nothing could be written into it any more.
const fn can_be_erased(kind: DocKind) -> bool {
    matches!(
        kind,
        DocKind::JournalEntry
            | DocKind::CheckIn
            | DocKind::Goal
            | DocKind::Outcome
            | DocKind::Attachment
    )
}

/// Whether a stored item of a document of `self` ends the document. One on a branch that stands aside
/// counts too: what was destroyed does not come back with the other branch.
pub(crate) fn is_tombstone(stored: &StoredItem, kind: DocKind) -> bool {
    can_be_erased(kind) && names_changes(stored)
}

/// Whether a stored item is an `erase` that counts; what was set aside for its form names nothing.
fn names_changes(stored: &StoredItem) -> bool {
    stored.kind == u8::from(ItemKind::Erase)
        && matches!(stored.state, ItemState::Applied | ItemState::Shadowed)
}

impl Session<'_> {
    /// Erases a document of `self` for good: here at once, and on every own device that hears of it. What
    /// partners were shown of it is not touched: withdraw that first.
    ///
    /// # Errors
    /// `NotFound` where nothing of it is here, or it was erased before.
    pub fn erase_document(&mut self, kind: DocKind, name: &DocName) -> Result<()> {
        let missing = BelayError::NotFound { what: "document" };
        let space = self.self_space()?;
        let tx = self.tx;
        let state = self.space(&space)?;
        let Some(row) = tx.find_document(state.row, &state.own_person, kind.into(), name)? else {
            return Err(missing);
        };
        let changes = changes_of(tx, row)?;
        if !can_be_erased(kind) || changes.is_empty() || tx.has_tombstone(row)? {
            return Err(missing);
        }
        self.write_erase(&space, kind, name, &changes)?;
        self.bury(row)
    }

    /// Names changes of a document as erased, so that their places count as filled wherever they never came.
    fn write_erase(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: &DocName,
        changes: &[StoredItem],
    ) -> Result<()> {
        let mut slots = Vec::new();
        for stored in changes {
            slots.push(ErasedSlot {
                device_id: self.tx.device(stored.device)?.id,
                inc: stored.inc,
                seq: stored.seq,
                item_id: stored.item_id,
            });
        }
        slots.sort_unstable();
        // A list names each place once; where a device exists twice, the tombstone covers the rival.
        slots.dedup_by_key(|slot| (slot.device_id, slot.inc, slot.seq));
        for part in slots.chunks(ERASED_MAX) {
            let body = EraseBody {
                slots: part.to_vec(),
            };
            let draft = Draft {
                kind: ItemKind::Erase,
                doc_kind: kind,
                doc_name: *name,
                body: body.encode(),
            };
            self.append(space, draft)?;
        }
        Ok(())
    }

    /// Drops what is here of a document that has a tombstone: bodies, what waits to be sent, and what
    /// screens show.
    fn bury(&mut self, row: DocRow) -> Result<()> {
        let tx = self.tx;
        self.forget_blobs(row)?;
        for stored in changes_of(tx, row)? {
            if stored.body.is_none() {
                continue;
            }
            match stored.state {
                // Which branch stands may still change; neither has anything to show.
                ItemState::Shadowed => tx.drop_item_body(stored.row)?,
                _ => tx.erase_item_body(stored.row)?,
            }
        }
        self.stop_showing(row)
    }

    /// Takes an own document out of everything that is computed from it.
    pub fn stop_showing(&mut self, row: DocRow) -> Result<()> {
        // It may have been an outcome; of which goal and day cannot be told any more.
        self.drop_all_checkpoints()?;
        Ok(self.tx.delete_own(row)?)
    }

    /// Lets an `erase` that came in end the document it names. Does nothing in other spaces and for
    /// documents that cannot be erased.
    pub fn take_tombstone(
        &mut self,
        space: &SpaceId,
        item: &Item,
        ingested: &mut Ingested,
    ) -> Result<()> {
        if let Some(row) = self.erasable_row(space, item)?
            && self.tx.has_tombstone(row)?
        {
            self.set_aside_if_too_much(row, item)?;
            self.bury(row)?;
            ingested.erased.insert(row);
        }
        Ok(())
    }

    /// Whether the place of an item was rightly filled by an `erase`. One that names another document cannot
    /// take a change's place: the rest of its document could not be read any more.
    pub fn erase_holds(&mut self, space: &SpaceId, item: &Item) -> Result<bool> {
        let content = erases_with_its_document(item.header.kind);
        Ok(!content || self.is_of_erased_document(space, item)?)
    }

    /// Fails for a document that was erased: nothing is written into it any more.
    pub fn refuse_erased(&mut self, space: &SpaceId, kind: DocKind, name: &DocName) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let row = tx.find_document(state.row, &state.own_person, kind.into(), name)?;
        match row {
            Some(row) if can_be_erased(kind) && tx.has_tombstone(row)? => {
                Err(BelayError::NotFound { what: "document" })
            }
            _ => Ok(()),
        }
    }

    /// Whether the item belongs to a document of `self` that was erased.
    pub fn is_of_erased_document(&mut self, space: &SpaceId, item: &Item) -> Result<bool> {
        match self.erasable_row(space, item)? {
            Some(row) => Ok(self.tx.has_tombstone(row)?),
            None => Ok(false),
        }
    }

    fn erasable_row(&mut self, space: &SpaceId, item: &Item) -> Result<Option<DocRow>> {
        let kind = DocKind::try_from(item.header.doc_kind);
        if !kind.is_ok_and(can_be_erased) {
            return Ok(None);
        }
        let tx = self.tx;
        let state = self.space(space)?;
        if state.space_type != SpaceType::SelfSpace {
            return Ok(None);
        }
        let header = &item.header;
        Ok(tx.find_document(
            state.row,
            &state.own_person,
            header.doc_kind,
            &header.doc_name,
        )?)
    }

    /// Looks at the documents whose tombstone was met just now: changes that whoever erased them did not know
    /// of. Names those of this device in an `erase` of its own, for some may never have left, and says how
    /// many documents were edited so; each is told of once.
    pub fn settle_edits_after_deletion(&mut self, ingested: &Ingested) -> Result<u64> {
        let tx = self.tx;
        let mut count = 0;
        for row in &ingested.erased {
            let mut unnamed = unnamed_changes(tx, *row)?;
            if unnamed.is_empty() {
                continue;
            }
            let told = format!("edited-after-deletion/{}", row.0);
            if tx.meta(&told)?.is_none() {
                tx.put_meta(&told, &[])?;
                count += 1;
            }
            let space = self.self_space()?;
            let own = self.space(&space)?.own_device;
            let own = tx.find_device(self.space(&space)?.row, &own)?;
            unnamed.retain(|change| own.as_ref().is_some_and(|(row, _)| *row == change.device));
            let described = tx.document(*row)?;
            let kind = DocKind::try_from(described.kind)
                .map_err(|_| BelayError::internal("erased-kind"))?;
            self.write_erase(&space, kind, &described.name, &unnamed)?;
        }
        Ok(count)
    }
}

fn is_content(kind: u8) -> bool {
    ItemKind::try_from(kind).is_ok_and(erases_with_its_document)
}

pub(crate) fn changes_of(tx: &ReadTx<'_>, row: DocRow) -> Result<Vec<StoredItem>> {
    let mut items = tx.items_of_document(row)?;
    items.retain(|item| is_content(item.kind));
    Ok(items)
}

/// The changes of an erased document that no `erase` of it names.
pub(crate) fn unnamed_changes(tx: &ReadTx<'_>, row: DocRow) -> Result<Vec<StoredItem>> {
    let mut named: BTreeSet<ItemId> = BTreeSet::new();
    let mut changes = Vec::new();
    for stored in tx.items_of_document(row)? {
        if is_content(stored.kind) {
            changes.push(stored);
        } else if names_changes(&stored) {
            let item = stored.item()?;
            let body = EraseBody::parse(item.body.as_deref().unwrap_or_default())
                .map_err(|_| BelayError::internal("stored-erase"))?;
            named.extend(body.slots.iter().map(|slot| slot.item_id));
        }
    }
    changes.retain(|change| !named.contains(&change.item_id));
    Ok(changes)
}
