//! The fields of an outcome document. Its name is derived from goal and day, so two devices that log
//! the same day write the same document.

use belay_model::goals::Amount;
use belay_model::{DocName, Outcome, OutcomeStatus};
use belay_protocol::DocKind;

use super::fields::required;
use super::time::{parse_written, written_text};
use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const GOAL: &str = "goal";
const ON: &str = "on";
const STATUS: &str = "status";
const NOTE: &str = "note";
const REASON: &str = "reason";
const EDITED_AT: &str = "edited_at";
/// The number of a status and the thousandths that were logged with it.
const AMOUNT: &str = "amount";

/// An outcome with the name of the goal it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalOutcome {
    /// Name of the goal's document in `self`.
    pub goal: DocName,
    /// The outcome.
    pub outcome: Outcome,
}

impl Draft {
    /// Writes every field of an outcome that differs from what the document holds.
    #[must_use]
    pub fn outcome(mut self, goal: DocName, outcome: &Outcome) -> Self {
        self.put_schema();
        self.put(GOAL, Some(Scalar::Bytes(goal.as_bytes().to_vec())));
        self.put_text(ON, Some(&outcome.on.to_string()));
        // A status and the time it was chosen are one choice: one scalar, never mixed by a merge.
        let written = written_text(&outcome.written, outcome.written_on);
        let status = format!("{} {written}", outcome.status.number());
        self.put_text(STATUS, Some(&status));
        let amount = outcome.amount.map(|amount| amount.thousandths());
        let amount = amount.map(|amount| format!("{} {amount}", outcome.status.number()));
        self.put_text(AMOUNT, amount.as_deref());
        self.put_text(NOTE, outcome.note.as_deref());
        self.put_text(REASON, outcome.reason.as_deref());
        self.put(EDITED_AT, outcome.edited_at_ms.map(Scalar::Int));
        self
    }
}

impl SelfDocument {
    /// The outcome this document holds. A reason that a concurrent writing left beside another status
    /// than "skipped" stays in the document and is not shown; nor is an amount beside another status than
    /// its own.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` for a value that this schema does not allow.
    pub fn outcome(&self) -> Result<GoalOutcome, DocumentError> {
        let fields = self.fields_of(DocKind::Outcome)?;
        let goal = required(fields.bytes(GOAL), GOAL).and_then(|name| {
            DocName::from_slice(name).ok_or(DocumentError::Field { field: GOAL })
        })?;
        let text = required(fields.text(STATUS), STATUS)?;
        let (status, written, written_on) =
            parse_status(text).ok_or(DocumentError::Field { field: STATUS })?;
        let reason = fields.owned_text(REASON)?;
        Ok(GoalOutcome {
            goal,
            outcome: Outcome {
                on: required(fields.parsed(ON), ON)?,
                status,
                note: fields.owned_text(NOTE)?,
                reason: reason.filter(|_| status == OutcomeStatus::Skipped),
                written,
                written_on,
                amount: parse_amount(fields.text(AMOUNT)?, status)?,
                edited_at_ms: fields.int(EDITED_AT)?,
            },
        })
    }
}

fn parse_amount(
    text: Option<&str>,
    status: OutcomeStatus,
) -> Result<Option<Amount>, DocumentError> {
    let Some(text) = text else {
        return Ok(None);
    };
    let read = || {
        let (number, thousandths) = text.split_once(' ')?;
        let amount = Amount::from_thousandths(thousandths.parse().ok()?).ok()?;
        (format!("{number} {}", amount.thousandths()) == text)
            .then(|| (number == status.number().to_string()).then_some(amount))
    };
    read().ok_or(DocumentError::Field { field: AMOUNT })
}

fn parse_status(text: &str) -> Option<(OutcomeStatus, belay_model::Moment, belay_model::CivilDay)> {
    let (number, written) = text.split_once(' ')?;
    let status = OutcomeStatus::from_number(number.parse().ok()?)?;
    let (written, written_on) = parse_written(written)?;
    (status.number().to_string() == number).then_some((status, written, written_on))
}
