//! Items that cannot be judged yet, or not by this version: kept as they came, and judged again.

use std::collections::BTreeSet;

use belay_model::{DeviceId, DocName, ItemId, SpaceId};
use belay_protocol::limits::ITEM_HEADER_MAX;
use belay_protocol::{Item, ItemHeader, ItemKind};
use belay_store::{EnvelopeRow, Held, HeldReason, HeldStart, ReadTx, SpaceRow, WriteTx};
use belay_sync::Membership;

use crate::Result;
use crate::engine::Engine;
use crate::session::Session;
use crate::syncing::held_counts::HeldCounts;
use crate::syncing::ingest::{Ingested, Outcome};

/// Reasons that end when something else arrives.
const WAITING: [HeldReason; 3] = [
    HeldReason::UnknownDevice,
    HeldReason::MissingHeads,
    HeldReason::MissingDependency,
];

/// Under which meta key stands the version of the program that judged what is parked.
const JUDGED_BY: &str = "parked-judged-by";

impl Engine {
    /// Judges again what another `version` of the program parked. Does nothing when this one did so before.
    pub(crate) fn judge_parked_again(&self, version: &str) -> Result<()> {
        let version = version.as_bytes();
        let judged = self.read(|tx| Ok(tx.meta(JUDGED_BY)?.as_deref() == Some(version)))?;
        if judged {
            return Ok(());
        }
        self.write(|session| {
            for space in session.tx.spaces()? {
                if session.spaces.sound(session.tx, &space.id)?.is_ok() {
                    session.retry_parked(&space.id)?;
                }
            }
            Ok(session.tx.put_meta(JUDGED_BY, version)?)
        })
    }
}

impl Session<'_> {
    /// Judges what is parked: items, and whole envelopes of a newer make.
    pub fn retry_parked(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        let (mut ingested, mut freed) = (Ingested::default(), Freed::default());
        for parked in tx.held(row, &[HeldReason::NewerVersion])? {
            if let Ok(item) = Item::parse(&parked.bytes) {
                let outcome =
                    self.judge(space, &item, &parked.bytes, parked.envelope, &mut ingested)?;
                freed.note(&outcome, &item.header);
                if !matches!(outcome, Outcome::Held | Outcome::OverBudget) {
                    self.release(space, &parked)?;
                }
                continue;
            }
            let state = self.space(space)?;
            let opened = state.keys.ids().find_map(|epoch| {
                let keys = state.keys.get(&epoch)?;
                belay_crypto::open_envelope(&parked.bytes, keys, space, &epoch).ok()
            });
            for bytes in opened.iter().flatten() {
                self.ingest_item(space, bytes, None, &mut ingested)?;
            }
            if opened.is_some() {
                self.release(space, &parked)?;
            }
        }
        freed.note_leavings(&mut ingested);
        self.retry_held(space, freed, &mut ingested)?;
        self.take_consequences(space, &ingested).map(drop)
    }

    pub(crate) fn hold(
        &mut self,
        space: &SpaceId,
        reason: HeldReason,
        id: &ItemId,
        bytes: &[u8],
        envelope: Option<EnvelopeRow>,
    ) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let author = named_author(bytes);
        if !state.held.has_room(reason, author) {
            return match tx.held_as(state.row, id, bytes)? {
                Some(_) => Ok(()),
                None => count_dropped(tx, space),
            };
        }
        if tx.hold(state.row, reason, id, bytes, envelope, now_ms)? {
            state.held.add(reason, author, 1, bytes.len() as u64);
        }
        Ok(())
    }

    fn release(&mut self, space: &SpaceId, held: &Held) -> Result<()> {
        self.tx.release(held.row)?;
        let author = named_author(&held.bytes);
        let bytes = held.bytes.len() as u64;
        self.space(space)?.held.remove(held.reason, author, bytes);
        Ok(())
    }

    /// Judges again what waited and may pass now, until nothing more does.
    pub fn retry_held(
        &mut self,
        space: &SpaceId,
        mut freed: Freed,
        ingested: &mut Ingested,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        if !state.held.any(&WAITING) {
            return Ok(());
        }
        // Own acts do not come through the Gate.
        freed.acts |= state.membership.leaves() != state.retried_at;
        if freed.is_nothing() {
            return Ok(());
        }
        let row = state.row;
        let mut waiting: Vec<Waiting> = tx
            .held_starts(row, &WAITING, ITEM_HEADER_MAX)?
            .into_iter()
            .filter_map(Waiting::of)
            .collect();
        // An honest clock is above those of all its item builds on, so one walk is enough for honest authors.
        waiting.sort_by_key(|item| (item.header.hlc, item.header.seq));
        loop {
            let before = waiting.len();
            let mut still = Vec::new();
            for mut item in waiting {
                if !item.may_pass(&self.space(space)?.membership, &freed) {
                    still.push(item);
                    continue;
                }
                let Some(held) = tx.held_at(item.row)? else {
                    continue;
                };
                let Ok(parsed) = Item::parse(&held.bytes) else {
                    continue;
                };
                let outcome = self.judge(space, &parsed, &held.bytes, held.envelope, ingested)?;
                freed.note_leavings(ingested);
                if matches!(outcome, Outcome::Held | Outcome::OverBudget) {
                    item.reason = tx
                        .held_at(item.row)?
                        .map_or(item.reason, |held| held.reason);
                    self.recount(space, &held, item.reason)?;
                    still.push(item);
                } else {
                    self.release(space, &held)?;
                    freed.note(&outcome, &parsed.header);
                }
            }
            if still.len() == before {
                let state = self.space(space)?;
                state.retried_at = state.membership.leaves();
                return Ok(());
            }
            waiting = still;
        }
    }

    /// An item waits for something else than before.
    fn recount(&mut self, space: &SpaceId, before: &Held, reason: HeldReason) -> Result<()> {
        if before.reason != reason {
            let (author, bytes) = (named_author(&before.bytes), before.bytes.len() as u64);
            let counts = &mut self.space(space)?.held;
            counts.remove(before.reason, author, bytes);
            counts.add(reason, author, 1, bytes);
        }
        Ok(())
    }
}

