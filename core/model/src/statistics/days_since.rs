//! Days since something last happened (G1): what was reached is never taken away.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::CivilDay;

/// A counter of days without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DaysSince {
    /// Days since it last happened, or since the counting began.
    pub now: u32,
    /// The longest such time, this one included.
    pub longest: u32,
    /// All days without since the counting began. It never resets.
    pub total: u32,
}

/// Counts from `since` to `today`, with the days it happened. The day it happens is no day without; the
/// first day counts as day 0, as people say "day one" on the morning after. Days outside are left out.
#[must_use]
pub fn days_since(
    since: CivilDay,
    happened: impl IntoIterator<Item = CivilDay>,
    today: CivilDay,
) -> DaysSince {
    let happened: BTreeSet<CivilDay> = happened
        .into_iter()
        .filter(|day| (since..=today).contains(day))
        .collect();
    let days = |from: CivilDay, to: CivilDay| u32::try_from(from.days_until(to)).unwrap_or(0);
    let mut counter = DaysSince {
        now: days(since, today),
        longest: 0,
        total: days(since, today),
    };
    let mut from = since;
    for day in &happened {
        // The day before is the last without; the first day of all was never one more than day 0.
        let without = day.minus_days(1).map_or(0, |before| days(from, before));
        counter.longest = counter.longest.max(without);
        counter.total -= u32::from(*day > since);
        from = *day;
    }
    counter.now = days(from, today);
    counter.longest = counter.longest.max(counter.now);
    counter
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn day(n: i64) -> CivilDay {
        CivilDay::new(2026, 1, 1).unwrap().plus_days(n).unwrap()
    }

    #[test]
    fn what_was_reached_is_never_taken_away() {
        let counter = days_since(day(0), [day(30)], day(33));
        assert_eq!((counter.now, counter.longest, counter.total), (3, 29, 32));
        assert_eq!(days_since(day(5), [], day(4)).now, 0);
    }

    proptest! {
        #[test]
        fn the_counter_is_what_ticking_day_by_day_gives(happened in prop::collection::vec(-3i64..60, 0..9), today in 0i64..60) {
            let (mut now, mut longest, mut total) = (0, 0, 0);
            for n in 1..=today {
                if happened.contains(&n) {
                    now = 0;
                } else {
                    now += 1;
                    total += 1;
                }
                longest = longest.max(now);
            }
            let counter = days_since(day(0), happened.into_iter().map(day), day(today));
            prop_assert_eq!((counter.now, counter.longest, counter.total), (now, longest, total));
        }
    }
}
