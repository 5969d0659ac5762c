//! How much of what own devices wrote has come to this one: counted by places in chains, so that a new device can
//! say "n of m" from its first page on. What the others have is known from their acknowledgements; whoever admits a
//! device puts one into its welcome.

use std::collections::BTreeMap;

use belay_model::SpaceId;
use belay_store::ReadTx;
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::space_state::SpaceState;
use crate::views::SyncProgress;

/// How far what is known to exist has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ArrivalView {
    /// Items that are here.
    pub items: u64,
    /// Items that are known to be somewhere.
    pub of_items: u64,
}

impl ArrivalView {
    /// Whether everything that is known of is here.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.items >= self.of_items
    }
}

impl Engine {
    /// How much of the person's own things has come to this device; `None` before it was admitted.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn arrival(&self) -> Result<Option<ArrivalView>> {
        self.read_spaces(|tx, spaces| {
            let Ok(own) = crate::queries::self_space(tx) else {
                return Ok(None);
            };
            let state = spaces.find(tx, &own)?;
            state.map(|state| arrival(tx, state)).transpose()
        })
    }

    /// What a progress line says after so many items and bytes came in: how far everything is, while more is known
    /// to exist.
    pub(crate) fn progress(&self, space: &SpaceId, items: u64, bytes: u64) -> Result<SyncProgress> {
        let arrival = self.read_spaces(|tx, spaces| arrival(tx, spaces.get(tx, space)?))?;
        Ok(match arrival.is_whole() {
            true => SyncProgress::Received { items },
            false => SyncProgress::Arriving {
                items: arrival.items,
                of_items: arrival.of_items,
                bytes,
            },
        })
    }
}

/// How much of a space has come.
pub(crate) fn arrival(tx: &ReadTx<'_>, state: &SpaceState) -> Result<ArrivalView> {
    let mut known: BTreeMap<_, (u64, u64)> = BTreeMap::new();
    for chain in tx.chains(state.row)? {
        let beyond = chain.ranges.iter().map(|(first, last)| last - first + 1);
        let here = chain.contiguous + beyond.sum::<u64>();
        let last = chain
            .ranges
            .last()
            .map_or(chain.contiguous, |(_, last)| *last);
        known.insert((chain.device, chain.inc), (here, last));
    }
    for ack in tx.peer_acks(state.row)? {
        let (_, last) = known.entry((ack.about, ack.inc)).or_default();
        *last = (*last).max(ack.seq);
    }
    let mut view = ArrivalView::default();
    for (here, last) in known.into_values() {
        view.items += here;
        view.of_items += last;
    }
    Ok(view)
}
