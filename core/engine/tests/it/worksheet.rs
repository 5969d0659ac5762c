//! A worksheet is an entry, and its plan becomes goals (S1).

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_engine::model::{CivilDay, DocName};
use belay_engine::{BelayError, Engine, NewEntry, NewGoal};
use common::Place;

fn worksheet(engine: &Engine, language: &str, plan: &str) -> DocName {
    let offers = engine.writing_offers(None, language).unwrap();
    let template = offers
        .templates
        .iter()
        .find(|it| it.name == "problem_worksheet@1");
    let template = template.unwrap();
    let heading = &template.steps.last().unwrap().title;
    let begun = format!("## {heading}\n\n");
    let text = template
        .skeleton
        .replace(&begun, &format!("{begun}{plan}\n"));
    let new = NewEntry {
        text,
        template: Some(template.name.clone()),
        ..NewEntry::default()
    };
    engine.write_entry(new).unwrap().name
}

fn goal(title: &str) -> NewGoal {
    NewGoal {
        title: title.to_owned(),
        ..NewGoal::default()
    }
}

#[test]
fn the_lines_of_a_plan_become_goals_that_its_entry_names() {
    let place = Place::new();
    let ada = place.create(None);
    for language in ["en", "de", "es"] {
        let name = worksheet(
            &ada,
            language,
            "- [ ] Ring at Sam's\n2. Sleep before eleven",
        );
        let lines = ada.plan_lines(&name).unwrap();
        let texts: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            ["Ring at Sam's", "Sleep before eleven"],
            "{language}"
        );
        let made = vec![goal("Ring at Sam's"), goal("Sleep before eleven")];
        let entry = ada.make_goals_of_plan(&name, made).unwrap().entry;
        assert_eq!(entry.goals.len(), 2);
        let lines = ada.plan_lines(&name).unwrap();
        assert!(lines.iter().all(|line| line.goal.is_some()));
    }
    assert_eq!(ada.goals().unwrap().len(), 6);
    let plain = NewEntry {
        text: "## Plan\n\n- not from the worksheet".to_owned(),
        ..NewEntry::default()
    };
    let plain = ada.write_entry(plain).unwrap().name;
    assert_eq!(ada.plan_lines(&plain).unwrap(), []);
}

#[test]
fn where_one_goal_of_a_plan_breaks_a_rule_none_of_them_begins() {
    let place = Place::new();
    let ada = place.create(None);
    let name = worksheet(&ada, "en", "- Walk");
    let before = ada.entry(&name).unwrap().entry;
    let early: CivilDay = "2020-01-01".parse().unwrap();
    let impossible = NewGoal {
        starts_on: Some("2026-03-02".parse().unwrap()),
        ends_on: Some(early),
        ..goal("Swim")
    };
    let refused = ada
        .make_goals_of_plan(&name, vec![goal("Walk"), impossible])
        .unwrap_err();
    assert_eq!(refused.code(), "invalid-input");
    assert_eq!(ada.goals().unwrap().len(), 0);
    assert_eq!(ada.entry(&name).unwrap().entry, before);
    let none = ada.make_goals_of_plan(&name, Vec::new()).unwrap_err();
    assert_eq!(none.detail().unwrap(), "goals.empty");
    let missing = DocName::from_bytes([7; 16]);
    let missing = ada.make_goals_of_plan(&missing, vec![goal("Walk")]);
    assert_eq!(missing.unwrap_err(), BelayError::NotFound { what: "entry" });
}
