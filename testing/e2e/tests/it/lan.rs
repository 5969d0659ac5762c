//! Two who meet on one network, with the relay gone: what they write arrives, both ways, and is told honestly.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::Companion;
use belay_e2e::near::{Board, Near, handed_in};
use belay_engine::{DeliveryView, LanEndingView, LanReport, SyncProgress};

use crate::cast::{Cast, HOLD_MS, cast};

fn quiet(_: SyncProgress) {}

/// A pair whose relay went away for good.
async fn without_relay() -> Cast {
    let mut cast = cast().await;
    cast.relay.pause().await;
    cast
}

async fn call(caller: &Companion, called: &Near) -> LanReport {
    caller.engine.sync_lan(called.addr, &quiet).await.unwrap()
}

fn endings(report: &LanReport) -> Vec<LanEndingView> {
    report.meetings.iter().map(|met| met.ending).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_arrives_over_one_network_and_is_told_as_received() {
    let cast = without_relay().await;
    let name = cast.ada_writes("made tea");
    cast.sam_writes("went out");
    cast.clock.advance_ms(HOLD_MS);
    assert!(cast.wins().is_empty());
    let sam = Near::listen(&cast.sam.engine).await;
    let report = call(&cast.ada, &sam).await;
    sam.end().await;
    assert_eq!(endings(&report), [LanEndingView::Whole]);
    assert_eq!(cast.wins(), ["made tea"]);
    let ada_sees = cast.ada.engine.partner(&cast.space).unwrap();
    let theirs: Vec<_> = ada_sees
        .check_ins
        .iter()
        .map(|one| one.check_in.win.clone())
        .collect();
    assert_eq!(theirs, [Some("went out".to_owned())]);
    assert_eq!(cast.delivery(&name), Some(DeliveryView::Received));
    let met = cast.ada.engine.nearby().unwrap().met;
    assert_eq!(met.len(), 1);
    assert_eq!(
        (met[0].space, met[0].partner.as_deref()),
        (cast.space, Some("Sam"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_meeting_gives_nothing_twice_and_nothing_that_is_still_held() {
    let cast = without_relay().await;
    cast.ada_writes("first");
    cast.clock.advance_ms(HOLD_MS);
    let sam = Near::listen(&cast.sam.engine).await;
    call(&cast.ada, &sam).await;
    let held = cast.ada_writes("second");
    let again = call(&cast.ada, &sam).await;
    assert_eq!(again.meetings[0].envelopes_sent, 0, "{again:?}");
    assert!(matches!(
        cast.delivery(&held),
        Some(DeliveryView::Held { .. })
    ));
    cast.clock.advance_ms(HOLD_MS);
    let later = call(&cast.ada, &sam).await;
    sam.end().await;
    assert_eq!(later.meetings[0].envelopes_sent, 1, "{later:?}");
    assert_eq!(cast.wins().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_that_see_each_other_meet_by_themselves_and_again_when_something_is_new() {
    let cast = without_relay().await;
    cast.ada_writes("one");
    cast.clock.advance_ms(HOLD_MS);
    let board = Board::default();
    let mut ada = Near::start(&cast.ada.engine, handed_in(Some(board.seat(1)))).await;
    let sam = Near::start(&cast.sam.engine, handed_in(Some(board.seat(2)))).await;
    while cast.wins().is_empty() {
        ada.report().await;
    }
    cast.ada_writes("two");
    cast.clock.advance_ms(HOLD_MS);
    while cast.wins().len() < 2 {
        ada.report().await;
    }
    ada.end().await;
    sam.end().await;
    assert!(board.shown().is_empty(), "nothing is shown any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_is_random_to_strangers_and_changes_with_time() {
    let cast = without_relay().await;
    let board = Board::default();
    let ada = Near::start(&cast.ada.engine, handed_in(Some(board.seat(1)))).await;
    while board.shown().is_empty() {
        tokio::task::yield_now().await;
    }
    let before = board.shown().remove(0);
    assert_eq!(before.tags.len(), 8);
    cast.clock.advance_ms(16 * 60 * 1000);
    while board.shown()[0] == before {
        tokio::task::yield_now().await;
    }
    let after = board.shown().remove(0);
    ada.end().await;
    assert_ne!(after.name, before.name);
    assert!(after.tags.iter().all(|tag| !before.tags.contains(tag)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partnership_that_is_not_to_meet_on_one_network_neither_calls_nor_answers() {
    let cast = without_relay().await;
    cast.ada_writes("made tea");
    cast.clock.advance_ms(HOLD_MS);
    let may_meet = |on| cast.ada.engine.set_partner_nearby(&cast.space, on).unwrap();
    assert!(cast.ada_sees().meets_nearby);
    assert!(!may_meet(false).meets_nearby);
    let sam = Near::listen(&cast.sam.engine).await;
    assert!(call(&cast.ada, &sam).await.meetings.is_empty());
    sam.end().await;
    let ada = Near::listen(&cast.ada.engine).await;
    let unanswered = call(&cast.sam, &ada).await;
    assert!(unanswered.meetings.is_empty(), "{unanswered:?}");
    assert!(cast.wins().is_empty());
    assert!(may_meet(true).meets_nearby);
    assert_eq!(
        endings(&call(&cast.sam, &ada).await),
        [LanEndingView::Whole]
    );
    ada.end().await;
    assert_eq!(cast.wins(), ["made tea"]);
}
