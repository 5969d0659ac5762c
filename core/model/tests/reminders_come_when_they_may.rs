//! Reminders: at their time on the wall, only for what is open, never in quiet hours, never more than fit.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use belay_model::boundary::QuietHours;
use belay_model::goals::{Measure, Pause, Schedule, Terms};
use belay_model::reminders::{
    GoalReminders, MAX_PLANNED, Planned, RemindedOf, ReminderText, Reminders, Snooze, caught_up,
    moved_to,
};
use belay_model::{CivilDay, DayStart, DocName, IanaZone, LocalTime, OutcomeStatus, Weekday, wall};
use proptest::prelude::*;

const NOON: i64 = 1_772_535_600_000; // 2026-03-03T11:00:00Z, 12:00 in Berlin, a Tuesday
const HOUR: i64 = 3_600_000;
const NAME: DocName = DocName::from_bytes([7; 16]);

fn berlin() -> IanaZone {
    IanaZone::new("Europe/Berlin").unwrap()
}

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

fn times(texts: &[&str]) -> Vec<LocalTime> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn reminders(check_ins: &[&str]) -> Reminders {
    Reminders {
        check_in_times: times(check_ins),
        checked_in_on: BTreeSet::new(),
        goals: Vec::new(),
        everything_paused: Vec::new().into(),
        quiet: Vec::new(),
        snoozed: Vec::new(),
        week_start: Weekday::Monday,
        day_start: DayStart::MIDNIGHT,
        says_what: false,
    }
}

fn goal(schedule: Schedule, at: &[&str]) -> GoalReminders {
    GoalReminders {
        goal: NAME,
        times: times(at),
        terms: Terms {
            measure: Measure::YesNo,
            schedule: Some(schedule),
            starts_on: day("2026-03-01"),
            ends_on: None,
        },
        paused: Vec::new().into(),
        outcomes: BTreeMap::new(),
    }
}

fn walls(planned: &[Planned], n: usize) -> Vec<String> {
    planned
        .iter()
        .take(n)
        .map(|planned| format!("{} {}", planned.on, planned.time))
        .collect()
}

#[test]
fn a_reminder_keeps_its_time_on_the_wall_over_changes_of_the_clock() {
    let planned = reminders(&["20:00"]).plan(NOON, &berlin());
    assert_eq!(planned.len(), MAX_PLANNED);
    assert!(
        planned
            .iter()
            .all(|planned| planned.time.to_string() == "20:00")
    );
    let steps = planned
        .windows(2)
        .map(|pair| (pair[1].at_ms - pair[0].at_ms) / HOUR);
    assert_eq!(
        steps.filter(|hours| *hours == 23).count(),
        1,
        "the night of 2026-03-29"
    );
}

#[test]
fn what_is_done_skipped_or_paused_is_not_reminded_of() {
    let mut all = reminders(&["20:00"]);
    all.checked_in_on.insert(day("2026-03-03"));
    let mut walk = goal(Schedule::Daily, &["18:00"]);
    walk.outcomes
        .insert(day("2026-03-03"), OutcomeStatus::Skipped);
    walk.paused = vec![Pause {
        first: day("2026-03-04"),
        last: Some(day("2026-03-05")),
        reason: None,
    }]
    .into();
    all.goals.push(walk);
    let expected = [
        "2026-03-04 20:00",
        "2026-03-05 20:00",
        "2026-03-06 18:00",
        "2026-03-06 20:00",
    ];
    assert_eq!(walls(&all.plan(NOON, &berlin()), 4), expected);
    all.everything_paused = vec![Pause {
        first: day("2026-03-03"),
        last: None,
        reason: None,
    }]
    .into();
    assert_eq!(all.plan(NOON, &berlin()), []);
}

#[test]
fn three_times_a_week_is_reminded_of_until_it_was_done_three_times() {
    let mut all = reminders(&[]);
    let mut run = goal(Schedule::TimesPerWeek(2), &["18:00"]);
    run.outcomes.insert(day("2026-03-02"), OutcomeStatus::Done);
    all.goals.push(run);
    assert_eq!(walls(&all.plan(NOON, &berlin()), 1), ["2026-03-03 18:00"]);
    all.goals[0]
        .outcomes
        .insert(day("2026-03-03"), OutcomeStatus::Done);
    assert_eq!(walls(&all.plan(NOON, &berlin()), 1), ["2026-03-09 18:00"]);
}

#[test]
fn several_things_at_one_time_are_one_reminder_that_says_nothing_of_them() {
    let mut all = reminders(&["20:00"]);
    all.goals.push(goal(Schedule::Daily, &["20:00", "21:00"]));
    let planned = all.plan(NOON, &berlin());
    assert_eq!(walls(&planned, 2), ["2026-03-03 20:00", "2026-03-03 21:00"]);
    assert!(
        planned
            .iter()
            .all(|planned| planned.text == ReminderText::Moment)
    );
    all.says_what = true;
    let planned = all.plan(NOON, &berlin());
    assert_eq!(
        (planned[0].text, planned[1].text),
        (ReminderText::Several, ReminderText::Goal)
    );
}

#[test]
fn quiet_hours_hold_a_reminder_within_its_day_and_drop_it_beyond() {
    let mut all = reminders(&["06:00", "23:00"]);
    all.quiet = vec![QuietHours {
        from: "22:00".parse().unwrap(),
        to: "07:30".parse().unwrap(),
    }];
    let planned = all.plan(NOON, &berlin());
    assert_eq!(walls(&planned, 2), ["2026-03-04 07:30", "2026-03-05 07:30"]);
}

