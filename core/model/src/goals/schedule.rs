//! How often a goal is due: the whole language of schedules (G2).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{TermsError, TermsRule};
use crate::words::plain;
use crate::{CivilDay, Rule, WeekdaySet};

/// The most times a month that every month has days for.
pub const MAX_PER_MONTH: u8 = 28;
/// The most days from one time to the next.
pub const MAX_EVERY_DAYS: u16 = 366;
/// The most dates of one goal.
pub const MAX_DATES: usize = 366;

/// How often something is due. First and last day stand beside it, in [`super::Terms`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// Every day.
    Daily,
    /// On these days of the week.
    Weekdays(WeekdaySet),
    /// So many times a week, on days that show themselves: 1 to 7.
    TimesPerWeek(u8),
    /// So many times a month: 1 to 28.
    TimesPerMonth(u8),
    /// On the first day and every so many days after it: 2 to 366. A pause does not move the days.
    EveryDays(u16),
    /// On these dates.
    Dates(BTreeSet<CivilDay>),
    /// Once, on any day up to this one.
    OnceUntil(CivilDay),
}

impl Schedule {
    /// Checks what stands on its own; that dates lie within the goal is asked by [`super::Terms::validate`].
    pub fn validate(&self) -> Result<(), TermsError> {
        let within = |fits: bool| {
            fits.then_some(())
                .ok_or(TermsError::value("schedule", Rule::OutOfRange))
        };
        match self {
            Self::Daily | Self::Weekdays(_) | Self::OnceUntil(_) => Ok(()),
            Self::TimesPerWeek(times) => within((1..=7).contains(times)),
            Self::TimesPerMonth(times) => within((1..=MAX_PER_MONTH).contains(times)),
            Self::EveryDays(days) => within((2..=MAX_EVERY_DAYS).contains(days)),
            Self::Dates(dates) if dates.is_empty() => {
                Err(TermsError::value("schedule", Rule::Empty))
            }
            Self::Dates(dates) if dates.len() > MAX_DATES => {
                let limit = MAX_DATES;
                Err(TermsError::new("schedule", TermsRule::TooMany { limit }))
            }
            Self::Dates(_) => Ok(()),
        }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Daily => f.write_str("daily"),
            Self::Weekdays(days) => days.fmt(f),
            Self::TimesPerWeek(times) => write!(f, "{times} per week"),
            Self::TimesPerMonth(times) => write!(f, "{times} per month"),
            Self::EveryDays(days) => write!(f, "every {days} days"),
            Self::Dates(dates) => {
                let dates: Vec<String> = dates.iter().map(CivilDay::to_string).collect();
                write!(f, "on {}", dates.join(", "))
            }
            Self::OnceUntil(day) => write!(f, "once until {day}"),
        }
    }
}

impl FromStr for Schedule {
    type Err = TermsError;

