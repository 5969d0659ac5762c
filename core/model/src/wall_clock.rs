//! From a wall clock to instants and back (R1): days that clocks skip, hours that come twice.

use chrono::{DateTime, Offset, TimeZone};

use crate::{CivilDay, LocalTime, Rule, RuleError};

const MS_PER_DAY: i64 = 86_400_000;
const MS_PER_MINUTE: i64 = 60_000;
/// No zone is further from UTC than this.
const WIDEST_MS: i64 = 18 * 3_600_000;
/// How closely changes of the clock are looked for; none lasts shorter.
const LOOK_MS: i64 = 1_800_000;

/// Where a clock stands at any instant. Handed in: a phone's own zone data, or the data built in.
pub trait ZoneRules {
    /// Seconds east of UTC at `at_ms` (milliseconds since 1970 UTC).
    fn offset_seconds(&self, at_ms: i64) -> i32;
}

/// A zone as a list of its changes, such as a phone hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneTable {
    first: i32,
    changes: Vec<(i64, i32)>,
}

impl ZoneTable {
    /// The offset at the beginning, and each change with its instant; the order does not matter.
    #[must_use]
    pub fn new(first: i32, mut changes: Vec<(i64, i32)>) -> Self {
        changes.sort_unstable();
        Self { first, changes }
    }
}

impl ZoneRules for ZoneTable {
    fn offset_seconds(&self, at_ms: i64) -> i32 {
        let after = self.changes.partition_point(|(from, _)| *from <= at_ms);
        after
            .checked_sub(1)
            .map_or(self.first, |last| self.changes[last].1)
    }
}

/// A zone of the IANA data built into this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IanaZone(chrono_tz::Tz);

impl IanaZone {
    /// The zone of this name.
    pub fn new(name: &str) -> Result<Self, RuleError> {
        name.parse()
            .map(Self)
            .map_err(|_| RuleError::new("zone", Rule::UnknownZone))
    }
}

impl ZoneRules for IanaZone {
    fn offset_seconds(&self, at_ms: i64) -> i32 {
        DateTime::from_timestamp_millis(at_ms).map_or(0, |at| {
            let offset = self.0.offset_from_utc_datetime(&at.naive_utc());
            offset.fix().local_minus_utc()
        })
    }
}

/// What the clock on the wall shows: the date, and hour and minute.
#[must_use]
pub fn wall(at_ms: i64, rules: &impl ZoneRules) -> (CivilDay, LocalTime) {
    let local = at_ms.saturating_add(i64::from(rules.offset_seconds(at_ms)) * 1_000);
    let minutes = local.rem_euclid(MS_PER_DAY) / MS_PER_MINUTE;
    let time = LocalTime {
        hour: u8::try_from(minutes / 60).unwrap_or(0),
        minute: u8::try_from(minutes % 60).unwrap_or(0),
    };
    (
        CivilDay::nearest_to_epoch_day(local.div_euclid(MS_PER_DAY)),
        time,
    )
}

/// The instant at which the clock on the wall shows `time` on `day`, in milliseconds since 1970 UTC.
///
/// As RFC 5545, section 3.3.5, has it: a time that comes twice is the first of the two; one that the clock
/// leaps over is taken by the clock before the leap (02:30 is then 03:30). `None` where that leads off the
/// day by more than a leap within a day does: the zone skipped the day (Samoa, 2011-12-30).
#[must_use]
pub fn instant(day: CivilDay, time: LocalTime, rules: &impl ZoneRules) -> Option<i64> {
    // Days are counted from 1900-01-01, instants from 1970.
    let days = day.since_1900() - EPOCH_SINCE_1900;
    let local = days * MS_PER_DAY + i64::from(time.minutes()) * MS_PER_MINUTE;
    let looks = (2 * WIDEST_MS) / LOOK_MS;
    let offset_at =
        |look: i64| i64::from(rules.offset_seconds(local - WIDEST_MS + look * LOOK_MS)) * 1_000;
    let mut last = None;
    let mut first_hit = None;
    for offset in (0..=looks).map(offset_at) {
        if last.replace(offset) == Some(offset) {
            continue;
        }
        let at = local - offset;
        if i64::from(rules.offset_seconds(at)) * 1_000 == offset {
            first_hit = Some(first_hit.map_or(at, |hit: i64| hit.min(at)));
        }
    }
    if first_hit.is_some() {
        return first_hit;
    }
    let before = offset_at(0);
    let at = local - before;
    let after = i64::from(rules.offset_seconds(at)) * 1_000;
    (after - before < MS_PER_DAY).then_some(at)
}

