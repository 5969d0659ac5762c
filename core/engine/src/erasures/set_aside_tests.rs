//! Another own device erases more than may go in a day: everything is gone, and what is beyond lies aside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_model::{DocName, ERASES_A_DAY};
use belay_protocol::{DocKind, EraseBody, ErasedSlot, Item, ItemKind};
use belay_store::ReadTx;

use crate::sibling_tests::{Tablet, person, take};
use crate::{
    BelayError, Engine, EntryQuery, NewEntry, NewGoal, NewOutcome, SetAsideView, TakenBackKindView,
};

fn write(phone: &Engine, text: &str) -> DocName {
    let new = NewEntry {
        text: text.to_owned(),
        ..NewEntry::default()
    };
    phone.write_entry(new).unwrap().name
}

fn entries(phone: &Engine, count: usize) -> Vec<DocName> {
    let text = |number| format!("day {number} of a long story");
    (0..count)
        .map(|number| write(phone, &text(number)))
        .collect()
}

fn slots_of(tx: &ReadTx<'_>, kind: DocKind, name: &DocName) -> Vec<ErasedSlot> {
    let own = tx.own_by_name(kind.into(), name).unwrap().unwrap();
    let mut slots: Vec<ErasedSlot> = tx
        .items_of_document(own.document)
        .unwrap()
        .iter()
        .filter(|stored| stored.kind == u8::from(ItemKind::Changes))
        .map(|stored| ErasedSlot {
            device_id: tx.device(stored.device).unwrap().id,
            inc: stored.inc,
            seq: stored.seq,
            item_id: stored.item_id,
        })
        .collect();
    slots.sort_unstable();
    slots
}

/// What the tablet writes to erase a document as the phone has it now.
fn erasing(phone: &Engine, tablet: &mut Tablet, kind: DocKind, name: DocName) -> Item {
    let slots = phone.read(|tx| Ok(slots_of(tx, kind, &name))).unwrap();
    tablet.item_of(ItemKind::Erase, kind, name, EraseBody { slots }.encode())
}

fn texts(phone: &Engine) -> Vec<String> {
    let page = phone
        .entries(&EntryQuery {
            limit: Some(100),
            ..EntryQuery::default()
        })
        .unwrap();
    let mut texts: Vec<String> = page.entries.into_iter().map(|line| line.excerpt).collect();
    texts.sort_unstable();
    texts
}

fn names(aside: &[SetAsideView]) -> Vec<DocName> {
    aside.iter().map(|one| one.name).collect()
}

fn assert_rebuilds_equal(phone: &Engine) {
    let before = phone.projection_dump().unwrap();
    phone.rebuild_projection().unwrap();
    assert_eq!(phone.projection_dump().unwrap(), before);
}

#[test]
fn a_sibling_that_empties_the_journal_hides_all_of_it_and_destroys_twenty() {
    for backwards in [false, true] {
        let (_dir, phone, _) = person();
        let mut tablet = Tablet::add(&phone);
        let written = entries(&phone, ERASES_A_DAY + 5);
        let mut items: Vec<Item> = written
            .iter()
            .map(|name| erasing(&phone, &mut tablet, DocKind::JournalEntry, *name))
            .collect();
        if backwards {
            items.reverse();
        }
        for item in &items {
            take(&phone, &tablet.space, item);
        }
        assert!(texts(&phone).is_empty(), "hidden at once");
        let aside = phone.set_aside().unwrap();
        assert_eq!(aside.len(), 5, "{aside:?}");
        for one in &aside {
            assert_eq!(one.kind, TakenBackKindView::Entry);
            assert!(one.excerpt.ends_with("of a long story"), "{one:?}");
            assert_eq!(one.destroyed_at_ms - one.since_ms, 72 * 3_600_000);
        }
        // Saying it again changes nothing.
        for item in &items {
            take(&phone, &tablet.space, item);
        }
        assert_eq!(phone.set_aside().unwrap(), aside);
        assert_rebuilds_equal(&phone);
        assert_eq!(phone.set_aside().unwrap(), aside, "it is no projection");
    }
}

