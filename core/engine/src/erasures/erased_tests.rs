//! Documents that one own device erases while another one writes on, in every order of arrival.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_crypto::item_id;
use belay_document::documents::Draft as DocumentDraft;
use belay_model::{DocName, Mood};
use belay_protocol::{DocKind, EraseBody, ErasedSlot, Item, ItemKind};
use belay_store::{ItemState, StoredItem};

use crate::sibling_tests::{Tablet, document, person, take};
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Engine, NewCheckIn};

fn stored(engine: &Engine, name: &DocName) -> Vec<StoredItem> {
    engine
        .write(|session| {
            let space = session.self_space()?;
            let row = session.document_row(&space, DocKind::CheckIn, name)?;
            Ok(session.tx.items_of_document(row)?)
        })
        .unwrap()
}

/// What names the changes of a document that are here.
fn slots(engine: &Engine, name: &DocName) -> Vec<ErasedSlot> {
    stored(engine, name)
        .into_iter()
        .filter(|item| item.kind == u8::from(ItemKind::Changes))
        .map(|item| {
            let device_id = engine
                .write(|session| Ok(session.tx.device(item.device)?.id))
                .unwrap();
            ErasedSlot {
                device_id,
                inc: item.inc,
                seq: item.seq,
                item_id: item.item_id,
            }
        })
        .collect()
}

fn slot_of(item: &Item) -> ErasedSlot {
    ErasedSlot {
        device_id: item.header.device_id,
        inc: item.header.inc,
        seq: item.header.seq,
        item_id: item_id(&item.header),
    }
}

fn erase(tablet: &mut Tablet, kind: DocKind, name: DocName, mut slots: Vec<ErasedSlot>) -> Item {
    slots.sort_unstable();
    tablet.item_of(ItemKind::Erase, kind, name, EraseBody { slots }.encode())
}

/// The tablet's next edits of the check-in, each on top of the one before.
fn edits(engine: &Engine, tablet: &mut Tablet, name: DocName, plans: &[&str]) -> Vec<Item> {
    let mut copy = document(engine, &name);
    let mut items = Vec::new();
    for plan in plans {
        let mut edited = copy.check_in().unwrap();
        edited.plan = Some((*plan).to_owned());
        let draft = DocumentDraft::new().check_in(&edited);
        let changes = copy.write(&tablet.actor(&name), 0, &draft).unwrap();
        items.push(tablet.item(name, changes));
    }
    items
}

fn assert_gone(engine: &Engine, name: &DocName) {
    assert!(matches!(
        engine.check_in(name),
        Err(BelayError::NotFound { .. })
    ));
    for item in stored(engine, name) {
        if item.kind == u8::from(ItemKind::Changes) {
            assert_eq!((item.state, item.body), (ItemState::Erased, None));
        }
    }
    let before = engine.projection_dump().unwrap();
    engine.rebuild_projection().unwrap();
    assert_eq!(engine.projection_dump().unwrap(), before);
}

fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for order in orders(count - 1) {
        for at in 0..=order.len() {
            let mut longer = order.clone();
            longer.insert(at, count - 1);
            all.push(longer);
        }
    }
    all
}

#[test]
fn an_erased_document_is_gone_in_whatever_order_its_erase_and_its_changes_arrive() {
    for order in orders(4) {
        let (_dir, engine, name) = person();
        let mut tablet = Tablet::add(&engine);
        let mut items = edits(&engine, &mut tablet, name, &["first", "second"]);
        let mut known = slots(&engine, &name);
        known.push(slot_of(&items[0]));
        known.push(slot_of(&items[1]));
        items.push(erase(&mut tablet, DocKind::CheckIn, name, known));
        // A later item of the same chain, about something else, is read on.
        let other = engine
            .write_check_in(NewCheckIn {
                mood: Some(Mood::new(2).unwrap()),
                ..NewCheckIn::default()
            })
            .unwrap()
            .name;
        items.push(edits(&engine, &mut tablet, other, &["another one"]).remove(0));
        for index in &order {
            take(&engine, &tablet.space, &items[*index]);
        }
        assert_gone(&engine, &name);
        let filled = engine
            .write(|session| {
                let row = session.space(&tablet.space)?.row;
                let (device, _) = session.tx.find_device(row, &tablet.device)?.unwrap();
                let inc = items[0].header.inc;
                Ok(session.tx.chain(row, device, inc)?.unwrap().contiguous)
            })
            .unwrap();
        assert_eq!(filled, 4, "{order:?}");
        // Nothing can be written into it any more.
        let written = engine.write(|session| {
            let draft = DocumentDraft::new().deleted_at_ms(None);
            session.write_document(DocKind::CheckIn, &name, &draft)
        });
        assert_eq!(written, Err(BelayError::NotFound { what: "document" }));
        let plan = engine.check_in(&other).unwrap().check_in.plan;
        assert_eq!(plan.as_deref(), Some("another one"), "{order:?}");
    }
}

