//! Which spaces a bundle is about, and which of their envelopes the others lack by what they last said.

use std::collections::BTreeMap;

use belay_model::{DeviceId, ItemId, SpaceId};
use belay_protocol::{SpaceType, VectorEntry};
use belay_store::{DeviceRow, EnvelopeRow, ReadTx, SpaceState as Standing};

use super::views::{BundleFor, NewBundle};
use crate::engine::Engine;
use crate::lan::missing_there;
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// The devices of a space that a bundle is for.
fn readers(state: &SpaceState, for_whom: BundleFor) -> Vec<DeviceId> {
    let devices = state.membership.current().valid_devices();
    let wanted = devices.filter(|device| {
        let own = device.person == state.own_person;
        device.id != state.own_device
            && match for_whom {
                BundleFor::Partner { .. } => !own,
                BundleFor::OwnDevices => own,
                BundleFor::Everybody => true,
            }
    });
    wanted.map(|device| device.id).collect()
}

/// What each of these devices said it has, whichever way it said so.
fn told_vectors(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    readers: &[DeviceId],
) -> Result<Vec<Vec<VectorEntry>>> {
    let ids: BTreeMap<DeviceRow, DeviceId> = tx
        .devices(state.row)?
        .into_iter()
        .map(|device| (device.row, device.id))
        .collect();
    let mut vectors: BTreeMap<DeviceId, Vec<VectorEntry>> =
        readers.iter().map(|reader| (*reader, Vec::new())).collect();
    for ack in tx.peer_acks(state.row)? {
        let (Some(by), Some(about)) = (ids.get(&ack.by), ids.get(&ack.about)) else {
            continue;
        };
        let Some(vector) = vectors.get_mut(by) else {
            continue;
        };
        let here = tx.items_at(state.row, ack.about, ack.inc, ack.seq)?;
        vector.push(VectorEntry {
            device_id: *about,
            inc: ack.inc,
            seq: ack.seq,
            item_id: here.first().map_or(ItemId::ZERO, |(_, id, _)| *id),
            ranges: Vec::new(),
        });
    }
    // Whatever a device wrote itself, it has.
    for chain in tx.chains(state.row)? {
        let Some(about) = ids.get(&chain.device) else {
            continue;
        };
        if let Some(vector) = vectors.get_mut(about) {
            vector.push(VectorEntry {
                device_id: *about,
                inc: chain.inc,
                seq: chain.contiguous,
                item_id: chain.contiguous_id.unwrap_or(ItemId::ZERO),
                ranges: chain.ranges,
            });
        }
    }
    Ok(vectors.into_values().collect())
}

impl Engine {
    /// The spaces a bundle is about, own things first: they may hold what opens the others.
    ///
    /// # Errors
    /// `NotFound{partner}`; `Unavailable{waiting-for-partner}` or `Unavailable{not-in-space}` where nothing can be
    /// exchanged with that partner, `Unavailable{device-waiting}` before this device belongs to anybody.
    pub(super) fn bundle_spaces(&self, for_whom: BundleFor) -> Result<Vec<SpaceId>> {
        self.read_spaces(|tx, spaces| {
            if let BundleFor::Partner { space } = for_whom {
                let state = crate::partners::pair(tx, spaces, &space)?;
                return match state.standing {
                    Standing::Active | Standing::Left => Ok(vec![space]),
                    Standing::Waiting => Err(BelayError::unavailable("waiting-for-partner")),
                    Standing::Blocked => Err(BelayError::unavailable("not-in-space")),
                };
            }
            let own = crate::queries::self_space(tx)?;
            let mut found = vec![own];
            for space in tx.spaces()? {
                let travels = matches!(space.state, Standing::Active | Standing::Left);
                if !travels || space.id == own {
                    continue;
                }
                let Ok(state) = spaces.sound(tx, &space.id)? else {
                    continue;
                };
                if !readers(state, for_whom).is_empty() {
                    found.push(space.id);
                }
            }
            Ok(found)
        })
    }

    /// The envelopes of a space that one of the readers lacks. With nobody else to read it, everything: then it
    /// is a copy to keep.
    pub(super) fn bundle_envelopes(
        &self,
        space: &SpaceId,
        new: &NewBundle,
    ) -> Result<Vec<EnvelopeRow>> {
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            let readers = readers(state, new.for_whom);
            if new.whole || readers.is_empty() {
                return missing_there(tx, state, &[&[]]);
            }
            let vectors = told_vectors(tx, state, &readers)?;
            let vectors: Vec<&[VectorEntry]> = vectors.iter().map(Vec::as_slice).collect();
            missing_there(tx, state, &vectors)
        })
    }

    /// What of a space waits for the time in which it can still be taken back.
    pub(super) fn held_back(&self, space: &SpaceId) -> Result<u64> {
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            if state.space_type == SpaceType::SelfSpace {
                return Ok(0);
            }
            let (due, all) = tx.queue_counts(state.row, now_ms)?;
            Ok(all - due)
        })
    }
}
