//! Coming back with the words and a device that is left, in one room and without any relay.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::net::SocketAddr;
use std::sync::Arc;

use belay_e2e::devices::{further, phone, sees, wins, writes, writes_to};
use belay_e2e::near::{ANY_PORT, Board, Near, handed_in};
use belay_e2e::{Companion, Place, TestRelay, pair};
use belay_engine::{
    BelayError, Engine, LanConfig, LanEndingView, LanReport, NewRestored, RestoredView,
};
use belay_testkit::FakeClock;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::cast::{HOLD_MS, START_MS};

/// A device that hands over in the background.
struct HandsOver {
    addr: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<belay_engine::Result<()>>,
}

impl HandsOver {
    async fn start(engine: &Arc<Engine>, config: LanConfig) -> Self {
        let (ready, mut listening) = mpsc::unbounded_channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let engine = Arc::clone(engine);
        let task = tokio::spawn(async move {
            let on_ready = |addr| {
                let _ = ready.send(addr);
            };
            let stop = async { drop(stopped.await) };
            engine.hand_over(config, &on_ready, &|_| {}, stop).await
        });
        let addr = listening.recv().await.unwrap();
        Self { addr, stop, task }
    }

    async fn end(self) {
        let _ = self.stop.send(());
        self.task.await.unwrap().unwrap();
    }
}

fn words(of: &Companion) -> String {
    of.engine.recovery_words().unwrap().join(" ")
}

async fn come_back(
    clock: &FakeClock,
    seed: u64,
    words: &str,
    near: LanConfig,
) -> Result<(Companion, RestoredView, LanReport), BelayError> {
    let place = Place::new(clock, seed);
    let new = NewRestored {
        words: words.to_owned().into(),
        device_name: Some("new phone".to_owned()),
        ..NewRestored::default()
    };
    let (engine, view, report) = Engine::restore_near(place.config(), new, near, &|_| {}).await?;
    Ok((place.opened(engine), view, report))
}

fn at(addr: SocketAddr) -> LanConfig {
    LanConfig {
        listen: ANY_PORT,
        peers: vec![addr],
        ..LanConfig::default()
    }
}

fn reason<T>(result: Result<T, BelayError>) -> String {
    match result {
        Ok(_) => panic!("nothing was to come back"),
        Err(error) => error.detail().unwrap_or(error.code().to_owned()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_and_a_device_that_is_left_bring_everything_back_without_a_relay() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let mut relay = TestRelay::start(&clock).await;
    let lost = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&lost, &sam, relay.origin()).await;
    let tablet = further(&lost, "tablet", 2).await;
    writes(&lost, "mine");
    writes_to(&lost, &[space], "for Sam");
    clock.advance_ms(HOLD_MS);
    for device in [&lost, &tablet, &sam, &lost, &tablet] {
        device.sync().await;
    }
    writes(&tablet, "on the tablet only");
    let words = words(&lost);
    relay.pause().await;

    let near = HandsOver::start(&tablet.engine, handed_in(None)).await;
    let (back, view, report) = come_back(&clock, 7, &words, at(near.addr)).await.unwrap();
    near.end().await;
    assert_eq!((view.partnerships, view.other_devices), (1, 2));
    let endings: Vec<_> = report.meetings.iter().map(|met| met.ending).collect();
    assert!(!endings.is_empty());
    assert!(endings.iter().all(|ending| *ending == LanEndingView::Whole));
    assert_eq!(wins(&back), ["for Sam", "mine", "on the tablet only"]);
    assert_eq!(tablet.engine.own_devices().unwrap().len(), 3);

    // The lost one is taken out with the words, and the two that are left meet as ever.
    let others = back.engine.own_devices().unwrap();
    let gone = others.iter().find(|one| one.name.is_none()).unwrap().device;
    back.engine.revoke_with_words(&[gone], &words).unwrap();
    writes_to(&back, &[space], "back again");
    clock.advance_ms(HOLD_MS);
    let near = Near::listen(&tablet.engine).await;
    back.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    near.end().await;
    assert_eq!(tablet.engine.own_devices().unwrap().len(), 2);
    assert!(wins(&tablet).contains(&"back again".to_owned()));
    // Sam hears of it once there is a relay again.
    relay.resume().await;
    for device in [&tablet, &back, &sam] {
        device.sync().await;
    }
    assert_eq!(sees(&sam, &space), ["back again", "for Sam"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_hands_over_is_found_by_the_words_alone_and_by_nobody_else() {
    let clock = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &clock, 1);
    writes(&ada, "kept");
    let words = words(&ada);
    let board = Board::default();
    let near = HandsOver::start(&ada.engine, handed_in(Some(board.seat(1)))).await;
    let look = handed_in(Some(board.seat(2)));
    let (back, view, _) = come_back(&clock, 7, &words, look).await.unwrap();
    assert_eq!((view.partnerships, view.other_devices), (0, 1));
    assert_eq!(wins(&back), ["kept"]);
    // What it shows means nothing to a stranger, and whoever has other words gets nothing of it.
    let stranger = Companion::new("Mira", &clock, 9);
    let foreign = self::words(&stranger);
    let refused = come_back(&clock, 8, &foreign, at(near.addr)).await;
    assert_eq!(reason(refused), "no-device-near");
    let report = stranger.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    assert!(report.meetings.is_empty());
    near.end().await;
    let nobody = come_back(&clock, 8, &words, at(near_nobody().await)).await;
    assert_eq!(reason(nobody), "no-device-near");
}

/// An address where nobody listens any more.
async fn near_nobody() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind(ANY_PORT).await.unwrap();
    listener.local_addr().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_only_keeps_near_hands_nothing_over() {
    let clock = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &clock, 1);
    let words = words(&ada);
    let near = Near::listen(&ada.engine).await;
    let refused = come_back(&clock, 7, &words, at(near.addr)).await;
    assert_eq!(reason(refused), "no-device-near");
    near.end().await;
    assert_eq!(ada.engine.own_devices().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_device_hands_nothing_over() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let gone = tablet.engine.own_devices().unwrap()[0].device;
    phone.engine.revoke_own_device(&gone).unwrap();
    phone.sync().await;
    tablet.sync().await;
    let refused = tablet
        .engine
        .hand_over(handed_in(None), &|_| {}, &|_| {}, std::future::pending())
        .await;
    assert_eq!(reason(refused), "device-removed");
}
