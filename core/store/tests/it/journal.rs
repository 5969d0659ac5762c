//! What the journal's lists and drafts are read from.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::path::Path;

use belay_model::Term;
use belay_store::{Own, OwnPlace, OwnRow, SearchRow, StoreError};
use common::*;
use rusqlite::types::ValueRef;

#[test]
fn a_list_goes_from_new_to_old_page_by_page_and_leaves_nothing_out() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        // Days and times that repeat, so that the name must decide.
        for number in 0..23u64 {
            let day = format!("2026-0{}-15", 1 + number % 3);
            let document = tx.document_row(place.space, &person_id(1), 1, &doc_name(number))?;
            tx.put_own(&OwnRow {
                document,
                kind: 1,
                on: Some(&day),
                at_ms: i64::try_from(number % 4).unwrap(),
                related: None,
                deleted_at_ms: (number == 7).then_some(99),
                json: "{}",
            })?;
        }
        let all = tx.own_page(1, ("0", "9"), None, 100)?;
        assert_eq!(all.len(), 22);
        let key = |own: &Own| (own.on.clone(), own.at_ms, own.name);
        assert!(all.windows(2).all(|two| key(&two[0]) > key(&two[1])));
        for size in 1..8 {
            let mut paged: Vec<Own> = Vec::new();
            loop {
                let after = paged.last().map(|last| OwnPlace {
                    on: last.on.clone().unwrap(),
                    at_ms: last.at_ms,
                    name: last.name,
                });
                let page = tx.own_page(1, ("0", "9"), after.as_ref(), size)?;
                if page.is_empty() {
                    break;
                }
                paged.extend(page);
            }
            assert_eq!(paged, all);
        }
        let february = tx.own_page(1, ("2026-02-01", "2026-02-31"), None, 100)?;
        assert!(
            february
                .iter()
                .all(|own| own.on.as_deref() == Some("2026-02-15"))
        );
        assert_eq!(
            tx.own_months(1)?,
            [
                ("2026-03".into(), 7),
                ("2026-02".into(), 7),
                ("2026-01".into(), 8)
            ]
        );
        let deleted = tx.own_deleted(1, 99)?;
        assert_eq!(deleted.len(), 1);
        assert_eq!(deleted[0].name, doc_name(7));
        assert!(tx.own_deleted(1, 98)?.is_empty() && tx.own_deleted(2, 99)?.is_empty());
        Ok(())
    });
}

#[test]
fn the_text_of_an_entry_goes_with_its_row() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        tx.put_entry_text(place.document, "first")?;
        tx.put_entry_text(place.document, "second")?;
        assert_eq!(tx.entry_text(place.document)?.as_deref(), Some("second"));
        assert!(tx.projection_dump()?[0].ends_with(" second"));
        tx.delete_own(place.document)?;
        assert_eq!(tx.entry_text(place.document)?, None);
        tx.put_entry_text(place.document, "third")?;
        tx.clear_projection()?;
        assert!(tx.projection_dump()?.is_empty());
        Ok(())
    });
}

#[test]
fn what_was_typed_is_kept_until_it_is_dropped() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let first = tx.keep_draft(None, 5, "new")?;
        let second = tx.keep_draft(Some(&doc_name(1)), 6, "about one")?;
        tx.keep_draft(Some(&doc_name(1)), 7, "about one again")?;
        let ids: Vec<i64> = tx.drafts()?.iter().map(|draft| draft.id).collect();
        assert_eq!((ids[1], ids[2]), (second, first));
        assert_eq!(tx.drafts()?[1].about, Some(doc_name(1)));
        tx.drop_drafts_about(&doc_name(1))?;
        assert_eq!(tx.drafts()?.len(), 1);
        tx.drop_draft(first)?;
        assert_eq!(tx.drop_draft(first), Err(StoreError::MissingRow("draft")));
        Ok(())
    });
}

#[test]
fn words_taken_out_of_the_index_are_in_no_table_any_more() {
    let (dir, store) = made();
    let words = |text: &str| belay_model::terms(text);
    let row = |title: &[Term], body: &[Term]| {
        write(&store, |tx| {
            let document = match tx.own_by_name(2, &doc_name(1))? {
                Some(own) => own.document,
                None => place(tx, 1).document,
            };
            tx.put_own(&OwnRow {
                document,
                kind: 2,
                on: Some("2026-03-03"),
                at_ms: 5,
                related: None,
                deleted_at_ms: None,
                json: "{}",
            })?;
            tx.index_entry(
                document,
                &SearchRow {
                    on: "2026-03-03".parse().unwrap(),
                    at_ms: 5,
                    title,
                    body,
                    tags: &[],
                    mood: None,
                    goals: &[],
                },
            )?;
            Ok(document)
        })
    };
    row(&words("Zyxwvutitle"), &words("qponmlkbody stays"));
    assert_eq!(
        tables_that_hold(dir.path(), &["yxwvutitle", "ponmlkbody"]),
        ["entry_search_content", "entry_search_data"]
    );
    let document = row(&words("other"), &words("words"));
    assert!(tables_that_hold(dir.path(), &["yxwvutitle", "ponmlkbody"]).is_empty());
    write(&store, |tx| tx.delete_own(document));
    assert!(tables_that_hold(dir.path(), &["other", "words"]).is_empty());
}

/// Which tables of the index hold one of these words, or a part of it that no other word shares.
fn tables_that_hold(dir: &Path, words: &[&str]) -> Vec<String> {
    let conn = raw(&dir.join("belay.db"));
    let holds = |bytes: &[u8]| {
        words.iter().any(|word| {
            bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes())
        })
    };
    let read = |sql: &str| -> bool {
        let mut statement = conn.prepare(sql).unwrap();
        let mut rows = statement.query([]).unwrap();
        let mut held = false;
        while let Some(row) = rows.next().unwrap() {
            for column in 0..row.as_ref().column_count() {
                match row.get_ref(column).unwrap() {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => held |= holds(bytes),
                    _ => {}
                }
            }
        }
        held
    };
    [
        "entry_search_content",
        "entry_search_data",
        "entry_search_idx",
    ]
    .into_iter()
    .filter(|table| read(&format!("SELECT * FROM {table}")))
    .map(str::to_owned)
    .collect()
}
