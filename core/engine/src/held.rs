//! Items that cannot be judged yet, or not by this version: kept as they came, and judged again.

use belay_model::{ItemId, SpaceId};
use belay_protocol::Item;
use belay_store::{EnvelopeRow, HeldReason, ReadTx, SpaceRow};

use crate::Result;
use crate::engine::Engine;
use crate::ingest::{Ingested, Outcome};
use crate::session::Session;

/// Items from unknown devices that wait in one space at most.
const WAITING_MAX: u64 = 1_000;

/// Bytes of them.
const WAITING_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Items of members that wait for something or are parked, in one space and for one reason at most.
const HELD_MAX: u64 = 10_000;

/// Bytes of them.
const HELD_MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reasons that end when something else arrives.
const WAITING: [HeldReason; 3] = [
    HeldReason::UnknownDevice,
    HeldReason::MissingHeads,
    HeldReason::MissingDependency,
];

/// Under which meta key stands the version of the program that judged what is parked.
const JUDGED_BY: &str = "parked-judged-by";

impl Engine {
    /// Judges again what an older version parked. Does nothing when this version did so before.
    pub(crate) fn judge_parked_again(&self) -> Result<()> {
        self.write(|session| {
            let version = env!("CARGO_PKG_VERSION").as_bytes();
            if session.tx.meta(JUDGED_BY)?.as_deref() == Some(version) {
                return Ok(());
            }
            for space in session.tx.spaces()? {
                session.retry_parked(&space.id)?;
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
        let mut ingested = Ingested::default();
        for parked in tx.held(row, &[HeldReason::NewerVersion])? {
            if let Ok(item) = Item::parse(&parked.bytes) {
                let outcome =
                    self.judge(space, &item, &parked.bytes, parked.envelope, &mut ingested)?;
                if !matches!(outcome, Outcome::Held) {
                    tx.release(parked.row)?;
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
                tx.release(parked.row)?;
            }
        }
        Ok(())
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
        let (count_max, bytes_max) = if reason == HeldReason::UnknownDevice {
            (WAITING_MAX, WAITING_MAX_BYTES)
        } else {
            (HELD_MAX, HELD_MAX_BYTES)
        };
        let full = tx
            .held_counts(row)?
            .into_iter()
            .any(|(held, count, size)| held == reason && (count >= count_max || size >= bytes_max));
        if full {
            // The envelope's own bytes are kept: what does not fit here is not lost with it.
            return Ok(());
        }
        tx.hold(row, reason, id, bytes, envelope, now_ms)?;
        self.space(space)?.waiting |= WAITING.contains(&reason);
        Ok(())
    }

    /// Judges again what waited, until nothing more passes.
    pub fn retry_held(&mut self, space: &SpaceId, ingested: &mut Ingested) -> Result<()> {
        loop {
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
pub(crate) fn has_waiting(tx: &ReadTx<'_>, space: SpaceRow) -> Result<bool> {
    let counts = tx.held_counts(space)?;
    Ok(counts
        .iter()
        .any(|(reason, count, _)| *count > 0 && WAITING.contains(reason)))
}
