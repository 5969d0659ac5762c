//! The fields of a check-in document.

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{CheckIn, CheckInField, CheckInTemplate, CivilDay, Emotion, Energy, Mood, Need};
use belay_protocol::DocKind;

use super::fields::{Fields, required};
use super::time::{parse_written, written_text};
use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const ON: &str = "on";
const WRITTEN: &str = "written";
const TEMPLATE: &str = "template";
const MOOD: &str = "mood";
const EMOTIONS: &str = "emotions";
const ENERGY: &str = "energy";
const WIN: &str = "win";
const STRUGGLE: &str = "struggle";
const PLAN: &str = "plan";
const NEED: &str = "need";
const NOTE: &str = "note";

/// `edited/<number of the field>`: a key for each, so that edits of two devices both stay.
fn edited_key(field: CheckInField) -> String {
    format!("edited/{}", field.number())
}

impl Draft {
    /// Writes every field of a check-in that differs from what the document holds.
    #[must_use]
    pub fn check_in(mut self, check_in: &CheckIn) -> Self {
        self.put_schema();
        self.put_text(ON, Some(&check_in.on.to_string()));
        let written = written_text(&check_in.written, check_in.written_on);
        self.put_text(WRITTEN, Some(&written));
        self.put_uint(TEMPLATE, Some(check_in.template.number().into()));
        self.put_uint(MOOD, check_in.mood.map(|mood| mood.step().into()));
        let emotions: Vec<u8> = check_in.emotions.iter().map(|word| word.number()).collect();
        let emotions = (!emotions.is_empty()).then_some(Scalar::Bytes(emotions));
        self.put(EMOTIONS, emotions);
        self.put_uint(ENERGY, check_in.energy.map(|energy| energy.step().into()));
        self.put_text(WIN, check_in.win.as_deref());
        self.put_text(STRUGGLE, check_in.struggle.as_deref());
        self.put_text(PLAN, check_in.plan.as_deref());
        self.put_uint(NEED, check_in.need.map(|need| need.number().into()));
        self.put_text(NOTE, check_in.note.as_deref());
        for (field, at_ms) in &check_in.edited {
            self.put(&edited_key(*field), Some(Scalar::Int(*at_ms)));
        }
        self
    }
}

impl SelfDocument {
    /// The check-in this document holds.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` for a value that this schema does not allow.
    pub fn check_in(&self) -> Result<CheckIn, DocumentError> {
        let fields = self.fields_of(DocKind::CheckIn)?;
        let on: CivilDay = required(fields.parsed(ON), ON)?;
        let (written, written_on) = required(fields.text(WRITTEN), WRITTEN)
            .and_then(|text| parse_written(text).ok_or(DocumentError::Field { field: WRITTEN }))?;
        Ok(CheckIn {
            on,
            written,
            written_on,
            edited: edited(&fields)?,
            template: required(
                fields.choice(TEMPLATE, CheckInTemplate::from_number),
                TEMPLATE,
            )?,
            mood: fields.choice(MOOD, |step| Mood::new(step).ok())?,
            emotions: emotions(&fields)?,
            energy: fields.choice(ENERGY, |step| Energy::new(step).ok())?,
            win: fields.owned_text(WIN)?,
            struggle: fields.owned_text(STRUGGLE)?,
            plan: fields.owned_text(PLAN)?,
            need: fields.choice(NEED, Need::from_number)?,
            note: fields.owned_text(NOTE)?,
        })
    }
}

fn edited(fields: &Fields) -> Result<BTreeMap<CheckInField, i64>, DocumentError> {
    let mut edited = BTreeMap::new();
    for field in CheckInField::ALL.iter().copied() {
        match fields.0.get(&edited_key(field)) {
            None => {}
            Some(Scalar::Int(at_ms)) => {
                edited.insert(field, *at_ms);
            }
            Some(_) => return Err(DocumentError::Field { field: "edited" }),
        }
    }
    Ok(edited)
}

fn emotions(fields: &Fields) -> Result<BTreeSet<Emotion>, DocumentError> {
    fields
        .bytes(EMOTIONS)?
        .unwrap_or_default()
        .iter()
        .map(|number| Emotion::from_number(*number))
        .collect::<Option<_>>()
        .ok_or(DocumentError::Field { field: EMOTIONS })
}
