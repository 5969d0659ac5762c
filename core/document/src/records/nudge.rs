//! Payload of a nudge (P3).

use belay_model::boundary::SharedNudge;
use belay_model::limits::MAX_TAG_CHARS;
use belay_protocol::{DocKind, ProtocolError};

use super::RecordPayload;
use super::payload::{PayloadReader, PayloadWriter, read_payload};

impl RecordPayload for SharedNudge {
    const KIND: DocKind = DocKind::Nudge;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer
            .optional_text(0, self.topic.as_deref())
            .moment(1, self.sent);
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<SharedNudge, ProtocolError> {
    Ok(SharedNudge {
        topic: reader.optional_text(0, MAX_TAG_CHARS)?,
        sent: reader.moment(1)?,
    })
}
