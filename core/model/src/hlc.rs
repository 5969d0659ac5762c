//! The hybrid logical clock in item headers: close to wall time, yet later than everything its device
//! has seen.

/// Milliseconds since 1970 UTC in the upper 48 bits, a counter in the lower 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc(u64);

const COUNTER_BITS: u32 = 16;
const MAX_WALL_MS: u64 = (1 << (64 - COUNTER_BITS)) - 1;

impl Hlc {
    /// Before anything was written.
    pub const ZERO: Self = Self(0);
    /// How far a clock seen elsewhere may be ahead and still be adopted: ten minutes. One device with a
    /// clock years off must not drag everyone's along.
    pub const MAX_AHEAD_MS: i64 = 10 * 60 * 1000;

    /// Takes the number of a header.
    #[must_use]
    pub const fn from_u64(number: u64) -> Self {
        Self(number)
    }

    /// The number for a header.
    #[must_use]
    pub const fn to_u64(self) -> u64 {
        self.0
    }

    /// The wall-clock part, in milliseconds since 1970 UTC.
    #[must_use]
    pub const fn wall_ms(self) -> i64 {
        // 48 bits always fit.
        (self.0 >> COUNTER_BITS) as i64
    }

    /// The value for the next item after `prev`, written when the wall clock shows `now_ms`: the wall
    /// clock, or one step after `prev` where that is not later. A time before 1970 counts as 1970.
    #[must_use]
    pub fn tick(prev: Self, now_ms: i64) -> Self {
        let wall = u64::try_from(now_ms).unwrap_or(0).min(MAX_WALL_MS);
        // A full counter carries into the milliseconds, which keeps the order.
        Self((wall << COUNTER_BITS).max(prev.0.saturating_add(1)))
    }

    /// What to tick from after an item with `remote` was seen: the later of the two, unless the remote
    /// clock is more than [`Self::MAX_AHEAD_MS`] ahead of `now_ms`.
    #[must_use]
    pub fn observe(self, remote: Self, now_ms: i64) -> Self {
        if remote.wall_ms() > now_ms.saturating_add(Self::MAX_AHEAD_MS) {
            return self;
        }
        self.max(remote)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(ms: u64, counter: u64) -> Hlc {
        Hlc::from_u64(ms << 16 | counter)
    }

    #[test]
    fn the_clock_follows_the_wall_and_counts_where_the_wall_stands_still() {
        assert_eq!(Hlc::tick(at(1_000, 7), 2_000), at(2_000, 0));
        assert_eq!(Hlc::tick(at(2_000, 0), 2_000), at(2_000, 1));
        assert_eq!(Hlc::tick(at(2_000, 1), 500), at(2_000, 2));
        assert_eq!(Hlc::tick(at(2_000, 0xffff), 2_000), at(2_001, 0));
    }

    #[test]
    fn a_clock_far_ahead_is_not_adopted() {
        let mine = at(1_000_000, 3);
        let limit = 1_000_000 + Hlc::MAX_AHEAD_MS as u64;
        assert_eq!(mine.observe(at(limit, 9), 1_000_000), at(limit, 9));
        assert_eq!(mine.observe(at(limit + 1, 0), 1_000_000), mine);
        assert_eq!(mine.observe(at(999_999, 9), 1_000_000), mine);
    }

    #[test]
    fn the_ends_of_time_do_not_break_the_clock() {
        assert_eq!(Hlc::tick(Hlc::ZERO, i64::MIN), at(0, 1));
        assert_eq!(Hlc::tick(Hlc::ZERO, i64::MAX).wall_ms(), MAX_WALL_MS as i64);
        assert_eq!(
            Hlc::tick(Hlc::from_u64(u64::MAX), 0),
            Hlc::from_u64(u64::MAX)
        );
        assert_eq!(
            Hlc::ZERO.observe(Hlc::from_u64(u64::MAX), i64::MAX),
            Hlc::from_u64(u64::MAX)
        );
    }

    proptest! {
        #[test]
        fn what_is_written_after_what_was_seen_is_later(prev: u32, remote: u32, counter: u16, now in 0i64..1 << 40) {
            let (prev, remote) = (at(u64::from(prev), 0), at(u64::from(remote), u64::from(counter)));
            let seen = prev.observe(remote, now);
            let next = Hlc::tick(seen, now);
            prop_assert!(next > prev && next.wall_ms() >= now);
            if remote.wall_ms() <= now + Hlc::MAX_AHEAD_MS {
                prop_assert!(next > remote);
            }
        }
    }
}
