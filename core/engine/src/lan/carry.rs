//! What is given and taken at a meeting, as transactions: vectors, the envelopes that the other side lacks, and
//! those that it brings.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use belay_crypto::mailbox_tag;
use belay_model::{DeviceId, EpochId, ItemId, SpaceId};
use belay_protocol::{Outer, SpaceType, VectorEntry};
use belay_store::{Carried, EnvelopeRow, ReadTx, SpaceState as Standing};
use belay_sync::{Filled, lacking};

use crate::engine::Engine;
use crate::session::Session;
use crate::space_state::SpaceState;
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Result};

/// Bytes and envelopes of one batch: what one transaction takes in.
const BATCH_BYTES: usize = 960 * 1024;
const BATCH_ENVELOPES: usize = 64;

/// How far back it is looked for an item to name, where the last places of a chain were filled by an erase
/// alone.
const NAMELESS_MAX: u64 = 64;

/// What came of a batch.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub items: u64,
    pub envelopes: u64,
    pub refused: u64,
    pub news: bool,
    pub edited_after_deletion: u64,
}

/// What is here of every chain of a space, ascending by device and incarnation. Every filled place is in it;
/// [`told`] makes of it what may be said.
fn vector(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Vec<VectorEntry>> {
    let devices: BTreeMap<_, _> = tx
        .devices(state.row)?
        .into_iter()
        .map(|device| (device.row, device.id))
        .collect();
    let mut vector = Vec::new();
    for chain in tx.chains(state.row)? {
        let Some(device_id) = devices.get(&chain.device).copied() else {
            continue;
        };
        let (mut seq, mut item_id) = (chain.contiguous, chain.contiguous_id);
        let floor = seq.saturating_sub(NAMELESS_MAX);
        while item_id.is_none() && seq > floor {
            let there = tx.items_at(state.row, chain.device, chain.inc, seq)?;
            item_id = crate::places::place::standing(&there);
            seq -= u64::from(item_id.is_none());
        }
        let Some(item_id) = item_id.or((seq == 0).then_some(ItemId::ZERO)) else {
            continue;
        };
        vector.push(VectorEntry {
            device_id,
            inc: chain.inc,
            seq,
            item_id,
            ranges: chain.ranges,
        });
    }
    vector.sort_by_key(|entry| (entry.device_id, entry.inc));
    Ok(vector)
}

/// The vector as it is told: with as many ranges as may be, so that the rest comes once more.
fn told(mut vector: Vec<VectorEntry>) -> Vec<VectorEntry> {
    for entry in &mut vector {
        let filled = Filled {
            contiguous: entry.seq,
            ranges: std::mem::take(&mut entry.ranges),
        };
        entry.ranges = filled.told_ranges();
    }
    vector
}

/// Whether the item that a vector names stands at its place here.
fn stands_here(tx: &ReadTx<'_>, state: &SpaceState, entry: &VectorEntry) -> Result<bool> {
    let Some((device, _)) = tx.find_device(state.row, &entry.device_id)? else {
        return Ok(false);
    };
    let there = tx.items_at(state.row, device, entry.inc, entry.seq)?;
    Ok(there.iter().any(|(_, id, _)| *id == entry.item_id))
}

/// Whether another item than the one that a vector names stands at its place here. Where an erase filled the place
/// there is none, and nothing to give.
fn is_contested(tx: &ReadTx<'_>, state: &SpaceState, entry: &VectorEntry) -> Result<bool> {
    let Some((device, _)) = tx.find_device(state.row, &entry.device_id)? else {
        return Ok(false);
    };
    let there = tx.items_at(state.row, device, entry.inc, entry.seq)?;
    Ok(!there.is_empty() && there.iter().all(|(_, id, _)| *id != entry.item_id))
}

/// The envelopes that hold what one of the others lacks: what opens others first, then in the order they came
/// to be here. From a space that was left, nothing that somebody wrote goes out any more.
pub(crate) fn missing_there(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    others: &[&[VectorEntry]],
) -> Result<Vec<EnvelopeRow>> {
    let ours = vector(tx, state)?;
    let mut fault = None;
    let mut places = BTreeSet::new();
    for theirs in others {
        places.extend(lacking(&ours, theirs, |entry| {
            is_contested(tx, state, entry).unwrap_or_else(|error| {
                fault.get_or_insert(error);
                false
            })
        }));
    }
    if let Some(error) = fault {
        return Err(error);
    }
    let mut envelopes: BTreeMap<EnvelopeRow, Carried> = BTreeMap::new();
    for place in places {
        let Some((device, _)) = tx.find_device(state.row, &place.device_id)? else {
            continue;
        };
        for carried in tx.envelopes_holding(device, place.inc, place.first, place.last)? {
            let known = envelopes.entry(carried.row).or_insert(carried);
            known.content |= carried.content;
            known.record |= carried.record;
        }
    }
    let mut envelopes: Vec<Carried> = envelopes.into_values().collect();
    if state.standing == Standing::Left {
        envelopes.retain(|envelope| !envelope.record);
    }
    envelopes.sort_unstable();
    Ok(envelopes.into_iter().map(|envelope| envelope.row).collect())
}

impl Engine {
    /// Writes what the state asks for, seals what waits, and says what is here.
    pub(crate) fn prepare_to_meet(&self, space: &SpaceId) -> Result<Vec<VectorEntry>> {
        self.write(|session| {
            session.prepare(space, "")?;
            session.queue_own_space(space)
        })?;
        // A whole journal is sealed in transactions of bounded size.
        while self.write(|session| Ok(session.prepare_more(space, "")?.more))? {}
        self.read_spaces(|tx, spaces| Ok(told(vector(tx, spaces.get(tx, space)?)?)))
    }

    /// A number that changes when this device has something more to give, or may give it now.
    pub(super) fn to_give_mark(&self, space: &SpaceId) -> Result<u64> {
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            let mut hasher = DefaultHasher::new();
            self.blobs_taken().hash(&mut hasher);
            tx.queue_counts(state.row, now_ms)?.0.hash(&mut hasher);
            for chain in tx.chains(state.row)? {
                let place = (chain.contiguous, chain.top_seq, &chain.ranges);
                (chain.inc, place).hash(&mut hasher);
            }
            Ok(hasher.finish())
        })
    }

    /// The envelopes to give to a device that told what it has.
    pub(super) fn to_give(
        &self,
        space: &SpaceId,
        theirs: &[VectorEntry],
    ) -> Result<Vec<EnvelopeRow>> {
        self.read_spaces(|tx, spaces| missing_there(tx, spaces.get(tx, space)?, &[theirs]))
    }

    /// The next batch out of these, which it takes away; `None` once the peer may have nothing any more.
    /// Asked for each batch anew: somebody may be removed in the middle of a meeting.
    pub(super) fn next_batch(
        &self,
        space: &SpaceId,
        peer: &DeviceId,
        rows: &mut Vec<EnvelopeRow>,
    ) -> Result<Option<Vec<Vec<u8>>>> {
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            if !may_meet(tx, state, peer)? {
                return Ok(None);
            }
            take_batch(tx, rows).map(Some)
        })
    }

    /// Whether a device may be met about a space now.
    pub(super) fn may_meet(&self, space: &SpaceId, peer: &DeviceId) -> Result<bool> {
        self.read_spaces(|tx, spaces| may_meet(tx, spaces.get(tx, space)?, peer))
    }

    /// Takes in envelopes that a member's device brought, each through the Gate, in one transaction.
    pub(crate) fn take_carried(&self, space: &SpaceId, envelopes: &[Vec<u8>]) -> Result<Taken> {
        let mut ingested = Ingested {
            ahead: self.look_ahead_of_carried(space, envelopes)?,
            ..Ingested::default()
        };
        let mut unopened = 0;
        let edited_after_deletion = self.write(|session| {
            if session.space(space)?.standing != Standing::Active {
                // Nothing that comes into a space that was left is wanted any more.
                return Ok(0);
            }
            for bytes in envelopes {
                // Asked for each anew: the one before may have brought the secret.
                match session.epoch_of(space, bytes)? {
                    Some(epoch) => {
                        session.ingest_envelope(space, &epoch, bytes, None, &mut ingested)?;
                    }
                    None => unopened += 1,
                }
            }
            session.take_consequences(space, &ingested)
        })?;
        Ok(Taken {
            items: ingested.items,
            envelopes: ingested.envelopes,
            refused: ingested.refused + unopened,
            news: ingested.items > 0,
            edited_after_deletion,
        })
    }

    /// Notes what a device told that it has. It is as good as an acknowledgement: only that device could say it.
    pub(super) fn note_has(
        &self,
        space: &SpaceId,
        peer: &DeviceId,
        theirs: &[VectorEntry],
    ) -> Result<()> {
        self.write(|session| session.note_has(space, peer, theirs))
    }

    /// Notes that a meeting went well.
    pub(super) fn note_met(&self, space: &SpaceId, peer: &DeviceId) -> Result<()> {
        self.write(|session| session.note_met(space, peer))
    }

    fn look_ahead_of_carried(
        &self,
        space: &SpaceId,
        envelopes: &[Vec<u8>],
    ) -> Result<crate::syncing::ahead::Ahead> {
        let mut by_epoch: BTreeMap<EpochId, Vec<&[u8]>> = BTreeMap::new();
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            for bytes in envelopes {
                if let Some(epoch) = epoch_of(state, bytes) {
                    by_epoch.entry(epoch).or_default().push(bytes);
                }
            }
            Ok(())
        })?;
        let mut ahead = crate::syncing::ahead::Ahead::default();
        for (epoch, envelopes) in by_epoch {
            ahead.join(self.look_ahead_of(space, &epoch, &envelopes)?);
        }
        Ok(ahead)
    }
}

