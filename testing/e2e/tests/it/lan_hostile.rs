//! Strangers and hostile members on the same network: nothing is let in, nothing is lost, nobody is held up.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_crypto::{DeviceKey, EpochSecret, LanKey};
use belay_e2e::near::{Board, Near, handed_in};
use belay_e2e::{RawCaller, TestRelay};
use belay_engine::{BelayError, LanEndingView};
use belay_model::EpochId;
use belay_protocol::LanFrame;
use belay_testkit::{FakeClock, SeededEntropy};
use belay_transport::LanStream;

use crate::cast::{Cast, HOLD_MS, START_MS, cast};
use crate::hostile::{check_in, stage};

fn strangers_key() -> LanKey {
    let secret = EpochSecret::from_bytes([66; 32]);
    LanKey::of(&secret.keys(&EpochId::from_bytes([67; 32])))
}

/// What Ada wrote is still brought to Sam, and nothing else came.
async fn all_is_well(cast: &Cast, ada: &Near) {
    let report = cast.sam.engine.sync_lan(ada.addr, &|_| {}).await.unwrap();
    assert_eq!(report.meetings[0].ending, LanEndingView::Whole);
    assert_eq!(cast.wins(), ["kept"]);
}

async fn ada_waits() -> (Cast, Near) {
    let mut cast = cast().await;
    cast.relay.pause().await;
    cast.ada_writes("kept");
    cast.clock.advance_ms(HOLD_MS);
    let near = Near::listen(&cast.ada.engine).await;
    (cast, near)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_learns_nothing_and_holds_up_nobody() {
    let (cast, ada) = ada_waits().await;
    let mut entropy = SeededEntropy::new(9);
    let called = RawCaller::call(ada.addr, &strangers_key(), &mut entropy).await;
    assert!(called.is_none(), "she hangs up without a word");
    // Some say nothing at all, some what is no word, one announces more than there may be.
    let mut idle = Vec::new();
    for said in [&b""[..], b"GET / HTTP/1.1\r\n\r\n", &[0xff; 300]] {
        let mut stream = LanStream::connect(ada.addr).await.unwrap();
        if !said.is_empty() {
            stream.write(said).await.unwrap();
        }
        idle.push(stream);
    }
    all_is_well(&cast, &ada).await;
    // Her side notes the meeting after his has ended.
    let met = || cast.ada.engine.nearby().unwrap().met.len();
    while met() == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(met(), 1, "only Sam was met");
    ada.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_another_space_is_not_let_in() {
    let mut stage = stage().await;
    stage.relay.pause().await;
    let near = Near::listen(&stage.ada.engine).await;
    // The partner knows Ada, but not what she shares with Sam; that space is met under keys of its own.
    let mut caller = RawCaller::proven(&mut stage.partner, near.addr).await;
    let Some(LanFrame::Have { entries, .. }) = caller.exchange_vectors().await else {
        unreachable!("she tells what she has");
    };
    let known = [stage.partner.device, crate::hostile::keys::ada(&stage).0];
    assert!(entries.iter().all(|entry| known.contains(&entry.device_id)));
    // With the key of a space and a device that is not in it, one gets no further than the proof.
    let mut caller = RawCaller::of(&mut stage.partner, near.addr).await;
    let other = DeviceKey::make(&mut stage.partner.entropy);
    let foreign = stage.partner.device;
    caller.prove(&foreign, &other).await;
    assert_eq!(caller.hear().await, None, "a key that is not the device's");
    let mut caller = RawCaller::of(&mut stage.partner, near.addr).await;
    let nobody = belay_model::DeviceId::from_bytes([5; 32]);
    caller.prove(&nobody, &other).await;
    assert_eq!(caller.hear().await, None, "a device that nobody added");
    near.end().await;
    stage.relay.resume().await;
    stage.nothing_is_harmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn truncated_and_foreign_frames_end_the_meeting_and_change_nothing() {
    let mut stage = stage().await;
    stage.relay.pause().await;
    let near = Near::listen(&stage.ada.engine).await;
    let before = stage.ada.engine.projection_dump().unwrap();
    let envelope = {
        let item = check_in(&mut stage.partner, 1, "cut").encode();
        stage.partner.seal(&[item])
    };
    let whole = LanFrame::Envelopes(vec![envelope]).encode();
    let have = LanFrame::Have {
        more: false,
        entries: Vec::new(),
    }
    .encode();
    for plain in [
        &whole[..],
        &whole[..whole.len() - 1],
        &have[..1],
        &[0xee],
        &[],
        &[have.clone(), vec![0]].concat(),
        &LanFrame::Over { again: true }.encode(),
    ] {
        // Said in the place of a vector, none of these is one.
        let mut caller = RawCaller::proven(&mut stage.partner, near.addr).await;
        caller.say_plain(plain).await;
        assert_eq!(caller.hear().await, None, "{plain:?}");
    }
    let mut caller = RawCaller::proven(&mut stage.partner, near.addr).await;
    caller.exchange_vectors().await.unwrap();
    caller.say_plain(&whole[..whole.len() - 1]).await;
    assert_eq!(caller.hear().await, None);
    let mut caller = RawCaller::proven(&mut stage.partner, near.addr).await;
    caller.say_sealed(&[7; 40]).await;
    assert_eq!(caller.hear().await, None, "what the channel did not seal");
    assert_eq!(stage.ada.engine.projection_dump().unwrap(), before);
    near.end().await;
    stage.relay.resume().await;
    stage.nothing_is_harmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_breaks_keeps_what_came_and_the_next_one_goes_on() {
    let mut stage = stage().await;
    stage.relay.pause().await;
    let near = Near::listen(&stage.ada.engine).await;
    let mut seal = |name, win| {
        let item = check_in(&mut stage.partner, name, win).encode();
        stage.partner.seal(&[item])
    };
    let (first, second) = (seal(1, "first"), seal(2, "second"));
    let mut caller = RawCaller::proven(&mut stage.partner, near.addr).await;
    caller.exchange_vectors().await.unwrap();
    caller.say(&LanFrame::Envelopes(vec![first])).await;
    // In the middle of a message, before its end.
    caller.say_sealed(&[1; 3]).await;
    assert_eq!(caller.hear().await, None);
    assert_eq!(stage.seen(), ["first"]);
    let mut caller = RawCaller::proven(&mut stage.partner, near.addr).await;
    let Some(LanFrame::Have { entries, .. }) = caller.exchange_vectors().await else {
        unreachable!("she tells what she has");
    };
    let theirs = stage.partner.device;
    let told = entries.iter().find(|entry| entry.device_id == theirs);
    assert_eq!(told.map(|entry| entry.seq), Some(1), "what came is kept");
    caller.say(&LanFrame::Envelopes(vec![second])).await;
    caller.say(&LanFrame::Over { again: false }).await;
    assert!(caller.hear().await.is_some());
    assert_eq!(stage.seen(), ["first", "second"]);
    near.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_offers_endless_data_is_left() {
    let mut stage = stage().await;
    stage.relay.pause().await;
    let near = Near::listen(&stage.ada.engine).await;
    let item = check_in(&mut stage.partner, 1, "once").encode();
    let envelope = stage.partner.seal(&[item]);
    // As long as an envelope may be, and none.
    let mut junk = envelope[..106].to_vec();
    junk.extend_from_slice(&(200_000u32).to_le_bytes());
    junk.resize(110 + 200_000, 9);
    let batch = LanFrame::Envelopes(vec![junk; 5]);
    let mut caller = RawCaller::proven(&mut stage.partner, near.addr).await;
    caller.exchange_vectors().await.unwrap();
    caller.say(&LanFrame::Envelopes(vec![envelope])).await;
    for _ in 0..60 {
        caller.say(&batch).await;
    }
    assert_eq!(caller.hear().await, None, "she has hung up");
    assert_eq!(stage.seen(), ["once"], "what was good of it stays");
    near.end().await;
    stage.relay.resume().await;
    stage.nothing_is_harmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_removed_in_the_middle_gets_nothing_more() {
    let mut stage = stage().await;
    stage.relay.pause().await;
    let near = Near::listen(&stage.ada.engine).await;
    let item = check_in(&mut stage.partner, 1, "too late").encode();
    let envelope = stage.partner.seal(&[item]);
    let mut asking = RawCaller::proven(&mut stage.partner, near.addr).await;
    let mut bringing = RawCaller::proven(&mut stage.partner, near.addr).await;
    bringing.exchange_vectors().await.unwrap();
    let mut wanting = RawCaller::proven(&mut stage.partner, near.addr).await;
    wanting.exchange_vectors().await.unwrap();
    stage.ada.engine.block(&stage.partner.space).unwrap();
    assert_eq!(asking.exchange_vectors().await, None, "not even a vector");
    bringing.say(&LanFrame::Envelopes(vec![envelope])).await;
    assert_eq!(bringing.hear().await, None);
    wanting.say(&LanFrame::Over { again: false }).await;
    assert_eq!(wanting.hear().await, None, "nothing is given");
    assert!(stage.seen().is_empty());
    near.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_tells_it_once_and_is_not_seen_any_more() {
    let mut cast = cast().await;
    cast.relay.pause().await;
    let board = Board::default();
    let sam = Near::start(&cast.sam.engine, handed_in(Some(board.seat(2)))).await;
    cast.ada_writes("never said");
    cast.ada.engine.leave(&cast.space).unwrap();
    let mut ada = Near::start(&cast.ada.engine, handed_in(Some(board.seat(1)))).await;
    let left = belay_engine::PartnershipStandingView::PartnerLeft;
    while cast.sam_sees().standing != left {
        ada.report().await;
    }
    assert!(cast.wins().is_empty());
    // Ada's device shows itself for its own sake; nobody of the space she left is answered.
    let sams = cast.sam.engine.sync_lan(ada.addr, &|_| {}).await.unwrap();
    assert!(sams.meetings.is_empty(), "{sams:?}");
    let again = cast.ada.engine.sync_lan(sam.addr, &|_| {}).await.unwrap();
    assert!(again.meetings.is_empty(), "she has said it: {again:?}");
    ada.end().await;
    sam.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_shown_and_nobody_is_answered_until_the_person_says_so() {
    let mut cast = cast().await;
    cast.relay.pause().await;
    let board = Board::default();
    let mut config = handed_in(Some(board.seat(1)));
    config.asked = false;
    assert!(!cast.ada.engine.nearby().unwrap().on);
    let engine = std::sync::Arc::clone(&cast.ada.engine);
    let (ready, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let watching = tokio::spawn(async move {
        let on_ready = |addr| {
            let _ = ready.send(addr);
        };
        let stop = async { drop(stopped.await) };
        engine.watch_lan(config, &on_ready, &|_| {}, stop).await
    });
    // A write that is no switch is looked at, and changes nothing.
    cast.ada_writes("kept");
    tokio::task::yield_now().await;
    assert!(heard.try_recv().is_err() && board.shown().is_empty());
    cast.ada.engine.set_nearby(true).unwrap();
    let addr = heard.recv().await.unwrap();
    cast.clock.advance_ms(HOLD_MS);
    let met = cast.sam.engine.sync_lan(addr, &|_| {}).await.unwrap();
    assert_eq!(met.meetings.len(), 1);
    cast.ada.engine.set_nearby(false).unwrap();
    while !board.shown().is_empty() {
        tokio::task::yield_now().await;
    }
    let gone = loop {
        match cast.sam.engine.sync_lan(addr, &|_| {}).await {
            Err(error) => break error,
            Ok(_) => tokio::task::yield_now().await,
        }
    };
    assert_eq!(gone, BelayError::Offline);
    stop.send(()).unwrap();
    watching.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_where_nobody_is_or_nobody_answers_is_offline() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let cast = cast().await;
    // A port that was free a moment ago and is closed again.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = free.local_addr().unwrap();
    drop(free);
    let nobody = cast.ada.engine.sync_lan(addr, &|_| {}).await;
    assert_eq!(nobody.unwrap_err(), BelayError::Offline);
    // Something else listens there.
    let other = cast.ada.engine.sync_lan(relay.addr(), &|_| {}).await;
    assert!(
        other
            .unwrap()
            .meetings
            .iter()
            .all(|met| met.ending != LanEndingView::Whole)
    );
}
