//! Civil days against the zone data itself: every zone, every transition, and the nights that broke
//! other people's streaks.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::{CivilDay, DayStart, Moment, Rule, RuleError, SharedMoment, Zone, civil_day};
use chrono::{DateTime, Duration, NaiveDateTime, Offset, TimeZone, Timelike};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

fn start(hour: u8) -> DayStart {
    DayStart::new(hour).unwrap()
}

fn utc(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text)
        .unwrap()
        .timestamp_millis()
}

fn wall_clock(at_ms: i64, zone: Tz) -> NaiveDateTime {
    DateTime::from_timestamp_millis(at_ms)
        .unwrap()
        .with_timezone(&zone)
        .naive_local()
}

/// The day by the words of the rule: the wall clock's date, or the one before when it is not yet the
/// hour at which the day begins.
fn day_by_the_words(at_ms: i64, zone: Tz, day_start: DayStart) -> CivilDay {
    let wall = wall_clock(at_ms, zone);
    let early = wall.hour() < u32::from(day_start.hour());
    CivilDay::from_naive(wall.date() - Duration::days(i64::from(early))).unwrap()
}

fn the_day(at_ms: i64, zone: Tz, day_start: DayStart) -> CivilDay {
    civil_day(at_ms, &Zone::at(zone.name(), at_ms).unwrap(), day_start)
}

fn minutes_of(on: &str, zone: &str, day_start: DayStart) -> i64 {
    let on = day(on);
    let noon = utc(&format!("{on}T12:00:00Z"));
    let zone: Tz = zone.parse().unwrap();
    let minutes = (-3 * 1440..3 * 1440).map(|minute| noon + minute * 60_000);
    minutes
        .filter(|at_ms| the_day(*at_ms, zone, day_start) == on)
        .count() as i64
}

/// The instants between 2024 and 2028 at which a zone's offset changes, to within a quarter hour.
fn transitions(zone: Tz) -> Vec<i64> {
    let offset = |at_ms: i64| {
        let utc = DateTime::from_timestamp_millis(at_ms).unwrap().naive_utc();
        zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()
    };
    let days = (utc("2024-01-01T00:00:00Z")..utc("2028-01-01T00:00:00Z")).step_by(DAY_MS as usize);
    days.filter(|at_ms| offset(*at_ms) != offset(at_ms + DAY_MS))
        .map(|at_ms| {
            let quarters = (0..96).map(|quarter| at_ms + quarter * HOUR_MS / 4);
            quarters
                .take_while(|quarter| offset(*quarter) == offset(at_ms))
                .last()
                .unwrap()
        })
        .collect()
}

#[test]
fn around_every_transition_of_every_zone_the_day_is_that_of_the_wall_clock() {
    let mut seen = 0;
    for zone in TZ_VARIANTS {
        for transition in transitions(zone) {
            seen += 1;
            for at_ms in (transition - 8 * HOUR_MS..transition + 8 * HOUR_MS).step_by(900_000) {
                for day_start in (0..=6).map(start) {
                    let expected = day_by_the_words(at_ms, zone, day_start);
                    assert_eq!(
                        the_day(at_ms, zone, day_start),
                        expected,
                        "{zone} {at_ms} {day_start:?}"
                    );
                }
            }
        }
    }
    assert!(seen > 500, "only {seen} transitions found");
}

#[test]
fn a_day_of_23_or_25_hours_is_one_day() {
    for hour in 0..=6 {
        assert_eq!(
            minutes_of("2026-03-28", "Europe/Berlin", start(hour)),
            if hour > 2 { 23 } else { 24 } * 60
        );
        assert_eq!(
            minutes_of("2026-03-29", "Europe/Berlin", start(hour)),
            if hour > 2 { 24 } else { 23 } * 60
        );
        assert_eq!(
            minutes_of("2026-10-24", "Europe/Berlin", start(hour)),
            if hour > 2 { 25 } else { 24 } * 60
        );
        assert_eq!(
            minutes_of("2026-10-25", "Europe/Berlin", start(hour)),
            if hour > 2 { 24 } else { 25 } * 60
        );
    }
}

#[test]
fn lord_howe_moves_its_clocks_by_half_an_hour() {
    assert_eq!(
        minutes_of("2026-04-05", "Australia/Lord_Howe", start(0)),
        24 * 60 + 30
    );
    assert_eq!(
        minutes_of("2026-10-04", "Australia/Lord_Howe", start(0)),
        24 * 60 - 30
    );
    assert_eq!(
        minutes_of("2026-10-03", "Australia/Lord_Howe", start(4)),
        24 * 60 - 30
    );
}

#[test]
fn the_day_samoa_skipped_has_no_minute() {
    assert_eq!(minutes_of("2011-12-29", "Pacific/Apia", start(0)), 24 * 60);
    assert_eq!(minutes_of("2011-12-30", "Pacific/Apia", start(0)), 0);
    assert_eq!(minutes_of("2011-12-31", "Pacific/Apia", start(0)), 24 * 60);
}

