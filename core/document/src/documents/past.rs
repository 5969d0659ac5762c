//! A document's past (J6): the states it went through, and what it said in each.
//!
//! The changes are the past: nothing besides is kept for it. What an erased document said is gone with its changes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use automerge::{Change, ReadDoc};
use belay_protocol::DocKind;

use super::draft::DELETED_AT;
use super::fields::Fields;
use super::{Scalar, SelfDocument};
use crate::DocumentError;
use crate::changes::{ActorBytes, ChangeHash, chunk_hash};

/// Digits of each head that name a state; told apart within one document only.
const HEAD_DIGITS: usize = 16;

/// A state that a document went through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastState {
    /// The changes that no other change of it follows, ascending.
    pub heads: Vec<ChangeHash>,
    /// Who wrote what makes it differ from the state before.
    pub by: ActorBytes,
    /// When, in milliseconds since 1970 UTC by the writer's clock, in whole seconds; `None` where the change does not say.
    pub at_ms: Option<i64>,
}

impl PastState {
    /// How a person's programs name it: the beginnings of its heads.
    #[must_use]
    pub fn name(&self) -> String {
        let heads: Vec<String> = self.heads.iter().map(short).collect();
        heads.join(".")
    }
}

fn short(head: &ChangeHash) -> String {
    let mut digits: String = head.0.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.truncate(HEAD_DIGITS);
    digits
}

/// A change as far as its place in the past goes.
struct Node {
    hash: ChangeHash,
    by: ActorBytes,
    seconds: i64,
    parents: Vec<ChangeHash>,
}

/// The name of a change as an item carries it; `None` for bytes that are none.
#[must_use]
pub fn change_name(bytes: &[u8]) -> Option<ChangeHash> {
    chunk_hash(bytes).ok()
}

impl SelfDocument {
    /// Every state, oldest first. Changes of one number in `commands` were made at once and are one state; one that is
    /// not named there is a state by itself. What devices wrote at the same time stands in the order of their clocks,
    /// so that all devices that hold the same changes tell the same past.
    #[must_use]
    pub fn states(&self, commands: &BTreeMap<ChangeHash, u64>) -> Vec<PastState> {
        let mut states: Vec<PastState> = Vec::new();
        let mut last_command = None;
        let mut frontier = BTreeSet::new();
        for node in self.in_order() {
            for parent in &node.parents {
                frontier.remove(parent);
            }
            frontier.insert(node.hash);
            let at_ms = (node.seconds != 0).then(|| node.seconds.saturating_mul(1000));
            let heads = frontier.iter().copied().collect();
            let state = PastState {
                heads,
                by: node.by,
                at_ms,
            };
            let command = commands.get(&node.hash).copied();
            if command.is_some() && command == last_command {
                states.pop();
            }
            last_command = command;
            states.push(state);
        }
        states
    }

