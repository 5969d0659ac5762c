//! When a goal is due: the same as looking at a calendar, for every schedule.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use belay_model::goals::{Due, Measure, Pause, PausedDays, Schedule, Terms, TermsError, TermsRule};
use belay_model::{CivilDay, DayStart, Goal, Moment, Rule, Weekday, WeekdaySet};
use chrono::Datelike;
use proptest::option;
use proptest::prelude::*;

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

fn after(n: i64) -> CivilDay {
    day("2026-03-02").plus_days(n).unwrap() // a Monday
}

fn terms(schedule: Schedule, ends_on: Option<CivilDay>) -> Terms {
    Terms {
        measure: Measure::YesNo,
        schedule: Some(schedule),
        starts_on: after(0),
        ends_on,
    }
}

fn due(terms: &Terms, on: CivilDay, done: &[CivilDay]) -> Due {
    let none = PausedDays::default();
    terms.due_on(
        on,
        Weekday::Monday,
        &none,
        |day| done.contains(&day),
        |_| false,
    )
}

#[test]
fn three_times_a_week_is_due_until_it_was_done_three_times() {
    let terms = terms(Schedule::TimesPerWeek(3), None);
    let left = |on: i64, done: &[i64]| {
        let done: Vec<CivilDay> = done.iter().map(|n| after(*n)).collect();
        match due(&terms, after(on), &done) {
            Due::AnyDay { times_left, until } => Some((times_left, until)),
            _ => None,
        }
    };
    assert_eq!(left(0, &[]), Some((3, after(6))));
    assert_eq!(left(4, &[0, 2]), Some((1, after(6))));
    assert_eq!(
        left(4, &[0, 2, 4]),
        Some((1, after(6))),
        "the third stays due on its day"
    );
    assert_eq!(left(5, &[0, 2, 4]), None);
    assert_eq!(left(7, &[0, 2, 4]), Some((3, after(13))), "a new week");
}

#[test]
fn a_week_that_was_half_a_holiday_asks_for_half() {
    let terms = terms(Schedule::TimesPerWeek(4), None);
    let holiday = Pause {
        first: after(0),
        last: Some(after(3)),
        reason: None,
    };
    let paused = PausedDays {
        own: vec![holiday].into(),
        everything: Vec::new().into(),
    };
    let due = |on| terms.due_on(on, Weekday::Monday, &paused, |_| false, |_| false);
    assert_eq!(due(after(0)), Due::Paused);
    assert_eq!(
        due(after(4)),
        Due::AnyDay {
            times_left: 2,
            until: after(6)
        }
    );
    let everything = PausedDays {
        own: Vec::new().into(),
        everything: vec![holiday].into(),
    };
    assert_eq!(
        terms.due_on(after(2), Weekday::Monday, &everything, |_| false, |_| false),
        Due::Paused
    );
}

#[test]
fn something_to_do_once_is_due_until_it_is_done() {
    let terms = terms(Schedule::OnceUntil(after(200)), None);
    assert_eq!(
        due(&terms, after(3), &[]),
        Due::AnyDay {
            times_left: 1,
            until: after(200)
        }
    );
    assert_eq!(due(&terms, after(4), &[after(3)]), Due::No);
    assert_eq!(due(&terms, after(201), &[]), Due::No);
}

#[test]
fn each_impossible_goal_has_its_rule() {
    let wednesdays = Schedule::Weekdays(WeekdaySet::new([Weekday::Wednesday]).unwrap());
    let refused = |terms: Terms| terms.validate(Weekday::Monday).unwrap_err();
    let cases = [
        (
            terms(Schedule::Daily, Some(after(-1))),
            "ends_on",
            TermsRule::EndsBeforeItStarts,
        ),
        (
            terms(wednesdays.clone(), Some(after(1))),
            "schedule",
            TermsRule::NeverDue,
        ),
        (
            terms(Schedule::TimesPerMonth(1), Some(after(1))),
            "schedule",
            TermsRule::NeverDue,
        ),
        (
            terms(Schedule::Dates([after(-1), after(3)].into()), None),
            "schedule",
            TermsRule::OutsideTheGoal,
        ),
        (
            terms(Schedule::Dates([after(9)].into()), Some(after(8))),
            "schedule",
            TermsRule::OutsideTheGoal,
        ),
        (
            terms(Schedule::OnceUntil(after(-1)), None),
            "schedule",
            TermsRule::OutsideTheGoal,
        ),
        (
            terms(Schedule::EveryDays(1), None),
            "schedule",
            TermsRule::Value(Rule::OutOfRange),
        ),
    ];
    for (terms, field, rule) in cases {
        assert_eq!(refused(terms), TermsError::new(field, rule));
    }
    let mut none = terms(Schedule::Daily, None);
    none.schedule = None;
    assert_eq!(
        refused(none.clone()),
        TermsError::value("schedule", Rule::Empty)
    );
    none.measure = Measure::DaysSince { since: after(0) };
    assert_eq!(none.validate(Weekday::Monday), Ok(()));
    none.schedule = Some(Schedule::Daily);
    assert_eq!(
        refused(none),
        TermsError::value("schedule", Rule::NotAllowedHere)
    );
    assert_eq!(
        terms(wednesdays, Some(after(2))).validate(Weekday::Monday),
        Ok(())
    );
    assert_eq!(
        terms(Schedule::Dates([after(300)].into()), None).validate(Weekday::Monday),
        Ok(())
    );
    assert_eq!(
        terms(Schedule::TimesPerMonth(1), Some(after(25))).validate(Weekday::Monday),
        Ok(())
    );
}

