//! What the journal's lists, pages and drafts are read from.

use belay_model::DocName;

use crate::own::{Own, read};
use crate::sql::limit;
use crate::{DocRow, ReadTx, Result, WriteTx};

/// A place in a list that goes from new to old: what comes after it is older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPlace {
    /// The civil day, `YYYY-MM-DD`.
    pub on: String,
    /// The time it is shown at.
    pub at_ms: i64,
    /// The document's name.
    pub name: DocName,
}

/// Something typed that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// Its number on this device.
    pub id: i64,
    /// The entry that was being changed; `None` for a new one.
    pub about: Option<DocName>,
    /// When it was kept.
    pub at_ms: i64,
    /// The words.
    pub text: String,
}

macro_rules! select_own {
    ($rest:literal) => {
        concat!(
            "SELECT o.document, o.kind, d.name, o.day, o.at_ms, o.related, o.deleted_at_ms, o.json ",
            "FROM own o JOIN document d ON d.id = o.document ",
            $rest
        )
    };
}

impl ReadTx<'_> {
    /// What is shown of a kind on civil days from `from` to `to`, both counted, newest first, beginning
    /// after `after`.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_page(
        &self,
        kind: u8,
        (from, to): (&str, &str),
        after: Option<&OwnPlace>,
        rows: usize,
    ) -> Result<Vec<Own>> {
        let Some(after) = after else {
            return self.many(
                select_own!(
                    "WHERE o.kind = ?1 AND o.day BETWEEN ?2 AND ?3 AND o.deleted_at_ms IS NULL
                     ORDER BY o.day DESC, o.at_ms DESC, d.name DESC LIMIT ?4"
                ),
                (kind, from, to, limit(rows)),
                read,
            );
        };
        self.many(
            select_own!(
                "WHERE o.kind = ?1 AND o.day BETWEEN ?2 AND ?3 AND o.deleted_at_ms IS NULL
                 AND (o.day, o.at_ms, d.name) < (?5, ?6, ?7)
                 ORDER BY o.day DESC, o.at_ms DESC, d.name DESC LIMIT ?4"
            ),
            (
                kind,
                from,
                to.min(&after.on),
                limit(rows),
                &after.on,
                after.at_ms,
                after.name.as_bytes(),
            ),
            read,
        )
    }

    /// The months in which a kind has something, as `YYYY-MM`, newest first, with how much.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_months(&self, kind: u8) -> Result<Vec<(String, u64)>> {
        self.many(
            // Both halves are answered by an index alone. Whether a row was deleted stands in the row, and
            // looking into each of ten years costs twenty times as much as taking the few deleted ones off.
            "SELECT month, sum(things) FROM (
                 SELECT substr(day, 1, 7) AS month, count(*) AS things FROM own
                 WHERE kind = ?1 AND day IS NOT NULL GROUP BY month
                 UNION ALL
                 SELECT substr(day, 1, 7) AS month, -count(*) AS things FROM own INDEXED BY own_deleted
                 WHERE kind = ?1 AND day IS NOT NULL AND deleted_at_ms IS NOT NULL GROUP BY month)
             GROUP BY month HAVING sum(things) > 0 ORDER BY month DESC",
            [kind],
            |row| Ok((row.get(0)?, crate::sql::number(row, 1)?)),
        )
    }

    /// What of a kind was deleted up to a time, latest deletion first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_deleted(&self, kind: u8, until_ms: i64) -> Result<Vec<Own>> {
        self.many(
            select_own!(
                "WHERE o.kind = ?1 AND o.deleted_at_ms IS NOT NULL AND o.deleted_at_ms <= ?2
                 ORDER BY o.deleted_at_ms DESC, d.name"
            ),
            (kind, until_ms),
            read,
        )
    }

    /// The text of an entry; `None` when there is no such entry.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn entry_text(&self, document: DocRow) -> Result<Option<String>> {
        self.one(
            "SELECT text FROM entry_text WHERE document = ?1",
            [document],
            |row| row.get(0),
        )
    }

    /// What was typed and not written, latest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn drafts(&self) -> Result<Vec<KeptDraft>> {
        self.many(
            "SELECT id, about, at_ms, text FROM draft ORDER BY at_ms DESC, id DESC",
            [],
            |row| {
                Ok(KeptDraft {
                    id: row.get(0)?,
                    about: row.get::<_, Option<[u8; 16]>>(1)?.map(DocName::from_bytes),
                    at_ms: row.get(2)?,
                    text: row.get(3)?,
                })
            },
        )
    }
}

impl WriteTx<'_> {
    /// Puts the text of an entry, in place of what was.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn put_entry_text(&self, document: DocRow, text: &str) -> Result<()> {
        self.run(
            "INSERT INTO entry_text (document, text) VALUES (?1, ?2)
             ON CONFLICT (document) DO UPDATE SET text = excluded.text",
            (document, text),
        )?;
        Ok(())
    }

    /// Keeps something typed; gives its number.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn keep_draft(&self, about: Option<&DocName>, at_ms: i64, text: &str) -> Result<i64> {
        self.add(
            "INSERT INTO draft (about, at_ms, text) VALUES (?1, ?2, ?3)",
            (about.map(DocName::as_bytes), at_ms, text),
        )
    }

    /// Drops something typed, overwriting it in the database.
    ///
    /// # Errors
    /// `MissingRow` when there is no such draft, or what SQLite refuses.
    pub fn drop_draft(&self, id: i64) -> Result<()> {
        self.run_on("draft", "DELETE FROM draft WHERE id = ?1", [id])
    }

    /// Drops everything typed about one entry.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn drop_drafts_about(&self, about: &DocName) -> Result<()> {
        self.run("DELETE FROM draft WHERE about = ?1", [about.as_bytes()])?;
        Ok(())
    }
}
