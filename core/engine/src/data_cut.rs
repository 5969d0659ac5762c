//! Where the chains of removed devices end (docs/protocol.md, "Membership", M19): each remaining device says once
//! what it had accepted before it learned of a removal, and what anybody had counts everywhere.

use std::collections::{BTreeMap, BTreeSet};

use belay_crypto::item_id;
use belay_model::{DeviceId, Incarnation, ItemId, SpaceId};
use belay_protocol::limits::{ITEM_HEADER_MAX, RANGES_MAX};
use belay_protocol::{AckBody, ItemHeader, ItemKind, VectorEntry};
use belay_store::{HeldReason, ReadTx};
use belay_sync::{Cut, Filled};

use crate::session::{Draft, Session};
use crate::space_state::SpaceState;
use crate::syncing::held::Freed;
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Result};

/// Under which meta keys stands what remaining devices had when they learned of the removals of a space.
fn cuts_of(space: &SpaceId) -> String {
    format!("cut/{space}/")
}

/// Under which meta key it stands that this device answered a removal.
fn answered_key(space: &SpaceId, removal: &ItemId) -> String {
    format!("cut-answered/{space}/{removal}")
}

/// What remaining devices had, by the removal they answered.
pub(crate) fn load(tx: &ReadTx<'_>, space: &SpaceId) -> Result<Vec<(ItemId, Vec<VectorEntry>)>> {
    let prefix = cuts_of(space);
    let mut found = Vec::new();
    for (key, bytes) in tx.meta_beginning_with(&prefix)? {
        let removal = key
            .strip_prefix(&prefix)
            .and_then(|rest| rest.split('/').next())
            .and_then(|id| id.parse().ok())
            .ok_or(BelayError::internal("cut"))?;
        let body = AckBody::parse(&bytes).map_err(|_| BelayError::internal("cut"))?;
        found.push((removal, body.vector));
    }
    Ok(found)
}

impl SpaceState {
    /// Where the chains of a removed device end, as far as anybody who stays has said; `None` for one that was
    /// not removed.
    pub fn cut_of(&self, device: &DeviceId) -> Option<Cut> {
        let mut cut = self.membership.cut_of(device)?;
        let removals = self.membership.removals_of(device);
        for (removal, had) in &self.cuts {
            if removals.contains(removal) {
                cut.join(had);
            }
        }
        Some(cut)
    }
}

impl Session<'_> {
    /// What this device has of the chains of some devices.
    pub(crate) fn had_of(
        &mut self,
        space: &SpaceId,
        devices: &BTreeSet<DeviceId>,
    ) -> Result<Vec<VectorEntry>> {
        self.vector_of(space, |device| devices.contains(device))
    }

    /// Says of every removal that this device learned of what it had before: once each.
    pub(crate) fn answer_removals(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let own = state.own_device;
        let removals = state.membership.removals_in_force();
        for (removal, (by, devices)) in removals {
            let key = answered_key(space, &removal);
            if by == own || tx.meta(&key)?.is_some() {
                continue;
            }
            if self.space(space)?.writing_epoch().is_none() {
                return Ok(());
            }
            let had = self.had_of(space, &devices.into_iter().collect())?;
            self.answer_removal(space, removal, had)?;
            tx.put_meta(&key, &[])?;
        }
        Ok(())
    }

    fn answer_removal(
        &mut self,
        space: &SpaceId,
        removal: ItemId,
        vector: Vec<VectorEntry>,
    ) -> Result<()> {
        let state = self.space(space)?;
        let epoch = state
            .writing_epoch()
            .ok_or(BelayError::internal("writing-epoch"))?;
        let body = AckBody {
            vector,
            removal: Some(removal),
            epoch,
        };
        let written = self.append(space, Draft::control(ItemKind::Ack, body.encode()))?;
        self.queue(space, written, 0)?;
        self.keep_cut_of(space, &written.id, &body)
    }

    /// Takes in what a remaining device had when it learned of a removal.
    pub(crate) fn keep_cut_of(
        &mut self,
        space: &SpaceId,
        ack: &ItemId,
        body: &AckBody,
    ) -> Result<()> {
        let Some(removal) = body.removal else {
            return Ok(());
        };
        let key = format!("{}{removal}/{ack}", cuts_of(space));
        self.tx.put_meta(&key, &body.encode())?;
        let state = self.space(space)?;
        state.cuts.push((removal, body.vector.clone()));
        Ok(())
    }

    /// Lets everything count that waits here of a removed own device. Says how many items came in.
    pub(crate) fn extend_cut(&mut self, space: &SpaceId, device: &DeviceId) -> Result<u64> {
        let tx = self.tx;
        let state = self.space(space)?;
        let row = state.row;
        let Some(removal) = state.membership.removals_of(device).first().copied() else {
            return Ok(0);
        };
        let mut places: BTreeMap<Incarnation, BTreeMap<u64, ItemId>> = BTreeMap::new();
        for held in tx.held_starts(row, &[HeldReason::MissingDependency], ITEM_HEADER_MAX)? {
            if let Ok(header) = ItemHeader::parse_start(&held.start)
                && header.device_id == *device
            {
                let id = item_id(&header);
                places.entry(header.inc).or_default().insert(header.seq, id);
            }
        }
        if places.is_empty() {
            return Ok(0);
        }
        let mut had = self.had_of(space, &BTreeSet::from([*device]))?;
        for (inc, mut waiting) in places {
            let at = had.iter().position(|entry| entry.inc == inc);
            let entry = at.map(|at| had.remove(at)).unwrap_or(VectorEntry {
                device_id: *device,
                inc,
                seq: 0,
                item_id: ItemId::ZERO,
                ranges: Vec::new(),
            });
            for (_, last) in &entry.ranges {
                let there = match tx.find_device(row, device)? {
                    Some((device, _)) => tx.items_at(row, device, inc, *last)?,
                    None => Vec::new(),
                };
                waiting.extend(there.first().map(|(_, id, _)| (*last, *id)));
            }
            for told in with_places(&entry, &waiting) {
                self.answer_removal(space, removal, vec![told])?;
            }
        }
        let mut ingested = Ingested::default();
        self.retry_held(space, Freed::everything(), &mut ingested)?;
        self.take_consequences(space, &ingested)?;
        Ok(ingested.items)
    }
}

/// What a vector's entry tells with further places filled, in as many entries as their ranges need.
fn with_places(entry: &VectorEntry, waiting: &BTreeMap<u64, ItemId>) -> Vec<VectorEntry> {
    let mut filled = Filled {
        contiguous: entry.seq,
        ranges: entry.ranges.clone(),
    };
    for seq in waiting.keys() {
        filled.insert(*seq);
    }
    // The end of the unbroken part has a name: it was there before, or is among the places.
    let end = waiting.get(&filled.contiguous);
    let end = end.map_or((entry.seq, entry.item_id), |id| (filled.contiguous, *id));
    let told = |ranges: &[(u64, u64)]| VectorEntry {
        device_id: entry.device_id,
        inc: entry.inc,
        seq: end.0,
        item_id: end.1,
        ranges: ranges.to_vec(),
    };
    if filled.ranges.is_empty() {
        return vec![told(&[])];
    }
    filled.ranges.chunks(RANGES_MAX).map(told).collect()
}