    /// The state of that name; `None` where this document has none such.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<Vec<ChangeHash>> {
        let known: HashMap<String, ChangeHash> = self
            .in_order()
            .into_iter()
            .map(|node| (short(&node.hash), node.hash))
            .collect();
        name.split('.')
            .map(|head| known.get(head).copied())
            .collect()
    }

    /// The name of the state it is in now.
    #[must_use]
    pub fn state_name(&self) -> String {
        let heads: Vec<String> = self.heads().iter().map(short).collect();
        heads.join(".")
    }

    /// The state in which it was while only what `written` accepts was there, by the times of the changes (in whole
    /// seconds; 0 where one does not say): whatever stands upon something later is later, too. `None` where nothing
    /// was written yet.
    #[must_use]
    pub fn heads_where(&self, written: impl Fn(i64) -> bool) -> Option<Vec<ChangeHash>> {
        let mut there = BTreeSet::from([self.history().genesis().hash]);
        let mut frontier = BTreeSet::new();
        for node in self.in_order() {
            let in_time = written(node.seconds.saturating_mul(1000));
            if !in_time || !node.parents.iter().all(|parent| there.contains(parent)) {
                continue;
            }
            for parent in &node.parents {
                frontier.remove(parent);
            }
            there.insert(node.hash);
            frontier.insert(node.hash);
        }
        (!frontier.is_empty()).then(|| frontier.into_iter().collect())
    }

    /// The document as it was in a state, to be read.
    ///
    /// # Errors
    /// `Damaged` where one of the heads is not among its changes.
    pub fn as_of(&self, heads: &[ChangeHash]) -> Result<Self, DocumentError> {
        let changes = self.document().get_changes(&[]);
        let by_hash: BTreeMap<[u8; 32], &Change> = changes
            .iter()
            .map(|change| (change.hash().0, change))
            .collect();
        let genesis = self.history().genesis().hash.0;
        let mut wanted: BTreeSet<[u8; 32]> = BTreeSet::new();
        let mut open: Vec<[u8; 32]> = heads.iter().map(|head| head.0).collect();
        while let Some(hash) = open.pop() {
            if hash == genesis || !wanted.insert(hash) {
                continue;
            }
            let change = by_hash.get(&hash).ok_or(DocumentError::Damaged)?;
            open.extend(change.deps().iter().map(|parent| parent.0));
        }
        let kept: Vec<&[u8]> = changes
            .iter()
            .filter(|change| wanted.contains(&change.hash().0))
            .map(Change::raw_bytes)
            .collect();
        Self::load(self.kind(), &kept)
    }

    /// The changes after the genesis, each after its parents and else by time.
    fn in_order(&self) -> Vec<Node> {
        let genesis = self.history().genesis().hash;
        let changes = self.document().get_changes(&[]);
        let mut nodes: HashMap<ChangeHash, Node> = HashMap::new();
        let mut children: HashMap<ChangeHash, Vec<ChangeHash>> = HashMap::new();
        let mut missing: HashMap<ChangeHash, usize> = HashMap::new();
        let mut ready = BinaryHeap::new();
        for change in &changes {
            let hash = ChangeHash(change.hash().0);
            let Ok(by) = ActorBytes::try_from(change.actor_id().to_bytes()) else {
                continue;
            };
            if hash == genesis {
                continue;
            }
            let parents: Vec<ChangeHash> = change
                .deps()
                .iter()
                .map(|parent| ChangeHash(parent.0))
                .collect();
            let open = parents.iter().filter(|parent| **parent != genesis).count();
            for parent in &parents {
                children.entry(*parent).or_default().push(hash);
            }
            let seconds = change.timestamp();
            if open == 0 {
                ready.push(Reverse((seconds, hash)));
            }
            missing.insert(hash, open);
            nodes.insert(
                hash,
                Node {
                    hash,
                    by,
                    seconds,
                    parents,
                },
            );
        }
        let mut ordered = Vec::with_capacity(nodes.len());
        while let Some(Reverse((_, hash))) = ready.pop() {
            let Some(node) = nodes.remove(&hash) else {
                continue;
            };
            ordered.push(node);
            for child in children.remove(&hash).unwrap_or_default() {
                let Some(open) = missing.get_mut(&child) else {
                    continue;
                };
                *open -= 1;
                if let (0, Some(node)) = (*open, nodes.get(&child)) {
                    ready.push(Reverse((node.seconds, child)));
                }
            }
        }
        ordered
    }

    /// The fields as they were in a state, if the document is of that kind and this program knows its schema.
    pub(super) fn fields_of_at(
        &self,
        kind: DocKind,
        heads: &[ChangeHash],
    ) -> Result<Fields, DocumentError> {
        if self.kind() != kind {
            return Err(DocumentError::WrongKind);
        }
        let fields = self
            .document()
            .map_range_at(self.fields_object(), .., &theirs(heads));
        let fields = Fields(
            fields
                .map(|item| {
                    let value = Scalar::from_value(&item.value.into_value());
                    (item.key.into_owned(), value)
                })
                .collect(),
        );
        fields.check_schema()?;
        Ok(fields)
    }

    /// The text as it was in a state.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn text_at(&self, heads: &[ChangeHash]) -> Result<String, DocumentError> {
        match self.text_object() {
            Some(text) => Ok(self.document().text_at(text, &theirs(heads))?),
            None => Ok(String::new()),
        }
    }

    /// When it was deleted, as of a state; `None` where it was not.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` when something else stands there.
    pub fn deleted_at_ms_at(&self, heads: &[ChangeHash]) -> Result<Option<i64>, DocumentError> {
        self.fields_of_at(self.kind(), heads)?.int(DELETED_AT)
    }
}

