//! A day as people mean it: a date on their own wall clock, without a time and without a zone.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Rule, RuleError, Weekday};

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;
/// Days from the first day of the common era to 1970-01-01, as chrono counts them.
const CE_TO_1970: i64 = 719_163;
/// 1900-01-01 and 2199-12-31, counted from 1970-01-01.
const FIRST_EPOCH_DAY: i64 = -25_567;
const LAST_EPOCH_DAY: i64 = 84_005;

/// A civil day between 1900-01-01 and 2199-12-31; text and JSON are `YYYY-MM-DD`, whose order as text
/// is the order of days.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDay(NaiveDate);

impl CivilDay {
    /// A day of the calendar. A day it does not have is [`Rule::NotADay`], one outside the years kept is
    /// [`Rule::OutOfRange`].
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, RuleError> {
        let date = NaiveDate::from_ymd_opt(year, month, day)
            .ok_or(RuleError::new("day", Rule::NotADay))?;
        Self::from_naive(date)
    }

    /// Takes a date of the calendar library.
    pub fn from_naive(date: NaiveDate) -> Result<Self, RuleError> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&date.year()) {
            return Err(RuleError::new("day", Rule::OutOfRange));
        }
        Ok(Self(date))
    }

    /// The date in the calendar library's form.
    #[must_use]
    pub const fn to_naive(self) -> NaiveDate {
        self.0
    }

    /// The day so many days after 1970-01-01, or the nearest one that can be kept.
    pub(crate) fn nearest_to_epoch_day(days: i64) -> Self {
        let days = days.clamp(FIRST_EPOCH_DAY, LAST_EPOCH_DAY) + CE_TO_1970;
        let date = i32::try_from(days)
            .ok()
            .and_then(NaiveDate::from_num_days_from_ce_opt);
        Self(date.expect("a day of the years 1900 to 2199 is within the calendar"))
    }

    /// Days from 1900-01-01, the first day that is kept: 0 to 109,572.
    #[must_use]
    pub fn since_1900(self) -> i64 {
        self.epoch_day() - FIRST_EPOCH_DAY
    }

    fn epoch_day(self) -> i64 {
        i64::from(self.0.num_days_from_ce()) - CE_TO_1970
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[self.0.weekday().num_days_from_monday() as usize]
    }

    /// The first day of the month this day is in.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        self.minus_days(i64::from(self.0.day0()))
            .expect("the years kept begin with a month")
    }

    /// The same day of the same month so many years earlier; `None` where that year has no such day, or none
    /// that is kept.
    #[must_use]
    pub fn years_before(self, years: i32) -> Option<Self> {
        Self::new(self.0.year() - years, self.0.month(), self.0.day()).ok()
    }

    /// The last day of the month this day is in.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        let after = i64::from(self.0.num_days_in_month()) - i64::from(self.0.day());
        self.plus_days(after)
            .expect("the years kept end with a month")
    }

    /// So many days later, or earlier when negative; `None` beyond the years kept.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let there = self.epoch_day().checked_add(days)?;
        (FIRST_EPOCH_DAY..=LAST_EPOCH_DAY)
            .contains(&there)
            .then(|| Self::nearest_to_epoch_day(there))
    }

    /// So many days earlier; `None` beyond the years kept.
    #[must_use]
    pub fn minus_days(self, days: i64) -> Option<Self> {
        self.plus_days(days.checked_neg()?)
    }

    /// How many days lie between this day and `other`; negative when `other` is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        other.epoch_day() - self.epoch_day()
    }

    /// Every day from this one to `last`, both included; none when `last` is earlier.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> {
        (self.epoch_day()..=last.epoch_day()).map(Self::nearest_to_epoch_day)
    }
}

impl fmt::Display for CivilDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

impl fmt::Debug for CivilDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for CivilDay {
    type Err = RuleError;

