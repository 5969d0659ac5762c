//! Journal entries on one device and on two.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;

use belay_model::{DayStart, DocName, JournalEntry, Mood};
use belay_protocol::DocKind;
use belay_protocol::limits::{CHANGE_MAX, CHANGE_OPERATIONS_MAX};
use proptest::prelude::*;

use super::document_tests::{NOW, PHONE, TABLET, deliver, moment, space};
use super::*;
use crate::changes::ActorBytes;

const KIND: DocKind = DocKind::JournalEntry;
/// Letters of several scripts, marks that join the letter before, emoji of several characters.
const ANY: &str = "[ab \n.é\u{301}😀\u{200d}👩שؤक्字ท]{0,16}";

fn entry(text: &str) -> JournalEntry {
    let on = "2026-03-03".parse().unwrap();
    JournalEntry::new(on, text.to_owned(), moment(), DayStart::MIDNIGHT)
}

fn write(document: &mut SelfDocument, by: ActorBytes, text: &str) -> Vec<Vec<u8>> {
    let now = document.text().unwrap();
    let draft = Draft::new().edit_entry_text(&now, &now, text);
    document.write(&by, NOW, &draft).unwrap()
}

fn begun(text: &str) -> (SelfDocument, SelfDocument) {
    let mut phone = SelfDocument::new(KIND).unwrap();
    let draft = Draft::new().journal_entry(&entry(text), &phone).unwrap();
    let changes = phone.write(&PHONE, NOW, &draft).unwrap();
    let tablet = SelfDocument::load(KIND, &changes).unwrap();
    (phone, tablet)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_sequence_of_edits_leaves_the_text_that_was_typed_last(
        texts in proptest::collection::vec(ANY, 1..6),
    ) {
        let mut document = SelfDocument::new(KIND).unwrap();
        let mut changes = Vec::new();
        for text in &texts {
            changes.extend(write(&mut document, PHONE, text));
            prop_assert_eq!(&document.text().unwrap(), text);
        }
        let loaded = SelfDocument::load(KIND, &changes).unwrap();
        prop_assert_eq!(loaded.text().unwrap(), document.text().unwrap());
    }

    #[test]
    fn two_devices_that_edit_and_exchange_in_any_order_end_with_one_text(
        steps in proptest::collection::vec((0u8..4, ANY), 1..10),
    ) {
        let (mut phone, mut tablet) = begun("We walked.\nकी 😀 字");
        let (mut to_tablet, mut to_phone) = (Vec::new(), Vec::new());
        for (step, text) in &steps {
            match step {
                0 => to_tablet.extend(write(&mut phone, PHONE, text)),
                1 => to_phone.extend(write(&mut tablet, TABLET, text)),
                2 => deliver(&mut tablet, PHONE, &std::mem::take(&mut to_tablet)),
                _ => {
                    // What the tablet wrote may follow what the phone has not sent it yet: both ways.
                    deliver(&mut tablet, PHONE, &std::mem::take(&mut to_tablet));
                    deliver(&mut phone, TABLET, &std::mem::take(&mut to_phone));
                }
            }
        }
        deliver(&mut tablet, PHONE, &to_tablet);
        deliver(&mut phone, TABLET, &to_phone);
        prop_assert_eq!(phone.text().unwrap(), tablet.text().unwrap());
        prop_assert_eq!(phone.heads(), tablet.heads());
    }
}

#[test]
fn changes_of_two_devices_at_different_words_both_stay() {
    let (mut phone, mut tablet) = begun("We walked to the sea. We rested. It rained.");
    let from_phone = write(
        &mut phone,
        PHONE,
        "We ran to the sea. We rested. It rained hard.",
    );
    let from_tablet = write(
        &mut tablet,
        TABLET,
        "We walked to the wide sea. We slept. It rained.",
    );
    deliver(&mut phone, TABLET, &from_tablet);
    deliver(&mut tablet, PHONE, &from_phone);
    let merged = "We ran to the wide sea. We slept. It rained hard.";
    assert_eq!(phone.text().unwrap(), merged);
    assert_eq!(tablet.text().unwrap(), merged);
}

