//! Stores that were copied or put back, and go on being read and reading: what the simulator found.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::NewCheckIn;
use belay_testkit::FakeClock;

use crate::cast::START_MS;

fn write(by: &Companion, win: &str) {
    let new = NewCheckIn {
        win: Some(win.to_owned()),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap();
}

fn wins(by: &Companion) -> Vec<String> {
    let all = by.engine.check_ins(1_000).unwrap().into_iter();
    let mut wins: Vec<String> = all.filter_map(|view| view.check_in.win).collect();
    wins.sort_unstable();
    wins
}

#[tokio::test]
async fn a_device_that_hears_of_its_own_copy_goes_on_apart_from_it_and_both_are_read() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let phone = Companion::new("Ada", &clock, 1);
    phone.engine.set_relay(Some(relay.origin()), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    let tablet = Companion::further_device(&clock, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    let twin = tablet.twin(77);
    let all = [&tablet, &twin, &phone];
    // Both write at one place of one chain: one of the two does not count.
    write(&tablet, "a1");
    write(&twin, "b1");
    for device in [all, all].concat() {
        device.sync().await;
    }
    write(&tablet, "a2");
    write(&twin, "b2");
    for device in [all, all].concat() {
        device.sync().await;
    }
    let seen = wins(&phone);
    assert!(
        seen.contains(&"a2".to_owned()) && seen.contains(&"b2".to_owned()),
        "{seen:?}"
    );
    assert_eq!(seen, wins(&tablet));
    assert_eq!(seen, wins(&twin));
}
