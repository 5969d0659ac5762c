//! What a person and a partner share. What each part means is said where it is made: core/model.
//!
//! A field that is added there fails the build here.

use belay_engine::model::goals::{Amount, Measure, Schedule};
use belay_engine::model::{
    CheckInTemplate, CivilDay, Energy, Mood, Need, OutcomeStatus, ResponseKind, SharedCheckIn,
    SharedGoal, SharedMoment, SharedOutcome, SharedPassage, SharedResponse,
};

use super::sets::Emotions;

#[uniffi::remote(Record)]
pub struct SharedCheckIn {
    pub on: CivilDay,
    pub written: SharedMoment,
    pub template: CheckInTemplate,
    pub late: bool,
    pub edited: bool,
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
pub struct SharedGoal {
    pub title: String,
    pub schedule: Option<Schedule>,
    pub why: Option<String>,
    pub archived: bool,
    #[uniffi(default = None)]
    pub measure: Option<Measure>,
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
}

#[uniffi::remote(Record)]
pub struct SharedOutcome {
    pub on: CivilDay,
    pub status: OutcomeStatus,
    pub late: bool,
    pub written: SharedMoment,
    pub note: Option<String>,
    pub reason: Option<String>,
    #[uniffi(default = None)]
    pub amount: Option<Amount>,
}

#[uniffi::remote(Record)]
pub struct SharedPassage {
    pub text: String,
    pub shared: SharedMoment,
}

#[uniffi::remote(Record)]
pub struct SharedResponse {
    pub kind: ResponseKind,
    pub text: Option<String>,
    pub written: SharedMoment,
}
