//! Payload of a request for support (P3).

use belay_model::Need;
use belay_model::boundary::{SharedSupportRequest, SupportLevel};
use belay_model::limits::MAX_RESPONSE_CHARS;
use belay_protocol::{DocKind, ProtocolError};

use super::RecordPayload;
use super::payload::{PayloadReader, PayloadWriter, read_payload};

impl RecordPayload for SharedSupportRequest {
    const KIND: DocKind = DocKind::SupportRequest;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer
            .uint(0, self.level.number().into())
            .optional_text(1, self.text.as_deref())
            .optional_uint(2, self.need.map(|need| need.number().into()))
            .moment(3, self.written);
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<SharedSupportRequest, ProtocolError> {
    Ok(SharedSupportRequest {
        level: reader.choice(0, SupportLevel::from_number)?,
        text: reader.optional_text(1, MAX_RESPONSE_CHARS)?,
        need: reader.optional_choice(2, Need::from_number)?,
        written: reader.moment(3)?,
    })
}
