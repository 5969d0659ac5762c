//! The past of a journal entry: what it said, when that changed, on which device, and the way back (product id J6).
//! The signed changes are that past. What was erased has none.

use std::collections::BTreeMap;

use belay_crypto::{actor_id, doc_id};
use belay_document::changes::ChangeHash;
use belay_document::documents::{
    Draft as DocumentDraft, PastState, SelfDocument, change_name, text_difference,
};
use belay_model::{DeviceId, DocName, JournalEntry, TextDifference};
use belay_protocol::limits::ITEM_BODY_MAX;
use belay_protocol::{DocKind, ItemKind};
use belay_store::{ReadTx, StoredItem};
use serde::Serialize;

use crate::documents::{changes_in, in_item, load_document};
use crate::engine::Engine;
use crate::journal::MISSING;
use crate::journal::pages::{GoalNameView, called};
use crate::journal::views::EntryView;
use crate::session::{Session, Spaces};
use crate::{BelayError, Result};

/// How many states are shown when nobody says.
const STATES: usize = 100;

const KIND: DocKind = DocKind::JournalEntry;

/// What is said of a state that an entry never was in.
const NO_STATE: BelayError = BelayError::NotFound {
    what: "entry-state",
};

/// The past of an entry.
#[derive(Debug, Clone, Serialize)]
pub struct EntryHistoryView {
    /// The entry.
    pub name: DocName,
    /// Its title as it is now.
    pub title: Option<String>,
    /// The states it was in, newest first; the first is the present one.
    pub states: Vec<EntryStateLineView>,
    /// How many earlier ones there are besides.
    pub earlier: u64,
}

/// A state in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryStateLineView {
    /// What names it within its entry.
    pub state: String,
    /// When it came about, by the clock of the device that wrote it, in whole seconds.
    pub at_ms: Option<i64>,
    /// The device that wrote what makes it differ from the state before.
    pub device: Option<DeviceId>,
    /// How the person calls that device.
    pub device_name: Option<String>,
    /// It is this one.
    pub this_device: bool,
    /// What differs from the state before; everything that was given, for the first one.
    pub changed: Vec<EntryPart>,
    /// How many words of the text came.
    pub words_added: u64,
    /// How many words of the text were taken out.
    pub words_removed: u64,
    /// The entry lay among the deleted ones.
    pub deleted: bool,
}

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryPart {
    /// Its text.
    Text,
    /// Its title.
    Title,
    /// The civil day it is about.
    Day,
    /// Its tags.
    Tags,
    /// Its mood.
    Mood,
    /// The goals it is about.
    Goals,
    /// The question it answers, or what it was begun from.
    Prompt,
    /// It was deleted, or brought back.
    Deleted,
}

/// A state, whole.
#[derive(Debug, Clone, Serialize)]
pub struct EntryStateView {
    /// Which, and what it changed.
    pub line: EntryStateLineView,
    /// The entry as it was.
    pub entry: JournalEntry,
    /// The goals it was about, as they are called now.
    pub goals: Vec<GoalNameView>,
    /// What made its text of the text before.
    pub from_before: TextDifference,
    /// What going back to it would make of the present text.
    pub from_present: TextDifference,
    /// It can be restored: it is not the present one, and the entry is not deleted.
    pub may_restore: bool,
}

/// A state that can be read.
struct Past {
    state: PastState,
    entry: JournalEntry,
    deleted: bool,
}

impl Engine {
    /// The past of an entry, also of a deleted one: the newest states (`None` for 100).
    ///
    /// # Errors
    /// `NotFound` for an entry that is not there or was erased.
    pub fn entry_history(&self, name: &DocName, limit: Option<usize>) -> Result<EntryHistoryView> {
        let limit = limit.unwrap_or(STATES).max(1);
        self.read_spaces(|tx, spaces| {
            let (document, writers) = open(tx, spaces, name)?;
            let states = document.states(&writers.commands);
            let shown = states.len().min(limit);
            let earlier = states.len() - shown;
            // One more, to tell what the earliest shown one changed.
            let past = past(&document, &states[earlier.saturating_sub(1)..]);
            let title = past.last().and_then(|last| last.entry.title.clone());
            let mut lines: Vec<EntryStateLineView> = Vec::with_capacity(past.len());
            for (index, now) in past.iter().enumerate() {
                let before = index.checked_sub(1).map(|before| &past[before]);
                lines.push(writers.line(before, now));
            }
            if earlier > 0 && past.len() > shown {
                lines.remove(0);
            }
            lines.reverse();
            Ok(EntryHistoryView {
                name: *name,
                title,
                states: lines,
                earlier: earlier as u64,
            })
        })
    }

