//! Finding entries again by words, tags, moods, goals and days (product id J2).

use belay_model::{
    DocName, JournalEntry, SearchQuery, Snippet, fold_tag, search_version, snippet, terms,
};
use belay_protocol::DocKind;
use belay_store::{DocRow, Own, OwnPlace, ReadTx, Search, SearchRow, WriteTx};
use serde::Serialize;

use crate::engine::Engine;
use crate::journal::EntryRow;
use crate::journal::input::EntryCursor;
use crate::journal::views::EntryLineView;
use crate::projection::GoalRow;
use crate::{BelayError, Result};

/// How many finds a page has when nobody says.
const PAGE: usize = 50;
/// How many rows are read at a time where all are.
const BATCH: usize = 200;
/// Under which meta key it stands how the words in the index were cut.
const INDEX_VERSION: &str = "search-version";
const KIND: DocKind = DocKind::JournalEntry;

/// An entry that was found.
#[derive(Debug, Clone, Serialize)]
pub struct FoundEntryView {
    /// The entry as lists show it.
    pub entry: EntryLineView,
    /// Its title with the found words marked, if it has one.
    pub title: Option<Snippet>,
    /// The piece of its text with the most found words, marked.
    pub snippet: Snippet,
}

/// A page of what was found, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPageView {
    /// The finds.
    pub found: Vec<FoundEntryView>,
    /// Where the next page begins; `None` when this was the last.
    pub next: Option<EntryCursor>,
}

impl Engine {
    /// Finds entries by a question as [`SearchQuery::parse`] reads it, newest first, beginning after `after`
    /// (`limit`: `None` for 50). Deleted entries are not found.
    ///
    /// # Errors
    /// `InvalidInput{query, empty}` where nothing is asked for; `InvalidInput{field, rule}` for a day, a mood or a
    /// length that cannot be meant.
    pub fn search(
        &self,
        question: &str,
        after: Option<&EntryCursor>,
        limit: Option<usize>,
    ) -> Result<SearchPageView> {
        let query = SearchQuery::parse(question)?;
        if query.is_empty() {
            return Err(BelayError::InvalidInput {
                field: "query",
                rule: "empty",
            });
        }
        self.read(|tx| found(tx, &query, after, limit.unwrap_or(PAGE)))
    }

    /// Fills the index anew where its words were cut by other rules or other tables of Unicode than this version's.
    pub(crate) fn keep_search_index(&self) -> Result<()> {
        let version = search_version();
        let current = self.read(|tx| Ok(tx.meta(INDEX_VERSION)?))?;
        if current.as_deref() == Some(version.as_bytes()) {
            return Ok(());
        }
        self.write(|session| {
            session.tx.clear_entry_index()?;
            index_all(session.tx)?;
            Ok(session.tx.put_meta(INDEX_VERSION, version.as_bytes())?)
        })
    }
}

fn found(
    tx: &ReadTx<'_>,
    query: &SearchQuery,
    after: Option<&EntryCursor>,
    limit: usize,
) -> Result<SearchPageView> {
    let goals = goals_named(tx, &query.goals)?;
    let search = Search {
        wanted: &query.wanted,
        unwanted: &query.unwanted,
        tags: &query.tags,
        moods: &query.moods,
        goals: &goals,
        from: query.from,
        until: query.until,
    };
    let after = after.map(EntryCursor::place);
    let mut rows = tx.search_entries(&search, after.as_ref(), limit.saturating_add(1))?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let found: Vec<FoundEntryView> = rows
        .iter()
        .map(|own| found_entry(tx, own, query))
        .collect::<Result<_>>()?;
    let last = found.last().filter(|_| more);
    let next = last.map(|last| EntryCursor::after(&last.entry));
    Ok(SearchPageView { found, next })
}

fn found_entry(tx: &ReadTx<'_>, own: &Own, query: &SearchQuery) -> Result<FoundEntryView> {
    let entry = crate::journal::line(own)?;
    let text = tx.entry_text(own.document)?;
    let text = text.ok_or(BelayError::internal("entry-text"))?;
    Ok(FoundEntryView {
        title: entry.title.as_deref().map(|title| snippet(title, query)),
        snippet: snippet(&text, query),
        entry,
    })
}

/// For each asked-for part of a title, the goals that have it.
fn goals_named(tx: &ReadTx<'_>, asked: &[String]) -> Result<Vec<Vec<DocName>>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let mut titles = Vec::new();
    for own in tx.own_all(DocKind::Goal.into(), usize::MAX)? {
        let row: GoalRow = crate::queries::projected(&own)?;
        titles.push((own.name, fold_tag(&row.goal.title)));
    }
    let named = |asked: &String| {
        let has = titles.iter().filter(|(_, title)| title.contains(asked));
        has.map(|(name, _)| *name).collect()
    };
    Ok(asked.iter().map(named).collect())
}

/// Puts the words of an entry into the index, or takes them out where it is deleted.
pub(crate) fn index_entry(
    tx: &WriteTx<'_>,
    document: DocRow,
    entry: &JournalEntry,
    text: &str,
    deleted: bool,
) -> Result<()> {
    if deleted {
        return Ok(tx.unindex_entry(document)?);
    }
    let tags: Vec<String> = entry.tags.iter().map(|tag| fold_tag(tag)).collect();
    let goals: Vec<DocName> = entry.goals.iter().copied().collect();
    Ok(tx.index_entry(
        document,
        &SearchRow {
            on: entry.on,
            at_ms: entry.written.at_ms(),
            title: &terms(entry.title.as_deref().unwrap_or_default()),
            body: &terms(text),
            tags: &tags,
            mood: entry.mood,
            goals: &goals,
        },
    )?)
}

fn index_all(tx: &WriteTx<'_>) -> Result<()> {
    let mut after: Option<OwnPlace> = None;
    loop {
        let rows = tx.own_page(KIND.into(), ("0", ":"), after.as_ref(), BATCH)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = Some(OwnPlace {
            on: last.on.clone().unwrap_or_default(),
            at_ms: last.at_ms,
            name: last.name,
        });
        for own in &rows {
            let row: EntryRow = crate::queries::projected(own)?;
            let text = tx.entry_text(own.document)?.unwrap_or_default();
            index_entry(tx, own.document, &row.entry, &text, false)?;
        }
    }
}