    /// Reads `YYYY-MM-DD` and nothing else, so that a day has one text.
    fn from_str(text: &str) -> Result<Self, RuleError> {
        let wrong = RuleError::new("day", Rule::NotADay);
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(wrong);
        }
        let year = text[..4].parse().map_err(|_| wrong)?;
        let month = text[5..7].parse().map_err(|_| wrong)?;
        let day = text[8..].parse().map_err(|_| wrong)?;
        Self::new(year, month, day)
    }
}

impl Serialize for CivilDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CivilDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_and_the_last_day_are_where_the_constants_say() {
        assert_eq!(day("1900-01-01").epoch_day(), FIRST_EPOCH_DAY);
        assert_eq!(day("2199-12-31").epoch_day(), LAST_EPOCH_DAY);
        assert_eq!(day("1970-01-01").epoch_day(), 0);
        assert_eq!(day("2199-12-31").plus_days(1), None);
        assert_eq!(day("1900-01-01").minus_days(1), None);
        assert_eq!(day("1900-01-01").plus_days(i64::MAX), None);
        assert_eq!(day("1900-01-01").minus_days(i64::MIN), None);
    }

    #[test]
    fn only_one_text_means_a_day() {
        let not_a_day = RuleError::new("day", Rule::NotADay);
        for text in [
            "",
            "2026-2-03",
            "2026-02-30",
            "+026-02-03",
            "2026/02/03",
            " 2026-02-03",
            "2026-02-03Z",
            "２026-02-0",
        ] {
            assert_eq!(text.parse::<CivilDay>(), Err(not_a_day), "{text:?}");
        }
        for text in ["1899-12-31", "2200-01-01", "0000-01-01"] {
            assert_eq!(
                text.parse::<CivilDay>(),
                Err(RuleError::new("day", Rule::OutOfRange)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_leap_day_is_a_day_only_in_a_leap_year() {
        assert_eq!(day("2028-02-28").plus_days(1), Some(day("2028-02-29")));
        assert_eq!(day("2100-02-28").plus_days(1), Some(day("2100-03-01")));
        assert!("2100-02-29".parse::<CivilDay>().is_err());
    }

    #[test]
    fn a_month_has_its_own_first_and_last_day() {
        for (inside, first, last) in [
            ("2028-02-29", "2028-02-01", "2028-02-29"),
            ("2026-02-01", "2026-02-01", "2026-02-28"),
            ("1900-01-31", "1900-01-01", "1900-01-31"),
            ("2199-12-01", "2199-12-01", "2199-12-31"),
        ] {
            assert_eq!(day(inside).first_of_month(), day(first));
            assert_eq!(day(inside).last_of_month(), day(last));
        }
    }

    #[test]
    fn days_through_an_earlier_day_are_none() {
        assert_eq!(day("2026-03-02").through(day("2026-03-01")).count(), 0);
        let days: Vec<_> = day("2026-02-27").through(day("2026-03-02")).collect();
        assert_eq!(
            days,
            ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"].map(day)
        );
    }

    proptest! {
        #[test]
        fn a_day_survives_text_and_json_and_keeps_its_order(a in FIRST_EPOCH_DAY..=LAST_EPOCH_DAY, b in FIRST_EPOCH_DAY..=LAST_EPOCH_DAY) {
            let (first, second) = (CivilDay::nearest_to_epoch_day(a), CivilDay::nearest_to_epoch_day(b));
            prop_assert_eq!(day(&first.to_string()), first);
            let json = serde_json::to_string(&first).unwrap();
            prop_assert_eq!(serde_json::from_str::<CivilDay>(&json).unwrap(), first);
            prop_assert_eq!(first.to_string().cmp(&second.to_string()), a.cmp(&b));
            prop_assert_eq!(first.days_until(second), b - a);
            prop_assert_eq!(first.plus_days(b - a), Some(second));
        }

        #[test]
        fn weekdays_follow_each_other(a in FIRST_EPOCH_DAY..LAST_EPOCH_DAY) {
            let today = CivilDay::nearest_to_epoch_day(a);
            let tomorrow = today.plus_days(1).unwrap();
            prop_assert_eq!(tomorrow.weekday().number(), today.weekday().number() % 7 + 1);
        }
    }
}
