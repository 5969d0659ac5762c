//! What lists and days are read from.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_store::{DocRow, ItemRow, Own, OwnRow, SharedRow, SpaceRow, StoreError, WriteTx};
use common::*;

fn own_row(document: DocRow) -> OwnRow<'static> {
    OwnRow {
        document,
        kind: 2,
        on: Some("2026-03-29"),
        at_ms: 5,
        related: None,
        deleted_at_ms: None,
        json: "{}",
    }
}

fn own_doc(tx: &WriteTx<'_>, space: SpaceRow, number: u64) -> DocRow {
    tx.document_row(space, &person_id(1), 2, &doc_name(number))
        .unwrap()
}

#[test]
fn own_rows_are_found_by_document_name_day_and_relation() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        // (number, day, time, deleted)
        let rows = [
            (1, Some("2026-03-28"), 10, None),
            (2, Some("2026-03-29"), 30, None),
            (3, Some("2026-03-29"), 20, None),
            (4, Some("2026-03-29"), 25, Some(99)),
            (5, Some("2026-03-31"), 5, None),
            (6, None, 70, None),
        ];
        for (number, on, at_ms, deleted_at_ms) in rows {
            tx.put_own(&OwnRow {
                on,
                at_ms,
                deleted_at_ms,
                related: Some(b"goal"),
                ..own_row(own_doc(tx, place.space, number))
            })?;
        }
        let names = |found: Vec<Own>| -> Vec<u64> {
            found
                .iter()
                .map(|own| (1..7).find(|number| own.name == doc_name(*number)).unwrap())
                .collect()
        };
        assert_eq!(names(tx.own_on(2, "2026-03-29")?), [3, 2]);
        assert_eq!(
            names(tx.own_of_days([1, 2, 4], "2026-03-28", "2026-03-30")?),
            [1, 3, 2]
        );
        assert_eq!(names(tx.own_all(2, 10)?), [5, 2, 3, 1, 6]);
        assert_eq!(names(tx.own_all(2, 2)?), [5, 2]);
        assert_eq!(
            names(tx.own_related(2, b"goal", "2026-03-29", "2026-03-31")?),
            [3, 2, 5]
        );
        assert!(tx.own_related(2, b"other", "0", "9")?.is_empty());
        assert!(tx.own_on(3, "2026-03-29")?.is_empty());

        let deleted = tx.own_by_name(2, &doc_name(4))?.unwrap();
        assert_eq!(deleted.deleted_at_ms, Some(99));
        assert_eq!(tx.own(deleted.document)?, Some(deleted.clone()));
        assert_eq!(tx.own_by_name(3, &doc_name(4))?, None);
        tx.delete_own(deleted.document)?;
        assert_eq!(tx.own(deleted.document)?, None);
        Ok(())
    });
}

#[test]
fn an_own_row_is_replaced_whole() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let document = place(tx, 1).document;
        tx.put_own(&own_row(document))?;
        tx.put_own(&OwnRow {
            document,
            kind: 3,
            on: None,
            at_ms: 6,
            related: Some(b"r"),
            deleted_at_ms: Some(7),
            json: "[1]",
        })?;
        assert_eq!(
            tx.own(document)?,
            Some(Own {
                document,
                kind: 3,
                name: doc_name(1),
                on: None,
                at_ms: 6,
                related: Some(b"r".to_vec()),
                deleted_at_ms: Some(7),
                json: "[1]".to_owned(),
            })
        );
        Ok(())
    });
}

fn shared_row(space: SpaceRow, document: DocRow, item: ItemRow) -> SharedRow<'static> {
    SharedRow {
        document,
        space,
        kind: 2,
        rev: 1,
        withdrawn: false,
        item,
        hlc: 10,
        on: Some("2026-03-29"),
        about: None,
        json: "{}",
    }
}