#[test]
fn an_edit_that_comes_after_its_document_was_erased_fills_its_place_and_is_told_of_once() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let items = edits(&engine, &mut tablet, name, &["first", "second"]);
    engine.undo_check_in(&name).unwrap();
    engine.erase_check_in(&name).unwrap();
    assert!(engine.erase_check_in(&name).is_err(), "it is gone already");
    assert!(engine.restore_check_in(&name).is_err());
    let mut told = Vec::new();
    for item in [&items[1], &items[0], &items[1]] {
        let count = engine
            .write(|session| {
                let mut ingested = Ingested::default();
                session.ingest_item(&tablet.space, &item.encode(), None, &mut ingested)?;
                session.settle_edits_after_deletion(&ingested)
            })
            .unwrap();
        told.push(count);
    }
    assert_eq!(told, [1, 0, 0]);
    assert_gone(&engine, &name);
}

#[test]
fn an_edit_written_here_goes_when_the_erase_that_did_not_know_of_it_comes() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let known = slots(&engine, &name);
    let edit = NewCheckIn {
        mood: Some(Mood::new(5).unwrap()),
        ..NewCheckIn::default()
    };
    engine.edit_check_in(&name, edit).unwrap();
    let item = erase(&mut tablet, DocKind::CheckIn, name, known);
    let count = engine
        .write(|session| {
            let mut ingested = Ingested::default();
            session.ingest_item(&tablet.space, &item.encode(), None, &mut ingested)?;
            session.settle_edits_after_deletion(&ingested)
        })
        .unwrap();
    assert_eq!(count, 1);
    assert_gone(&engine, &name);
}

#[test]
fn an_erase_cannot_take_single_changes_out_of_another_document() {
    for erase_first in [false, true] {
        let (_dir, engine, name) = person();
        let mut tablet = Tablet::add(&engine);
        let edit = edits(&engine, &mut tablet, name, &["kept"]).remove(0);
        let mut foreign = slots(&engine, &name);
        foreign.push(slot_of(&edit));
        let other = DocName::from_bytes([7; 16]);
        let erase = erase(&mut tablet, DocKind::CheckIn, other, foreign);
        let arriving = if erase_first {
            [&erase, &edit]
        } else {
            [&edit, &erase]
        };
        for item in arriving {
            take(&engine, &tablet.space, item);
        }
        let check_in = engine.check_in(&name).unwrap().check_in;
        assert_eq!(check_in.plan.as_deref(), Some("kept"));
        assert_eq!(check_in.win.as_deref(), Some("from the phone"));
    }
}

#[test]
fn settings_cannot_be_erased() {
    let (_dir, engine, _) = person();
    let mut tablet = Tablet::add(&engine);
    let edit = crate::SettingsEdit {
        hold_seconds: Some(30),
        ..crate::SettingsEdit::default()
    };
    engine.edit_settings(edit).unwrap();
    let item = erase(&mut tablet, DocKind::Settings, DocName::ZERO, Vec::new());
    take(&engine, &tablet.space, &item);
    assert_eq!(engine.settings().unwrap().settings.hold_seconds, 30);
    engine.rebuild_projection().unwrap();
    assert_eq!(engine.settings().unwrap().settings.hold_seconds, 30);
}
