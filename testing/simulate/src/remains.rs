//! What must not remain of what was erased: looked for in a device's store itself and not only on its screens, after
//! each of its exchanges. What an `erase` that counts there names, and what belongs to a document that one ended, is
//! gone from the items, from what waits or is parked, from kept envelopes, and from all that screens and search read.

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DocName, ItemId};
use belay_protocol::{DocKind, EraseBody, ItemHeader, ItemKind};
use belay_store::{DocRow, HeldReason, ItemRow, ItemState, ReadTx, Space, StoreError, StoredItem};

use crate::properties::{asked, broken};
use crate::world::{Held, World};

/// More than any run makes.
const ALL: usize = 1 << 20;

/// Everything that something may wait for.
const EVERY_REASON: [HeldReason; 5] = [
    HeldReason::UnknownDevice,
    HeldReason::MissingHeads,
    HeldReason::MissingDependency,
    HeldReason::NewerVersion,
    HeldReason::OverBudget,
];

/// Kinds of documents of which there are many, so that one can end.
const ENDING: [DocKind; 5] = [
    DocKind::JournalEntry,
    DocKind::CheckIn,
    DocKind::Goal,
    DocKind::Outcome,
    DocKind::Attachment,
];

/// What the erasures that a store has of one space took away.
#[derive(Default)]
struct Gone {
    items: BTreeSet<ItemId>,
    documents: BTreeMap<DocRow, (u8, DocName)>,
}

impl Gone {
    fn of(tx: &ReadTx<'_>, space: &Space, is_own: bool) -> Result<Self, StoreError> {
        let mut gone = Self::default();
        for device in tx.devices(space.row)? {
            for erase in tx.items_of_kind(device.row, ItemKind::Erase.into())? {
                if matches!(erase.state, ItemState::Applied | ItemState::Shadowed) {
                    gone.note(tx, &erase, is_own)?;
                }
            }
        }
        Ok(gone)
    }

    fn note(
        &mut self,
        tx: &ReadTx<'_>,
        erase: &StoredItem,
        is_own: bool,
    ) -> Result<(), StoreError> {
        let item = erase.item()?;
        let body = EraseBody::parse(item.body.as_deref().unwrap_or_default());
        let slots = body.map(|body| body.slots).unwrap_or_default();
        self.items.extend(slots.iter().map(|slot| slot.item_id));
        let ends = DocKind::try_from(item.header.doc_kind).is_ok_and(|kind| ENDING.contains(&kind));
        if let Some(row) = erase.document.filter(|_| is_own && ends) {
            let document = tx.document(row)?;
            self.documents.insert(row, (document.kind, document.name));
        }
        Ok(())
    }

    /// Whether nothing may be left of an item with this header: acts and keys are never erased.
    fn took(&self, id: &ItemId, header: &ItemHeader) -> bool {
        let document = (header.doc_kind, header.doc_name);
        match header.kind {
            ItemKind::Record => self.items.contains(id),
            ItemKind::Changes | ItemKind::BlobManifest => {
                self.documents.values().any(|ended| *ended == document)
            }
            _ => false,
        }
    }
}

/// The first thing that remains in a space, in words.
fn remains_in(tx: &ReadTx<'_>, space: &Space, is_own: bool) -> Result<Option<String>, StoreError> {
    let gone = Gone::of(tx, space, is_own)?;
    if gone.items.is_empty() {
        return Ok(None);
    }
    for stored in tx.all_items(space.row, ItemRow(0), ALL)? {
        let header = stored.item()?.header;
        if !gone.took(&stored.item_id, &header) {
            continue;
        }
        // Who gives up sending something fills its place for others, and keeps it (docs/protocol.md, B3 and M12).
        let given_up = header.device_id == space.own_device && !tx.was_sealed(stored.row)?;
        if stored.body.is_some() && !given_up {
            return Ok(Some(format!(
                "the body of {:?} {:?}",
                header.kind, stored.state
            )));
        }
        for envelope in tx.envelopes_of(stored.row)? {
            if tx.envelope_bytes(envelope).is_ok() {
                return Ok(Some(format!("an envelope with {:?}", header.kind)));
            }
        }
    }
    for held in tx.held(space.row, &EVERY_REASON)? {
        let header = ItemHeader::parse_start(&held.bytes);
        if let Ok(header) = header
            && gone.took(&held.item_id, &header)
        {
            return Ok(Some(format!(
                "{:?} that waits: {:?}",
                header.kind, held.reason
            )));
        }
    }
    shown(tx, &gone)
}

/// What screens and search still read of documents that ended.
fn shown(tx: &ReadTx<'_>, gone: &Gone) -> Result<Option<String>, StoreError> {
    if gone.documents.is_empty() {
        return Ok(None);
    }
    let lines = tx.projection_dump()?;
    let mut own = lines.iter().filter(|line| !line.starts_with("shared "));
    Ok(own
        .find(|line| {
            let names = |name: &DocName| line.contains(&format!(" {name} "));
            gone.documents.values().any(|(_, name)| names(name))
        })
        .map(|line| format!("{line:?}")))
}

impl World {
    /// Nothing remains on a device of what was erased, as far as it heard.
    pub fn check_remains(&mut self, device: usize) -> Held<()> {
        if self.is_hostile(device) {
            return Ok(());
        }
        let own = self.own.get(self.devices[device].person).copied();
        let mut spaces = asked(device, self.engine(device)?.look(|tx| tx.spaces()))?;
        spaces.retain(|space| !self.is_spoiled(&space.id));
        for space in spaces {
            let is_own = own == Some(space.id);
            let engine = self.engine(device)?;
            let found = engine.look(|tx| remains_in(tx, &space, is_own));
            if let Some(what) = asked(device, found)? {
                return broken(format!(
                    "device {device} knows of an erasure, and has {what}"
                ));
            }
        }
        Ok(())
    }
}
