//! What the pages of the journal, of a goal and of settings ask for in one call each.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::collections::BTreeSet;

use belay_engine::model::{CivilDay, DocName, Schedule};
use belay_engine::{BelayError, Engine, EntryEdit, NewEntry, NewGoal, TextChange};
use common::{Place, evening};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn entry(text: &str, on: &str) -> NewEntry {
    NewEntry {
        text: text.to_owned(),
        on: Some(on.parse().unwrap()),
        ..NewEntry::default()
    }
}

fn goal(engine: &Engine, title: &str) -> DocName {
    let new = NewGoal {
        title: title.to_owned(),
        schedule: Schedule::Daily,
        why: None,
        audience: Default::default(),
        ..NewGoal::default()
    };
    engine.add_goal(new).unwrap().name
}

#[test]
fn a_month_comes_with_its_days_and_the_first_of_its_entries() {
    let place = Place::new();
    let ada = place.create(None);
    for day in 1..=3 {
        ada.write_entry(entry("Rain.", &format!("2026-03-0{day}")))
            .unwrap();
    }
    ada.write_entry(entry("Snow.", "2026-02-27")).unwrap();
    ada.write_check_in(evening("walked")).unwrap();
    let page = ada.month_page(None, None, Some(2)).unwrap();
    assert_eq!(page.today, ada.today_on().unwrap());
    assert_eq!(page.month, ada.month(page.today).unwrap());
    assert_eq!(page.month.days[1].moods.len(), 1);
    assert_eq!(page.page.entries.len(), 2);
    assert!(!page.has_later);
    let next = page.page.next.unwrap();
    let rest = ada.month_page(None, Some(next), Some(2)).unwrap();
    assert_eq!(rest.page.entries.len(), 1);
    let before: CivilDay = "2026-02-10".parse().unwrap();
    let before = ada.month_page(Some(before), None, None).unwrap();
    assert!(before.has_later && before.page.entries.len() == 1);
}

#[test]
fn an_entry_comes_with_what_its_goals_are_called() {
    let place = Place::new();
    let ada = place.create(None);
    let walk = goal(&ada, "Walk");
    goal(&ada, "Read");
    let new = NewEntry {
        goals: BTreeSet::from([walk]),
        ..entry("Up the hill.", "2026-03-02")
    };
    let name = ada.write_entry(new).unwrap().name;
    let page = ada.entry_page(&name).unwrap();
    assert_eq!(page.entry.entry.text, "Up the hill.");
    let titles: Vec<&str> = page.goals.iter().map(|goal| goal.title.as_str()).collect();
    assert_eq!(titles, ["Walk"]);
    assert_eq!(page.today, ada.today_on().unwrap());
    let unknown = DocName::from_bytes([7; 16]);
    assert!(ada.entry_page(&unknown).is_err());
}

#[test]
fn the_editor_of_a_new_entry_begins_on_the_persons_day_and_offers_what_they_use() {
    let place = Place::new();
    let ada = place.create(None);
    goal(&ada, "Walk");
    for tags in [vec!["hill", "rain"], vec!["rain"]] {
        ada.write_entry(NewEntry {
            tags: tags.into_iter().map(str::to_owned).collect(),
            ..entry("Wet.", "2026-03-01")
        })
        .unwrap();
    }
    ada.keep_draft(None, "half a sentence").unwrap();
    let form = ada.entry_editor(None, None).unwrap();
    assert_eq!((form.on, form.late), (form.today, false));
    assert!(form.entry.is_none());
    assert_eq!(form.tags, ["rain", "hill"]);
    assert_eq!(form.goals.len(), 1);
    assert_eq!(form.drafts.len(), 1);
    assert!(!form.drafts[0].behind);
    let earlier = form.today.minus_days(2);
    let earlier = ada.entry_editor(None, earlier).unwrap();
    assert!(earlier.late && earlier.on < earlier.today);
    assert!(ada.entry_editor(None, None).unwrap().tags == form.tags);
}