    /// An entry as it was in a state of its past.
    ///
    /// # Errors
    /// `NotFound` for an entry or a state that is not there.
    pub fn entry_state(&self, name: &DocName, state: &str) -> Result<EntryStateView> {
        self.read_spaces(|tx, spaces| {
            let (document, writers) = open(tx, spaces, name)?;
            let heads = document.state(state).ok_or(NO_STATE)?;
            let states = document.states(&writers.commands);
            let at = states.iter().position(|known| known.heads == heads);
            let at = at.ok_or(NO_STATE)?;
            let mut past = past(&document, &states[at.saturating_sub(1)..=at]);
            let now = past.pop().filter(|now| now.state.heads == heads);
            let now = now.ok_or(NO_STATE)?;
            let before = past.pop();
            let present = document.journal_entry()?;
            let text_before = before.as_ref().map_or("", |before| &before.entry.text);
            Ok(EntryStateView {
                line: writers.line(before.as_ref(), &now),
                goals: called(tx, &now.entry.goals)?,
                from_before: text_difference(text_before, &now.entry.text),
                from_present: text_difference(&present.text, &now.entry.text),
                may_restore: document.deleted_at_ms()?.is_none() && !is_same(&now.entry, &present),
                entry: now.entry,
            })
        })
    }

    /// Makes an entry say again what it said in a state of its past, as a new change: the present state stays in the
    /// past, and going back to it undoes this. Links to goals that are gone are left out. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` for an entry or a state that is not there, and for a deleted entry: bring that back first.
    pub fn restore_entry_state(&self, name: &DocName, state: &str) -> Result<EntryView> {
        self.write(|session| {
            let document = session.present_entry(name)?;
            let heads = document.state(state).ok_or(NO_STATE)?;
            let then = document.journal_entry_at(&heads)?;
            session.bring_entry_back_to(name, document, then)
        })?;
        self.entry(name)
    }
}

impl Session<'_> {
    /// Writes what an entry said once as a new change, where it says something else now.
    pub(crate) fn bring_entry_back_to(
        &mut self,
        name: &DocName,
        document: SelfDocument,
        mut then: JournalEntry,
    ) -> Result<()> {
        let present = document.journal_entry()?;
        if is_same(&then, &present) {
            return Ok(());
        }
        let mut goals = std::collections::BTreeSet::new();
        for goal in &then.goals {
            if self.tx.own_by_name(DocKind::Goal.into(), goal)?.is_some() {
                goals.insert(*goal);
            }
        }
        then.goals = goals;
        then.edited_at_ms = Some(self.now_ms);
        let draft = DocumentDraft::new().journal_entry(&then, &document)?;
        self.write_entry(name, document, &draft)
    }
}

/// Whether a person would say that two states are the same.
pub(crate) fn is_same(left: &JournalEntry, right: &JournalEntry) -> bool {
    parts(Some(left), right).is_empty()
}

/// The document of an entry and who wrote in it.
fn open(tx: &ReadTx<'_>, spaces: &mut Spaces, name: &DocName) -> Result<(SelfDocument, Writers)> {
    let own = crate::queries::self_space(tx)?;
    let state = spaces.get(tx, &own)?;
    let document = load_document(tx, state, KIND, name)?;
    if document.change_count() == 0 {
        return Err(MISSING);
    }
    let row = tx.find_document(state.row, &state.own_person, KIND.into(), name)?;
    let doc = doc_id(&own, &state.own_person, KIND.into(), name);
    let mut stored = tx.items_of_document(row.ok_or(MISSING)?)?;
    stored.retain(|stored| stored.kind == u8::from(ItemKind::Changes) && stored.body.is_some());
    stored.sort_unstable_by_key(|stored| (stored.device, stored.inc, stored.seq));
    let mut devices = BTreeMap::new();
    for stored in &stored {
        let device = tx.device(stored.device)?.id;
        devices.insert(actor_id(&device, stored.inc, &doc), device);
    }
    let writers = Writers {
        devices,
        commands: commands_of(&stored)?,
        names: crate::own_devices::names(tx, state)?,
        own: state.own_device,
    };
    Ok((document, writers))
}

