//! Chance that can be had again: numbers that follow from a seed.

use belay_model::Entropy;

/// A source of numbers that look drawn (SplitMix64).
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
    /// Choices that somebody else made, to be taken one after the other.
    tape: Option<Vec<u8>>,
}

impl Chance {
    /// Begins with a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed, tape: None }
    }

    /// Begins with choices that are given; keys are drawn from the same seed always.
    #[must_use]
    pub fn of_choices(choices: &[u8]) -> Self {
        Self { state: 0, tape: Some(choices.iter().rev().copied().collect()) }
    }

    /// Whether choices were given and all of them are taken.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.tape.as_ref().is_some_and(Vec::is_empty)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; zero when there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        if let Some(tape) = &mut self.tape {
            return usize::from(tape.pop().unwrap_or_default()) % bound.max(1);
        }
        usize::try_from(self.number() % (bound.max(1) as u64)).unwrap_or_default()
    }

    /// Thirty-two bytes.
    pub fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}

impl Entropy for Chance {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let number = self.number().to_le_bytes();
            chunk.copy_from_slice(&number[..chunk.len()]);
        }
    }
}
