//! What a write costs on the disk, and that nothing readable reaches it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::fs;

use belay_model::{Incarnation, PersonId};
use belay_protocol::ItemKind;
use belay_store::{
    Chain, DeviceRow, HeldReason, ItemState, NewItem, OwnRow, SecretKind, SharedRow, SpaceRow,
    Store, WriteTx,
};
use common::*;

/// One side of a shared check-in: who writes where.
struct Side {
    space: SpaceRow,
    device: DeviceRow,
    person: PersonId,
}

fn side(tx: &WriteTx<'_>, number: u64) -> Side {
    let place = place(tx, number);
    Side {
        space: place.space,
        device: place.device,
        person: person_id(number),
    }
}

/// Everything a shared check-in writes: a change document, its published record, projection, chains,
/// outbox.
fn check_in(tx: &WriteTx<'_>, own: &Side, pair: &Side, number: u64) {
    let on = format!(
        "20{:02}-{:02}-{:02}",
        number / 336 % 100,
        number / 28 % 12 + 1,
        number % 28 + 1
    );
    let json = format!(
        "{{\"mood\":{},\"note\":\"{}\"}}",
        number % 10,
        "x".repeat(150)
    );
    let append = |side: &Side, kind: ItemKind, name: u64| {
        let document = tx
            .document_row(side.space, &side.person, 2, &doc_name(name))
            .unwrap();
        let item = item(number, &[0x42; 350]);
        let id = item_id(name);
        let row = tx
            .insert_item(&NewItem {
                space: side.space,
                device: side.device,
                inc: INC,
                seq: number,
                item_id: id,
                kind: kind.into(),
                document: Some(document),
                hlc: number << 20,
                detached: &item.encode_detached(),
                body: Some(&salted(&item)),
                state: ItemState::Applied,
                envelope: None,
            })
            .unwrap();
        tx.put_chain(
            side.space,
            &Chain {
                device: side.device,
                inc: Incarnation(INC.0),
                contiguous: number,
                contiguous_id: Some(id),
                ranges: Vec::new(),
                top_seq: number,
                top_id: id,
                top_hlc: number << 20,
                heads: vec![id],
            },
        )
        .unwrap();
        (document, row)
    };
    let (document, _) = append(own, ItemKind::Changes, 2 * number + 10);
    tx.put_own(&OwnRow {
        document,
        kind: 2,
        on: Some(&on),
        at_ms: i64::try_from(number).unwrap(),
        related: None,
        deleted_at_ms: None,
        json: &json,
    })
    .unwrap();
    let (record, row) = append(pair, ItemKind::Record, 2 * number + 11);
    tx.put_shared(&SharedRow {
        document: record,
        space: pair.space,
        kind: 2,
        rev: 1,
        withdrawn: false,
        item: row,
        hlc: number << 20,
        on: Some(&on),
        about: None,
        json: &json,
    })
    .unwrap();
    tx.queue_item(row, pair.space, 10_000).unwrap();
}

/// Bytes the log grows by for one more check-in, in the middle of many.
fn written_for_one(store: &Store, own: &Side, pair: &Side, from: u64) -> u64 {
    let rounds = 60;
    store.checkpoint().unwrap();
    let before = store.size().unwrap();
    for number in from..from + rounds {
        write(store, |tx| {
            check_in(tx, own, pair, number);
            Ok(())
        });
    }
    (store.size().unwrap() - before) / rounds
}

#[test]
fn a_check_in_writes_about_as_much_into_a_ten_year_store_as_into_an_empty_one() {
    let (_dir, store) = made();
    let (own, pair) = write(&store, |tx| Ok((side(tx, 1), side(tx, 2))));
    let empty = written_for_one(&store, &own, &pair, 1);
    for batch in 0..30 {
        write(&store, |tx| {
            for number in 0..500 {
                check_in(tx, &own, &pair, 1_000 + batch * 500 + number);
            }
            tx.queued(pair.space, i64::MAX, 1_000)?
                .iter()
                .try_for_each(|queued| tx.unqueue_item(queued.item).map(drop))
        });
    }
    let full = written_for_one(&store, &own, &pair, 90_000);
    let pages = |bytes: u64| bytes as f64 / 4_120.0;
    let ratio = full as f64 / empty as f64;
    assert!(
        ratio < 1.35,
        "empty {:.1} pages, ten years {:.1} pages, ratio {ratio:.2}",
        pages(empty),
        pages(full)
    );
    assert!(pages(full) < 18.0, "{:.1} pages", pages(full));
}

#[test]
fn no_written_word_can_be_read_in_any_file() {
    const WORD: &str = "Ravenna-said-yes";
    let (dir, store) = made();
    let check = || {
        for entry in fs::read_dir(dir.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            assert!(!bytes.is_empty() || path.ends_with("belay.db-wal"));
            for needle in [WORD.as_bytes(), b"SQLite format", b"CREATE TABLE", &KEY] {
                assert!(
                    !bytes.windows(needle.len()).any(|window| window == needle),
                    "{} in {}",
                    String::from_utf8_lossy(needle),
                    path.display()
                );
            }
        }
    };
    write(&store, |tx| {
        let place = place(tx, 1);
        insert(tx, place, 1, WORD.as_bytes());
        tx.put_meta(WORD, WORD.as_bytes())?;
        tx.put_own(&OwnRow {
            document: place.document,
            kind: 2,
            on: Some("2026-03-29"),
            at_ms: 1,
            related: None,
            deleted_at_ms: None,
            json: WORD,
        })?;
        tx.put_secret(None, SecretKind::SignSeed, b"", WORD.as_bytes(), 1)?;
        tx.hold(
            place.space,
            HeldReason::UnknownDevice,
            &item_id(1),
            WORD.as_bytes(),
            None,
            1,
        )?;
        Ok(())
    });
    check();
    store.copy_to(&dir.path().join("copy.db")).unwrap();
    store.checkpoint().unwrap();
    check();
    drop(store);
    check();
}
