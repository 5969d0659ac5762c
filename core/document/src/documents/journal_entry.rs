//! The fields of a journal entry (J1); its text stands in `t` and merges by character.

use std::collections::BTreeSet;

use belay_model::{DocName, JournalEntry, Mood, SpaceId};
use belay_protocol::DocKind;

use super::fields::{Fields, required};
use super::sharing::{extension_key, split_key};
use super::time::{parse_written, written_text};
use super::{Draft, Scalar, SelfDocument, TextEdit};
use crate::DocumentError;
use crate::changes::ChangeHash;

const TITLE: &str = "title";
const ON: &str = "on";
const WRITTEN: &str = "written";
const EDITED_AT: &str = "edited_at";
const MOOD: &str = "mood";
const PROMPT: &str = "prompt";
const TEMPLATE: &str = "template";
/// `tag/<tag>` and `goal/<name>`: a key for each, so that what two devices add both stays.
const TAG: &str = "tag/";
const GOAL: &str = "goal/";
/// `<space>/passage/<name>` in `x`: a passage was given there under that name.
const PASSAGE: &str = "passage/";

impl Draft {
    /// Writes every field of an entry that differs from what `before`, the document as it is, holds, and
    /// the smallest edits that make its text.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn journal_entry(
        self,
        entry: &JournalEntry,
        before: &SelfDocument,
    ) -> Result<Self, DocumentError> {
        let text = before.text()?;
        let draft = self.entry_fields(entry, before);
        Ok(draft.edit_entry_text(&text, &text, &entry.text))
    }

    /// Does to the text of an entry what was done to `before` to make `after`; `now` is the text as it
    /// is. What somebody else wrote since `before` stays.
    #[must_use]
    pub fn edit_entry_text(mut self, now: &str, before: &str, after: &str) -> Self {
        self.text.extend(TextEdit::rebased(before, after, now));
        self
    }

    /// Writes every field of an entry but its text.
    #[must_use]
    pub fn entry_fields(mut self, entry: &JournalEntry, before: &SelfDocument) -> Self {
        self.put_schema();
        self.put_text(TITLE, entry.title.as_deref());
        self.put_text(ON, Some(&entry.on.to_string()));
        let written = written_text(&entry.written, entry.written_on);
        self.put_text(WRITTEN, Some(&written));
        self.put(EDITED_AT, entry.edited_at_ms.map(Scalar::Int));
        self.put_uint(MOOD, entry.mood.map(|mood| mood.step().into()));
        self.put_text(PROMPT, entry.prompt.as_deref());
        self.put_text(TEMPLATE, entry.template.as_deref());
        for key in before.raw_fields().into_keys() {
            if key.starts_with(TAG) || key.starts_with(GOAL) {
                self.put(&key, None);
            }
        }
        for tag in &entry.tags {
            self.put(&format!("{TAG}{tag}"), Some(Scalar::Bool(true)));
        }
        for goal in &entry.goals {
            self.put(&format!("{GOAL}{goal}"), Some(Scalar::Bool(true)));
        }
        self
    }

    /// Notes that a passage of this entry was given to a space, under that name.
    #[must_use]
    pub fn passage_given(mut self, space: &SpaceId, name: &DocName) -> Self {
        let key = extension_key(space, &format!("{PASSAGE}{name}"));
        self.put_extension(key, Some(Scalar::Bool(true)));
        self
    }
}

impl SelfDocument {
    /// The journal entry this document holds.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` for a value that this schema does not allow.
    pub fn journal_entry(&self) -> Result<JournalEntry, DocumentError> {
        let fields = self.fields_of(DocKind::JournalEntry)?;
        entry_of(&fields, self.text()?)
    }

    /// The journal entry as it was at a place of its past.
    ///
    /// # Errors
    /// As [`Self::journal_entry`]; `Field` also for a place at which it was not whole yet.
    pub fn journal_entry_at(&self, heads: &[ChangeHash]) -> Result<JournalEntry, DocumentError> {
        let fields = self.fields_of_at(DocKind::JournalEntry, heads)?;
        entry_of(&fields, self.text_at(heads)?)
    }

    /// Every passage that was given of this entry, with the space it was given to; also those that were
    /// taken back since.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn passages_given(&self) -> Result<Vec<(SpaceId, DocName)>, DocumentError> {
        let extensions = self.extensions()?;
        let given = extensions.keys().filter_map(|key| {
            let (space, field) = split_key(key)?;
            Some((space, field.strip_prefix(PASSAGE)?.parse().ok()?))
        });
        Ok(given.collect())
    }
}

fn entry_of(fields: &Fields, text: String) -> Result<JournalEntry, DocumentError> {
    let (written, written_on) = required(fields.text(WRITTEN), WRITTEN)
        .and_then(|text| parse_written(text).ok_or(DocumentError::Field { field: WRITTEN }))?;
    Ok(JournalEntry {
        title: fields.owned_text(TITLE)?,
        on: required(fields.parsed(ON), ON)?,
        written,
        written_on,
        edited_at_ms: fields.int(EDITED_AT)?,
        tags: keys_of(fields, TAG).map(str::to_owned).collect(),
        mood: fields.choice(MOOD, |step| Mood::new(step).ok())?,
        goals: goals(fields)?,
        prompt: fields.owned_text(PROMPT)?,
        template: fields.owned_text(TEMPLATE)?,
        text,
    })
}

fn keys_of<'a>(fields: &'a Fields, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    fields
        .0
        .keys()
        .filter_map(move |key| key.strip_prefix(prefix))
}

fn goals(fields: &Fields) -> Result<BTreeSet<DocName>, DocumentError> {
    keys_of(fields, GOAL)
        .map(|name| {
            name.parse()
                .map_err(|_| DocumentError::Field { field: GOAL })
        })
        .collect()
}
