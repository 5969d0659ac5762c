//! What is drawn.

use belay_testkit::SeededEntropy;

/// Everything that a run leaves to chance, from one seed.
#[derive(Debug, Clone)]
pub struct Chance(SeededEntropy);

impl Chance {
    /// The chance of a seed; `part` keeps those who draw apart, so that one more draw here changes nothing there.
    pub fn of(seed: u64, part: u64) -> Self {
        let mut mix = SeededEntropy::new(seed);
        let base = mix.next_u64();
        Self(SeededEntropy::new(
            base ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        ))
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.0.below(bound.max(1) as u64)).unwrap_or(0)
    }

    /// True so many times in a thousand.
    pub fn permille(&mut self, times: u32) -> bool {
        self.0.below(1000) < u64::from(times)
    }

    /// One of several.
    pub fn of_these<'a, T>(&mut self, these: &'a [T]) -> Option<&'a T> {
        match these.len() {
            0 => None,
            count => these.get(self.below(count)),
        }
    }

    /// A seed for somebody else.
    pub fn seed(&mut self) -> u64 {
        self.0.next_u64()
    }
}
