//! Items that cannot be judged yet, or not by this version: kept as they came, and judged again.

use belay_model::{ItemId, SpaceId};
use belay_protocol::Item;
use belay_store::{EnvelopeRow, HeldReason, ReadTx, SpaceRow};

use crate::Result;
use crate::ingest::{Ingested, Outcome};
use crate::session::Session;

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

impl Session<'_> {
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
pub(crate) fn has_waiting(tx: &ReadTx<'_>, space: SpaceRow) -> Result<bool> {
    let counts = tx.held_counts(space)?;
    Ok(counts
        .iter()
        .any(|(reason, count, _)| *count > 0 && WAITING.contains(reason)))
}
