//! A time zone as it was when something was written: its name, and its offset at that moment.

use chrono::{DateTime, Offset, TimeZone};
use serde::{Deserialize, Serialize};

use crate::limits::MAX_ZONE_NAME_CHARS;
use crate::{Rule, RuleError};

/// The largest distance from UTC that is kept, in seconds (18 hours, as in ISO 8601 practice; real
/// zones stay within 16).
const MAX_OFFSET_SECONDS: i32 = 18 * 3600;

/// Name and offset, both kept: the offset says what the writer's clock showed and needs no data to
/// compute with; the name says where the next days of the same person belong.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawZone")]
pub struct Zone {
    name: String,
    offset_seconds: i32,
}

#[derive(Deserialize)]
struct RawZone {
    name: String,
    offset_seconds: i32,
}

impl TryFrom<RawZone> for Zone {
    type Error = RuleError;

    fn try_from(raw: RawZone) -> Result<Self, RuleError> {
        Self::new(raw.name, raw.offset_seconds)
    }
}

impl Zone {
    /// Takes a name and the offset east of UTC in seconds as they stand. The name need not be known to
    /// this version's zone data, only look like a zone's name.
    pub fn new(name: impl Into<String>, offset_seconds: i32) -> Result<Self, RuleError> {
        let name = name.into();
        let shaped = !name.is_empty()
            && name.len() <= MAX_ZONE_NAME_CHARS
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
        if !shaped {
            return Err(RuleError::new("zone", Rule::UnknownZone));
        }
        check_offset(offset_seconds)?;
        Ok(Self {
            name,
            offset_seconds,
        })
    }

    /// The zone of this IANA name with the offset it has at `at_ms` (milliseconds since 1970 UTC), by
    /// the zone data built into this version. [`Rule::UnknownZone`] when the data does not know it.
    pub fn at(name: &str, at_ms: i64) -> Result<Self, RuleError> {
        let unknown = RuleError::new("zone", Rule::UnknownZone);
        let zone: chrono_tz::Tz = name.parse().map_err(|_| unknown)?;
        let utc = DateTime::from_timestamp_millis(at_ms)
            .ok_or(RuleError::new("at_ms", Rule::OutOfRange))?;
        Self::new(
            name,
            zone.offset_from_utc_datetime(&utc.naive_utc())
                .fix()
                .local_minus_utc(),
        )
    }

    /// The IANA name, such as `Europe/Berlin`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seconds east of UTC.
    #[must_use]
    pub const fn offset_seconds(&self) -> i32 {
        self.offset_seconds
    }
}

pub(crate) fn check_offset(offset_seconds: i32) -> Result<(), RuleError> {
    if offset_seconds.unsigned_abs() > MAX_OFFSET_SECONDS.unsigned_abs() {
        return Err(RuleError::new("offset_seconds", Rule::OutOfRange));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_zone_takes_the_offset_of_the_moment() {
        let winter = 1_767_225_600_000; // 2026-01-01T00:00:00Z
        let summer = 1_782_864_000_000; // 2026-07-01T00:00:00Z
        assert_eq!(
            Zone::at("Europe/Berlin", winter).unwrap().offset_seconds(),
            3600
        );
        assert_eq!(
            Zone::at("Europe/Berlin", summer).unwrap().offset_seconds(),
            7200
        );
        assert_eq!(
            Zone::at("Australia/Lord_Howe", winter)
                .unwrap()
                .offset_seconds(),
            11 * 3600
        );
        assert_eq!(
            Zone::at("Australia/Lord_Howe", summer)
                .unwrap()
                .offset_seconds(),
            10 * 3600 + 1800
        );
    }

    #[test]
    fn a_zone_of_newer_data_is_kept_by_its_offset() {
        assert_eq!(
            Zone::at("Mars/Olympus", 0),
            Err(RuleError::new("zone", Rule::UnknownZone))
        );
        let zone = Zone::new("Mars/Olympus", -5400).unwrap();
        assert_eq!(
            (zone.name(), zone.offset_seconds()),
            ("Mars/Olympus", -5400)
        );
    }

    #[test]
    fn what_is_no_zone_is_refused_when_made_and_when_read() {
        for name in ["", "Europe/ Berlin", "Zürich", "a\nb", &"x".repeat(65)] {
            assert!(Zone::new(name, 0).is_err(), "{name:?}");
        }
        assert!(Zone::new("UTC", 64_801).is_err());
        assert!(Zone::new("UTC", i32::MIN).is_err());
        assert!(serde_json::from_str::<Zone>(r#"{"name":"UTC","offset_seconds":99999}"#).is_err());
    }
}
