//! The fields of a goal document.

use belay_model::{Goal, GoalKind, Schedule, WeekdaySet};
use belay_protocol::DocKind;

use super::fields::required;
use super::time::{moment_text, parse_moment};
use super::{Draft, SelfDocument};
use crate::DocumentError;

const TITLE: &str = "title";
const KIND: &str = "kind";
const SCHEDULE: &str = "schedule";
const WHY: &str = "why";
const CREATED: &str = "created";
const STARTS_ON: &str = "starts_on";
const ARCHIVED_ON: &str = "archived_on";

/// Stable number of [`GoalKind::YesNo`].
const YES_NO: u8 = 1;

/// `daily`, or `weekdays ` and the set's bits: one scalar, so that no half of two schedules remains.
pub(crate) fn schedule_text(schedule: &Schedule) -> String {
    match schedule {
        Schedule::Daily => "daily".to_owned(),
        Schedule::Weekdays(days) => format!("weekdays {}", days.to_bits()),
    }
}

pub(crate) fn parse_schedule(text: &str) -> Option<Schedule> {
    let schedule = match text.strip_prefix("weekdays ") {
        Some(bits) => Schedule::Weekdays(WeekdaySet::from_bits(bits.parse().ok()?)?),
        None => Schedule::Daily,
    };
    (schedule_text(&schedule) == text).then_some(schedule)
}

impl Draft {
    /// Writes every field of a goal that differs from what the document holds.
    #[must_use]
    pub fn goal(mut self, goal: &Goal) -> Self {
        self.put_schema();
        self.put_text(TITLE, Some(&goal.title));
        let kind = match goal.kind {
            GoalKind::YesNo => YES_NO,
        };
        self.put_uint(KIND, Some(kind.into()));
        self.put_text(SCHEDULE, Some(&schedule_text(&goal.schedule)));
        self.put_text(WHY, goal.why.as_deref());
        self.put_text(CREATED, Some(&moment_text(&goal.created)));
        self.put_text(STARTS_ON, Some(&goal.starts_on.to_string()));
        let archived = goal.archived_on.map(|day| day.to_string());
        self.put_text(ARCHIVED_ON, archived.as_deref());
        self
    }
}

impl SelfDocument {
    /// The goal this document holds.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` for a value that this schema does not allow.
    pub fn goal(&self) -> Result<Goal, DocumentError> {
        let fields = self.fields_of(DocKind::Goal)?;
        let text = |field| required(fields.text(field), field);
        let kind = |number| (number == YES_NO).then_some(GoalKind::YesNo);
        Ok(Goal {
            title: text(TITLE)?.to_owned(),
            kind: required(fields.choice(KIND, kind), KIND)?,
            schedule: parse_schedule(text(SCHEDULE)?)
                .ok_or(DocumentError::Field { field: SCHEDULE })?,
            why: fields.owned_text(WHY)?,
            created: parse_moment(text(CREATED)?).ok_or(DocumentError::Field { field: CREATED })?,
            starts_on: required(fields.parsed(STARTS_ON), STARTS_ON)?,
            archived_on: fields.parsed(ARCHIVED_ON)?,
        })
    }
}
