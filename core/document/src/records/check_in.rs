//! Payload of a shared check-in.

use std::collections::BTreeSet;

use belay_model::limits::{MAX_LINE_CHARS, MAX_NOTE_BYTES};
use belay_model::{CheckInTemplate, Emotion, Energy, Mood, Need, SharedCheckIn};
use belay_protocol::{DocKind, ProtocolError};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;

const LATE: u64 = 1;
const EDITED: u64 = 2;

impl RecordPayload for SharedCheckIn {
    const KIND: DocKind = DocKind::CheckIn;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        let flags = (u64::from(self.late) * LATE) | (u64::from(self.edited) * EDITED);
        writer
            .text(0, &self.on.to_string())
            .moment(1, self.written)
            .uint(3, self.template.number().into())
            .uint(4, flags)
            .optional_uint(5, self.mood.map(|mood| mood.step().into()));
        if !self.emotions.is_empty() {
            let numbers: Vec<u8> = self.emotions.iter().map(|word| word.number()).collect();
            writer.bytes(6, &numbers);
        }
        writer
            .optional_uint(7, self.energy.map(|energy| energy.step().into()))
            .optional_text(8, self.win.as_deref())
            .optional_text(9, self.struggle.as_deref())
            .optional_text(10, self.plan.as_deref())
            .optional_uint(11, self.need.map(|need| need.number().into()))
            .optional_text(12, self.note.as_deref());
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<SharedCheckIn, ProtocolError> {
    let bad = ProtocolError::Malformed("check-in");
    let on = reader.text(0, 10)?.parse().map_err(|_| bad)?;
    let written = reader.moment(1)?;
    let template = reader.choice(3, CheckInTemplate::from_number)?;
    let flags = reader.uint(4)?;
    let check_in = SharedCheckIn {
        on,
        written,
        template,
        late: flags & LATE != 0,
        edited: flags & EDITED != 0,
        mood: reader.optional_choice(5, |step| Mood::new(step).ok())?,
        emotions: emotions(reader.optional_bytes(6, Emotion::ALL.len())?).ok_or(bad)?,
        energy: reader.optional_choice(7, |step| Energy::new(step).ok())?,
        win: reader.optional_text(8, MAX_LINE_CHARS)?,
        struggle: reader.optional_text(9, MAX_LINE_CHARS)?,
        plan: reader.optional_text(10, MAX_LINE_CHARS)?,
        need: reader.optional_choice(11, Need::from_number)?,
        note: reader.optional_text(12, MAX_NOTE_BYTES)?,
    };
    if check_in
        .note
        .as_ref()
        .is_some_and(|note| note.len() > MAX_NOTE_BYTES)
    {
        return Err(ProtocolError::TooLarge {
            what: "note",
            max: MAX_NOTE_BYTES,
        });
    }
    Ok(check_in)
}

fn emotions(numbers: Option<&[u8]>) -> Option<BTreeSet<Emotion>> {
    let numbers = numbers.unwrap_or_default().iter();
    numbers
        .map(|number| Emotion::from_number(*number))
        .collect()
}
