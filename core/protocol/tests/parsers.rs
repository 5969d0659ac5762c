//! Every parser, with every kind of value, damaged in every way.
//!
//! One property holds for all: bytes are either refused, or are the one encoding of what was read.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::{BodyHash, DeviceId, DocName, EpochId, Incarnation, ItemId, PersonId, SpaceId};
use belay_protocol::{
    AckBody, Bundle, ChangesBody, Commitment, DeviceCertificate, Endorsement, EpochBody, EraseBody,
    ErasedSlot, Genesis, Item, ItemHeader, ItemKind, KemStatement, MembershipBody, NeedBody,
    Operation, Outer, Policy, ProtocolError, RecordBody, Removal, RemoveTarget, Reveal, Role,
    SealedWelcome, SignedBundle, Slot3, SpaceType, VectorEntry, Welcome, Wrap, WrapsBody,
};
use proptest::prelude::*;

/// Reads bytes and writes them again; `None` when they are refused.
type Again = fn(&[u8]) -> Result<Vec<u8>, ProtocolError>;

macro_rules! again {
    ($name:ident) => {
        (|bytes| $name::parse(bytes).map(|value| value.encode())) as Again
    };
}

fn item(body_len: usize) -> Item {
    Item {
        header: ItemHeader {
            kind: ItemKind::Record,
            space_id: SpaceId::from_bytes([1; 32]),
            device_id: DeviceId::from_bytes([2; 32]),
            inc: Incarnation(3),
            seq: 4,
            prev: [5; 32],
            hlc: 6,
            heads: vec![ItemId::from_bytes([7; 32]), ItemId::from_bytes([8; 32])],
            doc_kind: 2,
            doc_name: DocName::from_bytes([9; 16]),
            body_len: u32::try_from(body_len).unwrap(),
            body_hash: BodyHash::from_bytes([10; 32]),
        },
        salt: [11; 16],
        body: Some(vec![12; body_len]),
        signature: [13; 64],
    }
}

fn kem() -> KemStatement {
    KemStatement {
        n: 0,
        pk: vec![14; 1216],
        max_ver: 1,
    }
}

fn genesis() -> Genesis {
    Genesis {
        recovery_pk: [1; 32],
        sign_pk: [2; 32],
        random: [3; 16],
        kem: kem(),
        salt: [4; 16],
        signature: [5; 64],
    }
}

fn policy() -> Policy {
    Policy {
        relays: vec!["https://relay.example".into()],
        removal: Removal::Majority,
    }
}

fn vector() -> Vec<VectorEntry> {
    vec![
        VectorEntry {
            device_id: DeviceId::from_bytes([1; 32]),
            inc: Incarnation(u64::MAX),
            seq: 300,
            item_id: ItemId::from_bytes([2; 32]),
            ranges: vec![(302, 302), (310, u64::MAX)],
        },
        VectorEntry {
            device_id: DeviceId::from_bytes([2; 32]),
            inc: Incarnation(0),
            seq: 0,
            item_id: ItemId::ZERO,
            ranges: vec![(2, 3)],
        },
    ]
}

fn slots() -> Vec<ErasedSlot> {
    [1, 2]
        .map(|seq| ErasedSlot {
            device_id: DeviceId::from_bytes([1; 32]),
            inc: Incarnation(5),
            seq,
            item_id: ItemId::from_bytes([3; 32]),
        })
        .to_vec()
}

fn membership(operation: Operation, signed: bool) -> Vec<u8> {
    MembershipBody {
        operation,
        root_signature: signed.then_some([7; 64]),
    }
    .encode()
}

fn operations() -> Vec<Operation> {
    let endorsements = vec![Endorsement {
        device_id: DeviceId::from_bytes([1; 32]),
        nonce: [2; 16],
        signature: [3; 64],
    }];
    let person = PersonId::from_bytes([6; 32]);
    vec![
        Operation::Create {
            space_type: SpaceType::Pair,
            genesis: genesis(),
            policy: policy(),
        },
        Operation::AddPerson { genesis: genesis() },
        Operation::AddDevice {
            certificate: DeviceCertificate {
                person_id: person,
                sign_pk: [1; 32],
                random: [2; 16],
                kem: kem(),
            },
        },
        Operation::Remove {
            target: RemoveTarget::Person(person),
            seen: vector(),
            endorsements: endorsements.clone(),
        },
        Operation::Remove {
            target: RemoveTarget::Device(DeviceId::from_bytes([6; 32])),
            seen: vec![],
            endorsements: vec![],
        },
        Operation::Leave,
        Operation::SetRole {
            person,
            role: Role::Steward,
        },
        Operation::SetPolicy {
            policy: policy(),
            endorsements,
        },
        Operation::RotateRecovery {
            new_recovery_pk: [8; 32],
        },
        Operation::Merge,
    ]
}

