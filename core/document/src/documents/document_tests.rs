//! Documents as a person's devices use them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;

use belay_model::{
    CheckIn, CheckInField, CheckInFields, CheckInTemplate, DayStart, DocName, Emotion, Energy,
    Goal, GoalField, GoalFields, Moment, Mood, Need, Outcome, OutcomeStatus, Schedule, Settings,
    SpaceId, WeekdaySet,
};
use belay_protocol::DocKind;
use belay_protocol::limits::{CHANGE_MAX, CHANGE_OPERATIONS_MAX};

use super::draft::SCHEMA;
use super::*;
use crate::DocumentError;
use crate::changes::{ActorBytes, RejectReason, Verdict, read_change};

const PHONE: ActorBytes = [7; 16];
const TABLET: ActorBytes = [3; 16];
const NOW: i64 = 1_772_571_600_000;

fn space(number: u8) -> SpaceId {
    SpaceId::from_bytes([number; 32])
}

fn moment() -> Moment {
    Moment::with_offset(NOW, "Europe/Berlin", 3600).unwrap()
}

fn full_check_in() -> CheckIn {
    let on = "2026-03-03".parse().unwrap();
    let mut check_in = CheckIn::new(on, CheckInTemplate::Evening, moment(), DayStart::MIDNIGHT);
    check_in.mood = Some(Mood::new(4).unwrap());
    check_in.emotions = BTreeSet::from([Emotion::Hopeful, Emotion::Worried]);
    check_in.energy = Some(Energy::new(2).unwrap());
    check_in.win = Some("called my sister".into());
    check_in.struggle = Some("the evening".into());
    check_in.plan = Some("walk at eight".into());
    check_in.need = Some(Need::JustListen);
    check_in.note = Some("ä note\nin lines 😀".into());
    check_in.edited.insert(CheckInField::Win, NOW + 5);
    check_in
}

fn written(kind: DocKind, draft: &Draft) -> (SelfDocument, Vec<Vec<u8>>) {
    let mut document = SelfDocument::new(kind).unwrap();
    let changes = document.write(&PHONE, NOW, draft).unwrap();
    (document, changes)
}

fn deliver(to: &mut SelfDocument, from: ActorBytes, changes: &[Vec<u8>]) {
    let received: Vec<(ActorBytes, &[u8])> = changes.iter().map(|c| (from, c.as_slice())).collect();
    let admission = to.admit(&received);
    assert_eq!(admission.accepted.len(), changes.len(), "{admission:?}");
}

#[test]
fn the_genesis_of_every_kind_is_the_same_for_ever() {
    let hashes: Vec<String> = [
        DocKind::JournalEntry,
        DocKind::CheckIn,
        DocKind::Goal,
        DocKind::Outcome,
        DocKind::Settings,
        DocKind::Contacts,
    ]
    .into_iter()
    .map(|kind| {
        let hash = genesis_facts(kind).unwrap().hash.0;
        assert_eq!(
            crate::changes::chunk_hash(&genesis_bytes(kind).unwrap())
                .unwrap()
                .0,
            hash
        );
        hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    })
    .collect();
    assert_eq!(hashes, GENESIS_HASHES);
    assert_eq!(
        genesis_bytes(DocKind::Response),
        Err(DocumentError::NotADocument)
    );
}

/// First eight bytes of each hash. A difference means that documents of other versions no longer
/// merge: never change them.
const GENESIS_HASHES: [&str; 6] = [
    "4d8a3b598f54d722",
    "dbc68e1bc2a6e96c",
    "145661821bf4ac36",
    "0ea25ac28c1d7847",
    "66525f53559fbd35",
    "438f95fb65a6e28f",
];

