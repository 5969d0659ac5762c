//! Payload of a boundary card (P2): what a person tells a partner about being reached.

use belay_model::boundary::{BoundaryCard, MAX_QUIET_HOURS, MAX_TOPICS, QuietHours, SupportLevel};
use belay_model::limits::{MAX_TAG_CHARS, MAX_WHY_CHARS};
use belay_model::{LocalTime, Need, ResponseKind};
use belay_protocol::{DocKind, ProtocolError};

use super::RecordPayload;
use super::payload::{PayloadReader, PayloadWriter, read_payload};

/// Keys of the topics that are welcome, one each.
const WELCOME: u8 = 10;
/// Keys of those that are not.
const UNWELCOME: u8 = 40;

const BAD: ProtocolError = ProtocolError::Malformed("boundary card");

impl RecordPayload for BoundaryCard {
    const KIND: DocKind = DocKind::BoundaryCard;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let quiet: Vec<u8> = self
            .quiet
            .iter()
            .flat_map(|hours| [hours.from, hours.to])
            .flat_map(|time| time.minutes().to_le_bytes())
            .collect();
        let answers: Vec<u8> = self.answers.iter().map(|kind| kind.number()).collect();
        let mut writer = PayloadWriter::new();
        writer
            .optional_text(0, self.helps.as_deref())
            .optional_text(1, self.does_not_help.as_deref());
        if !quiet.is_empty() {
            writer.bytes(2, &quiet);
        }
        writer.uint(3, self.nudges_a_day.into());
        if !answers.is_empty() {
            writer.bytes(4, &answers);
        }
        writer
            .optional_uint(5, self.need.map(|need| need.number().into()))
            .optional_uint(6, self.reach_at_night.map(|level| level.number().into()));
        for (first, topics) in [(WELCOME, &self.welcome), (UNWELCOME, &self.unwelcome)] {
            for (key, topic) in (first..).zip(topics.iter().take(MAX_TOPICS)) {
                writer.text(key, topic);
            }
        }
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<BoundaryCard, ProtocolError> {
    let card = BoundaryCard {
        helps: reader.optional_text(0, MAX_WHY_CHARS)?,
        does_not_help: reader.optional_text(1, MAX_WHY_CHARS)?,
        quiet: quiet(
            reader
                .optional_bytes(2, MAX_QUIET_HOURS * 4)?
                .unwrap_or_default(),
        )?,
        nudges_a_day: u8::try_from(reader.uint(3)?).map_err(|_| BAD)?,
        answers: reader
            .optional_bytes(4, ResponseKind::ALL.len())?
            .unwrap_or_default()
            .iter()
            .map(|number| ResponseKind::from_number(*number).ok_or(BAD))
            .collect::<Result<_, _>>()?,
        need: reader.optional_choice(5, Need::from_number)?,
        reach_at_night: reader.optional_choice(6, SupportLevel::from_number)?,
        welcome: topics(reader, WELCOME)?,
        unwelcome: topics(reader, UNWELCOME)?,
    };
    card.validate().map_err(|_| BAD)?;
    Ok(card)
}

fn quiet(bytes: &[u8]) -> Result<Vec<QuietHours>, ProtocolError> {
    let time = |minutes: [u8; 2]| {
        let minutes = u16::from_le_bytes(minutes);
        let hour = u8::try_from(minutes / 60).map_err(|_| BAD)?;
        let minute = u8::try_from(minutes % 60).map_err(|_| BAD)?;
        LocalTime::new(hour, minute).map_err(|_| BAD)
    };
    let (ranges, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(BAD);
    }
    ranges
        .iter()
        .map(|[a, b, c, d]| {
            Ok(QuietHours {
                from: time([*a, *b])?,
                to: time([*c, *d])?,
            })
        })
        .collect()
}

fn topics(reader: &mut PayloadReader<'_>, first: u8) -> Result<Vec<String>, ProtocolError> {
    let mut topics = Vec::new();
    for key in (first..).take(MAX_TOPICS) {
        let Some(topic) = reader.optional_text(key, MAX_TAG_CHARS)? else {
            break;
        };
        topics.push(topic);
    }
    Ok(topics)
}