const EPOCH_SINCE_1900: i64 = 25_567;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use chrono::{LocalResult, NaiveTime};
    use proptest::prelude::*;

    use super::*;

    fn at(zone: &str, day: &str, time: &str) -> Option<String> {
        let rules = IanaZone::new(zone).unwrap();
        let at = instant(day.parse().unwrap(), time.parse().unwrap(), &rules)?;
        Some(
            DateTime::from_timestamp_millis(at)
                .unwrap()
                .format("%F %R")
                .to_string(),
        )
    }

    #[test]
    fn times_that_come_twice_or_never_have_one_instant_and_a_skipped_day_has_none() {
        let utc = |text: &str| Some(text.to_owned());
        let berlin = |day, time| at("Europe/Berlin", day, time);
        assert_eq!(berlin("2026-03-29", "01:59"), utc("2026-03-29 00:59"));
        assert_eq!(
            berlin("2026-03-29", "02:30"),
            utc("2026-03-29 01:30"),
            "03:30 on the wall"
        );
        assert_eq!(berlin("2026-03-29", "03:30"), utc("2026-03-29 01:30"));
        assert_eq!(
            berlin("2026-10-25", "02:30"),
            utc("2026-10-25 00:30"),
            "the first of two"
        );
        assert_eq!(
            at("Australia/Lord_Howe", "2026-10-04", "02:15"),
            utc("2026-10-03 15:45")
        );
        assert_eq!(at("Pacific/Apia", "2011-12-30", "20:00"), None);
        assert_eq!(
            at("Pacific/Apia", "2011-12-31", "20:00"),
            utc("2011-12-31 06:00")
        );
        assert_eq!(
            at("Pacific/Apia", "2011-12-29", "20:00"),
            utc("2011-12-30 06:00")
        );
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        assert!(IanaZone::new("Europe/Atlantis").is_err());
    }

    proptest! {
        #[test]
        fn instants_are_those_of_the_zone_data_and_a_table_of_changes_gives_the_same(
            zone in 0..chrono_tz::TZ_VARIANTS.len(),
            days in 36_500i64..47_000, // 1999 to 2028
            minute in 0u16..1440,
        ) {
            let tz = chrono_tz::TZ_VARIANTS[zone];
            let day = CivilDay::new(1900, 1, 1).unwrap().plus_days(days).unwrap();
            let time = LocalTime::new((minute / 60) as u8, (minute % 60) as u8).unwrap();
            let naive = day.to_naive().and_time(NaiveTime::from_hms_opt(u32::from(time.hour), u32::from(time.minute), 0).unwrap());
            let found = instant(day, time, &IanaZone(tz));
            match tz.from_local_datetime(&naive) {
                LocalResult::Single(at) => prop_assert_eq!(found, Some(at.timestamp_millis())),
                LocalResult::Ambiguous(at, _) => prop_assert_eq!(found, Some(at.timestamp_millis())),
                LocalResult::None => {}
            }
            if let Some(at) = found {
                let rules = IanaZone(tz);
                let begin = at - 4 * MS_PER_DAY;
                let minutes = (0..8 * 24 * 60).map(|n| begin + n * MS_PER_MINUTE);
                let mut offset = rules.offset_seconds(begin);
                let mut changes = Vec::new();
                for minute in minutes {
                    if rules.offset_seconds(minute) != offset {
                        offset = rules.offset_seconds(minute);
                        changes.push((minute, offset));
                    }
                }
                let table = ZoneTable::new(rules.offset_seconds(begin), changes);
                prop_assert_eq!(instant(day, time, &table), found);
            }
        }
    }
}
