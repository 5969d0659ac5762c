//! Removing an own device: what it may still read, what of it counts, and what it says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::sync::atomic::{AtomicBool, Ordering};

use belay_e2e::devices::{further, phone, sees, settle, wins, writes, writes_to};
use belay_e2e::near::Near;
use belay_e2e::{Companion, TestRelay, add_own_device, pair};
use belay_engine::model::DeviceId;
use belay_engine::{BelayError, DeviceStandingView, LanEndingView, LanMeetingView, SyncProgress};
use belay_testkit::FakeClock;

use crate::cast::{DAY_MS, HOLD_MS, START_MS};

fn of(by: &Companion, name: &str) -> DeviceId {
    let devices = by.engine.own_devices().unwrap();
    let found = devices.iter().find(|one| one.name.as_deref() == Some(name));
    found.unwrap().device
}

fn this(by: &Companion) -> DeviceId {
    by.engine.own_devices().unwrap()[0].device
}

fn unavailable(reason: &'static str) -> BelayError {
    BelayError::Unavailable { reason }
}

/// As many envelopes as two devices hand over at once, and some more.
const MORE_THAN_A_BATCH: usize = 70;

#[tokio::test]
async fn a_removed_device_keeps_what_it_has_reads_nothing_more_and_says_so() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&phone, &sam, relay.origin()).await;
    let tablet = further(&phone, "tablet", 2).await;
    let first = this(&phone);
    phone.engine.rename_own_device(&first, "phone").unwrap();
    writes(&phone, "before");
    writes_to(&tablet, &[space], "shared in time");
    clock.advance_ms(HOLD_MS);
    settle(&[&phone, &tablet, &sam, &phone]).await;
    assert_eq!(sees(&sam, &space), ["shared in time"]);

    // The tablet is offline and writes; meanwhile the phone removes it, also offline.
    writes_to(&tablet, &[space], "too late");
    let left = phone
        .engine
        .revoke_own_device(&of(&phone, "tablet"))
        .unwrap();
    assert_eq!(left.len(), 1);
    let twice = phone.engine.revoke_own_device(&this(&tablet));
    assert_eq!(twice.unwrap_err(), BelayError::NotFound { what: "device" });
    assert_eq!(
        phone.engine.revoke_own_device(&this(&phone)).unwrap_err(),
        unavailable("this-device")
    );
    writes_to(&phone, &[space], "after");
    writes_to(&sam, &[space], "Sam does not know yet");
    clock.advance_ms(HOLD_MS);
    phone.sync().await;
    sam.sync().await;
    writes_to(&sam, &[space], "Sam knows");
    clock.advance_ms(HOLD_MS);
    settle(&[&sam, &phone]).await;

    // The tablet comes back: it learns of it, and sends nothing.
    let report = tablet.sync().await;
    assert!(report.troubles.is_empty(), "{:?}", report.troubles);
    assert_eq!(report.envelopes_sent, 0, "what waited stays there");
    let standing = tablet.engine.device_standing().unwrap();
    let DeviceStandingView::Removed { by, at_ms } = standing else {
        panic!("{standing:?}");
    };
    assert_eq!(by.as_deref(), Some("phone"));
    assert!(at_ms.is_some());
    settle(&[&tablet, &phone, &sam]).await;
    assert_eq!(wins(&tablet), ["before", "shared in time", "too late"]);
    assert!(!sees(&tablet, &space).contains(&"Sam knows".to_owned()));
    let refused = tablet.engine.write_check_in(belay_engine::NewCheckIn {
        win: Some("no more".to_owned()),
        ..belay_engine::NewCheckIn::default()
    });
    assert_eq!(refused.unwrap_err(), unavailable("device-removed"));
    assert_eq!(
        tablet.engine.revoke_own_device(&this(&phone)).unwrap_err(),
        unavailable("device-removed")
    );
    // Nothing of it came in anywhere, and what it had shared in time stands.
    assert_eq!(wins(&phone), ["after", "before", "shared in time"]);
    assert_eq!(sees(&sam, &space), ["after", "shared in time"]);
    assert_eq!(sees(&phone, &space), ["Sam does not know yet", "Sam knows"]);
    assert_eq!(
        phone.engine.device_standing().unwrap(),
        DeviceStandingView::Active
    );
    let removed = phone.engine.removed_devices().unwrap();
    assert_eq!(removed.len(), 1);
    assert_eq!(removed[0].name.as_deref(), Some("tablet"));
}

