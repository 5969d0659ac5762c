//! On which days a goal is due (G2).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::words::plain;
use crate::{CivilDay, RuleError, WeekdaySet};

/// On which days something is due. More shapes (n a week, every n days, dates) join as variants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// Every day.
    Daily,
    /// On these days of the week.
    Weekdays(WeekdaySet),
}

impl Schedule {
    /// Whether it is due on that civil day.
    #[must_use]
    pub fn is_due(&self, day: CivilDay) -> bool {
        match self {
            Self::Daily => true,
            Self::Weekdays(days) => days.contains(day.weekday()),
        }
    }

    /// The due days from `first` to `last`, both included.
    pub fn due_days(
        &self,
        first: CivilDay,
        last: CivilDay,
    ) -> impl DoubleEndedIterator<Item = CivilDay> + '_ {
        first.through(last).filter(|day| self.is_due(*day))
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Daily => f.write_str("daily"),
            Self::Weekdays(days) => days.fmt(f),
        }
    }
}

impl FromStr for Schedule {
    type Err = RuleError;

    /// Reads `daily`, or days as [`WeekdaySet`] does.
    fn from_str(text: &str) -> Result<Self, RuleError> {
        match plain(text).as_str() {
            "daily" | "every day" => Ok(Self::Daily),
            _ => text
                .parse()
                .map(Self::Weekdays)
                .map_err(|error: RuleError| error.in_field("schedule")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;
    use crate::Weekday;

    proptest! {
        #[test]
        fn a_weekday_schedule_agrees_with_counting_from_a_known_monday(bits in 1u8..128, start in 0i64..60_000, length in 0i64..60) {
            let monday = CivilDay::new(2024, 1, 1).unwrap(); // a Monday
            let schedule = Schedule::Weekdays(WeekdaySet::from_bits(bits).unwrap());
            let first = monday.plus_days(start).unwrap();
            let last = first.plus_days(length).unwrap();
            let counted: Vec<CivilDay> = (start..=start + length)
                .filter(|n| bits >> (n % 7) & 1 == 1)
                .map(|n| monday.plus_days(n).unwrap())
                .collect();
            prop_assert_eq!(schedule.due_days(first, last).collect::<Vec<_>>(), counted);
            prop_assert_eq!(Schedule::Daily.due_days(first, last).count() as i64, length + 1);
        }
    }

    #[test]
    fn a_schedule_survives_its_text_and_json() {
        let monday = Schedule::Weekdays(WeekdaySet::new([Weekday::Monday]).unwrap());
        for (schedule, json) in [
            (Schedule::Daily, r#""daily""#),
            (monday, r#"{"weekdays":["monday"]}"#),
        ] {
            assert_eq!(schedule.to_string().parse::<Schedule>().unwrap(), schedule);
            assert_eq!(serde_json::to_string(&schedule).unwrap(), json);
            assert_eq!(serde_json::from_str::<Schedule>(json).unwrap(), schedule);
        }
        assert_eq!(
            "sometimes".parse::<Schedule>().unwrap_err().field,
            "schedule"
        );
    }
}
