//! A chain that forked: both branches are kept, one counts, and which one is the same on every replica.

use belay_model::{Incarnation, ItemId, SpaceId};
use belay_protocol::{Item, ItemKind};
use belay_store::{Chain, DeviceRow, ItemState};
use belay_sync::{Link, due_heads, shadowed};

use crate::place::Place;
use crate::session::Session;
use crate::{BelayError, Result};

/// Items that stand aside in one space at most. A device that signs more contradictions than this is
/// beyond mistakes; what it adds is refused.
pub(crate) const SHADOWED_MAX: u64 = 1_000;

impl Session<'_> {
    /// Decides a chain anew after an item came for a place that was taken.
    pub fn settle_fork(
        &mut self,
        space: &SpaceId,
        device: DeviceRow,
        inc: Incarnation,
    ) -> Result<()> {
        let tx = self.tx;
        let mut chain = Vec::new();
        for stored in tx.chain_items(device, inc)? {
            let item = Item::parse_detached(&stored.detached)
                .map_err(|_| BelayError::internal("stored-header"))?;
            chain.push((stored, item));
        }
        let links: Vec<Link> = chain
            .iter()
            .map(|(stored, item)| Link {
                seq: stored.seq,
                id: stored.item_id,
                prev: item.header.prev,
            })
            .collect();
        let aside = shadowed(&links);
        let mut documents = Vec::new();
        let mut control_changed = false;
        for (stored, _) in &chain {
            let now_aside = aside.contains(&stored.item_id);
            let state = match (stored.state, now_aside) {
                // What was set aside for its form stays so, whichever branch it is on.
                (ItemState::Applied, true) => ItemState::Shadowed,
                (ItemState::Shadowed, false) => ItemState::Applied,
                _ => continue,
            };
            tx.set_item_state(stored.row, state)?;
            documents.extend(stored.document);
            control_changed |= stored.kind != u8::from(ItemKind::Record)
                && stored.kind != u8::from(ItemKind::Changes);
        }
        let row = self.space(space)?.row;
        if let Some(mut known) = tx.chain(row, device, inc)? {
            move_end(&mut known, &chain, &aside);
            tx.put_chain(row, &known)?;
        }
        if control_changed {
            self.spaces.clear();
            for epoch in self.space(space)?.epochs.leaves() {
                self.open_held_wraps(space, &epoch)?;
            }
        }
        documents.sort_unstable();
        documents.dedup();
        for document in documents {
            let described = tx.document(document)?;
            self.reproject(document, &described)?;
        }
        self.leave_forked_chain(space, device, inc)
    }

    /// Where it is the chain that this device writes, a copy of its store writes too: it goes on in another one, or
    /// everything it writes from now on would stand aside with its branch.
    fn leave_forked_chain(
        &mut self,
        space: &SpaceId,
        device: DeviceRow,
        inc: Incarnation,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let own = tx.find_device(state.row, &state.own_device)?;
        if state.inc == inc && own.is_some_and(|(own, _)| own == device) {
            let fresh = crate::incarnation::begin_anew(tx, space, self.entropy)?;
            self.space(space)?.inc = fresh;
        }
        Ok(())
    }
}

impl Session<'_> {
    /// Takes the effect from later items of a chain that arrived before this one and say to know less
    /// than it does: they would have been refused in the order in which they were written. Says whether there
    /// were any.
    pub fn demote_later(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: &ItemId,
        place: &Place,
    ) -> Result<bool> {
        let (Some(device), Some(chain)) = (place.device, &place.chain) else {
            return Ok(false);
        };
        if chain.top_seq < item.header.seq {
            return Ok(false);
        }
        let tx = self.tx;
        let row = self.space(space)?.row;
        // In a chain that never forked each item covers what the one before it does: whatever comes after
        // one that covers this item does so too. Else every arrival from behind would walk the whole chain.
        let forked = tx.items_in_state(row, ItemState::Shadowed)? > 0;
        let due = due_heads(item, id);
        let mut demoted = false;
        let mut after = item.header.seq;
        while let Some(later) = tx.next_in_chain(device, item.header.inc, after)? {
            after = later.seq;
            if later.kind == u8::from(ItemKind::Membership) {
                // An act stays in the graph, where others build on it; what follows it is measured by it.
                break;
            }
            let parsed = Item::parse_detached(&later.detached)
                .map_err(|_| BelayError::internal("stored-header"))?;
            let membership = &self.space(space)?.membership;
            if membership.covers(&parsed.header.heads, &due) {
                if forked {
                    continue;
                }
                break;
            }
            if later.state != ItemState::Applied {
                continue;
            }
            tx.set_item_state(later.row, ItemState::Quarantined)?;
            demoted = true;
            if let Some(document) = later.document {
                let described = tx.document(document)?;
                self.reproject(document, &described)?;
            } else {
                self.spaces.clear();
            }
        }
        Ok(demoted)
    }
}

/// The end of the chain is the last item that counts; which places are filled stays as it was.
fn move_end(
    known: &mut Chain,
    chain: &[(belay_store::ChainItem, Item)],
    aside: &std::collections::BTreeSet<ItemId>,
) {
    let standing = || {
        chain
            .iter()
            .filter(|(stored, _)| !aside.contains(&stored.item_id))
    };
    if let Some((stored, item)) = standing().max_by_key(|(stored, _)| stored.seq) {
        known.top_seq = stored.seq;
        known.top_id = stored.item_id;
        known.heads = due_heads(item, &stored.item_id);
    }
    known.contiguous_id = standing()
        .filter(|(stored, _)| stored.seq <= known.contiguous)
        .max_by_key(|(stored, _)| stored.seq)
        .map(|(stored, _)| stored.item_id);
}
