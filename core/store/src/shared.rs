//! Projection of the records of shared spaces: one row for the revision that counts.

use belay_model::{DocName, PersonId};
use rusqlite::Row;

use crate::sql::{limit, number, ordered};
use crate::{DocRow, ItemRow, ReadTx, Result, SpaceRow, WriteTx};

/// What is shown of a record, to be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedRow<'a> {
    /// The record.
    pub document: DocRow,
    /// The space it is in.
    pub space: SpaceRow,
    /// Its kind.
    pub kind: u8,
    /// The revision that counts; below 2^63.
    pub rev: u64,
    /// Whether that revision takes it back.
    pub withdrawn: bool,
    /// The item it stands in.
    pub item: ItemRow,
    /// That item's hybrid clock; below 2^63.
    pub hlc: u64,
    /// The civil day it belongs to, `YYYY-MM-DD`.
    pub on: Option<&'a str>,
    /// What it is about, such as the record that a response answers; bytes of the caller's making.
    pub about: Option<&'a [u8]>,
    /// What it says.
    pub json: &'a str,
}

/// What is shown of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The record.
    pub document: DocRow,
    /// The space it is in.
    pub space: SpaceRow,
    /// Whose it is.
    pub person: PersonId,
    /// Its name.
    pub name: DocName,
    /// Its kind.
    pub kind: u8,
    /// The revision that counts.
    pub rev: u64,
    /// Whether that revision takes it back.
    pub withdrawn: bool,
    /// The item it stands in.
    pub item: ItemRow,
    /// That item's hybrid clock.
    pub hlc: u64,
    /// The civil day it belongs to, `YYYY-MM-DD`.
    pub on: Option<String>,
    /// What it is about.
    pub about: Option<Vec<u8>>,
    /// What it says.
    pub json: String,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.document, p.space, p.person_id, d.name, s.kind, s.rev, s.withdrawn, s.item, s.hlc, s.day, ",
            "s.about, s.json FROM shared s JOIN person p ON p.id = s.person ",
            "JOIN document d ON d.id = s.document ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<Shared> {
    Ok(Shared {
        document: row.get(0)?,
        space: row.get(1)?,
        person: PersonId::from_bytes(row.get(2)?),
        name: DocName::from_bytes(row.get(3)?),
        kind: row.get(4)?,
        rev: number(row, 5)?,
        withdrawn: row.get(6)?,
        item: row.get(7)?,
        hlc: number(row, 8)?,
        on: row.get(9)?,
        about: row.get(10)?,
        json: row.get(11)?,
    })
}

impl ReadTx<'_> {
    /// What is shown of a record, withdrawn or not.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn shared(&self, document: DocRow) -> Result<Option<Shared>> {
        self.one(select!("WHERE s.document = ?1"), [document], read)
    }

    /// A person's records of a kind that are not withdrawn, newest first: by day and then clock, what
    /// has no day last.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn shared_of(
        &self,
        space: SpaceRow,
        person: &PersonId,
        kind: u8,
        rows: usize,
    ) -> Result<Vec<Shared>> {
        let Some(person) = self.find_person(space, person)? else {
            return Ok(Vec::new());
        };
        self.many(
            select!(
                "WHERE s.person = ?1 AND s.kind = ?2 AND s.withdrawn = 0
                 ORDER BY s.day DESC, s.hlc DESC, d.name LIMIT ?3"
            ),
            (person, kind, limit(rows)),
            read,
        )
    }

    /// A person's records of a kind on a civil day that are not withdrawn, by clock.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn shared_on(
        &self,
        space: SpaceRow,
        person: &PersonId,
        kind: u8,
        on: &str,
    ) -> Result<Vec<Shared>> {
        let Some(person) = self.find_person(space, person)? else {
            return Ok(Vec::new());
        };
        self.many(
            select!(
                "WHERE s.person = ?1 AND s.kind = ?2 AND s.day = ?3 AND s.withdrawn = 0
                 ORDER BY s.hlc, d.name"
            ),
            (person, kind, on),
            read,
        )
    }

    /// Everybody's records of a kind in a space that are not withdrawn, by clock.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn shared_of_kind(&self, space: SpaceRow, kind: u8) -> Result<Vec<Shared>> {
        self.many(
            select!(
                "WHERE p.space = ?1 AND s.kind = ?2 AND s.withdrawn = 0 ORDER BY s.hlc, d.name"
            ),
            (space, kind),
            read,
        )
    }

    /// The records of a space that are about `about` and not withdrawn, by clock.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn shared_about(&self, space: SpaceRow, about: &[u8]) -> Result<Vec<Shared>> {
        self.many(
            select!(
                "WHERE s.about = ?2 AND p.space = ?1 AND s.withdrawn = 0 ORDER BY s.hlc, d.name"
            ),
            (space, about),
            read,
        )
    }
}

impl WriteTx<'_> {
    /// Puts what is shown of a record, in place of what was.
    ///
    /// # Errors
    /// `OutOfRange`, `MissingRow` when the record is not one of the space, or what SQLite refuses.
    pub fn put_shared(&self, shared: &SharedRow<'_>) -> Result<()> {
        self.run_on(
            "document",
            "INSERT INTO shared (document, person, kind, rev, withdrawn, item, hlc, day, about, json)
             SELECT d.id, d.person, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
             FROM document d JOIN person p ON p.id = d.person WHERE d.id = ?1 AND p.space = ?2
             ON CONFLICT (document) DO UPDATE SET
                 kind = excluded.kind, rev = excluded.rev, withdrawn = excluded.withdrawn,
                 item = excluded.item, hlc = excluded.hlc, day = excluded.day,
                 about = excluded.about, json = excluded.json",
            (
                shared.document,
                shared.space,
                shared.kind,
                ordered(shared.rev, "rev")?,
                shared.withdrawn,
                shared.item,
                ordered(shared.hlc, "hlc")?,
                shared.on,
                shared.about,
                shared.json,
            ),
        )
    }

    /// Stops showing a record; its items stay.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn delete_shared(&self, document: DocRow) -> Result<()> {
        self.run("DELETE FROM shared WHERE document = ?1", [document])?;
        Ok(())
    }
}