#[test]
fn half_past_midnight_may_be_about_the_day_before() {
    let mut all = reminders(&["00:30"]);
    all.day_start = DayStart::new(4).unwrap();
    all.checked_in_on.insert(day("2026-03-03"));
    assert_eq!(walls(&all.plan(NOON, &berlin()), 1), ["2026-03-05 00:30"]);
}

#[test]
fn what_was_put_off_comes_once_more_unless_it_was_done_meanwhile() {
    let mut all = reminders(&[]);
    let on = day("2026-03-03");
    all.snoozed.push(Snooze {
        of: RemindedOf::CheckIn,
        on,
        until_ms: NOON + HOUR,
    });
    assert_eq!(walls(&all.plan(NOON, &berlin()), 9), ["2026-03-03 13:00"]);
    all.checked_in_on.insert(on);
    assert_eq!(all.plan(NOON, &berlin()), []);
}

#[test]
fn after_a_flight_reminders_stay_at_their_time_on_the_wall_without_the_store() {
    let planned = reminders(&["20:00"]).plan(NOON, &berlin());
    let tokyo = IanaZone::new("Asia/Tokyo").unwrap();
    let moved = moved_to(&planned, NOON, &tokyo);
    assert_eq!(
        walls(&moved, 1),
        ["2026-03-04 20:00"],
        "20:00 of the first day is past there"
    );
    let fresh = reminders(&["20:00"]).plan(NOON, &tokyo);
    assert_eq!(
        moved,
        fresh[..moved.len()],
        "and planning anew puts each in its own place"
    );
}

#[test]
fn after_the_phone_was_off_at_most_one_is_shown_and_none_from_long_ago() {
    let planned = reminders(&["13:00", "14:00", "14:30"]).plan(NOON, &berlin());
    let show = |off: i64, now: i64| caught_up(&planned, off, now, &[], &berlin());
    assert_eq!(show(NOON, NOON + 3 * HOUR), Some(planned[2]));
    assert_eq!(show(NOON, NOON + 5 * HOUR), None);
    assert_eq!(
        show(NOON + 3 * HOUR, NOON + 3 * HOUR),
        None,
        "it was shown when it was on"
    );
    let quiet = [QuietHours {
        from: "14:45".parse().unwrap(),
        to: "16:00".parse().unwrap(),
    }];
    assert_eq!(
        caught_up(&planned, NOON, NOON + 3 * HOUR, &quiet, &berlin()),
        None
    );
}

#[test]
fn a_time_that_stands_there_twice_and_too_many_are_refused() {
    assert_eq!(
        reminders(&["20:00", "20:00"])
            .validate()
            .unwrap_err()
            .rule
            .word(),
        "twice"
    );
    let nine = [
        "01:00", "02:00", "03:00", "04:00", "05:00", "06:00", "07:00", "08:00", "09:00",
    ];
    assert_eq!(
        reminders(&nine).validate().unwrap_err().rule.word(),
        "too_many"
    );
    assert_eq!(reminders(&nine[..8]).validate(), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_plan_is_what_looking_at_every_minute_gives(
        check_ins in prop::collection::btree_set(0u16..96, 0..4),
        goal_times in prop::collection::btree_set(0u16..96, 0..4),
        days in 1u8..128,
        done in prop::collection::btree_set(0i64..5, 0..3),
        start in 0u8..7,
        zone in prop::sample::select(vec!["Europe/Berlin", "Australia/Lord_Howe", "America/New_York"]),
        from in prop::sample::select(vec![NOON, 1_774_699_200_000, 1_774_990_800_000, 1_772_870_400_000]),
    ) {
        let rules = IanaZone::new(zone).unwrap();
        let quarter = |n: &u16| LocalTime::new((n / 4) as u8, (n % 4 * 15) as u8).unwrap();
        let mut all = reminders(&[]);
        all.check_in_times = check_ins.iter().map(quarter).collect();
        all.day_start = DayStart::new(start).unwrap();
        let set = belay_model::WeekdaySet::from_bits(days).unwrap();
        let mut walk = goal(Schedule::Weekdays(set), &[]);
        walk.times = goal_times.iter().map(quarter).collect();
        let (today, _) = wall(from, &rules);
        walk.outcomes = done.iter().map(|n| (today.plus_days(*n).unwrap(), OutcomeStatus::Done)).collect();
        all.goals.push(walk);

        let planned = all.plan(from, &rules);
        prop_assert!(planned.len() <= MAX_PLANNED);
        prop_assert!(planned.is_sorted_by(|a, b| a.at_ms < b.at_ms));
        let ids: BTreeSet<u64> = planned.iter().map(|planned| planned.id).collect();
        prop_assert_eq!(ids.len(), planned.len());

        // Every minute of three days: the first time the wall shows a time asked for.
        let mut seen = BTreeSet::new();
        let mut expected = Vec::new();
        for minute in -26 * 60..3 * 24 * 60i64 {
            let at = from + minute * 60_000;
            let (date, time) = wall(at, &rules);
            if !seen.insert((date, time)) {
                continue;
            }
            let about = if time.hour < start { date.minus_days(1).unwrap() } else { date };
            let check_in = all.check_in_times.contains(&time);
            let walk = all.goals[0].times.contains(&time)
                && set.contains(about.weekday())
                && !all.goals[0].outcomes.contains_key(&about);
            if minute > 0 && (check_in || walk) {
                expected.push(at);
            }
        }
        let end = from + 3 * 24 * HOUR;
        let leapt: Vec<i64> = planned.iter().map(|planned| planned.at_ms).filter(|at| *at < end).collect();
        // A time the clock leaps over comes after the leap: more than the minutes show, never fewer.
        prop_assert!(expected.iter().all(|at| leapt.contains(at)));
        prop_assert!(leapt.len() <= expected.len() + 8);
    }
}