#[tokio::test]
async fn what_a_remaining_device_had_of_a_removed_one_counts_on_all_of_them() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let laptop = further(&phone, "laptop", 3).await;
    settle(&[&phone, &tablet, &laptop]).await;
    writes(&tablet, "the laptop had it");
    tablet.sync().await;
    laptop.sync().await;
    // Without a relay the phone removes the tablet and tells the laptop; neither has this of it.
    relay.pause().await;
    writes(&tablet, "nobody had it");
    phone
        .engine
        .revoke_own_device(&of(&phone, "tablet"))
        .unwrap();
    let near = Near::listen(&phone.engine).await;
    laptop.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    near.end().await;
    relay.resume().await;
    tablet.sync().await;
    settle(&[&phone, &laptop, &phone]).await;
    for device in [&phone, &laptop] {
        assert_eq!(wins(device), ["the laptop had it"]);
        let waiting = device.engine.removed_devices().unwrap()[0].waiting;
        assert!(waiting > 0, "kept and counted");
    }
    // The tablet was only lost: the person lets the rest count, on all devices.
    let device = phone.engine.removed_devices().unwrap()[0].device;
    assert!(phone.engine.take_in_from_removed_device(&device).unwrap() > 0);
    assert_eq!(
        phone.engine.take_in_from_removed_device(&device).unwrap(),
        0
    );
    settle(&[&phone, &laptop]).await;
    for device in [&phone, &laptop] {
        assert_eq!(wins(device), ["nobody had it", "the laptop had it"]);
        assert_eq!(device.engine.removed_devices().unwrap()[0].waiting, 0);
    }
    // What it writes under old secrets later still does not come in.
    writes(&phone, "goes on");
    settle(&[&phone, &laptop]).await;
    assert_eq!(wins(&laptop).len(), 3);
}

#[tokio::test]
async fn a_tablet_that_never_synced_removes_the_lost_phone_and_loses_nothing_of_it() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    writes(&phone, "one");
    writes(&phone, "two");
    phone.sync().await;
    let tablet = Companion::further_device(&clock, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    phone.sync().await;
    let lost = tablet
        .engine
        .own_devices()
        .unwrap()
        .iter()
        .find(|one| !one.this_device)
        .unwrap()
        .device;
    assert_eq!(tablet.engine.revoke_own_device(&lost).unwrap().len(), 1);
    // Whoever found the phone writes on it.
    writes(&phone, "by the finder");
    settle(&[&tablet]).await;
    assert!(
        wins(&tablet).is_empty(),
        "it had nothing when it removed it"
    );
    assert!(tablet.engine.removed_devices().unwrap()[0].waiting > 0);
    assert!(tablet.engine.take_in_from_removed_device(&lost).unwrap() > 0);
    assert_eq!(wins(&tablet), ["one", "two"]);
    phone.sync().await;
    settle(&[&tablet]).await;
    assert!(matches!(
        phone.engine.device_standing().unwrap(),
        DeviceStandingView::Removed { .. }
    ));
    assert_eq!(wins(&tablet), ["one", "two"]);
    writes(&tablet, "three");
    settle(&[&tablet, &phone]).await;
    assert!(!wins(&phone).contains(&"three".to_owned()));
}

