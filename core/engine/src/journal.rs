//! The journal: write, change, look at (product id J1). Deleting stands in `journal_deletion.rs`.

pub(crate) mod deletion;
pub(crate) mod history;
pub(crate) mod input;
pub(crate) mod offers;
pub(crate) mod on_this_day;
pub(crate) mod page;
pub(crate) mod pages;
pub(crate) mod passages;
pub(crate) mod search;
pub(crate) mod views;

#[cfg(test)]
mod sibling_tests;

use std::collections::{BTreeMap, BTreeSet};

use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::limits::MAX_ENTRY_TEXT_BYTES;
use belay_model::{CivilDay, DocName, JournalEntry, SpaceId, make_bytes};
use belay_protocol::DocKind;
use belay_store::{DocRow, Own, OwnRow, ReadTx};
use serde::{Deserialize, Serialize};

use crate::check_ins::given;
use crate::engine::Engine;
use crate::journal::input::{EntryCursor, EntryEdit, EntryQuery, NewEntry};
use crate::journal::views::{EntryLineView, EntryMonthView, EntryPageView, EntryView};
use crate::projection::json;
use crate::session::{Session, Spaces};
use crate::{BelayError, Result};

/// How many entries a page has when nobody says.
const PAGE: usize = 50;

/// An entry as projected: everything but its text, which has a row of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EntryRow {
    /// Without its text.
    pub entry: JournalEntry,
    pub excerpt: String,
    bytes: u64,
    /// Passages that were given of it, by space; some may have been taken back.
    pub passages: BTreeMap<SpaceId, BTreeSet<DocName>>,
    /// See [`SelfDocument::erase_asked_at_ms`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erase_asked_at_ms: Option<i64>,
}

impl Engine {
    /// Writes a journal entry. Writes to disk; nothing of it leaves this person's devices.
    ///
    /// # Errors
    /// `InvalidInput{field, rule}`, `NotFound` for a goal that is not there. Nothing is written then.
    pub fn write_entry(&self, new: NewEntry) -> Result<EntryView> {
        let name = self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let moment = session.moment(&settings)?;
            let on = new.on.unwrap_or(moment.civil_day(settings.day_start));
            let mut entry = JournalEntry::new(on, new.text, moment, settings.day_start);
            entry.title = given(new.title.as_deref());
            entry.tags = tidy_tags(&new.tags);
            entry.mood = new.mood;
            entry.goals = new.goals;
            entry.prompt = given(new.prompt.as_deref());
            entry.template = offers::begun_from(new.template.as_deref())?;
            entry.validate()?;
            require_goals(session.tx, &entry.goals)?;
            let name = DocName::from_bytes(make_bytes(session.entropy));
            let document = SelfDocument::new(DocKind::JournalEntry)?;
            let draft = DocumentDraft::new().journal_entry(&entry, &document)?;
            session.write_entry(&name, document, &draft)?;
            Ok(name)
        })?;
        self.entry(&name)
    }

    /// Changes an entry. A text is changed where the person changed it: what another device wrote into
    /// it since they began stays. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput{field, rule}`, and then everything stays as it was.
    pub fn edit_entry(&self, name: &DocName, edit: EntryEdit) -> Result<EntryView> {
        self.write(|session| {
            let document = session.present_entry(name)?;
            let before = document.journal_entry()?;
            let mut entry = edited(&before, &edit);
            // A merge may have made a text longer than one device may; it can always be made shorter.
            entry.validate_within(MAX_ENTRY_TEXT_BYTES.max(before.text.len()))?;
            let added = entry.goals.difference(&before.goals).copied().collect();
            require_goals(session.tx, &added)?;
            let mut draft = DocumentDraft::new();
            if let Some(text) = &edit.text {
                draft = draft.edit_entry_text(&before.text, &text.before, &text.after);
            }
            let changed = edit.text.is_some_and(|text| text.before != text.after);
            entry.text.clone_from(&before.text);
            if entry == before && !changed {
                return Ok(());
            }
            entry.edited_at_ms = Some(session.now_ms);
            let draft = draft.entry_fields(&entry, &document);
            session.write_entry(name, document, &draft)
        })?;
        self.entry(name)
    }

    /// One entry, whole; also a deleted one.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry(&self, name: &DocName) -> Result<EntryView> {
        self.read_spaces(|tx, spaces| view(tx, spaces, name))
    }

    /// A page of entries, newest first, without their texts.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entries(&self, query: &EntryQuery) -> Result<EntryPageView> {
        self.read(|tx| page(tx, query))
    }

    /// The months that have entries, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entry_months(&self) -> Result<Vec<EntryMonthView>> {
        self.read(months)
    }
}

/// One entry, whole; also a deleted one.
pub(crate) fn view(tx: &ReadTx<'_>, spaces: &mut Spaces, name: &DocName) -> Result<EntryView> {
    let own = tx
        .own_by_name(DocKind::JournalEntry.into(), name)?
        .ok_or(MISSING)?;
    let row: EntryRow = crate::queries::projected(&own)?;
    let text = tx.entry_text(own.document)?;
    let text = text.ok_or(BelayError::internal("entry-text"))?;
    Ok(EntryView {
        name: own.name,
        late: row.entry.is_late(),
        deleted_at_ms: own.deleted_at_ms,
        passages: passages::given(tx, spaces, &row.passages)?,
        entry: JournalEntry { text, ..row.entry },
    })
}

