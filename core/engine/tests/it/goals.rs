//! Goals of every kind: begun, said anew, noted, paused, put away, let go; and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_engine::model::goals::{Amount, Measure, Milestone, Pause, PauseReason, Schedule, Unit};
use belay_engine::model::{DayMark, DocName, LifeArea, OutcomeStatus, WeekdaySet};
use belay_engine::{BelayError, Engine, GoalView, NewGoal, NewOutcome};

use crate::common::Place;

const DAY_MS: i64 = 86_400_000;

fn pages(amount: u16) -> Measure {
    Measure::AtLeast {
        amount: Amount::whole(amount),
        unit: Unit::new("pages").unwrap(),
    }
}

fn read() -> NewGoal {
    NewGoal {
        title: "Read".into(),
        measure: Some(pages(20)),
        why: Some("to rest".into()),
        obstacle: Some("the phone".into()),
        if_this: Some("I reach for it".into()),
        then_that: Some("I take the book".into()),
        strengths: Some("curious".into()),
        resources: Some("the library".into()),
        area: Some(LifeArea::Joy),
        ..NewGoal::default()
    }
}

fn of(schedule: Schedule) -> NewGoal {
    NewGoal {
        title: "Swim".into(),
        schedule,
        ..NewGoal::default()
    }
}

fn log(
    engine: &Engine,
    goal: DocName,
    status: OutcomeStatus,
    amount: Option<u16>,
) -> OutcomeStatus {
    let new = NewOutcome {
        goal,
        on: None,
        status,
        note: None,
        reason: None,
        amount: amount.map(Amount::whole),
    };
    engine.log_outcome(new).unwrap().outcome.status
}

fn rule<T: std::fmt::Debug>(refused: belay_engine::Result<T>) -> (&'static str, &'static str) {
    match refused.unwrap_err() {
        BelayError::InvalidInput { field, rule } => (field, rule),
        other => panic!("{other:?}"),
    }
}

fn pause(engine: &Engine, days: i64, reason: Option<PauseReason>) -> Pause {
    let first = engine.today_on().unwrap();
    Pause {
        first,
        last: first.plus_days(days - 1),
        reason,
    }
}

fn marks(goal: &GoalView) -> Vec<DayMark> {
    goal.last_14
        .days
        .iter()
        .rev()
        .take(4)
        .rev()
        .map(|day| day.mark)
        .collect()
}

#[test]
fn a_goal_keeps_everything_it_was_given_also_when_it_is_laid_out_anew() {
    let place = Place::new();
    let ada = place.create(None);
    let name = ada.add_goal(read()).unwrap().name;
    let kept = ada.goal(&name).unwrap().goal;
    assert_eq!(
        (&kept.measure, &kept.schedule),
        (&pages(20), &Some(Schedule::Daily))
    );
    assert_eq!(kept.then_that.as_deref(), Some("I take the book"));
    assert_eq!(kept.area, Some(LifeArea::Joy));
    let again = NewGoal {
        why: None,
        obstacle: Some(" ".into()),
        schedule: Schedule::TimesPerWeek(3),
        ends_on: Some("2026-12-31".parse().unwrap()),
        ..read()
    };
    let said = ada.edit_goal(&name, again).unwrap();
    assert_eq!(
        (said.goal.why.as_deref(), said.goal.obstacle.as_deref()),
        (None, None)
    );
    assert_eq!(
        said.goal.starts_on, kept.starts_on,
        "a first day that is not said stays"
    );
    assert_eq!((said.due_today, said.times_left), (true, Some(3)));
    ada.rebuild_projection().unwrap();
    assert_eq!(ada.goal(&name).unwrap().goal, said.goal);
}

