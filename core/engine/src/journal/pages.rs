//! What the pages of the journal behind its first one show, each in one answer: a month, an entry to read, the
//! editor, and the page on which a passage is given (product ids J1, J3, J7).

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{CivilDay, DocName};
use belay_protocol::DocKind;
use belay_store::ReadTx;
use serde::Serialize;

use crate::Result;
use crate::attachments::AttachmentView;
use crate::engine::Engine;
use crate::journal::input::{EntryCursor, EntryQuery};
use crate::journal::views::{DraftView, EntryPageView, EntryView};
use crate::month::MonthView;
use crate::projection::GoalRow;
use crate::views::PartnerView;

/// In how many entries, the newest, words to find them by are counted.
const COUNTED_ENTRIES: usize = 200;

/// How many of those words are offered.
const OFFERED_TAGS: usize = 24;

/// A month with its entries.
#[derive(Debug, Clone, Serialize)]
pub struct MonthPageView {
    /// The person's present civil day.
    pub today: CivilDay,
    /// Its days, with what was written and how they felt.
    pub month: MonthView,
    /// A page of its entries, newest first. Later pages come from [`Engine::entries`].
    pub page: EntryPageView,
    /// The month after it has begun for this person: something can stand there.
    pub has_later: bool,
}

/// A goal as an entry names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalNameView {
    /// The goal.
    pub name: DocName,
    /// What it is called.
    pub title: String,
}

/// One entry to read.
#[derive(Debug, Clone, Serialize)]
pub struct JournalEntryPageView {
    /// The person's present civil day.
    pub today: CivilDay,
    /// The entry.
    pub entry: EntryView,
    /// The goals it is about, also those that are archived by now; one that was deleted is left out.
    pub goals: Vec<GoalNameView>,
    /// Its attachments, in the order they were added, each with whether it is on this device.
    pub attachments: Vec<AttachmentView>,
}

/// The editor of an entry, new or there.
#[derive(Debug, Clone, Serialize)]
pub struct EntryEditorView {
    /// The person's present civil day, the last one an entry can be about.
    pub today: CivilDay,
    /// The civil day it is about, until the person says another.
    pub on: CivilDay,
    /// That day is over: a new entry about it says that it is late.
    pub late: bool,
    /// The entry as it stands; `None` for a new one.
    pub entry: Option<EntryView>,
    /// What was typed about this entry, or into new ones, and not written, latest first.
    pub drafts: Vec<EditorDraftView>,
    /// Goals it can be about: those that go on, oldest first, and those it is about already.
    pub goals: Vec<GoalNameView>,
    /// Words to find it by that were used lately, most used first.
    pub tags: Vec<String>,
    /// Its attachments, in the order they were added; none for a new one, which has to be written first.
    pub attachments: Vec<AttachmentView>,
}

/// A draft that the editor may take up.
#[derive(Debug, Clone, Serialize)]
pub struct EditorDraftView {
    /// The draft.
    pub draft: DraftView,
    /// The entry was changed after this was typed: laid over it, the draft would take that away.
    pub behind: bool,
}

/// The page on which a passage of an entry is given.
#[derive(Debug, Clone, Serialize)]
pub struct SharePageView {
    /// The entry it stands in, with the passages that were given before.
    pub entry: EntryView,
    /// Whom it can be given to.
    pub partners: Vec<PartnerView>,
    /// What is attached to the entry, in the order it was added.
    pub attachments: Vec<AttachmentView>,
}

