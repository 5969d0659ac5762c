//! What shells show of the journal. Records only.

use std::collections::BTreeSet;

use belay_model::{CivilDay, DocName, JournalEntry, Moment, Mood, SharedPassage, SpaceId};
use serde::Serialize;

use crate::attachments::AttachmentView;
use crate::journal::input::EntryCursor;
use crate::views::{DeliveryView, ResponseView};

/// A journal entry, whole.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Its name.
    pub name: DocName,
    /// What it says.
    pub entry: JournalEntry,
    /// Written on a later day than it is about.
    pub late: bool,
    /// When it was deleted, if it is among the deleted ones.
    pub deleted_at_ms: Option<i64>,
    /// Passages of it that partners have, newest first.
    pub passages: Vec<PassageView>,
}

/// A journal entry in a list: never its whole text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryLineView {
    /// Its name.
    pub name: DocName,
    /// The civil day it is about.
    pub on: CivilDay,
    /// When it was first written.
    pub written: Moment,
    /// Written on a later day than it is about.
    pub late: bool,
    /// Changed since it was written.
    pub edited: bool,
    /// Its title.
    pub title: Option<String>,
    /// The beginning of its text, in one line.
    pub excerpt: String,
    /// Size of its text in bytes.
    pub bytes: u64,
    /// Words to find it by.
    pub tags: BTreeSet<String>,
    /// How it felt.
    pub mood: Option<Mood>,
}

/// A page of entries, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct EntryPageView {
    /// The entries.
    pub entries: Vec<EntryLineView>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<EntryCursor>,
}

/// A month that has entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryMonthView {
    /// Its first day.
    pub first: CivilDay,
    /// How many entries are about days of it.
    pub entries: u64,
}

/// An entry among the deleted ones.
#[derive(Debug, Clone, Serialize)]
pub struct DeletedEntryView {
    /// The entry.
    pub entry: EntryLineView,
    /// When it was deleted.
    pub deleted_at_ms: i64,
    /// When it goes for good, unless it is brought back.
    pub erased_at_ms: i64,
    /// It was to be erased at once, and more had been erased that day than may be: it waits for its time here.
    pub erase_asked: bool,
    /// Passages of it that partners have all the same, until they are taken back.
    pub passages: Vec<PassageView>,
}

/// A passage that a partner has, or will have.
#[derive(Debug, Clone, Serialize)]
pub struct PassageView {
    /// Its name in the shared space.
    pub name: DocName,
    /// The partner's space.
    pub space: SpaceId,
    /// The partner, as named here.
    pub partner: String,
    /// What they see.
    pub passage: SharedPassage,
    /// How far it has come.
    pub delivery: Option<DeliveryView>,
    /// Answers to it, oldest first.
    pub responses: Vec<ResponseView>,
    /// What was given with it, in the order it was attached.
    pub attachments: Vec<AttachmentView>,
}

/// Exactly what a partner will see of a passage, before it leaves.
#[derive(Debug, Clone, Serialize)]
pub struct PassagePreviewView {
    /// The partner's space.
    pub space: SpaceId,
    /// The partner, as named here.
    pub partner: String,
    /// The four words were compared and were the same; if not, giving it needs a second yes.
    pub compared: bool,
    /// What they will see.
    pub passage: SharedPassage,
    /// The attachments that they will get with it.
    pub attachments: Vec<AttachmentView>,
}

/// A passage a partner gave.
#[derive(Debug, Clone, Serialize)]
pub struct PartnerPassageView {
    /// Its name in the shared space.
    pub name: DocName,
    /// The words.
    pub passage: SharedPassage,
    /// Answers to it from either side, oldest first.
    pub responses: Vec<ResponseView>,
    /// What they gave with it, in the order it was attached, each with whether it is on this device.
    pub attachments: Vec<AttachmentView>,
}

/// Something typed that is not written yet.
#[derive(Debug, Clone, Serialize)]
pub struct DraftView {
    /// Its number on this device.
    pub id: i64,
    /// The entry that was being changed; `None` for a new one.
    pub about: Option<DocName>,
    /// When it was kept.
    pub at_ms: i64,
    /// The words.
    pub text: String,
}
