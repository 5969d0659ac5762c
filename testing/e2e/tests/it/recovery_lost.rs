//! A lost device is taken out with the words: right after coming back, from a device that is left, and from a tablet
//! that never synced.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_e2e::devices::{further, phone, sees, settle, wins, writes, writes_to};
use belay_e2e::{Companion, TestRelay, add_own_device, pair};
use belay_engine::model::DeviceId;
use belay_engine::{BelayError, DeviceStandingView};
use belay_testkit::FakeClock;

use crate::cast::{HOLD_MS, START_MS};

fn words(of: &Companion) -> String {
    of.engine.recovery_words().unwrap().join(" ")
}

fn this(by: &Companion) -> DeviceId {
    by.engine.own_devices().unwrap()[0].device
}

fn others(by: &Companion) -> Vec<DeviceId> {
    let devices = by.engine.own_devices().unwrap().into_iter();
    let others = devices.filter(|device| !device.this_device);
    others.map(|device| device.device).collect()
}

fn is_removed(device: &Companion) -> bool {
    let standing = device.engine.device_standing().unwrap();
    matches!(standing, DeviceStandingView::Removed { .. })
}

fn refused<T: std::fmt::Debug>(result: Result<T, BelayError>) -> String {
    let error = result.unwrap_err();
    error.detail().unwrap_or(error.code().to_owned())
}

#[tokio::test]
async fn a_lost_phone_is_taken_out_with_the_words_right_after_coming_back() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let lost = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&lost, &sam, relay.origin()).await;
    writes(&lost, "mine");
    writes_to(&lost, &[space], "for Sam");
    clock.advance_ms(HOLD_MS);
    settle(&[&lost, &sam, &lost]).await;
    let words = words(&lost);

    let (back, view) = Companion::restored(&clock, 7, &words, relay.origin())
        .await
        .unwrap();
    assert_eq!((view.partnerships, view.other_devices), (1, 1));
    // What was written comes first: it counts from then on.
    settle(&[&back]).await;
    let page = back
        .engine
        .revoke_with_words(&others(&back), &words)
        .unwrap();
    assert_eq!((page.devices.len(), page.removed.len()), (1, 1));
    assert_eq!(page.removed[0].removed_by.as_deref(), Some("new phone"));
    assert_eq!(wins(&back), ["for Sam", "mine"]);
    writes_to(&back, &[space], "on the new phone");
    clock.advance_ms(HOLD_MS);
    settle(&[&back, &sam]).await;
    writes_to(&sam, &[space], "only for who is left");
    clock.advance_ms(HOLD_MS);
    settle(&[&sam, &back]).await;

    // Whoever found it opens it: it says so, and reads on nowhere.
    writes_to(&lost, &[space], "by the finder");
    clock.advance_ms(HOLD_MS);
    let report = lost.sync().await;
    assert_eq!(report.envelopes_sent, 0, "nothing of it leaves");
    assert!(is_removed(&lost));
    settle(&[&back, &sam, &lost]).await;
    assert!(sees(&lost, &space).is_empty());
    assert!(!wins(&lost).contains(&"on the new phone".to_owned()));
    assert_eq!(sees(&sam, &space), ["for Sam", "on the new phone"]);
    assert_eq!(sees(&back, &space), ["only for who is left"]);
    assert_eq!(wins(&back), ["for Sam", "mine", "on the new phone"]);
}

#[tokio::test]
async fn whoever_found_the_phone_and_removes_the_others_first_is_undone_by_the_words() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let found = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&found, &sam, relay.origin()).await;
    let tablet = further(&found, "tablet", 2).await;
    settle(&[&found, &tablet, &found, &sam]).await;
    let words = words(&found);
    // The finder takes the tablet out; it has not heard of it when its owner types the words.
    found.engine.revoke_own_device(&this(&tablet)).unwrap();
    found.sync().await;
    tablet
        .engine
        .revoke_with_words(&[this(&found)], &words)
        .unwrap();
    for _ in 0..2 {
        for device in [&tablet, &found, &sam] {
            device.sync().await;
        }
    }
    assert!(!is_removed(&tablet), "the words outrank a device");
    assert!(is_removed(&found));
    writes_to(&tablet, &[space], "still here");
    writes(&tablet, "and mine");
    clock.advance_ms(HOLD_MS);
    for device in [&tablet, &sam, &found] {
        device.sync().await;
    }
    assert_eq!(sees(&sam, &space), ["still here"]);
    assert!(wins(&found).is_empty());
}

#[tokio::test]
async fn a_tablet_that_never_synced_takes_the_lost_phone_out_with_the_words() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let lost = phone(&clock, &relay);
    writes(&lost, "one");
    lost.sync().await;
    let tablet = Companion::further_device(&clock, 2);
    add_own_device(&lost, &tablet, "tablet").await;
    lost.sync().await;
    let words = words(&lost);
    let phone = this(&lost);
    let page = tablet.engine.revoke_with_words(&[phone], &words).unwrap();
    assert_eq!(page.devices.len(), 1);
    writes(&lost, "by the finder");
    settle(&[&tablet]).await;
    // Nobody else had anything of it: it waits until the person says that it is theirs.
    assert!(tablet.engine.devices_page().unwrap().may_take_in);
    tablet.engine.take_in_from_removed_device(&phone).unwrap();
    assert_eq!(wins(&tablet), ["one"]);
    lost.sync().await;
    assert!(is_removed(&lost));
}

#[tokio::test]
async fn words_that_are_not_this_persons_remove_nobody_and_nothing_is_half_done() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let own = words(&phone);
    let foreign = words(&Companion::new("Mira", &clock, 9));
    let (first, second) = (this(&phone), this(&tablet));
    let by = |devices: &[DeviceId], words: &str| {
        refused(tablet.engine.revoke_with_words(devices, words))
    };
    assert_eq!(by(&[first], &foreign), "recovery_words.not_the_same");
    assert_eq!(by(&[first], "one two"), "recovery_words.wrong_number");
    assert_eq!(by(&[first, second], &own), "this-device");
    let nobody = DeviceId::from_bytes([7; 32]);
    assert_eq!(by(&[first, nobody], &own), "device");
    assert_eq!(tablet.engine.own_devices().unwrap().len(), 2);
    tablet.engine.revoke_with_words(&[], &own).unwrap();
    settle(&[&tablet, &phone]).await;
    assert_eq!(phone.engine.own_devices().unwrap().len(), 2);
    tablet.engine.revoke_with_words(&[first], &own).unwrap();
    assert_eq!(by(&[first], &own), "device");
    settle(&[&tablet]).await;
    phone.sync().await;
    let here = phone.engine.revoke_with_words(&[second], &own);
    assert_eq!(refused(here), "device-removed");
}
