//! The strict reader and the gate, against honest changes and against an attacker's.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use automerge::{Automerge, ScalarValue};
use belay_protocol::DocKind;
use proptest::prelude::*;

use super::forge::{Edit, Forge, Writers, actor, chunk, hash_of, repair, signed, unsigned};
use super::gate::{Admission, admit};
use super::*;
use crate::documents::genesis_bytes;

const KIND: DocKind = DocKind::JournalEntry;

fn scalar() -> impl Strategy<Value = ScalarValue> {
    prop_oneof![
        Just(ScalarValue::Null),
        any::<bool>().prop_map(ScalarValue::Boolean),
        any::<u64>().prop_map(ScalarValue::Uint),
        any::<i64>().prop_map(ScalarValue::Int),
        (-1.0e9f64..1.0e9).prop_map(ScalarValue::F64),
        any::<i64>().prop_map(ScalarValue::Timestamp),
        ".{0,40}".prop_map(|text| ScalarValue::Str(text.into())),
        proptest::collection::vec(any::<u8>(), 0..300).prop_map(ScalarValue::Bytes),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => ("[a-f]{1,3}", scalar()).prop_map(|(key, value)| Edit::Put(key, value)),
        1 => "[a-f]{1,3}".prop_map(Edit::Delete),
        4 => (0usize..200, 0usize..12, "\\PC{0,30}").prop_map(|(at, cut, text)| Edit::Splice(at, cut, text)),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    Write(usize, Vec<Edit>),
    Merge(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0usize..3, proptest::collection::vec(edit(), 1..8)).prop_map(|(device, edits)| Step::Write(device, edits)),
        2 => (0usize..3, 0usize..3).prop_map(|(from, into)| Step::Merge(from, into)),
    ];
    proptest::collection::vec(step, 1..24)
}

fn run(kind: DocKind, steps: &[Step]) -> Writers {
    let mut writers = Writers::new(kind, 3);
    for step in steps {
        match step {
            Step::Write(device, edits) => writers.write(*device, edits),
            Step::Merge(from, into) => writers.merge(*from, *into),
        }
    }
    writers
}

fn empty_document(kind: DocKind) -> Automerge {
    Automerge::load(&genesis_bytes(kind).unwrap()).unwrap()
}

fn admit_all(writers: &Writers, order: &[usize]) -> (Automerge, Admission) {
    let mut document = empty_document(writers.kind);
    let mut history = writers.history();
    let received: Vec<(ActorBytes, &[u8])> = order
        .iter()
        .map(|index| (writers.made[*index].0, writers.made[*index].1.as_slice()))
        .collect();
    let admission = admit(&mut document, &mut history, &received);
    (document, admission)
}

