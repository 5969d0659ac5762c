//! Payload of a shared outcome: which shared goal it belongs to, and the outcome.

use belay_model::goals::Amount;
use belay_model::limits::MAX_OUTCOME_TEXT_CHARS;
use belay_model::{DocName, OutcomeStatus, SharedOutcome};
use belay_protocol::{DocKind, ProtocolError};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;

/// An outcome as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRecord {
    /// Name of the goal's record in the same space, by the same person.
    pub goal: DocName,
    /// What the audience sees.
    pub outcome: SharedOutcome,
}

impl RecordPayload for OutcomeRecord {
    const KIND: DocKind = DocKind::Outcome;
    /// 2 added how much it was.
    const SCHEMA: u16 = 2;

    fn schema(&self) -> u16 {
        if self.outcome.amount.is_none() { 1 } else { 2 }
    }

    fn encode(&self) -> Vec<u8> {
        let outcome = &self.outcome;
        let mut writer = PayloadWriter::new();
        writer
            .bytes(0, self.goal.as_bytes())
            .text(1, &outcome.on.to_string())
            .uint(2, outcome.status.number().into())
            .uint(3, outcome.late.into())
            .moment(4, outcome.written)
            .optional_text(6, outcome.note.as_deref())
            .optional_text(7, outcome.reason.as_deref())
            .optional_uint(
                8,
                outcome
                    .amount
                    .map(|amount| amount.thousandths().unsigned_abs()),
            );
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<OutcomeRecord, ProtocolError> {
    let bad = ProtocolError::Malformed("outcome");
    let record = OutcomeRecord {
        goal: DocName::from_bytes(reader.array(0)?),
        outcome: SharedOutcome {
            on: reader.text(1, 10)?.parse().map_err(|_| bad)?,
            status: reader.choice(2, OutcomeStatus::from_number)?,
            late: reader.uint(3)? == 1,
            written: reader.moment(4)?,
            note: reader.optional_text(6, MAX_OUTCOME_TEXT_CHARS)?,
            reason: reader.optional_text(7, MAX_OUTCOME_TEXT_CHARS)?,
            amount: amount(reader.optional_uint(8)?)?,
        },
    };
    if record.outcome.amount.is_some() && record.outcome.status == OutcomeStatus::Skipped {
        return Err(bad);
    }
    if record.outcome.reason.is_some() && record.outcome.status != OutcomeStatus::Skipped {
        return Err(bad);
    }
    Ok(record)
}

fn amount(thousandths: Option<u64>) -> Result<Option<Amount>, ProtocolError> {
    let bad = ProtocolError::Malformed("amount");
    let Some(thousandths) = thousandths else {
        return Ok(None);
    };
    let thousandths = i64::try_from(thousandths).map_err(|_| bad)?;
    let amount = Amount::from_thousandths(thousandths);
    amount
        .map(Some)
        .map_err(|_| ProtocolError::Malformed("amount"))
}
