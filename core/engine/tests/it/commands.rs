//! What can be written, and what a refusal leaves behind: nothing.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::collections::BTreeMap;

use belay_engine::model::{
    CheckInFields, DocName, OutcomeStatus, Schedule, SpaceId, Weekday, WeekdaySet,
};
use belay_engine::{BelayError, NewCheckIn, NewGoal, NewOutcome, SettingsEdit};
use common::{Place, evening};

fn daily(title: &str) -> NewGoal {
    NewGoal {
        title: title.to_owned(),
        schedule: Schedule::Daily,
        why: None,
        audience: BTreeMap::new(),
        ..NewGoal::default()
    }
}

#[test]
fn what_breaks_a_rule_is_named_and_nothing_of_it_is_written() {
    let place = Place::new();
    let ada = place.create(None);
    let goal = ada.add_goal(daily("Walk")).unwrap();
    let refused = [
        NewCheckIn::default(),
        evening(&"x".repeat(3_000)),
        NewCheckIn {
            on: Some("2026-03-09".parse().unwrap()),
            ..evening("from the future")
        },
        NewCheckIn {
            audience: Some(BTreeMap::from([(
                SpaceId::from_bytes([1; 32]),
                CheckInFields::all(),
            )])),
            ..evening("for nobody here")
        },
        NewCheckIn {
            outcomes: vec![
                outcome(goal.name, OutcomeStatus::Done),
                outcome(DocName::from_bytes([9; 16]), OutcomeStatus::Done),
            ],
            ..evening("with an unknown goal")
        },
    ];
    let before = ada.projection_dump().unwrap();
    let items = ada.status().unwrap().spaces[0].items;
    for new in refused {
        let error = ada.write_check_in(new).unwrap_err();
        assert!(
            matches!(
                error,
                BelayError::InvalidInput { .. } | BelayError::NotFound { .. }
            ),
            "{error:?}"
        );
    }
    assert_eq!(ada.projection_dump().unwrap(), before);
    assert_eq!(ada.status().unwrap().spaces[0].items, items);
}

fn outcome(goal: DocName, status: OutcomeStatus) -> NewOutcome {
    NewOutcome {
        goal,
        on: None,
        status,
        note: None,
        reason: None,
        amount: None,
    }
}

#[test]
fn a_goal_is_due_on_its_weekdays_and_what_came_of_it_can_be_logged_again() {
    let place = Place::new();
    let ada = place.create(None);
    let days = WeekdaySet::new([Weekday::Monday, Weekday::Thursday]).unwrap();
    let goal = ada
        .add_goal(NewGoal {
            schedule: Schedule::Weekdays(days),
            ..daily("Swim")
        })
        .unwrap();
    assert!(goal.due_today, "the clock stands on a Monday");
    ada.log_outcome(outcome(goal.name, OutcomeStatus::NotDone))
        .unwrap();
    ada.log_outcome(outcome(goal.name, OutcomeStatus::Done))
        .unwrap();
    let today = ada.today().unwrap();
    assert_eq!(today.goals.len(), 1);
    assert_eq!(
        today.goals[0].today.as_ref().unwrap().status,
        OutcomeStatus::Done
    );
    place.clock.advance_ms(86_400_000);
    assert!(ada.today().unwrap().goals.is_empty(), "not on a Tuesday");
    assert_eq!(ada.goal(&goal.name).unwrap().last_14.done, 1);
}

#[test]
fn what_was_noted_of_a_goal_can_be_taken_back_and_noted_anew() {
    let place = Place::new();
    let ada = place.create(None);
    let goal = ada.add_goal(daily("Walk")).unwrap().name;
    let on = ada.today_on().unwrap();
    let nothing = BelayError::NotFound { what: "outcome" };
    assert_eq!(ada.undo_outcome(&goal, on).unwrap_err(), nothing);
    ada.log_outcome(outcome(goal, OutcomeStatus::Done)).unwrap();
    let undone = ada.undo_outcome(&goal, on).unwrap();
    assert!(!undone.may_have_left, "it is shared with nobody");
    let open = ada.goal(&goal).unwrap();
    assert!(open.today.is_none() && open.last_14.done == 0);
    assert_eq!(ada.undo_outcome(&goal, on).unwrap_err(), nothing);
    ada.log_outcome(outcome(goal, OutcomeStatus::Partly))
        .unwrap();
    let noted = ada.goal(&goal).unwrap().today.unwrap();
    assert_eq!(noted.status, OutcomeStatus::Partly);
}