#[test]
fn three_times_a_week_is_asked_until_it_was_done_three_times() {
    let place = Place::new();
    let ada = place.create(None);
    let swim = ada.add_goal(of(Schedule::TimesPerWeek(3))).unwrap();
    assert_eq!(
        swim.due_until,
        Some("2026-03-08".parse().unwrap()),
        "the week ends on Sunday"
    );
    for left in [3, 2, 1] {
        let before = ada.goal(&swim.name).unwrap();
        assert_eq!((before.due_today, before.times_left), (true, Some(left)));
        log(&ada, swim.name, OutcomeStatus::Done, None);
        place.clock.advance_ms(DAY_MS);
    }
    let enough = ada.goal(&swim.name).unwrap();
    assert_eq!((enough.due_today, enough.times_left), (false, None));
    assert!(ada.today().unwrap().goals.is_empty());
    place.clock.advance_ms(4 * DAY_MS);
    assert_eq!(
        ada.goal(&swim.name).unwrap().times_left,
        Some(3),
        "a new week"
    );
}

#[test]
fn an_amount_says_what_became_of_the_day() {
    let place = Place::new();
    let ada = place.create(None);
    let name = ada.add_goal(read()).unwrap().name;
    for (amount, says) in [
        (12, OutcomeStatus::Partly),
        (20, OutcomeStatus::Done),
        (0, OutcomeStatus::NotDone),
    ] {
        assert_eq!(log(&ada, name, OutcomeStatus::Done, Some(amount)), says);
    }
    let today = ada.goal(&name).unwrap().today.unwrap();
    assert_eq!(today.amount, Some(Amount::ZERO));
    log(&ada, name, OutcomeStatus::Partly, Some(12));
    let page = ada.goal_page(&name, None, None).unwrap();
    assert_eq!(
        (page.numbers.partly_days, page.numbers.total_thousandths),
        (1, 12_000)
    );
}

#[test]
fn what_cannot_be_said_of_a_day_is_refused_and_changes_nothing() {
    let place = Place::new();
    let ada = place.create(None);
    let name = |new| ada.add_goal(new).unwrap().name;
    let (book, walk) = (name(read()), name(of(Schedule::Daily)));
    let way = name(NewGoal {
        measure: Some(steps(&["call", "go"])),
        ..of(Schedule::Daily)
    });
    let before = ada.projection_dump().unwrap();
    let new = |goal, status, amount: Option<u16>| NewOutcome {
        goal,
        on: None,
        status,
        note: None,
        reason: None,
        amount: amount.map(Amount::whole),
    };
    let refused = |new| rule(ada.log_outcome(new));
    let no_amount = ("amount", "not_allowed_here");
    assert_eq!(refused(new(walk, OutcomeStatus::Done, Some(1))), no_amount);
    assert_eq!(
        refused(new(book, OutcomeStatus::Skipped, Some(1))),
        no_amount
    );
    let no_day = ("status", "not_allowed_here");
    assert_eq!(refused(new(way, OutcomeStatus::Done, None)), no_day);
    assert_eq!(ada.projection_dump().unwrap(), before);
}

fn steps(titles: &[&str]) -> Measure {
    let step = |title: &&str| Milestone {
        title: (*title).into(),
        reached_on: None,
    };
    Measure::Milestones(titles.iter().map(step).collect())
}

#[test]
fn a_step_is_reached_once_and_stays_reached_when_the_goal_is_said_anew() {
    let place = Place::new();
    let ada = place.create(None);
    let way = |titles: &[&str]| NewGoal {
        title: "Move out".into(),
        measure: Some(steps(titles)),
        ..NewGoal::default()
    };
    let name = ada.add_goal(way(&["call", "go"])).unwrap().name;
    let page = ada.goal(&name).unwrap();
    assert_eq!((page.goal.schedule.clone(), page.due_today), (None, false));
    ada.reach_step(&name, "go", None, true).unwrap();
    let said = ada.edit_goal(&name, way(&["call", "pack", "go"])).unwrap();
    let Measure::Milestones(steps) = said.goal.measure else {
        panic!("steps");
    };
    let reached: Vec<bool> = steps.iter().map(|step| step.reached_on.is_some()).collect();
    assert_eq!(reached, [false, false, true]);
    let missing = ada.reach_step(&name, "fly", None, true).unwrap_err();
    assert_eq!(missing, BelayError::NotFound { what: "step" });
    let tomorrow = ada.today_on().unwrap().plus_days(1);
    let early = ada.reach_step(&name, "call", tomorrow, true);
    assert_eq!(rule(early), ("on", "in_the_future"));
    let open = ada.reach_step(&name, "go", None, false).unwrap();
    assert!(!format!("{:?}", open.goal.measure).contains("Some"));
}

