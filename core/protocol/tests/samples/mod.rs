//! One or more good values of every format.

pub mod lan;

use belay_model::{BodyHash, DeviceId, DocName, EpochId, Incarnation, ItemId, PersonId, SpaceId};
use belay_protocol::{
    AckBody, Bundle, ChangesBody, Commitment, DeviceCertificate, Endorsement, EpochBody, EraseBody,
    ErasedSlot, Genesis, History, Item, ItemHeader, ItemKind, KemStatement, MembershipBody,
    NeedBody, Operation, Outer, Policy, ProtocolError, RecordBody, Removal, RemoveTarget, Reveal,
    Role, SealedWelcome, SignedBundle, Slot3, SpaceType, VectorEntry, Welcome, Wrap, WrapsBody,
};

/// Reads bytes and writes them again; an error when they are refused.
pub type Again = fn(&[u8]) -> Result<Vec<u8>, ProtocolError>;

macro_rules! again {
    ($name:ident) => {
        (|bytes| $name::parse(bytes).map(|value| value.encode())) as Again
    };
}

pub fn item(body_len: usize) -> Item {
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
        history: History::All,
    }
}

pub fn vector() -> Vec<VectorEntry> {
    vec![
        VectorEntry {
            device_id: DeviceId::from_bytes([1; 32]),
            inc: Incarnation(u64::MAX),
            seq: 300,
            item_id: ItemId::from_bytes([2; 32]),
            ranges: vec![(302, 302), (310, belay_protocol::limits::NUMBER_MAX)],
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

pub fn slots() -> Vec<ErasedSlot> {
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
            endorsements: endorsements.clone(),
        },
        Operation::SetPolicy {
            policy: Policy {
                history: History::FromNow,
                ..policy()
            },
            endorsements: endorsements.clone(),
        },
        Operation::SetPolicy {
            policy: Policy {
                history: History::Since("2026-01-31".parse().unwrap()),
                ..policy()
            },
            endorsements,
        },
        Operation::RotateRecovery {
            new_recovery_pk: [8; 32],
        },
        Operation::Merge,
    ]
}

/// One or more good values of every format, as bytes, with the parser they belong to.
pub fn samples() -> Vec<(&'static str, Again, Vec<u8>)> {
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
    samples.extend(lan::samples());
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
