//! What another own device erased beyond twenty living things a day (docs/protocol.md, X13): it is gone at once from
//! every screen, as everything that was erased, and a copy of what it said lies aside here for 72 hours. Until then it
//! can be brought back, as something new.
//!
//! The tombstone counts as ever, and its items are dropped: which devices show what depends on nothing but items. The
//! copy is of this device alone and leaves it only where the person brings it back.

use std::collections::{BTreeMap, BTreeSet};

use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::{
    CheckIn, CivilDay, DeviceId, DocName, Hlc, JournalEntry, SET_ASIDE_FOR_MS, Settings,
    had_its_time, make_bytes,
};
use belay_protocol::{DocKind, Item};
use belay_store::{DocRow, Own, ReadTx, WriteTx};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::erasures::limit::BROUGHT_BACK;
use crate::erasures::receipts::TakenBackKindView;
use crate::goals::outcomes::{FIRST_DAY, LAST_DAY};
use crate::journal::EntryRow;
use crate::projection::{CheckInRow, GoalRow, OutcomeRow};
use crate::session::Session;
use crate::{BelayError, Result};

/// Under which meta keys copies stand.
const PREFIX: &str = "set-aside/";

/// How many characters of something are shown where it is listed.
const SHOWN_CHARS: usize = 120;

/// A copy of something that another own device erased.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SetAside {
    /// Its kind.
    pub kind: u8,
    /// Its name, under which it is gone.
    pub name: DocName,
    /// Who erased it.
    pub by: DeviceId,
    /// Since when it lies here.
    pub since_ms: i64,
    /// What was shown of it.
    pub json: String,
    /// The text of an entry.
    pub text: Option<String>,
}

/// Something that another own device erased beyond a day's measure, and that can still be brought back here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAsideView {
    /// What it was.
    pub kind: TakenBackKindView,
    /// Its name.
    pub name: DocName,
    /// The beginning of what it said.
    pub excerpt: String,
    /// The civil day it was about.
    pub on: Option<CivilDay>,
    /// Which device erased it, as named among one's own.
    pub by: Option<String>,
    /// Since when it lies aside here.
    pub since_ms: i64,
    /// When it goes for good, unless it is brought back.
    pub destroyed_at_ms: i64,
}

fn key(kind: u8, name: &DocName) -> String {
    format!("{PREFIX}{kind}/{name}")
}

/// Every copy that lies here.
pub(crate) fn all(tx: &ReadTx<'_>) -> Result<Vec<SetAside>> {
    tx.meta_beginning_with(PREFIX)?
        .iter()
        .map(|(_, kept)| {
            serde_json::from_slice(kept).map_err(|_| BelayError::internal("set-aside"))
        })
        .collect()
}

/// Puts a copy.
pub(crate) fn keep(tx: &WriteTx<'_>, copy: &SetAside) -> Result<()> {
    let kept = serde_json::to_vec(copy).map_err(|_| BelayError::internal("set-aside"))?;
    Ok(tx.put_meta(&key(copy.kind, &copy.name), &kept)?)
}

/// Drops a copy.
pub(crate) fn forget(tx: &WriteTx<'_>, kind: u8, name: &DocName) -> Result<()> {
    Ok(tx.delete_meta(&key(kind, name))?)
}

impl SetAside {
    fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.json).map_err(|_| BelayError::internal("set-aside"))
    }

    fn view(&self, names: &BTreeMap<DeviceId, Option<String>>) -> Result<Option<SetAsideView>> {
        let (kind, excerpt, on) = match DocKind::try_from(self.kind) {
            Ok(DocKind::JournalEntry) => {
                let row: EntryRow = self.read()?;
                let excerpt = row.entry.title.unwrap_or(row.excerpt);
                (TakenBackKindView::Entry, excerpt, Some(row.entry.on))
            }
            Ok(DocKind::CheckIn) => {
                let row: CheckInRow = self.read()?;
                let on = row.check_in.on;
                (TakenBackKindView::CheckIn, words_of(row.check_in), Some(on))
            }
            Ok(DocKind::Goal) => {
                let row: GoalRow = self.read()?;
                (TakenBackKindView::Goal, row.goal.title, None)
            }
            Ok(DocKind::Outcome) => {
                let row: OutcomeRow = self.read()?;
                let on = row.outcome.on;
                let note = row.outcome.note.unwrap_or_default();
                (TakenBackKindView::Outcome, note, Some(on))
            }
            _ => return Ok(None),
        };
        Ok(Some(SetAsideView {
            kind,
            name: self.name,
            excerpt: excerpt.chars().take(SHOWN_CHARS).collect(),
            on,
            by: names.get(&self.by).cloned().flatten(),
            since_ms: self.since_ms,
            destroyed_at_ms: self.since_ms.saturating_add(SET_ASIDE_FOR_MS),
        }))
    }
}

