//! Keeping up over live connections: one for each space, and long polls where a relay gives none.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::Arc;

use belay_e2e::{Companion, Door, TestRelay, pair};
use belay_engine::SyncReport;
use belay_engine::model::SpaceId;
use belay_testkit::FakeClock;
use tokio::sync::{mpsc, oneshot};

use crate::cast::{HOLD_MS, START_MS, check_in};

const LIVE: &str = "requests_total{operation=\"live_several\",result=\"ok\"}";
const READ: &str = "requests_total{operation=\"read\",result=\"ok\"}";

/// Somebody who keeps up until the test has seen enough.
struct Watcher {
    reports: mpsc::UnboundedReceiver<SyncReport>,
    end: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<belay_engine::Result<()>>,
}

impl Watcher {
    fn start(who: &Companion) -> Self {
        let (tell, reports) = mpsc::unbounded_channel();
        let (end, ended) = oneshot::channel();
        let engine = Arc::clone(&who.engine);
        let task = tokio::spawn(async move {
            let on_report = move |report: &SyncReport| {
                let _ = tell.send(report.clone());
            };
            let stop = async { ended.await.unwrap_or(()) };
            engine.watch(&on_report, stop).await
        });
        Self { reports, end, task }
    }

    async fn until(&mut self, come: impl Fn() -> bool) {
        while !come() {
            self.reports.recv().await.unwrap();
        }
    }

    async fn end(self) {
        self.end.send(()).unwrap();
        self.task.await.unwrap().unwrap();
    }
}

fn wins(of: &Companion, space: SpaceId) -> usize {
    of.engine.partner(&space).unwrap().check_ins.len()
}

async fn share(by: &Companion, space: SpaceId, clock: &FakeClock, win: &str) {
    by.engine.write_check_in(check_in(space, win)).unwrap();
    clock.advance_ms(HOLD_MS);
    assert!(by.sync().await.troubles.is_empty());
}

/// Ready when so many wait at the relay for news.
async fn until_waiting(relay: &TestRelay, count: u64) {
    while relay.count("waiting").await != count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn each_space_is_kept_up_with_over_a_live_connection_of_its_own() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let (sam, kim) = (
        Companion::new("Sam", &clock, 2),
        Companion::new("Kim", &clock, 3),
    );
    let with_sam = pair(&ada, &sam, relay.origin()).await;
    let with_kim = pair(&ada, &kim, relay.origin()).await;
    let mut watcher = Watcher::start(&ada);
    until_waiting(&relay, 2).await;
    assert_eq!(
        relay.count(LIVE).await,
        2,
        "two spaces are never asked for together"
    );
    for (number, win) in ["one", "two", "three"].into_iter().enumerate() {
        share(&sam, with_sam, &clock, win).await;
        watcher.until(|| wins(&ada, with_sam) == number + 1).await;
    }
    share(&kim, with_kim, &clock, "from elsewhere").await;
    watcher.until(|| wins(&ada, with_kim) == 1).await;
    until_waiting(&relay, 2).await;
    assert_eq!(
        relay.count(LIVE).await,
        2,
        "they are kept from one round to the next"
    );
    watcher.end().await;
    until_waiting(&relay, 0).await;
}

#[tokio::test]
async fn a_relay_without_live_connections_is_asked_by_long_polls() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut door = Door::new().await;
    let relay = TestRelay::start_behind(&clock, &mut door).await;
    door.know_no_live_connections();
    let ada = Companion::new("Ada", &clock, 4);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&ada, &sam, relay.origin()).await;
    let mut watcher = Watcher::start(&ada);
    until_waiting(&relay, 1).await;
    for (number, win) in ["one", "two", "three"].into_iter().enumerate() {
        share(&sam, space, &clock, win).await;
        watcher.until(|| wins(&ada, space) == number + 1).await;
    }
    assert_eq!(relay.count(LIVE).await, 0);
    watcher.end().await;
}

#[tokio::test]
async fn a_live_connection_that_ends_with_its_relay_is_made_anew() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 6);
    let sam = Companion::new("Sam", &clock, 7);
    let space = pair(&ada, &sam, relay.origin()).await;
    let mut watcher = Watcher::start(&ada);
    until_waiting(&relay, 1).await;
    relay.pause().await;
    sam.engine
        .write_check_in(check_in(space, "while it was away"))
        .unwrap();
    relay.resume().await;
    clock.advance_ms(HOLD_MS);
    assert!(sam.sync().await.troubles.is_empty());
    ada.engine.look_now();
    watcher.until(|| wins(&ada, space) == 1).await;
    until_waiting(&relay, 1).await;
    let quiet = relay.count(READ).await;
    share(&sam, space, &clock, "and after").await;
    watcher.until(|| wins(&ada, space) == 2).await;
    assert!(relay.count(READ).await > quiet);
    watcher.end().await;
}
