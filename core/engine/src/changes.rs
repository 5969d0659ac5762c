//! What is stale after a write: which pages show something else now, and which things changed. Never what
//! changed in them.
//!
//! A feed is pulled: whoever is slow is told once of everything since, and nothing waits for them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use belay_model::DocName;
use belay_protocol::{DocKind, Item, ItemKind, SpaceType};
use serde::Serialize;
use tokio::sync::watch;

use crate::engine::Engine;

/// How many names are remembered for feeds that are behind. Who is further behind looks at everything.
const NAMES_KEPT: usize = 256;

/// A part of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeArea {
    /// Own check-ins.
    CheckIns,
    /// Own goals and their outcomes.
    Goals,
    /// The own journal, and the passages given from it.
    Journal,
    /// Something typed that is not written yet.
    Drafts,
    /// Partners, how they stand, and what they shared or answered.
    Partners,
    /// Invitations that have not led to a partnership yet.
    Invitations,
    /// The person's settings, the relay, own people.
    Settings,
    /// The person's devices.
    Devices,
    /// How far shared copies have come.
    Delivery,
    /// How syncing and this device stand. Every write changes it.
    Status,
}

/// What became stale since a feed was last answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeView {
    /// The parts. Empty in a feed's first answer unless something changed since the feed was asked for.
    pub areas: Vec<ChangeArea>,
    /// The names of what changed; empty when that cannot be told, and then everything of the parts is stale.
    pub ids: Vec<DocName>,
    /// How many changes there were since the engine was opened.
    pub revision: u64,
}

/// What one write changed.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    areas: BTreeSet<ChangeArea>,
    names: BTreeSet<DocName>,
    /// Something changed that has no name.
    nameless: bool,
}

impl Touched {
    /// A part changed, and no name says where.
    pub fn part(&mut self, area: ChangeArea) {
        self.areas.insert(area);
        self.nameless = true;
    }

    /// An item was written here or taken in, into a space of this kind.
    pub fn item(&mut self, space: SpaceType, own: bool, doc_kind: DocKind, item: &Item) {
        match item.header.kind {
            ItemKind::Changes | ItemKind::Record => self.document(space, own, doc_kind, item),
            ItemKind::Membership => {
                self.part(ChangeArea::Partners);
                self.part(ChangeArea::Devices);
            }
            ItemKind::Ack => self.part(ChangeArea::Delivery),
            ItemKind::Erase => {
                for area in [
                    ChangeArea::CheckIns,
                    ChangeArea::Goals,
                    ChangeArea::Journal,
                    ChangeArea::Partners,
                    ChangeArea::Delivery,
                ] {
                    self.part(area);
                }
            }
            ItemKind::Epoch | ItemKind::Wraps | ItemKind::Kem | ItemKind::Need => {}
            ItemKind::BlobManifest => self.part(ChangeArea::Journal),
        }
    }

    fn document(&mut self, space: SpaceType, own: bool, doc_kind: DocKind, item: &Item) {
        self.names.insert(item.header.doc_name);
        let own_page = match doc_kind {
            DocKind::CheckIn => Some(ChangeArea::CheckIns),
            DocKind::Goal | DocKind::Outcome => Some(ChangeArea::Goals),
            DocKind::JournalEntry | DocKind::Passage => Some(ChangeArea::Journal),
            DocKind::Settings => Some(ChangeArea::Settings),
            _ => None,
        };
        if space == SpaceType::SelfSpace {
            match own_page {
                Some(ChangeArea::Settings) => {
                    self.areas
                        .extend([ChangeArea::Settings, ChangeArea::Devices]);
                }
                Some(area) => {
                    self.areas.insert(area);
                }
                None => {
                    self.areas.insert(ChangeArea::Partners);
                }
            }
            return;
        }
        self.areas.insert(ChangeArea::Partners);
        if own {
            self.areas.insert(ChangeArea::Delivery);
            self.areas.extend(own_page);
        }
        if doc_kind == DocKind::Response {
            // An answer stands below what it answers, which has a name of its own.
            for area in [ChangeArea::CheckIns, ChangeArea::Goals, ChangeArea::Journal] {
                self.part(area);
            }
        }
    }
}