#[test]
fn days_since_go_on_counting_and_nothing_reached_is_taken_away() {
    let place = Place::new();
    let ada = place.create(None);
    let without = NewGoal {
        title: "Without".into(),
        measure: Some(Measure::DaysSince {
            since: "2026-02-01".parse().unwrap(),
        }),
        ..NewGoal::default()
    };
    let name = ada.add_goal(without).unwrap().name;
    let before = ada.goal(&name).unwrap().days_since.unwrap();
    assert_eq!((before.now, before.longest), (29, 29));
    log(&ada, name, OutcomeStatus::NotDone, None);
    place.clock.advance_ms(2 * DAY_MS);
    let after = ada.goal(&name).unwrap().days_since.unwrap();
    assert_eq!((after.now, after.longest, after.total), (2, 28, 30));
}

#[test]
fn each_impossible_goal_has_its_rule_and_nothing_is_written() {
    let place = Place::new();
    let ada = place.create(None);
    let name = ada.add_goal(read()).unwrap().name;
    let before = ada.projection_dump().unwrap();
    let day = |text: &str| Some(text.parse().unwrap());
    let wednesday = WeekdaySet::from_bits(4).unwrap();
    for (new, expected) in [
        (
            NewGoal {
                title: " ".into(),
                ..read()
            },
            ("title", "empty"),
        ),
        (
            NewGoal {
                ends_on: day("2026-03-01"),
                ..read()
            },
            ("ends_on", "ends_before_it_starts"),
        ),
        (
            NewGoal {
                ends_on: day("2026-03-03"),
                ..of(Schedule::Weekdays(wednesday))
            },
            ("schedule", "never_due"),
        ),
        (of(Schedule::TimesPerWeek(8)), ("schedule", "out_of_range")),
        (
            of(Schedule::OnceUntil("2026-03-01".parse().unwrap())),
            ("schedule", "outside_the_goal"),
        ),
        (
            NewGoal {
                measure: Some(pages(0)),
                ..read()
            },
            ("amount", "out_of_range"),
        ),
        (
            NewGoal {
                measure: Some(steps(&["a", "a"])),
                ..read()
            },
            ("milestones", "twice"),
        ),
        (
            NewGoal {
                then_that: None,
                ..read()
            },
            ("then_that", "empty"),
        ),
    ] {
        assert_eq!(rule(ada.add_goal(new.clone())), expected);
        assert_eq!(rule(ada.edit_goal(&name, new)), expected);
    }
    assert_eq!(ada.projection_dump().unwrap(), before);
}

#[test]
fn a_paused_day_asks_for_nothing_and_counts_for_nothing() {
    let place = Place::new();
    let ada = place.create(None);
    let name = ada.add_goal(of(Schedule::Daily)).unwrap().name;
    let other = ada.add_goal(of(Schedule::Daily)).unwrap().name;
    log(&ada, name, OutcomeStatus::Done, None);
    place.clock.advance_ms(DAY_MS);
    let ill = pause(&ada, 2, Some(PauseReason::Ill));
    assert_eq!(ada.pause_goals(Some(&name), ill).unwrap(), [ill]);
    let paused = ada.goal(&name).unwrap();
    assert!(paused.paused_today && !paused.due_today);
    assert!(ada.goal(&other).unwrap().due_today, "only the one");
    place.clock.advance_ms(2 * DAY_MS);
    let back = ada.goal(&name).unwrap();
    assert_eq!(
        marks(&back),
        [
            DayMark::Done,
            DayMark::NotDue,
            DayMark::NotDue,
            DayMark::Nothing
        ]
    );
    assert_eq!((back.last_14.done, back.last_14.of), (1, 1));
    log(&ada, name, OutcomeStatus::Done, None);
    let page = ada.goal_page(&name, None, None).unwrap();
    assert_eq!((page.numbers.score, page.numbers.returns), (Some(1_000), 0));
    assert_eq!(
        page.back_after_days, None,
        "from a pause nobody comes back late"
    );
}

