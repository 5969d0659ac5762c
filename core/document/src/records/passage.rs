//! Payload of a passage of a journal (J7).

use belay_model::SharedPassage;
use belay_model::limits::MAX_PASSAGE_BYTES;
use belay_protocol::{DocKind, ProtocolError};

use super::RecordPayload;
use super::payload::{PayloadReader, PayloadWriter, read_payload};

impl RecordPayload for SharedPassage {
    const KIND: DocKind = DocKind::Passage;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer.text(0, &self.text).moment(1, self.shared);
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<SharedPassage, ProtocolError> {
    // No character is shorter than a byte.
    let text = reader.text(0, MAX_PASSAGE_BYTES)?;
    if text.len() > MAX_PASSAGE_BYTES {
        return Err(ProtocolError::TooLarge {
            what: "passage",
            max: MAX_PASSAGE_BYTES,
        });
    }
    Ok(SharedPassage {
        text,
        shared: reader.moment(1)?,
    })
}
