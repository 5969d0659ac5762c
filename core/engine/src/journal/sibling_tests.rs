//! One journal entry on two own devices: both write offline, one erases while the other writes on.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_crypto::item_id;
use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::DocName;
use belay_protocol::{ChangesBody, DocKind, EraseBody, ErasedSlot, Item, ItemKind};
use proptest::prelude::*;

use crate::sibling_tests::{Tablet, person, take};
use crate::{BelayError, Engine, EntryEdit, EntryQuery, NewEntry, TextChange};

const KIND: DocKind = DocKind::JournalEntry;
const BEGUN: &str = "We walked to the sea. We rested. It rained. 👩‍👩‍👧 कि";

/// Own and a sibling's replica of one entry.
struct Two {
    _dir: tempfile::TempDir,
    phone: Engine,
    tablet: Tablet,
    name: DocName,
    /// What the tablet has.
    copy: SelfDocument,
}

impl Two {
    fn begin() -> Self {
        let (dir, phone, _) = person();
        let tablet = Tablet::add(&phone);
        let new = NewEntry {
            text: BEGUN.to_owned(),
            ..NewEntry::default()
        };
        let name = phone.write_entry(new).unwrap().name;
        let copy = document(&phone, &name);
        Self {
            _dir: dir,
            phone,
            tablet,
            name,
            copy,
        }
    }

    fn text(&self) -> String {
        self.phone.entry(&self.name).unwrap().entry.text
    }

    /// The phone's person makes this of what they see.
    fn type_on_phone(&self, after: &str) {
        let edit = EntryEdit {
            text: Some(TextChange {
                before: self.text(),
                after: after.to_owned(),
            }),
            ..EntryEdit::default()
        };
        self.phone.edit_entry(&self.name, edit).unwrap();
    }

    /// The tablet's person makes this of what they see there; nothing where it says so already.
    fn type_on_tablet(&mut self, after: &str) -> Option<Item> {
        let now = self.copy.text().unwrap();
        let draft = DocumentDraft::new().edit_entry_text(&now, &now, after);
        let actor = self.tablet.actor_of(KIND, &self.name);
        let changes = self.copy.write(&actor, 0, &draft).unwrap();
        if changes.is_empty() {
            return None;
        }
        let body = ChangesBody { changes }.encode();
        Some(
            self.tablet
                .item_of(ItemKind::Changes, KIND, self.name, body),
        )
    }

    fn take(&self, item: &Item) {
        take(&self.phone, &self.tablet.space, item);
    }

    /// The tablet erases what it knows of the entry: the phone's changes, and its own first `known`.
    fn erase_on_tablet(&mut self, known: &[Item]) -> Item {
        let mut slots: Vec<ErasedSlot> = self
            .phone
            .write(|session| {
                let space = session.self_space()?;
                let row = session.document_row(&space, KIND, &self.name)?;
                let mut slots = Vec::new();
                for stored in session.tx.items_of_document(row)? {
                    slots.push(ErasedSlot {
                        device_id: session.tx.device(stored.device)?.id,
                        inc: stored.inc,
                        seq: stored.seq,
                        item_id: stored.item_id,
                    });
                }
                Ok(slots)
            })
            .unwrap();
        slots.extend(known.iter().map(|item| ErasedSlot {
            device_id: item.header.device_id,
            inc: item.header.inc,
            seq: item.header.seq,
            item_id: item_id(&item.header),
        }));
        slots.sort_unstable();
        let body = EraseBody { slots }.encode();
        self.tablet.item_of(ItemKind::Erase, KIND, self.name, body)
    }

    fn assert_gone(&self) {
        let missing = BelayError::NotFound { what: "entry" };
        assert_eq!(self.phone.entry(&self.name).unwrap_err(), missing);
        assert_eq!(self.phone.restore_entry(&self.name).unwrap_err(), missing);
        let listed = self.phone.entries(&EntryQuery::default()).unwrap();
        assert!(listed.entries.is_empty());
        let dump = self.phone.projection_dump().unwrap().join("\n");
        assert!(!dump.contains("walked") && !dump.contains("tablet"));
        self.assert_rebuilds_equal();
    }

    fn assert_rebuilds_equal(&self) {
        let before = self.phone.projection_dump().unwrap();
        self.phone.rebuild_projection().unwrap();
        assert_eq!(self.phone.projection_dump().unwrap(), before);
    }
}

fn document(engine: &Engine, name: &DocName) -> SelfDocument {
    engine
        .write(|session| session.document(KIND, name))
        .unwrap()
}

fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for order in orders(count - 1) {
        for at in 0..=order.len() {
            let mut longer = order.clone();
            longer.insert(at, count - 1);
            all.push(longer);
        }
    }
    all
}