/// One or more good values of every format, as bytes, with the parser they belong to.
fn samples() -> Vec<(&'static str, Again, Vec<u8>)> {
    let person = Bundle::Person(genesis());
    let device = Bundle::Device {
        sign_pk: [1; 32],
        random: [2; 16],
        kem: kem(),
    };
    let signed = SignedBundle {
        bundle: person.clone(),
        signature: [3; 64],
    };
    let welcome = SealedWelcome {
        space_id: SpaceId::from_bytes([4; 32]),
        enc: vec![5; 1120],
        ciphertext: vec![6; 100],
    };
    let wraps = WrapsBody {
        epoch_id: EpochId::from_bytes([1; 32]),
        wraps: (0..4)
            .map(|n| Wrap {
                device_id: DeviceId::from_bytes([n; 32]),
                enc: vec![n; 1120],
                ciphertext: vec![n; 48],
            })
            .collect(),
    };
    let outer = Outer {
        suite: 1,
        erase_hash: [1; 32],
        mailbox_tag: [2; 16],
        nonce: [3; 24],
        commit: [4; 32],
        ciphertext: vec![5; 528],
    };
    let detached: Again = |bytes| Item::parse_detached(bytes).map(|item| item.encode_detached());
    let mut samples = vec![
        ("Item", again!(Item), item(300).encode()),
        ("empty Item", again!(Item), item(0).encode()),
        ("detached Item", detached, item(300).encode_detached()),
        ("Outer", again!(Outer), outer.encode()),
        ("KemStatement", again!(KemStatement), kem().encode()),
        ("Genesis", again!(Genesis), genesis().encode()),
        ("Policy", again!(Policy), policy().encode()),
        (
            "EpochBody",
            again!(EpochBody),
            EpochBody {
                parents: vec![EpochId::from_bytes([1; 32]), EpochId::from_bytes([2; 32])],
                recipients: vec![DeviceId::from_bytes([3; 32])],
                commit_salt: [4; 32],
                secret_commit: [5; 32],
            }
            .encode(),
        ),
        ("WrapsBody", again!(WrapsBody), wraps.encode()),
        (
            "NeedBody",
            again!(NeedBody),
            NeedBody {
                epoch_id: EpochId::from_bytes([1; 32]),
            }
            .encode(),
        ),
        (
            "EraseBody",
            again!(EraseBody),
            EraseBody { slots: slots() }.encode(),
        ),
        (
            "RecordBody",
            again!(RecordBody),
            RecordBody {
                rev: 9,
                withdrawn: false,
                schema: 1,
                payload: vec![0xa1, 0x00, 0x63, b'y', b'e', b's'],
            }
            .encode(),
        ),
        (
            "withdrawn RecordBody",
            again!(RecordBody),
            RecordBody {
                rev: 10,
                withdrawn: true,
                schema: 1,
                payload: vec![],
            }
            .encode(),
        ),
        (
            "ChangesBody",
            again!(ChangesBody),
            ChangesBody {
                changes: vec![vec![1; 40], vec![2]],
            }
            .encode(),
        ),
        ("Bundle of a person", again!(Bundle), person.encode()),
        ("Bundle of a device", again!(Bundle), device.encode()),
        ("SignedBundle", again!(SignedBundle), signed.encode()),
        ("SealedWelcome", again!(SealedWelcome), welcome.encode()),
        (
            "Welcome",
            again!(Welcome),
            Welcome {
                relays: policy().relays,
                items: vec![vec![1; 200], vec![2; 300]],
                floors: slots(),
            }
            .encode(),
        ),
        ("Slot3", again!(Slot3), Slot3 { signed, welcome }.encode()),
        (
            "Commitment",
            again!(Commitment),
            Commitment([1; 32]).encode(),
        ),
        (
            "Reveal",
            again!(Reveal),
            Reveal {
                nonce: [1; 32],
                bundle: person,
            }
            .encode(),
        ),
    ];
    for removal in [None, Some(ItemId::from_bytes([8; 32]))] {
        let ack = AckBody {
            vector: vector(),
            removal,
            epoch: EpochId::from_bytes([9; 32]),
        };
        samples.push(("AckBody", again!(AckBody), ack.encode()));
    }
    for operation in operations() {
        for signed in [false, true] {
            let bytes = membership(operation.clone(), signed);
            samples.push(("MembershipBody", again!(MembershipBody), bytes));
        }
    }
    samples
}

#[test]
fn every_value_is_read_back_and_written_the_same() {
    for (name, again, bytes) in samples() {
        assert_eq!(again(&bytes).as_deref(), Ok(&bytes[..]), "{name}");
    }
}

