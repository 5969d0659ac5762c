//! Changes in perfect form that a stolen own device could sign. Each is refused for its reason or harmless: a document
//! that took one is saved, loaded and written to as any other.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use automerge::ScalarValue;

use super::craft::{Name, Op, Place};
use super::forge::{self, Edit, Forge, Writers, actor};
use super::target::{BYTES, COUNTER, DELETE, FLOAT, INT, KIND, NULL, TEXT, TIME, Target, UINT};
use super::*;

#[test]
fn what_is_crafted_is_what_automerge_writes() {
    let mut writers = Writers::new(KIND, 1);
    writers.write(
        0,
        &[
            Edit::Put("aa".into(), ScalarValue::Int(1)),
            Edit::Splice(0, 0, "held".into()),
        ],
    );
    let target = Target::new();
    let mut ops = vec![target.put("aa", (INT, &[1]), &[])];
    for (at, letter) in ["h", "e", "l", "d"].into_iter().enumerate() {
        let place = match at.checked_sub(1) {
            None => Place::Head,
            Some(before) => Place::Element((5 + before as u64, actor(0))),
        };
        ops.push(target.insert(place, letter));
    }
    let crafted = Forge::honest(KIND, actor(0)).operations(&ops);
    assert_eq!(crafted.bytes(), writers.made[0].1);
    writers.write(
        0,
        &[
            Edit::Put("aa".into(), ScalarValue::Null),
            Edit::Splice(1, 2, String::new()),
        ],
    );
    let mut crafted = target.change(&[
        target.put("aa", (NULL, &[]), &[target.field]),
        target.delete(target.characters[1]),
        target.delete(target.characters[2]),
    ]);
    crafted.actor = actor(0).to_vec();
    crafted.seq = 2;
    let crafted = crafted.operations(&[
        target.put("aa", (NULL, &[]), &[target.field]),
        target.delete(target.characters[1]),
        target.delete(target.characters[2]),
    ]);
    assert_eq!(crafted.bytes(), writers.made[1].1);
}

#[test]
fn values_of_every_type_at_their_ends_do_no_harm() {
    let target = Target::new();
    let long = vec![0xff; 60_000];
    let least = forge::signed(i64::MIN);
    let most = forge::signed(i64::MAX);
    let greatest = forge::unsigned(u64::MAX);
    for (kind, bytes) in [
        (NULL, &[][..]),
        (1, &[]),
        (2, &[]),
        (UINT, &greatest),
        (INT, &least),
        (INT, &most),
        (TIME, &least),
        (TIME, &most),
        (FLOAT, &f64::INFINITY.to_le_bytes()),
        (FLOAT, &(-0.0f64).to_le_bytes()),
        (FLOAT, &f64::from_bits(1).to_le_bytes()),
        (TEXT, "\0\u{7f}\u{202e}\u{feff}\u{10ffff}".as_bytes()),
        (TEXT, &[]),
        (BYTES, &long),
    ] {
        // Also under the keys that programs look at, where another type is expected.
        for key in ["new", "schema", "deleted_at", "title"] {
            let context = format!("{kind} of {} bytes in {key}", bytes.len());
            assert_eq!(
                target.of(&[target.put(key, (kind, bytes), &[])], &context),
                Ok(())
            );
        }
    }
    for (kind, bytes) in [
        (NULL, &[0][..]),
        (UINT, &[0x80, 0]),
        (INT, &[0xff, 0x7f]),
        (FLOAT, &[0; 7]),
        (FLOAT, &f64::NAN.to_le_bytes()),
        (TEXT, &[0xed, 0xa0, 0x80]),
        (COUNTER, &[1]),
        (TIME, &[]),
        (10, &[]),
        (15, &[1, 2, 3]),
    ] {
        let refused = target.of(&[target.put("new", (kind, bytes), &[])], "");
        assert!(refused.is_err(), "{kind} {bytes:02x?}");
    }
}

