//! What shells hand in about the journal.

use std::collections::BTreeSet;

use belay_model::{CivilDay, DocName, Mood, SpaceId};
use belay_store::OwnPlace;
use serde::{Deserialize, Serialize};

use crate::journal::views::EntryLineView;

/// A journal entry to write.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewEntry {
    /// Markdown, at most 1 MiB.
    pub text: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Which civil day it is about; `None` for the present one.
    pub on: Option<CivilDay>,
    /// Words to find it by.
    pub tags: BTreeSet<String>,
    /// 1 to 5.
    pub mood: Option<Mood>,
    /// Goals it is about.
    pub goals: BTreeSet<DocName>,
    /// The question it answers.
    pub prompt: Option<String>,
    /// The prompt or template it was begun from, as [`crate::WritingOffersView`] names it.
    pub template: Option<String>,
}

/// What to change of an entry; `None` leaves a thing as it is.
#[derive(Debug, Clone, Default)]
pub struct EntryEdit {
    /// The text.
    pub text: Option<TextChange>,
    /// The title; `Some(None)` takes it away.
    pub title: Option<Option<String>>,
    /// The civil day it is about.
    pub on: Option<CivilDay>,
    /// All of its tags.
    pub tags: Option<BTreeSet<String>>,
    /// The mood; `Some(None)` takes it away.
    pub mood: Option<Option<Mood>>,
    /// All goals it is about.
    pub goals: Option<BTreeSet<DocName>>,
}

/// What a person made of a text they were shown. What another device wrote into it meanwhile stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextChange {
    /// The text as it was when they began.
    pub before: String,
    /// The text as they left it.
    pub after: String,
}

/// Which entries to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct EntryQuery {
    /// Only those about days of this month: any day of it.
    pub month: Option<CivilDay>,
    /// Only those after this place, as the page before gave it.
    pub after: Option<EntryCursor>,
    /// How many; `None` for 50.
    pub limit: Option<usize>,
}

/// A place in the list of entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryCursor {
    /// The civil day.
    pub on: CivilDay,
    /// The time of writing.
    pub at_ms: i64,
    /// The entry.
    pub name: DocName,
}

impl EntryCursor {
    /// The place right after an entry that a list showed.
    pub(crate) fn after(line: &EntryLineView) -> Self {
        Self {
            on: line.on,
            at_ms: line.written.at_ms(),
            name: line.name,
        }
    }

    /// The same place, as the store says it.
    pub(crate) fn place(&self) -> OwnPlace {
        OwnPlace {
            on: self.on.to_string(),
            at_ms: self.at_ms,
            name: self.name,
        }
    }
}

/// A passage to give to a partner (product id J7).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewPassage {
    /// The entry it stands in.
    pub entry: DocName,
    /// The words, exactly as they stand there.
    pub text: String,
    /// The partner's space.
    pub space: SpaceId,
    /// The person was told that the four words were not compared yet, and wants to give it all the same.
    pub confirmed_not_compared: bool,
    /// Attachments of the entry that go with it, each as a copy; none unless the person says so.
    pub attachments: Vec<DocName>,
}