#[test]
fn every_shortened_or_lengthened_value_is_refused() {
    for (name, again, bytes) in samples() {
        for len in 0..bytes.len() {
            // A list of framed changes may end after any whole change.
            let cut = again(&bytes[..len]);
            assert!(cut.is_err() || name == "ChangesBody", "{name} cut to {len}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert!(again(&longer).is_err(), "{name} with a byte behind it");
    }
}

#[test]
fn what_a_newer_program_may_know_is_told_apart_from_damage() {
    let mut newer = item(3).encode();
    newer[0] = 2;
    assert_eq!(Item::parse(&newer), Err(ProtocolError::UnknownVersion(2)));
    newer[0] = 1;
    newer[1] = 11;
    assert_eq!(Item::parse(&newer), Err(ProtocolError::UnknownKind(11)));
    assert_eq!(
        MembershipBody::parse(&[0xa2, 0x00, 0x18, 0x63, 0x01, 0x02]),
        Err(ProtocolError::UnknownKind(99))
    );
    let (.., mut outer) = samples().swap_remove(3);
    outer[1] = 2;
    assert_eq!(Outer::parse(&outer), Err(ProtocolError::UnknownSuite(2)));
    outer[0] = 7;
    assert_eq!(Outer::parse(&outer), Err(ProtocolError::UnknownVersion(7)));
}

#[test]
fn sizes_in_a_header_are_checked_before_anything_is_allocated() {
    let mut wrong = item(3).encode();
    // body_len stands 36 bytes before the end of the header.
    let at = wrong.len() - 64 - 3 - 16 - 36;
    wrong[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(
        Item::parse(&wrong),
        Err(ProtocolError::TooLarge {
            what: "item body",
            max: 64 * 1024
        })
    );
    let mut heads = item(3).encode();
    heads[122] = 17;
    assert_eq!(
        Item::parse(&heads),
        Err(ProtocolError::TooLarge {
            what: "heads",
            max: 16
        })
    );
    // A CBOR array that claims 2^32 entries.
    let huge = [0xa1, 0x00, 0x9b, 0, 0, 0, 1, 0, 0, 0, 0];
    assert!(matches!(
        EraseBody::parse(&huge),
        Err(ProtocolError::TooLarge { .. })
    ));
}

#[test]
fn lists_out_of_order_or_with_doubles_are_refused() {
    let mut swapped = slots();
    swapped.swap(0, 1);
    assert!(EraseBody::parse(&EraseBody { slots: swapped }.encode()).is_err());
    let mut entries = vector();
    entries[1].device_id = entries[0].device_id;
    entries[1].inc = entries[0].inc;
    let ack = AckBody {
        vector: entries,
        removal: None,
        epoch: EpochId::ZERO,
    };
    assert!(AckBody::parse(&ack.encode()).is_err());
    let mut wrong = item(0);
    wrong.header.heads.swap(0, 1);
    assert!(Item::parse(&wrong.encode()).is_err());
    let twice = Policy {
        relays: vec!["https://a".into(), "https://a".into()],
        removal: Removal::Steward,
    };
    assert!(Policy::parse(&twice.encode()).is_err());
}

#[test]
fn ranges_that_touch_overlap_or_go_back_are_refused() {
    for ranges in [
        vec![(301, 302)],
        vec![(300, 302)],
        vec![(305, 304)],
        vec![(303, 305), (306, 307)],
        vec![(310, u64::MAX), (1, 2)],
        (0..9).map(|n| (310 + 3 * n, 311 + 3 * n)).collect(),
    ] {
        let mut entries = vector();
        entries[0].ranges.clone_from(&ranges);
        assert!(entries[0].check().is_err(), "{ranges:?}");
    }
}

#[test]
fn a_withdrawn_record_keeps_nothing() {
    let record = |withdrawn, payload: &[u8]| {
        let body = RecordBody {
            rev: 1,
            withdrawn,
            schema: 1,
            payload: payload.to_vec(),
        };
        RecordBody::parse(&body.encode()).is_ok()
    };
    assert!(record(true, &[]) && record(false, &[0xa0]));
    assert!(!record(true, &[0xa0]) && !record(false, &[]));
    assert!(
        !record(false, &[0xbf, 0xff]),
        "an indefinite map is not deterministic"
    );
}

proptest! {
    #[test]
    fn a_damaged_value_is_refused_or_is_another_good_one(
        pick: prop::sample::Index,
        at: prop::sample::Index,
        byte: u8,
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let samples = samples();
        let (name, again, bytes) = pick.get(&samples);
        let mut wrong = bytes.clone();
        wrong[at.index(bytes.len())] = byte;
        if let Some(cut) = cut {
            wrong.remove(cut.index(bytes.len()));
        }
        if let Ok(written) = again(&wrong) {
            prop_assert_eq!(written, wrong, "{}", name);
        }
    }

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for (name, again, _) in samples() {
            if let Ok(written) = again(&bytes) {
                prop_assert_eq!(&written, &bytes, "{}", name);
            }
        }
    }
}
