//! `record`: a register written whole by its owner.

use crate::ProtocolError;
use crate::cbor::check_deterministic;
use crate::codec::{Reader, Writer};
use crate::limits::{ITEM_BODY_MAX, RECORD_DEPTH_MAX};

/// Flag bit of a withdrawn record.
const WITHDRAWN: u8 = 1;

/// The body of a `record` item: `rev u64 | flags u8 | schema u16 | payload`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordBody {
    /// Raised with every change; the highest wins.
    pub rev: u64,
    /// Whether the owner took the record back. Its payload is then empty.
    pub withdrawn: bool,
    /// How the payload is to be read; an unknown one is parked by whoever applies the item.
    pub schema: u16,
    /// Deterministic CBOR; empty only when withdrawn.
    pub payload: Vec<u8>,
}

impl RecordBody {
    /// The bytes of the body.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(11 + self.payload.len());
        writer
            .u64(self.rev)
            .u8(if self.withdrawn { WITHDRAWN } else { 0 })
            .u16(self.schema)
            .bytes(&self.payload);
        writer.finish()
    }

    /// Reads a body; the payload must be deterministic CBOR whatever its schema.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() > ITEM_BODY_MAX {
            return Err(ProtocolError::TooLarge {
                what: "record",
                max: ITEM_BODY_MAX,
            });
        }
        let mut reader = Reader::new(bytes);
        let rev = reader.u64()?;
        if rev > crate::limits::NUMBER_MAX {
            return Err(ProtocolError::Malformed("a number beyond 2^63"));
        }
        let flags = reader.u8()?;
        let schema = reader.u16()?;
        let payload = reader.rest();
        if flags > WITHDRAWN {
            return Err(ProtocolError::Malformed("record flags"));
        }
        let withdrawn = flags == WITHDRAWN;
        // A withdrawn record keeps nothing of what was retracted.
        if withdrawn != payload.is_empty() {
            return Err(ProtocolError::Malformed("record payload"));
        }
        if !withdrawn {
            check_deterministic(payload, RECORD_DEPTH_MAX)?;
        }
        Ok(Self {
            rev,
            withdrawn,
            schema,
            payload: payload.to_vec(),
        })
    }
}
