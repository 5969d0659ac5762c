//! The Gate, run: an envelope's bytes go through every step in order, and what passes is stored and
//! takes effect in one transaction. The steps themselves are pure functions of lower rooms.

use std::collections::BTreeSet;

use belay_crypto::{CryptoError, envelope_id, item_id, open_envelope};
use belay_document::documents::SelfDocument;
use belay_model::{EpochId, ItemId, PersonId, SpaceId};
use belay_protocol::relay::Generation;
use belay_protocol::{Item, ItemKind};
use belay_store::{DocRow, EnvelopeRow, HeldReason, ItemState, SpaceState as Standing};
use belay_sync::{Admission, Content, Refusal, SyncError, Wait, admit};

use crate::places::place::Place;
use crate::session::Session;
use crate::syncing::ahead::Ahead;
use crate::syncing::held::Freed;
use crate::syncing::outbox::is_urgent;
use crate::{BelayError, Result};

/// What a batch brought.
#[derive(Debug, Default)]
pub(crate) struct Ingested {
    /// Items that passed every step.
    pub items: u64,
    /// Envelopes that were new.
    pub envelopes: u64,
    /// Their sealed bytes.
    pub bytes: u64,
    /// Envelopes that could not be opened or broke a rule of framing.
    pub refused: u64,
    /// Epochs that became readable.
    pub found_epochs: Vec<EpochId>,
    /// Something came that is worth an acknowledgement; `urgent` when at once.
    pub news: bool,
    /// See [`belay_sync::News::urgent`].
    pub urgent: bool,
    /// What was done of a page before its transaction began.
    pub ahead: Ahead,
    /// How often an item was judged: what the Gate's work is bounded by.
    pub judged: u64,
    /// Own documents that another own device changed.
    pub changed: BTreeSet<DocRow>,
    /// Something told more of how a chain leads up to a leaving.
    pub leaving_told: bool,
    /// Erased documents of which something came, or whose tombstone did.
    pub erased: BTreeSet<DocRow>,
}

/// What became of one item.
pub(crate) enum Outcome {
    Taken,
    /// Taken, and the standing of other items of its chain may have changed.
    Forked,
    Nothing,
    Held,
    /// Its author sent too much: parked, or dropped and counted where too much is parked.
    OverBudget,
}

