//! Own devices on one network, with no relay that keeps a copy: everything comes together, and nothing of
//! `self` goes to a relay by that.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::near::Near;
use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::model::Mood;
use belay_engine::{LanEndingView, NewCheckIn, SpaceKindView};
use belay_testkit::FakeClock;

use crate::cast::START_MS;

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

async fn meet(caller: &Companion, called: &Companion) {
    let near = Near::listen(&called.engine).await;
    let report = caller.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    near.end().await;
    let endings: Vec<_> = report.meetings.iter().map(|met| met.ending).collect();
    assert_eq!(endings, [LanEndingView::Whole]);
    assert_eq!(report.meetings[0].partner, None);
}

/// Ada's phone, tablet and laptop, after the relay that brought them together is gone for good.
async fn three() -> (FakeClock, TestRelay, [Companion; 3]) {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let phone = Companion::new("Ada", &clock, 1);
    phone.engine.set_relay(Some(relay.origin()), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    let mut devices = vec![phone];
    for (seed, name) in [(2, "tablet"), (3, "laptop")] {
        let new = Companion::further_device(&clock, seed);
        add_own_device(&devices[0], &new, name).await;
        devices.push(new);
    }
    for _ in 0..2 {
        for device in &devices {
            device.sync().await;
        }
    }
    for device in &devices {
        device.engine.set_self_copy(false).unwrap();
    }
    relay.pause().await;
    (clock, relay, devices.try_into().ok().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn own_devices_meet_without_a_relay_and_nothing_of_their_own_goes_to_one() {
    let (_clock, mut relay, [phone, tablet, _laptop]) = three().await;
    check_in(&phone, "on the phone");
    check_in(&tablet, "on the tablet");
    meet(&phone, &tablet).await;
    assert_eq!(wins(&phone), ["on the phone", "on the tablet"]);
    assert_eq!(wins(&tablet), wins(&phone));
    relay.resume().await;
    assert_eq!(phone.sync().await.envelopes_sent, 0);
    assert_eq!(tablet.sync().await.envelopes_sent, 0);
    let status = phone.engine.status().unwrap();
    let own = status
        .spaces
        .iter()
        .find(|one| one.kind == SpaceKindView::Own);
    assert_eq!(own.unwrap().queued, 0, "nothing waits any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_carries_what_the_phone_wrote_to_a_laptop_that_never_met_it() {
    let (_clock, _relay, [phone, tablet, laptop]) = three().await;
    check_in(&phone, "carried");
    meet(&phone, &tablet).await;
    drop(phone);
    meet(&laptop, &tablet).await;
    assert_eq!(wins(&laptop), ["carried"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_put_back_to_an_older_state_takes_nothing_away_on_one_network() {
    let (_clock, _relay, [phone, tablet, _laptop]) = three().await;
    check_in(&phone, "before");
    meet(&phone, &tablet).await;
    let older = phone.copy_store();
    check_in(&phone, "after");
    meet(&phone, &tablet).await;
    let phone = phone.put_back(older);
    assert_eq!(wins(&phone), ["before"]);
    meet(&phone, &tablet).await;
    assert_eq!(wins(&phone), ["after", "before"]);
    check_in(&phone, "again");
    meet(&tablet, &phone).await;
    assert_eq!(wins(&tablet), ["after", "again", "before"]);
}
