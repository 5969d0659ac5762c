//! The last-14 view: the same as counting by hand, and kind where counting could hurt.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::{
    CivilDay, DayMark, DayStart, Goal, Last14, Moment, Outcome, OutcomeStatus, Schedule,
    WeekdaySet, last_14_of,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const NOON: i64 = 1_772_539_200_000; // 2026-03-03T12:00:00Z, a Tuesday

fn today() -> CivilDay {
    "2026-03-03".parse().unwrap()
}

fn back(days: i64) -> CivilDay {
    today().minus_days(days).unwrap()
}

fn goal(schedule: Schedule, starts_days_back: i64) -> Goal {
    let mut goal = Goal::new(
        "Walk".into(),
        schedule,
        Moment::new(NOON, "UTC").unwrap(),
        DayStart::MIDNIGHT,
    );
    goal.starts_on = back(starts_days_back);
    goal
}

fn outcome(days_back: i64, status: OutcomeStatus) -> Outcome {
    Outcome::new(
        back(days_back),
        status,
        Moment::new(NOON, "UTC").unwrap(),
        DayStart::MIDNIGHT,
    )
}

fn last_14(goal: &Goal, outcomes: &[Outcome], today: CivilDay) -> Last14 {
    let statuses = outcomes.iter().map(|outcome| (outcome.on, outcome.status));
    last_14_of(|day| goal.is_due(day), statuses, today)
}

#[test]
fn eleven_of_the_last_fourteen_reads_as_it_is_said() {
    let goal = goal(Schedule::Daily, 100);
    let mut outcomes: Vec<Outcome> = (0..11)
        .map(|days| outcome(days, OutcomeStatus::Done))
        .collect();
    outcomes.push(outcome(12, OutcomeStatus::NotDone));
    let view = last_14(&goal, &outcomes, today());
    assert_eq!((view.done, view.partly, view.of), (11, 0, 14));
    assert_eq!(view.days.first().unwrap().on, back(13));
    assert_eq!(view.days.last().unwrap().on, today());
}

#[test]
fn a_day_that_is_not_over_takes_nothing_away() {
    let goal = goal(Schedule::Daily, 100);
    let outcomes: Vec<Outcome> = (1..14)
        .map(|days| outcome(days, OutcomeStatus::Done))
        .collect();
    let view = last_14(&goal, &outcomes, today());
    assert_eq!((view.done, view.of), (13, 13));
    assert_eq!(view.days[13].mark, DayMark::Nothing);
}

#[test]
fn a_skip_is_neutral_and_a_partly_counts_as_itself() {
    let goal = goal(Schedule::Daily, 2);
    let outcomes = [
        outcome(2, OutcomeStatus::Skipped),
        outcome(1, OutcomeStatus::Partly),
        outcome(0, OutcomeStatus::Done),
    ];
    let view = last_14(&goal, &outcomes, today());
    assert_eq!((view.done, view.partly, view.of), (1, 1, 2));
}

#[test]
fn days_before_the_start_are_not_due_but_count_when_filled_in() {
    let goal = goal(Schedule::Daily, 0);
    let view = last_14(
        &goal,
        &[
            outcome(5, OutcomeStatus::Done),
            outcome(6, OutcomeStatus::NotDone),
        ],
        today(),
    );
    assert_eq!((view.done, view.of), (1, 1));
    assert_eq!(view.days[0].mark, DayMark::NotDue);
    assert_eq!(view.days[7].mark, DayMark::NotDone);
}

#[test]
fn the_json_of_the_view_is_stable() {
    let view = last_14_of(|_| false, [(today(), OutcomeStatus::Done)], today());
    let json = serde_json::to_value(&view).unwrap();
    assert_eq!(
        json["days"][13],
        serde_json::json!({"on": "2026-03-03", "mark": "done"})
    );
    assert_eq!(json["days"][0]["mark"], "not_due");
    assert_eq!(
        (&json["done"], &json["partly"], &json["of"]),
        (&1.into(), &0.into(), &1.into())
    );
}

#[test]
fn at_the_beginning_of_time_the_view_is_shorter() {
    let first = CivilDay::new(1900, 1, 3).unwrap();
    assert_eq!(last_14_of(|_| true, [], first).days.len(), 3);
}

proptest! {
    #[test]
    fn the_view_is_what_counting_by_hand_gives(
        bits in 0u8..128,
        starts in 0i64..20,
        archived in option::of(0i64..20),
        logged in prop::collection::vec((-2i64..18, select(OutcomeStatus::ALL)), 0..24),
    ) {
        let schedule = WeekdaySet::from_bits(bits).map_or(Schedule::Daily, Schedule::Weekdays);
        let mut goal = goal(schedule, starts);
        goal.archived_on = archived.map(back);
        let outcomes: Vec<Outcome> = logged.iter().map(|(days, status)| outcome(*days, *status)).collect();
        let view = last_14(&goal, &outcomes, today());

        let (mut done, mut partly, mut of) = (0, 0, 0);
        for days in 0..14i64 {
            let due = days <= starts
                && archived.is_none_or(|archived| days > archived)
                && WeekdaySet::from_bits(bits).is_none_or(|set| set.contains(back(days).weekday()));
            let status = logged.iter().rev().find(|(logged, _)| *logged == days).map(|(_, status)| *status);
            let expected = match (status, due) {
                (Some(OutcomeStatus::Done), _) => { done += 1; of += 1; DayMark::Done }
                (Some(OutcomeStatus::Partly), _) => { partly += 1; of += 1; DayMark::Partly }
                (Some(OutcomeStatus::Skipped), _) => DayMark::Skipped,
                (Some(OutcomeStatus::NotDone), due) => { of += u8::from(due); DayMark::NotDone }
                (None, true) => { of += u8::from(days > 0); DayMark::Nothing }
                (None, false) => DayMark::NotDue,
            };
            let shown = view.days[usize::try_from(13 - days).unwrap()];
            prop_assert_eq!((shown.on, shown.mark), (back(days), expected));
        }
        prop_assert_eq!((view.done, view.partly, view.of), (done, partly, of));
        prop_assert!(view.done + view.partly <= view.of);
    }
}
