//! Payload of a shared goal.

use belay_model::SharedGoal;
use belay_model::limits::{MAX_TITLE_CHARS, MAX_WHY_CHARS};
use belay_protocol::{DocKind, ProtocolError};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;
use crate::documents::{parse_schedule, schedule_text};

/// Longest text of a schedule.
const SCHEDULE_CHARS: usize = 64;

impl RecordPayload for SharedGoal {
    const KIND: DocKind = DocKind::Goal;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        let schedule = self.schedule.as_ref().map(schedule_text);
        writer
            .text(0, &self.title)
            .optional_text(1, schedule.as_deref())
            .optional_text(2, self.why.as_deref())
            .uint(3, self.archived.into());
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<SharedGoal, ProtocolError> {
    let title = reader.text(0, MAX_TITLE_CHARS)?;
    let schedule = reader
        .optional_text(1, SCHEDULE_CHARS)?
        .map(|text| parse_schedule(&text).ok_or(ProtocolError::Malformed("schedule")))
        .transpose()?;
    Ok(SharedGoal {
        title,
        schedule,
        why: reader.optional_text(2, MAX_WHY_CHARS)?,
        archived: reader.uint(3)? == 1,
    })
}
