//! What an item does once every earlier step of the Gate let it pass: the judgement of its body against
//! what is held, and its effect on records, documents and keys.

use belay_crypto::KemPublic;
use belay_document::DocumentError;
use belay_document::changes::ActorBytes;
use belay_document::documents::SelfDocument;
use belay_model::{ItemId, SpaceId};
use belay_protocol::{
    AckBody, ChangesBody, DocKind, EraseBody, Item, ItemKind, RecordBody, SpaceType,
};
use belay_store::{Chain, DocRow, HeldReason, ItemState};
use belay_sync::{Content, Filled};

use crate::seam::Planted;
use crate::session::{Session, Written};
use crate::shared_records::lay_out;
use crate::syncing::ingest::{Ingested, Judged};
use crate::{BelayError, Result};

impl Session<'_> {
    /// The step of the Gate that looks into the body.
    pub(crate) fn judge_content(
        &mut self,
        space: &SpaceId,
        item: &Item,
        content: &Content,
    ) -> Result<Judged> {
        let state = self.space(space)?;
        let own = state.membership.device(&item.header.device_id);
        let own = own.is_some_and(|device| device.person == state.own_person);
        let (space_type, doc_kind) = (state.space_type, item.header.doc_kind);
        let doc_kind = DocKind::try_from(doc_kind).unwrap_or(DocKind::None);
        self.spaces.touched.item(space_type, own, doc_kind, item);
        if !self.seam.knows(doc_kind) {
            return Ok(Judged::Hold(HeldReason::NewerVersion));
        }
        match content {
            Content::Record(body) => self.judge_record(space, item, body),
            Content::Changes(_)
                if !self.seam.has(Planted::ApplyBeforeErase)
                    && self.is_of_erased_document(space, item)? =>
            {
                Ok(Judged::Erased)
            }
            Content::Changes(body) => self.judge_changes(space, item, body),
            Content::Epoch(body) => {
                let state = self.space(space)?;
                let known = body
                    .parents
                    .iter()
                    .all(|parent| state.epochs.body(parent).is_some());
                Ok(if known {
                    Judged::Apply
                } else {
                    Judged::Hold(HeldReason::MissingDependency)
                })
            }
            Content::Manifest(_) => self.judge_manifest(space, item),
            Content::Kem(statement) if KemPublic::parse(&statement.pk).is_err() => {
                Ok(Judged::Quarantine)
            }
            _ => Ok(Judged::Apply),
        }
    }

    fn judge_record(&mut self, space: &SpaceId, item: &Item, body: &RecordBody) -> Result<Judged> {
        let Ok(kind) = DocKind::try_from(item.header.doc_kind) else {
            return Ok(Judged::Hold(HeldReason::NewerVersion));
        };
        let in_self = self.space(space)?.space_type == SpaceType::SelfSpace;
        if in_self != (kind == DocKind::Keys) {
            return Ok(Judged::Quarantine);
        }
        if matches!(
            kind,
            DocKind::None | DocKind::JournalEntry | DocKind::Settings | DocKind::Contacts
        ) {
            // These are never shared as they are.
            return Ok(Judged::Quarantine);
        }
        Ok(match lay_out(kind, body) {
            Ok(Some(_)) => Judged::Apply,
            Ok(None) | Err(DocumentError::NewerData { .. }) => {
                Judged::Hold(HeldReason::NewerVersion)
            }
            Err(_) => Judged::Quarantine,
        })
    }

    /// Changes of an own document, from a sibling: the strict reader and a guarded application decide.
    fn judge_changes(
        &mut self,
        space: &SpaceId,
        item: &Item,
        body: &ChangesBody,
    ) -> Result<Judged> {
        let Ok(kind) = DocKind::try_from(item.header.doc_kind) else {
            return Ok(Judged::Hold(HeldReason::NewerVersion));
        };
        if kind == DocKind::Attachment {
            // It is made of a manifest alone.
            return Ok(Judged::Quarantine);
        }
        let tx = self.tx;
        let state = self.space(space)?;
        let Ok(mut document) =
            crate::documents::load_document(tx, state, kind, &item.header.doc_name)
        else {
            return Ok(Judged::Quarantine);
        };
        let actor = self.actor_of(space, item)?;
        let received: Vec<(ActorBytes, &[u8])> = body
            .changes
            .iter()
            .map(|change| (actor, change.as_slice()))
            .collect();
        let admission = document.admit(&received);
        Ok(if !admission.rejected.is_empty() {
            Judged::Quarantine
        } else if !admission.waiting.is_empty() {
            Judged::Hold(HeldReason::MissingDependency)
        } else {
            Judged::Merged(Box::new(document))
        })
    }

    fn actor_of(&mut self, space: &SpaceId, item: &Item) -> Result<ActorBytes> {
        let header = &item.header;
        let state = self.space(space)?;
        let doc = belay_crypto::doc_id(space, &state.own_person, header.doc_kind, &header.doc_name);
        Ok(belay_crypto::actor_id(&header.device_id, header.inc, &doc))
    }

    /// Lets an accepted item change records, documents and keys. `merged` is its document with it, where that
    /// is known.
    pub(crate) fn take_effect(
        &mut self,
        space: &SpaceId,
        item: &Item,
        written: Written,
        content: &Content,
        merged: Option<&SelfDocument>,
        ingested: &mut Ingested,
    ) -> Result<()> {
        match content {
            Content::Record(body) => {
                self.show_newest(space, item, written, body)?;
                self.keep_share(space, item, written, body)?;
                self.follow_words(space, item)?;
            }
            Content::Changes(_) => {
                if let Some(document) = written.document {
                    match merged {
                        Some(merged) => self.show_document(document, merged)?,
                        None => self.reproject_row(document)?,
                    }
                    ingested.changed.insert(document);
                }
            }
            Content::Epoch(_) => {
                let epoch = (belay_crypto::item_id(&item.header)).into();
                ingested
                    .found_epochs
                    .extend(self.open_held_wraps(space, &epoch)?);
            }
            Content::Wraps(body) => {
                ingested
                    .found_epochs
                    .extend(self.open_own_wrap(space, body)?);
            }
            Content::Ack(body) => {
                self.take_ack(space, item, body)?;
                self.settle_by_word(space, &item.header.device_id, body, ingested)?;
                if body.removal.is_some() {
                    self.keep_cut_of(space, &written.id, body)?;
                    // What waits beyond the cut may count now.
                    ingested.leaving_told = true;
                }
            }
            Content::Erase(body) => {
                self.take_erase(space, body)?;
                self.take_tombstone(space, item, ingested)?;
            }
            Content::Need(body) => {
                self.note_need(space, &item.header.device_id, written.row, body)?;
            }
            Content::Manifest(_) => {
                if let Some(document) = written.document {
                    self.show_manifest(document)?;
                }
            }
            Content::Membership(body) => self.note_new_words(space, item, body)?,
            Content::Kem(_) => {}
        }
        Ok(())
    }

    fn take_ack(&mut self, space: &SpaceId, item: &Item, body: &AckBody) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let Some((by, _)) = tx.find_device(state.row, &item.header.device_id)? else {
            return Ok(());
        };
        for entry in &body.vector {
            if entry.device_id == state.own_device && !is_ours(tx, state, entry)? {
                // Else whoever claims to have what was never written could make all of it look received.
                continue;
            }
            // Also about a device of which nothing came yet.
            if let Some(about) = state.membership.device(&entry.device_id) {
                let about = tx.device_row(state.row, &entry.device_id, &about.person)?;
                tx.put_peer_ack(state.row, by, about, entry.inc, entry.seq, now_ms)?;
            }
        }
        // The newest acknowledgement counts, whatever order they arrive in.
        let key = crate::queries::acked_epoch_key(space, &item.header.device_id);
        let known = tx.meta(&key)?.and_then(|kept| kept.first_chunk().copied());
        let newer = known.is_none_or(|hlc| u64::from_le_bytes(hlc) <= item.header.hlc);
        if newer {
            let mut kept = item.header.hlc.to_le_bytes().to_vec();
            kept.extend_from_slice(body.epoch.as_bytes());
            tx.put_meta(&key, &kept)?;
        }
        Ok(())
    }

    /// Drops bodies of the author's person's own records; slots whose items were never seen here count as
    /// filled, and what comes for them later is gone already.
    pub(crate) fn take_erase(&mut self, space: &SpaceId, body: &EraseBody) -> Result<()> {
        let tx = self.tx;
        for slot in &body.slots {
            let state = self.space(space)?;
            let (row, person) = (
                state.row,
                state.membership.device(&slot.device_id).map(|d| d.person),
            );
            let Some(person) = person else { continue };
            let device = tx.device_row(row, &slot.device_id, &person)?;
            let mut seen = false;
            for (item, id, item_state) in tx.items_at(row, device, slot.inc, slot.seq)? {
                if id != slot.item_id {
                    continue;
                }
                seen = true;
                if item_state == ItemState::Erased {
                    continue;
                }
                let stored = tx.item(item)?.ok_or(BelayError::internal("item-row"))?;
                // Acts and keys are never erased: everyone's view of the space stands on them. Changes go
                // with the whole document, or the rest of it could not be read any more.
                if stored.kind != u8::from(ItemKind::Record) {
                    continue;
                }
                tx.erase_item_body(item)?;
                if let Some(document) = stored.document {
                    self.reproject_row(document)?;
                }
            }
            if !seen {
                self.fill_slot(space, device, slot)?;
            }
        }
        Ok(())
    }

    fn fill_slot(
        &mut self,
        space: &SpaceId,
        device: belay_store::DeviceRow,
        slot: &belay_protocol::ErasedSlot,
    ) -> Result<()> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        let mut chain = tx.chain(row, device, slot.inc)?.unwrap_or(Chain {
            device,
            inc: slot.inc,
            contiguous: 0,
            contiguous_id: None,
            ranges: Vec::new(),
            top_seq: 0,
            top_id: ItemId::ZERO,
            top_hlc: 0,
            heads: Vec::new(),
        });
        let mut filled = Filled {
            contiguous: chain.contiguous,
            ranges: std::mem::take(&mut chain.ranges),
        };
        filled.insert(slot.seq);
        if filled.contiguous > chain.contiguous {
            let last = tx.items_at(row, device, slot.inc, filled.contiguous)?;
            let erased = (filled.contiguous == slot.seq).then_some(slot.item_id);
            chain.contiguous_id = crate::places::place::standing(&last).or(erased);
        }
        chain.contiguous = filled.contiguous;
        chain.ranges = filled.ranges;
        tx.put_chain(row, &chain)?;
        Ok(())
    }

    fn reproject_row(&mut self, row: DocRow) -> Result<()> {
        let document = self.tx.document(row)?;
        self.reproject(row, &document)
    }
}

/// Whether this device wrote the item that a vector names as its last.
fn is_ours(
    tx: &belay_store::ReadTx<'_>,
    state: &crate::space_state::SpaceState,
    entry: &belay_protocol::VectorEntry,
) -> Result<bool> {
    let Some((own, _)) = tx.find_device(state.row, &state.own_device)? else {
        return Ok(false);
    };
    let there = tx.items_at(state.row, own, entry.inc, entry.seq)?;
    Ok(there.iter().any(|(_, id, _)| *id == entry.item_id))
}