fn schedule() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        Just(Schedule::Daily),
        (1u8..128).prop_map(|bits| Schedule::Weekdays(WeekdaySet::from_bits(bits).unwrap())),
        (1u8..8).prop_map(Schedule::TimesPerWeek),
        (1u8..29).prop_map(Schedule::TimesPerMonth),
        (2u16..20).prop_map(Schedule::EveryDays),
        prop::collection::btree_set(0i64..90, 1..9)
            .prop_map(|days| Schedule::Dates(days.into_iter().map(after).collect())),
        (0i64..90).prop_map(|n| Schedule::OnceUntil(after(n))),
    ]
}

proptest! {
    #[test]
    fn every_day_of_an_occasion_gives_the_same_one_and_looks_due_as_on_a_calendar(
        schedule in schedule(),
        ends in option::of(0i64..90),
        week_start in 1u8..8,
        n in -5i64..100,
    ) {
        let week_start = Weekday::from_number(week_start).unwrap();
        let terms = terms(schedule.clone(), ends.map(after));
        let on = after(n);
        let found = terms.occasion_on(on, week_start);
        let inside = n >= 0 && ends.is_none_or(|end| n <= end);
        let expected: Option<BTreeSet<CivilDay>> = inside.then(|| {
            let all = (0..=ends.unwrap_or(200)).map(after);
            let naive = |day: CivilDay| day.to_naive();
            // The first day of a week, by walking back to it.
            let begin = |day: CivilDay| (0..7).map(|b| day.minus_days(b).unwrap()).find(|d| d.weekday() == week_start);
            match &schedule {
                Schedule::TimesPerWeek(_) => all.filter(|day| begin(*day) == begin(on)).collect(),
                Schedule::TimesPerMonth(_) => all
                    .filter(|day| (naive(*day).year(), naive(*day).month()) == (naive(on).year(), naive(on).month()))
                    .collect(),
                Schedule::OnceUntil(until) => all.filter(|day| day <= until).collect(),
                Schedule::Daily => [on].into(),
                Schedule::Weekdays(days) => days.contains(on.weekday()).then_some(on).into_iter().collect(),
                Schedule::EveryDays(every) => (n % i64::from(*every) == 0).then_some(on).into_iter().collect(),
                Schedule::Dates(dates) => dates.contains(&on).then_some(on).into_iter().collect(),
            }
        });
        let expected = expected.filter(|days: &BTreeSet<CivilDay>| days.contains(&on));
        let days = found.map(|found| found.first.through(found.last).collect::<BTreeSet<_>>());
        prop_assert_eq!(&days, &expected);
        for other in days.into_iter().flatten() {
            prop_assert_eq!(terms.occasion_on(other, week_start), found);
        }
    }

    #[test]
    fn a_goal_is_due_on_the_days_of_its_terms(bits in 0u8..128, archived in option::of(1i64..40), n in -3i64..50) {
        let created = Moment::new(1_772_452_800_000, "UTC").unwrap(); // 2026-03-02T12:00:00Z
        let schedule = WeekdaySet::from_bits(bits).map_or(Schedule::Daily, Schedule::Weekdays);
        let mut goal = Goal::new("Walk".into(), schedule, created, DayStart::MIDNIGHT);
        goal.archived_on = archived.map(after);
        prop_assert_eq!(due(&goal.terms(), after(n), &[]).is_due(), goal.is_due(after(n)));
    }
}
