//! What a person took back: documents that were erased, and copies of which a version was.

use belay_model::{DocName, PersonId};
use rusqlite::Row;

use crate::sql::number;
use crate::{DocRow, ReadTx, Result, SpaceRow};

/// A document of which something was taken back.
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
    /// Documents of a person that an `erase` (kind 9) names in its header, the latest first: whole ones that are
    /// gone, and records of which an earlier version is.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn erased_documents(&self, space: SpaceRow, person: &PersonId) -> Result<Vec<TakenBack>> {
        let Some(person) = self.find_person(space, person)? else {
            return Ok(Vec::new());
        };
        self.many(
            "SELECT d.id, d.kind, d.name, max(i.hlc) AS at FROM item i INDEXED BY item_control
             CROSS JOIN document d ON d.id = i.document
             WHERE i.space = ?1 AND i.kind >= 3 AND i.kind = 9 AND i.state IN (0, 3) AND d.person = ?2
             GROUP BY d.id ORDER BY at DESC, d.id DESC",
            (space, person),
            read,
        )
    }
}