#[tokio::test]
async fn a_removal_by_a_device_outside_a_partnership_is_finished_by_one_that_is_in_it() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&phone, &sam, relay.origin()).await;
    let laptop = further(&phone, "laptop", 3).await;
    settle(&[&phone, &laptop, &sam]).await;
    assert!(laptop.engine.partner(&space).is_ok());
    // The tablet is in no partnership: it never synced.
    let tablet = Companion::further_device(&clock, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    phone.sync().await;
    tablet.engine.revoke_own_device(&this(&laptop)).unwrap();
    settle(&[&tablet, &phone, &sam]).await;
    writes_to(&sam, &[space], "not for the laptop");
    writes_to(&phone, &[space], "nor this");
    clock.advance_ms(HOLD_MS);
    settle(&[&sam, &phone, &laptop]).await;
    assert_eq!(sees(&phone, &space), ["not for the laptop"]);
    assert_eq!(sees(&sam, &space), ["nor this"]);
    assert!(sees(&laptop, &space).is_empty());
    assert!(wins(&laptop).is_empty());
    // The tablet comes into the partnership all the same.
    settle(&[&tablet, &phone, &tablet]).await;
    assert_eq!(sees(&tablet, &space), ["not for the laptop"]);
}

#[tokio::test]
async fn a_new_device_says_from_the_first_page_on_how_much_there_is_to_come() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    for number in 0..60 {
        writes(&phone, &format!("{number}"));
        if number == 40 {
            phone.sync().await;
        }
    }
    let tablet = Companion::further_device(&clock, 2);
    assert_eq!(tablet.engine.arrival().unwrap(), None);
    add_own_device(&phone, &tablet, "tablet").await;
    let before = tablet.engine.arrival().unwrap().unwrap();
    assert!(before.of_items > 60 && before.items < 30, "{before:?}");
    assert!(!before.is_whole());
    // The phone has not sent everything when the tablet looks first.
    let told = std::sync::Mutex::new(Vec::new());
    let note = |step: SyncProgress| told.lock().unwrap().push(step);
    tablet.engine.sync(&note).await.unwrap();
    let told = told.into_inner().unwrap();
    let arriving = told.iter().any(|step| {
        matches!(step, SyncProgress::Arriving { items, of_items, bytes }
            if items < of_items && *of_items >= before.of_items && *bytes > 0)
    });
    assert!(arriving, "{told:?}");
    assert_eq!(wins(&tablet).len(), 41);
    settle(&[&phone, &tablet]).await;
    assert!(tablet.engine.arrival().unwrap().unwrap().is_whole());
    assert_eq!(wins(&tablet).len(), 60);
}

#[tokio::test]
async fn of_two_devices_that_remove_each_other_one_stays_and_all_agree_which() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let laptop = further(&phone, "laptop", 3).await;
    settle(&[&phone, &tablet, &laptop]).await;
    let (one, other) = (this(&phone), this(&tablet));
    phone.engine.revoke_own_device(&other).unwrap();
    tablet.engine.revoke_own_device(&one).unwrap();
    settle(&[&phone, &tablet, &laptop, &phone, &tablet, &laptop]).await;
    let standing = |by: &Companion| by.engine.device_standing().unwrap();
    let active = [&phone, &tablet]
        .into_iter()
        .filter(|one| standing(one) == DeviceStandingView::Active)
        .count();
    assert_eq!(active, 1);
    assert_eq!(laptop.engine.own_devices().unwrap().len(), 2);
    let stays = if standing(&phone) == DeviceStandingView::Active {
        &phone
    } else {
        &tablet
    };
    writes(stays, "goes on");
    settle(&[stays, &laptop]).await;
    assert_eq!(wins(&laptop), ["goes on"]);
}