#[test]
fn two_devices_that_edited_one_entry_offline_merge_by_character_in_any_order() {
    for order in orders(3) {
        let mut two = Two::begin();
        let items: Vec<Item> = [
            "We walked to the wide sea. We rested. It rained. 👩‍👩‍👧 कि",
            "We walked to the wide sea. We slept. It rained. 👩‍👩‍👧 कि",
            "We walked to the wide sea. We slept. It rained. 👩‍👩‍👦 की",
        ]
        .iter()
        .filter_map(|text| two.type_on_tablet(text))
        .collect();
        two.type_on_phone("They walked to the sea. We rested. It poured. 👩‍👩‍👧 कि");
        for index in order {
            two.take(&items[index]);
        }
        assert_eq!(
            two.text(),
            "They walked to the wide sea. We slept. It poured. 👩‍👩‍👦 की"
        );
        two.assert_rebuilds_equal();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_two_devices_type_and_however_it_arrives_both_read_the_same(
        typed in proptest::collection::vec((any::<bool>(), "[ab \n.é\u{301}😀क्字]{0,12}"), 1..8),
        turn in 0usize..8,
        backwards in any::<bool>(),
    ) {
        let mut two = Two::begin();
        let mut items = Vec::new();
        for (on_phone, text) in &typed {
            if *on_phone && !text.trim().is_empty() {
                two.type_on_phone(text);
            } else {
                items.extend(two.type_on_tablet(text));
            }
        }
        if backwards {
            items.reverse();
        }
        let length = items.len().max(1);
        items.rotate_left(turn % length);
        for item in &items {
            two.take(item);
        }
        // The tablet takes over what the phone has, in one go.
        let mut expected = two.copy.clone();
        let stored = two.phone.write(|session| {
            let space = session.self_space()?;
            let row = session.document_row(&space, KIND, &two.name)?;
            Ok(session.tx.items_of_document(row)?)
        }).unwrap();
        let mut received = Vec::new();
        for item in &stored {
            let parsed = item.item().unwrap();
            let doc = belay_crypto::doc_id(
                &two.tablet.space,
                &two.phone.write(|session| {
                    let space = session.self_space()?;
                    Ok(session.space(&space)?.own_person)
                }).unwrap(),
                KIND.into(),
                &two.name,
            );
            let actor = belay_crypto::actor_id(&parsed.header.device_id, parsed.header.inc, &doc);
            for change in ChangesBody::parse(parsed.body.as_deref().unwrap()).unwrap().changes {
                received.push((actor, change));
            }
        }
        let received: Vec<([u8; 16], &[u8])> =
            received.iter().map(|(actor, change)| (*actor, change.as_slice())).collect();
        let admission = expected.admit(&received);
        prop_assert!(admission.rejected.is_empty() && admission.waiting.is_empty());
        prop_assert_eq!(two.text(), expected.text().unwrap());
        prop_assert_eq!(document(&two.phone, &two.name).heads(), expected.heads());
    }
}

#[test]
fn an_erased_entry_does_not_come_back_with_an_edit_that_knew_nothing_of_it_in_any_order() {
    for order in orders(3) {
        let mut two = Two::begin();
        let first = two.type_on_tablet("from the tablet").unwrap();
        let erase = two.erase_on_tablet(std::slice::from_ref(&first));
        // Another program on the tablet had not heard of the erasure yet.
        let late = two.type_on_tablet("from the tablet, later").unwrap();
        let items = [first, erase, late];
        for index in order {
            two.take(&items[index]);
        }
        two.assert_gone();
    }
}

#[test]
fn an_entry_erased_here_stays_gone_when_a_siblings_edit_comes() {
    let mut two = Two::begin();
    let late = two.type_on_tablet("from the tablet").unwrap();
    two.phone
        .keep_draft(Some(&two.name), "half a word")
        .unwrap();
    assert!(two.phone.erase_entry(&two.name).unwrap().is_empty());
    two.assert_gone();
    assert!(two.phone.drafts().unwrap().is_empty());
    two.take(&late);
    two.assert_gone();
    let missing = BelayError::NotFound { what: "entry" };
    assert_eq!(two.phone.erase_entry(&two.name).unwrap_err(), missing);
}

#[test]
fn the_thirty_days_of_an_entry_that_was_deleted_under_a_slow_clock_begin_when_it_is_seen_here() {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let mut two = Two::begin();
    let now_ms = two.phone.clock.now_ms();
    let draft = DocumentDraft::new().deleted_at_ms(Some(now_ms - 365 * DAY_MS));
    let actor = two.tablet.actor_of(KIND, &two.name);
    let changes = two.copy.write(&actor, 0, &draft).unwrap();
    let body = ChangesBody { changes }.encode();
    let deleted = two.tablet.item_of(ItemKind::Changes, KIND, two.name, body);
    two.take(&deleted);
    let look = |day: i64| {
        two.phone
            .write(|session| {
                session.now_ms = now_ms + day * DAY_MS;
                session.erase_overdue()
            })
            .unwrap();
        two.phone.deleted_entries().unwrap()
    };
    for day in [0, 2, 4, 29] {
        let deleted = look(day);
        assert_eq!(deleted.len(), 1, "on day {day}");
        assert_eq!(deleted[0].erased_at_ms, now_ms + 30 * DAY_MS);
    }
    assert_eq!(look(31).len(), 1, "overdue for the first time");
    assert!(look(32).is_empty());
    two.assert_gone();
}
