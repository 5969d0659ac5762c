//! Heads of changes that a stolen own device could sign: times, counters, numbers, parents and writers out of place.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use super::forge::{self, Forge, actor};
use super::target::{COUNTER, KIND, NULL, Target, assert_sound};
use super::*;
use crate::documents::genesis_facts;

#[test]
fn a_head_that_does_not_fit_its_past_is_refused_or_waits() {
    let target = Target::new();
    let honest = target.change(&[target.put("new", (NULL, &[]), &[])]);
    let with = |change: &dyn Fn(&mut Forge)| {
        let mut forge = honest.clone();
        change(&mut forge);
        target.outcome(&forge, "")
    };
    assert_eq!(with(&|_| ()), Ok(()));
    // Times are stored as differences: two extreme ones overflow in Automerge, at the next honest write.
    for time in [-TIME_END, -1, TIME_END] {
        assert_eq!(with(&|forge| forge.time = time), Ok(()), "{time}");
    }
    for time in [i64::MIN, -TIME_END - 1, TIME_END + 1, i64::MAX] {
        let refused = with(&|forge| forge.time = time);
        assert_eq!(refused, Err(RejectReason::Time), "{time}");
    }
    // Naming a grandparent besides its child is allowed by the format and changes nothing.
    let genesis = genesis_facts(KIND).unwrap().hash.0;
    let both = with(&|forge| {
        forge.dependencies.push(genesis);
        forge.dependencies.sort_unstable();
    });
    assert_eq!(both, Ok(()));
    for start_op in [
        0,
        1,
        honest.start_op - 1,
        honest.start_op + 1,
        (1 << 31) - 1,
        1 << 31,
        1 << 63,
        u64::MAX,
    ] {
        let refused = with(&|forge| forge.start_op = start_op);
        assert_eq!(refused, Err(RejectReason::StartOp), "{start_op}");
    }
    for seq in [0, 2, 3, u64::MAX] {
        assert_eq!(
            with(&|forge| forge.seq = seq),
            Err(RejectReason::Sequence),
            "{seq}"
        );
    }
    let many = |count: u64| {
        with(&|forge| {
            forge.dependencies = (0..count)
                .map(|n| std::array::from_fn(|at| n.to_be_bytes()[at % 8]))
                .collect();
        })
    };
    assert_eq!(many(0), Err(RejectReason::Dependencies));
    assert_eq!(many(257), Err(RejectReason::Dependencies));
    for actor in [
        vec![],
        vec![1; 15],
        vec![1; 32],
        actor(0).to_vec(),
        Target::genesis().to_vec(),
    ] {
        let refused = with(&|forge| forge.actor = actor.clone());
        let expected = [RejectReason::Actor, RejectReason::OtherActors];
        assert!(expected.contains(&refused.unwrap_err()), "{actor:?}");
    }
    assert_eq!(
        with(&|forge| forge.message = "hello".into()),
        Err(RejectReason::Message)
    );
    for extra in [vec![0], vec![0; 1_000]] {
        assert_eq!(
            with(&|forge| forge.extra = extra.clone()),
            Err(RejectReason::ExtraBytes)
        );
    }
    for kind in [0, 2, 3, 4, 255] {
        assert_eq!(
            with(&|forge| forge.chunk_type = kind),
            Err(RejectReason::ChunkType(kind))
        );
    }
}

#[test]
fn what_names_parents_that_never_come_waits_and_is_refused_if_it_is_evil_anyway() {
    let target = Target::new();
    let honest = target.change(&[target.put("new", (NULL, &[]), &[])]);
    let nowhere = [0xee; 32];
    let mut orphan = honest.clone();
    orphan.dependencies = vec![nowhere];
    let mut document = target.document.clone();
    let admission = document.admit(&[(actor(1), &orphan.bytes())]);
    assert_eq!(admission.waiting, [(0, vec![ChangeHash(nowhere)])]);
    assert_sound(document, "an orphan");
    // Two that name each other cannot be made; one that names what would be itself only waits.
    let mut circle = honest.clone();
    circle.dependencies = vec![hash(&honest)];
    let mut document = target.document.clone();
    let admission = document.admit(&[(actor(1), &circle.bytes())]);
    assert_eq!(admission.waiting.len(), 1);
    for evil in [
        orphan
            .clone()
            .operations(&[target.put("", (NULL, &[]), &[])]),
        orphan
            .clone()
            .operations(&[target.put("new", (COUNTER, &[1]), &[])]),
        orphan.clone().column(0x42, &[0x7f, 0]),
        Forge {
            start_op: u64::MAX,
            ..orphan.clone()
        },
    ] {
        let admission = target.document.clone().admit(&[(actor(1), &evil.bytes())]);
        assert_eq!(admission.rejected.len(), 1, "{admission:?}");
    }
}

fn hash(forge: &Forge) -> [u8; 32] {
    forge::hash_of(&forge.bytes()).0
}

#[test]
fn a_sequence_number_used_twice_and_a_side_branch_of_ones_own_do_no_harm() {
    let target = Target::new();
    let first = target
        .change(&[target.put("one", (NULL, &[]), &[])])
        .bytes();
    let twin = target
        .change(&[target.put("two", (NULL, &[]), &[])])
        .bytes();
    let mut document = target.document.clone();
    let admission = document.admit(&[(actor(1), &first), (actor(1), &twin), (actor(1), &first)]);
    assert_eq!((admission.accepted, admission.known), (vec![0], vec![2]));
    assert_eq!(admission.rejected, [(1, RejectReason::Equivocation)]);
    // The second number on a past that does not hold the first.
    let mut aside = target.change(&[target.put("three", (NULL, &[]), &[])]);
    aside.seq = 2;
    let admission = document.admit(&[(actor(1), &aside.bytes())]);
    assert_eq!(admission.rejected, [(0, RejectReason::Sequence)]);
    assert_sound(document, "after contradictions");
}
