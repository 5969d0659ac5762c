//! Thousands of crafted changes in canonical form, mostly within the rules, one upon the other.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use super::craft::{Name, Op, Place};
use super::dice::{Dice, automerge_panics};
use super::forge::{Forge, actor};
use super::target::{BYTES, INT, KIND, NULL, TEXT, TIME, Target, UINT, assert_sound};
use super::*;

/// A random change on top of a document, in canonical form and mostly within the rules.
fn random_change(dice: &mut Dice, target: &Target, writer: ActorBytes, seq: u64) -> Forge {
    let mut forge = Forge::honest(KIND, writer);
    forge.seq = seq;
    forge.dependencies = target.document.heads().iter().map(|head| head.0).collect();
    forge.start_op = target.next_counter();
    let start = forge.start_op;
    let name = |dice: &mut Dice, at: u64| match dice.roll(4) {
        0 => target.field,
        1 => (start + dice.roll(12) as u64, writer),
        2 => (start.saturating_sub(1 + dice.roll(8) as u64), writer),
        _ if at % 7 == 6 => (1 + dice.roll(3) as u64, Target::genesis()),
        _ => *dice.one_of(&target.characters),
    };
    let count = 1 + dice.roll(12) as u64;
    let ops: Vec<Op> = (0..count)
        .map(|at| match dice.roll(8) {
            0 | 1 => {
                let mut predecessors: Vec<Name> =
                    (0..dice.roll(3)).map(|_| name(dice, at)).collect();
                predecessors.sort_unstable();
                predecessors.dedup();
                let key = *dice.one_of(&["aa", "new", "\0", "schema"]);
                let value = *dice.one_of(&[
                    (NULL, &[][..]),
                    (UINT, &[7]),
                    (INT, &[0x7f]),
                    (TEXT, b"words"),
                    (BYTES, &[0xff, 0]),
                    (TIME, &[0]),
                ]);
                target.put(key, value, &predecessors)
            }
            2 => {
                let element = name(dice, at);
                target.delete(element)
            }
            3 => target.insert(Place::Head, dice.one_of::<&str>(&["x", "\u{10ffff}"])),
            4 if at > 0 => {
                let before = (
                    start + dice.roll(usize::try_from(at).unwrap_or(1)) as u64,
                    writer,
                );
                target.insert(Place::Element(before), "y")
            }
            _ => target.insert(Place::Element(*dice.one_of(&target.characters)), "z"),
        })
        .collect();
    let mut forge = forge.operations(&ops);
    match dice.roll(24) {
        0 => forge.seq = dice.roll(5) as u64,
        1 => forge.start_op = dice.roll(40) as u64,
        2 => forge.start_op = (1 << 31) - dice.roll(20) as u64,
        3 => forge.dependencies.push([dice.byte(); 32]),
        4 => drop(forge.others.pop()),
        _ => {}
    }
    forge
}

#[test]
fn five_thousand_crafted_changes_leave_no_document_broken() {
    let seed = 0x6563_6166;
    let mut dice = Dice(seed);
    let panics = automerge_panics();
    let (mut tried, mut accepted) = (0, 0);
    while tried < 5_000 {
        // A line of changes by two crafty devices on one document.
        let mut target = Target::new();
        let mut seqs = [0u64; 2];
        for _ in 0..12 {
            tried += 1;
            let at = dice.roll(2);
            let writer = actor(1 + u8::try_from(at).unwrap());
            let bytes = random_change(&mut dice, &target, writer, seqs[at] + 1).bytes();
            let strict = read_change(&bytes, &writer, target.document.history());
            let admission = target.document.admit(&[(writer, &bytes)]);
            let taken = !admission.accepted.is_empty();
            let context = format!("seed {seed:#x}, change {tried}");
            assert_eq!(matches!(strict, Verdict::Accept(_)), taken, "{context}");
            if taken {
                accepted += 1;
                seqs[at] += 1;
                assert_sound(target.document.clone(), &context);
            }
        }
    }
    assert!(accepted > 500, "{accepted} accepted");
    assert_eq!(automerge_panics(), panics, "seed {seed:#x}");
}
