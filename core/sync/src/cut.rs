//! Where the chains of somebody who was removed end: what the remaining devices had accepted before they learned
//! of it counts, nothing after it does (docs/protocol.md, "Membership", M19). Heads cannot tell that: whoever was
//! removed could write on under old ones, in a new incarnation, for ever.

use std::collections::BTreeMap;

use belay_model::{DeviceId, Incarnation, ItemId};
use belay_protocol::VectorEntry;

/// The pointwise maximum of what the remover and the remaining devices had. Joining more, in any order and any
/// number of times, only lets more count: nothing that somebody had accepted ever disappears.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    chains: BTreeMap<(DeviceId, Incarnation), Had>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Had {
    /// Inclusive, ascending, disjoint, not touching.
    runs: Vec<(u64, u64)>,
    /// The items that vectors name as the last of an unbroken run, by place: at one place the lowest id stands.
    ends: BTreeMap<u64, ItemId>,
}

impl Had {
    fn add(&mut self, first: u64, last: u64) {
        self.runs.push((first, last));
        self.runs.sort_unstable();
        let mut joined: Vec<(u64, u64)> = Vec::with_capacity(self.runs.len());
        for (first, last) in self.runs.drain(..) {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => {
                    before.1 = before.1.max(last);
                }
                _ => joined.push((first, last)),
            }
        }
        self.runs = joined;
    }
}

impl Cut {
    /// Takes in what one device had: the removal's own `seen`, or the acknowledgement by which a remaining device
    /// answers the removal.
    pub fn join(&mut self, vector: &[VectorEntry]) {
        for entry in vector {
            let had = self.chains.entry((entry.device_id, entry.inc)).or_default();
            if entry.seq > 0 {
                had.add(1, entry.seq);
                let end = had.ends.entry(entry.seq).or_insert(entry.item_id);
                *end = (*end).min(entry.item_id);
            }
            for (first, last) in &entry.ranges {
                had.add(*first, *last);
            }
        }
    }

    /// Whether the item at a place counts although its author was removed.
    #[must_use]
    pub fn holds(&self, device: &DeviceId, inc: Incarnation, seq: u64, id: &ItemId) -> bool {
        let Some(had) = self.chains.get(&(*device, inc)) else {
            return false;
        };
        let rival = had.ends.get(&seq).is_some_and(|end| end != id);
        !rival
            && had
                .runs
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&seq))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAM: DeviceId = DeviceId::from_bytes([1; 32]);

    fn entry(inc: u64, seq: u64, ranges: &[(u64, u64)]) -> VectorEntry {
        VectorEntry {
            device_id: SAM,
            inc: Incarnation(inc),
            seq,
            item_id: if seq == 0 { ItemId::ZERO } else { id(seq) },
            ranges: ranges.to_vec(),
        }
    }

    fn id(seq: u64) -> ItemId {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seq.to_be_bytes());
        ItemId::from_bytes(bytes)
    }

    #[test]
    fn what_anybody_had_counts_and_what_was_written_after_it_does_not() {
        let mut cut = Cut::default();
        cut.join(&[entry(7, 4, &[])]);
        cut.join(&[entry(7, 2, &[(9, 9)])]);
        let holds = |inc, seq| cut.holds(&SAM, Incarnation(inc), seq, &id(seq));
        assert!(holds(7, 1) && holds(7, 4) && holds(7, 9));
        assert!(!holds(7, 5) && !holds(7, 10));
        // A new incarnation under old heads, or another device of theirs: nobody had anything of it.
        assert!(!holds(8, 1));
        assert!(!cut.holds(&DeviceId::from_bytes([2; 32]), Incarnation(7), 1, &id(1)));
    }

    #[test]
    fn another_item_at_the_place_where_a_vector_ended_does_not_count() {
        let mut cut = Cut::default();
        cut.join(&[entry(7, 4, &[])]);
        assert!(!cut.holds(&SAM, Incarnation(7), 4, &id(99)));
    }

    proptest! {
        #[test]
        fn the_cut_depends_on_neither_order_nor_repetition_and_only_grows(
            seqs in proptest::collection::vec((0u64..4, 0u64..20, 0u64..9), 1..6),
            place in (0u64..4, 1u64..40),
        ) {
            let entries: Vec<_> = seqs
                .iter()
                .map(|(inc, seq, gap)| {
                    let from = seq + 2 + gap;
                    entry(*inc, *seq, &[(from, from + gap)])
                })
                .collect();
            let (mut one, mut other) = (Cut::default(), Cut::default());
            let mut held = false;
            for entry in &entries {
                one.join(std::slice::from_ref(entry));
                let now = one.holds(&SAM, Incarnation(place.0), place.1, &id(place.1));
                prop_assert!(now || !held);
                held = now;
            }
            for entry in entries.iter().rev().chain(&entries) {
                other.join(std::slice::from_ref(entry));
            }
            prop_assert_eq!(one, other);
        }
    }
}
