//! What a person keeps for themselves. What each part means is said where it is made: core/model.
//!
//! A field that is added there fails the build here.

use belay_engine::library::Question;
use belay_engine::model::goals::{Amount, Measure, Pauses, Schedule};
use belay_engine::model::{
    CheckIn, CheckInField, CheckInTemplate, CivilDay, DayMark, DayStart, DayView, DisplayName,
    Energy, Goal, JournalEntry, Last14, LifeArea, Moment, Mood, MoodLabel, Need, Outcome,
    OutcomeStatus, Settings, Weekday,
};

use super::reminders::ReminderTimes;
use super::sets::{EditTimes, Emotions, EntryGoals, EntryTags};

#[uniffi::remote(Record)]
pub struct CheckIn {
    pub on: CivilDay,
    pub written: Moment,
    pub written_on: CivilDay,
    pub edited: EditTimes,
    pub template: CheckInTemplate,
    pub mood: Option<Mood>,
    pub emotions: Emotions,
    pub energy: Option<Energy>,
    pub win: Option<String>,
    pub struggle: Option<String>,
    pub plan: Option<String>,
    pub need: Option<Need>,
    pub note: Option<String>,
}

#[uniffi::remote(Record)]
pub struct Goal {
    pub title: String,
    pub measure: Measure,
    pub schedule: Option<Schedule>,
    pub why: Option<String>,
    pub created: Moment,
    pub starts_on: CivilDay,
    pub archived_on: Option<CivilDay>,
    #[uniffi(default = None)]
    pub ends_on: Option<CivilDay>,
    #[uniffi(default = None)]
    pub obstacle: Option<String>,
    #[uniffi(default = None)]
    pub if_this: Option<String>,
    #[uniffi(default = None)]
    pub then_that: Option<String>,
    #[uniffi(default = None)]
    pub strengths: Option<String>,
    #[uniffi(default = None)]
    pub resources: Option<String>,
    #[uniffi(default = None)]
    pub area: Option<LifeArea>,
    #[uniffi(default)]
    pub pauses: Pauses,
    #[uniffi(default)]
    pub reminders: ReminderTimes,
    #[uniffi(default = false)]
    pub let_go: bool,
    #[uniffi(default = None)]
    pub learned: Option<String>,
}

#[uniffi::remote(Record)]
pub struct Outcome {
    pub on: CivilDay,
    pub status: OutcomeStatus,
    pub note: Option<String>,
    pub reason: Option<String>,
    pub written: Moment,
    pub written_on: CivilDay,
    pub edited_at_ms: Option<i64>,
    #[uniffi(default = None)]
    pub amount: Option<Amount>,
}

#[uniffi::remote(Record)]
pub struct JournalEntry {
    pub title: Option<String>,
    pub on: CivilDay,
    pub written: Moment,
    pub written_on: CivilDay,
    pub edited_at_ms: Option<i64>,
    pub tags: EntryTags,
    pub mood: Option<Mood>,
    pub goals: EntryGoals,
    pub prompt: Option<String>,
    #[uniffi(default = None)]
    pub template: Option<String>,
    pub text: String,
}

#[uniffi::remote(Record)]
pub struct DayView {
    pub on: CivilDay,
    pub mark: DayMark,
}

#[uniffi::remote(Record)]
pub struct Last14 {
    pub days: Vec<DayView>,
    pub done: u8,
    pub partly: u8,
    pub of: u8,
}

#[uniffi::remote(Record)]
pub struct Settings {
    pub display_name: Option<DisplayName>,
    pub zone_name: Option<String>,
    pub day_start: DayStart,
    pub hold_seconds: u32,
    pub week_start: Weekday,
    #[uniffi(default = [])]
    pub mood_labels: Vec<MoodLabel>,
}

#[uniffi::remote(Record)]
pub struct MoodLabel {
    pub mood: Mood,
    pub label: String,
}

#[uniffi::remote(Record)]
pub struct Question {
    pub field: CheckInField,
    pub ask: String,
    pub hint: Option<String>,
}
