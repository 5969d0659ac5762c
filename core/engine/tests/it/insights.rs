//! The week and the months behind it, from a real store.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_engine::model::insights::ReviewPart;
use belay_engine::model::{CivilDay, Emotion, Mood, OutcomeStatus, Weekday};
use belay_engine::{BelayError, Engine, NewCheckIn, NewEntry, NewGoal, NewOutcome, SettingsEdit};

use crate::common::Place;

const DAY_MS: i64 = 86_400_000;

fn keys(engine: &Engine, day: Option<CivilDay>) -> Vec<&'static str> {
    let week = engine.week_review(day).unwrap();
    week.parts.iter().map(ReviewPart::key).collect()
}

fn check_in(engine: &Engine, mood: u8, win: Option<&str>, struggle: Option<&str>) {
    let new = NewCheckIn {
        mood: Some(Mood::new(mood).unwrap()),
        win: win.map(str::to_owned),
        struggle: struggle.map(str::to_owned),
        emotions: [Emotion::Calm].into(),
        ..NewCheckIn::default()
    };
    engine.write_check_in(new).unwrap();
}

#[test]
fn a_week_begins_with_what_went_well_and_an_empty_one_with_being_here() {
    let place = Place::new();
    let ada = place.create(None);
    assert_eq!(keys(&ada, None), ["here_now", "look_ahead"]);
    check_in(&ada, 2, None, Some("slept badly"));
    assert_eq!(keys(&ada, None)[0], "was_here");
    place.clock.advance_ms(DAY_MS);
    check_in(&ada, 4, Some("called Mira"), None);
    let walk = NewGoal {
        title: "Walk".into(),
        ..NewGoal::default()
    };
    let goal = ada.add_goal(walk).unwrap().name;
    ada.log_outcome(NewOutcome {
        goal,
        on: None,
        status: OutcomeStatus::Done,
        note: None,
        reason: None,
        amount: None,
    })
    .unwrap();
    let week = ada.week_review(None).unwrap();
    let ReviewPart::Wins(wins) = &week.parts[0] else {
        panic!("{:?}", week.parts);
    };
    assert_eq!(wins[0].text, "called Mira");
    assert_eq!(week.goals[0].title, "Walk");
    assert_eq!(
        keys(&ada, None),
        [
            "wins",
            "done",
            "was_here",
            "mood",
            "feelings",
            "was_hard",
            "look_ahead"
        ]
    );
    let before = week.week.first.minus_days(1);
    assert_eq!(keys(&ada, before), ["here_now", "look_ahead"]);
    assert!(ada.week_review(before).unwrap().has_later);
}

#[test]
fn a_week_begins_on_the_day_that_its_person_chose() {
    let place = Place::new();
    let ada = place.create(None);
    assert_eq!(
        ada.week_review(None).unwrap().week.first,
        ada.today_on().unwrap()
    );
    let sunday = SettingsEdit {
        week_start: Some(Weekday::Sunday),
        ..SettingsEdit::default()
    };
    ada.edit_settings(sunday).unwrap();
    let week = ada.week_review(None).unwrap().week;
    assert_eq!(week.first.weekday(), Weekday::Sunday);
    assert!(week.contains(ada.today_on().unwrap()));
}

#[test]
fn a_week_without_a_word_is_a_gap_and_days_out_of_order_are_refused() {
    let place = Place::new();
    let ada = place.create(None);
    check_in(&ada, 2, None, None);
    let entry = NewEntry {
        text: "quiet".into(),
        ..NewEntry::default()
    };
    ada.write_entry(entry).unwrap();
    place.clock.advance_ms(14 * DAY_MS);
    check_in(&ada, 4, None, None);
    check_in(&ada, 5, None, None);
    let view = ada.insights(None, None).unwrap();
    let moods: Vec<Option<u16>> = view
        .moods
        .iter()
        .map(|week| week.mood_thousandths)
        .collect();
    assert_eq!(moods[moods.len() - 3..], [Some(2_000), None, Some(4_500)]);
    assert_eq!(
        view.days.last().unwrap().mood,
        Mood::new(5).unwrap(),
        "the last of a day"
    );
    assert_eq!(
        (view.feelings[0].emotion, view.feelings[0].count),
        (Emotion::Calm, 3)
    );
    let today = ada.today_on().unwrap();
    let wrong = ada.insights(Some(today), today.minus_days(1)).unwrap_err();
    let out_of_range = BelayError::InvalidInput {
        field: "to",
        rule: "out_of_range",
    };
    assert_eq!(wrong, out_of_range);
}
