//! What shells hand in. Texts are taken as typed; the rules that judge them stand in core/model.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use belay_model::goals::{Amount, Measure};
use belay_model::{
    CheckInFields, CheckInTemplate, CivilDay, DayStart, DocName, Emotion, Energy, Entropy,
    GoalFields, LifeArea, Mood, MoodLabel, Need, OutcomeStatus, PersonId, ResponseKind, Schedule,
    SpaceId, Weekday,
};
use serde::{Deserialize, Serialize};

use crate::host::{Clock, SecretStore};

/// Where a store is and what it runs on.
#[derive(Clone)]
pub struct EngineConfig {
    /// The store's folder, in the program's private place.
    pub dir: PathBuf,
    /// Time and zone.
    pub clock: Arc<dyn Clock>,
    /// Where the secret is kept that opens the store.
    pub secrets: Arc<dyn SecretStore>,
    /// Makes a source of random bytes; the default asks the operating system.
    pub entropy: Arc<dyn Fn() -> Box<dyn Entropy> + Send + Sync>,
    /// What leads the engine astray, in a test.
    #[cfg(feature = "planted")]
    pub astray: Option<Arc<dyn crate::seam::Astray>>,
}

impl EngineConfig {
    /// The ordinary configuration: the given clock and secret store, the operating system's entropy.
    #[must_use]
    pub fn new(
        dir: impl Into<PathBuf>,
        clock: Arc<dyn Clock>,
        secrets: Arc<dyn SecretStore>,
    ) -> Self {
        Self {
            dir: dir.into(),
            clock,
            secrets,
            entropy: Arc::new(|| Box::new(crate::host::SystemEntropy)),
            #[cfg(feature = "planted")]
            astray: None,
        }
    }
}

/// Who begins.
#[derive(Clone, Default)]
pub struct NewPerson {
    /// The name partners will see; may stay open until the first pairing.
    pub display_name: Option<String>,
    /// When the person's day begins.
    pub day_start: DayStart,
    /// A passphrase beside the secret of the [`SecretStore`]; `None` to open with the secret alone.
    pub passphrase: Option<String>,
}

impl std::fmt::Debug for NewPerson {
    /// Neither name nor passphrase.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPerson")
            .field("day_start", &self.day_start)
            .finish_non_exhaustive()
    }
}

/// A further device of somebody who uses Belay on another one.
#[derive(Clone, Default)]
pub struct NewOwnDevice {
    /// A passphrase beside the secret of the [`SecretStore`]; `None` to open with the secret alone.
    pub passphrase: Option<String>,
}

impl std::fmt::Debug for NewOwnDevice {
    /// Not the passphrase.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewOwnDevice").finish_non_exhaustive()
    }
}

/// A check-in to write, or the whole new state of one that is edited.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewCheckIn {
    /// Which civil day it is about; `None` for the present one.
    pub on: Option<CivilDay>,
    /// Free, morning pledge or evening review.
    pub template: CheckInTemplate,
    /// 1 to 5.
    pub mood: Option<Mood>,
    /// Feeling words.
    pub emotions: BTreeSet<Emotion>,
    /// 1 to 5.
    pub energy: Option<Energy>,
    /// One good thing.
    pub win: Option<String>,
    /// One hard thing.
    pub struggle: Option<String>,
    /// What comes next.
    pub plan: Option<String>,
    /// What kind of answer is welcome.
    pub need: Option<Need>,
    /// Anything else.
    pub note: Option<String>,
    /// Outcomes of goals, logged for the same day with the check-in.
    pub outcomes: Vec<NewOutcome>,
    /// What each partner sees of this one; `None` takes each partner's usual fields, an empty map shares
    /// nothing.
    pub audience: Option<BTreeMap<SpaceId, CheckInFields>>,
}

impl Default for NewCheckIn {
    /// An empty check-in about the present day, shared as usual.
    fn default() -> Self {
        Self {
            on: None,
            template: CheckInTemplate::Free,
            mood: None,
            emotions: BTreeSet::new(),
            energy: None,
            win: None,
            struggle: None,
            plan: None,
            need: None,
            note: None,
            outcomes: Vec::new(),
            audience: None,
        }
    }
}

/// What came of a goal on a day.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewOutcome {
    /// The goal.
    pub goal: DocName,
    /// The civil day; `None` for the present one (or the check-in's).
    pub on: Option<CivilDay>,
    /// Done, partly, skipped or not done.
    pub status: OutcomeStatus,
    /// A note.
    pub note: Option<String>,
    /// Why it was skipped.
    pub reason: Option<String>,
    /// How much it was, for a goal that counts amounts. What it says of the day stands in the place of
    /// `status`; with a skip it has no place.
    #[serde(default)]
    pub amount: Option<Amount>,
}

/// A goal to begin, or the whole new state of one that is said anew.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewGoal {
    /// What, in the person's words.
    pub title: String,
    /// How often it is due; left out where what it counts has no schedule.
    pub schedule: Schedule,
    /// Why it matters.
    pub why: Option<String>,
    /// Who sees which of its fields; empty shares nothing.
    pub audience: BTreeMap<SpaceId, GoalFields>,
    /// How it counts; `None` for done or not.
    pub measure: Option<Measure>,
    /// The first day; `None` for the present one, or the one it has.
    pub starts_on: Option<CivilDay>,
    /// The last day.
    pub ends_on: Option<CivilDay>,
    /// What may come in the way.
    pub obstacle: Option<String>,
    /// If this happens ...
    pub if_this: Option<String>,
    /// ... then I do that.
    pub then_that: Option<String>,
    /// What I am good at that helps.
    pub strengths: Option<String>,
    /// Who and what helps.
    pub resources: Option<String>,
    /// Which part of life it belongs to.
    pub area: Option<LifeArea>,
}

impl Default for NewGoal {
    /// A goal without a title for every day, done or not, shared with nobody.
    fn default() -> Self {
        Self {
            title: String::new(),
            schedule: Schedule::Daily,
            why: None,
            audience: BTreeMap::new(),
            measure: None,
            starts_on: None,
            ends_on: None,
            obstacle: None,
            if_this: None,
            then_that: None,
            strengths: None,
            resources: None,
            area: None,
        }
    }
}

/// An answer to something a partner shared.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewResponse {
    /// The partner's space.
    pub space: SpaceId,
    /// Whose record it answers.
    pub person: PersonId,
    /// The record's name: the shared check-in or passage.
    pub about: DocName,
    /// Seen, "I hear you", encouragement, question, own experience, thank you.
    pub kind: ResponseKind,
    /// The words, where the kind has words.
    pub text: Option<String>,
}

/// What to change of the settings; `None` leaves a thing as it is.
#[derive(Debug, Clone, Default)]
pub struct SettingsEdit {
    /// The name partners see.
    pub display_name: Option<String>,
    /// A fixed zone by its IANA name; `Some(None)` follows the device again.
    pub zone_name: Option<Option<String>>,
    /// When the day begins.
    pub day_start: Option<DayStart>,
    /// How long a shared copy waits before it leaves, in seconds.
    pub hold_seconds: Option<u32>,
    /// On which day a week begins.
    pub week_start: Option<Weekday>,
    /// All own words for steps of the mood; none takes them away.
    pub mood_labels: Option<Vec<MoodLabel>>,
}
