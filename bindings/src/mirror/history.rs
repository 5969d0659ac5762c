//! The past of an entry. What each part means is said where it is made: core/engine/src/journal/history.rs and
//! core/model/src/difference.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{DeviceId, DocName, JournalEntry, PieceFate, TextDifference, TextPiece};
use belay_engine::{EntryHistoryView, EntryPart, EntryStateLineView, EntryStateView, GoalNameView};

#[uniffi::remote(Record)]
pub struct EntryHistoryView {
    pub name: DocName,
    pub title: Option<String>,
    pub states: Vec<EntryStateLineView>,
    pub earlier: u64,
}

#[uniffi::remote(Record)]
pub struct EntryStateLineView {
    pub state: String,
    pub at_ms: Option<i64>,
    pub device: Option<DeviceId>,
    pub device_name: Option<String>,
    pub this_device: bool,
    pub changed: Vec<EntryPart>,
    pub words_added: u64,
    pub words_removed: u64,
    pub deleted: bool,
}

#[uniffi::remote(Enum)]
pub enum EntryPart {
    Text,
    Title,
    Day,
    Tags,
    Mood,
    Goals,
    Prompt,
    Deleted,
}

#[uniffi::remote(Record)]
pub struct EntryStateView {
    pub line: EntryStateLineView,
    pub entry: JournalEntry,
    pub goals: Vec<GoalNameView>,
    pub from_before: TextDifference,
    pub from_present: TextDifference,
    pub may_restore: bool,
}

#[uniffi::remote(Enum)]
pub enum PieceFate {
    Kept,
    Added,
    Removed,
}

#[uniffi::remote(Record)]
pub struct TextPiece {
    pub fate: PieceFate,
    pub text: String,
}

#[uniffi::remote(Record)]
pub struct TextDifference {
    pub pieces: Vec<TextPiece>,
    pub words_added: u64,
    pub words_removed: u64,
}
