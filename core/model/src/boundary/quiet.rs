//! Hours in which a phone stays quiet (P2, R1), by the clock on the wall wherever the phone is.

use serde::{Deserialize, Serialize};

use crate::goals::{TermsError, TermsRule};
use crate::{LocalTime, ZoneRules, instant, wall};

/// The most ranges of quiet hours.
pub const MAX_QUIET_HOURS: usize = 4;

/// From a time to a time; over midnight where the end is the earlier of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuietHours {
    /// The first quiet minute.
    pub from: LocalTime,
    /// The first minute that is not quiet any more.
    pub to: LocalTime,
}

impl QuietHours {
    /// Whether the time is in it.
    #[must_use]
    pub fn covers(&self, time: LocalTime) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&time)
        } else {
            time >= self.from || time < self.to
        }
    }
}

/// Checks what a person sets: at most [`MAX_QUIET_HOURS`] ranges, none that begins as it ends.
pub fn check_quiet_hours(ranges: &[QuietHours]) -> Result<(), TermsError> {
    if ranges.len() > MAX_QUIET_HOURS {
        let limit = MAX_QUIET_HOURS;
        return Err(TermsError::new("quiet_hours", TermsRule::TooMany { limit }));
    }
    if ranges.iter().any(|range| range.from == range.to) {
        return Err(TermsError::new("quiet_hours", TermsRule::SameTimes));
    }
    Ok(())
}

/// Until when it is quiet at `at_ms`, by the clock where the phone is now; `None` where it is not. Ranges
/// that touch are one. Where they leave no minute of the day, a full day later is given. After a change of
/// zone ask again: the answer is of this zone.
#[must_use]
pub fn quiet_until(ranges: &[QuietHours], at_ms: i64, rules: &impl ZoneRules) -> Option<i64> {
    const DAY_MS: i64 = 86_400_000;
    let mut end = at_ms;
    // Each range can lead into another once; a leap of the clock may lead into one a second time.
    for _ in 0..=2 * ranges.len() {
        let (day, time) = wall(end, rules);
        let Some(range) = ranges.iter().find(|range| range.covers(time)) else {
            return (end > at_ms).then_some(end);
        };
        let ends_on = if range.to > time {
            Some(day)
        } else {
            day.plus_days(1)
        };
        let next = ends_on.and_then(|on| instant(on, range.to, rules));
        // In an hour that comes twice the end on the wall may lie behind: then that hour is over with it.
        end = next.filter(|next| *next > end).unwrap_or(end + 3_600_000);
        if end - at_ms >= DAY_MS {
            break;
        }
    }
    Some(end.min(at_ms + DAY_MS))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;
    use crate::IanaZone;

    fn quiet(from: &str, to: &str) -> QuietHours {
        QuietHours {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    fn until(ranges: &[QuietHours], zone: &str, at: &str) -> Option<String> {
        let at = chrono::DateTime::parse_from_rfc3339(at)
            .unwrap()
            .timestamp_millis();
        let rules = IanaZone::new(zone).unwrap();
        quiet_until(ranges, at, &rules).map(|end| {
            let (day, time) = wall(end, &rules);
            format!("{day} {time}")
        })
    }

    #[test]
    fn a_night_is_quiet_over_midnight_and_over_a_change_of_the_clock() {
        let night = [quiet("22:00", "07:00")];
        let berlin = |at| until(&night, "Europe/Berlin", at);
        assert_eq!(berlin("2026-03-03T21:00:00Z").unwrap(), "2026-03-04 07:00");
        assert_eq!(berlin("2026-03-04T02:00:00Z").unwrap(), "2026-03-04 07:00");
        assert_eq!(berlin("2026-03-04T06:00:00Z"), None);
        assert_eq!(berlin("2026-03-28T22:00:00Z").unwrap(), "2026-03-29 07:00");
        assert_eq!(berlin("2026-10-24T22:00:00Z").unwrap(), "2026-10-25 07:00");
        let small = [quiet("02:00", "02:30")];
        assert_eq!(
            until(&small, "Europe/Berlin", "2026-10-25T00:10:00Z").unwrap(),
            "2026-10-25 02:30"
        );
    }

    #[test]
    fn quiet_hours_go_with_the_phone_into_another_zone() {
        let night = [quiet("22:00", "07:00")];
        let at = "2026-03-03T21:30:00Z";
        assert_eq!(
            until(&night, "Europe/Berlin", at).unwrap(),
            "2026-03-04 07:00"
        );
        assert_eq!(until(&night, "America/New_York", at), None);
        assert_eq!(until(&night, "Asia/Tokyo", at).unwrap(), "2026-03-04 07:00");
    }

    #[test]
    fn ranges_that_touch_are_one_and_quiet_for_ever_is_asked_again_after_a_day() {
        let both = [quiet("22:00", "02:00"), quiet("02:00", "07:00")];
        assert_eq!(
            until(&both, "UTC", "2026-03-03T23:00:00Z").unwrap(),
            "2026-03-04 07:00"
        );
        let always = [quiet("00:00", "12:00"), quiet("12:00", "00:00")];
        assert_eq!(
            until(&always, "UTC", "2026-03-03T23:00:00Z").unwrap(),
            "2026-03-04 23:00"
        );
    }

    #[test]
    fn hours_that_end_as_they_begin_and_too_many_are_refused() {
        let refused = |ranges: &[QuietHours]| check_quiet_hours(ranges).unwrap_err().rule;
        assert_eq!(refused(&[quiet("07:00", "07:00")]), TermsRule::SameTimes);
        assert_eq!(
            refused(&[quiet("07:00", "08:00"); 5]),
            TermsRule::TooMany { limit: 4 }
        );
    }

    proptest! {
        #[test]
        fn it_is_quiet_up_to_the_end_and_not_at_it(
            from in 0u8..24, to in 0u8..24, from2 in 0u8..24, length2 in 1u8..6,
            zone in prop::sample::select(vec!["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"]),
            minute in 0i64..600_000,
        ) {
            prop_assume!(from != to);
            let hour = |hour: u8| LocalTime::new(hour % 24, 0).unwrap();
            let ranges = [
                QuietHours { from: hour(from), to: hour(to) },
                QuietHours { from: hour(from2), to: hour(from2 + length2) },
            ];
            let rules = IanaZone::new(zone).unwrap();
            let at = 1_767_225_600_000 + minute * 60_000;
            let is_quiet = |at: i64| ranges.iter().any(|range| range.covers(wall(at, &rules).1));
            match quiet_until(&ranges, at, &rules) {
                None => prop_assert!(!is_quiet(at)),
                Some(end) => {
                    prop_assert!(end > at && is_quiet(at));
                    prop_assert!((at..end).step_by(600_000).all(is_quiet));
                    prop_assert!(!is_quiet(end) || end - at >= 86_400_000);
                }
            }
        }
    }
}
