//! The page of own devices, as each device shows it while one comes, goes, waits or exists twice.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_e2e::devices::{further, phone, settle, writes};
use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::{
    DeviceStandingView, DevicesPageView, OwnDeviceRowView, OwnDeviceStateView, TwiceAdviceView,
};
use belay_testkit::FakeClock;

use crate::cast::{DAY_MS, START_MS};

fn page(by: &Companion) -> DevicesPageView {
    by.engine.devices_page().unwrap()
}

fn row(page: &DevicesPageView, name: &str) -> OwnDeviceRowView {
    let mut rows = page.devices.iter();
    let found = rows.find(|row| row.device.name.as_deref() == Some(name));
    found.unwrap_or_else(|| panic!("{page:?}")).clone()
}

#[tokio::test]
async fn a_device_that_is_let_in_is_shown_as_waiting_then_arriving_then_in_use() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    for day in 0..40 {
        writes(&phone, &format!("day {day}"));
    }
    phone.sync().await;
    let tablet = Companion::further_device(&clock, 2);
    let waits = page(&tablet);
    assert_eq!(waits.standing, DeviceStandingView::Waiting);
    assert!(waits.devices.is_empty() && !waits.may_add && !waits.may_take_in);

    add_own_device(&phone, &tablet, "tablet").await;
    // Nothing but the welcome is there yet.
    let arrives = page(&tablet);
    assert_eq!(arrives.standing, DeviceStandingView::Active);
    let arriving = arrives.arriving.unwrap();
    assert!(arriving.items < arriving.of_items, "{arriving:?}");
    // Its name is among what is still to come.
    let this = &arrives.devices[0];
    assert!(this.device.this_device && this.device.name.is_none());
    assert_eq!(
        this.state,
        OwnDeviceStateView::Arriving {
            items: arriving.items,
            of_items: arriving.of_items
        }
    );
    assert_eq!(
        row(&page(&phone), "tablet").state,
        OwnDeviceStateView::NotHeardOf
    );

    settle(&[&phone, &tablet]).await;
    let (here, there) = (page(&tablet), page(&phone));
    assert_eq!((here.arriving, there.arriving), (None, None));
    assert_eq!(here.sealed_copy_at.as_deref(), Some(relay.origin()));
    for (shown, this) in [(&here, true), (&there, false)] {
        let tablet = row(shown, "tablet");
        assert_eq!(tablet.state, OwnDeviceStateView::InUse);
        assert_eq!(tablet.device.this_device, this);
        assert!(tablet.device.added_at_ms.is_some());
        assert_eq!(tablet.twice, None);
        assert!(tablet.may_rename && shown.may_add);
        assert_eq!(tablet.may_remove, !this, "only from another one");
    }
}

#[tokio::test]
async fn a_removed_device_is_named_with_who_removed_it_and_what_of_it_waits() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let laptop = further(&phone, "laptop", 3).await;
    let first = page(&phone).devices[0].device.device;
    phone.engine.rename_own_device(&first, "phone").unwrap();
    settle(&[&phone, &tablet, &laptop]).await;
    writes(&tablet, "too late");
    let gone = row(&page(&phone), "tablet").device.device;
    phone.engine.revoke_own_device(&gone).unwrap();
    // It sends what it wrote before it hears of it.
    tablet.sync().await;
    settle(&[&phone, &laptop]).await;
    for shown in [page(&phone), page(&laptop)] {
        assert_eq!(shown.devices.len(), 2);
        let [removed] = shown.removed.as_slice() else {
            panic!("{shown:?}");
        };
        assert_eq!(removed.name.as_deref(), Some("tablet"));
        assert_eq!(removed.removed_by.as_deref(), Some("phone"));
        assert!(removed.removed_at_ms.is_some());
        assert_eq!(shown.may_take_in, removed.waiting > 0);
    }
    tablet.sync().await;
    let shown = page(&tablet);
    let DeviceStandingView::Removed { by, at_ms } = &shown.standing else {
        panic!("{shown:?}");
    };
    assert_eq!((by.as_deref(), at_ms.is_some()), (Some("phone"), true));
    assert!(!shown.may_add && !shown.may_take_in && shown.arriving.is_none());
    assert!(
        shown
            .devices
            .iter()
            .all(|row| !row.may_rename && !row.may_remove)
    );
}

#[tokio::test]
async fn a_device_that_exists_twice_is_named_on_all_devices_with_what_helps() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    let twin = tablet.twin(77);
    writes(&tablet, "from the one");
    writes(&twin, "from the other");
    settle(&[&tablet, &twin, &phone, &tablet, &twin]).await;
    let there = page(&phone);
    assert_eq!(there.twice, None, "the phone itself is one");
    assert_eq!(
        row(&there, "tablet").twice,
        Some(TwiceAdviceView::RemoveAndAddAgain)
    );
    for copy in [&tablet, &twin] {
        let here = page(copy);
        assert_eq!(here.twice, Some(TwiceAdviceView::RemoveFromAnother));
        assert_eq!(row(&here, "tablet").twice, here.twice);
    }
    // What helps: removed, and added again, it is one device.
    let gone = row(&there, "tablet").device.device;
    phone.engine.revoke_own_device(&gone).unwrap();
    clock.advance_ms(DAY_MS);
    let again = further(&phone, "tablet again", 4).await;
    for shown in [page(&phone), page(&again)] {
        assert!(shown.devices.iter().all(|row| row.twice.is_none()));
    }
}

#[tokio::test]
async fn the_only_device_that_exists_twice_is_told_to_keep_one() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let twin = phone.twin(77);
    writes(&phone, "from the one");
    writes(&twin, "from the other");
    settle(&[&phone, &twin, &phone]).await;
    for copy in [&phone, &twin] {
        assert_eq!(page(copy).twice, Some(TwiceAdviceView::KeepOne));
    }
}