fn theirs(heads: &[ChangeHash]) -> Vec<automerge::ChangeHash> {
    heads
        .iter()
        .map(|head| automerge::ChangeHash(head.0))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use belay_model::{DayStart, JournalEntry};

    use super::super::Draft;
    use super::super::document_tests::{PHONE, TABLET, deliver, moment};
    use super::*;

    const KIND: DocKind = DocKind::JournalEntry;
    const AT: i64 = 1_772_571_600_000;

    fn write(document: &mut SelfDocument, by: ActorBytes, at_ms: i64, text: &str) -> Vec<Vec<u8>> {
        let now = document.text().unwrap();
        let draft = Draft::new().edit_entry_text(&now, &now, text);
        document.write(&by, at_ms, &draft).unwrap()
    }

    fn begun(text: &str) -> (SelfDocument, SelfDocument) {
        let on = "2026-03-03".parse().unwrap();
        let entry = JournalEntry::new(on, text.to_owned(), moment(), DayStart::MIDNIGHT);
        let mut phone = SelfDocument::new(KIND).unwrap();
        let draft = Draft::new().journal_entry(&entry, &phone).unwrap();
        let changes = phone.write(&PHONE, AT, &draft).unwrap();
        (phone, SelfDocument::load(KIND, &changes).unwrap())
    }

    fn at_once(changes: &[Vec<u8>]) -> BTreeMap<ChangeHash, u64> {
        let names = changes.iter().map(|change| change_name(change).unwrap());
        names.map(|name| (name, 1)).collect()
    }

    fn states(document: &SelfDocument) -> Vec<PastState> {
        let begun: Vec<Vec<u8>> = document
            .document()
            .get_changes(&[])
            .iter()
            .skip(1)
            .take(2)
            .map(|change| change.raw_bytes().to_vec())
            .collect();
        document.states(&at_once(&begun))
    }

    fn texts(document: &SelfDocument) -> Vec<String> {
        let states = states(document);
        let texts = states
            .iter()
            .map(|state| document.text_at(&state.heads).unwrap());
        texts.collect()
    }

    #[test]
    fn every_state_of_a_text_is_there_and_reads_as_it_was() {
        let (mut phone, _) = begun("We walked.");
        write(&mut phone, PHONE, AT + 60_000, "We walked far.");
        write(&mut phone, PHONE, AT + 120_000, "");
        let expected = ["We walked.", "We walked far.", ""];
        assert_eq!(texts(&phone), expected);
        let states = states(&phone);
        for (state, text) in states.iter().zip(expected) {
            assert_eq!(phone.state(&state.name()).unwrap(), state.heads);
            assert_eq!(phone.as_of(&state.heads).unwrap().text().unwrap(), text);
            assert_eq!(phone.journal_entry_at(&state.heads).unwrap().text, text);
        }
        assert_eq!(states[1].at_ms, Some(AT + 60_000));
        for other in [
            "",
            "x",
            "0123456789abcdef",
            &format!("{}.", states[0].name()),
        ] {
            assert_eq!(phone.state(other), None, "{other}");
        }
    }

    #[test]
    fn a_long_text_that_took_several_changes_is_one_state() {
        let (mut phone, _) = begun("short");
        let changes = write(&mut phone, PHONE, AT + 60_000, &"longer ".repeat(20_000));
        assert!(changes.len() > 1);
        let last = phone.states(&at_once(&changes)).pop().unwrap();
        assert_eq!(last.heads, phone.heads());
        let before = phone.states(&at_once(&changes)).len();
        let apart = phone.states(&BTreeMap::new()).len();
        assert_eq!(apart - before, changes.len() - 1);
    }

    #[test]
    fn two_devices_with_the_same_changes_tell_the_same_past() {
        let (mut phone, mut tablet) = begun("We walked. We rested.");
        let from_tablet = write(&mut tablet, TABLET, AT + 30_000, "We walked. We slept.");
        let from_phone = write(&mut phone, PHONE, AT + 60_000, "We ran. We rested.");
        deliver(&mut phone, TABLET, &from_tablet);
        deliver(&mut tablet, PHONE, &from_phone);
        let later = write(&mut tablet, TABLET, AT + 90_000, "We ran. We slept well.");
        deliver(&mut phone, TABLET, &later);
        assert_eq!(states(&phone), states(&tablet));
        let expected = [
            "We walked. We rested.",
            "We walked. We slept.",
            "We ran. We slept.",
            "We ran. We slept well.",
        ];
        assert_eq!(texts(&phone), expected);
        // Where both stood side by side the state has two heads, and its name leads there on either device.
        let both = &states(&phone)[2];
        assert_eq!(both.heads.len(), 2);
        assert_eq!(tablet.state(&both.name()).unwrap(), both.heads);
    }

    #[test]
    fn a_time_leads_to_what_was_written_until_then() {
        let (mut phone, _) = begun("one");
        write(&mut phone, PHONE, AT + 60_000, "two");
        let until = |end| phone.heads_where(|at| at <= end);
        assert_eq!(until(AT - 1), None);
        let at = |end| phone.text_at(&until(end).unwrap()).unwrap();
        assert_eq!(at(AT), "one");
        assert_eq!(at(AT + 59_999), "one");
        assert_eq!(at(AT + 60_000), "two");
    }

    #[test]
    fn what_stands_upon_something_later_is_later_too_whatever_its_clock_says() {
        let (mut phone, mut tablet) = begun("one");
        let from_phone = write(&mut phone, PHONE, AT + 60_000, "two");
        deliver(&mut tablet, PHONE, &from_phone);
        // The tablet's clock is an hour behind.
        write(&mut tablet, TABLET, AT - 3_600_000, "three");
        let heads = tablet.heads_where(|at| at <= AT + 1).unwrap();
        assert_eq!(tablet.text_at(&heads).unwrap(), "one");
    }
}
