//! The fields of a journal entry (J1); its text stands in `t` and merges by character.

use belay_model::{CivilDay, Moment};
use belay_protocol::DocKind;

use super::fields::required;
use super::time::{parse_written, written_text};
use super::{Draft, SelfDocument, TextEdit};
use crate::DocumentError;

const TITLE: &str = "title";
const ON: &str = "on";
const WRITTEN: &str = "written";

/// A journal entry as its owner keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The civil day it is about; earlier days are allowed.
    pub on: CivilDay,
    /// When it was first written, on which clock.
    pub written: Moment,
    /// The writer's civil day at that time.
    pub written_on: CivilDay,
    /// Markdown.
    pub text: String,
}

impl Draft {
    /// Writes every field of an entry that differs from what the document holds, and the smallest
    /// edit of its text. `before` is the document as it is.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn journal_entry(
        mut self,
        entry: &JournalEntry,
        before: &SelfDocument,
    ) -> Result<Self, DocumentError> {
        self.put_schema();
        self.put_text(TITLE, entry.title.as_deref());
        self.put_text(ON, Some(&entry.on.to_string()));
        let written = written_text(&entry.written, entry.written_on);
        self.put_text(WRITTEN, Some(&written));
        Ok(match TextEdit::between(&before.text()?, &entry.text) {
            Some(edit) => self.edit_text(edit),
            None => self,
        })
    }
}

impl SelfDocument {
    /// The journal entry this document holds.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` for a value that this schema does not allow.
    pub fn journal_entry(&self) -> Result<JournalEntry, DocumentError> {
        let fields = self.fields_of(DocKind::JournalEntry)?;
        let (written, written_on) = required(fields.text(WRITTEN), WRITTEN)
            .and_then(|text| parse_written(text).ok_or(DocumentError::Field { field: WRITTEN }))?;
        Ok(JournalEntry {
            title: fields.owned_text(TITLE)?,
            on: required(fields.parsed(ON), ON)?,
            written,
            written_on,
            text: self.text()?,
        })
    }
}
