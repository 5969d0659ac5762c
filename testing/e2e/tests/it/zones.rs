//! A phone knows its own clock better than the zone data built into Belay.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::Companion;
use belay_engine::model::{CheckIn, Mood};
use belay_engine::{BelayError, NewCheckIn};
use belay_testkit::FakeClock;

/// 2026-03-02T18:30Z.
const START_MS: i64 = 1_772_476_200_000;

fn written(ada: &Companion) -> CheckIn {
    let new = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        ..NewCheckIn::default()
    };
    ada.engine.write_check_in(new).unwrap().check_in
}

#[test]
fn a_zone_that_this_version_does_not_know_is_kept_by_name_and_counted_by_its_offset() {
    let clock = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &clock, 1);
    assert_eq!(written(&ada).on.to_string(), "2026-03-02");

    clock.travel_to_offset("Europe/Newland", 6 * 3600);
    let there = written(&ada);
    assert_eq!(there.on.to_string(), "2026-03-03");
    assert_eq!(there.written.zone().name(), "Europe/Newland");
    assert_eq!(there.written.zone().offset_seconds(), 6 * 3600);
}

#[test]
fn the_offset_that_the_phone_shows_counts_also_where_the_zone_is_known() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let ada = Companion::new("Ada", &clock, 1);
    clock.travel_to_offset("Europe/Berlin", 2 * 3600);
    assert_eq!(written(&ada).written.local_time().to_string(), "20:30");
}

#[test]
fn a_zone_whose_name_cannot_be_kept_still_gives_the_day_of_the_phones_clock() {
    let clock = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &clock, 1);
    clock.travel_to_offset("GMT+05:45", 5 * 3600 + 45 * 60);
    let there = written(&ada);
    assert_eq!(there.on.to_string(), "2026-03-03");
    assert_eq!(there.written.zone().name(), "Etc/Unknown");
}

#[test]
fn a_name_nobody_knows_without_an_offset_is_refused_and_nothing_is_written() {
    let clock = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &clock, 1);
    clock.travel_to("Mars/Olympus");
    let refused = ada.engine.write_check_in(NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        ..NewCheckIn::default()
    });
    assert!(
        matches!(refused, Err(BelayError::InvalidInput { .. })),
        "{refused:?}"
    );
    clock.travel_to("UTC");
    assert!(ada.engine.today().unwrap().check_ins.is_empty());
}

#[test]
fn over_the_date_line_a_day_comes_twice_or_not_at_all_and_what_was_written_stays_on_its_day() {
    /// 2026-03-03T05:00Z: Tuesday evening in Auckland, Monday evening in Honolulu.
    const BOARDING_MS: i64 = 1_772_514_000_000;
    const HOUR_MS: i64 = 3_600_000;
    let clock = FakeClock::at(BOARDING_MS, "Pacific/Auckland");
    let ada = Companion::new("Ada", &clock, 1);
    let tuesday = written(&ada);
    clock.advance_ms(9 * HOUR_MS);
    clock.travel_to("Pacific/Honolulu");
    let tuesday_again = written(&ada);
    assert_eq!(tuesday.on.to_string(), "2026-03-03");
    assert_eq!(tuesday_again.on.to_string(), "2026-03-03");
    assert_eq!(ada.engine.today().unwrap().check_ins.len(), 2);

    clock.advance_ms(24 * HOUR_MS);
    assert_eq!(written(&ada).on.to_string(), "2026-03-04");
    clock.travel_to("Pacific/Kiritimati");
    assert_eq!(written(&ada).on.to_string(), "2026-03-05");
    for (day, count) in [("2026-03-03", 2), ("2026-03-04", 1), ("2026-03-05", 1)] {
        let there = ada.engine.check_ins_on(day.parse().unwrap()).unwrap();
        assert_eq!(there.len(), count, "{day}");
        assert!(there.iter().all(|one| !one.late), "{day}");
    }
}
