//! Stores that were copied or put back, and go on being read and reading: what the simulator found.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::NewCheckIn;
use belay_testkit::FakeClock;

use crate::cast::{DAY_MS, HOLD_MS, START_MS, cast};

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

#[tokio::test]
async fn a_device_put_back_to_before_it_renewed_its_key_states_another_and_reads_on() {
    let mut cast = cast().await;
    cast.exchange().await;
    let older = cast.ada.copy_store();
    // Both renew the key that others seal to, and the space's secret.
    cast.clock.advance_ms(31 * DAY_MS);
    for _ in 0..2 {
        cast.exchange().await;
    }
    cast.ada.restart();
    cast.ada_writes("before");
    cast.exchange().await;
    let space = cast.space;
    cast.ada = cast.ada.put_back(older);
    cast.sam_writes("after");
    for _ in 0..6 {
        cast.clock.advance_ms(DAY_MS);
        cast.sam.sync().await;
        cast.ada.sync().await;
    }
    let page = cast.ada.engine.partner(&space).unwrap();
    let seen: Vec<_> = page
        .check_ins
        .iter()
        .filter_map(|shown| shown.check_in.win.as_deref())
        .collect();
    assert_eq!(seen, ["after"]);
    cast.clock.advance_ms(DAY_MS);
    cast.exchange().await;
    cast.exchange().await;
    for quiet in [&cast.sam, &cast.ada] {
        cast.clock.advance_ms(2 * DAY_MS);
        let report = quiet.sync().await;
        assert_eq!(
            report.envelopes_sent, 0,
            "nobody asks for what nobody can give any more"
        );
    }
}
