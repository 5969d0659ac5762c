//! A stranger has one of two devices in hand and erases: beyond twenty a day it is hidden on both at once, and either
//! brings it back for three days.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::devices::{further, phone, settle};
use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::model::DocName;
use belay_engine::{EntryQuery, NewEntry};
use belay_testkit::FakeClock;

use crate::cast::START_MS;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
const MEASURE: usize = 20;

fn write(by: &Companion, count: usize) -> Vec<DocName> {
    let new = |number| NewEntry {
        text: format!("page {number:02}"),
        ..NewEntry::default()
    };
    let written = (0..count).map(|number| by.engine.write_entry(new(number)).unwrap().name);
    written.collect()
}

fn pages(by: &Companion) -> Vec<String> {
    let query = EntryQuery {
        limit: Some(1_000),
        ..EntryQuery::default()
    };
    let page = by.engine.entries(&query).unwrap();
    let mut texts: Vec<String> = page.entries.into_iter().map(|line| line.excerpt).collect();
    texts.sort_unstable();
    texts
}

/// What waits among the deleted ones for its time.
fn hidden(by: &Companion) -> Vec<DocName> {
    let deleted = by.engine.deleted_entries().unwrap();
    let waiting = deleted.into_iter().filter(|one| one.erase_asked);
    let mut names: Vec<DocName> = waiting.map(|one| one.entry.name).collect();
    names.sort_unstable();
    names
}

fn erase_all(by: &Companion, names: &[DocName]) {
    for name in names {
        by.engine.erase_entry(name).unwrap();
    }
}

fn assert_rebuilds_equal(by: &Companion) {
    let before = by.engine.projection_dump().unwrap();
    by.engine.rebuild_projection().unwrap();
    assert_eq!(by.engine.projection_dump().unwrap(), before);
}

#[tokio::test]
async fn what_is_beyond_the_measure_is_hidden_on_both_devices_and_either_brings_it_back() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let mut tablet = further(&phone, "tablet", 2).await;
    let names = write(&phone, MEASURE + 5);
    settle(&[&phone, &tablet]).await;
    assert_eq!(pages(&tablet).len(), MEASURE + 5);
    // The tablet is off while a stranger empties the phone.
    erase_all(&phone, &names);
    assert!(pages(&phone).is_empty());
    assert_eq!(hidden(&phone).len(), 5);
    settle(&[&phone, &tablet]).await;
    assert!(pages(&tablet).is_empty(), "hidden at once");
    assert_eq!(hidden(&tablet), hidden(&phone));
    assert!(
        tablet.engine.set_aside().unwrap().is_empty(),
        "twenty were within the measure"
    );
    // A day later, with the phone gone, one is brought back on the tablet; it is on both when they meet again.
    clock.advance_ms(DAY_MS);
    let back = hidden(&tablet)[0];
    tablet.engine.restore_entry(&back).unwrap();
    tablet.restart();
    settle(&[&tablet, &phone]).await;
    assert_eq!((pages(&phone).len(), hidden(&phone).len()), (1, 4));
    // The rest goes when its time has come, by whichever device looks, and nothing of it comes back.
    for hours in [49, 25] {
        clock.advance_ms(hours * HOUR_MS);
        tablet.sync().await;
    }
    assert!(hidden(&tablet).is_empty());
    settle(&[&phone, &tablet]).await;
    for device in [&phone, &tablet] {
        assert_eq!(pages(device).len(), 1);
        assert!(device.engine.deleted_entries().unwrap().is_empty());
        assert!(
            device.engine.set_aside().unwrap().is_empty(),
            "it had its time everywhere"
        );
        assert_eq!(device.engine.taken_back(100).unwrap().len(), MEASURE + 4);
        assert_rebuilds_equal(device);
    }
}

#[tokio::test]
async fn both_destroy_what_had_its_time_without_having_met_and_nothing_comes_of_it_twice() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let mut phone = phone(&clock, &relay);
    let mut tablet = further(&phone, "tablet", 2).await;
    let names = write(&phone, MEASURE + 3);
    settle(&[&phone, &tablet]).await;
    erase_all(&phone, &names);
    settle(&[&phone, &tablet]).await;
    assert_eq!(hidden(&tablet).len(), 3);
    // Neither has a network until both have destroyed what waited.
    for hours in [73, 25] {
        clock.advance_ms(hours * HOUR_MS);
        phone.restart();
        tablet.restart();
    }
    assert!(hidden(&phone).is_empty() && hidden(&tablet).is_empty());
    settle(&[&tablet, &phone]).await;
    for device in [&phone, &tablet] {
        assert!(hidden(device).is_empty() && pages(device).is_empty());
        assert!(device.engine.set_aside().unwrap().is_empty());
        assert_rebuilds_equal(device);
    }
}

