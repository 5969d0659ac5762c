//! Payload of a response: what it answers, and the answer (C6).

use belay_model::limits::MAX_RESPONSE_CHARS;
use belay_model::{ResponseKind, SharedResponse};
use belay_protocol::{DocKind, ProtocolError};

use super::about::RecordName;
use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;

/// A response as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseRecord {
    /// The record it answers, at the revision its writer saw.
    pub about: RecordName,
    /// The answer.
    pub response: SharedResponse,
}

impl RecordPayload for ResponseRecord {
    const KIND: DocKind = DocKind::Response;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        self.about.write(&mut writer);
        writer
            .uint(4, self.response.kind.number().into())
            .optional_text(5, self.response.text.as_deref())
            .moment(6, self.response.written);
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<ResponseRecord, ProtocolError> {
    let record = ResponseRecord {
        about: RecordName::read(reader)?,
        response: SharedResponse {
            kind: reader.choice(4, ResponseKind::from_number)?,
            text: reader.optional_text(5, MAX_RESPONSE_CHARS)?,
            written: reader.moment(6)?,
        },
    };
    if record.response.text.is_none() && record.response.kind.needs_text() {
        return Err(ProtocolError::Malformed("response"));
    }
    Ok(record)
}