/// What changed when, as far as feeds may still ask.
#[derive(Debug, Default)]
struct Ledger {
    revision: u64,
    areas: BTreeMap<ChangeArea, u64>,
    names: VecDeque<(u64, DocName)>,
    /// The last revision of which not every name is known.
    nameless: u64,
    closed: bool,
}

impl Ledger {
    fn note(&mut self, touched: Touched) {
        self.revision += 1;
        let Touched {
            areas,
            names,
            nameless,
        } = touched;
        let quiet = areas.is_empty();
        for area in areas.into_iter().chain([ChangeArea::Status]) {
            self.areas.insert(area, self.revision);
        }
        if nameless || quiet {
            self.nameless = self.revision;
        }
        for name in names {
            self.names.push_back((self.revision, name));
        }
        while self.names.len() > NAMES_KEPT {
            if let Some((revision, _)) = self.names.pop_front() {
                self.nameless = self.nameless.max(revision);
            }
        }
    }

    fn since(&self, seen: u64) -> ChangeView {
        let areas = self.areas.iter();
        let names: BTreeSet<DocName> = if self.nameless > seen {
            BTreeSet::new()
        } else {
            let later = self.names.iter().filter(|(revision, _)| *revision > seen);
            later.map(|(_, name)| *name).collect()
        };
        ChangeView {
            areas: areas
                .filter(|(_, revision)| **revision > seen)
                .map(|(area, _)| *area)
                .collect(),
            ids: names.into_iter().collect(),
            revision: self.revision,
        }
    }
}

/// Where writes say what they changed.
#[derive(Debug)]
pub(crate) struct Changes {
    ledger: watch::Sender<Ledger>,
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            ledger: watch::Sender::new(Ledger::default()),
        }
    }
}

impl Changes {
    /// A write was committed.
    pub fn note(&self, touched: Touched) {
        self.ledger.send_modify(|ledger| ledger.note(touched));
    }

    /// Nothing will change any more.
    pub fn close(&self) {
        self.ledger.send_modify(|ledger| ledger.closed = true);
    }
}

/// Tells what became stale, from the moment it was asked for.
#[derive(Debug)]
pub struct ChangeFeed {
    ledger: watch::Receiver<Ledger>,
    seen: u64,
    begun: bool,
}

impl ChangeFeed {
    /// The present revision at first, with what changed since the feed was asked for; then waits for the next
    /// change, and answers with everything that became stale since the answer before. `None` once the engine was
    /// shut down or is gone.
    pub async fn next(&mut self) -> Option<ChangeView> {
        let (seen, begun) = (self.seen, self.begun);
        let is_due = |ledger: &Ledger| ledger.closed || !begun || ledger.revision > seen;
        let view = {
            let ledger = self.ledger.wait_for(is_due).await.ok()?;
            if ledger.closed {
                return None;
            }
            ledger.since(seen)
        };
        self.seen = view.revision;
        self.begun = true;
        Some(view)
    }
}