#[tokio::test]
async fn a_clock_that_a_stranger_sets_ahead_destroys_nothing_on_the_device_that_is_elsewhere() {
    let (here, there) = (
        FakeClock::at(START_MS, "UTC"),
        FakeClock::at(START_MS, "UTC"),
    );
    let relay = TestRelay::start(&there).await;
    let mut phone = phone(&here, &relay);
    let tablet = Companion::further_device(&there, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    settle(&[&phone, &tablet]).await;
    let names = write(&phone, MEASURE * 3);
    settle(&[&phone, &tablet]).await;
    erase_all(&phone, &names);
    // The stranger knows of the three days and plays them.
    for days in [4, 5] {
        here.set_ms(START_MS + days * DAY_MS);
        phone.restart();
    }
    assert!(hidden(&phone).is_empty() && pages(&phone).is_empty());
    here.set_ms(START_MS + HOUR_MS);
    there.set_ms(START_MS + HOUR_MS);
    settle(&[&phone, &tablet]).await;
    assert!(pages(&tablet).is_empty(), "hidden at once");
    let aside = tablet.engine.set_aside().unwrap();
    assert_eq!(aside.len(), MEASURE * 2);
    let all: Vec<DocName> = aside.iter().map(|one| one.name).collect();
    assert_eq!(tablet.engine.bring_back(&all).unwrap(), all.len() as u64);
    settle(&[&tablet, &phone]).await;
    assert_eq!(pages(&tablet).len(), MEASURE * 2);
    assert_eq!(pages(&phone), pages(&tablet));
}

#[tokio::test]
async fn what_one_device_brings_back_lies_aside_nowhere_any_more_and_the_rest_goes_in_time() {
    let (here, there) = (
        FakeClock::at(START_MS, "UTC"),
        FakeClock::at(START_MS, "UTC"),
    );
    let relay = TestRelay::start(&there).await;
    let mut phone = phone(&here, &relay);
    let [tablet, laptop] = [2, 3].map(|seed| Companion::further_device(&there, seed));
    add_own_device(&phone, &tablet, "tablet").await;
    add_own_device(&phone, &laptop, "laptop").await;
    settle(&[&phone, &tablet, &laptop]).await;
    let names = write(&phone, MEASURE + 2);
    settle(&[&phone, &tablet, &laptop]).await;
    erase_all(&phone, &names);
    for days in [4, 5] {
        here.set_ms(START_MS + days * DAY_MS);
        phone.restart();
    }
    here.set_ms(START_MS);
    settle(&[&phone, &tablet, &laptop]).await;
    let aside = tablet.engine.set_aside().unwrap();
    assert_eq!(
        (aside.len(), laptop.engine.set_aside().unwrap().len()),
        (2, 2)
    );
    tablet.engine.bring_back(&[aside[0].name]).unwrap();
    settle(&[&tablet, &laptop]).await;
    let left: Vec<DocName> = laptop
        .engine
        .set_aside()
        .unwrap()
        .iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(left, [aside[1].name]);
    for hours in [73, 25] {
        there.advance_ms(hours * HOUR_MS);
        settle(&[&tablet, &laptop]).await;
    }
    for device in [&tablet, &laptop] {
        assert!(device.engine.set_aside().unwrap().is_empty());
        assert_eq!(pages(device).len(), 1);
    }
}

#[tokio::test]
async fn deleting_everything_is_not_held_up_and_takes_nothing_from_the_other_device() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let tablet = further(&phone, "tablet", 2).await;
    write(&phone, MEASURE + 5);
    settle(&[&phone, &tablet]).await;
    phone.engine.delete_everything().unwrap();
    tablet.sync().await;
    assert_eq!(pages(&tablet).len(), MEASURE + 5);
    assert!(tablet.engine.set_aside().unwrap().is_empty());
}
