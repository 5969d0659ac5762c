//! Two devices of one person, and two versions of the program, in one document.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_model::{CheckInField, CheckInFields, DayStart, DocName, Mood, Outcome, OutcomeStatus};
use belay_protocol::DocKind;

use super::document_tests::{NOW, PHONE, TABLET, deliver, full_check_in, moment, space, written};
use super::draft::SCHEMA;
use super::*;
use crate::DocumentError;

#[test]
fn edits_made_offline_by_two_devices_both_survive() {
    let check_in = full_check_in();
    let (mut phone, changes) = written(DocKind::CheckIn, &Draft::new().check_in(&check_in));
    let mut tablet = SelfDocument::load(DocKind::CheckIn, &changes).unwrap();
    let mut on_phone = check_in.clone();
    on_phone.win = Some("on the phone".into());
    let mut on_tablet = check_in.clone();
    on_tablet.plan = None;
    on_tablet.mood = Some(Mood::new(1).unwrap());
    let from_phone = phone
        .write(&PHONE, NOW, &Draft::new().check_in(&on_phone))
        .unwrap();
    let from_tablet = tablet
        .write(&TABLET, NOW, &Draft::new().check_in(&on_tablet))
        .unwrap();
    deliver(&mut phone, TABLET, &from_tablet);
    deliver(&mut tablet, PHONE, &from_phone);
    let merged = phone.check_in().unwrap();
    assert_eq!(tablet.check_in().unwrap(), merged);
    assert_eq!(merged.win, on_phone.win);
    assert_eq!((merged.plan, merged.mood), (None, on_tablet.mood));
}

#[test]
fn two_devices_that_log_the_same_day_write_one_outcome() {
    let name = DocName::from_bytes([5; 16]);
    let on = "2026-03-03".parse().unwrap();
    let outcome = |status| Outcome::new(on, status, moment(), DayStart::MIDNIGHT);
    let mut skipped = outcome(OutcomeStatus::Skipped);
    skipped.reason = Some("ill".into());
    let (mut phone, from_phone) = written(DocKind::Outcome, &Draft::new().outcome(name, &skipped));
    let mut tablet = SelfDocument::new(DocKind::Outcome).unwrap();
    let done = Draft::new().outcome(name, &outcome(OutcomeStatus::Done));
    let from_tablet = tablet.write(&TABLET, NOW, &done).unwrap();
    deliver(&mut phone, TABLET, &from_tablet);
    deliver(&mut tablet, PHONE, &from_phone);
    let merged = phone.outcome().unwrap();
    assert_eq!(tablet.outcome().unwrap(), merged);
    assert_eq!(
        merged.outcome.validate(),
        Ok(()),
        "no reason beside another status"
    );
}

#[test]
fn a_merge_never_shares_more_than_both_devices_chose() {
    let check_in = full_check_in();
    let draft = Draft::new().check_in(&check_in);
    let (mut phone, changes) = written(DocKind::CheckIn, &draft);
    let mut tablet = SelfDocument::load(DocKind::CheckIn, &changes).unwrap();
    let mood = CheckInFields::empty().with(CheckInField::Mood);
    let more = mood.with(CheckInField::Win);
    let draft = Draft::new().share_check_in(&space(1), more, &phone);
    let from_phone = phone.write(&PHONE, NOW, &draft).unwrap();
    let draft = Draft::new().share_check_in(&space(1), mood, &tablet);
    let from_tablet = tablet.write(&TABLET, NOW, &draft).unwrap();
    deliver(&mut phone, TABLET, &from_tablet);
    deliver(&mut tablet, PHONE, &from_phone);
    assert_eq!(phone.check_in_share(&space(1)), mood);
    assert_eq!(tablet.check_in_share(&space(1)), mood);
    let draft = Draft::new().share_check_in(&space(1), more, &phone);
    phone.write(&PHONE, NOW, &draft).unwrap();
    assert_eq!(phone.check_in_share(&space(1)), more);
}

