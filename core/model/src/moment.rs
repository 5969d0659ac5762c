//! An instant together with the clock its writer saw, and the one function that says which day it was.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::zone::check_offset;
use crate::{CivilDay, Rule, RuleError, Zone};

const MS_PER_DAY: i64 = 86_400_000;
/// One day inside the years a [`CivilDay`] can hold, so that no offset and no day start leads out.
const MIN_AT_MS: i64 = -25_566 * MS_PER_DAY;
const MAX_AT_MS: i64 = 84_005 * MS_PER_DAY - 1;

/// The hour at which a person's day begins, 0 to 6 on their own wall clock: whoever checks in at one
/// in the night still means the day that ends.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "u8", into = "u8")]
pub struct DayStart(u8);

impl DayStart {
    /// The day begins at midnight.
    pub const MIDNIGHT: Self = Self(0);

    /// Takes an hour from 0 to 6.
    pub const fn new(hour: u8) -> Result<Self, RuleError> {
        match hour {
            0..=6 => Ok(Self(hour)),
            _ => Err(RuleError::new("day_start", Rule::OutOfRange)),
        }
    }

    /// The hour, 0 to 6.
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for DayStart {
    type Error = RuleError;

    fn try_from(hour: u8) -> Result<Self, RuleError> {
        Self::new(hour)
    }
}

impl From<DayStart> for u8 {
    fn from(start: DayStart) -> Self {
        start.0
    }
}

/// The civil day to which an instant belongs for someone in `zone` whose day begins at `day_start`:
/// the date of the local wall clock, put back by the hours of the day start. This is the only place
/// where a day is made from a time.
///
/// Only the offset kept in the zone is used, never the zone data and never a count of elapsed hours,
/// so that every device, with zone data of any age, gets the same day for ever: a day of 23 or 25
/// hours is one day, and a day that a zone skipped (Samoa, 2011-12-30) has no minute from midnight on.
/// `at_ms` outside the years 1900 to 2199 gives the nearest day that can be kept.
#[must_use]
pub fn civil_day(at_ms: i64, zone: &Zone, day_start: DayStart) -> CivilDay {
    let local_ms = local_ms(at_ms, zone.offset_seconds());
    CivilDay::nearest_to_epoch_day(
        (local_ms - i64::from(day_start.0) * 3_600_000).div_euclid(MS_PER_DAY),
    )
}

fn local_ms(at_ms: i64, offset_seconds: i32) -> i64 {
    at_ms.clamp(MIN_AT_MS, MAX_AT_MS) + i64::from(offset_seconds) * 1000
}

fn check_at(at_ms: i64) -> Result<(), RuleError> {
    if !(MIN_AT_MS..=MAX_AT_MS).contains(&at_ms) {
        return Err(RuleError::new("at_ms", Rule::OutOfRange));
    }
    Ok(())
}

/// Hour and minute on a wall clock; text is `HH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl LocalTime {
    fn of(at_ms: i64, offset_seconds: i32) -> Self {
        let minutes = local_ms(at_ms, offset_seconds).rem_euclid(MS_PER_DAY) / 60_000;
        // Both fit: a day has 1,440 minutes.
        Self {
            hour: (minutes / 60) as u8,
            minute: (minutes % 60) as u8,
        }
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// When something was written, and on which clock. Stays on its writer's own device: what others get
/// is a [`SharedMoment`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawMoment")]
pub struct Moment {
    at_ms: i64,
    zone: Zone,
}

#[derive(Deserialize)]
struct RawMoment {
    at_ms: i64,
    zone: Zone,
}

impl TryFrom<RawMoment> for Moment {
    type Error = RuleError;

    fn try_from(raw: RawMoment) -> Result<Self, RuleError> {
        Self::in_zone(raw.at_ms, raw.zone)
    }
}

impl Moment {
    /// The instant `at_ms` (milliseconds since 1970 UTC) in the IANA zone `zone_name`, whose offset
    /// comes from the zone data built into this version.
    pub fn new(at_ms: i64, zone_name: &str) -> Result<Self, RuleError> {
        check_at(at_ms)?;
        Self::in_zone(at_ms, Zone::at(zone_name, at_ms)?)
    }

    /// The instant with the offset a phone reported, or a format kept, whatever this version's zone
    /// data thinks of the name.
    pub fn with_offset(
        at_ms: i64,
        zone_name: &str,
        offset_seconds: i32,
    ) -> Result<Self, RuleError> {
        Self::in_zone(at_ms, Zone::new(zone_name, offset_seconds)?)
    }

    /// The instant in a zone already at hand.
    pub fn in_zone(at_ms: i64, zone: Zone) -> Result<Self, RuleError> {
        check_at(at_ms)?;
        Ok(Self { at_ms, zone })
    }

    /// Milliseconds since 1970 UTC.
    #[must_use]
    pub const fn at_ms(&self) -> i64 {
        self.at_ms
    }

    /// Zone name and offset at this moment.
    #[must_use]
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The civil day of its writer; see [`civil_day`].
    #[must_use]
    pub fn civil_day(&self, day_start: DayStart) -> CivilDay {
        civil_day(self.at_ms, &self.zone, day_start)
    }

    /// What the writer's clock showed.
    #[must_use]
    pub fn local_time(&self) -> LocalTime {
        LocalTime::of(self.at_ms, self.zone.offset_seconds())
    }
}

/// When something shared was written: the instant and the offset of the writer's clock.
///
/// The zone's name stays at home. The offset is enough to say "Tuesday, 22:40 their time"; the name
/// would tell a partner the writer's country or city, which nobody asked to share (no location).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawSharedMoment")]
pub struct SharedMoment {
    at_ms: i64,
    offset_seconds: i32,
}

#[derive(Deserialize)]
struct RawSharedMoment {
    at_ms: i64,
    offset_seconds: i32,
}

impl TryFrom<RawSharedMoment> for SharedMoment {
    type Error = RuleError;

    fn try_from(raw: RawSharedMoment) -> Result<Self, RuleError> {
        Self::new(raw.at_ms, raw.offset_seconds)
    }
}

impl SharedMoment {
    /// Takes what a record held; both numbers must be ones a [`Moment`] can have.
    pub fn new(at_ms: i64, offset_seconds: i32) -> Result<Self, RuleError> {
        check_at(at_ms)?;
        check_offset(offset_seconds)?;
        Ok(Self {
            at_ms,
            offset_seconds,
        })
    }

    /// Milliseconds since 1970 UTC.
    #[must_use]
    pub const fn at_ms(self) -> i64 {
        self.at_ms
    }

    /// Seconds east of UTC on the writer's clock.
    #[must_use]
    pub const fn offset_seconds(self) -> i32 {
        self.offset_seconds
    }

    /// What the writer's clock showed.
    #[must_use]
    pub fn local_time(self) -> LocalTime {
        LocalTime::of(self.at_ms, self.offset_seconds)
    }
}

impl From<&Moment> for SharedMoment {
    fn from(moment: &Moment) -> Self {
        Self {
            at_ms: moment.at_ms,
            offset_seconds: moment.zone.offset_seconds(),
        }
    }
}
