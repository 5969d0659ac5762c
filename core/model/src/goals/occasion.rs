//! The one shape behind every schedule: within these days, so many times.

use serde::{Deserialize, Serialize};

use crate::CivilDay;

/// Some days within which something is asked so many times: one day once, a week three times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Occasion {
    /// The first of its days.
    pub first: CivilDay,
    /// The last of its days.
    pub last: CivilDay,
    /// How many times the whole of it asks.
    pub times: u8,
    /// How many days the whole has, before first and last day of the goal cut it; 1 where any one of its
    /// days will do.
    pub of_days: u8,
}

impl Occasion {
    /// One day, once.
    #[must_use]
    pub const fn on(day: CivilDay) -> Self {
        Self {
            first: day,
            last: day,
            times: 1,
            of_days: 1,
        }
    }

    /// How many times it fairly asks when only `free` of its days are neither paused nor skipped: the same
    /// part of its times, rounded to the nearest with a half rounded down, and never more than `free`.
    #[must_use]
    pub fn fair_times(&self, free: u32) -> u32 {
        let (times, of) = (u32::from(self.times), u32::from(self.of_days).max(1));
        let free = free.min(u32::try_from(self.first.days_until(self.last) + 1).unwrap_or(0));
        let part = (2 * times * free + of - 1) / (2 * of);
        part.min(times).min(free)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn days_off_take_their_fair_part_away() {
        let monday: CivilDay = "2026-03-02".parse().unwrap();
        let week = |times| Occasion {
            first: monday,
            last: monday.plus_days(6).unwrap(),
            times,
            of_days: 7,
        };
        let asks = |times| {
            (0..=7)
                .map(|free| week(times).fair_times(free))
                .collect::<Vec<_>>()
        };
        assert_eq!(asks(1), [0, 0, 0, 0, 1, 1, 1, 1]);
        assert_eq!(asks(3), [0, 0, 1, 1, 2, 2, 3, 3]);
        assert_eq!(asks(7), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(Occasion::on(monday).fair_times(1), 1);
        assert_eq!(Occasion::on(monday).fair_times(0), 0);
    }
}