#[test]
fn a_check_in_after_midnight_belongs_to_the_day_that_the_persons_day_start_says() {
    let place = Place::new();
    let ada = place.create(None);
    ada.edit_settings(SettingsEdit {
        day_start: Some(belay_engine::model::DayStart::new(4).unwrap()),
        ..SettingsEdit::default()
    })
    .unwrap();
    // 03:10 in Berlin on the 3rd.
    place.clock.set_ms(1_772_503_800_000);
    let written = ada.write_check_in(evening("could not sleep")).unwrap();
    assert_eq!(written.check_in.on.to_string(), "2026-03-02");
    assert!(!written.late);
    let late = ada
        .write_check_in(NewCheckIn {
            on: Some("2026-03-01".parse().unwrap()),
            ..evening("forgot yesterday")
        })
        .unwrap();
    assert!(late.late);
}

#[test]
fn a_check_in_stays_on_its_writers_day_when_the_writer_flies_on() {
    let place = Place::new();
    let ada = place.create(None);
    let written = ada.write_check_in(evening("at home")).unwrap();
    place.clock.travel_to("Pacific/Auckland");
    assert_eq!(ada.today_on().unwrap().to_string(), "2026-03-03");
    let shown = ada.check_in(&written.name).unwrap();
    assert_eq!(shown.check_in.on.to_string(), "2026-03-02");
    assert_eq!(shown.check_in.written.zone().name(), "Europe/Berlin");
    assert_eq!(shown.check_in.written.zone().offset_seconds(), 3600);
}

#[test]
fn an_edit_within_the_hold_is_still_the_first_version_and_a_later_one_says_so() {
    let place = Place::new();
    let ada = place.create(None);
    let written = ada.write_check_in(evening("finshed")).unwrap();
    place.clock.advance_ms(5_000);
    let fixed = ada
        .edit_check_in(&written.name, evening("finished"))
        .unwrap();
    assert!(!fixed.edited);
    place.clock.advance_ms(60_000);
    let edited = ada
        .edit_check_in(&written.name, evening("finished early"))
        .unwrap();
    assert!(edited.edited);
    assert_eq!(ada.check_ins(9).unwrap().len(), 1);
}

#[test]
fn a_zone_nobody_knows_and_a_name_too_long_are_refused_by_name() {
    let place = Place::new();
    let ada = place.create(None);
    let zone = ada.edit_settings(SettingsEdit {
        zone_name: Some(Some("Mars/Olympus".to_owned())),
        ..SettingsEdit::default()
    });
    assert_eq!(zone.unwrap_err().code(), "invalid-input");
    let name = ada.edit_settings(SettingsEdit {
        display_name: Some("x".repeat(65)),
        ..SettingsEdit::default()
    });
    assert_eq!(name.unwrap_err().code(), "invalid-input");
    assert_eq!(ada.settings().unwrap().zone_in_force, "Europe/Berlin");
}

#[test]
fn plain_http_to_another_machine_needs_a_yes() {
    let place = Place::new();
    let ada = place.create(None);
    assert_eq!(
        ada.set_relay(Some("http://relay.example"), false)
            .unwrap_err()
            .detail()
            .as_deref(),
        Some("relay-plain-http")
    );
    assert_eq!(ada.relay().unwrap(), None);
    ada.set_relay(Some("http://relay.example"), true).unwrap();
    ada.set_relay(Some("http://127.0.0.1:8117/"), false)
        .unwrap();
    assert_eq!(
        ada.relay().unwrap().as_deref(),
        Some("http://127.0.0.1:8117")
    );
    assert_eq!(
        ada.set_relay(Some("not an address"), false)
            .unwrap_err()
            .code(),
        "invalid-input"
    );
}
