//! Small integer names for documents and records.

use belay_model::{DocName, PersonId};

use crate::{DocRow, ReadTx, Result, SpaceRow, StoreError, WriteTx};

/// What names a document or record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// The space it is in.
    pub space: SpaceRow,
    /// Whose it is.
    pub person: PersonId,
    /// Its kind.
    pub kind: u8,
    /// Its name within the kind.
    pub name: DocName,
}

impl ReadTx<'_> {
    /// The row of a document, if it was ever named.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn find_document(
        &self,
        space: SpaceRow,
        person: &PersonId,
        kind: u8,
        name: &DocName,
    ) -> Result<Option<DocRow>> {
        self.one(
            "SELECT d.id FROM person p
             JOIN document d ON d.person = p.id AND d.kind = ?3 AND d.name = ?4
             WHERE p.space = ?1 AND p.person_id = ?2",
            (space, person.as_bytes(), kind, name.as_bytes()),
            |row| row.get(0),
        )
    }

    /// What a row stands for.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn document(&self, row: DocRow) -> Result<Document> {
        self.one(
            "SELECT p.space, p.person_id, d.kind, d.name
             FROM document d JOIN person p ON p.id = d.person WHERE d.id = ?1",
            [row],
            |row| {
                Ok(Document {
                    space: row.get(0)?,
                    person: PersonId::from_bytes(row.get(1)?),
                    kind: row.get(2)?,
                    name: DocName::from_bytes(row.get(3)?),
                })
            },
        )?
        .ok_or(StoreError::MissingRow("document"))
    }
}

impl WriteTx<'_> {
    /// The row of a document, named now if it was not.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn document_row(
        &self,
        space: SpaceRow,
        person: &PersonId,
        kind: u8,
        name: &DocName,
    ) -> Result<DocRow> {
        if let Some(row) = self.find_document(space, person, kind, name)? {
            return Ok(row);
        }
        let person = self.person_row(space, person)?;
        self.add(
            "INSERT INTO document (person, kind, name) VALUES (?1, ?2, ?3)",
            (person, kind, name.as_bytes()),
        )
        .map(DocRow)
    }
}
