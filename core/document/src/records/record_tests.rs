//! Records: one encoding each, nothing else accepted, and a merge that everyone agrees on.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_model::goals::{Amount, Measure, Unit};
use belay_model::{
    CheckInTemplate, DeviceId, DisplayName, DocName, Emotion, Energy, EpochId, ItemId, Mood, Need,
    OutcomeStatus, PersonId, ResponseKind, Schedule, SharedCheckIn, SharedGoal, SharedMoment,
    SharedOutcome, SharedPassage, SharedResponse, SpaceId, WeekdaySet,
};
use belay_protocol::{Bundle, DocKind, KemStatement, ProtocolError, RecordBody, Welcome};
use proptest::prelude::*;

use super::*;
use crate::DocumentError;

fn moment() -> impl Strategy<Value = SharedMoment> {
    (
        -1_000_000_000_000i64..4_000_000_000_000,
        -64_800i32..=64_800,
    )
        .prop_map(|(at_ms, offset)| SharedMoment::new(at_ms, offset).unwrap())
}

fn line() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[a-zé ]{0,20}[a-z😀]")
}

fn check_in() -> impl Strategy<Value = SharedCheckIn> {
    let scales = (
        proptest::option::of(1u8..=5),
        proptest::collection::btree_set(1u8..=38, 0..5),
        proptest::option::of(1u8..=5),
        proptest::option::of(1u8..=4),
    );
    let lines = (line(), line(), line(), line());
    (
        0i64..50_000,
        moment(),
        1u8..=3,
        any::<(bool, bool)>(),
        scales,
        lines,
    )
        .prop_map(
            |(day, written, template, (late, edited), scales, lines)| SharedCheckIn {
                on: "1990-01-01"
                    .parse::<belay_model::CivilDay>()
                    .unwrap()
                    .plus_days(day)
                    .unwrap(),
                written,
                template: CheckInTemplate::from_number(template).unwrap(),
                late,
                edited,
                mood: scales.0.map(|step| Mood::new(step).unwrap()),
                emotions: scales
                    .1
                    .into_iter()
                    .map(|n| Emotion::from_number(n).unwrap())
                    .collect(),
                energy: scales.2.map(|step| Energy::new(step).unwrap()),
                win: lines.0,
                struggle: lines.1,
                plan: lines.2,
                need: scales.3.map(|n| Need::from_number(n).unwrap()),
                note: lines.3,
            },
        )
}

fn goal() -> impl Strategy<Value = SharedGoal> {
    let schedule = proptest::option::of(0u8..128).prop_map(|bits| {
        bits.map(|bits| WeekdaySet::from_bits(bits).map_or(Schedule::Daily, Schedule::Weekdays))
    });
    let more = (
        proptest::option::of(0u16..3),
        line(),
        line(),
        line(),
        line(),
        line(),
    );
    ("[a-z]{1,20}", schedule, line(), any::<bool>(), more).prop_map(
        |(title, schedule, why, archived, more)| SharedGoal {
            title,
            schedule: match more.0 {
                Some(2) => Some(Schedule::TimesPerWeek(3)),
                _ => schedule,
            },
            why,
            archived,
            measure: more.0.map(|amount| match amount {
                0 => Measure::Avoid,
                amount => Measure::AtMost {
                    amount: Amount::whole(amount),
                    unit: Unit::new("cups").unwrap(),
                },
            }),
            obstacle: more.1,
            if_this: more.2,
            then_that: more.3,
            strengths: more.4,
            resources: more.5,
        },
    )
}

fn outcome() -> impl Strategy<Value = OutcomeRecord> {
    (
        any::<[u8; 16]>(),
        1u8..=4,
        any::<bool>(),
        moment(),
        line(),
        line(),
        proptest::option::of(any::<u16>()),
    )
        .prop_map(|(goal, status, late, written, note, reason, amount)| {
            let status = OutcomeStatus::from_number(status).unwrap();
            OutcomeRecord {
                goal: DocName::from_bytes(goal),
                outcome: SharedOutcome {
                    on: "2026-02-28".parse().unwrap(),
                    status,
                    late,
                    written,
                    note,
                    reason: reason.filter(|_| status == OutcomeStatus::Skipped),
                    amount: amount
                        .filter(|_| status != OutcomeStatus::Skipped)
                        .map(Amount::whole),
                },
            }
        })
}

fn passage() -> impl Strategy<Value = SharedPassage> {
    ("[a-zé\n😀\u{301}]{0,40}[a-z]", moment())
        .prop_map(|(text, shared)| SharedPassage { text, shared })
}

