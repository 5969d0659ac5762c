//! What is held of one device's run of items: the contiguous part, and the islands beyond a gap.

use belay_model::ItemId;

/// How many islands beyond the first gap a vector tells others about.
pub const RANGES_MAX: usize = 8;

/// Which numbers of one (device, incarnation) chain are filled. Numbers start at 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// Everything from 1 up to this is there; 0 when nothing is.
    pub contiguous: u64,
    /// Inclusive, ascending, disjoint, not touching `contiguous` or each other.
    pub ranges: Vec<(u64, u64)>,
}

impl Filled {
    /// Whether the number is there.
    #[must_use]
    pub fn contains(&self, seq: u64) -> bool {
        (seq >= 1 && seq <= self.contiguous)
            || self
                .ranges
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&seq))
    }

    /// Fills one number; `false` when it was there already (or is 0, which no item has).
    pub fn insert(&mut self, seq: u64) -> bool {
        if seq == 0 || self.contains(seq) {
            return false;
        }
        let at = self.ranges.partition_point(|(from, _)| *from < seq);
        self.ranges.insert(at, (seq, seq));
        let mut joined: Vec<(u64, u64)> = Vec::with_capacity(self.ranges.len());
        for (from, to) in self.ranges.drain(..) {
            match joined.last_mut() {
                Some(last) if last.1.checked_add(1) == Some(from) => last.1 = to,
                _ => joined.push((from, to)),
            }
        }
        if let Some((from, to)) = joined.first().copied()
            && self.contiguous.checked_add(1) == Some(from)
        {
            self.contiguous = to;
            joined.remove(0);
        }
        self.ranges = joined;
        true
    }

    /// Empties one number; `false` when it was not there.
    pub fn remove(&mut self, seq: u64) -> bool {
        if !self.contains(seq) {
            return false;
        }
        let mut runs: Vec<(u64, u64)> = Vec::with_capacity(self.ranges.len() + 2);
        if self.contiguous > 0 {
            runs.push((1, self.contiguous));
        }
        runs.append(&mut self.ranges);
        let mut left = Vec::with_capacity(runs.len() + 1);
        for (from, to) in runs {
            if !(from..=to).contains(&seq) {
                left.push((from, to));
                continue;
            }
            if from < seq {
                left.push((from, seq - 1));
            }
            if seq < to {
                left.push((seq + 1, to));
            }
        }
        self.contiguous = 0;
        if let Some((1, to)) = left.first().copied() {
            self.contiguous = to;
            left.remove(0);
        }
        self.ranges = left;
        true
    }

    /// The first number that is missing while later ones are there: "incomplete from n".
    #[must_use]
    pub fn first_gap(&self) -> Option<u64> {
        (!self.ranges.is_empty()).then(|| self.contiguous + 1)
    }

    /// The islands as an acknowledgement tells them: at most [`RANGES_MAX`], nearest first.
    #[must_use]
    pub fn told_ranges(&self) -> Vec<(u64, u64)> {
        self.ranges.iter().copied().take(RANGES_MAX).collect()
    }
}

/// What is held around one place of a chain.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    /// The item already at this place.
    pub here: Option<ItemId>,
    /// The item just before.
    pub before: Option<ItemId>,
    /// What the heads must cover: taken from the nearest earlier item that counts.
    pub due: Vec<ItemId>,
    /// The `prev` that the item just after names.
    pub after: Option<[u8; 32]>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn any_order_of_filling_gives_the_same_as_a_plain_set(
            order in proptest::collection::vec(1u64..40, 0..60)
        ) {
            let mut filled = Filled::default();
            let mut set = BTreeSet::new();
            for seq in order {
                prop_assert_eq!(filled.insert(seq), set.insert(seq));
            }
            for seq in 0..45 {
                prop_assert_eq!(filled.contains(seq), set.contains(&seq));
            }
            let contiguous = (1..).take_while(|seq| set.contains(seq)).last().unwrap_or(0);
            prop_assert_eq!(filled.contiguous, contiguous);
            prop_assert!(filled.ranges.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0));
        }
    }

    proptest! {
        #[test]
        fn emptying_places_gives_the_same_as_a_plain_set(
            steps in proptest::collection::vec((proptest::bool::ANY, 1u64..30), 0..80)
        ) {
            let mut filled = Filled::default();
            let mut set = BTreeSet::new();
            for (fill, seq) in steps {
                if fill {
                    prop_assert_eq!(filled.insert(seq), set.insert(seq));
                } else {
                    prop_assert_eq!(filled.remove(seq), set.remove(&seq));
                }
                let mut anew = Filled::default();
                set.iter().for_each(|seq| { anew.insert(*seq); });
                prop_assert_eq!(&filled, &anew);
            }
        }
    }

    #[test]
    fn the_highest_numbers_do_not_overflow() {
        let mut filled = Filled::default();
        assert!(filled.insert(u64::MAX));
        assert!(filled.insert(u64::MAX - 1));
        assert_eq!(filled.ranges, vec![(u64::MAX - 1, u64::MAX)]);
        assert_eq!(filled.first_gap(), Some(1));
    }
}
