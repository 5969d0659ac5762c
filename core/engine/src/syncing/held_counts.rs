//! How much is held of a space, so that nobody's flood keeps others from being kept: counted per author where a
//! signature was checked, per space where it could not be.

use std::collections::BTreeMap;

use belay_model::DeviceId;
use belay_store::HeldReason;

/// Items from unknown devices that wait in one space at most.
const UNKNOWN_MAX: Share = Share {
    items: 1_000,
    bytes: 16 * 1024 * 1024,
};
/// What is held of one author, or of all for a newer Belay, for one reason at most.
const KNOWN_MAX: Share = Share {
    items: 10_000,
    bytes: 64 * 1024 * 1024,
};

/// What is held of one space at most, of all authors and for all reasons: more than one author alone can fill.
const SPACE_MAX: Share = Share {
    items: 50_000,
    bytes: 320 * 1024 * 1024,
};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Share {
    items: u64,
    bytes: u64,
}

impl Share {
    fn is_below(self, most: Self) -> bool {
        self.items < most.items && self.bytes < most.bytes
    }
}

/// What is held of one space, by reason and author.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeldCounts {
    shares: BTreeMap<(HeldReason, DeviceId), Share>,
}

/// Whose share something counts towards.
fn owner(reason: HeldReason, device: DeviceId) -> (HeldReason, DeviceId) {
    match reason {
        // These passed the signature.
        HeldReason::MissingHeads | HeldReason::MissingDependency | HeldReason::OverBudget => {
            (reason, device)
        }
        _ => (reason, DeviceId::ZERO),
    }
}

impl HeldCounts {
    /// Whether one more item may be kept.
    pub fn has_room(&self, reason: HeldReason, device: DeviceId) -> bool {
        let most = if reason == HeldReason::UnknownDevice {
            UNKNOWN_MAX
        } else {
            KNOWN_MAX
        };
        self.shares
            .get(&owner(reason, device))
            .is_none_or(|share| share.is_below(most))
            && self.whole().is_below(SPACE_MAX)
    }

    fn whole(&self) -> Share {
        self.shares
            .values()
            .fold(Share::default(), |sum, share| Share {
                items: sum.items.saturating_add(share.items),
                bytes: sum.bytes.saturating_add(share.bytes),
            })
    }

    /// Counts items that are kept from now on.
    pub fn add(&mut self, reason: HeldReason, device: DeviceId, items: u64, bytes: u64) {
        let share = self.shares.entry(owner(reason, device)).or_default();
        share.items += items;
        share.bytes += bytes;
    }

    /// Counts an item that is kept no more.
    pub fn remove(&mut self, reason: HeldReason, device: DeviceId, bytes: u64) {
        if let Some(share) = self.shares.get_mut(&owner(reason, device)) {
            share.items = share.items.saturating_sub(1);
            share.bytes = share.bytes.saturating_sub(bytes);
        }
    }

    /// Whether something waits for one of these reasons.
    pub fn any(&self, reasons: &[HeldReason]) -> bool {
        self.shares
            .iter()
            .any(|((reason, _), share)| share.items > 0 && reasons.contains(reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_authors_flood_leaves_room_for_the_others() {
        let [flooder, honest] = [1, 2].map(|n| DeviceId::from_bytes([n; 32]));
        let mut counts = HeldCounts::default();
        counts.add(HeldReason::MissingHeads, flooder, KNOWN_MAX.items, 1);
        assert!(!counts.has_room(HeldReason::MissingHeads, flooder));
        assert!(counts.has_room(HeldReason::MissingHeads, honest));
        assert!(counts.has_room(HeldReason::MissingDependency, flooder));
        counts.remove(HeldReason::MissingHeads, flooder, 1);
        assert!(counts.has_room(HeldReason::MissingHeads, flooder));
        counts.add(HeldReason::MissingDependency, flooder, 1, KNOWN_MAX.bytes);
        assert!(!counts.has_room(HeldReason::MissingDependency, flooder));
    }

    #[test]
    fn what_many_authors_send_together_is_bounded_and_one_alone_does_not_fill_it() {
        let mut counts = HeldCounts::default();
        let known = [
            HeldReason::MissingHeads,
            HeldReason::MissingDependency,
            HeldReason::OverBudget,
        ];
        let fill = |counts: &mut HeldCounts, n| {
            for reason in known {
                let device = DeviceId::from_bytes([n; 32]);
                counts.add(reason, device, 1, KNOWN_MAX.bytes);
            }
        };
        let honest = DeviceId::from_bytes([9; 32]);
        fill(&mut counts, 1);
        counts.add(
            HeldReason::UnknownDevice,
            DeviceId::ZERO,
            1,
            UNKNOWN_MAX.bytes,
        );
        counts.add(HeldReason::NewerVersion, DeviceId::ZERO, 1, KNOWN_MAX.bytes);
        assert!(counts.has_room(HeldReason::MissingHeads, honest));
        fill(&mut counts, 2);
        assert!(!counts.has_room(HeldReason::MissingHeads, honest));
    }

    #[test]
    fn unknown_devices_share_one_room_because_anybody_can_make_up_a_name() {
        let mut counts = HeldCounts::default();
        for n in 0..UNKNOWN_MAX.items {
            let name = std::array::from_fn(|at| n.to_le_bytes()[at % 8]);
            let device = DeviceId::from_bytes(name);
            assert!(counts.has_room(HeldReason::UnknownDevice, device));
            counts.add(HeldReason::UnknownDevice, device, 1, 300);
        }
        let next = DeviceId::from_bytes([9; 32]);
        assert!(!counts.has_room(HeldReason::UnknownDevice, next));
        assert!(counts.any(&[HeldReason::UnknownDevice]));
        assert!(!counts.any(&[HeldReason::MissingHeads]));
    }
}