#[test]
fn keys_may_hold_anything_but_their_length_is_bounded() {
    let target = Target::new();
    let longest = "k".repeat(KEY_MAX);
    for key in [
        "\0",
        "\n\t\u{1b}[2J",
        "\u{202e}",
        "a/b/c",
        "__proto__",
        &longest,
    ] {
        assert_eq!(target.of(&[target.put(key, (NULL, &[]), &[])], key), Ok(()));
    }
    let beyond = "k".repeat(KEY_MAX + 1);
    for key in ["", &beyond] {
        let refused = target.of(&[target.put(key, (NULL, &[]), &[])], "");
        assert_eq!(refused, Err(RejectReason::Key));
    }
}

#[test]
fn a_text_takes_single_characters_only_whatever_they_are() {
    let target = Target::new();
    let last = Place::Element(target.characters[3]);
    for text in ["\0", "\u{301}", "\u{10ffff}", "\u{2028}", "\u{e000}"] {
        assert_eq!(
            target.of(&[target.insert(last.clone(), text)], text),
            Ok(())
        );
    }
    for text in ["", "ab", "e\u{301}"] {
        let refused = target.of(&[target.insert(last.clone(), text)], text);
        assert_eq!(refused, Err(RejectReason::Value), "{text:?}");
    }
    let mut number = target.insert(last, "");
    number.value = (INT, vec![1]);
    assert_eq!(target.of(&[number], ""), Err(RejectReason::Value));
}

#[test]
fn deleting_and_overwriting_reach_only_what_was_there() {
    let target = Target::new();
    let [first, second, ..] = target.characters[..] else {
        panic!("four characters");
    };
    let own = |offset: u64| (target.next_counter() + offset, actor(1));
    let put = |predecessors: &[Name]| target.put("aa", (NULL, &[]), predecessors);
    let mut unset = put(&[target.field]);
    unset.action = DELETE;

    // Twice the same, and what stands behind something deleted.
    assert_eq!(
        target.of(&[target.delete(first), target.delete(first)], ""),
        Ok(())
    );
    let behind = target.insert(Place::Element(first), "x");
    assert_eq!(target.of(&[target.delete(first), behind], ""), Ok(()));
    // Two settings of one key side by side in one change, and one over the other.
    assert_eq!(
        target.of(&[put(&[target.field]), put(&[target.field])], ""),
        Ok(())
    );
    assert_eq!(target.of(&[put(&[]), put(&[])], ""), Ok(()));
    assert_eq!(
        target.of(&[put(&[target.field]), put(&[own(0)])], ""),
        Ok(())
    );
    assert_eq!(
        target.of(&[put(&[]), put(&[target.field, own(0)])], ""),
        Ok(())
    );
    assert_eq!(target.of(&[unset.clone(), unset.clone()], ""), Ok(()));
    assert_eq!(
        target.of(&[unset.clone(), put(&[target.field])], ""),
        Ok(())
    );

    let unseen = (first.0, actor(5));
    let beyond = (first.0 + 100, first.1);
    for (ops, reason) in [
        (vec![target.delete(unseen)], RejectReason::OtherActors),
        (vec![target.delete(beyond)], RejectReason::Reference),
        (vec![target.delete(own(0))], RejectReason::Reference),
        (vec![target.delete(own(7))], RejectReason::Reference),
        (vec![target.delete(target.field)], RejectReason::Reference),
        (vec![put(&[first])], RejectReason::Reference),
        (vec![put(&[own(0)])], RejectReason::Reference),
        (
            vec![put(&[target.field, target.field])],
            RejectReason::Predecessors,
        ),
        (
            vec![put(&[]), put(&[own(0), target.field])],
            RejectReason::Predecessors,
        ),
        // What a deletion did cannot be deleted or replaced.
        (vec![unset.clone(), put(&[own(0)])], RejectReason::Reference),
        (
            vec![Op {
                predecessors: vec![first, second],
                ..target.delete(first)
            }],
            RejectReason::Predecessors,
        ),
        (
            vec![Op {
                predecessors: vec![second],
                ..target.delete(first)
            }],
            RejectReason::Predecessors,
        ),
        (
            vec![Op {
                predecessors: Vec::new(),
                ..target.delete(first)
            }],
            RejectReason::Predecessors,
        ),
        (
            vec![Op {
                predecessors: vec![first],
                ..target.insert(Place::Head, "x")
            }],
            RejectReason::Predecessors,
        ),
        (
            vec![target.insert(Place::Element(own(3)), "x")],
            RejectReason::Reference,
        ),
        (
            vec![target.insert(Place::Element(target.field), "x")],
            RejectReason::Reference,
        ),
    ] {
        assert_eq!(target.of(&ops, ""), Err(reason), "{ops:?}");
    }
}