#[test]
fn a_pause_of_everything_rests_every_goal_until_somebody_resumes() {
    let place = Place::new();
    let ada = place.create(None);
    let name = ada.add_goal(of(Schedule::Daily)).unwrap().name;
    let open = Pause {
        last: None,
        ..pause(&ada, 1, None)
    };
    ada.pause_goals(None, open).unwrap();
    assert!(ada.today().unwrap().goals.is_empty());
    assert!(ada.goal(&name).unwrap().paused_today);
    place.clock.advance_ms(3 * DAY_MS);
    let ended = ada.resume_goals(None).unwrap();
    assert_eq!(ended[0].last, ada.today_on().unwrap().minus_days(1));
    assert!(ada.goal(&name).unwrap().due_today);
    ada.rebuild_projection().unwrap();
    assert_eq!(ada.pauses(None).unwrap(), ended);
    assert_eq!(
        ada.settings().unwrap().settings.hold_seconds,
        10,
        "nothing else changed"
    );
}

#[test]
fn pauses_that_overlap_or_end_before_they_start_are_refused_and_one_can_be_taken_back() {
    let place = Place::new();
    let ada = place.create(None);
    let name = ada.add_goal(of(Schedule::Daily)).unwrap().name;
    for goal in [None, Some(&name)] {
        let week = pause(&ada, 7, Some(PauseReason::Holiday));
        ada.pause_goals(goal, week).unwrap();
        let again = ada.pause_goals(goal, pause(&ada, 1, None));
        assert_eq!(rule(again), ("pause", "overlaps"));
        let backwards = ada.pause_goals(goal, pause(&ada, -3, None));
        assert_eq!(rule(backwards), ("pause", "ends_before_it_starts"));
        assert_eq!(ada.pauses(goal).unwrap(), [week]);
        assert_eq!(ada.take_back_pause(goal, &week).unwrap(), []);
        let gone = ada.take_back_pause(goal, &week).unwrap_err();
        assert_eq!(gone, BelayError::NotFound { what: "pause" });
    }
}

#[test]
fn a_goal_put_away_leaves_the_lists_and_what_was_learned_stays() {
    let place = Place::new();
    let ada = place.create(None);
    let name = ada.add_goal(of(Schedule::Daily)).unwrap().name;
    log(&ada, name, OutcomeStatus::Done, None);
    let away = ada.archive_goal(&name).unwrap();
    assert_eq!((away.due_today, away.goal.let_go), (false, false));
    assert!(ada.goals().unwrap().is_empty());
    place.clock.advance_ms(DAY_MS);
    let gone = ada
        .let_go_of_goal(&name, Some("evenings are too late"))
        .unwrap();
    assert_eq!(
        gone.goal.archived_on, away.goal.archived_on,
        "it was put away before"
    );
    assert!(gone.goal.let_go);
    assert_eq!(ada.goals_put_away().unwrap().len(), 1);
    let long = "x".repeat(2_001);
    let refused = ada.let_go_of_goal(&name, Some(&long));
    assert_eq!(rule(refused), ("learned", "too_many_characters"));
    let again = ada.take_up_goal(&name).unwrap();
    assert!(again.due_today && !again.goal.let_go);
    assert_eq!(again.goal.learned.as_deref(), Some("evenings are too late"));
    assert_eq!(again.last_14.done, 1, "nothing that was noted went");
}