#[test]
fn what_lies_aside_comes_back_as_something_new_and_the_old_stays_gone() {
    let (_dir, phone, _) = person();
    let mut tablet = Tablet::add(&phone);
    let written = entries(&phone, ERASES_A_DAY + 2);
    for name in &written {
        let item = erasing(&phone, &mut tablet, DocKind::JournalEntry, *name);
        take(&phone, &tablet.space, &item);
    }
    let aside = phone.set_aside().unwrap();
    let unknown = [aside[0].name, DocName::from_bytes([9; 16])];
    let missing = BelayError::NotFound { what: "set aside" };
    assert_eq!(phone.bring_back(&unknown).unwrap_err(), missing);
    assert!(texts(&phone).is_empty(), "all of it or nothing");
    let twice = [aside[0].name, aside[1].name, aside[0].name];
    assert_eq!(phone.bring_back(&twice).unwrap(), 2);
    let mut told: Vec<String> = aside.iter().map(|one| one.excerpt.clone()).collect();
    told.sort_unstable();
    assert_eq!(texts(&phone), told);
    assert!(phone.set_aside().unwrap().is_empty());
    assert_eq!(phone.bring_back(&names(&aside)).unwrap_err(), missing);
    for name in &written {
        assert!(phone.entry(name).is_err(), "no tombstone is taken back");
    }
    assert_rebuilds_equal(&phone);
    assert_eq!(texts(&phone), told);
}

#[test]
fn a_goal_comes_back_with_what_came_of_it_and_entries_name_it_again() {
    let (_dir, phone, _) = person();
    let mut tablet = Tablet::add(&phone);
    let new = NewGoal {
        title: "Walk".to_owned(),
        ..NewGoal::default()
    };
    let goal = phone.add_goal(new).unwrap().name;
    phone
        .log_outcome(NewOutcome {
            goal,
            on: None,
            status: belay_model::OutcomeStatus::Done,
            note: Some("along the river".to_owned()),
            reason: None,
            amount: None,
        })
        .unwrap();
    let about = NewEntry {
        text: "the river".to_owned(),
        goals: std::collections::BTreeSet::from([goal]),
        ..NewEntry::default()
    };
    let about = phone.write_entry(about).unwrap().name;
    let today = phone.today_on().unwrap();
    let outcome = belay_crypto::outcome_name(&goal, &today.to_string());
    let mut items: Vec<Item> = entries(&phone, ERASES_A_DAY)
        .into_iter()
        .map(|name| erasing(&phone, &mut tablet, DocKind::JournalEntry, name))
        .collect();
    for (kind, name) in [
        (DocKind::JournalEntry, about),
        (DocKind::Outcome, outcome),
        (DocKind::Goal, goal),
    ] {
        items.push(erasing(&phone, &mut tablet, kind, name));
    }
    for item in &items {
        take(&phone, &tablet.space, item);
    }
    assert!(phone.goals().unwrap().is_empty() && texts(&phone).is_empty());
    let aside = phone.set_aside().unwrap();
    assert_eq!(phone.bring_back(&names(&aside)).unwrap(), 3);
    let goals = phone.goals().unwrap();
    assert_eq!((goals.len(), goals[0].goal.title.as_str()), (1, "Walk"));
    assert_ne!(goals[0].name, goal);
    let note = goals[0].today.as_ref().and_then(|today| today.note.clone());
    assert_eq!(note.as_deref(), Some("along the river"));
    let page = phone.entries(&EntryQuery::default()).unwrap();
    let back = phone.entry(&page.entries[0].name).unwrap().entry;
    assert_eq!((back.text.as_str(), back.goals.len()), ("the river", 1));
    assert!(back.goals.contains(&goals[0].name));
}

#[test]
fn what_was_brought_back_here_is_not_lost_to_a_sibling_that_had_not_heard_of_it() {
    let (_dir, phone, _) = person();
    let mut tablet = Tablet::add(&phone);
    let written = entries(&phone, ERASES_A_DAY + 1);
    for name in &written {
        phone.erase_entry(name).unwrap();
    }
    let hidden = written[ERASES_A_DAY];
    assert!(phone.deleted_entries().unwrap()[0].erase_asked);
    // The tablet has heard so far, and destroys it when its time has come.
    let item = erasing(&phone, &mut tablet, DocKind::JournalEntry, hidden);
    phone.restore_entry(&hidden).unwrap();
    assert_eq!(texts(&phone).len(), 1);
    take(&phone, &tablet.space, &item);
    assert!(texts(&phone).is_empty());
    let aside = phone.set_aside().unwrap();
    assert_eq!(names(&aside), [hidden]);
    phone.bring_back(&[hidden]).unwrap();
    assert_eq!(texts(&phone).len(), 1);
}