fn reject(forge: &Forge) -> RejectReason {
    let history = Writers::new(KIND, 0).history();
    match read_change(&forge.bytes(), &actor(0), &history) {
        Verdict::Reject(reason) => reason,
        other => panic!("not refused: {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_honest_change_is_accepted_in_any_order(
        steps in steps(),
        has_text in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let kind = if has_text { DocKind::JournalEntry } else { DocKind::CheckIn };
        let writers = run(kind, &steps);
        let mut order: Vec<usize> = (0..writers.made.len()).collect();
        order.sort_by_key(|index| seed.wrapping_mul(*index as u64 * 2 + 1).rotate_left(29));
        let (shuffled, admission) = admit_all(&writers, &order);
        prop_assert_eq!(admission.accepted.len(), order.len(), "{:?}", admission);
        let (straight, _) = admit_all(&writers, &(0..writers.made.len()).collect::<Vec<_>>());
        prop_assert_eq!(shuffled.get_heads(), straight.get_heads());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let history = Writers::new(KIND, 0).history();
        prop_assert!(matches!(read_change(&bytes, &actor(0), &history), Verdict::Reject(_)));
        if bytes.len() > 9 {
            bytes[..4].copy_from_slice(&[0x85, 0x6f, 0x4a, 0x83]);
            bytes[8] = 1;
            repair(&mut bytes);
            prop_assert!(matches!(read_change(&bytes, &actor(0), &history), Verdict::Reject(_)));
            let inner = chunk(1, &bytes[9..]);
            prop_assert!(matches!(read_change(&inner, &actor(0), &history), Verdict::Reject(_)));
        }
    }
}

#[test]
fn the_forged_honest_change_is_what_automerge_writes() {
    let mut writers = Writers::new(KIND, 1);
    // "aa" has an even number of letters and goes to `f`.
    writers.write(0, &[Edit::Put("aa".into(), ScalarValue::Null)]);
    let forged = Forge::honest(KIND, actor(0)).column(0x15, &[0x7f, 2, b'a', b'a']);
    assert_eq!(writers.made[0].1, forged.bytes());
    let verdict = read_change(&forged.bytes(), &actor(0), &writers.history());
    let Verdict::Accept(change) = verdict else {
        panic!("{verdict:?}");
    };
    assert_eq!((change.seq, change.start_op, change.operations), (1, 4, 1));
}

#[test]
fn a_hundred_bytes_that_unfold_to_millions_are_refused_unread() {
    let many = signed(12_000_000);
    let run = |value: u8| [many.clone(), vec![value]].concat();
    let bomb = Forge::honest(KIND, actor(0))
        .column(0x01, &run(1))
        .column(0x02, &run(1))
        .column(0x15, &[many.clone(), vec![1, b'a']].concat())
        .column(0x34, &unsigned(12_000_000))
        .column(0x42, &run(1))
        .column(0x56, &run(0))
        .column(0x70, &run(0));
    assert!(bomb.bytes().len() < 200);
    assert_eq!(reject(&bomb), RejectReason::TooManyOperations);

    // The same through predecessors, with a single operation.
    let bomb = Forge::honest(KIND, actor(0))
        .column(0x70, &[vec![0x7f], unsigned(u64::MAX)].concat())
        .column(0x71, &run(1))
        .column(0x73, &run(0));
    assert_eq!(reject(&bomb), RejectReason::TooManyOperations);

    // A value that claims to be longer than all bytes there are.
    let long =
        Forge::honest(KIND, actor(0)).column(0x56, &[vec![0x7f], unsigned((1 << 60) | 7)].concat());
    assert_eq!(reject(&long), RejectReason::Rows);
}

#[test]
fn every_field_out_of_place_is_refused_for_its_reason() {
    let honest = Forge::honest(KIND, actor(0));
    let with = |change: fn(&mut Forge)| {
        let mut forge = honest.clone();
        change(&mut forge);
        reject(&forge)
    };
    assert_eq!(with(|f| f.chunk_type = 0), RejectReason::ChunkType(0));
    assert_eq!(with(|f| f.chunk_type = 2), RejectReason::ChunkType(2));
    assert_eq!(with(|f| f.chunk_type = 3), RejectReason::ChunkType(3));
    assert_eq!(with(|f| f.actor = actor(1).to_vec()), RejectReason::Actor);
    assert_eq!(with(|f| f.actor.push(0)), RejectReason::Actor);
    assert_eq!(with(|f| f.seq = 0), RejectReason::Sequence);
    assert_eq!(with(|f| f.seq = 2), RejectReason::Sequence);
    assert_eq!(with(|f| f.start_op = 3), RejectReason::StartOp);
    assert_eq!(with(|f| f.start_op = 5), RejectReason::StartOp);
    assert_eq!(with(|f| f.start_op = (1 << 31) - 1), RejectReason::StartOp);
    assert_eq!(with(|f| f.start_op = u64::MAX), RejectReason::StartOp);
    assert_eq!(with(|f| f.message = b"hi".to_vec()), RejectReason::Message);
    assert_eq!(with(|f| f.extra = vec![0]), RejectReason::ExtraBytes);
    assert_eq!(with(|f| f.dependencies.clear()), RejectReason::Dependencies);
    assert_eq!(
        with(|f| f.dependencies.push(f.dependencies[0])),
        RejectReason::Dependencies
    );
    assert_eq!(
        with(|f| f.others.insert(0, vec![0; 16])),
        RejectReason::OtherActors
    );
    assert_eq!(
        with(|f| f.others.push(vec![0xff; 16])),
        RejectReason::OtherActors
    );
    assert_eq!(with(|f| f.others.clear()), RejectReason::OtherActors);
    assert_eq!(with(|f| f.columns.clear()), RejectReason::NoOperations);
    assert_eq!(with(|f| f.columns.swap(0, 1)), RejectReason::Columns);
    assert_eq!(
        with(|f| f.columns.push((0x94, vec![1]))),
        RejectReason::Columns
    );
    assert_eq!(
        with(|f| f.columns[4].0 |= 8),
        RejectReason::CompressedColumn
    );
}

#[test]
fn operations_that_documents_do_not_use_are_refused() {
    let honest = Forge::honest(KIND, actor(0));
    let column = |specification, data: &[u8]| reject(&honest.clone().column(specification, data));
    // Making a map, a list, a text; incrementing; marking.
    for action in [0, 2, 4, 5, 6, 7, 99] {
        assert_eq!(column(0x42, &[0x7f, action]), RejectReason::Operation);
    }
    assert_eq!(column(0x02, &[0x7f, 9]), RejectReason::Container);
    assert_eq!(column(0x02, &[0, 1]), RejectReason::Container);
    assert_eq!(column(0x01, &[0x7f, 0]), RejectReason::Container);
    assert_eq!(column(0x01, &[0x7f, 2]), RejectReason::OtherActors);
    assert_eq!(column(0x15, &[0x7f, 0]), RejectReason::Key);
    assert_eq!(column(0x15, &[0x7f, 1, 0xff]), RejectReason::Value);
    assert_eq!(column(0x13, &[0x7f, 0]), RejectReason::Key);
    assert_eq!(column(0x34, &[0, 1]), RejectReason::Operation);
    // A counter, an unknown type, a null with content, a number in two bytes too many.
    assert_eq!(column(0x56, &[0x7f, 8]), RejectReason::Value);
    assert_eq!(column(0x56, &[0x7f, 0x0b]), RejectReason::Value);
    for (meta, value) in [
        (0x10u8, &[0u8][..]),
        (0x23, &[0x80, 0]),
        (0x13, &[0x80]),
        (0x16, &[0xff]),
    ] {
        let forge = honest
            .clone()
            .column(0x56, &[0x7f, meta])
            .column(0x57, value);
        assert!(matches!(
            reject(&forge),
            RejectReason::Value | RejectReason::Leb128 | RejectReason::Truncated
        ));
    }
    let nan = honest
        .clone()
        .column(0x56, &[vec![0x7f], unsigned(0x85)].concat())
        .column(0x57, &f64::NAN.to_le_bytes());
    assert_eq!(reject(&nan), RejectReason::Value);
    // Deleting what nobody wrote, and a predecessor from the future.
    assert_eq!(column(0x42, &[0x7f, 3]), RejectReason::Predecessors);
    let future = honest
        .clone()
        .column(0x70, &[0x7f, 1])
        .column(0x71, &[0x7f, 0])
        .column(0x73, &[0x7f, 40]);
    assert_eq!(reject(&future), RejectReason::Reference);
}

#[test]
fn columns_of_unequal_length_are_refused() {
    let honest = Forge::honest(KIND, actor(0));
    for (specification, data) in [
        (0x01, &[2u8, 1][..]),
        (0x02, &[2, 1]),
        (0x11, &[0, 2]),
        (0x13, &[0, 2]),
        (0x15, &[2, 1, b'a']),
        (0x34, &[2]),
        (0x42, &[2, 1]),
        (0x56, &[2, 0]),
        (0x57, &[0]),
        (0x70, &[2, 0]),
        (0x71, &[0x7f, 1]),
        (0x73, &[0x7f, 1]),
    ] {
        let forge = honest.clone().column(specification, data);
        assert_eq!(reject(&forge), RejectReason::Rows, "{specification:02x}");
    }
    for specification in [0x01, 0x02, 0x34, 0x42, 0x56, 0x70] {
        let forge = honest.clone().without(specification);
        assert_eq!(reject(&forge), RejectReason::Columns, "{specification:02x}");
    }
}

#[test]
fn bytes_around_a_change_are_refused() {
    let history = Writers::new(KIND, 0).history();
    let honest = Forge::honest(KIND, actor(0)).bytes();
    let verdict = |bytes: &[u8]| match read_change(bytes, &actor(0), &history) {
        Verdict::Reject(reason) => reason,
        other => panic!("not refused: {other:?}"),
    };
    let mut trailing = honest.clone();
    trailing.push(0);
    assert_eq!(verdict(&trailing), RejectReason::Length);
    assert_eq!(verdict(&honest[..honest.len() - 1]), RejectReason::Length);
    assert_eq!(
        verdict(&[honest.clone(), honest.clone()].concat()),
        RejectReason::Length
    );
    let mut damaged = honest.clone();
    damaged[20] ^= 1;
    assert_eq!(verdict(&damaged), RejectReason::Checksum);
    damaged[0] ^= 1;
    assert_eq!(verdict(&damaged), RejectReason::Magic);
    assert_eq!(
        verdict(&vec![0; CHANGE_READ_MAX + 1]),
        RejectReason::TooLarge
    );
    assert_eq!(verdict(&[]), RejectReason::Truncated);
    assert_eq!(
        verdict(&genesis_bytes(KIND).unwrap()),
        RejectReason::Dependencies
    );

    // The chunk's own length in two bytes where one would do.
    let mut long = honest[..9].to_vec();
    long.extend([honest[9] | 0x80, 0]);
    long.extend(&honest[10..]);
    repair(&mut long);
    assert_eq!(verdict(&long), RejectReason::Leb128);
}

#[test]
fn a_change_without_its_parents_waits_and_is_accepted_after_them() {
    let mut writers = Writers::new(KIND, 2);
    for text in ["one", "two", "three"] {
        writers.write(0, &[Edit::Splice(0, 0, text.into())]);
    }
    let mut document = empty_document(KIND);
    let mut history = writers.history();
    let received = |index: usize| [(writers.made[index].0, writers.made[index].1.as_slice())];
    let late = admit(&mut document, &mut history, &received(2));
    assert_eq!(late.waiting, [(0, vec![hash_of(&writers.made[1].1)])]);
    let late = admit(&mut document, &mut history, &received(1));
    assert_eq!(late.waiting.len(), 1);
    assert_eq!(
        admit(&mut document, &mut history, &received(0)).accepted,
        [0]
    );
    let rest = [
        received(2)[0],
        received(1)[0],
        received(0)[0],
        received(2)[0],
    ];
    let rest = admit(&mut document, &mut history, &rest);
    // Both copies of the last change waited for the middle one; the second was looked at first.
    assert_eq!(rest.accepted, [1, 3]);
    assert_eq!(rest.known, [0, 2]);
}

#[test]
fn a_second_change_under_one_sequence_number_is_refused() {
    let mut writers = Writers::new(KIND, 1);
    let mut twin = Writers::new(KIND, 1);
    writers.write(0, &[Edit::Splice(0, 0, "mine".into())]);
    twin.write(0, &[Edit::Splice(0, 0, "other".into())]);
    let mut document = empty_document(KIND);
    let mut history = writers.history();
    let batch = [
        (writers.made[0].0, writers.made[0].1.as_slice()),
        (twin.made[0].0, twin.made[0].1.as_slice()),
    ];
    let admission = admit(&mut document, &mut history, &batch);
    assert_eq!(admission.accepted, [0]);
    assert_eq!(admission.rejected, [(1, RejectReason::Equivocation)]);
}

#[test]
fn one_bad_change_does_not_keep_the_others_out() {
    // Well formed to the reader, but its predecessor is an operation on another key: Automerge
    // gives back other bytes than it was given.
    let mut writers = Writers::new(DocKind::CheckIn, 3);
    writers.write(0, &[Edit::Put("aa".into(), ScalarValue::Int(1))]);
    writers.merge(0, 1);
    let first = hash_of(&writers.made[0].1);
    let mut forge = Forge::honest(DocKind::CheckIn, actor(2))
        .column(0x15, &[0x7f, 2, b'b', b'b'])
        .column(0x70, &[0x7f, 1])
        .column(0x71, &[0x7f, 2])
        .column(0x73, &[0x7f, 3]);
    forge.dependencies = vec![first.0];
    forge.start_op = 4;
    forge.others = vec![genesis_actor(DocKind::CheckIn), actor(0).to_vec()];
    forge.others.sort();
    let index = |wanted: &[u8]| {
        u8::try_from(
            forge
                .others
                .iter()
                .position(|other| other == wanted)
                .unwrap()
                + 1,
        )
        .unwrap()
    };
    let (genesis, writer) = (index(&genesis_actor(DocKind::CheckIn)), index(&actor(0)));
    let forge = forge
        .clone()
        .column(0x01, &[0x7f, genesis])
        .column(0x71, &[0x7f, writer]);
    let bad = forge.bytes();

    for number in 0..6 {
        let key = format!("k{number}");
        writers.write(1, &[Edit::Put(key, ScalarValue::Int(number))]);
    }
    let mut received: Vec<(ActorBytes, &[u8])> = writers
        .made
        .iter()
        .map(|(actor, bytes)| (*actor, bytes.as_slice()))
        .collect();
    received.insert(3, (actor(2), &bad));
    let mut document = empty_document(DocKind::CheckIn);
    let mut history = writers.history();
    let admission = admit(&mut document, &mut history, &received);
    assert_eq!(admission.rejected, [(3, RejectReason::Unappliable)]);
    assert_eq!(admission.accepted.len(), 7);
    assert_eq!(history.len(), 8);
    assert_eq!(document.get_heads(), writers.devices[1].get_heads());
}

fn genesis_actor(kind: DocKind) -> Vec<u8> {
    crate::documents::genesis_facts(kind)
        .unwrap()
        .actor
        .to_vec()
}

/// A small deterministic generator (SplitMix64), so that a run can be repeated by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.roll(256)).unwrap()
    }
}