#[tokio::test]
async fn what_waited_because_of_a_removal_comes_in_when_that_removal_is_overruled() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let laptop = further(&phone, "laptop", 3).await;
    settle(&[&phone, &tablet, &laptop]).await;
    // Of two that remove each other the lower name stays (M17).
    let (stays, goes) = match this(&phone) < this(&tablet) {
        true => (&phone, &tablet),
        false => (&tablet, &phone),
    };
    writes(stays, "written before");
    stays.sync().await;
    // The laptop hears first of the removal that will not stand.
    relay.pause().await;
    goes.engine.revoke_own_device(&this(stays)).unwrap();
    let near = Near::listen(&goes.engine).await;
    laptop.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    near.end().await;
    relay.resume().await;
    laptop.sync().await;
    assert!(wins(&laptop).is_empty(), "it waits");
    stays.engine.revoke_own_device(&this(goes)).unwrap();
    settle(&[stays, &laptop, stays, &laptop]).await;
    assert_eq!(laptop.engine.own_devices().unwrap().len(), 2);
    assert_eq!(wins(&laptop), ["written before"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_device_removed_in_the_middle_of_a_transfer_gets_nothing_more_and_says_so_later() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    // More envelopes than one batch between two devices holds.
    for number in 0..MORE_THAN_A_BATCH {
        writes(&phone, &format!("{number:03}"));
        phone.sync().await;
    }
    relay.pause().await;
    let gone = this(&tablet);
    let near = Near::listen(&tablet.engine).await;
    let removed = AtomicBool::new(false);
    let revoke = |progress: SyncProgress| {
        if matches!(progress, SyncProgress::Sent { .. }) && !removed.swap(true, Ordering::SeqCst) {
            phone.engine.revoke_own_device(&gone).unwrap();
        }
    };
    let report = phone.engine.sync_lan(near.addr, &revoke).await.unwrap();
    near.end().await;
    assert!(removed.load(Ordering::SeqCst));
    let endings: Vec<_> = report.meetings.iter().map(|met| met.ending).collect();
    assert_eq!(endings, [LanEndingView::NotAMember]);
    let had = wins(&tablet).len();
    assert!(had > 0 && had < MORE_THAN_A_BATCH, "the rest was not given");
    writes(&phone, "after");
    let near = Near::listen(&phone.engine).await;
    let again = tablet.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    near.end().await;
    let whole = |met: &LanMeetingView| met.ending == LanEndingView::Whole;
    assert!(!again.meetings.iter().any(whole));
    assert_eq!(wins(&tablet).len(), had, "what came in time stays");
    // The relay tells it why, and has nothing for it that was written since.
    relay.resume().await;
    phone.sync().await;
    tablet.sync().await;
    assert!(matches!(
        tablet.engine.device_standing().unwrap(),
        DeviceStandingView::Removed { .. }
    ));
    assert!(!wins(&tablet).contains(&"after".to_owned()));
    assert_eq!(wins(&phone).len(), MORE_THAN_A_BATCH + 1);
}

#[tokio::test]
async fn own_devices_have_names_that_change_everywhere_and_say_when_they_came() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    clock.advance_ms(60_000);
    let tablet = further(&phone, "tablet", 2).await;
    let device = of(&phone, "tablet");
    tablet.engine.rename_own_device(&device, "kitchen").unwrap();
    let bad = tablet.engine.rename_own_device(&device, "  ");
    assert!(matches!(bad, Err(BelayError::InvalidInput { .. })));
    settle(&[&tablet, &phone]).await;
    let on_phone = phone.engine.own_devices().unwrap();
    assert_eq!(on_phone[1].name.as_deref(), Some("kitchen"));
    assert_eq!(on_phone[0].added_at_ms, Some(START_MS));
    assert_eq!(on_phone[1].added_at_ms, Some(START_MS + 60_000));
    let stranger = phone.engine.rename_own_device(&DeviceId::ZERO, "nobody");
    assert_eq!(
        stranger.unwrap_err(),
        BelayError::NotFound { what: "device" }
    );
}

#[tokio::test]
async fn a_further_device_reads_what_was_sealed_under_every_secret_before() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    for month in 0..3 {
        writes(&phone, &format!("month {month}"));
        settle(&[&phone, &tablet]).await;
        clock.advance_ms(31 * DAY_MS);
    }
    phone.engine.revoke_own_device(&this(&tablet)).unwrap();
    writes(&phone, "month 3");
    settle(&[&phone]).await;
    let laptop = further(&phone, "laptop", 3).await;
    assert_eq!(wins(&laptop).len(), 4);
    assert!(laptop.engine.arrival().unwrap().unwrap().is_whole());
}
