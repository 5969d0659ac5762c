//! Documents as a person's devices use them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;

use belay_model::{
    CheckIn, CheckInField, CheckInFields, CheckInTemplate, DayStart, DocName, Emotion, Energy,
    Goal, GoalField, GoalFields, JournalEntry, Moment, Mood, Need, Outcome, OutcomeStatus,
    Schedule, Settings, SpaceId, WeekdaySet,
};
use belay_protocol::DocKind;
use belay_protocol::limits::{CHANGE_MAX, CHANGE_OPERATIONS_MAX};

use super::*;
use crate::DocumentError;
use crate::changes::{ActorBytes, RejectReason, Verdict, read_change};

pub(super) const PHONE: ActorBytes = [7; 16];
pub(super) const TABLET: ActorBytes = [3; 16];
pub(super) const NOW: i64 = 1_772_571_600_000;

pub(super) fn space(number: u8) -> SpaceId {
    SpaceId::from_bytes([number; 32])
}

pub(super) fn moment() -> Moment {
    Moment::with_offset(NOW, "Europe/Berlin", 3600).unwrap()
}

pub(super) fn full_check_in() -> CheckIn {
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

pub(super) fn written(kind: DocKind, draft: &Draft) -> (SelfDocument, Vec<Vec<u8>>) {
    let mut document = SelfDocument::new(kind).unwrap();
    let changes = document.write(&PHONE, NOW, draft).unwrap();
    (document, changes)
}

pub(super) fn deliver(to: &mut SelfDocument, from: ActorBytes, changes: &[Vec<u8>]) {
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
        not_near: true,
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
    let (mut document, _) = written(DocKind::Contacts, &draft);
    let contacts = document.contacts().unwrap();
    assert_eq!(contacts[&space(1)], contact);
    assert_eq!(contacts[&space(2)], Contact::default());
    let draft = Draft::new().forget_contact(&space(1), &document).unwrap();
    document.write(&PHONE, NOW, &draft).unwrap();
    assert_eq!(
        document.contacts().unwrap().keys().collect::<Vec<_>>(),
        [&space(2)]
    );
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
    let on = "2026-03-03".parse().unwrap();
    let mut entry = JournalEntry::new(on, text, moment(), DayStart::MIDNIGHT);
    entry.title = Some("A long night".into());
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
