//! What all kinds of records have in common.

use belay_protocol::{DocKind, ProtocolError, RecordBody};

use crate::DocumentError;

/// A value that is published as a record's payload.
pub trait RecordPayload: Sized {
    /// The kind of record it is the payload of.
    const KIND: DocKind;
    /// The newest schema this program writes and reads. Numbers are per kind and start at 1.
    const SCHEMA: u16;

    /// The oldest schema that can say this value: it is written under no newer one, so that an older program
    /// reads whatever it could have read before, and the same value has the same bytes everywhere.
    fn schema(&self) -> u16 {
        Self::SCHEMA
    }

    /// The payload: deterministic CBOR, the same bytes for the same value everywhere.
    fn encode(&self) -> Vec<u8>;

    /// Reads a payload of [`Self::SCHEMA`]; only the bytes [`Self::encode`] makes are accepted.
    ///
    /// # Errors
    /// What is wrong with it.
    fn decode(payload: &[u8]) -> Result<Self, ProtocolError>;

    /// The body of a record that holds this value.
    fn to_body(&self, rev: u64) -> RecordBody {
        RecordBody {
            rev,
            withdrawn: false,
            schema: self.schema(),
            payload: self.encode(),
        }
    }

    /// The value a body holds; `None` when the record is withdrawn.
    ///
    /// # Errors
    /// `NewerData` for a schema of a newer program (park the item), `Record` for bytes that are not
    /// what their schema says (reject it).
    fn from_body(body: &RecordBody) -> Result<Option<Self>, DocumentError> {
        if body.schema == 0 {
            return Err(ProtocolError::Malformed("schema").into());
        }
        if body.withdrawn {
            return Ok(None);
        }
        if body.schema > Self::SCHEMA {
            return Err(DocumentError::NewerData {
                schema: body.schema.into(),
            });
        }
        let value = Self::decode(&body.payload)?;
        if value.schema() != body.schema {
            return Err(ProtocolError::NotCanonical.into());
        }
        Ok(Some(value))
    }
}

/// The body that takes a record back; it keeps nothing of what was retracted.
#[must_use]
pub fn withdrawn_body<T: RecordPayload>(rev: u64) -> RecordBody {
    RecordBody {
        rev,
        withdrawn: true,
        schema: T::SCHEMA,
        payload: Vec::new(),
    }
}