#[test]
fn an_edit_of_a_text_that_was_opened_before_a_merge_keeps_what_the_merge_brought() {
    let (mut phone, _) = begun("We walked. We rested.");
    let opened = phone.text().unwrap();
    write(&mut phone, PHONE, "We walked. We rested. It rained.");
    let now = phone.text().unwrap();
    let draft = Draft::new().edit_entry_text(&now, &opened, "We hiked. We rested.");
    phone.write(&PHONE, NOW, &draft).unwrap();
    assert_eq!(phone.text().unwrap(), "We hiked. We rested. It rained.");
}

#[test]
fn tags_and_goals_that_two_devices_add_both_stay_and_a_removed_one_is_gone() {
    let (mut phone, _) = begun("text");
    let mut tagged = entry("text");
    tagged.tags = BTreeSet::from(["sea".to_owned(), "rain".to_owned()]);
    tagged.mood = Some(Mood::new(4).unwrap());
    tagged.prompt = Some("What went well?".to_owned());
    let mut changes = Vec::new();
    let draft = Draft::new().journal_entry(&tagged, &phone).unwrap();
    changes.extend(phone.write(&PHONE, NOW, &draft).unwrap());
    assert_eq!(phone.journal_entry(), Ok(tagged.clone()));

    let (_, mut tablet) = begun("text");
    deliver(&mut tablet, PHONE, &changes);
    let mut on_phone = tagged.clone();
    on_phone.tags.remove("rain");
    on_phone.goals.insert(DocName::from_bytes([5; 16]));
    let mut on_tablet = tagged.clone();
    on_tablet.tags.insert("字".to_owned());
    let draft = Draft::new().journal_entry(&on_phone, &phone).unwrap();
    let from_phone = phone.write(&PHONE, NOW, &draft).unwrap();
    let draft = Draft::new().journal_entry(&on_tablet, &tablet).unwrap();
    let from_tablet = tablet.write(&TABLET, NOW, &draft).unwrap();
    deliver(&mut phone, TABLET, &from_tablet);
    deliver(&mut tablet, PHONE, &from_phone);
    let merged = phone.journal_entry().unwrap();
    assert_eq!(tablet.journal_entry(), Ok(merged.clone()));
    assert_eq!(
        merged.tags,
        BTreeSet::from(["sea".to_owned(), "字".to_owned()])
    );
    assert_eq!(merged.goals, on_phone.goals);
}

#[test]
fn a_passage_that_was_given_is_noted_beside_the_text() {
    let (mut phone, _) = begun("text");
    let name = DocName::from_bytes([5; 16]);
    let draft = Draft::new().passage_given(&space(1), &name);
    phone.write(&PHONE, NOW, &draft).unwrap();
    assert_eq!(phone.passages_given(), Ok(vec![(space(1), name)]));
    assert_eq!(phone.journal_entry(), Ok(entry("text")));
    assert_eq!(phone.shared_spaces(), Ok(vec![]));
}

#[test]
fn any_mixture_of_large_and_small_edits_keeps_to_the_limits_of_a_change() {
    let mut document = SelfDocument::new(KIND).unwrap();
    let steps = [
        "字".repeat(8_000),
        // A full change of new characters in place of a few.
        format!("{}a{}", "é".repeat(8_000), "字".repeat(7_700)),
        // Thousands of single places.
        "ab 😀\n".repeat(6_000),
        "ac 😀\n".repeat(6_000),
        String::new(),
    ];
    for text in &steps {
        let now = document.text().unwrap();
        let draft = Draft::new().edit_entry_text(&now, &now, text);
        let changes = document.write(&PHONE, NOW, &draft).unwrap();
        assert_eq!(&document.text().unwrap(), text);
        assert!(changes.iter().all(|change| change.len() <= CHANGE_MAX));
        assert!(changes.len() < CHANGE_OPERATIONS_MAX);
    }
}