/// Which command made each change: what is in one item was written at once, and so was what followed in the next
/// place because one item could not hold it.
fn commands_of(stored: &[StoredItem]) -> Result<BTreeMap<ChangeHash, u64>> {
    let mut commands = BTreeMap::new();
    let mut command = 0;
    let mut last: Option<(&StoredItem, usize)> = None;
    for stored in stored {
        let changes = changes_in(stored)?;
        let Some(first) = changes.first() else {
            continue;
        };
        let follows = last.is_some_and(|(before, bytes)| {
            (before.device, before.inc, before.seq + 1) == (stored.device, stored.inc, stored.seq)
                && bytes + in_item(first) > ITEM_BODY_MAX
        });
        command += u64::from(!follows);
        commands.extend(
            changes
                .iter()
                .filter_map(|change| Some((change_name(change)?, command))),
        );
        last = Some((stored, changes.iter().map(|change| in_item(change)).sum()));
    }
    Ok(commands)
}

/// The states of which something can be read: a document is not whole in the middle of a large first write.
fn past(document: &SelfDocument, states: &[PastState]) -> Vec<Past> {
    let readable = states.iter().filter_map(|state| {
        let entry = document.journal_entry_at(&state.heads).ok()?;
        let deleted = document.deleted_at_ms_at(&state.heads).ok()?.is_some();
        Some(Past {
            state: state.clone(),
            entry,
            deleted,
        })
    });
    readable.collect()
}

/// Who wrote in a document.
struct Writers {
    devices: BTreeMap<[u8; 16], DeviceId>,
    commands: BTreeMap<ChangeHash, u64>,
    names: BTreeMap<DeviceId, String>,
    own: DeviceId,
}

impl Writers {
    fn line(&self, before: Option<&Past>, now: &Past) -> EntryStateLineView {
        let device = self.devices.get(&now.state.by).copied();
        let text_before = before.map_or("", |before| &before.entry.text);
        let difference = text_difference(text_before, &now.entry.text);
        let mut changed = parts(before.map(|before| &before.entry), &now.entry);
        if before.is_some_and(|before| before.deleted != now.deleted) {
            changed.push(EntryPart::Deleted);
        }
        EntryStateLineView {
            state: now.state.name(),
            at_ms: now.state.at_ms,
            device,
            device_name: device.and_then(|device| self.names.get(&device).cloned()),
            this_device: device == Some(self.own),
            changed,
            words_added: difference.words_added,
            words_removed: difference.words_removed,
            deleted: now.deleted,
        }
    }
}

/// What differs between two states; for the first one, what it was given.
fn parts(before: Option<&JournalEntry>, now: &JournalEntry) -> Vec<EntryPart> {
    let differs = |same: Option<bool>, given: bool| same.map_or(given, |same| !same);
    let same = |test: fn(&JournalEntry, &JournalEntry) -> bool| before.map(|b| test(b, now));
    let all = [
        (
            EntryPart::Text,
            differs(same(|b, n| b.text == n.text), !now.text.is_empty()),
        ),
        (
            EntryPart::Title,
            differs(same(|b, n| b.title == n.title), now.title.is_some()),
        ),
        (EntryPart::Day, differs(same(|b, n| b.on == n.on), true)),
        (
            EntryPart::Tags,
            differs(same(|b, n| b.tags == n.tags), !now.tags.is_empty()),
        ),
        (
            EntryPart::Mood,
            differs(same(|b, n| b.mood == n.mood), now.mood.is_some()),
        ),
        (
            EntryPart::Goals,
            differs(same(|b, n| b.goals == n.goals), !now.goals.is_empty()),
        ),
        (
            EntryPart::Prompt,
            differs(
                same(|b, n| b.prompt == n.prompt && b.template == n.template),
                now.prompt.is_some() || now.template.is_some(),
            ),
        ),
    ];
    let changed = all.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(part, _)| part).collect()
}