/// The next batch out of these, which it takes away.
pub(crate) fn take_batch(tx: &ReadTx<'_>, rows: &mut Vec<EnvelopeRow>) -> Result<Vec<Vec<u8>>> {
    let (mut batch, mut bytes, mut used) = (Vec::new(), 0, 0);
    for row in rows.iter().take(BATCH_ENVELOPES) {
        // One that was taken out of use meanwhile is simply gone.
        let envelope = tx.find_envelope_bytes(*row)?;
        let size = envelope.as_ref().map_or(0, Vec::len);
        if bytes > 0 && bytes + size > BATCH_BYTES {
            break;
        }
        bytes += size;
        used += 1;
        batch.extend(envelope);
    }
    rows.drain(..used);
    Ok(batch)
}

/// Whether a device may be met: it is a member's, as far as this device knows by now, and the person did not say
/// otherwise.
fn may_meet(tx: &ReadTx<'_>, state: &SpaceState, peer: &DeviceId) -> Result<bool> {
    let standing = matches!(state.standing, Standing::Active | Standing::Left);
    let member = standing && state.membership.current().is_valid(peer);
    Ok(member && super::setting::is_wanted(tx, &state.id)?)
}

/// Which epoch an envelope was sealed under, among those that are held.
fn epoch_of(state: &SpaceState, bytes: &[u8]) -> Option<EpochId> {
    let tag = Outer::parse(bytes).ok()?.mailbox_tag;
    state.keys.ids().find(|epoch| {
        let keys = state.keys.get(epoch);
        keys.is_some_and(|keys| mailbox_tag(keys.mailbox_pk()) == tag)
    })
}

