//! Days of the week and sets of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::words::{plain, word_enum};
use crate::{Rule, RuleError};

word_enum!(
    /// A day of the week, numbered as in ISO 8601.
    Weekday, "weekday", {
        /// Monday.
        Monday = 1, "Monday";
        /// Tuesday.
        Tuesday = 2, "Tuesday";
        /// Wednesday.
        Wednesday = 3, "Wednesday";
        /// Thursday.
        Thursday = 4, "Thursday";
        /// Friday.
        Friday = 5, "Friday";
        /// Saturday.
        Saturday = 6, "Saturday";
        /// Sunday.
        Sunday = 7, "Sunday";
    }
);

impl Weekday {
    const fn bit(self) -> u8 {
        1 << (self.number() - 1)
    }
}

/// At least one day of the week. JSON holds the list of days.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WeekdaySet(u8);

impl WeekdaySet {
    const ALL_BITS: u8 = 0b111_1111;
    /// Monday to Friday.
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);

    /// Gathers days; `None` when there is none.
    #[must_use]
    pub fn new(days: impl IntoIterator<Item = Weekday>) -> Option<Self> {
        Self::from_bits(days.into_iter().fold(0, |bits, day| bits | day.bit()))
    }

    /// The stable form for formats: Monday is bit 0, Sunday bit 6. `None` for no day or an unknown bit.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits == 0 || bits & !Self::ALL_BITS != 0 {
            return None;
        }
        Some(Self(bits))
    }

    /// The stable form for formats, as read by [`Self::from_bits`].
    #[must_use]
    pub const fn to_bits(self) -> u8 {
        self.0
    }

    /// Whether the day is in the set.
    #[must_use]
    pub const fn contains(self, day: Weekday) -> bool {
        self.0 & day.bit() != 0
    }

    /// The days, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::ALL
            .iter()
            .copied()
            .filter(move |day| self.contains(*day))
    }
}

impl fmt::Display for WeekdaySet {
    /// Three letters a day, as in `Mon, Wed, Fri`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<&str> = self.iter().map(|day| &day.word()[..3]).collect();
        f.write_str(&days.join(", "))
    }
}

impl fmt::Debug for WeekdaySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl FromStr for WeekdaySet {
    type Err = RuleError;

    /// Reads days parted by commas or spaces, whole or by their first three letters, and the words
    /// `weekdays` and `weekend`.
    fn from_str(text: &str) -> Result<Self, RuleError> {
        let mut bits = 0;
        for part in text.split([',', ' ']).filter(|part| !part.is_empty()) {
            let asked = plain(part);
            bits |= match asked.as_str() {
                "weekdays" => Self::MONDAY_TO_FRIDAY.0,
                "weekend" => Self::WEEKEND.0,
                _ => Weekday::ALL
                    .iter()
                    .find(|day| {
                        let word = plain(day.word());
                        asked == word || asked == word[..3]
                    })
                    .ok_or(RuleError::new("weekdays", Rule::UnknownWord))?
                    .bit(),
            };
        }
        Self::from_bits(bits).ok_or(RuleError::new("weekdays", Rule::Empty))
    }
}

impl Serialize for WeekdaySet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for WeekdaySet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let days = Vec::<Weekday>::deserialize(deserializer)?;
        Self::new(days)
            .ok_or_else(|| serde::de::Error::custom(RuleError::new("weekdays", Rule::Empty)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn every_set_survives_bits_text_and_json() {
        for bits in 1..=WeekdaySet::ALL_BITS {
            let days = WeekdaySet::from_bits(bits).unwrap();
            assert_eq!(days.to_bits(), bits);
            assert_eq!(days.to_string().parse::<WeekdaySet>().unwrap(), days);
            assert_eq!(WeekdaySet::new(days.iter()).unwrap(), days);
            let json = serde_json::to_string(&days).unwrap();
            assert_eq!(serde_json::from_str::<WeekdaySet>(&json).unwrap(), days);
        }
    }

    #[test]
    fn no_day_at_all_is_no_set() {
        assert_eq!(WeekdaySet::from_bits(0), None);
        assert_eq!(WeekdaySet::from_bits(128), None);
        assert_eq!(
            " , ".parse::<WeekdaySet>(),
            Err(RuleError::new("weekdays", Rule::Empty))
        );
        assert!(serde_json::from_str::<WeekdaySet>("[]").is_err());
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        let read = |text: &str| text.parse::<WeekdaySet>().unwrap().to_string();
        assert_eq!(read("fri,Mon, wednesday"), "Mon, Wed, Fri");
        assert_eq!(read("weekdays"), "Mon, Tue, Wed, Thu, Fri");
        assert_eq!(read("weekend mon"), "Mon, Sat, Sun");
        assert!("mon,someday".parse::<WeekdaySet>().is_err());
    }
}
