//! A place in a device's chain: what stands around it, and what filling it changes.

use belay_crypto::item_id;
use belay_model::{Hlc, ItemId, PersonId, SpaceId};
use belay_protocol::{Item, ProtocolError};
use belay_store::{
    Chain, ChainRows, DeviceRow, EnvelopeRow, ItemRow, ItemState, NewItem, ReadTx, SpaceRow,
};
use belay_sync::{Filled, Neighbours, due_heads};

use crate::session::{Session, Written, salted_body};
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

impl Session<'_> {
    /// What the store holds around the item's place.
    pub(crate) fn place(&mut self, space: &SpaceId, item: &Item) -> Result<Place> {
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
            .map(|detached| Item::parse_detached(detached).map(|next| next.header.prev))
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
        let item =
            Item::parse_detached(detached).map_err(|_| BelayError::internal("stored-header"))?;
        let id = item_id(&item.header);
        Ok(due_heads(&item, &id))
    }

    pub(crate) fn insert(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: ItemId,
        envelope: Option<EnvelopeRow>,
        item_state: ItemState,
        place: &Place,
    ) -> Result<Written> {
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
        let body = salted_body(item);
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
            body: (item_state != ItemState::Erased).then_some(&*body),
            state: item_state,
            envelope,
        })?;
        let written = Written { row, id, document };
        if item_state == ItemState::Shadowed {
            self.count_sent(space, item, id, row)?;
            return Ok(written);
        }
        state.hlc = Hlc::from_u64(state.hlc)
            .observe(Hlc::from_u64(header.hlc), now_ms)
            .to_u64();
        let chain = advanced(
            place.chain.clone(),
            device,
            item,
            id,
            &place.neighbours,
            matches!(item_state, ItemState::Applied | ItemState::Erased),
            now_ms,
        );
        tx.put_chain(state.row, &filled_up(tx, state.row, chain)?)?;
        self.count_sent(space, item, id, row)?;
        Ok(written)
    }
}

/// A place in a chain and what is held around it.
#[derive(Debug, Default)]
pub(crate) struct Place {
    pub device: Option<DeviceRow>,
    seq: u64,
    pub chain: Option<Chain>,
    pub neighbours: Neighbours,
}

impl Place {
    /// The place was filled by an `erase`: whatever comes for it later is gone already.
    pub fn is_erased_slot(&self) -> bool {
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

pub(crate) fn author_person(state: &SpaceState, item: &Item) -> Option<PersonId> {
    state
        .membership
        .device(&item.header.device_id)
        .map(|device| device.person)
}

/// The clock of an item as far as it can be true: "as of" must not lie in the future for a year because a
/// device's clock once did.
fn believed(hlc: u64, now_ms: i64) -> u64 {
    let told = Hlc::from_u64(hlc);
    if told.wall_ms() > now_ms.saturating_add(Hlc::MAX_AHEAD_MS) {
        Hlc::tick(Hlc::ZERO, now_ms).to_u64()
    } else {
        hlc
    }
}

/// The chain after one more item of it.
fn advanced(
    chain: Option<Chain>,
    device: DeviceRow,
    item: &Item,
    id: ItemId,
    neighbours: &Neighbours,
    counts: bool,
    now_ms: i64,
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
        chain.heads = if counts { due } else { neighbours.due.clone() };
    }
    chain.top_hlc = chain.top_hlc.max(believed(header.hlc, now_ms));
    chain
}

/// When an item closed a gap, the last item of the contiguous part is a later one.
fn filled_up(tx: &ReadTx<'_>, space: SpaceRow, mut chain: Chain) -> Result<Chain> {
    if chain.contiguous > 0 && chain.top_seq == chain.contiguous {
        chain.contiguous_id = Some(chain.top_id);
    } else if chain.contiguous > 0 {
        // A place that an erase filled before its item came has no item here, and no id to tell.
        let at = tx.items_at(space, chain.device, chain.inc, chain.contiguous)?;
        chain.contiguous_id = standing(&at);
    }
    Ok(chain)
}

/// Which of the items at one place counts.
pub(crate) fn standing(at: &[(ItemRow, ItemId, ItemState)]) -> Option<ItemId> {
    let counts = |(_, _, state): &&(ItemRow, ItemId, ItemState)| *state != ItemState::Shadowed;
    at.iter().find(counts).map(|(_, id, _)| *id)
}
