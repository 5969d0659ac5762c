//! The formats of this crate as files of version 1: what this program writes is compared byte for
//! byte, and what stands in the files is read back. They are added to, never changed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fmt::Debug;

use belay_document::changes::{History, Verdict, read_change};
use belay_document::documents::{Draft, PublishState, SelfDocument, genesis_bytes, genesis_facts};
use belay_document::records::{
    EpochKey, OutcomeRecord, OwnKeys, OwnPlace, PlaceWelcome, ProfileRecord, RecordName,
    RecordPayload, ResponseRecord, SpaceKeys,
};
use belay_model::boundary::{
    BoundaryCard, QuietHours, SharedNudge, SharedSupportRequest, SupportLevel,
};
use belay_model::{
    Agreement, CheckIn, CheckInFields, CheckInTemplate, DayStart, DeviceId, DocName, Emotion,
    Energy, EpochId, Moment, Mood, Need, OutcomeStatus, PersonId, ResponseKind, Schedule, Settings,
    SharedCheckIn, SharedGoal, SharedMoment, SharedOutcome, SharedPassage, SharedResponse, SpaceId,
    TrustedChannel, TrustedPerson, WeekdaySet,
};
use belay_protocol::{
    AttachmentSort, Bundle, DocKind, KemStatement, ManifestBlob, ManifestBody, Welcome,
};

const AT_MS: i64 = 1_772_571_600_000;

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

macro_rules! exemplar {
    ($name:literal) => {
        unhex(include_str!(concat!("exemplars/", $name, ".1.hex")))
    };
}

fn assert_record<T: RecordPayload + PartialEq + Debug>(value: &T, exemplar: &[u8]) {
    let body = value.to_body(3).encode();
    assert_eq!(hex(&body), hex(exemplar));
    let parsed = belay_protocol::RecordBody::parse(exemplar).unwrap();
    assert_eq!(T::from_body(&parsed).unwrap().as_ref(), Some(value));
}

fn shared_moment() -> SharedMoment {
    SharedMoment::new(AT_MS, 3600).unwrap()
}

fn place() -> OwnPlace {
    OwnPlace {
        device: DeviceId::from_bytes([5; 32]),
        space_id: SpaceId::from_bytes([1; 32]),
        bundle: Bundle::Device {
            sign_pk: [2; 32],
            random: [3; 16],
            kem: KemStatement {
                n: 0,
                pk: vec![4; 1216],
                max_ver: 1,
            },
        },
    }
}

#[test]
fn records_of_version_1_are_written_and_read() {
    assert_record(
        &SharedCheckIn {
            on: "2026-03-03".parse().unwrap(),
            written: shared_moment(),
            template: CheckInTemplate::Evening,
            late: true,
            edited: false,
            mood: Some(Mood::new(4).unwrap()),
            emotions: BTreeSet::from([Emotion::Hopeful, Emotion::Worried]),
            energy: Some(Energy::new(2).unwrap()),
            win: Some("called my sister".into()),
            struggle: None,
            plan: Some("walk at eight".into()),
            need: Some(Need::JustListen),
            note: Some("ä 😀".into()),
        },
        &exemplar!("record-check-in"),
    );
    assert_record(
        &SharedGoal {
            title: "Walk".into(),
            schedule: Some(Schedule::Weekdays(WeekdaySet::MONDAY_TO_FRIDAY)),
            why: None,
            archived: false,
            measure: None,
            obstacle: None,
            if_this: None,
            then_that: None,
            strengths: None,
            resources: None,
        },
        &exemplar!("record-goal"),
    );
    assert_record(
        &OutcomeRecord {
            goal: DocName::from_bytes([5; 16]),
            outcome: SharedOutcome {
                on: "2026-03-03".parse().unwrap(),
                status: OutcomeStatus::Skipped,
                late: false,
                written: shared_moment(),
                note: None,
                reason: Some("ill".into()),
                amount: None,
            },
        },
        &exemplar!("record-outcome"),
    );
    assert_record(
        &ResponseRecord {
            about: RecordName {
                person_id: PersonId::from_bytes([6; 32]),
                doc_kind: DocKind::CheckIn,
                doc_name: DocName::from_bytes([7; 16]),
                rev: 2,
            },
            response: SharedResponse {
                kind: ResponseKind::IHearYou,
                text: Some("I hear you.".into()),
                written: shared_moment(),
            },
        },
        &exemplar!("record-response"),
    );
    assert_record(
        &SharedPassage {
            text: "We walked.\nä 😀".into(),
            shared: shared_moment(),
        },
        &exemplar!("record-passage"),
    );
    assert_record(
        &ManifestBody {
            entry: DocName::from_bytes([7; 16]),
            sort: AttachmentSort::Photo,
            name: "lake.jpg".into(),
            media_type: "image/jpeg".into(),
            at_ms: AT_MS.unsigned_abs(),
            epoch: EpochId::from_bytes([2; 32]),
            blob: ManifestBlob {
                id: [1; 32],
                key: [3; 32],
                length: 1_000_000,
            },
            thumbnail: Some(ManifestBlob {
                id: [4; 32],
                key: [5; 32],
                length: 5_000,
            }),
        },
        &exemplar!("record-attachment"),
    );
    assert_record(
        &BoundaryCard {
            helps: Some("a walk together".into()),
            does_not_help: Some("advice at night".into()),
            quiet: vec![QuietHours {
                from: "22:00".parse().unwrap(),
                to: "07:30".parse().unwrap(),
            }],
            nudges_a_day: 2,
            welcome: vec!["running".into()],
            unwelcome: vec!["food".into(), "work".into()],
            answers: vec![ResponseKind::IHearYou, ResponseKind::Question],
            need: Some(Need::JustListen),
            reach_at_night: Some(SupportLevel::SomebodyNow),
        },
        &exemplar!("record-boundary-card"),
    );
    assert_record(
        &SharedNudge {
            topic: Some("running".into()),
            sent: shared_moment(),
        },
        &exemplar!("record-nudge"),
    );
    assert_record(
        &SharedSupportRequest {
            level: SupportLevel::TalkToday,
            text: Some("a long day".into()),
            need: Some(Need::JustListen),
            written: shared_moment(),
        },
        &exemplar!("record-support-request"),
    );
    assert_record(
        &ProfileRecord {
            name: "Sam".parse().unwrap(),
        },
        &exemplar!("record-profile"),
    );
    assert_record(
        &SpaceKeys {
            space_id: SpaceId::from_bytes([1; 32]),
            erase_key: [2; 32],
            sealed_person: Some(vec![3; 48]),
        },
        &exemplar!("record-space-keys"),
    );
    assert_record(
        &EpochKey {
            space_id: SpaceId::from_bytes([1; 32]),
            epoch_id: EpochId::from_bytes([2; 32]),
            secret: [3; 32],
        },
        &exemplar!("record-epoch-key"),
    );
    assert_record(
        &OwnKeys {
            space_id: SpaceId::from_bytes([1; 32]),
            erase_key: [2; 32],
            backup_public: vec![3; 1216],
            recovery_mailbox: [4; 32],
        },
        &exemplar!("record-own-keys"),
    );
    assert_record(&place(), &exemplar!("record-own-place"));
    assert_record(
        &PlaceWelcome {
            device: DeviceId::from_bytes([5; 32]),
            space_id: SpaceId::from_bytes([1; 32]),
            person_id: PersonId::from_bytes([6; 32]),
            part: 1,
            parts: 2,
            welcome: Welcome {
                relays: vec!["https://relay.example".into()],
                items: vec![vec![7; 20], vec![8; 30]],
                floors: Vec::new(),
            },
            code: Some("01234567890123 amber harbour quiet river".into()),
        },
        &exemplar!("record-place-welcome"),
    );
}

