//! Projection of this person's own documents: what lists and days are read from.

use belay_model::DocName;
use rusqlite::Row;

use crate::sql::limit;
use crate::{DocRow, ReadTx, Result, WriteTx};

/// What is shown of a document, to be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnRow<'a> {
    /// The document.
    pub document: DocRow,
    /// Its kind.
    pub kind: u8,
    /// The civil day it belongs to, `YYYY-MM-DD`; `None` when it belongs to none.
    pub on: Option<&'a str>,
    /// The time it is shown at.
    pub at_ms: i64,
    /// Another document it belongs to, such as an outcome's goal.
    pub related: Option<&'a [u8]>,
    /// When it was deleted; such a row is given by name only, never in lists.
    pub deleted_at_ms: Option<i64>,
    /// What it says.
    pub json: &'a str,
}

/// What is shown of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The document.
    pub document: DocRow,
    /// Its kind.
    pub kind: u8,
    /// Its name.
    pub name: DocName,
    /// The civil day it belongs to, `YYYY-MM-DD`.
    pub on: Option<String>,
    /// The time it is shown at.
    pub at_ms: i64,
    /// Another document it belongs to.
    pub related: Option<Vec<u8>>,
    /// When it was deleted.
    pub deleted_at_ms: Option<i64>,
    /// What it says.
    pub json: String,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT o.document, o.kind, d.name, o.day, o.at_ms, o.related, o.deleted_at_ms, o.json ",
            "FROM own o JOIN document d ON d.id = o.document ",
            $rest
        )
    };
}

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Own> {
    Ok(Own {
        document: row.get(0)?,
        kind: row.get(1)?,
        name: DocName::from_bytes(row.get(2)?),
        on: row.get(3)?,
        at_ms: row.get(4)?,
        related: row.get(5)?,
        deleted_at_ms: row.get(6)?,
        json: row.get(7)?,
    })
}

impl ReadTx<'_> {
    /// What is shown of a document, deleted or not.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own(&self, document: DocRow) -> Result<Option<Own>> {
        self.one(select!("WHERE o.document = ?1"), [document], read)
    }

    /// What is shown of the document of that name, deleted or not.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_by_name(&self, kind: u8, name: &DocName) -> Result<Option<Own>> {
        // Persons are few; for each of them the name is found by document's index.
        self.one(
            "SELECT o.document, o.kind, d.name, o.day, o.at_ms, o.related, o.deleted_at_ms, o.json
             FROM person p
             CROSS JOIN document d ON d.person = p.id AND d.kind = ?1 AND d.name = ?2
             CROSS JOIN own o ON o.document = d.id",
            (kind, name.as_bytes()),
            read,
        )
    }

    /// What is shown of a kind on a civil day, by time.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_on(&self, kind: u8, on: &str) -> Result<Vec<Own>> {
        self.many(
            select!(
                "WHERE o.kind = ?1 AND o.day = ?2 AND o.deleted_at_ms IS NULL
                 ORDER BY o.at_ms, d.name"
            ),
            (kind, on),
            read,
        )
    }

    /// The earliest civil day a kind has something about, also where that was deleted since; `None` where it
    /// never had.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_first_day(&self, kind: u8) -> Result<Option<String>> {
        let first = self.one("SELECT min(day) FROM own WHERE kind = ?1", [kind], |row| {
            row.get(0)
        })?;
        Ok(first.flatten())
    }

    /// What is shown of three kinds on civil days from `from` to `to`, both counted, by kind, day and
    /// time.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_of_days(&self, kinds: [u8; 3], from: &str, to: &str) -> Result<Vec<Own>> {
        self.many(
            select!(
                "WHERE o.kind IN (?1, ?2, ?3) AND o.day BETWEEN ?4 AND ?5
                 AND o.deleted_at_ms IS NULL ORDER BY o.kind, o.day, o.at_ms"
            ),
            (kinds[0], kinds[1], kinds[2], from, to),
            read,
        )
    }

    /// What is shown of a kind, newest first: by day and time, what has no day last.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_all(&self, kind: u8, rows: usize) -> Result<Vec<Own>> {
        self.many(
            select!(
                "WHERE o.kind = ?1 AND o.deleted_at_ms IS NULL
                 ORDER BY o.day DESC, o.at_ms DESC, d.name LIMIT ?2"
            ),
            (kind, limit(rows)),
            read,
        )
    }

    /// What is shown of a kind that belongs to `related`, on civil days from `from` to `to`, both
    /// counted, by day and time.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_related(&self, kind: u8, related: &[u8], from: &str, to: &str) -> Result<Vec<Own>> {
        self.many(
            select!(
                "WHERE o.kind = ?1 AND o.related = ?2 AND o.day BETWEEN ?3 AND ?4
                 AND o.deleted_at_ms IS NULL ORDER BY o.day, o.at_ms, d.name"
            ),
            (kind, related, from, to),
            read,
        )
    }
}

impl WriteTx<'_> {
    /// Puts what is shown of a document, in place of what was.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn put_own(&self, own: &OwnRow<'_>) -> Result<()> {
        self.run(
            "INSERT INTO own (document, kind, day, at_ms, related, deleted_at_ms, json)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (document) DO UPDATE SET
                 kind = excluded.kind, day = excluded.day, at_ms = excluded.at_ms,
                 related = excluded.related, deleted_at_ms = excluded.deleted_at_ms,
                 json = excluded.json",
            (
                own.document,
                own.kind,
                own.on,
                own.at_ms,
                own.related,
                own.deleted_at_ms,
                own.json,
            ),
        )?;
        Ok(())
    }

    /// Stops showing a document; its items stay.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn delete_own(&self, document: DocRow) -> Result<()> {
        self.unindex_entry(document)?;
        self.run("DELETE FROM own WHERE document = ?1", [document])?;
        self.run("DELETE FROM entry_text WHERE document = ?1", [document])?;
        Ok(())
    }
}
