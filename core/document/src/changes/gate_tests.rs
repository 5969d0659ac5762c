//! The gate against honest changes in any order, and against mutations of them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use automerge::{Automerge, ScalarValue};
use belay_protocol::DocKind;
use proptest::prelude::*;

use super::forge::{Edit, Forge, Writers, actor, hash_of};
use super::gate::{Admission, admit, admit_with, apply};
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
fn one_change_that_cannot_be_applied_does_not_keep_the_others_out() {
    let mut writers = Writers::new(DocKind::CheckIn, 2);
    for number in 0..6 {
        let key = format!("k{number}");
        writers.write(0, &[Edit::Put(key.clone(), ScalarValue::Int(number))]);
        writers.write(1, &[Edit::Put(key, ScalarValue::Int(-number))]);
    }
    let mut received: Vec<(ActorBytes, &[u8])> = writers
        .made
        .iter()
        .map(|(actor, bytes)| (*actor, bytes.as_slice()))
        .collect();
    // The third change of the first device, and everything of that device after it.
    let bad = hash_of(received[4].1);
    received.push(received[4]);
    let mut document = empty_document(DocKind::CheckIn);
    let mut history = writers.history();
    let refusing = |document: &Automerge, changes: &[&CheckedChange]| {
        let refused = changes.iter().any(|change| change.hash == bad);
        if refused {
            None
        } else {
            apply(document, changes)
        }
    };
    let admission = admit_with(&mut document, &mut history, &received, &refusing);
    let unappliable = RejectReason::Unappliable;
    assert_eq!(admission.rejected, [(4, unappliable), (12, unappliable)]);
    let mut accepted = admission.accepted.clone();
    accepted.sort_unstable();
    assert_eq!(accepted, [0, 1, 2, 3, 5, 7, 9, 11]);
    let waiting: Vec<usize> = admission.waiting.iter().map(|(index, _)| *index).collect();
    assert_eq!(waiting, [6, 8, 10]);
    assert_eq!(history.len(), 1 + 8);
    assert_eq!(document.get_changes(&[]).len(), 1 + 8);
}

#[test]
fn a_reference_to_another_key_is_refused() {
    // Automerge would take it, and give back other bytes than it was given.
    let mut writers = Writers::new(DocKind::CheckIn, 3);
    writers.write(0, &[Edit::Put("aa".into(), ScalarValue::Int(1))]);
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

    let mut document = empty_document(DocKind::CheckIn);
    let mut history = writers.history();
    let received = [
        (writers.made[0].0, writers.made[0].1.as_slice()),
        (actor(2), &bad),
    ];
    let admission = admit(&mut document, &mut history, &received);
    assert_eq!(admission.accepted, [0]);
    assert_eq!(admission.rejected, [(1, RejectReason::Reference)]);
}

fn genesis_actor(kind: DocKind) -> Vec<u8> {
    crate::documents::genesis_facts(kind)
        .unwrap()
        .actor
        .to_vec()
}