    /// Reads what [`fmt::Display`] writes and how people say the same: `3 times a week`, `3x a month`,
    /// `every other day`. What is read keeps to the rules of [`Schedule::validate`].
    fn from_str(text: &str) -> Result<Self, TermsError> {
        let unknown = TermsError::value("schedule", Rule::UnknownWord);
        let lower = text.trim().to_lowercase();
        let schedule = if let Some(dates) = lower.strip_prefix("on ").filter(|t| has_digit(t)) {
            Self::Dates(read_dates(dates)?)
        } else if let Some(day) = lower.strip_prefix("once until ") {
            Self::OnceUntil(day.trim().parse()?)
        } else if !has_digit(&lower) {
            match plain(&lower).as_str() {
                "every other day" => Self::EveryDays(2),
                "once a week" | "weekly" => Self::TimesPerWeek(1),
                "twice a week" => Self::TimesPerWeek(2),
                "once a month" | "monthly" => Self::TimesPerMonth(1),
                "twice a month" => Self::TimesPerMonth(2),
                "daily" | "every day" => Self::Daily,
                word => Self::Weekdays(word.parse().map_err(|_| unknown)?),
            }
        } else {
            read_numbers(&lower).ok_or(unknown)??
        };
        schedule.validate()?;
        Ok(schedule)
    }
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn read_dates(text: &str) -> Result<BTreeSet<CivilDay>, TermsError> {
    let mut dates = BTreeSet::new();
    for date in text.split([',', ' ']).filter(|part| !part.is_empty()) {
        if !dates.insert(date.parse()?) {
            return Err(TermsError::new("schedule", TermsRule::Twice));
        }
    }
    Ok(dates)
}

/// `None` when it has no such shape, an error when its number is too large to be one.
fn read_numbers(text: &str) -> Option<Result<Schedule, TermsError>> {
    let out = || TermsError::value("schedule", Rule::OutOfRange);
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !matches!(*word, "times" | "x" | "a" | "per" | "every"))
        .collect();
    let [number, span] = words[..] else {
        return None;
    };
    let number = number.trim_end_matches('x');
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let every = text.starts_with("every ");
    let small = || number.parse::<u8>().map_err(|_| out());
    match (span, every) {
        ("week", false) => Some(small().map(Schedule::TimesPerWeek)),
        ("month", false) => Some(small().map(Schedule::TimesPerMonth)),
        ("day" | "days", true) => Some(number.parse().map_err(|_| out()).map(|days| match days {
            1 => Schedule::Daily,
            days => Schedule::EveryDays(days),
        })),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;
    use crate::Weekday;
    use crate::goals::{Measure, Terms};

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    #[test]
    fn a_schedule_of_the_first_version_is_read_as_it_was_written() {
        for (schedule, json) in [
            (Schedule::Daily, r#""daily""#),
            (
                Schedule::Weekdays(WeekdaySet::new([Weekday::Monday]).unwrap()),
                r#"{"weekdays":["monday"]}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&schedule).unwrap(), json);
            assert_eq!(serde_json::from_str::<Schedule>(json).unwrap(), schedule);
        }
    }

    #[test]
    fn a_schedule_survives_its_text_and_json() {
        for schedule in [
            Schedule::Daily,
            Schedule::Weekdays(WeekdaySet::WEEKEND),
            Schedule::TimesPerWeek(3),
            Schedule::TimesPerMonth(28),
            Schedule::EveryDays(366),
            Schedule::Dates([day("2026-05-01"), day("2026-06-01")].into()),
            Schedule::OnceUntil(day("2026-05-01")),
        ] {
            assert_eq!(schedule.to_string().parse::<Schedule>().unwrap(), schedule);
            let json = serde_json::to_string(&schedule).unwrap();
            assert_eq!(serde_json::from_str::<Schedule>(&json).unwrap(), schedule);
        }
    }

    #[test]
    fn a_schedule_is_read_as_people_say_it() {
        let read = |text: &str| text.parse::<Schedule>().unwrap().to_string();
        assert_eq!(read("3 times a week"), "3 per week");
        assert_eq!(read("3x a month"), "3 per month");
        assert_eq!(read("Every 3 days"), "every 3 days");
        assert_eq!(read("every 1 day"), "daily");
        assert_eq!(read("every other day"), "every 2 days");
        assert_eq!(read("twice a week"), "2 per week");
        assert_eq!(read("weekend"), "Sat, Sun");
    }

    #[test]
    fn each_impossible_schedule_has_its_rule() {
        for (text, rule) in [
            ("0 per week", TermsRule::Value(Rule::OutOfRange)),
            ("8 per week", TermsRule::Value(Rule::OutOfRange)),
            ("29 per month", TermsRule::Value(Rule::OutOfRange)),
            ("999 per month", TermsRule::Value(Rule::OutOfRange)),
            ("every 0 days", TermsRule::Value(Rule::OutOfRange)),
            ("every 367 days", TermsRule::Value(Rule::OutOfRange)),
            ("every 99999999 days", TermsRule::Value(Rule::OutOfRange)),
            ("sometimes", TermsRule::Value(Rule::UnknownWord)),
            ("3 per moon", TermsRule::Value(Rule::UnknownWord)),
            ("", TermsRule::Value(Rule::UnknownWord)),
            ("on 2026-02-30", TermsRule::Value(Rule::NotADay)),
            ("once until 2026-13-01", TermsRule::Value(Rule::NotADay)),
            ("on 2026-02-01, 2026-02-01", TermsRule::Twice),
        ] {
            assert_eq!(text.parse::<Schedule>().unwrap_err().rule, rule, "{text:?}");
        }
        let none = Schedule::Dates(BTreeSet::new()).validate().unwrap_err();
        assert_eq!(none.rule, TermsRule::Value(Rule::Empty));
        let first = day("2026-01-01");
        let dates = (0..367).map(|n| first.plus_days(n).unwrap()).collect();
        let many = Schedule::Dates(dates).validate().unwrap_err();
        assert_eq!(many.rule, TermsRule::TooMany { limit: 366 });
    }

    proptest! {
        #[test]
        fn a_weekday_schedule_agrees_with_counting_from_a_known_monday(bits in 1u8..128, start in 0i64..60_000, length in 0i64..60) {
            let monday = CivilDay::new(2024, 1, 1).unwrap(); // a Monday
            let terms = |schedule| Terms {
                measure: Measure::YesNo,
                schedule: Some(schedule),
                starts_on: monday,
                ends_on: None,
            };
            let due = |schedule| -> Vec<i64> {
                let terms = terms(schedule);
                let days = start..=start + length;
                days.filter(|n| terms.occasion_on(monday.plus_days(*n).unwrap(), Weekday::Monday).is_some()).collect()
            };
            let days = WeekdaySet::from_bits(bits).unwrap();
            let counted: Vec<i64> = (start..=start + length).filter(|n| bits >> (n % 7) & 1 == 1).collect();
            prop_assert_eq!(due(Schedule::Weekdays(days)), counted);
            prop_assert_eq!(due(Schedule::Daily).len() as i64, length + 1);
        }

        #[test]
        fn whatever_is_typed_is_a_schedule_or_is_refused(text in "(on |once until |every )?[0-9x, -]{0,12}( per | a )?(week|month|days)?") {
            if let Ok(schedule) = text.parse::<Schedule>() {
                prop_assert_eq!(schedule.validate(), Ok(()));
                prop_assert_eq!(schedule.to_string().parse::<Schedule>().unwrap(), schedule);
            }
        }
    }
}
