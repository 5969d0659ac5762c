//! How much is known of a partner, said honestly (product id Y5): "as of" the last verified item, never of
//! the last poll, and whether it may be behind.

use belay_model::{Hlc, PersonId};
use belay_store::{Chain, HeldReason, ReadTx, SpaceState as Standing};

use crate::Result;
use crate::space_state::SpaceState;

/// What was not heard of for so long may be behind: a device acknowledges at most once a day.
const BEHIND_AFTER_MS: i64 = 24 * 60 * 60 * 1000;

/// What is known of a partner's part in a space.
#[derive(Debug, Default)]
pub(crate) struct Freshness {
    /// When their last verified item was written, by their clock, and never later than now.
    pub as_of_ms: Option<i64>,
    /// Their clock is ahead of ours: "as of" is no later than now all the same.
    pub clock_ahead: bool,
    /// The first place that is missing, where a later one is here.
    pub incomplete_from: Option<u64>,
    /// Items that only a newer Belay can read.
    pub needs_newer: u64,
    /// Items that are parked because they are too many.
    pub parked: u64,
    /// Items that wait for something before them.
    pub waiting: u64,
    /// When a relay of the space last answered, or a device of theirs was last met.
    pub reached_ms: Option<i64>,
    /// The last try with a relay of the space went wrong.
    pub trouble: bool,
}

impl Freshness {
    /// Looks at what is here at `now_ms`. A pure function of the store and the time.
    pub fn of(
        tx: &ReadTx<'_>,
        state: &SpaceState,
        person: Option<PersonId>,
        now_ms: i64,
    ) -> Result<Self> {
        let mut fresh = Self::default();
        let devices = tx.devices(state.row)?;
        for chain in tx.chains(state.row)? {
            let theirs = devices
                .iter()
                .any(|device| device.row == chain.device && Some(device.person) == person);
            if !theirs {
                continue;
            }
            let at_ms = Hlc::from_u64(chain.top_hlc).wall_ms();
            // A place that was filled by an erase alone has no time.
            if chain.top_seq > 0 {
                fresh.clock_ahead |= newest_is_ahead(tx, state, &chain, now_ms)?;
                fresh.as_of_ms = fresh.as_of_ms.max(Some(at_ms.min(now_ms)));
            }
            if !chain.ranges.is_empty() {
                let first = chain.contiguous + 1;
                let known = fresh.incomplete_from.unwrap_or(first);
                fresh.incomplete_from = Some(known.min(first));
            }
        }
        for (reason, count, _) in tx.held_counts(state.row)? {
            match reason {
                HeldReason::NewerVersion => fresh.needs_newer += count,
                HeldReason::OverBudget => fresh.parked += count,
                _ => fresh.waiting += count,
            }
        }
        for mailbox in tx.mailboxes(state.row)? {
            fresh.reached_ms = fresh.reached_ms.max(mailbox.last_contact_ms);
            fresh.trouble |= mailbox.last_error.is_some()
                && crate::relays::moves::may_hide(tx, state, &mailbox.relay)?;
        }
        // Who was met has told everything they had.
        let met_ms = crate::lan::last_met_ms(tx, state, person)?;
        fresh.reached_ms = fresh.reached_ms.max(met_ms);
        Ok(fresh)
    }

    /// Whether what is shown may be behind what the partner shared.
    pub fn may_be_behind(&self, standing: Standing, now_ms: i64) -> bool {
        // Nothing is fetched any more from a space that was left.
        let ended = matches!(standing, Standing::Left | Standing::Blocked);
        let recently = |at_ms: i64| now_ms.saturating_sub(at_ms) < BEHIND_AFTER_MS;
        ended
            || self.trouble
            || self.incomplete_from.is_some()
            || self.needs_newer > 0
            || self.parked > 0
            || self.waiting > 0
            || !self.reached_ms.is_some_and(recently)
    }
}

/// Whether the newest item of a chain says a time that is still to come. The chain itself keeps a time only
/// as far as it could be true when the item came (docs/protocol.md, S26).
fn newest_is_ahead(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    chain: &Chain,
    now_ms: i64,
) -> Result<bool> {
    let limit = now_ms.saturating_add(Hlc::MAX_AHEAD_MS);
    for (row, ..) in tx.items_at(state.row, chain.device, chain.inc, chain.top_seq)? {
        let item = tx.item(row)?;
        if item.is_some_and(|item| Hlc::from_u64(item.hlc).wall_ms() > limit) {
            return Ok(true);
        }
    }
    Ok(false)
}