#[test]
fn two_instants_less_than_a_day_apart_can_be_two_days_apart_in_samoa() {
    let eve = Moment::new(utc("2011-12-30T09:59:00Z"), "Pacific/Apia").unwrap();
    let next = Moment::new(utc("2011-12-30T10:01:00Z"), "Pacific/Apia").unwrap();
    assert_eq!(
        (eve.local_time().to_string(), next.local_time().to_string()),
        ("23:59".into(), "00:01".into())
    );
    assert_eq!(
        eve.civil_day(start(0)).days_until(next.civil_day(start(0))),
        2
    );
}

#[test]
fn a_clock_put_back_over_midnight_takes_the_day_back_unless_the_day_starts_later() {
    // St. John's, 2006-10-29: at 00:01 the clocks went back to 23:01.
    let zone: Tz = "America/St_Johns".parse().unwrap();
    let before = utc("2006-10-29T02:30:30Z");
    let after = before + 60_000;
    assert_eq!(wall_clock(before, zone).time().to_string(), "00:00:30");
    assert_eq!(wall_clock(after, zone).time().to_string(), "23:01:30");
    assert_eq!(
        (
            the_day(before, zone, start(0)),
            the_day(after, zone, start(0))
        ),
        (day("2006-10-29"), day("2006-10-28"))
    );
    assert_eq!(
        (
            the_day(before, zone, start(4)),
            the_day(after, zone, start(4))
        ),
        (day("2006-10-28"), day("2006-10-28"))
    );
}

#[test]
fn a_traveller_has_the_day_of_the_clock_they_are_on() {
    let at_ms = utc("2026-03-03T05:00:00Z");
    let on = |zone: &str| Moment::new(at_ms, zone).unwrap().civil_day(start(0));
    assert_eq!(on("Pacific/Kiritimati"), day("2026-03-03"));
    assert_eq!(on("Europe/Berlin"), day("2026-03-03"));
    assert_eq!(on("Pacific/Honolulu"), day("2026-03-02"));
}

#[test]
fn times_beyond_the_years_kept_are_refused_and_the_last_ones_fit_every_clock() {
    let out = Err(RuleError::new("at_ms", Rule::OutOfRange));
    for at_ms in [
        i64::MIN,
        utc("1900-01-01T23:59:59Z"),
        utc("2199-12-31T00:00:00Z"),
        i64::MAX,
    ] {
        assert_eq!(Moment::new(at_ms, "UTC"), out, "{at_ms}");
        assert!(SharedMoment::new(at_ms, 0).is_err(), "{at_ms}");
    }
    for at_ms in [utc("1900-01-02T00:00:00Z"), utc("2199-12-30T23:59:59Z")] {
        for offset in [-64_800, 0, 64_800] {
            let moment = Moment::with_offset(at_ms, "Far/Away", offset).unwrap();
            for day_start in (0..=6).map(start) {
                let local = DateTime::from_timestamp_millis(at_ms).unwrap().naive_utc()
                    + Duration::seconds(i64::from(offset))
                    - Duration::hours(i64::from(day_start.hour()));
                assert_eq!(moment.civil_day(day_start).to_naive(), local.date());
            }
        }
    }
}

#[test]
fn a_moment_read_from_json_is_checked() {
    let moment = Moment::new(utc("2026-03-03T21:00:00Z"), "Asia/Kathmandu").unwrap();
    let json = serde_json::to_string(&moment).unwrap();
    assert_eq!(serde_json::from_str::<Moment>(&json).unwrap(), moment);
    assert!(serde_json::from_str::<Moment>(&json.replace("20700", "99999")).is_err());
    assert!(
        serde_json::from_str::<Moment>(&json.replace("\"at_ms\":", "\"at_ms\":999999")).is_err()
    );
    let shared = serde_json::to_string(&SharedMoment::from(&moment)).unwrap();
    assert!(!shared.contains("Kathmandu"), "{shared}");
    assert_eq!(
        serde_json::from_str::<SharedMoment>(&shared).unwrap(),
        SharedMoment::from(&moment)
    );
}

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(&TZ_VARIANTS[..])
}

proptest! {
    #[test]
    fn the_day_and_time_are_those_of_the_wall_clock(
        zone in any_zone(),
        at_ms in utc("1920-01-01T00:00:00Z")..utc("2199-12-30T00:00:00Z"),
        hour in 0u8..=6,
    ) {
        let moment = Moment::new(at_ms, zone.name()).unwrap();
        prop_assert_eq!(moment.civil_day(start(hour)), day_by_the_words(at_ms, zone, start(hour)));
        let wall = wall_clock(at_ms, zone).format("%H:%M").to_string();
        prop_assert_eq!(moment.local_time().to_string(), wall.clone());
        prop_assert_eq!(SharedMoment::from(&moment).local_time().to_string(), wall);
    }

    #[test]
    fn days_never_go_back_unless_the_clocks_do(
        zone in any_zone(),
        at_ms in utc("1950-01-01T00:00:00Z")..utc("2100-01-01T00:00:00Z"),
        later in 0..3 * DAY_MS,
        hour in 0u8..=6,
    ) {
        let (first, second) = (Zone::at(zone.name(), at_ms).unwrap(), Zone::at(zone.name(), at_ms + later).unwrap());
        prop_assume!(first.offset_seconds() <= second.offset_seconds());
        prop_assert!(civil_day(at_ms, &first, start(hour)) <= civil_day(at_ms + later, &second, start(hour)));
    }
}