#[test]
fn one_command_makes_one_change_and_reads_back_the_same() {
    let check_in = full_check_in();
    let empty = SelfDocument::new(DocKind::CheckIn).unwrap();
    let fields = CheckInFields::empty().with(CheckInField::Mood);
    let state = PublishState::new(1, Some([9; 32]));
    let draft = Draft::new()
        .check_in(&check_in)
        .share_check_in(&space(1), fields, &empty)
        .published(&space(1), &state);
    let (mut document, changes) = written(DocKind::CheckIn, &draft);
    assert_eq!(changes.len(), 1);
    assert_eq!(document.check_in(), Ok(check_in.clone()));
    assert_eq!(document.check_in_share(&space(1)), fields);
    assert_eq!(document.check_in_share(&space(2)), CheckInFields::empty());
    assert_eq!(document.published(&space(1)), Ok(vec![state]));
    assert_eq!(document.shared_spaces(), Ok(vec![space(1)]));

    let loaded = SelfDocument::load(DocKind::CheckIn, &changes).unwrap();
    assert_eq!(loaded.heads(), document.heads());
    assert_eq!(loaded.check_in(), Ok(check_in.clone()));
    let saved = SelfDocument::load_saved(DocKind::CheckIn, &document.save(), &changes).unwrap();
    assert_eq!(saved.heads(), document.heads());

    let again = document.write(&PHONE, NOW, &Draft::new().check_in(&check_in));
    assert_eq!(again, Ok(vec![]), "what stands there is not written again");
}

