//! What is handed in about the journal where the core's type has a choice within a choice, which neither Kotlin
//! nor Swift can say: the same parts, with a name for each choice.

use belay_engine::model::{CivilDay, Mood};
use belay_engine::{EntryCursor, TextChange};

use crate::mirror::{EntryGoals, EntryTags};

/// What to change of an entry; nothing leaves a thing as it is.
#[derive(Debug, Clone, uniffi::Record)]
pub struct EntryEdit {
    /// The text.
    #[uniffi(default = None)]
    pub text: Option<TextChange>,
    /// The title.
    #[uniffi(default = None)]
    pub title: Option<TitleChange>,
    /// The civil day it is about.
    #[uniffi(default = None)]
    pub on: Option<CivilDay>,
    /// All of its tags.
    #[uniffi(default = None)]
    pub tags: Option<EntryTags>,
    /// The mood.
    #[uniffi(default = None)]
    pub mood: Option<MoodChange>,
    /// All goals it is about.
    #[uniffi(default = None)]
    pub goals: Option<EntryGoals>,
}

/// What becomes of a title.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum TitleChange {
    /// It is taken away.
    Clear,
    /// It is this one.
    Set {
        /// The title.
        title: String,
    },
}

/// What becomes of a mood.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum MoodChange {
    /// It is taken away.
    Clear,
    /// It is this one.
    Set {
        /// 1 to 5.
        mood: Mood,
    },
}

/// Which entries to list, newest first.
#[derive(Debug, Clone, uniffi::Record)]
pub struct EntryQuery {
    /// Only those about days of this month: any day of it.
    #[uniffi(default = None)]
    pub month: Option<CivilDay>,
    /// Only those after this place, as the page before gave it.
    #[uniffi(default = None)]
    pub after: Option<EntryCursor>,
    /// How many; nothing for 50.
    #[uniffi(default = None)]
    pub limit: Option<u32>,
}

impl From<EntryEdit> for belay_engine::EntryEdit {
    fn from(edit: EntryEdit) -> Self {
        let EntryEdit {
            text,
            title,
            on,
            tags,
            mood,
            goals,
        } = edit;
        Self {
            text,
            title: title.map(Option::from),
            on,
            tags,
            mood: mood.map(Option::from),
            goals,
        }
    }
}

impl From<TitleChange> for Option<String> {
    fn from(change: TitleChange) -> Self {
        match change {
            TitleChange::Clear => None,
            TitleChange::Set { title } => Some(title),
        }
    }
}

impl From<MoodChange> for Option<Mood> {
    fn from(change: MoodChange) -> Self {
        match change {
            MoodChange::Clear => None,
            MoodChange::Set { mood } => Some(mood),
        }
    }
}

impl From<EntryQuery> for belay_engine::EntryQuery {
    fn from(query: EntryQuery) -> Self {
        let EntryQuery {
            month,
            after,
            limit,
        } = query;
        Self {
            month,
            after,
            limit: limit.map(|limit| limit as usize),
        }
    }
}
