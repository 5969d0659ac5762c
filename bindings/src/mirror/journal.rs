//! What is shown of the journal. What each part means is said where it is made: core/engine/src/journal/views.rs and journal_input.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{
    CivilDay, DocName, JournalEntry, Moment, Mood, SharedPassage, Snippet, SnippetPart, SpaceId,
};
use belay_engine::{
    AttachmentView, DeletedEntryView, DeliveryView, DraftView, EntryCursor, EntryLineView,
    EntryMonthView, EntryPageView, EntryView, FoundEntryView, PartnerPassageView,
    PassagePreviewView, PassageView, ResponseView, SearchPageView, TextChange,
};

use super::sets::EntryTags;

#[uniffi::remote(Record)]
pub struct EntryView {
    pub name: DocName,
    pub entry: JournalEntry,
    pub late: bool,
    pub deleted_at_ms: Option<i64>,
    pub passages: Vec<PassageView>,
}

#[uniffi::remote(Record)]
pub struct EntryLineView {
    pub name: DocName,
    pub on: CivilDay,
    pub written: Moment,
    pub late: bool,
    pub edited: bool,
    pub title: Option<String>,
    pub excerpt: String,
    pub bytes: u64,
    pub tags: EntryTags,
    pub mood: Option<Mood>,
}

#[uniffi::remote(Record)]
pub struct EntryPageView {
    pub entries: Vec<EntryLineView>,
    pub next: Option<EntryCursor>,
}

#[uniffi::remote(Record)]
pub struct SearchPageView {
    pub found: Vec<FoundEntryView>,
    pub next: Option<EntryCursor>,
}

#[uniffi::remote(Record)]
pub struct FoundEntryView {
    pub entry: EntryLineView,
    pub title: Option<Snippet>,
    pub snippet: Snippet,
}

#[uniffi::remote(Record)]
pub struct Snippet {
    pub parts: Vec<SnippetPart>,
    pub more_before: bool,
    pub more_after: bool,
}

#[uniffi::remote(Record)]
pub struct SnippetPart {
    pub text: String,
    pub found: bool,
}

#[uniffi::remote(Record)]
pub struct EntryMonthView {
    pub first: CivilDay,
    pub entries: u64,
}

#[uniffi::remote(Record)]
pub struct DeletedEntryView {
    pub entry: EntryLineView,
    pub deleted_at_ms: i64,
    pub erased_at_ms: i64,
    #[uniffi(default = false)]
    pub erase_asked: bool,
    pub passages: Vec<PassageView>,
}

#[uniffi::remote(Record)]
pub struct PassageView {
    pub name: DocName,
    pub space: SpaceId,
    pub partner: String,
    pub passage: SharedPassage,
    pub delivery: Option<DeliveryView>,
    pub responses: Vec<ResponseView>,
    #[uniffi(default = [])]
    pub attachments: Vec<AttachmentView>,
}

#[uniffi::remote(Record)]
pub struct PassagePreviewView {
    pub space: SpaceId,
    pub partner: String,
    pub compared: bool,
    pub passage: SharedPassage,
    #[uniffi(default = [])]
    pub attachments: Vec<AttachmentView>,
}

#[uniffi::remote(Record)]
pub struct PartnerPassageView {
    pub name: DocName,
    pub passage: SharedPassage,
    pub responses: Vec<ResponseView>,
    #[uniffi(default = [])]
    pub attachments: Vec<AttachmentView>,
}

#[uniffi::remote(Record)]
pub struct DraftView {
    pub id: i64,
    pub about: Option<DocName>,
    pub at_ms: i64,
    pub text: String,
}

#[uniffi::remote(Record)]
pub struct EntryCursor {
    pub on: CivilDay,
    pub at_ms: i64,
    pub name: DocName,
}

#[uniffi::remote(Record)]
pub struct TextChange {
    pub before: String,
    pub after: String,
}
