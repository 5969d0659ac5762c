//! When to try a relay again after it could not be reached.

/// The longest pause between two tries: 15 minutes.
pub const PAUSE_MAX_MS: u64 = 15 * 60 * 1000;

/// The first pause: 2 seconds.
pub const PAUSE_MIN_MS: u64 = 2_000;

/// How long to wait after `failures` failures in a row: doubling, at most [`PAUSE_MAX_MS`], of which a
/// half is fixed and a half is drawn, so that devices which lost the same relay do not come back at once.
/// `jitter` is one random byte.
#[must_use]
pub fn pause_ms(failures: u32, jitter: u8) -> u64 {
    let full = PAUSE_MIN_MS
        .saturating_mul(1u64 << failures.saturating_sub(1).min(20))
        .min(PAUSE_MAX_MS);
    full / 2 + (full / 2) * u64::from(jitter) / 255
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_pause_stays_within_its_bounds_and_never_shrinks_with_failures(
            failures in 1u32..1000, jitter: u8
        ) {
            let pause = pause_ms(failures, jitter);
            prop_assert!((PAUSE_MIN_MS / 2..=PAUSE_MAX_MS).contains(&pause));
            prop_assert!(pause_ms(failures + 1, jitter) >= pause);
        }
    }
}
