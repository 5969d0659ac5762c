//! What one side of a meeting lacks of what the other has, told from both sides' vectors.

use std::collections::BTreeMap;

use belay_model::{DeviceId, Incarnation};
use belay_protocol::VectorEntry;

/// Places of one chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Places {
    /// Whose chain.
    pub device_id: DeviceId,
    /// Which incarnation of it.
    pub inc: Incarnation,
    /// The first place.
    pub first: u64,
    /// The last place.
    pub last: u64,
}

/// Places before a contested one that are given with it: where two items claim one place, the branches parted
/// at it or shortly before.
const CONTESTED: u64 = 64;

/// The places that are filled in `ours` and not in `theirs`, by device, incarnation and place. `is_contested` says
/// whether another item than the one that an entry of theirs names stands at its place here: then two items claim
/// that place, and ours is given so that both sides know of both.
pub fn lacking(
    ours: &[VectorEntry],
    theirs: &[VectorEntry],
    mut is_contested: impl FnMut(&VectorEntry) -> bool,
) -> Vec<Places> {
    let theirs: BTreeMap<_, _> = theirs
        .iter()
        .map(|entry| ((entry.device_id, entry.inc), entry))
        .collect();
    let mut lacking = Vec::new();
    for entry in ours {
        let known = theirs.get(&(entry.device_id, entry.inc)).copied();
        let mut push = |first: u64, last: u64| {
            lacking.push(Places {
                device_id: entry.device_id,
                inc: entry.inc,
                first,
                last,
            });
        };
        if let Some(known) = known
            && known.seq > 0
            && known.seq <= entry.seq
            && is_contested(known)
        {
            let first = known.seq.saturating_sub(CONTESTED).max(1);
            push(first, known.seq);
        }
        for (first, last) in filled(entry) {
            let mut next = first;
            for (from, to) in known.into_iter().flat_map(filled) {
                if to < next || from > last {
                    continue;
                }
                if from > next {
                    push(next, from - 1);
                }
                next = to.saturating_add(1);
            }
            if next <= last {
                push(next, last);
            }
        }
    }
    lacking
}

/// The runs of filled places of an entry, ascending.
fn filled(entry: &VectorEntry) -> impl Iterator<Item = (u64, u64)> + '_ {
    let start = (entry.seq > 0).then_some((1, entry.seq));
    start.into_iter().chain(entry.ranges.iter().copied())
}

#[cfg(test)]
mod tests {
    use belay_model::ItemId;
    use proptest::prelude::*;

    use super::*;

    fn entry(inc: u64, seq: u64, ranges: &[(u64, u64)]) -> VectorEntry {
        VectorEntry {
            device_id: DeviceId::from_bytes([1; 32]),
            inc: Incarnation(inc),
            seq,
            item_id: ItemId::from_bytes([2; 32]),
            ranges: ranges.to_vec(),
        }
    }

    fn runs(ours: &VectorEntry, theirs: &[VectorEntry]) -> Vec<(u64, u64)> {
        lacking(std::slice::from_ref(ours), theirs, |_| false)
            .into_iter()
            .map(|places| (places.first, places.last))
            .collect()
    }

    #[test]
    fn who_has_nothing_lacks_everything_and_who_has_all_lacks_nothing() {
        let ours = entry(1, 9, &[(12, 13)]);
        assert_eq!(runs(&ours, &[]), [(1, 9), (12, 13)]);
        assert_eq!(runs(&ours, &[entry(2, 20, &[])]), [(1, 9), (12, 13)]);
        assert!(runs(&ours, &[entry(1, 13, &[])]).is_empty());
        assert!(runs(&entry(1, 0, &[]), &[]).is_empty());
    }

    #[test]
    fn only_the_holes_of_the_other_side_are_filled() {
        let theirs = [entry(1, 3, &[(5, 6), (11, 12)])];
        assert_eq!(
            runs(&entry(1, 9, &[(12, 13)]), &theirs),
            [(4, 4), (7, 9), (13, 13)]
        );
    }

    #[test]
    fn a_place_that_two_items_claim_is_given_with_what_stands_before_it() {
        let given = |seq| {
            lacking(&[entry(1, 200, &[])], &[entry(1, seq, &[])], |_| true)
                .into_iter()
                .map(|places| (places.first, places.last))
                .collect::<Vec<_>>()
        };
        assert_eq!(given(200), [(136, 200)]);
        assert_eq!(given(4), [(1, 4), (5, 200)]);
        assert!(given(300).is_empty(), "what is not here cannot be compared");
    }

    proptest! {
        /// Against sets of places: nothing that is there is given, nothing that is lacking is left out.
        #[test]
        fn what_is_given_is_the_difference_of_both(
            ours in prop::collection::btree_set(1u64..60, 0..40),
            theirs in prop::collection::btree_set(1u64..60, 0..40),
        ) {
            let entry_of = |places: &std::collections::BTreeSet<u64>| {
                let mut runs: Vec<(u64, u64)> = Vec::new();
                for place in places {
                    match runs.last_mut() {
                        Some((_, last)) if *last + 1 == *place => *last = *place,
                        _ => runs.push((*place, *place)),
                    }
                }
                match runs.first() {
                    Some((1, last)) => entry(1, *last, &runs[1..]),
                    _ => entry(1, 0, &runs),
                }
            };
            let given: Vec<u64> = runs(&entry_of(&ours), &[entry_of(&theirs)])
                .into_iter()
                .flat_map(|(first, last)| first..=last)
                .collect();
            let expected: Vec<u64> = ours.difference(&theirs).copied().collect();
            prop_assert_eq!(given, expected);
        }
    }
}
