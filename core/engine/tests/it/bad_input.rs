//! What nobody should have to type, and what comes of it: a clear answer, nothing half done, nothing lost.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::collections::BTreeSet;

use belay_engine::model::limits::MAX_ENTRY_TEXT_BYTES;
use belay_engine::{Engine, EntryEdit, NewEntry, TextChange};
use common::Place;

fn entry(text: &str) -> NewEntry {
    NewEntry {
        text: text.to_owned(),
        ..NewEntry::default()
    }
}

fn refused(engine: &Engine, new: NewEntry) -> String {
    engine.write_entry(new).unwrap_err().detail().unwrap()
}

fn written(engine: &Engine) -> usize {
    engine.entries(&<_>::default()).unwrap().entries.len()
}

#[test]
fn ten_thousand_tags_are_refused_at_once_and_the_entry_stays_as_it_was() {
    let place = Place::new();
    let ada = place.create(None);
    let many: BTreeSet<String> = (0..10_000).map(|number| format!("tag {number}")).collect();
    let new = NewEntry {
        tags: many.clone(),
        ..entry("words")
    };
    assert_eq!(refused(&ada, new), "tags.out_of_range");
    assert_eq!(written(&ada), 0);
    let there = ada.write_entry(entry("words")).unwrap();
    let edit = EntryEdit {
        tags: Some(many),
        title: Some(Some("A title".to_owned())),
        ..EntryEdit::default()
    };
    let error = ada.edit_entry(&there.name, edit).unwrap_err();
    assert_eq!(error.detail().unwrap(), "tags.out_of_range");
    assert_eq!(ada.entry(&there.name).unwrap().entry, there.entry);
}

#[test]
fn a_text_above_a_mebibyte_is_refused_and_its_draft_and_the_entry_stay() {
    let place = Place::new();
    let ada = place.create(None);
    let long = "ø".repeat(MAX_ENTRY_TEXT_BYTES / 2 + 1);
    assert_eq!(refused(&ada, entry(&long)), "entry.too_many_bytes");
    let there = ada.write_entry(entry("short")).unwrap();
    let edit = EntryEdit {
        text: Some(TextChange {
            before: "short".to_owned(),
            after: long.clone(),
        }),
        ..EntryEdit::default()
    };
    let error = ada.edit_entry(&there.name, edit).unwrap_err();
    assert_eq!(error.detail().unwrap(), "entry.too_many_bytes");
    assert_eq!(ada.entry(&there.name).unwrap().entry, there.entry);
    ada.keep_draft(Some(&there.name), &long).unwrap();
    assert_eq!(ada.drafts().unwrap()[0].text, long);
}

#[test]
fn right_to_left_zero_width_and_control_characters_are_kept_in_a_text_and_kept_out_of_a_line() {
    let place = Place::new();
    let ada = place.create(None);
    let odd =
        "\u{202e}drawer\u{202c} \u{200f}שלום\u{200e} a\u{200b}b\u{feff} bell\u{7} nul\u{0} end\r\n";
    let there = ada.write_entry(entry(odd)).unwrap();
    assert_eq!(ada.entry(&there.name).unwrap().entry.text, odd);
    assert_eq!(ada.search("שלום", None, None).unwrap().found.len(), 1);
    assert_eq!(ada.search("drawer", None, None).unwrap().found.len(), 1);
    for (title, rule) in [
        ("two\nlines", "title.control_character"),
        ("bell\u{7}", "title.control_character"),
        ("\u{200b}\u{2060}", "title.empty"),
    ] {
        let new = NewEntry {
            title: Some(title.to_owned()),
            ..entry("words")
        };
        assert_eq!(refused(&ada, new), rule);
    }
    for (tag, rule) in [
        ("nul\u{0}", "tags.control_character"),
        ("\u{200d}", "tags.empty"),
    ] {
        let new = NewEntry {
            tags: BTreeSet::from([tag.to_owned()]),
            ..entry("words")
        };
        assert_eq!(refused(&ada, new), rule);
    }
    assert_eq!(written(&ada), 1);
}