/// The first thing a check-in says in words.
fn words_of(check_in: CheckIn) -> String {
    let said = [
        check_in.note,
        check_in.win,
        check_in.struggle,
        check_in.plan,
    ];
    said.into_iter().flatten().next().unwrap_or_default()
}

impl Engine {
    /// What another own device erased beyond a day's measure and still lies aside here, the latest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn set_aside(&self) -> Result<Vec<SetAsideView>> {
        self.read_spaces(|tx, spaces| {
            let names: BTreeMap<DeviceId, Option<String>> = crate::own_devices::all(tx, spaces)?
                .into_iter()
                .map(|device| (device.device, device.name))
                .collect();
            let mut views = Vec::new();
            for copy in all(tx)? {
                views.extend(copy.view(&names)?);
            }
            views.sort_by_key(|view| (std::cmp::Reverse(view.since_ms), view.on, view.name));
            Ok(views)
        })
    }

    /// Brings back what lies aside, all of it or nothing: as something new, for the old is gone from every device.
    /// Nobody else sees it before it is shared again; photos, earlier states and answers do not come back. What came
    /// of a goal comes back with its goal. Gives how many things came back. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` for a name of which nothing lies aside.
    pub fn bring_back(&self, names: &[DocName]) -> Result<u64> {
        self.write(|session| session.bring_back(names))
    }
}