/// A page of entries, newest first, without their texts.
pub(crate) fn page(tx: &ReadTx<'_>, query: &EntryQuery) -> Result<EntryPageView> {
    let limit = query.limit.unwrap_or(PAGE);
    let days = match query.month {
        // Days are compared as text, and no month has a 32nd.
        Some(day) => (format!("{}-01", month(day)), format!("{}-32", month(day))),
        None => (String::from("0"), String::from(":")),
    };
    let after = query.after.as_ref().map(EntryCursor::place);
    let mut rows = tx.own_page(
        DocKind::JournalEntry.into(),
        (&days.0, &days.1),
        after.as_ref(),
        limit.saturating_add(1),
    )?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let entries: Vec<EntryLineView> = rows.iter().map(line).collect::<Result<_>>()?;
    let last = entries.last().filter(|_| more);
    let next = last.map(EntryCursor::after);
    Ok(EntryPageView { entries, next })
}

/// The months that have entries, newest first.
pub(crate) fn months(tx: &ReadTx<'_>) -> Result<Vec<EntryMonthView>> {
    tx.own_months(DocKind::JournalEntry.into())?
        .into_iter()
        .map(|(month, entries)| {
            let first = format!("{month}-01");
            let first = first.parse().map_err(|_| BelayError::internal("month"))?;
            Ok(EntryMonthView { first, entries })
        })
        .collect()
}

/// What is said of an entry that is not there.
pub(crate) const MISSING: BelayError = BelayError::NotFound { what: "entry" };

/// `YYYY-MM`.
fn month(day: CivilDay) -> String {
    day.to_string()[..7].to_owned()
}

/// An entry for a list.
pub(crate) fn line(own: &Own) -> Result<EntryLineView> {
    let row: EntryRow = crate::queries::projected(own)?;
    let entry = row.entry;
    Ok(EntryLineView {
        name: own.name,
        on: entry.on,
        late: entry.is_late(),
        edited: entry.edited_at_ms.is_some(),
        written: entry.written,
        title: entry.title,
        excerpt: row.excerpt,
        bytes: row.bytes,
        tags: entry.tags,
        mood: entry.mood,
    })
}

fn edited(before: &JournalEntry, edit: &EntryEdit) -> JournalEntry {
    let mut entry = before.clone();
    if let Some(text) = &edit.text {
        entry.text.clone_from(&text.after);
    }
    if let Some(title) = &edit.title {
        entry.title = given(title.as_deref());
    }
    entry.on = edit.on.unwrap_or(entry.on);
    if let Some(tags) = &edit.tags {
        entry.tags = tidy_tags(tags);
    }
    entry.mood = edit.mood.unwrap_or(entry.mood);
    if let Some(goals) = &edit.goals {
        entry.goals.clone_from(goals);
    }
    entry
}

/// Tags without the blanks around them; empty ones are none.
fn tidy_tags(tags: &BTreeSet<String>) -> BTreeSet<String> {
    tags.iter().filter_map(|tag| given(Some(tag))).collect()
}

fn require_goals(tx: &ReadTx<'_>, goals: &BTreeSet<DocName>) -> Result<()> {
    for goal in goals {
        tx.own_by_name(DocKind::Goal.into(), goal)?
            .ok_or(BelayError::NotFound { what: "goal" })?;
    }
    Ok(())
}

impl Session<'_> {
    /// The document of an entry that is there and not deleted.
    pub fn present_entry(&mut self, name: &DocName) -> Result<SelfDocument> {
        let document = self.document(DocKind::JournalEntry, name)?;
        if document.change_count() == 0 || document.deleted_at_ms()?.is_some() {
            return Err(MISSING);
        }
        Ok(document)
    }

    /// Writes into the document of an entry.
    pub fn write_entry(
        &mut self,
        name: &DocName,
        document: SelfDocument,
        draft: &DocumentDraft,
    ) -> Result<()> {
        self.write_into(DocKind::JournalEntry, name, document, draft)
            .map_err(|error| match error {
                // In a document the field is called like every text; here people know it as their entry.
                BelayError::InvalidInput {
                    field: "text",
                    rule,
                } => BelayError::InvalidInput {
                    field: "entry",
                    rule,
                },
                error => error,
            })
    }

    /// Writes the query rows of an entry.
    pub fn project_entry(&mut self, row: DocRow, document: &SelfDocument) -> Result<()> {
        let mut entry = document.journal_entry()?;
        let mut passages: BTreeMap<SpaceId, BTreeSet<DocName>> = BTreeMap::new();
        for (space, name) in document.passages_given()? {
            passages.entry(space).or_default().insert(name);
        }
        let excerpt = entry.excerpt();
        let text = std::mem::take(&mut entry.text);
        let (on, at_ms) = (entry.on.to_string(), entry.written.at_ms());
        let deleted_at_ms = document.deleted_at_ms()?;
        let shown = EntryRow {
            entry,
            excerpt,
            bytes: text.len() as u64,
            passages,
            erase_asked_at_ms: document.erase_asked_at_ms()?,
        };
        self.tx.put_own(&OwnRow {
            document: row,
            kind: DocKind::JournalEntry.into(),
            on: Some(&on),
            at_ms,
            related: None,
            deleted_at_ms,
            json: &json(&shown)?,
        })?;
        let deleted = deleted_at_ms.is_some();
        search::index_entry(self.tx, row, &shown.entry, &text, deleted)?;
        Ok(self.tx.put_entry_text(row, &text)?)
    }
}

/// The passages that were given of an entry, by space; some may have been taken back.
pub(crate) fn given_of(
    tx: &ReadTx<'_>,
    document: DocRow,
) -> Result<BTreeMap<SpaceId, BTreeSet<DocName>>> {
    let own = tx.own(document)?.ok_or(MISSING)?;
    let row: EntryRow = crate::queries::projected(&own)?;
    Ok(row.passages)
}

/// The passages of an entry that are noted in its row.
pub(crate) fn passages_of(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    own: &Own,
) -> Result<Vec<views::PassageView>> {
    let row: EntryRow = crate::queries::projected(own)?;
    passages::given(tx, spaces, &row.passages)
}
