//! What a partner can see, as one list, and the partner on the form of a check-in.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::model::{CheckInField, CheckInFields, GoalField, GoalFields, Mood, Schedule};
use belay_engine::{NewCheckIn, NewEntry, NewGoal, NewPassage};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;

#[tokio::test]
async fn one_list_says_what_a_partner_sees_and_each_switch_changes_it() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = (
        Companion::new("Ada", &clock, 1),
        Companion::new("Sam", &clock, 2),
    );
    let space = pair(&ada, &sam, relay.origin()).await;
    let mood: CheckInFields = [CheckInField::Mood].into_iter().collect();
    ada.engine.set_usual_fields(&space, mood).unwrap();
    let title: GoalFields = [GoalField::Title].into_iter().collect();
    let goal = |title: &str, audience| NewGoal {
        title: title.to_owned(),
        schedule: Schedule::Daily,
        why: None,
        audience,
        ..NewGoal::default()
    };
    let walk = goal("Walk", BTreeMap::from([(space, title)]));
    let walk = ada.engine.add_goal(walk).unwrap().name;
    ada.engine.add_goal(goal("Read", BTreeMap::new())).unwrap();
    let shared = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        ..NewCheckIn::default()
    };
    let written = ada.engine.write_check_in(shared.clone()).unwrap();
    ada.engine
        .write_check_in(NewCheckIn {
            audience: Some(BTreeMap::new()),
            ..shared.clone()
        })
        .unwrap();
    let entry = ada
        .engine
        .write_entry(NewEntry {
            text: "The river was high.".to_owned(),
            ..NewEntry::default()
        })
        .unwrap();
    ada.engine
        .share_passage(NewPassage {
            entry: entry.name,
            space,
            text: "The river was high.".to_owned(),
            confirmed_not_compared: true,
            attachments: Vec::new(),
        })
        .unwrap();

    let list = ada.engine.they_see(&space).unwrap();
    assert_eq!(list.usual_fields, mood);
    let goals: Vec<_> = list
        .goals
        .iter()
        .map(|goal| (goal.title.as_str(), goal.fields))
        .collect();
    assert_eq!(goals, [("Walk", title), ("Read", GoalFields::empty())]);
    assert_eq!((list.check_ins, list.passages.len()), (1, 1));

    let form = ada.engine.check_in_form(None, None, "en").unwrap();
    assert_eq!(form.partners.len(), 1);
    assert_eq!(form.partners[0].name, "Sam");
    assert_eq!(form.partners[0].usual_fields, mood);
    assert_eq!(form.partners[0].present_fields, None);
    let edit = ada
        .engine
        .check_in_form(None, Some(written.name), "en")
        .unwrap();
    assert_eq!(edit.partners[0].present_fields, Some(mood));

    ada.engine
        .share_goal(&walk, &space, GoalFields::empty())
        .unwrap();
    ada.engine
        .retract_passage(&space, &list.passages[0].name)
        .unwrap();
    ada.engine.undo_check_in(&written.name).unwrap();
    ada.engine.pause_sharing(&space).unwrap();
    let list = ada.engine.they_see(&space).unwrap();
    assert!(list.goals.iter().all(|goal| goal.fields.is_empty()));
    assert_eq!((list.check_ins, list.passages.len()), (0, 0));
    assert!(list.partner.paused);
    assert!(ada.engine.check_in_form(None, None, "en").unwrap().partners[0].paused);
}