impl Session<'_> {
    /// Before something is buried because an item erases it: keeps a copy where that is more than may be erased in a
    /// day, or where it was brought back here and whoever erased it had not heard of that.
    pub(crate) fn set_aside_if_too_much(&mut self, row: DocRow, item: &Item) -> Result<()> {
        let tx = self.tx;
        let Some(own) = tx.own(row)? else {
            // Gone before, or not readable by this version.
            return Ok(());
        };
        if own.kind == u8::from(DocKind::Attachment) {
            return Ok(());
        }
        if !self.was_brought_back_unheard(row, &own)? {
            let erased = Hlc::from_u64(item.header.hlc);
            if own.deleted_at_ms.is_some()
                && had_its_time(last_written(tx, row)?, erased, self.now_ms)
            {
                return Ok(());
            }
            if self.is_within_measure(&item.header.device_id, erased.wall_ms())? {
                return Ok(());
            }
        }
        let copy = SetAside {
            kind: own.kind,
            name: own.name,
            by: item.header.device_id,
            since_ms: self.now_ms,
            json: own.json,
            text: tx.entry_text(row)?,
        };
        keep(tx, &copy)
    }

    fn was_brought_back_unheard(&mut self, row: DocRow, own: &Own) -> Result<bool> {
        let key = format!("{BROUGHT_BACK}{}", own.name);
        if own.deleted_at_ms.is_some() || self.tx.meta(&key)?.is_none() {
            return Ok(false);
        }
        self.tx.delete_meta(&key)?;
        Ok(!crate::erasures::erased::unnamed_changes(self.tx, row)?.is_empty())
    }

    /// Drops the copy of what a document was brought back from: another own device did it.
    pub(crate) fn drop_copy_of_origin(
        &mut self,
        kind: DocKind,
        document: &SelfDocument,
    ) -> Result<()> {
        match document.brought_back_from()? {
            Some(origin) => forget(self.tx, kind.into(), &origin),
            None => Ok(()),
        }
    }

    fn bring_back(&mut self, names: &[DocName]) -> Result<u64> {
        let settings = crate::queries::settings(self.tx)?;
        let all = all(self.tx)?;
        let mut asked = Vec::new();
        for name in names {
            let copy = all.iter().find(|copy| copy.name == *name);
            asked.push(copy.ok_or(BelayError::NotFound { what: "set aside" })?);
        }
        // Goals first: what else comes back may name them.
        let goal = u8::from(DocKind::Goal);
        asked.sort_by_key(|copy| copy.kind != goal);
        let mut became = BTreeMap::new();
        let mut count = 0;
        for copy in asked {
            if self.tx.meta(&key(copy.kind, &copy.name))?.is_none() {
                // Came back with its goal, or was named twice.
                continue;
            }
            count += self.bring_one_back(copy, &all, &mut became, &settings)?;
        }
        Ok(count)
    }

    fn bring_one_back(
        &mut self,
        copy: &SetAside,
        all: &[SetAside],
        became: &mut BTreeMap<DocName, DocName>,
        settings: &Settings,
    ) -> Result<u64> {
        let kind = DocKind::try_from(copy.kind).map_err(|_| BelayError::internal("set-aside"))?;
        let mut name = DocName::from_bytes(make_bytes(self.entropy));
        let document = SelfDocument::new(kind)?;
        let mut count = 1;
        match kind {
            DocKind::JournalEntry => {
                let row: EntryRow = copy.read()?;
                let mut entry = JournalEntry {
                    text: copy.text.clone().unwrap_or_default(),
                    ..row.entry
                };
                entry.goals = self.goals_there(entry.goals, became)?;
                let draft = DocumentDraft::new().journal_entry(&entry, &document)?;
                self.write_entry(&name, document, &draft)?;
            }
            DocKind::CheckIn => {
                let row: CheckInRow = copy.read()?;
                self.write_check_in(&name, document, &row.check_in, &BTreeMap::new(), settings)?;
            }
            DocKind::Goal => {
                let row: GoalRow = copy.read()?;
                self.write_goal(&name, document, &row.goal, &BTreeMap::new())?;
                became.insert(copy.name, name);
                count += self.bring_outcomes_back(&copy.name, &name, all)?;
            }
            DocKind::Outcome => {
                let row: OutcomeRow = copy.read()?;
                let goal = became.get(&row.goal).copied().unwrap_or(row.goal);
                crate::goals::outcomes::goal_row(self.tx, &goal)?;
                name = self.write_outcome_anew(&goal, &row)?;
            }
            _ => return Err(BelayError::internal("set-aside")),
        }
        let origin = DocumentDraft::new().brought_back_from(&copy.name);
        self.write_document(kind, &name, &origin)?;
        forget(self.tx, copy.kind, &copy.name)?;
        Ok(count)
    }

    /// What came of a goal that comes back under another name: what lies aside, and what was never erased.
    fn bring_outcomes_back(
        &mut self,
        goal: &DocName,
        name: &DocName,
        all: &[SetAside],
    ) -> Result<u64> {
        let tx = self.tx;
        let kind = DocKind::Outcome;
        for own in tx.own_related(kind.into(), goal.as_bytes(), FIRST_DAY, LAST_DAY)? {
            let row: OutcomeRow = crate::queries::projected(&own)?;
            self.write_outcome_anew(name, &row)?;
        }
        let mut count = 0;
        for copy in all.iter().filter(|copy| copy.kind == u8::from(kind)) {
            let row: OutcomeRow = copy.read()?;
            if row.goal == *goal {
                let outcome = self.write_outcome_anew(name, &row)?;
                let origin = DocumentDraft::new().brought_back_from(&copy.name);
                self.write_document(kind, &outcome, &origin)?;
                forget(tx, copy.kind, &copy.name)?;
                count += 1;
            }
        }
        Ok(count)
    }

    fn write_outcome_anew(&mut self, goal: &DocName, row: &OutcomeRow) -> Result<DocName> {
        let name = belay_crypto::outcome_name(goal, &row.outcome.on.to_string());
        let (nobody, now_ms) = (BTreeMap::new(), self.now_ms);
        self.write_outcome(&name, *goal, &row.outcome, &nobody, now_ms)?;
        Ok(name)
    }

    fn goals_there(
        &mut self,
        goals: BTreeSet<DocName>,
        became: &BTreeMap<DocName, DocName>,
    ) -> Result<BTreeSet<DocName>> {
        let mut there = BTreeSet::new();
        for goal in goals {
            let goal = became.get(&goal).copied().unwrap_or(goal);
            if self.tx.own_by_name(DocKind::Goal.into(), &goal)?.is_some() {
                there.insert(goal);
            }
        }
        Ok(there)
    }
}

/// When something was last written to, by the clock of whoever did.
fn last_written(tx: &ReadTx<'_>, row: DocRow) -> Result<Hlc> {
    let changes = crate::erasures::erased::changes_of(tx, row)?;
    let times = changes.iter().map(|stored| Hlc::from_u64(stored.hlc));
    Ok(times.max().unwrap_or(Hlc::ZERO))
}
