//! Payload of a profile: the name a person shows in a space.

use belay_model::DisplayName;
use belay_model::limits::MAX_DISPLAY_NAME_CHARS;
use belay_protocol::{DocKind, ProtocolError};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;

/// A profile as published. Its record's name is zero: one per person and space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRecord {
    /// The name shown to others.
    pub name: DisplayName,
}

impl RecordPayload for ProfileRecord {
    const KIND: DocKind = DocKind::Profile;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer.text(0, self.name.as_str());
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<ProfileRecord, ProtocolError> {
    let name = reader.text(0, MAX_DISPLAY_NAME_CHARS)?;
    DisplayName::new(&name)
        .map(|name| ProfileRecord { name })
        .map_err(|_| ProtocolError::Malformed("name"))
}