fn dropped_key(space: &SpaceId) -> String {
    format!("held-dropped/{space}")
}

/// How many items came for which there was no more room.
pub(crate) fn dropped(tx: &ReadTx<'_>, space: &SpaceId) -> Result<u64> {
    let kept = tx.meta(&dropped_key(space))?;
    Ok(kept
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, u64::from_le_bytes))
}

fn count_dropped(tx: &WriteTx<'_>, space: &SpaceId) -> Result<()> {
    let count = dropped(tx, space)?.saturating_add(1);
    Ok(tx.put_meta(&dropped_key(space), &count.to_le_bytes())?)
}

/// The device an item's header names, whatever else the bytes are (docs/protocol.md, "Items").
fn named_author(bytes: &[u8]) -> DeviceId {
    bytes
        .get(34..66)
        .and_then(DeviceId::from_slice)
        .unwrap_or(DeviceId::ZERO)
}

/// How much is held of a space.
pub(crate) fn counts(tx: &ReadTx<'_>, space: SpaceRow) -> Result<HeldCounts> {
    let mut counts = HeldCounts::default();
    for (reason, device, items, bytes) in tx.held_shares(space)? {
        counts.add(reason, device, items, bytes);
    }
    Ok(counts)
}

/// What waiting items may have become free to pass.
#[derive(Debug, Default)]
pub(crate) struct Freed {
    everything: bool,
    acts: bool,
    epochs: bool,
    /// More is known of how a chain leads up to a leaving.
    leavings: bool,
    documents: BTreeSet<(u8, DocName)>,
}

impl Freed {
    /// Anything may have changed.
    pub fn everything() -> Self {
        Self {
            everything: true,
            ..Self::default()
        }
    }

    /// Takes note of what became of an item.
    pub fn note(&mut self, outcome: &Outcome, header: &ItemHeader) {
        match (outcome, header.kind) {
            (Outcome::Forked, _) => self.everything = true,
            (Outcome::Held | Outcome::OverBudget | Outcome::Nothing, _) => {}
            (Outcome::Taken, ItemKind::Membership) => self.acts = true,
            (Outcome::Taken, ItemKind::Epoch) => self.epochs = true,
            (Outcome::Taken, ItemKind::Changes | ItemKind::Erase) => {
                self.documents.insert((header.doc_kind, header.doc_name));
            }
            // Nothing builds on the others.
            (Outcome::Taken, _) => {}
        }
    }

    /// Takes note of what an item told of a leaving.
    pub fn note_leavings(&mut self, ingested: &mut Ingested) {
        self.leavings |= std::mem::take(&mut ingested.leaving_told);
    }

    fn is_nothing(&self) -> bool {
        !self.everything
            && !self.acts
            && !self.epochs
            && !self.leavings
            && self.documents.is_empty()
    }
}

/// A waiting item without its body.
struct Waiting {
    row: i64,
    reason: HeldReason,
    header: ItemHeader,
}

impl Waiting {
    fn of(held: HeldStart) -> Option<Self> {
        Some(Self {
            row: held.row,
            reason: held.reason,
            header: ItemHeader::parse_start(&held.start).ok()?,
        })
    }

    /// Whether judging it again could say anything else than before; cheap, and never wrong about a no.
    fn may_pass(&self, membership: &Membership, freed: &Freed) -> bool {
        let header = &self.header;
        match self.reason {
            HeldReason::UnknownDevice => membership.device(&header.device_id).is_some(),
            HeldReason::MissingHeads => header.heads.iter().all(|head| membership.knows(head)),
            _ if freed.everything || freed.leavings => true,
            _ if header.kind == ItemKind::Epoch => freed.epochs,
            _ => freed
                .documents
                .contains(&(header.doc_kind, header.doc_name)),
        }
    }
}
