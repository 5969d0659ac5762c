//! What an entry was begun from, what it said before, and the way back (J4, J6).

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::collections::BTreeSet;

use belay_engine::model::{DocName, Mood, PieceFate};
use belay_engine::{
    BelayError, Engine, EntryEdit, EntryPart, NewEntry, TextChange, known_template,
};
use common::Place;
use proptest::prelude::*;

const MINUTE: i64 = 60_000;

fn write(engine: &Engine, text: &str) -> DocName {
    let new = NewEntry {
        text: text.to_owned(),
        ..NewEntry::default()
    };
    engine.write_entry(new).unwrap().name
}

fn retype(place: &Place, engine: &Engine, name: &DocName, after: &str) {
    place.clock.advance_ms(MINUTE);
    let before = engine.entry(name).unwrap().entry.text;
    let edit = EntryEdit {
        text: Some(TextChange {
            before,
            after: after.to_owned(),
        }),
        ..EntryEdit::default()
    };
    engine.edit_entry(name, edit).unwrap();
}

fn text(engine: &Engine, name: &DocName) -> String {
    engine.entry(name).unwrap().entry.text
}

#[test]
fn an_entry_keeps_what_it_was_begun_from_and_a_later_template_is_refused_before_anything_is_written()
 {
    let place = Place::new();
    let ada = place.create(None);
    let offers = ada.writing_offers(None, "de-AT").unwrap();
    assert!(offers.for_the_day[0].strength && offers.prompts[0].strength);
    let template = offers.templates.iter().find(|it| it.name == "week_back@1");
    let template = template.unwrap();
    let new = |named: &str| NewEntry {
        text: format!("{}Viel gelacht.", template.skeleton),
        template: Some(named.to_owned()),
        ..NewEntry::default()
    };
    let written = ada.write_entry(new("week_back")).unwrap();
    assert_eq!(written.entry.template.as_deref(), Some("week_back@1"));
    assert_eq!(known_template("week_back").unwrap(), written.entry.template);
    let newer = ada.write_entry(new("week_back@7")).unwrap_err();
    assert_eq!(newer.detail().unwrap(), "template-newer");
    let unknown = ada.write_entry(new("nothing_such")).unwrap_err();
    assert_eq!(unknown, BelayError::NotFound { what: "template" });
    assert_eq!(ada.entries(&<_>::default()).unwrap().entries.len(), 1);
    drop(ada);
    let ada = place.open(None).unwrap();
    let there = ada.entry(&written.name).unwrap().entry;
    assert_eq!(there, written.entry);
}

#[test]
fn the_past_of_an_entry_tells_when_and_where_which_words_came_and_went() {
    let place = Place::new();
    let ada = place.create(None);
    let name = write(&ada, "We walked to the sea.");
    retype(&place, &ada, &name, "We ran to the wide sea.");
    place.clock.advance_ms(MINUTE);
    let edit = EntryEdit {
        title: Some(Some("A run".to_owned())),
        mood: Some(Some(Mood::new(5).unwrap())),
        ..EntryEdit::default()
    };
    ada.edit_entry(&name, edit).unwrap();
    let history = ada.entry_history(&name, None).unwrap();
    assert_eq!(history.title.as_deref(), Some("A run"));
    let parts: Vec<_> = history.states.iter().map(|it| it.changed.clone()).collect();
    assert_eq!(
        parts,
        [
            vec![EntryPart::Title, EntryPart::Mood],
            vec![EntryPart::Text],
            vec![EntryPart::Text, EntryPart::Day],
        ]
    );
    let second = &history.states[1];
    assert!(second.this_device && !second.deleted);
    assert_eq!((second.words_added, second.words_removed), (2, 1));
    assert_eq!(second.at_ms, Some(common::START_MS + MINUTE));
    let state = ada.entry_state(&name, &second.state).unwrap();
    let gone: Vec<&str> = state
        .from_before
        .pieces
        .iter()
        .filter(|piece| piece.fate == PieceFate::Removed)
        .map(|piece| piece.text.as_str())
        .collect();
    assert_eq!(gone, ["walked"]);
    assert!(state.from_present.is_empty() && state.may_restore);
    assert_eq!(state.entry.title, None);
    let newest = ada.entry_history(&name, Some(1)).unwrap();
    assert_eq!((newest.states.len(), newest.earlier), (1, 2));
    assert_eq!(newest.states[0], history.states[0]);
    let present = ada.entry_state(&name, &newest.states[0].state).unwrap();
    assert!(!present.may_restore);
}