fn mutate(dice: &mut Dice, honest: &[u8]) -> Vec<u8> {
    let mut bytes = honest.to_vec();
    for _ in 0..=dice.roll(3) {
        let at = 10 + dice.roll(bytes.len() - 10);
        match dice.roll(5) {
            0 => bytes[at] = dice.byte(),
            1 => bytes[at] ^= 1 << dice.roll(8),
            2 => bytes[at] = bytes[at].wrapping_add(1),
            3 => bytes.insert(at, dice.byte()),
            _ => drop(bytes.remove(at)),
        }
    }
    // Content of the old or another length under a correct length and checksum.
    let header = if honest.len() > 10 + 127 { 11 } else { 10 };
    if dice.roll(4) == 0 {
        repair(&mut bytes);
        bytes
    } else {
        chunk(1, &bytes[header.min(bytes.len())..])
    }
}

#[test]
fn two_thousand_mutated_changes_leave_no_document_broken() {
    let seed = 0x0062_656c_6179;
    let mut dice = Dice(seed);
    let mut writers = Writers::new(KIND, 2);
    for round in 0..5i64 {
        for device in 0..2 {
            let edits = [
                Edit::Put("mood".into(), ScalarValue::Int(round)),
                Edit::Put(
                    "win".into(),
                    ScalarValue::Str(format!("win {round}").into()),
                ),
                Edit::Splice(dice.roll(40), dice.roll(4), "held the rope ".into()),
            ];
            writers.write(device, &edits);
        }
        writers.merge(0, 1);
        writers.merge(1, 0);
    }
    let last = writers.made.len() - 1;
    let before: Vec<usize> = (0..last).collect();
    let (base, _) = admit_all(&writers, &before);
    let mut history = writers.history();
    admit(
        &mut empty_document(KIND),
        &mut history,
        &writers.made[..last]
            .iter()
            .map(|(actor, bytes)| (*actor, bytes.as_slice()))
            .collect::<Vec<_>>(),
    );
    let (writer, honest) = &writers.made[last];
    let (mut strict, mut applied) = (0, 0);
    for number in 0..2_000 {
        let bytes = mutate(&mut dice, honest);
        let Verdict::Accept(_) = read_change(&bytes, writer, &history) else {
            continue;
        };
        strict += 1;
        let mut document = base.clone();
        let mut history = history.clone();
        let admission = admit(&mut document, &mut history, &[(*writer, &bytes)]);
        if admission.accepted.is_empty() {
            continue;
        }
        applied += 1;
        let context = format!("seed {seed:#x}, mutation {number}");
        // A broken document shows when it is saved, loaded, or written to.
        let mut loaded = Automerge::load(&document.save()).expect(&context);
        assert_eq!(loaded.get_heads(), document.get_heads(), "{context}");
        let mut next = Writers::new(KIND, 1);
        next.devices[0] =
            std::mem::take(&mut loaded).with_actor(automerge::ActorId::from(actor(9)));
        next.write(
            0,
            &[
                Edit::Splice(3, 2, "on".into()),
                Edit::Put("mood".into(), ScalarValue::Null),
            ],
        );
        assert_eq!(next.made.len(), 1, "{context}");
    }
    // The run would prove nothing if no mutation ever got through.
    assert!(
        strict > 20 && applied > 20,
        "{strict} read, {applied} applied"
    );
}
