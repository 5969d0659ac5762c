//! A stranger who holds the phone cannot empty a life in an evening: beyond twenty a day what is erased is hidden at
//! once and goes after three days.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_engine::model::{DocName, ERASES_A_DAY};
use belay_engine::{BelayError, Engine, EntryQuery, NewEntry};

use crate::common::{Place, START_MS, evening};

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn entry(engine: &Engine, text: &str) -> DocName {
    let new = NewEntry {
        text: text.to_owned(),
        ..NewEntry::default()
    };
    engine.write_entry(new).unwrap().name
}

fn listed(engine: &Engine) -> Vec<DocName> {
    let page = engine.entries(&EntryQuery::default()).unwrap();
    page.entries.iter().map(|line| line.name).collect()
}

fn is_gone(engine: &Engine, name: &DocName) -> bool {
    matches!(
        engine.entry(name),
        Err(BelayError::NotFound { what: "entry" })
    )
}

/// Uses up what may be erased in a day.
fn use_up(engine: &Engine) {
    for number in 0..ERASES_A_DAY {
        let name = entry(engine, &format!("written and erased, {number}"));
        engine.erase_entry(&name).unwrap();
        assert!(is_gone(engine, &name));
    }
    assert_eq!(engine.erase_limit().unwrap().left, 0);
}

#[test]
fn the_twenty_first_is_hidden_at_once_found_by_nobody_and_can_be_brought_back() {
    let place = Place::new();
    let ada = place.create(None);
    assert_eq!(ada.erase_limit().unwrap().left, 20);
    use_up(&ada);
    let kept = entry(&ada, "the marmalade summer");
    ada.erase_entry(&kept).unwrap();
    assert!(listed(&ada).is_empty());
    assert!(
        ada.search("marmalade", None, None)
            .unwrap()
            .found
            .is_empty()
    );
    let deleted = ada.deleted_entries().unwrap();
    assert_eq!((deleted.len(), deleted[0].erase_asked), (1, true));
    assert_eq!(deleted[0].erased_at_ms - START_MS, 72 * HOUR_MS);
    // Asking again changes nothing, and a restart neither.
    ada.erase_entry(&kept).unwrap();
    drop(ada);
    let ada = place.open(None).unwrap();
    assert_eq!(ada.erase_limit().unwrap().left, 0);
    assert_eq!(
        ada.deleted_entries().unwrap()[0].erased_at_ms,
        deleted[0].erased_at_ms
    );
    let back = ada.restore_entry(&kept).unwrap();
    assert_eq!(back.entry.text, "the marmalade summer");
    assert_eq!(listed(&ada), [kept]);
    // Deleted again it has its thirty days, as everything that is only deleted.
    let again = ada.delete_entry(&kept).unwrap();
    assert_eq!(
        (again.erase_asked, again.erased_at_ms - START_MS),
        (false, 30 * DAY_MS)
    );
    let before = ada.projection_dump().unwrap();
    ada.rebuild_projection().unwrap();
    assert_eq!(ada.projection_dump().unwrap(), before);
}

#[test]
fn it_goes_for_good_at_the_second_look_after_three_days() {
    let place = Place::new();
    let ada = place.create(None);
    use_up(&ada);
    let hidden = entry(&ada, "hidden");
    ada.erase_entry(&hidden).unwrap();
    drop(ada);
    for (hours, gone) in [(71, false), (1, false), (24, true)] {
        place.clock.advance_ms(hours * HOUR_MS);
        let ada = place.open(None).unwrap();
        assert_eq!(is_gone(&ada, &hidden), gone, "after {hours} more hours");
    }
    let ada = place.open(None).unwrap();
    assert_eq!(ada.erase_limit().unwrap().left, 20);
    assert!(ada.restore_entry(&hidden).is_err());
}

#[test]
fn a_check_in_beyond_the_measure_waits_and_can_be_brought_back_too() {
    let place = Place::new();
    let ada = place.create(None);
    use_up(&ada);
    let [back, gone] = ["stays after all", "goes"].map(|win| {
        let name = ada.write_check_in(evening(win)).unwrap().name;
        ada.undo_check_in(&name).unwrap();
        ada.erase_check_in(&name).unwrap();
        name
    });
    assert_eq!(
        ada.restore_check_in(&back).unwrap().check_in.win.unwrap(),
        "stays after all"
    );
    for hours in [73, 24] {
        place.clock.advance_ms(hours * HOUR_MS);
        drop(place.open(None).unwrap());
    }
    assert!(ada.check_in(&back).is_ok());
    assert!(ada.check_in(&gone).is_err());
}

#[test]
fn what_was_deleted_three_days_ago_counts_for_nothing_and_goes_when_asked() {
    let place = Place::new();
    let ada = place.create(None);
    let old: Vec<DocName> = (0..30)
        .map(|number| entry(&ada, &format!("old {number}")))
        .collect();
    for name in &old {
        ada.delete_entry(name).unwrap();
    }
    place.clock.advance_ms(72 * HOUR_MS);
    for name in &old {
        ada.erase_entry(name).unwrap();
        assert!(is_gone(&ada, name));
    }
    assert_eq!(ada.erase_limit().unwrap().left, 20);
}

#[test]
fn a_clock_set_back_while_erasing_makes_nothing_older() {
    let place = Place::new();
    let ada = place.create(None);
    use_up(&ada);
    let hidden = entry(&ada, "hidden");
    place.clock.set_ms(START_MS - 10 * DAY_MS);
    // The clock reads a day on which nothing was erased yet, so these go; what follows is hidden.
    use_up(&ada);
    ada.erase_entry(&hidden).unwrap();
    drop(ada);
    for at_ms in [START_MS, START_MS + DAY_MS, START_MS + 2 * DAY_MS] {
        place.clock.set_ms(at_ms);
        let ada = place.open(None).unwrap();
        assert_eq!(ada.deleted_entries().unwrap().len(), 1);
    }
    let ada = place.open(None).unwrap();
    assert_eq!(ada.restore_entry(&hidden).unwrap().entry.text, "hidden");
}
