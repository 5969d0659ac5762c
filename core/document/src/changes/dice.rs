//! For tests: seeded chance, and the question whether Automerge panicked anywhere.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A small deterministic generator (SplitMix64), so that a run can be repeated by its seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap_or_default()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.roll(256).to_le_bytes()[0]
    }

    pub(crate) fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.roll(choices.len())]
    }
}

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// How often anything unwound inside Automerge in this process, from the first call on. The gate catches unwinding, so
/// it has to be counted where it begins.
pub(crate) fn automerge_panics() -> usize {
    static HOOK: OnceLock<()> = OnceLock::new();
    HOOK.get_or_init(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let inside = |place: &std::panic::Location<'_>| place.file().contains("automerge-0");
            if panic.location().is_some_and(inside) {
                PANICS.fetch_add(1, Ordering::Relaxed);
            }
            report(panic);
        }));
    });
    PANICS.load(Ordering::Relaxed)
}