#[test]
fn shared_rows_are_found_by_person_day_and_subject_unless_withdrawn() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let one = place(tx, 1);
        let item = insert(tx, one, 1, b"x");
        let document = |number| own_doc(tx, one.space, number);
        let put = |number, on, hlc, withdrawn, about| {
            tx.put_shared(&SharedRow {
                on,
                hlc,
                withdrawn,
                about,
                ..shared_row(one.space, document(number), item)
            })
            .unwrap();
        };
        put(1, Some("2026-03-28"), 40, false, None);
        put(2, Some("2026-03-29"), 20, false, Some(&b"c1"[..]));
        put(3, Some("2026-03-29"), 30, false, None);
        put(4, Some("2026-03-29"), 35, true, Some(&b"c1"[..]));
        put(5, None, 90, false, None);

        let names = |found: Vec<belay_store::Shared>| -> Vec<u64> {
            found
                .iter()
                .map(|row| (1..6).find(|number| row.name == doc_name(*number)).unwrap())
                .collect()
        };
        let person = person_id(1);
        assert_eq!(
            names(tx.shared_of(one.space, &person, 2, 10)?),
            [3, 2, 1, 5]
        );
        assert_eq!(names(tx.shared_of(one.space, &person, 2, 1)?), [3]);
        assert_eq!(
            names(tx.shared_on(one.space, &person, 2, "2026-03-29")?),
            [2, 3]
        );
        assert_eq!(names(tx.shared_about(one.space, b"c1")?), [2]);
        let other = place(tx, 2);
        assert!(tx.shared_about(other.space, b"c1")?.is_empty());
        assert!(tx.shared_of(other.space, &person, 2, 10)?.is_empty());
        assert!(
            tx.shared_on(one.space, &person_id(2), 2, "2026-03-29")?
                .is_empty()
        );

        let withdrawn = tx.shared(document(4))?.unwrap();
        assert!(withdrawn.withdrawn);
        assert_eq!(
            (withdrawn.space, withdrawn.person, withdrawn.item),
            (one.space, person, item)
        );
        tx.delete_shared(document(4))?;
        assert_eq!(tx.shared(document(4))?, None);
        Ok(())
    });
}

#[test]
fn a_shared_row_belongs_to_the_space_of_its_document() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let one = place(tx, 1);
        let other = place(tx, 2);
        let row = shared_row(other.space, one.document, ItemRow(1));
        assert_eq!(
            tx.put_shared(&row).unwrap_err(),
            StoreError::MissingRow("document")
        );
        let far = SharedRow {
            rev: 1 << 63,
            ..shared_row(one.space, one.document, ItemRow(1))
        };
        assert_eq!(
            tx.put_shared(&far).unwrap_err(),
            StoreError::OutOfRange("rev")
        );
        Ok(())
    });
}

#[test]
fn two_stores_with_the_same_rows_dump_the_same_lines_in_whatever_order_they_were_put() {
    let dump = |order: [u64; 3]| {
        let (_dir, store) = made();
        write(&store, |tx| {
            let place = place(tx, 1);
            if order[0] == 3 {
                // Rows get other numbers here.
                insert(tx, place, 9, b"first");
                own_doc(tx, place.space, 77);
            }
            let item = insert(tx, place, 1, b"x");
            for number in order {
                let document = own_doc(tx, place.space, number);
                tx.put_own(&OwnRow {
                    at_ms: i64::try_from(number).unwrap(),
                    ..own_row(document)
                })?;
                tx.put_shared(&SharedRow {
                    rev: number,
                    about: Some(b"\x0f"),
                    ..shared_row(place.space, document, item)
                })?;
            }
            let dump = tx.projection_dump()?;
            tx.clear_projection()?;
            assert!(tx.projection_dump()?.is_empty());
            assert_eq!(tx.own_all(2, 10)?, []);
            Ok(dump)
        })
    };
    let lines = dump([1, 2, 3]);
    assert_eq!(lines, dump([3, 1, 2]));
    assert_eq!(lines.len(), 6);
    assert!(
        lines[5].starts_with("shared c5") || lines[5].starts_with("shared "),
        "{lines:?}"
    );
    let item = item_id(1).to_string();
    assert!(lines.iter().any(|line| line.contains(&item)), "{lines:?}");
}
