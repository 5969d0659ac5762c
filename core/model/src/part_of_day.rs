//! Which part of the day a wall clock shows, for a greeting that knows the hour.

use serde::{Deserialize, Serialize};

use crate::LocalTime;

/// A part of the day, as people greet each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOfDay {
    /// From five to eleven.
    Morning,
    /// From eleven to five in the afternoon.
    Day,
    /// From five to eleven at night.
    Evening,
    /// The rest.
    Night,
}

impl PartOfDay {
    /// The part of the day at this time.
    #[must_use]
    pub const fn at(time: LocalTime) -> Self {
        match time.hour {
            5..=10 => Self::Morning,
            11..=16 => Self::Day,
            17..=22 => Self::Evening,
            _ => Self::Night,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hour_belongs_to_one_part_of_the_day() {
        let part = |hour| PartOfDay::at(LocalTime { hour, minute: 59 });
        for (hour, expected) in [
            (0, PartOfDay::Night),
            (4, PartOfDay::Night),
            (5, PartOfDay::Morning),
            (10, PartOfDay::Morning),
            (11, PartOfDay::Day),
            (16, PartOfDay::Day),
            (17, PartOfDay::Evening),
            (22, PartOfDay::Evening),
            (23, PartOfDay::Night),
        ] {
            assert_eq!(part(hour), expected, "{hour}");
        }
    }
}
