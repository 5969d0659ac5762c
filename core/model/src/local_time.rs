//! Times of a wall clock as a person sets them: `HH:MM`.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{LocalTime, Rule, RuleError};

impl LocalTime {
    /// Takes an hour from 0 to 23 and a minute from 0 to 59.
    pub const fn new(hour: u8, minute: u8) -> Result<Self, RuleError> {
        if hour > 23 || minute > 59 {
            return Err(RuleError::new("time", Rule::OutOfRange));
        }
        Ok(Self { hour, minute })
    }

    /// Minutes since midnight, as if no clock were ever changed.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.hour as u16 * 60 + self.minute as u16
    }
}

impl FromStr for LocalTime {
    type Err = RuleError;

    /// Reads `HH:MM` and nothing else, so that a time has one text.
    fn from_str(text: &str) -> Result<Self, RuleError> {
        let wrong = RuleError::new("time", Rule::OutOfRange);
        let (hour, minute) = text.split_once(':').ok_or(wrong)?;
        let two = |part: &str| {
            (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse().ok())
                .flatten()
                .ok_or(wrong)
        };
        Self::new(two(hour)?, two(minute)?)
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn every_minute_of_a_day_survives_its_text_and_nothing_else_is_a_time() {
        for minute in 0..1440u16 {
            let time = LocalTime::new((minute / 60) as u8, (minute % 60) as u8).unwrap();
            assert_eq!(time.minutes(), minute);
            let json = serde_json::to_string(&time).unwrap();
            assert_eq!(serde_json::from_str::<LocalTime>(&json).unwrap(), time);
        }
        for text in [
            "24:00", "12:60", "7:00", "07:0", "0700", "", "+7:00", "07:00:00", "٠٧:00",
        ] {
            assert!(text.parse::<LocalTime>().is_err(), "{text:?}");
        }
    }
}
