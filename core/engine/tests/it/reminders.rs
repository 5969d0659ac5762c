//! Reminders from a real store: chosen, planned, and silent about what is done, paused or quiet.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_engine::model::boundary::QuietHours;
use belay_engine::model::goals::{Pause, Schedule};
use belay_engine::model::reminders::{MAX_PLANNED, RemindedOf, ReminderText};
use belay_engine::model::{LocalTime, OutcomeStatus};
use belay_engine::{BelayError, Engine, NewGoal, NewOutcome};

use crate::common::{Place, START_MS, evening};

const DAY_MS: i64 = 86_400_000;

fn at(text: &str) -> LocalTime {
    text.parse().unwrap()
}

fn goal(title: &str, schedule: Schedule) -> NewGoal {
    NewGoal {
        title: title.into(),
        schedule,
        ..NewGoal::default()
    }
}

/// The next planned instants as their date and time on the wall.
fn next(engine: &Engine, count: usize) -> Vec<String> {
    let planned = engine.reminders().unwrap().planned;
    let wall = planned
        .iter()
        .map(|next| format!("{} {}", next.on, next.time));
    wall.take(count).collect()
}

#[test]
fn what_is_done_paused_or_put_away_is_not_reminded_of() {
    let place = Place::new();
    let ada = place.create(None);
    assert!(
        ada.reminders().unwrap().planned.is_empty(),
        "nothing unless somebody asks"
    );
    ada.remind_of(None, vec![at("21:00")]).unwrap();
    let walk = ada.add_goal(goal("Walk", Schedule::Daily)).unwrap().name;
    ada.remind_of(Some(&walk), vec![at("20:00"), at("22:30")])
        .unwrap();
    // The clock stands at 19:30 on Monday 2 March.
    assert_eq!(
        next(&ada, 3),
        ["2026-03-02 20:00", "2026-03-02 21:00", "2026-03-02 22:30"]
    );
    ada.log_outcome(NewOutcome {
        goal: walk,
        on: None,
        status: OutcomeStatus::Done,
        note: None,
        reason: None,
        amount: None,
    })
    .unwrap();
    assert_eq!(next(&ada, 2), ["2026-03-02 21:00", "2026-03-03 20:00"]);
    ada.write_check_in(evening("walked")).unwrap();
    assert_eq!(next(&ada, 1), ["2026-03-03 20:00"]);
    let pause = Pause {
        first: "2026-03-03".parse().unwrap(),
        last: Some("2026-03-09".parse().unwrap()),
        reason: None,
    };
    ada.pause_goals(Some(&walk), pause).unwrap();
    assert_eq!(next(&ada, 1), ["2026-03-03 21:00"], "only the check-in");
    ada.pause_goals(None, pause).unwrap();
    assert_eq!(next(&ada, 1), ["2026-03-10 20:00"]);
    ada.archive_goal(&walk).unwrap();
    assert_eq!(next(&ada, 1), ["2026-03-10 21:00"]);
}

#[test]
fn at_most_sixty_are_planned_and_none_names_anything() {
    let place = Place::new();
    let ada = place.create(None);
    for title in ["Meeting with my sponsor", "Pills"] {
        let name = ada.add_goal(goal(title, Schedule::Daily)).unwrap().name;
        let times = ["08:00", "12:00", "18:00"].map(at).to_vec();
        ada.remind_of(Some(&name), times).unwrap();
    }
    let view = ada.reminders().unwrap();
    assert_eq!(view.planned.len(), MAX_PLANNED);
    assert!(view.planned.is_sorted_by_key(|next| next.at_ms));
    assert!(view.planned[0].at_ms > START_MS);
    let json = serde_json::to_string(&view.planned).unwrap();
    assert!(!json.contains("sponsor") && !json.contains("Pills"));
    assert!(
        view.planned
            .iter()
            .all(|next| next.text == ReminderText::Moment)
    );
    let said = ada.set_reminders_say_what(true).unwrap();
    assert_eq!(
        said.planned[0].text,
        ReminderText::Several,
        "two goals at one instant are one"
    );
}

#[test]
fn quiet_hours_hold_back_and_what_was_put_off_comes_once_more() {
    let place = Place::new();
    let ada = place.create(None);
    ada.remind_of(None, vec![at("23:00")]).unwrap();
    let night = QuietHours {
        from: at("22:00"),
        to: at("07:00"),
    };
    ada.set_quiet_hours(vec![night]).unwrap();
    assert!(
        ada.reminders().unwrap().planned.is_empty(),
        "its end is another day"
    );
    ada.set_quiet_hours(Vec::new()).unwrap();
    let later = START_MS + 20 * 60_000;
    let put_off = ada.snooze_reminder(RemindedOf::CheckIn, later).unwrap();
    assert_eq!(put_off.planned[0].at_ms, later);
    let past = ada
        .snooze_reminder(RemindedOf::CheckIn, START_MS - 1)
        .unwrap_err();
    let out_of_range = BelayError::InvalidInput {
        field: "until_ms",
        rule: "out_of_range",
    };
    assert_eq!(past, out_of_range);
    ada.write_check_in(evening("done")).unwrap();
    assert_ne!(
        ada.reminders().unwrap().planned[0].at_ms,
        later,
        "it is done"
    );
}

#[test]
fn times_stay_on_the_wall_when_their_person_travels_and_impossible_ones_are_refused() {
    let place = Place::new();
    let ada = place.create(None);
    ada.remind_of(None, vec![at("21:00")]).unwrap();
    let berlin = ada.reminders().unwrap().planned[0];
    place.clock.travel_to("America/New_York");
    let there = ada.reminders().unwrap().planned[0];
    assert_eq!(
        (there.on, there.time, there.id),
        (berlin.on, berlin.time, berlin.id)
    );
    assert_eq!(there.at_ms - berlin.at_ms, 6 * 3_600_000);
    let before = ada.projection_dump().unwrap();
    let twice = ada.remind_of(None, vec![at("21:00"), at("21:00")]);
    assert!(matches!(
        twice,
        Err(BelayError::InvalidInput {
            field: "times",
            rule: "twice"
        })
    ));
    let never = QuietHours {
        from: at("21:00"),
        to: at("21:00"),
    };
    let same = ada.set_quiet_hours(vec![never]);
    let rule = "same_times";
    assert!(matches!(same, Err(BelayError::InvalidInput { rule: said, .. }) if said == rule));
    assert_eq!(ada.projection_dump().unwrap(), before);
    ada.rebuild_projection().unwrap();
    place.clock.advance_ms(DAY_MS);
    assert_eq!(ada.reminders().unwrap().check_in_times, [at("21:00")]);
}
