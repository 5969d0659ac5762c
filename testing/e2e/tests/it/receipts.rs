//! Receipts: of what was erased or taken back it is told from which devices it is known to be gone.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::{ErasureStateView, NewCheckIn, NewEntry, TakenBackKindView, TakenBackView};
use belay_testkit::FakeClock;

use crate::cast::{HOLD_MS, START_MS, cast};

fn only(of: &Companion) -> TakenBackView {
    let mut taken = of.engine.taken_back(10).unwrap();
    assert_eq!(taken.len(), 1, "{taken:?}");
    taken.remove(0)
}

fn gone(view: &TakenBackView) -> Vec<(Option<&str>, bool)> {
    let devices = view.devices.iter();
    devices
        .map(|device| (device.name.as_deref(), device.gone))
        .collect()
}

#[tokio::test]
async fn each_own_device_tells_when_something_erased_is_gone_from_it() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = Companion::new("Ada", &clock, 1);
    phone.engine.set_relay(Some(relay.origin()), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    let [tablet, laptop] = [(2, "tablet"), (3, "laptop")]
        .map(|(seed, name)| (Companion::further_device(&clock, seed), name));
    for (device, name) in [&tablet, &laptop] {
        add_own_device(&phone, device, name).await;
    }
    let entry = NewEntry {
        text: "said too much to myself".to_owned(),
        ..NewEntry::default()
    };
    let name = phone.engine.write_entry(entry).unwrap().name;
    for _ in 0..2 {
        for device in [&phone, &tablet.0, &laptop.0] {
            device.sync().await;
        }
    }
    assert!(phone.engine.taken_back(10).unwrap().is_empty());
    phone.engine.erase_entry(&name).unwrap();
    let view = only(&phone);
    assert_eq!((view.kind, view.name), (TakenBackKindView::Entry, name));
    assert_eq!((view.partner.clone(), view.at_ms >= START_MS), (None, true));
    let mut devices = gone(&view);
    devices.sort_unstable();
    assert_eq!(devices, [(Some("laptop"), false), (Some("tablet"), false)]);
    phone.sync().await;
    // The tablet hears of it at once and says so; the laptop stays off.
    tablet.0.sync().await;
    phone.sync().await;
    let view = only(&phone);
    let mut devices = gone(&view);
    devices.sort_unstable();
    assert_eq!(devices, [(Some("laptop"), false), (Some("tablet"), true)]);
    // On the tablet the phone, which wrote it, is gone already.
    let there = only(&tablet.0);
    let known = there.devices.iter().filter(|device| device.gone).count();
    assert_eq!((there.devices.len(), known), (2, 1));
    laptop.0.sync().await;
    phone.sync().await;
    assert!(only(&phone).devices.iter().all(|device| device.gone));
}

#[tokio::test]
async fn a_partners_device_and_the_relay_tell_when_what_was_taken_back_is_gone() {
    let cast = cast().await;
    let name = cast.ada_writes("said too much");
    cast.exchange().await;
    cast.exchange().await;
    assert!(cast.ada.engine.taken_back(10).unwrap().is_empty());
    cast.ada.engine.undo_check_in(&name).unwrap();
    let view = only(&cast.ada);
    assert_eq!(view.kind, TakenBackKindView::CheckIn);
    assert_eq!(view.partner.as_deref(), Some("Sam"));
    assert_eq!(gone(&view), [(None, false)]);
    cast.clock.advance_ms(HOLD_MS);
    cast.ada.sync().await;
    let view = only(&cast.ada);
    assert_eq!(gone(&view), [(None, false)], "Sam's phone was off");
    assert!(
        view.relays
            .iter()
            .all(|relay| relay.state == ErasureStateView::Erased)
    );
    assert_eq!(view.relays.len(), 1);
    cast.exchange().await;
    cast.ada.sync().await;
    assert_eq!(gone(&only(&cast.ada)), [(None, true)]);
    assert!(cast.wins().is_empty());
    // Nothing is taken back by Sam.
    assert!(cast.sam.engine.taken_back(10).unwrap().is_empty());
    // What never left needs no receipt.
    let hasty = cast.ada_writes("within the hold");
    cast.ada.engine.undo_check_in(&hasty).unwrap();
    assert_eq!(cast.ada.engine.taken_back(10).unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_erased_without_another_device_is_told_without_receipts() {
    let clock = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &clock, 7);
    let new = NewCheckIn {
        win: Some("for nobody".to_owned()),
        ..NewCheckIn::default()
    };
    let name = ada.engine.write_check_in(new).unwrap().name;
    ada.engine.undo_check_in(&name).unwrap();
    assert!(
        ada.engine.taken_back(10).unwrap().is_empty(),
        "it can still be looked at"
    );
    ada.engine.erase_check_in(&name).unwrap();
    let view = only(&ada);
    assert!(view.devices.is_empty() && view.relays.is_empty());
}