impl Engine {
    /// A feed of what becomes stale by writes of this engine, its own syncing included. What another program
    /// writes into the same store is not told.
    #[must_use]
    pub fn changes(&self) -> ChangeFeed {
        let ledger = self.changes.ledger.subscribe();
        // From now on, not from the first answer: who asks reads its page at once, and a write may come between.
        let seen = ledger.borrow().revision;
        ChangeFeed {
            ledger,
            seen,
            begun: false,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::{NewCheckIn, NewEntry, SettingsEdit};

    fn entry(text: &str) -> NewEntry {
        NewEntry {
            text: text.to_owned(),
            ..NewEntry::default()
        }
    }

    #[tokio::test]
    async fn a_feed_begins_with_the_present_revision_and_nothing_stale() {
        let (_dir, engine, _) = crate::sibling_tests::person();
        engine.write_entry(entry("before")).unwrap();
        let first = engine.changes().next().await.unwrap();
        assert!(first.areas.is_empty() && first.ids.is_empty());
        assert!(first.revision > 0);
    }

    #[tokio::test]
    async fn a_write_between_asking_and_the_first_answer_is_told() {
        let (_dir, engine, _) = crate::sibling_tests::person();
        let mut feed = engine.changes();
        let entry = engine.write_entry(entry("at once")).unwrap();
        let first = feed.next().await.unwrap();
        assert!(first.areas.contains(&ChangeArea::Journal));
        assert_eq!(first.ids, [entry.name]);
    }

    #[tokio::test]
    async fn a_write_names_its_page_and_what_was_written() {
        let (_dir, engine, _) = crate::sibling_tests::person();
        let mut feed = engine.changes();
        let before = feed.next().await.unwrap().revision;
        let entry = engine.write_entry(entry("a walk")).unwrap();
        let change = feed.next().await.unwrap();
        assert_eq!(change.areas, [ChangeArea::Journal, ChangeArea::Status]);
        assert_eq!(change.ids, [entry.name]);
        assert!(change.revision > before);
        let check_in = engine
            .write_check_in(NewCheckIn {
                note: Some("quiet".to_owned()),
                ..NewCheckIn::default()
            })
            .unwrap();
        let change = feed.next().await.unwrap();
        assert!(change.areas.contains(&ChangeArea::CheckIns), "{change:?}");
        assert!(!change.areas.contains(&ChangeArea::Journal));
        assert!(change.ids.is_empty() || change.ids.contains(&check_in.name));
        let edit = SettingsEdit {
            hold_seconds: Some(5),
            ..SettingsEdit::default()
        };
        engine.edit_settings(edit).unwrap();
        let change = feed.next().await.unwrap();
        assert!(change.areas.contains(&ChangeArea::Settings));
    }

    #[tokio::test]
    async fn whoever_is_slow_is_told_once_of_everything_since() {
        let (_dir, engine, _) = crate::sibling_tests::person();
        let mut feed = engine.changes();
        feed.next().await.unwrap();
        let first = engine.write_entry(entry("one")).unwrap().name;
        let second = engine.write_entry(entry("two")).unwrap().name;
        let change = feed.next().await.unwrap();
        let mut both = vec![first, second];
        both.sort();
        assert_eq!(change.ids, both);
        engine.set_relay(Some("http://127.0.0.1:9"), false).unwrap();
        let change = feed.next().await.unwrap();
        assert!(change.areas.contains(&ChangeArea::Settings));
        assert!(!change.areas.contains(&ChangeArea::Journal));
    }

    #[tokio::test]
    async fn a_write_that_was_refused_changes_nothing() {
        let (_dir, engine, _) = crate::sibling_tests::person();
        let mut feed = engine.changes();
        let before = feed.next().await.unwrap().revision;
        engine.write_entry(entry("  ")).unwrap_err();
        let written = engine.write_entry(entry("after")).unwrap();
        let change = feed.next().await.unwrap();
        assert_eq!(
            (change.revision, &*change.ids),
            (before + 1, &[written.name][..])
        );
    }

    #[tokio::test]
    async fn a_feed_ends_when_the_engine_is_shut_down() {
        let (_dir, engine, _) = crate::sibling_tests::person();
        let mut feed = engine.changes();
        feed.next().await.unwrap();
        engine.shutdown().unwrap();
        assert_eq!(feed.next().await, None);
    }

    #[test]
    fn who_is_too_far_behind_for_names_looks_at_everything() {
        let mut ledger = Ledger::default();
        for number in 0..=NAMES_KEPT as u64 {
            let mut touched = Touched::default();
            touched.areas.insert(ChangeArea::Journal);
            let mut name = [0; 16];
            name[..8].copy_from_slice(&number.to_le_bytes());
            touched.names.insert(DocName::from_bytes(name));
            ledger.note(touched);
        }
        assert!(ledger.since(0).ids.is_empty());
        assert_eq!(ledger.since(1).ids.len(), NAMES_KEPT);
        assert_eq!(
            ledger.since(0).areas,
            [ChangeArea::Journal, ChangeArea::Status]
        );
    }
}
