//! What this person took back: own documents that were erased, and copies that were withdrawn.

use belay_model::{DocName, PersonId};
use rusqlite::Row;

use crate::sql::{limit, number};
use crate::{DocRow, ReadTx, Result, SpaceRow};

/// A document that was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack {
    /// The document.
    pub document: DocRow,
    /// Its kind.
    pub kind: u8,
    /// Its name.
    pub name: DocName,
    /// Hybrid clock of the last item that says so.
    pub hlc: u64,
}

fn read(row: &Row<'_>) -> rusqlite::Result<TakenBack> {
    Ok(TakenBack {
        document: row.get(0)?,
        kind: row.get(1)?,
        name: DocName::from_bytes(row.get(2)?),
        hlc: number(row, 3)?,
    })
}

impl ReadTx<'_> {
    /// Documents of a space that an `erase` (kind 9) names in its header, the latest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn erased_documents(&self, space: SpaceRow, count: usize) -> Result<Vec<TakenBack>> {
        self.many(
            "SELECT d.id, d.kind, d.name, max(i.hlc) AS at FROM item i INDEXED BY item_control
             CROSS JOIN document d ON d.id = i.document
             WHERE i.space = ?1 AND i.kind >= 3 AND i.kind = 9 AND i.state IN (0, 3)
             GROUP BY d.id ORDER BY at DESC, d.id DESC LIMIT ?2",
            (space, limit(count)),
            read,
        )
    }

    /// Copies that a person withdrew from a space, the latest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn withdrawn_by(
        &self,
        space: SpaceRow,
        person: &PersonId,
        count: usize,
    ) -> Result<Vec<TakenBack>> {
        let Some(person) = self.find_person(space, person)? else {
            return Ok(Vec::new());
        };
        self.many(
            "SELECT d.id, d.kind, d.name, s.hlc FROM shared s CROSS JOIN document d ON d.id = s.document
             WHERE s.person = ?1 AND s.withdrawn = 1 ORDER BY s.hlc DESC, d.id DESC LIMIT ?2",
            (person, limit(count)),
            read,
        )
    }
}
