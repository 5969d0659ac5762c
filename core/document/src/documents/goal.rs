//! The fields of a goal document.

use belay_model::goals::{Measure, Milestone};
use belay_model::{CivilDay, Goal, LifeArea};
use belay_protocol::DocKind;

use super::fields::{Fields, required};
use super::goal_text::{measure_text, parse_measure, parse_schedule, schedule_text};
use super::time::{moment_text, parse_moment};
use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const TITLE: &str = "title";
const KIND: &str = "kind";
const MEASURE: &str = "measure";
const SCHEDULE: &str = "schedule";
const WHY: &str = "why";
const CREATED: &str = "created";
const STARTS_ON: &str = "starts_on";
const ENDS_ON: &str = "ends_on";
const ARCHIVED_ON: &str = "archived_on";
const LET_GO: &str = "let_go";
const LEARNED: &str = "learned";
const OBSTACLE: &str = "obstacle";
const IF_THIS: &str = "if_this";
const THEN_THAT: &str = "then_that";
const STRENGTHS: &str = "strengths";
const RESOURCES: &str = "resources";
const AREA: &str = "area";

/// Done or not: all that the first version knew. It shows no goal of another kind and keeps it as it is.
const YES_NO: u8 = 1;
/// As [`MEASURE`] says.
const AS_MEASURED: u8 = 2;

/// `reached/<hash of the title>`: a key for each step, so that steps reached on two devices both stay.
fn reached_key(title: &str) -> String {
    // FNV-1a: short enough for a key, and a person's own steps are few.
    let hash = title.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("reached/{hash:016x}")
}

/// The same steps, none of them reached: which are stands under keys of their own.
fn with_open_steps(measure: &Measure) -> Measure {
    match measure {
        Measure::Milestones(steps) => Measure::Milestones(
            steps
                .iter()
                .map(|step| Milestone {
                    title: step.title.clone(),
                    reached_on: None,
                })
                .collect(),
        ),
        measure => measure.clone(),
    }
}

impl Draft {
    /// Writes every field of a goal that differs from what the document holds, but for its pauses and
    /// reminders: [`Draft::pauses`] and [`Draft::reminder_times`] write those.
    #[must_use]
    pub fn goal(mut self, goal: &Goal) -> Self {
        self.put_schema();
        self.put_text(TITLE, Some(&goal.title));
        let counts = goal.measure != Measure::YesNo;
        let kind = if counts { AS_MEASURED } else { YES_NO };
        self.put_uint(KIND, Some(kind.into()));
        let measure = counts.then(|| measure_text(&with_open_steps(&goal.measure)));
        self.put_text(MEASURE, measure.as_deref());
        if let Measure::Milestones(steps) = &goal.measure {
            for step in steps {
                let day = step.reached_on.map(|day| day.to_string());
                self.put_text(&reached_key(&step.title), day.as_deref());
            }
        }
        self.put_text(SCHEDULE, Some(&schedule_text(goal.schedule.as_ref())));
        self.put_text(WHY, goal.why.as_deref());
        self.put_text(CREATED, Some(&moment_text(&goal.created)));
        self.put_text(STARTS_ON, Some(&goal.starts_on.to_string()));
        let mut day = |field, day: Option<CivilDay>| {
            self.put_text(field, day.map(|day| day.to_string()).as_deref());
        };
        day(ENDS_ON, goal.ends_on);
        day(ARCHIVED_ON, goal.archived_on);
        self.put(LET_GO, goal.let_go.then_some(Scalar::Bool(true)));
        self.put_text(LEARNED, goal.learned.as_deref());
        self.put_text(OBSTACLE, goal.obstacle.as_deref());
        self.put_text(IF_THIS, goal.if_this.as_deref());
        self.put_text(THEN_THAT, goal.then_that.as_deref());
        self.put_text(STRENGTHS, goal.strengths.as_deref());
        self.put_text(RESOURCES, goal.resources.as_deref());
        self.put_uint(AREA, goal.area.map(|area| area.number().into()));
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
        Ok(Goal {
            title: text(TITLE)?.to_owned(),
            measure: measure(&fields)?,
            schedule: parse_schedule(text(SCHEDULE)?)
                .ok_or(DocumentError::Field { field: SCHEDULE })?,
            why: fields.owned_text(WHY)?,
            created: parse_moment(text(CREATED)?).ok_or(DocumentError::Field { field: CREATED })?,
            starts_on: required(fields.parsed(STARTS_ON), STARTS_ON)?,
            archived_on: fields.parsed(ARCHIVED_ON)?,
            ends_on: fields.parsed(ENDS_ON)?,
            obstacle: fields.owned_text(OBSTACLE)?,
            if_this: fields.owned_text(IF_THIS)?,
            then_that: fields.owned_text(THEN_THAT)?,
            strengths: fields.owned_text(STRENGTHS)?,
            resources: fields.owned_text(RESOURCES)?,
            area: fields.choice(AREA, LifeArea::from_number)?,
            pauses: self.pauses()?,
            reminders: self.reminder_times()?,
            let_go: fields.0.contains_key(LET_GO),
            learned: fields.owned_text(LEARNED)?,
        })
    }
}

fn measure(fields: &Fields) -> Result<Measure, DocumentError> {
    let known = |number| {
        [YES_NO, AS_MEASURED]
            .into_iter()
            .find(|kind| *kind == number)
    };
    let kind = required(fields.choice(KIND, known), KIND)?;
    // Another device may have taken the text away while this one changed the kind: then it is yes or no.
    let Some(text) = fields.text(MEASURE)?.filter(|_| kind == AS_MEASURED) else {
        return Ok(Measure::YesNo);
    };
    let mut measure = parse_measure(text).ok_or(DocumentError::Field { field: MEASURE })?;
    if let Measure::Milestones(steps) = &mut measure {
        for step in steps {
            let day = fields.text_of(&reached_key(&step.title)).map(str::parse);
            step.reached_on = day
                .transpose()
                .map_err(|_| DocumentError::Field { field: MEASURE })?;
        }
    }
    Ok(measure)
}
