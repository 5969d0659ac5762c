//! How one record names another.

use belay_model::{DocName, PersonId};
use belay_protocol::{DocKind, ProtocolError};

use super::payload::{PayloadReader, PayloadWriter};

/// A record of a person at the revision that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordName {
    /// Whose it is.
    pub person_id: PersonId,
    /// Its kind.
    pub doc_kind: DocKind,
    /// Its name.
    pub doc_name: DocName,
    /// The revision it had.
    pub rev: u64,
}

impl RecordName {
    /// Takes the keys 0 to 3.
    pub(super) fn write(&self, writer: &mut PayloadWriter) {
        writer
            .bytes(0, self.person_id.as_bytes())
            .uint(1, u8::from(self.doc_kind).into())
            .bytes(2, self.doc_name.as_bytes())
            .uint(3, self.rev);
    }

    pub(super) fn read(reader: &mut PayloadReader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            person_id: PersonId::from_bytes(reader.array(0)?),
            doc_kind: reader.choice(1, |number| DocKind::try_from(number).ok())?,
            doc_name: DocName::from_bytes(reader.array(2)?),
            rev: reader.uint(3)?,
        })
    }
}
