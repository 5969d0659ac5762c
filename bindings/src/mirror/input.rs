//! What is handed in. What each part means is said where it is made: core/engine/src/input.rs and journal_input.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::goals::{Amount, Measure, Schedule};
use belay_engine::model::{
    CheckInTemplate, CivilDay, DocName, Energy, LifeArea, Mood, Need, OutcomeStatus, PersonId,
    ResponseKind, SpaceId,
};
use belay_engine::{NewCheckIn, NewEntry, NewGoal, NewOutcome, NewPassage, NewResponse};

use super::sets::{CheckInAudience, Emotions, EntryGoals, EntryTags, GoalAudience};

#[uniffi::remote(Record)]
pub struct NewCheckIn {
    #[uniffi(default = None)]
    pub on: Option<CivilDay>,
    pub template: CheckInTemplate,
    #[uniffi(default = None)]
    pub mood: Option<Mood>,
    #[uniffi(default)]
    pub emotions: Emotions,
    #[uniffi(default = None)]
    pub energy: Option<Energy>,
    #[uniffi(default = None)]
    pub win: Option<String>,
    #[uniffi(default = None)]
    pub struggle: Option<String>,
    #[uniffi(default = None)]
    pub plan: Option<String>,
    #[uniffi(default = None)]
    pub need: Option<Need>,
    #[uniffi(default = None)]
    pub note: Option<String>,
    #[uniffi(default)]
    pub outcomes: Vec<NewOutcome>,
    #[uniffi(default = None)]
    pub audience: Option<CheckInAudience>,
}

#[uniffi::remote(Record)]
pub struct NewOutcome {
    pub goal: DocName,
    #[uniffi(default = None)]
    pub on: Option<CivilDay>,
    pub status: OutcomeStatus,
    #[uniffi(default = None)]
    pub note: Option<String>,
    #[uniffi(default = None)]
    pub reason: Option<String>,
    #[uniffi(default = None)]
    pub amount: Option<Amount>,
}

#[uniffi::remote(Record)]
pub struct NewGoal {
    pub title: String,
    pub schedule: Schedule,
    #[uniffi(default = None)]
    pub why: Option<String>,
    #[uniffi(default)]
    pub audience: GoalAudience,
    #[uniffi(default = None)]
    pub measure: Option<Measure>,
    #[uniffi(default = None)]
    pub starts_on: Option<CivilDay>,
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
}

#[uniffi::remote(Record)]
pub struct NewResponse {
    pub space: SpaceId,
    pub person: PersonId,
    pub about: DocName,
    pub kind: ResponseKind,
    #[uniffi(default = None)]
    pub text: Option<String>,
}

#[uniffi::remote(Record)]
pub struct NewEntry {
    pub text: String,
    #[uniffi(default = None)]
    pub title: Option<String>,
    #[uniffi(default = None)]
    pub on: Option<CivilDay>,
    #[uniffi(default)]
    pub tags: EntryTags,
    #[uniffi(default = None)]
    pub mood: Option<Mood>,
    #[uniffi(default)]
    pub goals: EntryGoals,
    #[uniffi(default = None)]
    pub prompt: Option<String>,
    #[uniffi(default = None)]
    pub template: Option<String>,
}

#[uniffi::remote(Record)]
pub struct NewPassage {
    pub entry: DocName,
    pub text: String,
    pub space: SpaceId,
    #[uniffi(default)]
    pub confirmed_not_compared: bool,
    #[uniffi(default = [])]
    pub attachments: Vec<DocName>,
}