fn response() -> impl Strategy<Value = ResponseRecord> {
    (
        any::<([u8; 32], [u8; 16], u64)>(),
        1u8..=6,
        line(),
        moment(),
    )
        .prop_map(|((person, name, rev), kind, text, written)| {
            let kind = ResponseKind::from_number(kind).unwrap();
            let text = text.or_else(|| kind.needs_text().then(|| "yes".to_owned()));
            ResponseRecord {
                about: RecordName {
                    person_id: PersonId::from_bytes(person),
                    doc_kind: DocKind::CheckIn,
                    doc_name: DocName::from_bytes(name),
                    rev,
                },
                response: SharedResponse {
                    kind,
                    text,
                    written,
                },
            }
        })
}

/// Whole survives; every truncation, addition and single change is refused or is another value's one
/// encoding.
fn assert_strict<T: RecordPayload + PartialEq + std::fmt::Debug>(value: &T) {
    let payload = value.encode();
    assert_eq!(T::decode(&payload).as_ref(), Ok(value));
    let body = value.to_body(7);
    let parsed = RecordBody::parse(&body.encode()).unwrap();
    assert_eq!(T::from_body(&parsed).unwrap().as_ref(), Some(value));
    for end in 0..payload.len() {
        assert!(T::decode(&payload[..end]).is_err());
    }
    assert!(T::decode(&[&payload[..], &[0]].concat()).is_err());
    for at in 0..payload.len() {
        for flip in [1u8, 0x20, 0x80, 0xff] {
            let mut changed = payload.clone();
            changed[at] ^= flip;
            if let Ok(other) = T::decode(&changed) {
                assert_eq!(other.encode(), changed);
            }
        }
    }
    let newer = RecordBody {
        schema: T::SCHEMA + 1,
        ..body.clone()
    };
    assert!(
        matches!(T::from_body(&newer), Err(DocumentError::NewerData { schema }) if schema == u64::from(T::SCHEMA) + 1)
    );
    let none = RecordBody { schema: 0, ..body };
    assert!(matches!(T::from_body(&none), Err(DocumentError::Record(_))));
    assert_eq!(T::from_body(&withdrawn_body::<T>(8)), Ok(None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_shared_check_in_has_one_encoding(value in check_in()) { assert_strict(&value); }

    #[test]
    fn a_shared_goal_has_one_encoding(value in goal()) { assert_strict(&value); }

    #[test]
    fn a_shared_outcome_has_one_encoding(value in outcome()) { assert_strict(&value); }

    #[test]
    fn a_passage_has_one_encoding(value in passage()) { assert_strict(&value); }

    #[test]
    fn a_response_has_one_encoding(value in response()) { assert_strict(&value); }

    #[test]
    fn arbitrary_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(value) = SharedCheckIn::decode(&bytes) { prop_assert_eq!(value.encode(), bytes.clone()); }
        if let Ok(value) = SharedGoal::decode(&bytes) { prop_assert_eq!(value.encode(), bytes.clone()); }
        if let Ok(value) = ResponseRecord::decode(&bytes) { prop_assert_eq!(value.encode(), bytes.clone()); }
        if let Ok(value) = EpochKey::decode(&bytes) { prop_assert_eq!(value.encode(), bytes); }
    }

    #[test]
    fn the_version_that_stands_depends_on_neither_order_nor_repetition(
        versions in proptest::collection::vec((0u64..4, any::<bool>(), 0u8..6), 0..12),
        turn in 0usize..12,
        repeat in 0usize..12,
    ) {
        let versions: Vec<RecordVersion> = versions
            .into_iter()
            .map(|(rev, withdrawn, id)| RecordVersion { rev, withdrawn, item_id: ItemId::from_bytes([id; 32]) })
            .collect();
        let expected = winner(versions.iter().copied());
        let mut shuffled = versions.clone();
        shuffled.rotate_left(turn % versions.len().max(1));
        shuffled.extend(versions.iter().take(repeat).rev());
        prop_assert_eq!(winner(shuffled), expected);
        // Merging in two parts is merging at once.
        let (left, right) = versions.split_at(turn.min(versions.len()));
        let parts = [winner(left.iter().copied()), winner(right.iter().copied())];
        prop_assert_eq!(winner(parts.into_iter().flatten()), expected);
        if let Some(stands) = expected {
            prop_assert!(outdated(&versions).iter().all(|version| version.rev < stands.rev));
        }
    }
}

#[test]
fn the_highest_revision_stands_then_the_withdrawal_then_the_lower_item() {
    let version = |rev, withdrawn, id| RecordVersion {
        rev,
        withdrawn,
        item_id: ItemId::from_bytes([id; 32]),
    };
    let stands = |versions: [RecordVersion; 2]| winner(versions);
    assert_eq!(
        stands([version(1, true, 1), version(2, false, 9)]),
        Some(version(2, false, 9))
    );
    assert_eq!(
        stands([version(2, false, 1), version(2, true, 9)]),
        Some(version(2, true, 9))
    );
    assert_eq!(
        stands([version(2, false, 9), version(2, false, 1)]),
        Some(version(2, false, 1))
    );
    assert_eq!(winner([]), None);
}

#[test]
fn keys_are_read_by_their_schema_and_never_shown() {
    let space = KeysRecord::Space(SpaceKeys {
        space_id: SpaceId::from_bytes([1; 32]),
        erase_key: [0xe5; 32],
        sealed_person: Some(vec![7; 80]),
    });
    let epoch = KeysRecord::Epoch(EpochKey {
        space_id: SpaceId::from_bytes([1; 32]),
        epoch_id: EpochId::from_bytes([2; 32]),
        secret: [0xe5; 32],
    });
    let own = KeysRecord::Own(OwnKeys {
        space_id: SpaceId::from_bytes([1; 32]),
        erase_key: [0xe5; 32],
        backup_public: vec![7; 1216],
        recovery_mailbox: [0xe5; 32],
    });
    let bundle = Bundle::Device {
        sign_pk: [2; 32],
        random: [3; 16],
        kem: KemStatement {
            n: 0,
            pk: vec![4; 1216],
            max_ver: 1,
        },
    };
    let place = KeysRecord::Place(OwnPlace {
        device: DeviceId::from_bytes([9; 32]),
        space_id: SpaceId::from_bytes([1; 32]),
        bundle,
    });
    let welcome = KeysRecord::Welcome(PlaceWelcome {
        device: DeviceId::from_bytes([9; 32]),
        space_id: SpaceId::from_bytes([1; 32]),
        person_id: PersonId::from_bytes([2; 32]),
        part: 3,
        parts: 4,
        welcome: Welcome {
            relays: Vec::new(),
            items: vec![vec![7; 20]],
            floors: Vec::new(),
        },
        code: None,
    });
    let named =
        |last| std::array::from_fn(|at| [9, 1, last][usize::from(at > 7) + usize::from(at > 14)]);
    let all = [
        (space, [1; 16]),
        (epoch, [2; 16]),
        (own, [0; 16]),
        (place, named(0)),
        (welcome, named(4)),
    ];
    for (keys, name) in all {
        let body = RecordBody::parse(&keys.to_bytes(3)).unwrap();
        assert_eq!(KeysRecord::from_body(&body), Ok(Some(keys.clone())));
        assert_eq!(keys.name(), DocName::from_bytes(name));
        assert!(!format!("{keys:?}").to_lowercase().contains("e5e5"));
        assert!(!format!("{keys:?}").contains("229"));
        let newer = RecordBody { schema: 7, ..body };
        assert_eq!(
            KeysRecord::from_body(&newer),
            Err(DocumentError::NewerData { schema: 7 })
        );
    }
}

#[test]
fn a_part_of_a_welcome_is_one_of_its_parts_and_a_place_shows_a_device() {
    let mut part = PlaceWelcome {
        device: DeviceId::from_bytes([9; 32]),
        space_id: SpaceId::from_bytes([1; 32]),
        person_id: PersonId::from_bytes([2; 32]),
        part: 0,
        parts: 1,
        welcome: Welcome {
            relays: Vec::new(),
            items: vec![vec![7; 20]],
            floors: Vec::new(),
        },
        code: Some("1".into()),
    };
    assert_strict(&part);
    for (number, of) in [(1, 1), (0, 0), (3, 2), (0, 201)] {
        (part.part, part.parts) = (number, of);
        assert!(PlaceWelcome::decode(&part.encode()).is_err());
    }
}

#[test]
fn a_profile_holds_a_name_that_can_be_shown() {
    let profile = ProfileRecord {
        name: DisplayName::new("Ólöf").unwrap(),
    };
    assert_strict(&profile);
    for name in ["a\nb", " x", "", "\u{202e}x"] {
        let payload = [
            &[0xa1, 0x00, 0x60 + u8::try_from(name.len()).unwrap()],
            name.as_bytes(),
        ]
        .concat();
        assert!(matches!(
            ProfileRecord::decode(&payload),
            Err(ProtocolError::Malformed(_) | ProtocolError::NotCanonical)
        ));
    }
}
