//! Own devices that only ever exchange files, and a copy to keep.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::model::Mood;
use belay_engine::{BundleEndingView, BundleFor, BundleWrittenView, NewBundle, NewCheckIn};
use belay_testkit::FakeClock;

use crate::cast::{DAY_MS, START_MS};

fn check_in(by: &Companion, win: &str) {
    let new = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        win: Some(win.to_owned()),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap();
}

fn wins(by: &Companion) -> Vec<String> {
    let all = by.engine.check_ins(1_000).unwrap().into_iter();
    let mut wins: Vec<String> = all.filter_map(|one| one.check_in.win).collect();
    wins.sort_unstable();
    wins
}

fn hand_over(from: &Companion, to: &Companion, folder: &Path) -> BundleWrittenView {
    let file = folder.join("bundle");
    let new = NewBundle {
        for_whom: BundleFor::OwnDevices,
        whole: false,
        attachments: false,
    };
    let written = from.engine.write_bundle(&file, new, &|_| {}).unwrap();
    let came = to.engine.read_bundle(&file, &|_| {}).unwrap();
    assert_eq!(came.ending, BundleEndingView::Whole);
    written
}

/// Ada's phone and tablet, after the relay that brought them together is gone for good.
async fn two() -> (FakeClock, TestRelay, Companion, Companion) {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let phone = Companion::new("Ada", &clock, 1);
    phone.engine.set_relay(Some(relay.origin()), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    let tablet = Companion::further_device(&clock, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    for device in [&phone, &tablet, &phone, &tablet] {
        device.sync().await;
    }
    for device in [&phone, &tablet] {
        device.engine.set_self_copy(false).unwrap();
    }
    relay.pause().await;
    (clock, relay, phone, tablet)
}

#[tokio::test(flavor = "multi_thread")]
async fn own_devices_come_together_by_files_and_nothing_goes_to_a_relay_by_that() {
    let (clock, mut relay, phone, tablet) = two().await;
    let folder = tempfile::tempdir().unwrap();
    check_in(&phone, "on the phone");
    check_in(&tablet, "on the tablet");
    hand_over(&phone, &tablet, folder.path());
    clock.advance_ms(DAY_MS);
    hand_over(&tablet, &phone, folder.path());
    assert_eq!(wins(&phone), ["on the phone", "on the tablet"]);
    assert_eq!(wins(&tablet), wins(&phone));
    let again = hand_over(&phone, &tablet, folder.path());
    assert!(again.envelopes <= 1, "only an acknowledgement: {again:?}");
    relay.resume().await;
    assert_eq!(phone.sync().await.envelopes_sent, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_put_back_to_an_older_state_gets_everything_back_from_a_whole_file() {
    let (_clock, _relay, phone, tablet) = two().await;
    let folder = tempfile::tempdir().unwrap();
    check_in(&phone, "before");
    hand_over(&phone, &tablet, folder.path());
    let older = phone.copy_store();
    check_in(&phone, "after");
    hand_over(&phone, &tablet, folder.path());
    let phone = phone.put_back(older);
    assert_eq!(wins(&phone), ["before"]);
    let file = folder.path().join("whole");
    let new = NewBundle {
        for_whom: BundleFor::OwnDevices,
        whole: true,
        attachments: false,
    };
    tablet.engine.write_bundle(&file, new, &|_| {}).unwrap();
    phone.engine.read_bundle(&file, &|_| {}).unwrap();
    assert_eq!(wins(&phone), ["after", "before"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_one_device_alone_the_file_is_a_sealed_copy_of_everything() {
    let clock = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &clock, 1);
    check_in(&ada, "kept");
    let folder = tempfile::tempdir().unwrap();
    let first = hand_over(&ada, &ada, folder.path());
    let second = hand_over(&ada, &ada, folder.path());
    assert!(first.envelopes > 0);
    assert_eq!(
        first.envelopes, second.envelopes,
        "nobody else has any of it"
    );
}