#[test]
fn geneses_are_the_same_for_ever() {
    for (kind, exemplar) in [
        (DocKind::JournalEntry, exemplar!("genesis-journal-entry")),
        (DocKind::CheckIn, exemplar!("genesis-check-in")),
        (DocKind::Goal, exemplar!("genesis-goal")),
        (DocKind::Outcome, exemplar!("genesis-outcome")),
        (DocKind::Settings, exemplar!("genesis-settings")),
        (DocKind::Contacts, exemplar!("genesis-contacts")),
    ] {
        assert_eq!(hex(&genesis_bytes(kind).unwrap()), hex(&exemplar));
    }
}

#[test]
fn settings_of_version_1_with_agreement_and_own_people_are_written_and_read() {
    let settings = Settings {
        display_name: Some("Sam".parse().unwrap()),
        ..Settings::default()
    };
    let agreement = Agreement {
        terms_version: 1,
        agreed_at_ms: AT_MS,
    };
    let people = [(
        DocName::from_bytes([8; 16]),
        TrustedPerson {
            name: "Mira".into(),
            channel: TrustedChannel::Call,
            address: "+44 7700 900123".into(),
            note: Some("after six".into()),
        },
    )];
    let actor = [7; 16];
    let mut document = SelfDocument::new(DocKind::Settings).unwrap();
    let draft = Draft::new()
        .settings(&settings)
        .agreement(&agreement)
        .help_country(Some("GB"))
        .trusted_people(&people, &document)
        .unwrap();
    let changes = document.write(&actor, AT_MS, &draft).unwrap();
    let exemplar = exemplar!("change-settings");
    assert_eq!(hex(&changes[0]), hex(&exemplar));

    let history = History::new(genesis_facts(DocKind::Settings).unwrap());
    assert!(matches!(
        read_change(&exemplar, &actor, &history),
        Verdict::Accept(_)
    ));
    let read = SelfDocument::load(DocKind::Settings, &[exemplar]).unwrap();
    assert_eq!(read.settings().unwrap(), settings);
    assert_eq!(read.agreement().unwrap(), Some(agreement));
    assert_eq!(read.help_country().unwrap().as_deref(), Some("GB"));
    assert_eq!(read.trusted_people().unwrap(), people);
}

#[test]
fn a_check_in_of_version_1_is_written_and_read() {
    let written = Moment::with_offset(AT_MS, "Europe/Berlin", 3600).unwrap();
    let on = "2026-03-03".parse().unwrap();
    let mut check_in = CheckIn::new(on, CheckInTemplate::Morning, written, DayStart::MIDNIGHT);
    check_in.mood = Some(Mood::new(3).unwrap());
    check_in.win = Some("slept".into());
    let space = SpaceId::from_bytes([1; 32]);
    let actor = [7; 16];
    let mut document = SelfDocument::new(DocKind::CheckIn).unwrap();
    let draft = Draft::new()
        .check_in(&check_in)
        .share_check_in(&space, CheckInFields::all(), &document)
        .published(&space, &PublishState::new(1, Some([9; 32])));
    let changes = document.write(&actor, AT_MS, &draft).unwrap();
    let exemplar = exemplar!("change-check-in");
    assert_eq!(hex(&changes[0]), hex(&exemplar));

    let history = History::new(genesis_facts(DocKind::CheckIn).unwrap());
    assert!(matches!(
        read_change(&exemplar, &actor, &history),
        Verdict::Accept(_)
    ));
    let read = SelfDocument::load(DocKind::CheckIn, &[exemplar]).unwrap();
    assert_eq!(read.check_in().unwrap(), check_in);
    assert_eq!(read.check_in_share(&space), CheckInFields::all());
}
