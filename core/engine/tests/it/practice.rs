//! The safety plan, small things that help, own words for the mood: for their person alone (S2, S3, C1).

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_engine::model::{Mood, MoodLabel};
use belay_engine::{NewKeptLine, NewPlanStep, SafetyPlanView, SettingsEdit, cards};
use common::Place;

fn step(id: &str, lines: &[&str]) -> NewPlanStep {
    NewPlanStep {
        id: id.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    }
}

fn lines<'a>(plan: &'a SafetyPlanView, id: &str) -> &'a [String] {
    &plan.steps.iter().find(|step| step.id == id).unwrap().lines
}

#[test]
fn the_safety_plan_keeps_its_lines_step_by_step_and_prints_as_a_page() {
    let place = Place::new();
    let ada = place.create(None);
    let empty = ada.safety_plan("en").unwrap();
    assert!(empty.is_empty && empty.steps.len() == 6);
    ada.save_safety_plan(vec![
        step(
            "warning_signs",
            &[" I stop answering. ", "", "I lie awake."],
        ),
        step("people_i_ask", &["Mira, 0000"]),
    ])
    .unwrap();
    ada.save_safety_plan(vec![step("people_i_ask", &["Jonas", "Mira, 0000"])])
        .unwrap();
    drop(ada);
    let ada = place.open(None).unwrap();
    let plan = ada.safety_plan("de").unwrap();
    assert!(!plan.is_empty && plan.others.is_empty());
    assert_eq!(
        lines(&plan, "warning_signs"),
        ["I stop answering.", "I lie awake."]
    );
    assert_eq!(lines(&plan, "people_i_ask"), ["Jonas", "Mira, 0000"]);
    assert!(plan.page.contains("\n- Jonas\n- Mira, 0000\n"));
    assert!(plan.notes.iter().all(|note| plan.page.contains(note)));
    assert!(plan.not_reviewed.is_some());
    let dump = ada.projection_dump().unwrap();
    ada.rebuild_projection().unwrap();
    assert_eq!(ada.projection_dump().unwrap(), dump);
    ada.save_safety_plan(vec![step("warning_signs", &[]), step("people_i_ask", &[])])
        .unwrap();
    assert!(ada.safety_plan("en").unwrap().is_empty);
}

#[test]
fn a_line_that_breaks_a_rule_changes_nothing_of_the_plan() {
    let place = Place::new();
    let ada = place.create(None);
    ada.save_safety_plan(vec![step("on_my_own", &["A shower"])])
        .unwrap();
    let detail = |steps| ada.save_safety_plan(steps).unwrap_err().detail().unwrap();
    assert_eq!(
        detail(vec![step("on_my_own", &["two\nlines"])]),
        "plan_line.control_character"
    );
    assert_eq!(
        detail(vec![step("on_my_own", &["a\u{202e}b"])]),
        "plan_line.control_character"
    );
    assert_eq!(
        detail(vec![step("on_my_own", &[]), step("seventh", &["x"])]),
        "plan_step.unknown_word"
    );
    let long = "x".repeat(501);
    assert_eq!(
        detail(vec![step("on_my_own", &[&long])]),
        "plan_line.too_many_characters"
    );
    let plan = ada.safety_plan("en").unwrap();
    assert_eq!(lines(&plan, "on_my_own"), ["A shower"]);
}

#[test]
fn the_safety_plan_is_read_with_the_key_only_also_where_own_people_are_shown_while_locked() {
    let place = Place::new();
    let ada = place.create(None);
    ada.save_safety_plan(vec![step("on_my_own", &["Rosalind's album"])])
        .unwrap();
    ada.set_own_people_shown_locked(true).unwrap();
    ada.shutdown().unwrap();
    for file in std::fs::read_dir(place.store()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let clear = bytes.windows(8).any(|window| window == b"Rosalind");
            assert!(!clear, "a word lies in clear in {path:?}");
        }
    }
}

#[test]
fn own_small_things_come_before_those_that_come_with_belay() {
    let place = Place::new();
    let ada = place.create(None);
    let thing = |what: &str, how: Option<&str>| NewKeptLine {
        what: what.to_owned(),
        how: how.map(str::to_owned),
    };
    let own = vec![
        thing("Tea", Some("the green one")),
        thing("The bench", None),
    ];
    ada.save_own_coping(own).unwrap();
    ada.save_safety_plan(vec![step("on_my_own", &["Tea"])])
        .unwrap();
    let library = ada.coping_library("es").unwrap();
    let own: Vec<_> = library.own.iter().map(|own| own.what.as_str()).collect();
    assert_eq!(own, ["Tea", "The bench"]);
    assert_eq!(library.own[0].how.as_deref(), Some("the green one"));
    assert!(library.ideas.len() > 20);
    assert!(cards("es").iter().all(|card| !card.say.is_empty()));
    ada.save_own_coping(vec![thing("The bench", None)]).unwrap();
    let library = ada.coping_library("en").unwrap();
    assert_eq!(library.own.len(), 1);
    let plan = ada.safety_plan("en").unwrap();
    assert_eq!(lines(&plan, "on_my_own"), ["Tea"]);
}

#[test]
fn own_words_for_the_mood_stand_in_the_settings_and_in_the_form() {
    let place = Place::new();
    let ada = place.create(None);
    let label = |step, label: &str| MoodLabel {
        mood: Mood::new(step).unwrap(),
        label: label.to_owned(),
    };
    let edit = |labels| SettingsEdit {
        mood_labels: Some(labels),
        ..SettingsEdit::default()
    };
    ada.edit_settings(edit(vec![label(5, "bright"), label(1, "storm")]))
        .unwrap();
    let refused = ada.edit_settings(edit(vec![label(2, "a"), label(2, "b")]));
    let refused = refused.unwrap_err().detail().unwrap();
    assert_eq!(refused, "mood_labels.not_allowed_here");
    drop(ada);
    let ada = place.open(None).unwrap();
    let settings = ada.settings().unwrap().settings;
    assert_eq!(
        settings.mood_labels,
        [label(1, "storm"), label(5, "bright")]
    );
    assert_eq!(settings.mood_word(Mood::new(1).unwrap()), "storm");
    assert_eq!(settings.mood_word(Mood::new(2).unwrap()), "hard");
    let form = ada.check_in_form(None, None, "en").unwrap();
    assert_eq!(form.mood_labels, settings.mood_labels);
    ada.edit_settings(edit(Vec::new())).unwrap();
    assert!(ada.settings().unwrap().settings.mood_labels.is_empty());
}
