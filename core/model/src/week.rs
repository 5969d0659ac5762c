//! A week of seven civil days that begins where its person's weeks begin (week start is a setting).

use serde::{Deserialize, Serialize};

use crate::{CivilDay, Weekday};

/// The days of one week. Only at the ends of the years kept it has fewer than seven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Week {
    /// Its first day.
    pub first: CivilDay,
    /// Its last day.
    pub last: CivilDay,
}

impl Week {
    /// The week that `day` is in, for somebody whose weeks begin on `start`.
    #[must_use]
    pub fn of(day: CivilDay, start: Weekday) -> Self {
        let into = i64::from((day.weekday().number() + 7 - start.number()) % 7);
        let edge = |days: i64, step: i64| {
            (0..=days)
                .rev()
                .find_map(|n| day.plus_days(n * step))
                .unwrap_or(day)
        };
        Self {
            first: edge(into, -1),
            last: edge(6 - into, 1),
        }
    }

    /// The week after this one; `None` where the years kept end.
    #[must_use]
    pub fn next(self, start: Weekday) -> Option<Self> {
        self.last.plus_days(1).map(|day| Self::of(day, start))
    }

    /// Whether the day is in it.
    #[must_use]
    pub fn contains(self, day: CivilDay) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_week_begins_on_the_chosen_day_and_holds_its_day(days in 0i64..109_572, start in 1u8..8) {
            let day = CivilDay::new(1900, 1, 1).unwrap().plus_days(days).unwrap();
            let start = Weekday::from_number(start).unwrap();
            let week = Week::of(day, start);
            prop_assert!(week.contains(day) && week.first.days_until(week.last) <= 6);
            if week.first != CivilDay::new(1900, 1, 1).unwrap() {
                prop_assert_eq!(week.first.weekday(), start);
            }
            for other in week.first.through(week.last) {
                prop_assert_eq!(Week::of(other, start), week);
            }
        }
    }

    #[test]
    fn the_first_and_the_last_week_kept_are_short() {
        let first = Week::of(CivilDay::new(1900, 1, 1).unwrap(), Weekday::Wednesday);
        assert_eq!(first.first.days_until(first.last), 1);
        let last = Week::of(CivilDay::new(2199, 12, 31).unwrap(), Weekday::Monday);
        assert_eq!(last.last.to_string(), "2199-12-31");
        assert_eq!(last.next(Weekday::Monday), None);
    }
}
