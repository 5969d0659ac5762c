//! Payload of a shared goal.

use belay_model::SharedGoal;
use belay_model::goals::{MAX_DATES, MAX_MILESTONES};
use belay_model::limits::{MAX_TITLE_CHARS, MAX_WHY_CHARS};
use belay_protocol::{DocKind, ProtocolError};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;
use crate::documents::{measure_text, parse_measure, parse_schedule, schedule_text};

/// Longest text of a schedule: a word and every date.
const SCHEDULE_CHARS: usize = 8 + MAX_DATES * 11;
/// Longest text of a measure: a word and every step with its day.
const MEASURE_CHARS: usize = 8 + MAX_MILESTONES * (MAX_TITLE_CHARS + 12);

impl RecordPayload for SharedGoal {
    const KIND: DocKind = DocKind::Goal;
    /// 2 added what it counts and its plan, and schedules beside days of the week.
    const SCHEMA: u16 = 2;

    fn schema(&self) -> u16 {
        let simple = self.schedule.as_ref().is_none_or(|schedule| {
            let text = schedule_text(Some(schedule));
            text == "daily" || text.starts_with("weekdays ")
        });
        let bare = self.measure.is_none()
            && [
                &self.obstacle,
                &self.if_this,
                &self.then_that,
                &self.strengths,
                &self.resources,
            ]
            .into_iter()
            .all(Option::is_none);
        if simple && bare { 1 } else { 2 }
    }

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        let schedule = self.schedule.as_ref();
        let schedule = schedule.map(|schedule| schedule_text(Some(schedule)));
        let measure = self.measure.as_ref().map(measure_text);
        writer
            .text(0, &self.title)
            .optional_text(1, schedule.as_deref())
            .optional_text(2, self.why.as_deref())
            .uint(3, self.archived.into())
            .optional_text(4, measure.as_deref())
            .optional_text(5, self.obstacle.as_deref())
            .optional_text(6, self.if_this.as_deref())
            .optional_text(7, self.then_that.as_deref())
            .optional_text(8, self.strengths.as_deref())
            .optional_text(9, self.resources.as_deref());
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
        .map(|text| {
            parse_schedule(&text)
                .flatten()
                .ok_or(ProtocolError::Malformed("schedule"))
        })
        .transpose()?;
    let why = reader.optional_text(2, MAX_WHY_CHARS)?;
    let archived = reader.uint(3)? == 1;
    let measure = reader
        .optional_text(4, MEASURE_CHARS)?
        .map(|text| parse_measure(&text).ok_or(ProtocolError::Malformed("measure")))
        .transpose()?;
    Ok(SharedGoal {
        title,
        schedule,
        why,
        archived,
        measure,
        obstacle: reader.optional_text(5, MAX_WHY_CHARS)?,
        if_this: reader.optional_text(6, MAX_WHY_CHARS)?,
        then_that: reader.optional_text(7, MAX_WHY_CHARS)?,
        strengths: reader.optional_text(8, MAX_WHY_CHARS)?,
        resources: reader.optional_text(9, MAX_WHY_CHARS)?,
    })
}