#[test]
fn an_earlier_state_comes_back_as_a_new_change_and_the_present_one_stays_in_the_past() {
    let place = Place::new();
    let ada = place.create(None);
    let new = NewEntry {
        text: "careful words".to_owned(),
        title: Some("Kept".to_owned()),
        tags: BTreeSet::from(["sea".to_owned()]),
        ..NewEntry::default()
    };
    let first = ada.write_entry(new).unwrap();
    let name = first.name;
    retype(&place, &ada, &name, "");
    place.clock.advance_ms(MINUTE);
    let emptied = EntryEdit {
        tags: Some(BTreeSet::new()),
        ..EntryEdit::default()
    };
    ada.edit_entry(&name, emptied).unwrap();
    let before = ada.entry_history(&name, None).unwrap();
    place.clock.advance_ms(MINUTE);
    let restored = ada
        .restore_entry_state(&name, &before.states[2].state)
        .unwrap();
    assert_eq!(restored.entry.text, "careful words");
    assert_eq!(restored.entry.tags, first.entry.tags);
    assert_eq!(restored.entry.written, first.entry.written);
    assert!(restored.entry.edited_at_ms.is_some());
    let after = ada.entry_history(&name, None).unwrap();
    assert_eq!(after.states[1..], before.states);
    // Found again by its words, and going back undoes it.
    assert_eq!(ada.search("careful", None, None).unwrap().found.len(), 1);
    place.clock.advance_ms(MINUTE);
    ada.restore_entry_state(&name, &before.states[0].state)
        .unwrap();
    assert_eq!(text(&ada, &name), "");
    assert_eq!(ada.search("careful", None, None).unwrap().found.len(), 0);
    let dump = ada.projection_dump().unwrap();
    ada.rebuild_projection().unwrap();
    assert_eq!(ada.projection_dump().unwrap(), dump);
}

#[test]
fn a_state_that_never_was_and_an_entry_that_is_gone_are_told_apart_and_nothing_changes() {
    let place = Place::new();
    let ada = place.create(None);
    let name = write(&ada, "one");
    let state = ada.entry_history(&name, None).unwrap().states.remove(0);
    let missing = |what| BelayError::NotFound { what };
    for other in ["", "x", "0123456789abcdef"] {
        let refused = ada.restore_entry_state(&name, other).unwrap_err();
        assert_eq!(refused, missing("entry-state"), "{other}");
    }
    place.clock.advance_ms(MINUTE);
    ada.delete_entry(&name).unwrap();
    let refused = ada.restore_entry_state(&name, &state.state).unwrap_err();
    assert_eq!(refused, missing("entry"));
    // Its past can still be read, and says that it was deleted.
    let history = ada.entry_history(&name, None).unwrap();
    assert_eq!(history.states[0].changed, [EntryPart::Deleted]);
    assert!(history.states[0].deleted);
    ada.erase_entry(&name).unwrap();
    let gone = ada.entry_history(&name, None).unwrap_err();
    assert_eq!(gone, missing("entry"));
    let gone = ada.entry_state(&name, &state.state).unwrap_err();
    assert_eq!(gone, missing("entry"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_was_typed_every_state_of_it_comes_back_letter_by_letter(
        texts in proptest::collection::vec("[ab \n.é\u{301}😀\u{200d}👩שؤक्字ท]{1,20}", 1..6),
        pick in 0usize..6,
    ) {
        let place = Place::new();
        let ada = place.create(None);
        let name = write(&ada, "begun");
        let mut expected = vec!["begun".to_owned()];
        for after in &texts {
            // An entry needs words; the same words once more are no new state.
            if after.trim().is_empty() || expected.last() == Some(after) {
                continue;
            }
            retype(&place, &ada, &name, after);
            expected.push(after.clone());
        }
        let history = ada.entry_history(&name, None).unwrap();
        prop_assert_eq!(history.states.len(), expected.len());
        for (state, words) in history.states.iter().rev().zip(&expected) {
            prop_assert_eq!(&ada.entry_state(&name, &state.state).unwrap().entry.text, words);
        }
        let pick = pick % expected.len();
        place.clock.advance_ms(MINUTE);
        let state = &history.states[expected.len() - 1 - pick].state;
        ada.restore_entry_state(&name, state).unwrap();
        prop_assert_eq!(&text(&ada, &name), &expected[pick]);
    }
}
