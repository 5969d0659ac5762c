//! A partner who plays with places, heads, clocks and names of authors.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::hostile;

use belay_model::{DocName, ItemId};
use belay_protocol::limits::{HEADS_MAX, NUMBER_MAX};
use belay_protocol::{EraseBody, ErasedSlot, Item, ItemKind, Operation};
use hostile::{Stage, act, check_in, id, stage};

#[tokio::test]
async fn heads_nobody_knows_wait_and_hide_nothing_that_can_be_read() {
    let mut stage = stage().await;
    let honest = stage.partner.heads.clone();
    stage.partner.heads = vec![ItemId::from_bytes([1; 32])];
    let lost = check_in(&mut stage.partner, 1, "from nowhere");
    stage.partner.heads = honest;
    let plain = check_in(&mut stage.partner, 2, "plain");
    stage.deliver(&[&lost, &plain]).await;
    assert_eq!(stage.seen(), ["plain"]);
    assert_eq!(stage.status().waiting, 1);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn heads_out_of_form_and_of_another_space_are_refused() {
    let mut stage = stage().await;
    let mut bent = Vec::new();
    // The frame is judged before any signature: swapped, doubled and too many heads.
    let sound = check_in(&mut stage.partner, 1, "bent").encode();
    let at = 122;
    let count = usize::from(sound[at]);
    let head = sound[at + 1..at + 33].to_vec();
    for more in [
        vec![head.clone()],
        vec![vec![0; 32]],
        vec![vec![0xff; 32]; HEADS_MAX],
    ] {
        let mut bytes = sound.clone();
        bytes[at] = u8::try_from(count + more.len()).unwrap();
        let end = at + 1 + 32 * count;
        bytes.splice(end..end, more.concat());
        bent.push(bytes);
    }
    let honest = stage.partner.space;
    stage.partner.space = stage.with_sam;
    let elsewhere = check_in(&mut stage.partner, 2, "elsewhere");
    stage.partner.space = honest;
    bent.push(elsewhere.encode());
    stage.partner.send(&bent).await;
    stage.read().await;
    assert!(stage.seen().is_empty());
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn places_at_both_ends_and_clocks_at_both_ends_are_only_numbers() {
    let mut stage = stage().await;
    let mut items = Vec::new();
    for (number, (seq, hlc)) in [
        (1, 0),
        (NUMBER_MAX, NUMBER_MAX),
        (NUMBER_MAX - 1, 1),
        (2, NUMBER_MAX - 1),
        (1 << 40, 5),
    ]
    .into_iter()
    .enumerate()
    {
        (stage.partner.seq, stage.partner.hlc) = (seq, Some(hlc));
        let name = u32::try_from(number).unwrap();
        items.push(check_in(&mut stage.partner, name, &format!("win {number}")));
        stage.partner.seq = 1;
    }
    let all: Vec<&Item> = items.iter().collect();
    stage.deliver(&all).await;
    assert_eq!(stage.status().waiting, 0);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn a_thousand_gaps_cost_little_and_say_that_something_is_missing() {
    let mut stage = stage().await;
    let mut items = Vec::new();
    for number in 0..1_000 {
        stage.partner.seq = 2 + 2 * number;
        let name = u32::try_from(number).unwrap();
        items.push(check_in(&mut stage.partner, name, "an island"));
    }
    stage.deliver_many(&items).await;
    let page = stage.ada.engine.partner(&stage.partner.space).unwrap();
    assert!(page.partner.incomplete);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn nobody_writes_in_anothers_name_or_takes_anothers_words_away() {
    let mut stage = stage().await;
    let own = stage.partner.device;
    let ada = stage.partner.welcomed[0].header.device_id;
    stage.partner.device = ada;
    let forged = check_in(&mut stage.partner, 1, "never said");
    stage.partner.device = own;
    // Ada's first item of the space, named as if it were the partner's.
    let theirs = stage.partner.welcomed[0].clone();
    let slot = |device_id| ErasedSlot {
        device_id,
        inc: theirs.header.inc,
        seq: theirs.header.seq,
        item_id: id(&theirs),
    };
    let mut erases = Vec::new();
    for device in [ada, own] {
        let body = EraseBody {
            slots: vec![slot(device)],
        };
        erases.push(
            stage
                .partner
                .item(ItemKind::Erase, 2, DocName::ZERO, body.encode()),
        );
    }
    stage.deliver(&[&forged, &erases[0], &erases[1]]).await;
    assert!(stage.seen().is_empty());
    let dump = stage.ada.engine.projection_dump().unwrap();
    assert!(!dump.iter().any(|line| line.contains("never said")));
    stage.nothing_is_harmed().await;
}

/// A forked chain, its branches and what follows them, told in that order.
async fn forked(order: &[usize]) -> Vec<String> {
    let mut stage = stage().await;
    let first = check_in(&mut stage.partner, 1, "first");
    let (seq, prev) = (stage.partner.seq, stage.partner.prev);
    let one = check_in(&mut stage.partner, 2, "one");
    let one_more = check_in(&mut stage.partner, 3, "one more");
    (stage.partner.seq, stage.partner.prev) = (seq, prev);
    let other = check_in(&mut stage.partner, 2, "other");
    let other_more = check_in(&mut stage.partner, 4, "other more");
    let items = [&first, &one, &one_more, &other, &other_more];
    let told: Vec<&Item> = order.iter().map(|index| items[*index]).collect();
    stage.deliver(&told).await;
    let seen = stage.seen();
    assert!(stage.status().shadowed > 0);
    let lower = id(&one) < id(&other);
    let expected = if lower {
        ["first", "one", "one more"]
    } else {
        ["first", "other", "other more"]
    };
    assert_eq!(seen, expected, "in order {order:?}");
    stage.nothing_is_harmed().await;
    seen
}

#[tokio::test]
async fn of_a_forked_chain_one_branch_stands_in_any_order() {
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [3, 0, 4, 1, 2]] {
        forked(&order).await;
    }
}

/// A leaving, words before it and words after it under old heads, told in that order; `known` of them are
/// read before the rest is there.
async fn left(order: &[usize], known: usize) -> (Stage, Vec<String>) {
    let mut stage = stage().await;
    let before = check_in(&mut stage.partner, 1, "before");
    // A new incarnation, as after a restart, that goes on from the one before.
    (stage.partner.inc, stage.partner.seq) = (6, 1);
    let restarted = check_in(&mut stage.partner, 2, "after a restart");
    let heads = stage.partner.heads.clone();
    let leave = act(&mut stage.partner, Operation::Leave);
    stage.partner.heads = heads;
    let after = check_in(&mut stage.partner, 3, "after the leaving");
    (stage.partner.inc, stage.partner.seq) = (7, 1);
    let follows = check_in(&mut stage.partner, 4, "in a new incarnation");
    (stage.partner.inc, stage.partner.seq) = (8, 1);
    stage.partner.prev = stage.partner.device.to_bytes();
    let rootless = check_in(&mut stage.partner, 5, "as if it were the first");
    (stage.partner.inc, stage.partner.seq) = (9, 7);
    let beyond = check_in(&mut stage.partner, 6, "behind a gap");
    let items = [
        &before, &restarted, &leave, &after, &follows, &rootless, &beyond,
    ];
    let told: Vec<&Item> = order.iter().map(|index| items[*index]).collect();
    let (first, rest) = told.split_at(known);
    stage.deliver(first).await;
    stage.deliver_at_once(rest).await;
    let seen = stage.seen();
    (stage, seen)
}

#[tokio::test]
async fn who_has_left_does_not_write_on_in_a_new_incarnation_under_old_heads() {
    for order in [
        [0, 1, 2, 3, 4, 5, 6],
        [2, 6, 5, 4, 3, 1, 0],
        [2, 5, 1, 6, 0, 3, 4],
        [1, 2, 4, 0, 6, 5, 3],
    ] {
        let (mut stage, seen) = left(&order, 0).await;
        assert_eq!(seen, ["after a restart", "before"], "in order {order:?}");
        stage.nothing_is_harmed().await;
    }
}

#[tokio::test]
async fn what_was_read_before_the_leaving_was_known_stays_readable() {
    let (mut stage, seen) = left(&[0, 1, 5, 2], 3).await;
    assert_eq!(
        seen,
        ["after a restart", "as if it were the first", "before"]
    );
    stage.nothing_is_harmed().await;
}
