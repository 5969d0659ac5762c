//! The Gate, run: an envelope's bytes go through every step in order, and what passes is stored and
//! takes effect in one transaction. The steps themselves are pure functions of lower rooms.

use belay_crypto::{CryptoError, envelope_id, item_id, open_envelope};
use belay_model::{EpochId, Hlc, ItemId, PersonId, SpaceId};
use belay_protocol::relay::Generation;
use belay_protocol::{Item, ItemKind, ProtocolError};
use belay_store::{
    Chain, ChainRows, DeviceRow, EnvelopeRow, HeldReason, ItemState, NewItem,
};
use belay_sync::{
    ActVerdict, Admission, Content, Filled, Gate, Neighbours, Refusal, SyncError, Wait, due_heads,
};

use crate::session::{Session, salted_body};
use crate::{BelayError, Result};

/// Items from unknown devices that wait in one space at most.
const WAITING_MAX: u64 = 1_000;

/// Bytes of them.
const WAITING_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Reasons that end when something else arrives.
const WAITING: [HeldReason; 3] = [
    HeldReason::UnknownDevice,
    HeldReason::MissingHeads,
    HeldReason::MissingDependency,
];

/// What a batch brought.
#[derive(Debug, Default)]
pub(crate) struct Ingested {
    /// Items that passed every step.
    pub items: u64,
    /// Envelopes that were new.
    pub envelopes: u64,
    /// Envelopes that could not be opened or broke a rule of framing.
    pub refused: u64,
    /// Epochs that became readable.
    pub found_epochs: Vec<EpochId>,
    /// Something came that is worth an acknowledgement; `urgent` when at once.
    pub news: bool,
    /// See [`belay_sync::News::urgent`].
    pub urgent: bool,
    /// A membership act took effect: what waited may pass now.
    pub membership_changed: bool,
}

/// What became of one item.
enum Outcome {
    Taken,
    Nothing,
    Held,
}

