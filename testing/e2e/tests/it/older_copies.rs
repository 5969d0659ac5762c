//! Stores that were copied or put back, and go on being read and reading: what the simulator found.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::devices::{further, phone, sees, settle, writes};
use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::{NewCheckIn, SpaceKindView};
use belay_testkit::FakeClock;

use crate::cast::{DAY_MS, START_MS, cast};

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

/// Ada with a phone and a tablet that exists twice, store and keystore and all.
async fn twice(seed: u64) -> (FakeClock, TestRelay, [Companion; 3]) {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    settle(&[&phone, &tablet]).await;
    let twin = tablet.twin(seed);
    (clock, relay, [phone, tablet, twin])
}

fn exist_twice(seen_by: &Companion) -> (bool, Vec<Option<String>>) {
    let status = seen_by.engine.status().unwrap();
    let mut own = status.spaces.into_iter();
    let own = own.find(|one| one.kind == SpaceKindView::Own).unwrap();
    let devices = own.peers.into_iter().flat_map(|peer| peer.devices);
    let twice = devices.filter(|device| device.twice);
    (
        own.own_device_twice,
        twice.map(|device| device.name).collect(),
    )
}

#[tokio::test]
async fn the_branch_that_a_sibling_acknowledged_stands_whatever_the_other_ones_ids_are() {
    for seed in 70..76 {
        let (clock, _relay, [phone, tablet, twin]) = twice(seed).await;
        write(&tablet, "acknowledged");
        tablet.sync().await;
        clock.advance_ms(DAY_MS);
        phone.sync().await;
        write(&twin, "from the copy");
        for device in [&twin, &phone, &tablet, &twin, &phone, &tablet] {
            device.sync().await;
        }
        for device in [&phone, &tablet, &twin] {
            assert_eq!(wins(device), ["acknowledged"], "seed {seed}");
        }
        assert_eq!(
            exist_twice(&phone),
            (false, vec![Some("tablet".to_owned())])
        );
        assert!(exist_twice(&tablet).0 && exist_twice(&twin).0);
    }
}

#[tokio::test]
async fn what_both_copies_wrote_into_one_document_is_the_same_on_all_devices_and_written_on() {
    for seed in 80..84 {
        let (_clock, _relay, [phone, tablet, twin]) = twice(seed).await;
        let name = writes(&tablet, "begun");
        settle(&[&tablet, &phone]).await;
        let twin_of_it = tablet.twin(seed + 100);
        drop(twin);
        let edit = |by: &Companion, plan: &str| {
            let edited = NewCheckIn {
                win: Some("begun".to_owned()),
                plan: Some(plan.to_owned()),
                ..NewCheckIn::default()
            };
            by.engine.edit_check_in(&name, edited).unwrap();
        };
        let plan = |by: &Companion| by.engine.check_in(&name).unwrap().check_in.plan;
        edit(&tablet, "of the tablet");
        edit(&twin_of_it, "of its copy");
        let all = [&tablet, &twin_of_it, &phone];
        settle(&all).await;
        settle(&all).await;
        assert!(plan(&phone).is_some());
        assert_eq!(plan(&tablet), plan(&phone), "seed {seed}");
        assert_eq!(plan(&twin_of_it), plan(&phone), "seed {seed}");
        for (number, by) in all.into_iter().enumerate() {
            let later = format!("later {number}");
            edit(by, &later);
            settle(&all).await;
            for seen_by in all {
                assert_eq!(plan(seen_by).as_ref(), Some(&later), "seed {seed}");
            }
        }
    }
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
    assert_eq!(cast.wins(), ["before"]);
    let space = cast.space;
    cast.ada = cast.ada.put_back(older);
    cast.sam_writes("after");
    for _ in 0..4 {
        cast.clock.advance_ms(DAY_MS);
        cast.sam.sync().await;
        cast.ada.sync().await;
    }
    assert_eq!(sees(&cast.ada, &space), ["after"]);
    // Her own words of before are hers again, and Sam reads what she writes now.
    cast.ada_writes("again");
    cast.exchange().await;
    assert_eq!(sees(&cast.sam, &space), ["again", "before"]);
    for _ in 0..3 {
        cast.clock.advance_ms(2 * DAY_MS);
        cast.exchange().await;
    }
    cast.clock.advance_ms(2 * DAY_MS);
    for quiet in [&cast.sam, &cast.ada] {
        let report = quiet.sync().await;
        assert_eq!(report.envelopes_sent, 0, "nothing is left to ask for");
    }
}

#[tokio::test]
async fn a_tablet_put_back_to_before_everybody_renewed_their_keys_shows_what_the_phone_does() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let phone = Companion::new("Ada", &clock, 1);
    phone.engine.set_relay(Some(relay.origin()), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    let mut tablet = Companion::further_device(&clock, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    let older = tablet.copy_store();
    for month in 0..2 {
        clock.advance_ms(31 * DAY_MS);
        for device in [&phone, &tablet, &phone, &tablet] {
            device.sync().await;
        }
        write(&phone, &format!("phone {month}"));
        write(&tablet, &format!("tablet {month}"));
        for device in [&phone, &tablet, &phone] {
            device.sync().await;
        }
    }
    tablet.restart();
    let tablet = tablet.put_back(older);
    write(&tablet, "again");
    for _ in 0..6 {
        clock.advance_ms(DAY_MS);
        for device in [&tablet, &phone] {
            device.sync().await;
        }
    }
    let all = ["again", "phone 0", "phone 1", "tablet 0", "tablet 1"];
    assert_eq!(wins(&phone), all);
    assert_eq!(wins(&tablet), all);
}