#[test]
fn every_kind_reads_back_what_was_written() {
    let mut goal = Goal::new(
        "Walk".into(),
        Schedule::Weekdays(WeekdaySet::MONDAY_TO_FRIDAY),
        moment(),
        DayStart::MIDNIGHT,
    );
    goal.why = Some("to breathe".into());
    goal.archived_on = Some("2026-04-01".parse().unwrap());
    let (document, _) = written(DocKind::Goal, &Draft::new().goal(&goal));
    assert_eq!(document.goal(), Ok(goal));
    assert_eq!(document.check_in(), Err(DocumentError::WrongKind));

    let name = DocName::from_bytes([5; 16]);
    let on = "2026-03-03".parse().unwrap();
    let mut outcome = Outcome::new(on, OutcomeStatus::Skipped, moment(), DayStart::MIDNIGHT);
    outcome.reason = Some("ill".into());
    outcome.edited_at_ms = Some(NOW + 1);
    let (document, _) = written(DocKind::Outcome, &Draft::new().outcome(name, &outcome));
    assert_eq!(
        document.outcome(),
        Ok(GoalOutcome {
            goal: name,
            outcome
        })
    );

    let (document, _) = written(DocKind::Settings, &Draft::new());
    assert_eq!(document.settings(), Ok(Settings::default()));
    let settings = Settings {
        display_name: Some("Sam".parse().unwrap()),
        zone_name: Some("Asia/Tokyo".into()),
        hold_seconds: 0,
        ..Settings::default()
    };
    let (document, _) = written(DocKind::Settings, &Draft::new().settings(&settings));
    assert_eq!(document.settings(), Ok(settings));

    let contact = Contact {
        label: Some("my sponsor".into()),
        check_in_default: CheckInFields::all(),
        goal_default: GoalFields::empty().with(GoalField::Status),
        paused: true,
        comparison: Comparison::Matched,
    };
    let empty = SelfDocument::new(DocKind::Contacts).unwrap();
    let draft = Draft::new().contact(&space(1), &contact, &empty).contact(
        &space(2),
        &Contact::default(),
        &empty,
    );
    let contacts = written(DocKind::Contacts, &draft).0.contacts().unwrap();
    assert_eq!(contacts[&space(1)], contact);
    assert_eq!(contacts[&space(2)], Contact::default());
}

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
fn deleting_can_be_taken_back() {
    let (mut document, _) = written(DocKind::CheckIn, &Draft::new().check_in(&full_check_in()));
    assert_eq!(document.deleted_at_ms(), Ok(None));
    document
        .write(&PHONE, NOW, &Draft::new().deleted_at_ms(Some(NOW)))
        .unwrap();
    assert_eq!(document.deleted_at_ms(), Ok(Some(NOW)));
    document
        .write(&PHONE, NOW, &Draft::new().deleted_at_ms(None))
        .unwrap();
    assert_eq!(document.deleted_at_ms(), Ok(None));
    assert_eq!(document.check_in(), Ok(full_check_in()));
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
fn a_long_text_becomes_several_changes_that_a_sibling_accepts() {
    let text: String = (0..30_000u32)
        .map(|i| {
            char::from_u32(if i % 7 == 0 {
                0x1f600 + i % 60
            } else {
                97 + i % 26
            })
            .unwrap()
        })
        .collect();
    let mut entry = JournalEntry {
        title: Some("A long night".into()),
        on: "2026-03-03".parse().unwrap(),
        written: moment(),
        written_on: "2026-03-03".parse().unwrap(),
        text,
    };
    let mut phone = SelfDocument::new(DocKind::JournalEntry).unwrap();
    let draft = Draft::new().journal_entry(&entry, &phone).unwrap();
    let mut changes = phone.write(&PHONE, NOW, &draft).unwrap();
    assert_eq!(changes.len(), 1 + 4);
    entry.text = entry
        .text
        .chars()
        .filter(|c| *c != 'c')
        .skip(9_000)
        .collect();
    let draft = Draft::new().journal_entry(&entry, &phone).unwrap();
    changes.extend(phone.write(&PHONE, NOW, &draft).unwrap());
    assert!(changes.iter().all(|change| change.len() <= CHANGE_MAX));
    assert_eq!(phone.journal_entry(), Ok(entry.clone()));
    let mut tablet = SelfDocument::new(DocKind::JournalEntry).unwrap();
    deliver(&mut tablet, PHONE, &changes);
    assert_eq!(tablet.journal_entry(), Ok(entry));
    assert!(changes.len() < CHANGE_OPERATIONS_MAX);
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

#[test]
fn what_is_too_large_is_refused_and_nothing_is_written() {
    let mut document = SelfDocument::new(DocKind::JournalEntry).unwrap();
    let mut draft = Draft::new();
    draft.put_text("title", Some(&"x".repeat(CHANGE_MAX)));
    let error = document.write(&PHONE, NOW, &draft).unwrap_err();
    assert!(matches!(error, DocumentError::TooLarge { .. }));
    let insert = "x".repeat(TEXT_MAX + 1);
    let draft = Draft::new().edit_text(TextEdit {
        insert,
        ..TextEdit::default()
    });
    let error = document.write(&PHONE, NOW, &draft).unwrap_err();
    assert!(matches!(error, DocumentError::TooLarge { .. }));
    assert_eq!(document.change_count(), 0);
    assert_eq!(document.text().unwrap(), "");
    let draft = Draft::new().edit_text(TextEdit {
        insert: "ok".into(),
        ..TextEdit::default()
    });
    assert_eq!(document.write(&PHONE, NOW, &draft).unwrap().len(), 1);
}

#[test]
fn stored_changes_that_do_not_make_a_document_are_called_damaged() {
    let (mut document, first) = written(DocKind::CheckIn, &Draft::new().check_in(&full_check_in()));
    let second = document
        .write(&PHONE, NOW, &Draft::new().deleted_at_ms(Some(1)))
        .unwrap();
    let load = |changes: &[Vec<u8>]| SelfDocument::load(DocKind::CheckIn, changes).map(|_| ());
    assert_eq!(load(&[second[0].clone(), first[0].clone()]), Ok(()));
    assert_eq!(load(&second), Err(DocumentError::Damaged));
    assert_eq!(load(&[b"nothing".to_vec()]), Err(DocumentError::Damaged));
    let wrong = SelfDocument::load(DocKind::Goal, &first).map(|_| ());
    assert_eq!(wrong, Err(DocumentError::Damaged));
    let wrong = SelfDocument::load_saved(DocKind::Goal, &document.save(), &first).map(|_| ());
    assert_eq!(wrong, Err(DocumentError::Damaged));
    let wrong = SelfDocument::load_saved(DocKind::CheckIn, b"no", &first).map(|_| ());
    assert_eq!(wrong, Err(DocumentError::Damaged));
}

#[test]
fn a_change_is_taken_only_from_the_writer_it_names() {
    let (_, changes) = written(DocKind::CheckIn, &Draft::new().check_in(&full_check_in()));
    let sibling = SelfDocument::new(DocKind::CheckIn).unwrap();
    assert_eq!(
        read_change(&changes[0], &TABLET, sibling.history()),
        Verdict::Reject(RejectReason::Actor)
    );
}
