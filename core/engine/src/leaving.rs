//! Items of somebody who has left or was removed, which come after that is known (docs/protocol.md, "Gate", G27).

use std::collections::BTreeMap;

use belay_model::{DeviceId, ItemId, SpaceId};
use belay_protocol::{Item, ItemKind, Operation};
use belay_store::{DeviceRow, ReadTx};
use belay_sync::{Content, Lacking, LedUp};

use crate::places::place::Place;
use crate::session::Session;
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

impl Session<'_> {
    /// Whether an item was written before its device left, as far as anybody knows that it did; `None` while
    /// the chain does not tell. Acts are judged by their graph.
    pub(crate) fn in_time(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: &ItemId,
        place: &Place,
    ) -> Result<Option<bool>> {
        let header = &item.header;
        let tx = self.tx;
        let seam = self.seam;
        let state = self.space(space)?;
        let (Some(device), false) = (place.device, header.kind == ItemKind::Membership) else {
            return Ok(Some(true));
        };
        if let Some(cut) = state.cut_of(&header.device_id) {
            // Others may have accepted more before they learned of the removal; until they say so, it waits.
            let seen = cut.holds(&header.device_id, header.inc, header.seq, id)
                && !seam.cuts_off(state, header, id);
            return Ok(seen.then_some(true));
        }
        if !has_left(state, &header.device_id) {
            return Ok(Some(true));
        }
        let leaves = led_up(tx, state, &header.device_id, device)?;
        let verdicts = leaves
            .iter()
            .map(|led| led.holds(header.inc, header.seq, id));
        // Whoever leaves twice has left at the first: what counts leads up to every leaving.
        let mut all = Some(true);
        for verdict in verdicts {
            match verdict {
                Some(true) => {}
                Some(false) => return Ok(Some(false)),
                None => all = None,
            }
        }
        Ok(all)
    }

    /// Forgets what was known of a leaver's chain, if the item tells more. Says whether what waits because of a
    /// leaving or a removal may pass now.
    pub(crate) fn tells_of_leaving(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: &ItemId,
        content: &Content,
    ) -> Result<bool> {
        let header = &item.header;
        let state = self.space(space)?;
        let act = header.kind == ItemKind::Membership;
        let tells = state.led_up.get(&header.device_id).is_some_and(|leaves| {
            act || leaves
                .iter()
                .any(|led| led.wants(header.inc, header.seq, id))
        });
        if tells {
            state.led_up.remove(&header.device_id);
        }
        Ok(tells || may_overrule(content))
    }
}

/// Whether an act may let in what waits because of a removal: nothing but another removal overrules one.
fn may_overrule(content: &Content) -> bool {
    let Content::Membership(act) = content else {
        return false;
    };
    matches!(act.operation, Operation::Remove { .. })
}

fn has_left(state: &SpaceState, device: &DeviceId) -> bool {
    let view = state.membership.current();
    view.device(device)
        .and_then(|device| view.persons.get(&device.person))
        .is_some_and(|person| person.left)
}

/// For every leaving that a device signed: what leads up to it.
fn led_up<'a>(
    tx: &ReadTx<'_>,
    state: &'a mut SpaceState,
    id: &DeviceId,
    device: DeviceRow,
) -> Result<&'a [LedUp]> {
    if !state.led_up.contains_key(id) {
        let mut leaves = Vec::new();
        for leave in state.membership.leavings_of(id) {
            if let Some(led) = follow_back(tx, id, device, &leave)? {
                leaves.push(led);
            }
        }
        state.led_up.insert(*id, leaves);
    }
    Ok(state.led_up.get(id).map(Vec::as_slice).unwrap_or_default())
}

/// Follows the chain from a leaving back to the device's first item.
fn follow_back(
    tx: &ReadTx<'_>,
    id: &DeviceId,
    device: DeviceRow,
    leave: &ItemId,
) -> Result<Option<LedUp>> {
    let Some((mut inc, leave_seq)) = tx.place_of(device, leave)? else {
        return Ok(None);
    };
    let mut runs = BTreeMap::from([(inc, leave_seq.saturating_sub(1))]);
    let lacking = loop {
        let Some(first) = tx.first_of_chain(device, inc)? else {
            break Lacking::First(inc);
        };
        let first =
            Item::parse_detached(&first).map_err(|_| BelayError::internal("stored-header"))?;
        if &first.header.prev == id.as_bytes() {
            break Lacking::Nothing;
        }
        let before = ItemId::from_bytes(first.header.prev);
        let Some((earlier, seq)) = tx.place_of(device, &before)? else {
            break Lacking::Item(before);
        };
        if runs.contains_key(&earlier) {
            // A chain that leads back into itself: a hash cannot, a forked first item could.
            break Lacking::Nothing;
        }
        runs.insert(earlier, seq);
        inc = earlier;
    };
    Ok(Some(LedUp { runs, lacking }))
}
