//! A chain that forked: both branches are kept, one counts, and which one is the same on every replica.

use belay_model::{DeviceId, Incarnation, ItemId, SpaceId};
use belay_protocol::{AckBody, DocKind, Item, ItemKind, SpaceType};
use belay_store::{Chain, ChainItem, DeviceRow, ItemState};
use belay_sync::{Filled, Link, Pin, due_heads, shadowed};

use crate::places::place::Place;
use crate::session::Session;
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Result};

/// Items that stand aside in one space at most. A device that signs more contradictions than this is
/// beyond mistakes; what it adds is refused.
pub(crate) const SHADOWED_MAX: u64 = 1_000;

impl Session<'_> {
    /// Decides a chain anew after an item came for a place that was taken, or another device of its person told
    /// which branch it has.
    pub fn settle_fork(
        &mut self,
        space: &SpaceId,
        device: DeviceRow,
        inc: Incarnation,
        ingested: &mut Ingested,
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
        let pins = self.pins(space, device, inc)?;
        let aside = shadowed(&links, &pins);
        let mut documents = Vec::new();
        let (mut control_changed, mut changes_aside) = (false, false);
        let changes = u8::from(ItemKind::Changes);
        // First what goes: what comes may claim its numbers in a document.
        for (from, to) in [
            (ItemState::Applied, ItemState::Shadowed),
            (ItemState::Shadowed, ItemState::Applied),
        ] {
            for (stored, _) in &chain {
                let goes = aside.contains(&stored.item_id);
                // What was set aside for its form stays so, whichever branch it is on.
                if stored.state != from || goes != (to == ItemState::Shadowed) {
                    continue;
                }
                tx.set_item_state(stored.row, to)?;
                documents.extend(stored.document);
                control_changed |= ![changes, u8::from(ItemKind::Record)].contains(&stored.kind);
                changes_aside |= goes && stored.kind == changes;
                if !goes && stored.kind == changes {
                    self.set_aside_if_unfit(stored)?;
                }
            }
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
        let own = self.space(space)?.space_type == SpaceType::SelfSpace;
        if changes_aside && own {
            // What this device wrote upon them counts no more, nor may its numbers be used again.
            self.go_on_apart(space)?;
        }
        for document in documents {
            let described = tx.document(document)?;
            self.reproject(document, &described)?;
            if own {
                ingested.changed.insert(document);
            }
        }
        // What waits for the other branch may count now.
        ingested.leaving_told = true;
        self.leave_forked_chain(space, device, inc)
    }

    /// What other devices of the chain's person said to have of it, whichever branch of their own that stands on.
    fn pins(&mut self, space: &SpaceId, device: DeviceRow, inc: Incarnation) -> Result<Vec<Pin>> {
        let tx = self.tx;
        let about = tx.device(device)?.id;
        let state = self.space(space)?;
        let Some(person) = state.membership.device(&about).map(|one| one.person) else {
            return Ok(Vec::new());
        };
        let devices = state.membership.current().devices.values();
        let siblings: Vec<DeviceId> = devices
            .filter(|one| one.person == person && one.id != about)
            .map(|one| one.id)
            .collect();
        let row = state.row;
        let mut pins = Vec::new();
        for by in siblings {
            let Some((sibling, _)) = tx.find_device(row, &by)? else {
                continue;
            };
            for stored in tx.items_of_kind(sibling, ItemKind::Ack.into())? {
                if !matches!(stored.state, ItemState::Applied | ItemState::Shadowed) {
                    continue;
                }
                let item = stored.item()?;
                let body = item.body.as_deref().map(AckBody::parse);
                let Some(Ok(body)) = body else { continue };
                let told = body.vector.iter();
                let told = told.filter(|told| told.device_id == about && told.inc == inc);
                pins.extend(told.map(|told| Pin {
                    by,
                    hlc: stored.hlc,
                    ack: stored.item_id,
                    seq: told.seq,
                    id: told.item_id,
                }));
            }
        }
        Ok(pins)
    }

    /// Lets what a device told decide the forked chains of its person's other devices.
    pub fn settle_by_word(
        &mut self,
        space: &SpaceId,
        by: &DeviceId,
        body: &AckBody,
        ingested: &mut Ingested,
    ) -> Result<()> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        if tx.items_in_state(row, ItemState::Shadowed)? == 0 {
            return Ok(());
        }
        for told in body.vector.iter().filter(|told| told.device_id != *by) {
            let members = &self.space(space)?.membership;
            let person = |device| members.device(device).map(|one| one.person);
            if person(by).is_none() || person(by) != person(&told.device_id) {
                continue;
            }
            let Some((device, _)) = tx.find_device(row, &told.device_id)? else {
                continue;
            };
            let chain = tx.chain_items(device, told.inc)?;
            if chain.iter().any(|item| item.state == ItemState::Shadowed) {
                self.settle_fork(space, device, told.inc, ingested)?;
            }
        }
        Ok(())
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
            self.go_on_apart(space)?;
        }
        Ok(())
    }

    fn go_on_apart(&mut self, space: &SpaceId) -> Result<()> {
        let fresh = crate::syncing::incarnation::begin_anew(self.tx, space, self.entropy)?;
        self.space(space)?.inc = fresh;
        Ok(())
    }

    /// Changes whose branch stands now were never held against their document.
    fn set_aside_if_unfit(&mut self, stored: &ChainItem) -> Result<()> {
        let tx = self.tx;
        let Some(row) = stored.document else {
            return Ok(());
        };
        let kind = DocKind::try_from(tx.document(row)?.kind);
        let fits = kind.is_ok_and(|kind| crate::documents::load_row(tx, row, kind).is_ok());
        if !fits {
            tx.set_item_state(stored.row, ItemState::Quarantined)?;
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

/// The end of the chain is the last item that counts; places are filled by what counts and, as before, by erases.
fn move_end(
    known: &mut Chain,
    chain: &[(ChainItem, Item)],
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
    let mut filled = Filled {
        contiguous: known.contiguous,
        ranges: std::mem::take(&mut known.ranges),
    };
    for (stored, _) in standing() {
        filled.insert(stored.seq);
    }
    known.contiguous = filled.contiguous;
    known.ranges = filled.ranges;
    known.contiguous_id = standing()
        .filter(|(stored, _)| stored.seq <= known.contiguous)
        .max_by_key(|(stored, _)| stored.seq)
        .map(|(stored, _)| stored.item_id);
}
