//! A set of acts by their numbers, one bit each. Every act keeps its whole past; sets of ids would make a few
//! thousand acts, which a hostile member signs in a second, cost hundreds of megabytes.

/// The set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ActSet {
    words: Vec<u64>,
}

impl ActSet {
    /// Whether the act is in the set.
    pub fn contains(&self, number: usize) -> bool {
        self.words
            .get(number / 64)
            .is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Puts an act into the set.
    pub fn insert(&mut self, number: usize) {
        let at = number / 64;
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        if let Some(word) = self.words.get_mut(at) {
            *word |= 1 << (number % 64);
        }
    }

    /// Puts every act of another set into this one.
    pub fn join(&mut self, other: &Self) {
        if other.words.len() > self.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_a_plain_set_holds(
            one in proptest::collection::btree_set(0usize..300, 0..40),
            other in proptest::collection::btree_set(0usize..300, 0..40),
        ) {
            let bits = |plain: &BTreeSet<usize>| {
                let mut set = ActSet::default();
                plain.iter().for_each(|number| set.insert(*number));
                set
            };
            let mut joined = bits(&one);
            joined.join(&bits(&other));
            for number in 0..320 {
                prop_assert_eq!(bits(&one).contains(number), one.contains(&number));
                let either = one.contains(&number) || other.contains(&number);
                prop_assert_eq!(joined.contains(number), either);
            }
        }
    }
}
