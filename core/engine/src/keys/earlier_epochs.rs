//! Looking back into mailboxes that nobody should write to any more (docs/protocol.md, "Epochs", E13): a device whose
//! store was put back to an older state may hold nothing newer, and asks there for what it lacks.

use std::collections::BTreeSet;

use belay_model::{EpochId, SpaceId};
use belay_store::ReadTx;

use crate::Result;
use crate::session::Session;
use crate::space_state::SpaceState;

/// How often: it costs one request for each epoch.
const EVERY_MS: i64 = 24 * 60 * 60 * 1000;

/// How long a secret counts from when it came here: as long as the mailbox of a device that is behind is kept.
const FOR_MS: i64 = 400 * 24 * 60 * 60 * 1000;

/// Under which meta key it stands when they were last looked into at a relay.
fn looked_key(space: &SpaceId, relay: &str) -> String {
    format!("looked-back/{space}/{relay}")
}

/// Every epoch to be looked into, where that is due at a relay.
pub(crate) fn due(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    relay: &str,
    now_ms: i64,
) -> Result<BTreeSet<EpochId>> {
    let looked = tx.meta(&looked_key(&state.id, relay))?;
    let looked_ms = looked.and_then(|kept| kept.try_into().ok());
    let recently = |at_ms: i64| (0..EVERY_MS).contains(&now_ms.saturating_sub(at_ms));
    if looked_ms.map(i64::from_le_bytes).is_some_and(recently) {
        return Ok(BTreeSet::new());
    }
    let came = state.key_ages.iter();
    Ok(came
        .filter(|(_, at_ms)| now_ms.saturating_sub(**at_ms) < FOR_MS)
        .map(|(epoch, _)| *epoch)
        .collect())
}

impl Session<'_> {
    /// Notes that a round with a relay looked into all that [`due`] named.
    pub(crate) fn note_looked_back(&self, space: &SpaceId, relay: &str) -> Result<()> {
        let at_ms = self.now_ms.to_le_bytes();
        Ok(self.tx.put_meta(&looked_key(space, relay), &at_ms)?)
    }
}