impl Session<'_> {
    /// Takes in one envelope of `epoch`: with its place where it came from a mailbox, without where another
    /// device brought it.
    pub fn ingest_envelope(
        &mut self,
        space: &SpaceId,
        epoch: &EpochId,
        bytes: &[u8],
        place: Option<(Generation, u64)>,
        ingested: &mut Ingested,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        if state.standing == Standing::Blocked {
            // Dropped unread, also when the block came in the middle of a round.
            return Ok(());
        }
        let row = state.row;
        let Some(keys) = state.keys.get(epoch) else {
            return Err(BelayError::internal("epoch-keys"));
        };
        let id = envelope_id(bytes);
        if tx.has_envelope(&id)? {
            // Known; noted as being at the relay, so that it is not sent there again.
            if let Some((generation, seq)) = place {
                tx.insert_received(row, epoch, &id, bytes, generation, seq)?;
            }
            return Ok(());
        }
        let opened = ingested.ahead.take(&id);
        let items = match opened.map_or_else(|| open_envelope(bytes, keys, space, epoch), Ok) {
            Ok(items) => items,
            Err(CryptoError::Format(error)) if error.needs_newer() => {
                // Kept whole: a newer Belay opens it.
                let name = ItemId::from_bytes(id.to_bytes());
                return self.hold(space, HeldReason::NewerVersion, &name, bytes, None);
            }
            Err(_) => {
                ingested.refused += 1;
                return Ok(());
            }
        };
        if self.mixes_persons(space, &items)? {
            ingested.refused += 1;
            return Ok(());
        }
        let envelope = match place {
            Some((generation, seq)) => {
                tx.insert_received(row, epoch, &id, bytes, generation, seq)?
            }
            None => tx.insert_carried(row, epoch, &id, bytes)?,
        };
        ingested.envelopes += 1;
        ingested.bytes += bytes.len() as u64;
        let mut useful = false;
        for item in items {
            useful |= self.take_item(space, &item, envelope, ingested)?;
        }
        if let Some(envelope) = envelope.filter(|_| !useful) {
            // What is over the budget is parked or dropped; its envelope need not be kept beside it.
            tx.drop_envelope_bytes(envelope)?;
        }
        Ok(())
    }

    /// Takes in one item's bytes, from an envelope or a welcome, and what waited for it.
    pub fn ingest_item(
        &mut self,
        space: &SpaceId,
        bytes: &[u8],
        envelope: Option<EnvelopeRow>,
        ingested: &mut Ingested,
    ) -> Result<()> {
        self.take_item(space, bytes, envelope, ingested).map(drop)
    }

    /// As [`Self::ingest_item`]; says `false` if the item is over its author's budget.
    fn take_item(
        &mut self,
        space: &SpaceId,
        bytes: &[u8],
        envelope: Option<EnvelopeRow>,
        ingested: &mut Ingested,
    ) -> Result<bool> {
        let item = match Item::parse(bytes) {
            Ok(item) => item,
            Err(error) if error.needs_newer() => {
                let name = ItemId::from_bytes(envelope_id(bytes).to_bytes());
                self.hold(space, HeldReason::NewerVersion, &name, bytes, envelope)?;
                return Ok(true);
            }
            Err(_) => {
                ingested.refused += 1;
                return Ok(true);
            }
        };
        let outcome = self.judge(space, &item, bytes, envelope, ingested)?;
        let mut freed = Freed::default();
        freed.note(&outcome, &item.header);
        freed.note_leavings(ingested);
        self.retry_held(space, freed, ingested)?;
        Ok(!matches!(outcome, Outcome::OverBudget))
    }

    /// An envelope holds items of one person plus membership items.
    fn mixes_persons(&mut self, space: &SpaceId, items: &[Vec<u8>]) -> Result<bool> {
        let state = self.space(space)?;
        let mut person: Option<PersonId> = None;
        for bytes in items {
            let Ok(item) = Item::parse(bytes) else {
                continue;
            };
            if item.header.kind == ItemKind::Membership {
                continue;
            }
            let Some(device) = state.membership.device(&item.header.device_id) else {
                continue;
            };
            if person.is_some_and(|person| person != device.person) {
                return Ok(true);
            }
            person = Some(device.person);
        }
        Ok(false)
    }

    pub(crate) fn judge(
        &mut self,
        space: &SpaceId,
        item: &Item,
        bytes: &[u8],
        envelope: Option<EnvelopeRow>,
        ingested: &mut Ingested,
    ) -> Result<Outcome> {
        ingested.judged += 1;
        let id = item_id(&item.header);
        let content = match Content::parse(item) {
            Ok(content) => Some(content),
            Err(error) if error.needs_newer() => {
                self.hold(space, HeldReason::NewerVersion, &id, bytes, envelope)?;
                return Ok(Outcome::Held);
            }
            Err(_) => None,
        };
        let place = self.place(space, item)?;
        if place.is_erased_slot() && self.erase_holds(space, item)? {
            if let Some(envelope) = envelope {
                self.tx.drop_envelope(envelope)?;
            }
            return Ok(Outcome::Nothing);
        }
        let state = self.space(space)?;
        let admission = admit(
            &state.membership,
            item,
            &id,
            content.as_ref(),
            &place.neighbours,
            ingested.ahead.signer(bytes),
        );
        if matches!(admission, Admission::Accept | Admission::Fork) {
            match self.in_time(space, item, &id, &place)? {
                Some(true) => {}
                Some(false) => {
                    ingested.refused += 1;
                    return Ok(Outcome::Nothing);
                }
                None => {
                    self.hold(space, HeldReason::MissingDependency, &id, bytes, envelope)?;
                    return Ok(Outcome::Held);
                }
            }
        }
        let stays = matches!(
            admission,
            Admission::Accept | Admission::Fork | Admission::Refuse(Refusal::HeadsWentBack)
        );
        if stays && !self.within_budget(space, item, &id, content.as_ref())? {
            self.hold(space, HeldReason::OverBudget, &id, bytes, envelope)?;
            return Ok(Outcome::OverBudget);
        }
        match admission {
            Admission::Accept => {}
            Admission::Known => {
                self.note_envelope_of_known(space, item, &id, envelope, &place)?;
                return Ok(Outcome::Nothing);
            }
            Admission::Fork => {
                return self.take_fork(
                    space,
                    item,
                    id,
                    content.as_ref(),
                    envelope,
                    &place,
                    ingested,
                );
            }
            Admission::Wait(wait) => {
                let reason = match wait {
                    Wait::UnknownDevice => HeldReason::UnknownDevice,
                    Wait::MissingHeads => HeldReason::MissingHeads,
                };
                self.hold(space, reason, &id, bytes, envelope)?;
                return Ok(Outcome::Held);
            }
            Admission::Refuse(Refusal::HeadsWentBack) if place.neighbours.here.is_none() => {
                // Kept without effect, as it would be had it come before the item it contradicts.
                self.insert(space, item, id, envelope, ItemState::Quarantined, &place)?;
                return Ok(Outcome::Nothing);
            }
            Admission::Refuse(_) => {
                ingested.refused += 1;
                return Ok(Outcome::Nothing);
            }
        }
        let Some(content) = content else {
            // Signed by a member and not in the form its kind has: set aside, and its place is filled.
            self.insert(space, item, id, envelope, ItemState::Quarantined, &place)?;
            return Ok(Outcome::Nothing);
        };
        self.accept(space, item, id, &content, bytes, envelope, &place, ingested)
    }

    /// An item that is here came in one more envelope, which goes when the item is erased.
    fn note_envelope_of_known(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: &ItemId,
        envelope: Option<EnvelopeRow>,
        place: &Place,
    ) -> Result<()> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        let (Some(envelope), Some(device)) = (envelope, place.device) else {
            return Ok(());
        };
        for (known, known_id, _) in tx.items_at(row, device, item.header.inc, item.header.seq)? {
            if known_id == *id {
                tx.put_in_envelope(known, envelope)?;
            }
        }
        Ok(())
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one step of the Gate: everything known about the item comes together here"
    )]
    /// An item for a place that is taken: kept, if its body holds, and the chain is decided anew.
    fn take_fork(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: ItemId,
        content: Option<&Content>,
        envelope: Option<EnvelopeRow>,
        place: &Place,
        ingested: &mut Ingested,
    ) -> Result<Outcome> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        let judged = content.map(|content| self.judge_content(space, item, content));
        let sound = match judged.transpose()? {
            Some(Judged::Apply | Judged::Merged(_) | Judged::Erased) => true,
            // A rival of what its document holds: which of the two counts is decided with the branch.
            Some(Judged::Quarantine | Judged::Hold(HeldReason::MissingDependency)) => {
                item.header.kind == ItemKind::Changes
            }
            _ => false,
        };
        let full =
            tx.items_in_state(row, ItemState::Shadowed)? >= crate::syncing::forks::SHADOWED_MAX;
        let known = place.device.is_some_and(|device| {
            tx.items_at(row, device, item.header.inc, item.header.seq)
                .is_ok_and(|items| items.iter().any(|(_, known, _)| *known == id))
        });
        if !sound || full || known {
            return Ok(Outcome::Nothing);
        }
        // An act counts in the graph on whichever branch it is; one whose certificate does not hold is set
        // aside, as it would be had it come first, and its place is taken all the same.
        let holds = match content {
            Some(content @ Content::Membership(_)) => {
                self.space(space)?.apply_control(&id, item, content).is_ok()
            }
            _ => true,
        };
        let aside = if holds {
            ItemState::Shadowed
        } else {
            ItemState::Quarantined
        };
        let written = self.insert(space, item, id, envelope, aside, place)?;
        match content {
            // What was erased is gone, on whichever branch that was said.
            Some(Content::Erase(body)) => {
                self.take_erase(space, body)?;
                self.take_tombstone(space, item, ingested)?;
            }
            Some(Content::Ack(body)) => {
                self.settle_by_word(space, &item.header.device_id, body, ingested)?;
            }
            _ => {}
        }
        if self.is_of_erased_document(space, item)? && item.header.kind == ItemKind::Changes {
            tx.drop_item_body(written.row)?;
        }
        if let Some(device) = place.device {
            self.settle_fork(space, device, item.header.inc, ingested)?;
        }
        Ok(Outcome::Forked)
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one step of the Gate: everything known about the item comes together here"
    )]
    fn accept(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: ItemId,
        content: &Content,
        bytes: &[u8],
        envelope: Option<EnvelopeRow>,
        place: &Place,
        ingested: &mut Ingested,
    ) -> Result<Outcome> {
        let judged = self.judge_content(space, item, content)?;
        let mut merged = None;
        let state = match judged {
            Judged::Apply => ItemState::Applied,
            Judged::Merged(document) => {
                merged = Some(document);
                ItemState::Applied
            }
            Judged::Quarantine => ItemState::Quarantined,
            Judged::Erased => ItemState::Erased,
            Judged::Hold(reason) => {
                self.hold(space, reason, &id, bytes, envelope)?;
                return Ok(Outcome::Held);
            }
        };
        if state == ItemState::Applied {
            match self.space(space)?.apply_control(&id, item, content) {
                Ok(_) => {}
                Err(SyncError::Genesis) => {
                    self.insert(space, item, id, envelope, ItemState::Quarantined, place)?;
                    return Ok(Outcome::Nothing);
                }
                Err(_) => return Err(BelayError::internal("act")),
            }
        }
        let written = self.insert(space, item, id, envelope, state, place)?;
        if self.demote_later(space, item, &id, place)? {
            // It may have been the document's.
            merged = None;
        }
        ingested.leaving_told |= self.tells_of_leaving(space, item, &id, content)?;
        if state == ItemState::Erased {
            ingested.erased.extend(written.document);
        }
        if state == ItemState::Applied {
            self.take_effect(space, item, written, content, merged.as_deref(), ingested)?;
            ingested.items += 1;
            let own = self.space(space)?.own_device == item.header.device_id;
            if !own && item.header.kind != ItemKind::Ack {
                ingested.news = true;
                ingested.urgent |= is_urgent(item, content);
            }
        }
        Ok(Outcome::Taken)
    }
}

/// The verdict on an item's body.
pub(crate) enum Judged {
    /// It takes effect.
    Apply,
    /// It takes effect on this document, which holds it already.
    Merged(Box<SelfDocument>),
    /// It breaks a rule of its kind: kept, without effect.
    Quarantine,
    /// Its document was erased: it fills its place, and nothing of what it says is kept.
    Erased,
    /// It cannot be judged or understood yet.
    Hold(HeldReason),
}