impl Session<'_> {
    fn epoch_of(&mut self, space: &SpaceId, bytes: &[u8]) -> Result<Option<EpochId>> {
        Ok(epoch_of(self.space(space)?, bytes))
    }

    /// Puts everything of `self` in line that was never sealed: where no relay keeps a copy, it was not.
    fn queue_own_space(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        if state.space_type != SpaceType::SelfSpace || state.copy_relay.is_some() {
            return Ok(());
        }
        let device = tx.device_row(state.row, &state.own_device, &state.own_person)?;
        Ok(tx.queue_unsealed(state.row, device)?)
    }

    fn note_has(&mut self, space: &SpaceId, peer: &DeviceId, theirs: &[VectorEntry]) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let member = state.membership.device(peer);
        let person = member.ok_or(BelayError::internal("lan-peer"))?.person;
        // It may never have written anything.
        let by = tx.device_row(state.row, peer, &person)?;
        for entry in theirs {
            // What was never here cannot have come from here.
            if entry.seq == 0 || !stands_here(tx, state, entry)? {
                continue;
            }
            if let Some((about, _)) = tx.find_device(state.row, &entry.device_id)? {
                tx.put_peer_ack(state.row, by, about, entry.inc, entry.seq, now_ms)?;
            }
        }
        self.spaces
            .touched
            .part(crate::changes::ChangeArea::Delivery);
        Ok(())
    }
}