#[test]
fn no_container_counter_or_mark_is_ever_made() {
    let target = Target::new();
    let put = target.put("new", (NULL, &[]), &[]);
    for action in [0, 2, 4, 6] {
        for insert in [false, true] {
            let mut op = target.insert(Place::Head, "x");
            op.value = (NULL, Vec::new());
            (op.action, op.insert) = (action, insert);
            assert!(
                target.of(&[op], "").is_err(),
                "made by {action} in the text"
            );
        }
        let op = Op {
            action,
            ..put.clone()
        };
        assert_eq!(target.of(&[op], ""), Err(RejectReason::Operation));
    }
    for (action, value) in [
        (5, (INT, vec![1])),
        (7, (NULL, Vec::new())),
        (u64::MAX, (NULL, Vec::new())),
    ] {
        let op = Op {
            action,
            value,
            ..put.clone()
        };
        assert_eq!(
            target.of(&[op], ""),
            Err(RejectReason::Operation),
            "{action}"
        );
    }
    // Marks come with columns of their own.
    for (column, bytes) in [(0x94, &[1u8][..]), (0xa5, &[0x7f, 1, b'b'])] {
        let forge = target
            .change(std::slice::from_ref(&put))
            .column(column, bytes);
        assert_eq!(target.outcome(&forge, ""), Err(RejectReason::Columns));
    }
    let genesis = Target::genesis();
    for container in [Some((0, genesis)), Some((4, genesis)), Some(target.field)] {
        let op = Op {
            container,
            ..put.clone()
        };
        assert_eq!(
            target.of(&[op], ""),
            Err(RejectReason::Container),
            "{container:?}"
        );
    }
    // The root is not written to.
    let root = Op {
        container: None,
        ..put.clone()
    };
    assert_eq!(target.of(&[root], ""), Err(RejectReason::Columns));
    // A key in the text and a place in a map.
    let key = Op {
        place: Place::Key("aa".into()),
        ..target.insert(Place::Head, "x")
    };
    let head = Op {
        place: Place::Head,
        ..put
    };
    assert_eq!(target.of(&[key], ""), Err(RejectReason::Key));
    assert_eq!(target.of(&[head], ""), Err(RejectReason::Key));
}

#[test]
fn a_change_unfolds_to_a_bounded_number_of_operations() {
    let target = Target::new();
    let most = usize::try_from(OPERATIONS_READ_MAX).unwrap();
    let same = vec![target.put("k", (NULL, &[]), &[]); most + 1];
    let bomb = target.change(&same[..most]);
    assert!(bomb.bytes().len() < 300, "{} bytes", bomb.bytes().len());
    assert_eq!(
        target.outcome(&bomb, "all the operations there may be"),
        Ok(())
    );
    let beyond = target.change(&same);
    assert_eq!(
        target.outcome(&beyond, ""),
        Err(RejectReason::TooManyOperations)
    );
    // As many characters, each behind the one before.
    let typed: Vec<Op> = (0..most as u64)
        .map(|at| match at.checked_sub(1) {
            None => target.insert(Place::Head, "x"),
            Some(before) => target.insert(
                Place::Element((target.next_counter() + before, actor(1))),
                "x",
            ),
        })
        .collect();
    assert_eq!(target.of(&typed, "a long text"), Ok(()));
    // Every operation over all before it: the count of references is what is bounded here.
    let piled: Vec<Op> = (0..400u64)
        .map(|at| {
            let before: Vec<Name> = (0..at)
                .map(|n| (target.next_counter() + n, actor(1)))
                .collect();
            target.put("k", (NULL, &[]), &before)
        })
        .collect();
    assert_eq!(target.of(&piled[..300], "references in heaps"), Ok(()));
    assert_eq!(target.of(&piled, ""), Err(RejectReason::TooManyOperations));
}