impl Session<'_> {
    /// Takes in one envelope as it came from a mailbox of `epoch`.
    pub fn ingest_envelope(
        &mut self,
        space: &SpaceId,
        epoch: &EpochId,
        bytes: &[u8],
        place: (Generation, u64),
        ingested: &mut Ingested,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let row = state.row;
        let Some(keys) = state.keys.get(epoch) else {
            return Err(BelayError::internal("epoch-keys"));
        };
        let id = envelope_id(bytes);
        if tx.has_envelope(&id)? {
            // Known; noted as being at the relay, so that it is not sent there again.
            tx.insert_received(row, epoch, &id, bytes, place.0, place.1)?;
            return Ok(());
        }
        let items = match open_envelope(bytes, keys, space, epoch) {
            Ok(items) => items,
            Err(CryptoError::Format(error)) if error.needs_newer() => {
                // Kept whole: a newer Belay opens it.
                tx.hold(
                    row,
                    HeldReason::NewerVersion,
                    &ItemId::from_bytes(id.to_bytes()),
                    bytes,
                    None,
                    self.now_ms,
                )?;
                return Ok(());
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
        let envelope = tx.insert_received(row, epoch, &id, bytes, place.0, place.1)?;
        ingested.envelopes += 1;
        for item in items {
            self.ingest_item(space, &item, envelope, ingested)?;
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
        let item = match Item::parse(bytes) {
            Ok(item) => item,
            Err(error) if error.needs_newer() => {
                let name = ItemId::from_bytes(envelope_id(bytes).to_bytes());
                return self.hold(space, HeldReason::NewerVersion, &name, bytes, envelope);
            }
            Err(_) => {
                ingested.refused += 1;
                return Ok(());
            }
        };
        let outcome = self.judge(space, &item, bytes, envelope, ingested)?;
        if matches!(outcome, Outcome::Taken) && self.space(space)?.waiting {
            self.retry_held(space, ingested)?;
        }
        Ok(())
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

    fn judge(
        &mut self,
        space: &SpaceId,
        item: &Item,
        bytes: &[u8],
        envelope: Option<EnvelopeRow>,
        ingested: &mut Ingested,
    ) -> Result<Outcome> {
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
        if place.is_erased_slot() {
            return Ok(Outcome::Nothing);
        }
        let state = self.space(space)?;
        let mut gate = Gate::new(&state.membership);
        match gate.admit(item, &id, content.as_ref(), &place.neighbours) {
            Admission::Accept => {}
            Admission::Known => return Ok(Outcome::Nothing),
            Admission::Fork => {
                return self.take_fork(space, item, id, content.as_ref(), envelope, &place);
            }
            Admission::Wait(wait) => {
                let reason = match wait {
                    Wait::UnknownDevice => HeldReason::UnknownDevice,
                    Wait::MissingHeads => HeldReason::MissingHeads,
                };
                self.hold(space, reason, &id, bytes, envelope)?;
                return Ok(Outcome::Held);
            }
            Admission::Refuse(Refusal::HeadsWentBack) => {
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

    /// An item for a place that is taken: kept, if its body holds, and the chain is decided anew.
    fn take_fork(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: ItemId,
        content: Option<&Content>,
        envelope: Option<EnvelopeRow>,
        place: &Place,
    ) -> Result<Outcome> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        let sound = match content {
            Some(content) => matches!(
                self.judge_content(space, item, content)?,
                Judged::Apply
            ),
            None => false,
        };
        let full = tx.items_in_state(row, ItemState::Shadowed)? >= crate::forks::SHADOWED_MAX;
        let known = place.device.is_some_and(|device| {
            tx.items_at(row, device, item.header.inc, item.header.seq)
                .is_ok_and(|items| items.iter().any(|(_, known, _)| *known == id))
        });
        if !sound || full || known {
            return Ok(Outcome::Nothing);
        }
        self.insert(space, item, id, envelope, ItemState::Shadowed, place)?;
        if let Some(device) = place.device {
            self.settle_fork(space, device, item.header.inc)?;
        }
        Ok(Outcome::Taken)
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
        let state = match judged {
            Judged::Apply => ItemState::Applied,
            Judged::Quarantine => ItemState::Quarantined,
            Judged::Hold(reason) => {
                self.hold(space, reason, &id, bytes, envelope)?;
                return Ok(Outcome::Held);
            }
        };
        let act = if state == ItemState::Applied {
            match self.space(space)?.apply_control(&id, item, content) {
                Ok(verdict) => verdict,
                Err(SyncError::Genesis) => {
                    self.insert(space, item, id, envelope, ItemState::Quarantined, place)?;
                    return Ok(Outcome::Nothing);
                }
                Err(_) => return Err(BelayError::internal("act")),
            }
        } else {
            None
        };
        if act == Some(ActVerdict::NewerRules) {
            self.hold(space, HeldReason::NewerVersion, &id, bytes, envelope)?;
            return Ok(Outcome::Held);
        }
        let row = self.insert(space, item, id, envelope, state, place)?;
        self.demote_later(space, item, &id, place)?;
        if state == ItemState::Applied {
            self.take_effect(space, item, row, content, ingested)?;
            ingested.items += 1;
            ingested.membership_changed |= act.is_some();
            let own = self.space(space)?.own_device == item.header.device_id;
            if !own && item.header.kind != ItemKind::Ack {
                ingested.news = true;
                ingested.urgent |= matches!(item.header.kind, ItemKind::Epoch | ItemKind::Erase)
                    || matches!(content, Content::Membership(_));
            }
        }
        Ok(Outcome::Taken)
    }

    /// What the store holds around the item's place.
    fn place(&mut self, space: &SpaceId, item: &Item) -> Result<Place> {
        let tx = self.tx;
        let state = self.space(space)?;
        let header = &item.header;
        let Some((device, _)) = tx.find_device(state.row, &header.device_id)? else {
            return Ok(Place::default());
        };
        let chain = tx.chain(state.row, device, header.inc)?;
        let mut neighbours = Neighbours::default();
        let rows = tx.around(state.row, device, header.inc, header.seq)?;
        neighbours.here = rows.here;
        neighbours.before = rows.before;
        // The end of the chain is the common case, and the chain row knows its heads.
        neighbours.due = match &chain {
            Some(chain) if chain.top_seq < header.seq => chain.heads.clone(),
            Some(_) => self.due_before(&rows)?,
            None => Vec::new(),
        };
        neighbours.after = rows
            .after
            .as_ref()
            .map(|detached| {
                Item::parse_detached(detached).map(|next| next.header.prev)
            })
            .transpose()
            .map_err(|_: ProtocolError| BelayError::internal("stored-header"))?;
        Ok(Place {
            device: Some(device),
            seq: header.seq,
            chain,
            neighbours,
        })
    }

    fn due_before(&self, rows: &ChainRows) -> Result<Vec<ItemId>> {
        let Some(detached) = &rows.nearest_applied_before else {
            return Ok(Vec::new());
        };
        let item = Item::parse_detached(detached)
            .map_err(|_| BelayError::internal("stored-header"))?;
        let id = item_id(&item.header);
        Ok(due_heads(&item, &id))
    }

    fn insert(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: ItemId,
        envelope: Option<EnvelopeRow>,
        item_state: ItemState,
        place: &Place,
    ) -> Result<belay_store::ItemRow> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let header = &item.header;
        let person = author_person(state, item).ok_or(BelayError::internal("author"))?;
        let device = tx.device_row(state.row, &header.device_id, &person)?;
        let document = if header.doc_kind == 0 {
            None
        } else {
            Some(tx.document_row(state.row, &person, header.doc_kind, &header.doc_name)?)
        };
        let row = tx.insert_item(&NewItem {
            space: state.row,
            device,
            inc: header.inc,
            seq: header.seq,
            item_id: id,
            kind: header.kind.into(),
            document,
            hlc: header.hlc,
            detached: &item.encode_detached(),
            body: Some(&salted_body(item)),
            state: item_state,
            envelope,
        })?;
        if item_state == ItemState::Shadowed {
            return Ok(row);
        }
        state.hlc = Hlc::from_u64(state.hlc)
            .observe(Hlc::from_u64(header.hlc), now_ms)
            .to_u64();
        let chain = advanced(place.chain.clone(), device, item, id, &place.neighbours);
        tx.put_chain(state.row, &filled_up(tx, state.row, chain)?)?;
        Ok(row)
    }

    pub(crate) fn hold(
        &mut self,
        space: &SpaceId,
        reason: HeldReason,
        id: &ItemId,
        bytes: &[u8],
        envelope: Option<EnvelopeRow>,
    ) -> Result<()> {
        let now_ms = self.now_ms;
        let tx = self.tx;
        let row = self.space(space)?.row;
        if reason == HeldReason::UnknownDevice {
            let waiting = tx
                .held_counts(row)?
                .into_iter()
                .find(|(held, _, _)| *held == reason);
            if let Some((_, count, size)) = waiting
                && (count >= WAITING_MAX || size >= WAITING_MAX_BYTES)
            {
                return Ok(());
            }
        }
        tx.hold(row, reason, id, bytes, envelope, now_ms)?;
        self.space(space)?.waiting |= WAITING.contains(&reason);
        Ok(())
    }

    /// Judges again what waited, until nothing more passes.
    pub fn retry_held(&mut self, space: &SpaceId, ingested: &mut Ingested) -> Result<()> {
        loop {
            ingested.membership_changed = false;
            let tx = self.tx;
            let row = self.space(space)?.row;
            let held = tx.held(row, &WAITING)?;
            let mut passed = false;
            for waiting in held {
                let Ok(item) = Item::parse(&waiting.bytes) else {
                    continue;
                };
                let outcome =
                    self.judge(space, &item, &waiting.bytes, waiting.envelope, ingested)?;
                if !matches!(outcome, Outcome::Held) {
                    tx.release(waiting.row)?;
                    passed = true;
                }
            }
            if !passed {
                self.space(space)?.waiting = has_waiting(tx, row)?;
                return Ok(());
            }
        }
    }
}

/// Whether something is held that may pass once something else arrives.
pub(crate) fn has_waiting(
    tx: &belay_store::ReadTx<'_>,
    space: belay_store::SpaceRow,
) -> Result<bool> {
    let counts = tx.held_counts(space)?;
    Ok(counts
        .iter()
        .any(|(reason, count, _)| *count > 0 && WAITING.contains(reason)))
}

/// The verdict on an item's body.
pub(crate) enum Judged {
    /// It takes effect.
    Apply,
    /// It breaks a rule of its kind: kept, without effect.
    Quarantine,
    /// It cannot be judged or understood yet.
    Hold(HeldReason),
}

/// A place in a chain and what is held around it.
#[derive(Debug, Default)]
pub(crate) struct Place {
    pub device: Option<DeviceRow>,
    seq: u64,
    pub chain: Option<Chain>,
    neighbours: Neighbours,
}

impl Place {
    /// The place was filled by an `erase`: whatever comes for it later is gone already.
    fn is_erased_slot(&self) -> bool {
        self.device.is_some()
            && self.neighbours.here.is_none()
            && self.chain.as_ref().is_some_and(|chain| {
                Filled {
                    contiguous: chain.contiguous,
                    ranges: chain.ranges.clone(),
                }
                .contains(self.seq)
            })
    }
}

fn author_person(state: &crate::space_state::SpaceState, item: &Item) -> Option<PersonId> {
    state
        .membership
        .device(&item.header.device_id)
        .map(|device| device.person)
}

/// The chain after one more item of it.
fn advanced(
    chain: Option<Chain>,
    device: DeviceRow,
    item: &Item,
    id: ItemId,
    neighbours: &Neighbours,
) -> Chain {
    let header = &item.header;
    let due = if neighbours.due.is_empty() || !header.heads.is_empty() {
        due_heads(item, &id)
    } else {
        neighbours.due.clone()
    };
    let mut chain = chain.unwrap_or(Chain {
        device,
        inc: header.inc,
        contiguous: 0,
        contiguous_id: None,
        ranges: Vec::new(),
        top_seq: 0,
        top_id: id,
        top_hlc: 0,
        heads: Vec::new(),
    });
    let mut filled = Filled {
        contiguous: chain.contiguous,
        ranges: std::mem::take(&mut chain.ranges),
    };
    filled.insert(header.seq);
    if filled.contiguous == header.seq {
        chain.contiguous_id = Some(id);
    }
    chain.contiguous = filled.contiguous;
    chain.ranges = filled.ranges;
    if header.seq > chain.top_seq {
        chain.top_seq = header.seq;
        chain.top_id = id;
        chain.heads = due;
    }
    chain.top_hlc = chain.top_hlc.max(header.hlc);
    chain
}

/// When an item closed a gap, the last item of the contiguous part is a later one.
fn filled_up(
    tx: &belay_store::ReadTx<'_>,
    space: belay_store::SpaceRow,
    mut chain: Chain,
) -> Result<Chain> {
    if chain.contiguous > 0 && chain.top_seq == chain.contiguous {
        chain.contiguous_id = Some(chain.top_id);
    } else if chain.contiguous > 0 {
        let at = tx.items_at(space, chain.device, chain.inc, chain.contiguous)?;
        if let Some((_, id, _)) = at.first() {
            chain.contiguous_id = Some(*id);
        }
    }
    Ok(chain)
}
