//! Two own devices that remove each other: who stays among the person's devices stays in the partnerships, too.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_e2e::devices::{further, phone, sees, settle, writes_to};
use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::model::{DeviceId, SpaceId};
use belay_engine::{DeviceStandingView, SpaceKindView};
use belay_testkit::FakeClock;

use crate::cast::{DAY_MS, HOLD_MS, START_MS};

/// A device as it is called among the person's own, and in a partnership.
fn called(by: &Companion, space: &SpaceId) -> [DeviceId; 2] {
    let spaces = by.engine.status().unwrap().spaces;
    let in_space = |wanted: &dyn Fn(&SpaceId, SpaceKindView) -> bool| {
        let found = spaces.iter().find(|one| wanted(&one.space, one.kind));
        let devices = &found.unwrap().peers[0].devices;
        devices.iter().find(|one| one.this_device).unwrap().device
    };
    [
        in_space(&|_, kind| kind == SpaceKindView::Own),
        in_space(&|id, _| id == space),
    ]
}

/// Ada's phone and tablet, and Sam; of the two the one with the lower name in `self` has the higher one in the pair.
struct Stage {
    clock: FakeClock,
    _relay: TestRelay,
    phone: Companion,
    tablet: Companion,
    sam: Companion,
    space: SpaceId,
}

async fn stage(tablet: u64) -> Option<Stage> {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&phone, &sam, relay.origin()).await;
    let tablet = further(&phone, "tablet", tablet).await;
    settle(&[&phone, &tablet, &sam, &phone, &tablet]).await;
    let [own, there] = [&phone, &tablet].map(|one| called(one, &space));
    ((own[0] < there[0]) != (own[1] < there[1])).then_some(Stage {
        clock,
        _relay: relay,
        phone,
        tablet,
        sam,
        space,
    })
}

/// Names are drawn: some of these tablets have them in the other order.
async fn contested() -> Stage {
    for tablet in 20..40 {
        if let Some(stage) = stage(tablet).await {
            return stage;
        }
    }
    panic!("of twenty tablets none has names in the other order");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stays_among_own_devices_stays_in_the_partnership_where_the_other_one_would() {
    let stage = contested().await;
    let Stage {
        clock,
        phone,
        tablet,
        sam,
        space,
        ..
    } = &stage;
    let [one, other] = [phone, tablet].map(|device| called(device, space)[0]);
    phone.engine.revoke_own_device(&other).unwrap();
    tablet.engine.revoke_own_device(&one).unwrap();
    for _ in 0..3 {
        clock.advance_ms(HOLD_MS);
        settle(&[phone, tablet, sam]).await;
    }
    let stays = |device: &&Companion| {
        device.engine.device_standing().unwrap() == DeviceStandingView::Active
    };
    let here: Vec<&Companion> = [phone, tablet].into_iter().filter(stays).collect();
    let [here] = here[..] else {
        panic!("one of the two stays");
    };
    writes_to(here, &[*space], "here I am");
    writes_to(sam, &[*space], "and I");
    clock.advance_ms(HOLD_MS);
    settle(&[here, sam, here]).await;
    assert_eq!(sees(sam, space), ["here I am"]);
    assert_eq!(sees(here, space), ["and I"]);
    let pair = |by: &Companion| {
        let spaces = by.engine.status().unwrap().spaces;
        spaces.into_iter().find(|one| one.space == *space).unwrap()
    };
    assert_eq!(pair(here).queued, 0, "nothing waits to be sent for ever");
    let removed: Vec<bool> = pair(sam)
        .peers
        .iter()
        .find(|peer| peer.name.is_some())
        .unwrap()
        .devices
        .iter()
        .map(|device| device.removed)
        .collect();
    assert_eq!(removed.iter().filter(|removed| !**removed).count(), 1);

    // It is quiet afterwards.
    clock.advance_ms(DAY_MS);
    settle(&[here, sam, here, sam]).await;
    clock.advance_ms(DAY_MS);
    for device in [here, sam] {
        assert_eq!(device.sync().await.envelopes_sent, 0);
    }
}
