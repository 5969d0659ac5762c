//! What others get of a person's things: nothing but these shapes ever leaves the `self` space. How
//! they come about stands in `publish.rs`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::goals::{Amount, Measure};
use crate::{
    CheckInTemplate, CivilDay, Emotion, Energy, Mood, Need, OutcomeStatus, ResponseKind, Schedule,
    SharedMoment,
};

/// A check-in as one audience sees it. A field that is not there was not shared or not answered: which
/// of the two, the reader cannot tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedCheckIn {
    /// The writer's civil day it is about.
    pub on: CivilDay,
    /// When it was first written.
    pub written: SharedMoment,
    /// Which questions it answers.
    pub template: CheckInTemplate,
    /// Whether it was written on a later day than the one it is about (C3).
    pub late: bool,
    /// Whether a field shown here was changed after the first writing (C3).
    pub edited: bool,
    /// How it feels.
    pub mood: Option<Mood>,
    /// Words for the feelings.
    pub emotions: BTreeSet<Emotion>,
    /// How much energy there is.
    pub energy: Option<Energy>,
    /// One thing that went well.
    pub win: Option<String>,
    /// One thing that is hard.
    pub struggle: Option<String>,
    /// What comes next.
    pub plan: Option<String>,
    /// What the writer needs from readers.
    pub need: Option<Need>,
    /// Anything else.
    pub note: Option<String>,
}

/// A goal as one audience sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedGoal {
    /// What it is.
    pub title: String,
    /// When it is due, if that is shared.
    pub schedule: Option<Schedule>,
    /// Why it matters, if that is shared.
    pub why: Option<String>,
    /// Whether its owner put it away: else a reader would wait for outcomes that never come.
    pub archived: bool,
    /// How much it asks for, if that is shared and there is more to say than yes or no.
    #[serde(default)]
    pub measure: Option<Measure>,
    /// What may come in the way, if that is shared.
    #[serde(default)]
    pub obstacle: Option<String>,
    /// If this happens, if that is shared ...
    #[serde(default)]
    pub if_this: Option<String>,
    /// ... then they do that.
    #[serde(default)]
    pub then_that: Option<String>,
    /// What they are good at that helps, if that is shared.
    #[serde(default)]
    pub strengths: Option<String>,
    /// Who and what helps, if that is shared.
    #[serde(default)]
    pub resources: Option<String>,
}

/// The outcome of a shared goal on one day as one audience sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedOutcome {
    /// The owner's civil day it is about.
    pub on: CivilDay,
    /// What became of it.
    pub status: OutcomeStatus,
    /// Whether it was logged on a later day than the one it is about.
    pub late: bool,
    /// When it was logged.
    pub written: SharedMoment,
    /// The note, if that is shared.
    pub note: Option<String>,
    /// Why it was skipped, if that is shared.
    pub reason: Option<String>,
    /// How much it was, if that is shared.
    #[serde(default)]
    pub amount: Option<Amount>,
}

/// A passage of a journal as the person it was given to sees it: the words and when they were given,
/// nothing of the entry they come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPassage {
    /// The words.
    pub text: String,
    /// When they were given.
    pub shared: SharedMoment,
}

/// A response as the person it is for sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedResponse {
    /// What kind of answer it is.
    pub kind: ResponseKind,
    /// Its words.
    pub text: Option<String>,
    /// When it was written.
    pub written: SharedMoment,
}