#[test]
fn a_draft_from_before_a_change_elsewhere_says_that_it_is_behind() {
    let place = Place::new();
    let ada = place.create(None);
    let name = ada
        .write_entry(entry("Up the hill.", "2026-03-02"))
        .unwrap()
        .name;
    ada.keep_draft(Some(&name), "Up the hill, in").unwrap();
    ada.keep_draft(None, "another page").unwrap();
    place.clock.advance_ms(1_000);
    ada.edit_entry(
        &name,
        EntryEdit {
            text: Some(TextChange {
                before: "Up the hill.".to_owned(),
                after: "Up the hill. Rain.".to_owned(),
            }),
            ..EntryEdit::default()
        },
    )
    .unwrap();
    place.clock.advance_ms(1_000);
    ada.keep_draft(Some(&name), "Up the hill. Rain. And")
        .unwrap();
    let form = ada.entry_editor(Some(&name), None).unwrap();
    let behind: Vec<bool> = form.drafts.iter().map(|draft| draft.behind).collect();
    assert_eq!(
        behind,
        [false, true],
        "latest first, and none of other pages"
    );
    assert_eq!(form.entry.unwrap().entry.text, "Up the hill. Rain.");
    ada.delete_entry(&name).unwrap();
    let refused = ada.entry_editor(Some(&name), None).unwrap_err();
    assert_eq!(refused, BelayError::NotFound { what: "entry" });
    assert!(ada.share_page(&name).is_err());
}

#[test]
fn a_goal_shows_a_year_up_to_the_persons_own_day_when_nobody_says() {
    let place = Place::new();
    let ada = place.create(None);
    let walk = goal(&ada, "Walk");
    place.clock.advance_ms(2 * DAY_MS);
    let page = ada.goal_page(&walk, None, None).unwrap();
    assert_eq!(page.days.len(), 366);
    assert_eq!(page.days.last().unwrap().on, page.today);
    assert!(page.partners.is_empty());
    let form = ada.goal_form().unwrap();
    assert_eq!(form.today, page.today);
}

#[test]
fn settings_and_relays_are_one_answer_each() {
    let place = Place::new();
    let ada = place.create(None);
    ada.set_relay(Some("https://relay.example"), false).unwrap();
    ada.set_self_copy(true).unwrap();
    ada.set_nearby(true).unwrap();
    let page = ada.settings_page().unwrap();
    assert_eq!(page.settings.settings, ada.settings().unwrap().settings);
    assert_eq!(page.settings.zone_in_force, "Europe/Berlin");
    assert!(page.nearby.on && page.nearby.met.is_empty());
    assert!(page.recovery_words_due);
    assert_eq!(page.relay, ada.relay_page().unwrap());
    let relay = Some("https://relay.example");
    assert_eq!(page.relay.relay.as_deref(), relay);
    assert_eq!(page.relay.self_copy.as_deref(), relay);
}

#[test]
fn months_are_counted_without_those_deleted() {
    let place = Place::new();
    let ada = place.create(None);
    let only = ada.write_entry(entry("Snow.", "2026-01-10")).unwrap();
    let first = ada.write_entry(entry("Rain.", "2026-02-10")).unwrap();
    ada.write_entry(entry("Wind.", "2026-02-11")).unwrap();
    let counts = || -> Vec<(String, u64)> {
        let months = ada.entry_months().unwrap().into_iter();
        months
            .map(|month| (month.first.to_string(), month.entries))
            .collect()
    };
    let of = |months: &[(&str, u64)]| -> Vec<(String, u64)> {
        let months = months.iter();
        months
            .map(|(first, entries)| ((*first).to_owned(), *entries))
            .collect()
    };
    assert_eq!(counts(), of(&[("2026-02-01", 2), ("2026-01-01", 1)]));
    ada.delete_entry(&only.name).unwrap();
    ada.delete_entry(&first.name).unwrap();
    assert_eq!(counts(), of(&[("2026-02-01", 1)]));
    ada.restore_entry(&only.name).unwrap();
    ada.erase_entry(&first.name).unwrap();
    assert_eq!(counts(), of(&[("2026-02-01", 1), ("2026-01-01", 1)]));
}

#[test]
fn today_remembers_other_years_in_the_same_answer() {
    let place = Place::new();
    let ada = place.create(None);
    assert!(ada.today().unwrap().on_this_day.is_empty());
    ada.write_entry(entry("The river was high.", "2024-03-02"))
        .unwrap();
    let years = ada.today().unwrap().on_this_day;
    assert_eq!((years.len(), years[0].years_ago), (1, 2));
}