impl Engine {
    /// The month in which that day is (`None` for the present one), with a page of its entries that begins
    /// after `after`, as of one moment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn month_page(
        &self,
        day: Option<CivilDay>,
        after: Option<EntryCursor>,
        limit: Option<usize>,
    ) -> Result<MonthPageView> {
        let today = self.today_on()?;
        self.read(|tx| {
            let month = crate::month::of_day(tx, day.unwrap_or(today))?;
            let query = EntryQuery {
                month: Some(month.first),
                after,
                limit,
            };
            Ok(MonthPageView {
                today,
                has_later: month.last < today,
                page: crate::journal::page(tx, &query)?,
                month,
            })
        })
    }

    /// Everything the page of one entry shows, also of a deleted one, as of one moment.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry_page(&self, name: &DocName) -> Result<JournalEntryPageView> {
        let today = self.today_on()?;
        self.read_spaces(|tx, spaces| {
            let entry = crate::journal::view(tx, spaces, name)?;
            Ok(JournalEntryPageView {
                today,
                goals: called(tx, &entry.entry.goals)?,
                attachments: self.attached_to(tx, name)?,
                entry,
            })
        })
    }

    /// Everything the editor shows for a new entry about `on` (`None` for the present day), or for one that is
    /// there (`name`, whose day counts then), as of one moment. Changes nothing.
    ///
    /// # Errors
    /// `NotFound` for an entry that is not there; also for one among the deleted, which has to be brought back
    /// first.
    pub fn entry_editor(
        &self,
        name: Option<&DocName>,
        on: Option<CivilDay>,
    ) -> Result<EntryEditorView> {
        let today = self.today_on()?;
        self.read_spaces(|tx, spaces| {
            let entry = name.map(|name| crate::journal::view(tx, spaces, name));
            let entry = entry.transpose()?;
            if entry
                .as_ref()
                .is_some_and(|entry| entry.deleted_at_ms.is_some())
            {
                return Err(crate::journal::MISSING);
            }
            let written = entry.as_ref().map(|entry| &entry.entry);
            let on = written.map(|entry| entry.on).or(on).unwrap_or(today);
            let changed_at_ms = written.and_then(|entry| entry.edited_at_ms);
            let mut drafts = crate::journal::deletion::drafts(tx)?;
            drafts.retain(|draft| draft.about.as_ref() == name);
            let linked = written.map(|entry| entry.goals.clone()).unwrap_or_default();
            Ok(EntryEditorView {
                today,
                on,
                late: on < today,
                drafts: drafts
                    .into_iter()
                    .map(|draft| EditorDraftView {
                        behind: changed_at_ms.is_some_and(|changed| changed > draft.at_ms),
                        draft,
                    })
                    .collect(),
                goals: offered_goals(tx, &linked, today)?,
                tags: tags_by_use(tx)?,
                attachments: match name {
                    Some(name) => self.attached_to(tx, name)?,
                    None => Vec::new(),
                },
                entry,
            })
        })
    }

    /// Everything the page shows on which a passage of an entry is given, as of one moment.
    ///
    /// # Errors
    /// `NotFound` for an entry that is not there or deleted.
    pub fn share_page(&self, entry: &DocName) -> Result<SharePageView> {
        self.read_spaces(|tx, spaces| {
            let attachments = self.attached_to(tx, entry)?;
            let entry = crate::journal::view(tx, spaces, entry)?;
            if entry.deleted_at_ms.is_some() {
                return Err(crate::journal::MISSING);
            }
            Ok(SharePageView {
                entry,
                partners: crate::partners::together(tx, spaces)?,
                attachments,
            })
        })
    }
}

/// What the goals of an entry are called.
pub(crate) fn called(tx: &ReadTx<'_>, goals: &BTreeSet<DocName>) -> Result<Vec<GoalNameView>> {
    let mut named = Vec::new();
    for name in goals {
        let own = tx.own_by_name(DocKind::Goal.into(), name)?;
        if let Some(own) = own.filter(|own| own.deleted_at_ms.is_none()) {
            let row: GoalRow = crate::queries::projected(&own)?;
            named.push(GoalNameView {
                name: *name,
                title: row.goal.title,
            });
        }
    }
    Ok(named)
}

/// Goals that go on, oldest first, then those linked already that do not.
fn offered_goals(
    tx: &ReadTx<'_>,
    linked: &BTreeSet<DocName>,
    today: CivilDay,
) -> Result<Vec<GoalNameView>> {
    let mut offered = Vec::new();
    for own in tx
        .own_all(DocKind::Goal.into(), crate::goals::GOALS_MAX)?
        .iter()
        .rev()
    {
        let row: GoalRow = crate::queries::projected(own)?;
        if !row.goal.is_archived(today) {
            offered.push(GoalNameView {
                name: own.name,
                title: row.goal.title,
            });
        }
    }
    let mut others = called(tx, linked)?;
    others.retain(|goal| offered.iter().all(|there| there.name != goal.name));
    offered.append(&mut others);
    Ok(offered)
}

/// Words of the newest entries, most used first; those used as often in the order of the alphabet.
fn tags_by_use(tx: &ReadTx<'_>) -> Result<Vec<String>> {
    let query = EntryQuery {
        limit: Some(COUNTED_ENTRIES),
        ..EntryQuery::default()
    };
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for entry in crate::journal::page(tx, &query)?.entries {
        for tag in entry.tags {
            *used.entry(tag).or_default() += 1;
        }
    }
    let mut tags: Vec<(String, usize)> = used.into_iter().collect();
    tags.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    tags.truncate(OFFERED_TAGS);
    Ok(tags.into_iter().map(|(tag, _)| tag).collect())
}
