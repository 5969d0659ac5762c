//! Which of several versions of one record stands: the same on every device, whatever came first.

use std::cmp::{Ordering, Reverse};

use belay_model::ItemId;

/// What a version of a record is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordVersion {
    /// Its revision.
    pub rev: u64,
    /// Whether it takes the record back.
    pub withdrawn: bool,
    /// The item that carries it.
    pub item_id: ItemId,
}

impl RecordVersion {
    /// The highest revision, then the withdrawn one, then the lower item id.
    fn rank(&self) -> (u64, bool, Reverse<ItemId>) {
        (self.rev, self.withdrawn, Reverse(self.item_id))
    }
}

impl PartialOrd for RecordVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RecordVersion {
    /// The greater one stands.
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

/// The version that stands; order and repetition do not matter.
#[must_use]
pub fn winner(versions: impl IntoIterator<Item = RecordVersion>) -> Option<RecordVersion> {
    versions.into_iter().max()
}

/// The versions of lower revisions than the one that stands: their owner erases them.
#[must_use]
pub fn outdated(versions: &[RecordVersion]) -> Vec<RecordVersion> {
    let highest = versions.iter().map(|version| version.rev).max();
    let lower = |version: &&RecordVersion| Some(version.rev) < highest;
    versions.iter().filter(lower).copied().collect()
}