#[test]
fn two_devices_that_publish_at_once_leave_both_notes_until_one_settles_them() {
    let (mut phone, changes) = written(DocKind::CheckIn, &Draft::new().check_in(&full_check_in()));
    let mut tablet = SelfDocument::load(DocKind::CheckIn, &changes).unwrap();
    let (left, right) = (
        PublishState::new(1, Some([1; 32])),
        PublishState::new(1, None),
    );
    let from_phone = phone
        .write(&PHONE, NOW, &Draft::new().published(&space(1), &left))
        .unwrap();
    let from_tablet = tablet
        .write(&TABLET, NOW, &Draft::new().published(&space(1), &right))
        .unwrap();
    deliver(&mut phone, TABLET, &from_tablet);
    deliver(&mut tablet, PHONE, &from_phone);
    let noted = phone.published(&space(1)).unwrap();
    assert_eq!(noted, [left, right]);
    let PublishStep::Note(settled) = next_publish_state(&noted, Some([2; 32]), Some(&right)) else {
        panic!("a conflict is settled");
    };
    assert_eq!(settled.rev, 2);
    phone
        .write(&PHONE, NOW, &Draft::new().published(&space(1), &settled))
        .unwrap();
    assert_eq!(phone.published_everywhere().unwrap()[&space(1)], [settled]);
}

#[test]
fn what_a_newer_program_wrote_is_kept_and_named() {
    let (mut document, _) = written(DocKind::CheckIn, &Draft::new().check_in(&full_check_in()));
    let mut newer = Draft::new();
    newer.put_text("weather", Some("rain"));
    newer.put_extension("abc/def".into(), Some(Scalar::Bool(true)));
    document.write(&TABLET, NOW, &newer).unwrap();
    let mut edited = full_check_in();
    edited.win = None;
    document
        .write(&PHONE, NOW, &Draft::new().check_in(&edited))
        .unwrap();
    assert_eq!(document.check_in(), Ok(edited));
    assert_eq!(document.raw_fields()["weather"], Scalar::from("rain"));

    let mut newer = Draft::new();
    newer.put_uint(SCHEMA, Some(2));
    document.write(&TABLET, NOW, &newer).unwrap();
    assert_eq!(
        document.check_in(),
        Err(DocumentError::NewerData { schema: 2 })
    );
    assert!(document.deleted_at_ms().is_ok());
}

#[test]
fn bits_of_a_newer_program_stay_until_nothing_is_shared() {
    let (mut document, _) = written(DocKind::CheckIn, &Draft::new().check_in(&full_check_in()));
    let key = sharing::extension_key(&space(1), "share");
    let mut newer = Draft::new();
    newer.put_extension(key.clone(), Some(Scalar::Uint(0x8000_0001)));
    document.write(&TABLET, NOW, &newer).unwrap();
    let mood = CheckInFields::empty().with(CheckInField::Mood);
    assert_eq!(document.check_in_share(&space(1)), mood);
    let draft = Draft::new().share_check_in(&space(1), mood.with(CheckInField::Win), &document);
    document.write(&PHONE, NOW, &draft).unwrap();
    let stored = |document: &SelfDocument| document.extensions().unwrap()[&key].clone();
    assert_eq!(stored(&document), [Scalar::Uint(0x8000_0009)]);
    let draft = Draft::new().share_check_in(&space(1), CheckInFields::empty(), &document);
    document.write(&PHONE, NOW, &draft).unwrap();
    assert_eq!(stored(&document), [Scalar::Uint(0)]);
}

#[test]
fn two_devices_write_into_one_text() {
    let mut phone = SelfDocument::new(DocKind::JournalEntry).unwrap();
    let edit = |at, delete, insert: &str| {
        let insert = insert.to_owned();
        Draft::new().edit_text(TextEdit { at, delete, insert })
    };
    let changes = phone
        .write(&PHONE, NOW, &edit(0, 0, "We climbed. We rested."))
        .unwrap();
    let mut tablet = SelfDocument::load(DocKind::JournalEntry, &changes).unwrap();
    let from_phone = phone.write(&PHONE, NOW, &edit(3, 7, "hiked")).unwrap();
    let from_tablet = tablet
        .write(&TABLET, NOW, &edit(999, 5, " Then rain."))
        .unwrap();
    deliver(&mut phone, TABLET, &from_tablet);
    deliver(&mut tablet, PHONE, &from_phone);
    assert_eq!(phone.text().unwrap(), "We hiked. We rested. Then rain.");
    assert_eq!(tablet.text().unwrap(), phone.text().unwrap());
}
