//! Twenty thousand mutated changes with repaired checksums, against a document that two devices wrote.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use automerge::ScalarValue;
use belay_protocol::DocKind;

use super::dice::{Dice, automerge_panics};
use super::forge::{Edit, Writers, chunk, repair};
use super::target::assert_sound;
use super::{ActorBytes, Verdict, read_change};
use crate::documents::SelfDocument;

const KIND: DocKind = DocKind::JournalEntry;

/// The content of a chunk, behind magic, checksum, type and length.
fn content(chunk: &[u8]) -> &[u8] {
    let length = chunk[9..].iter().take_while(|byte| **byte >= 0x80).count() + 1;
    &chunk[9 + length..]
}

fn mutate(dice: &mut Dice, honest: &[u8], from: usize) -> Vec<u8> {
    let mut bytes = honest.to_vec();
    for _ in 0..=dice.roll(3) {
        let at = from + dice.roll(bytes.len() - from);
        match dice.roll(6) {
            0 => bytes[at] = dice.byte(),
            1 => bytes[at] ^= 1 << dice.roll(8),
            2 => bytes[at] = bytes[at].wrapping_add(1),
            3 => bytes[at] = *dice.one_of(&[0, 1, 0x7e, 0x7f, 0x80, 0xff]),
            4 => bytes.insert(at, dice.byte()),
            _ => drop(bytes.remove(at)),
        }
    }
    // Content of the old or another length under a correct length and checksum.
    if dice.roll(4) == 0 {
        repair(&mut bytes);
        bytes
    } else {
        chunk(1, content(&bytes))
    }
}

#[test]
fn twenty_thousand_mutated_changes_leave_no_document_broken() {
    let seed = 0x0062_656c_6179;
    let mut dice = Dice(seed);
    let panics = automerge_panics();
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
    let ((writer, honest), before) = writers.made.split_last().unwrap();
    let received: Vec<(ActorBytes, &[u8])> = before
        .iter()
        .map(|(actor, bytes)| (*actor, bytes.as_slice()))
        .collect();
    let mut base = SelfDocument::new(KIND).unwrap();
    assert_eq!(base.admit(&received).accepted.len(), before.len());
    // Where the columns begin: what stands before them is mutated too, but seldom leads anywhere.
    let columns = honest.len() / 2;
    let (mut strict, mut applied) = (0, 0);
    for number in 0..20_000 {
        let from = if number % 4 == 0 { 10 } else { columns };
        let bytes = mutate(&mut dice, honest, from);
        let Verdict::Accept(_) = read_change(&bytes, writer, base.history()) else {
            continue;
        };
        strict += 1;
        let mut document = base.clone();
        if document.admit(&[(*writer, &bytes)]).accepted.is_empty() {
            continue;
        }
        applied += 1;
        assert_sound(document, &format!("seed {seed:#x}, mutation {number}"));
    }
    // What the reader lets through is sound: Automerge takes all of it. The run would prove nothing if
    // no mutation ever got that far.
    assert!(applied > 200, "{applied} applied");
    assert_eq!(strict, applied, "seed {seed:#x}");
    assert_eq!(automerge_panics(), panics, "seed {seed:#x}");
}
