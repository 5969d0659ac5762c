//! A set of acts by their numbers, one bit each. Every act keeps its whole past; sets of ids would make a few
//! thousand acts, which a hostile member signs in a second, cost hundreds of megabytes.

/// The set. It ends with its last word that is not empty, so that equal sets are equal values.
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

    /// Whether there is no act in the set.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
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

    /// Whether the two sets have an act in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.words
            .iter()
            .zip(&other.words)
            .any(|(one, two)| one & two != 0)
    }

    /// The acts of this set that are in another one, too.
    pub fn within(&self, other: &Self) -> Self {
        let words = self.words.iter().zip(&other.words);
        Self::of_words(words.map(|(one, two)| one & two).collect())
    }

    /// The acts of this set that are not in another one.
    pub fn without(&self, other: &Self) -> Self {
        let mut words = self.words.clone();
        for (word, less) in words.iter_mut().zip(&other.words) {
            *word &= !less;
        }
        Self::of_words(words)
    }

    /// The acts, in ascending order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| at * 64 + bit)
        })
    }

    fn of_words(mut words: Vec<u64>) -> Self {
        let used = words.iter().rposition(|word| *word != 0);
        words.truncate(used.map_or(0, |at| at + 1));
        Self { words }
    }
}

impl FromIterator<usize> for ActSet {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut set = Self::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
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
            let bits = |plain: &BTreeSet<usize>| plain.iter().copied().collect::<ActSet>();
            let same = |set: &ActSet, plain: BTreeSet<usize>| set == &bits(&plain)
                && set.iter().collect::<BTreeSet<_>>() == plain;
            let (a, b) = (bits(&one), bits(&other));
            let mut joined = a.clone();
            joined.join(&b);
            prop_assert!(same(&joined, one.union(&other).copied().collect()));
            prop_assert!(same(&a.within(&b), one.intersection(&other).copied().collect()));
            prop_assert!(same(&a.without(&b), one.difference(&other).copied().collect()));
            prop_assert_eq!(a.meets(&b), one.intersection(&other).next().is_some());
            prop_assert_eq!(a.is_empty(), one.is_empty());
            prop_assert!((0..320).all(|number| a.contains(number) == one.contains(&number)));
        }
    }
}
