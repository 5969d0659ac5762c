//! The strict reader against an attacker's changes: each refused for its reason, without Automerge.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use automerge::ScalarValue;
use belay_protocol::DocKind;
use proptest::prelude::*;

use super::forge::{Edit, Forge, Writers, actor, chunk, repair, signed, unsigned};
use super::*;
use crate::documents::genesis_bytes;

const KIND: DocKind = DocKind::JournalEntry;

fn reject(forge: &Forge) -> RejectReason {
    let history = Writers::new(KIND, 0).history();
    match read_change(&forge.bytes(), &actor(0), &history) {
        Verdict::Reject(reason) => reason,
        other => panic!("not refused: {other:?}"),
    }
}

proptest! {
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
