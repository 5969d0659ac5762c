//! Own devices that remove each other in turn and hear of it late: all come to say the same.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use belay_e2e::devices::{further, phone, settle};
use belay_e2e::{Companion, TestRelay};
use belay_engine::DeviceStandingView;
use belay_engine::model::DeviceId;
use belay_testkit::FakeClock;

use crate::cast::START_MS;

fn this(by: &Companion) -> DeviceId {
    let devices = by.engine.own_devices().unwrap();
    devices.iter().find(|one| one.this_device).unwrap().device
}

fn is_in(by: &Companion) -> bool {
    by.engine.device_standing().unwrap() == DeviceStandingView::Active
}

fn listed(by: &Companion) -> BTreeSet<DeviceId> {
    let devices = by.engine.own_devices().unwrap();
    devices.iter().map(|one| one.device).collect()
}

#[tokio::test]
async fn a_device_that_is_behind_hears_that_its_removal_of_another_was_overruled() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let laptop = further(&phone, "laptop", 3).await;
    settle(&[&phone, &tablet, &laptop, &phone, &tablet, &laptop]).await;
    // The phone's second act is deeper than the tablet's, and so ranks above it (M17).
    phone.engine.revoke_own_device(&this(&laptop)).unwrap();
    phone.engine.revoke_own_device(&this(&tablet)).unwrap();
    tablet.engine.revoke_own_device(&this(&phone)).unwrap();
    for _ in 0..3 {
        settle(&[&phone, &tablet, &laptop]).await;
    }
    assert!(is_in(&phone));
    assert_eq!(listed(&phone), BTreeSet::from([this(&phone)]));
    assert!(!is_in(&tablet) && !is_in(&laptop));
}

#[tokio::test]
async fn a_device_that_is_out_still_tells_what_it_did_before_it_heard_of_that() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let laptop = further(&phone, "laptop", 3).await;
    settle(&[&phone, &tablet, &laptop, &phone, &tablet, &laptop]).await;
    // Each removes the next; of acts alike in rank that of the lowest name stands (M17), and undoes the second one's.
    let mut devices = [&phone, &tablet, &laptop];
    devices.sort_by_key(|device| this(device));
    let [first, second, third] = devices;
    let names = devices.map(this);
    first.engine.revoke_own_device(&names[1]).unwrap();
    second.engine.revoke_own_device(&names[2]).unwrap();
    third.engine.revoke_own_device(&names[0]).unwrap();
    for _ in 0..3 {
        settle(&[first, third, second]).await;
    }
    assert!(is_in(first) && !is_in(second) && is_in(third));
    for device in [first, third] {
        assert_eq!(listed(device), BTreeSet::from([names[0], names[2]]));
    }
}
