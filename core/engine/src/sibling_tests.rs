//! Changes of an own document that another own device wrote, taken in through the Gate.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::sync::{Arc, Mutex};

use belay_crypto::{DeviceKey, ItemDraft, KemKey, actor_id, device_id, doc_id, item_id, sign_item};
use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::{
    CheckInFields, DeviceId, DocName, Incarnation, ItemId, Mood, PersonId, SpaceId, make_bytes,
};
use belay_protocol::{
    ChangesBody, DeviceCertificate, DocKind, Item, ItemKind, MembershipBody, Operation,
};
use belay_store::{HeldReason, ItemState};

use crate::session::Draft;
use crate::syncing::ingest::Ingested;
use crate::{
    Clock, Engine, EngineConfig, NewCheckIn, NewPerson, Result, SecretStore, SystemEntropy,
};

pub(crate) struct Monday;

impl Clock for Monday {
    fn now_ms(&self) -> i64 {
        1_772_476_200_000
    }

    fn zone_name(&self) -> String {
        "UTC".to_owned()
    }
}

#[derive(Default)]
pub(crate) struct Kept(Mutex<Option<Vec<u8>>>);

impl SecretStore for Kept {
    fn load(&self) -> Result<Option<Vec<u8>>> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn save(&self, secret: &[u8]) -> Result<()> {
        *self.0.lock().unwrap() = Some(secret.to_vec());
        Ok(())
    }

    fn delete(&self) -> Result<()> {
        *self.0.lock().unwrap() = None;
        Ok(())
    }

    fn opens(&self) -> Result<Option<u64>> {
        Ok(None)
    }

    fn save_opens(&self, _opens: u64) -> Result<()> {
        Ok(())
    }
}

/// A second device of the same person, in the test's hands.
pub(crate) struct Tablet {
    key: DeviceKey,
    pub(crate) device: DeviceId,
    person: PersonId,
    pub(crate) space: SpaceId,
    pub(crate) heads: Vec<ItemId>,
    seq: u64,
    prev: [u8; 32],
}

/// An act of the phone that adds a device.
pub(crate) struct Addition {
    space: SpaceId,
    body: MembershipBody,
}

impl Addition {
    /// Lets the phone write it; tells what heads new items name from then on.
    pub(crate) fn append(&self, engine: &Engine) -> Vec<ItemId> {
        engine
            .write(|session| {
                let draft = Draft::control(ItemKind::Membership, self.body.encode());
                session.append(&self.space, draft)?;
                Ok(session.space(&self.space)?.membership.leaves())
            })
            .unwrap()
    }
}

impl Tablet {
    pub(crate) fn add(engine: &Engine) -> Self {
        let (mut tablet, addition) = Self::new(engine);
        tablet.heads = addition.append(engine);
        tablet
    }

    /// A device that the space has not heard of, and the act that would add it.
    pub(crate) fn new(engine: &Engine) -> (Self, Addition) {
        engine
            .write(|session| {
                let space = session.self_space()?;
                let key = DeviceKey::make(session.entropy);
                let kem = KemKey::make(session.entropy).statement(0);
                let random = make_bytes(session.entropy);
                let person = session.space(&space)?.own_person;
                let operation = Operation::AddDevice {
                    certificate: DeviceCertificate {
                        person_id: person,
                        sign_pk: key.public(),
                        random,
                        kem,
                    },
                };
                let body = MembershipBody {
                    operation,
                    root_signature: None,
                };
                let device = device_id(&person, &key.public(), &random);
                let tablet = Self {
                    heads: session.space(&space)?.membership.leaves(),
                    prev: device.to_bytes(),
                    seq: 0,
                    key,
                    device,
                    person,
                    space,
                };
                Ok((tablet, Addition { space, body }))
            })
            .unwrap()
    }

    pub(crate) fn actor(&self, name: &DocName) -> [u8; 16] {
        self.actor_of(DocKind::CheckIn, name)
    }

    pub(crate) fn actor_of(&self, kind: DocKind, name: &DocName) -> [u8; 16] {
        let doc = doc_id(&self.space, &self.person, kind.into(), name);
        actor_id(&self.device, Incarnation(1), &doc)
    }

    pub(crate) fn item(&mut self, name: DocName, changes: Vec<Vec<u8>>) -> Item {
        let body = ChangesBody { changes }.encode();
        self.item_of(ItemKind::Changes, DocKind::CheckIn, name, body)
    }

    pub(crate) fn item_of(
        &mut self,
        kind: ItemKind,
        doc_kind: DocKind,
        doc_name: DocName,
        body: Vec<u8>,
    ) -> Item {
        self.seq += 1;
        let item = sign_item(
            &self.key,
            ItemDraft {
                kind,
                space_id: self.space,
                device_id: self.device,
                inc: Incarnation(1),
                seq: self.seq,
                prev: self.prev,
                hlc: self.seq << 16,
                heads: self.heads.clone(),
                doc_kind: doc_kind.into(),
                doc_name,
                body,
            },
            &mut SystemEntropy,
        )
        .unwrap();
        self.prev = item_id(&item.header).to_bytes();
        item
    }
}

pub(crate) fn person() -> (tempfile::TempDir, Engine, DocName) {
    let dir = tempfile::tempdir().unwrap();
    let config = EngineConfig::new(dir.path(), Arc::new(Monday), Arc::new(Kept::default()));
    let engine = Engine::create(config, NewPerson::default()).unwrap();
    let written = engine
        .write_check_in(NewCheckIn {
            mood: Some(Mood::new(3).unwrap()),
            win: Some("from the phone".to_owned()),
            ..NewCheckIn::default()
        })
        .unwrap();
    (dir, engine, written.name)
}

pub(crate) fn document(engine: &Engine, name: &DocName) -> SelfDocument {
    engine
        .write(|session| session.document(DocKind::CheckIn, name))
        .unwrap()
}

pub(crate) fn take(engine: &Engine, space: &SpaceId, item: &Item) {
    engine
        .write(|session| session.ingest_item(space, &item.encode(), None, &mut Ingested::default()))
        .unwrap();
}

pub(crate) fn counts(engine: &Engine, space: &SpaceId) -> (u64, u64) {
    engine
        .write(|session| {
            let row = session.space(space)?.row;
            let waiting = session
                .tx
                .held_counts(row)?
                .into_iter()
                .filter(|(reason, _, _)| *reason == HeldReason::MissingDependency)
                .map(|(_, count, _)| count)
                .sum();
            let quarantined = session.tx.items_in_state(row, ItemState::Quarantined)?;
            Ok((waiting, quarantined))
        })
        .unwrap()
}

#[test]
fn an_edit_from_a_sibling_merges_by_field_and_rebuilds_equal() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let mut copy = document(&engine, &name);
    let mut edited = copy.check_in().unwrap();
    edited.plan = Some("from the tablet".to_owned());
    let changes = copy
        .write(
            &tablet.actor(&name),
            0,
            &DocumentDraft::new().check_in(&edited),
        )
        .unwrap();
    // Meanwhile the phone edits another field.
    let mut here = NewCheckIn {
        mood: Some(Mood::new(5).unwrap()),
        win: Some("from the phone".to_owned()),
        ..NewCheckIn::default()
    };
    here.note = Some("also from the phone".to_owned());
    engine.edit_check_in(&name, here).unwrap();
    let item = tablet.item(name, changes);
    take(&engine, &tablet.space, &item);
    let merged = engine.check_in(&name).unwrap().check_in;
    assert_eq!(merged.plan.as_deref(), Some("from the tablet"));
    assert_eq!(merged.note.as_deref(), Some("also from the phone"));
    assert_eq!(merged.mood, Some(Mood::new(5).unwrap()));
    let before = engine.projection_dump().unwrap();
    engine.rebuild_projection().unwrap();
    assert_eq!(engine.projection_dump().unwrap(), before);
}

#[test]
fn a_change_whose_past_is_missing_waits_and_is_applied_when_it_comes() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let mut copy = document(&engine, &name);
    let mut items = Vec::new();
    for plan in ["first", "second"] {
        let mut edited = copy.check_in().unwrap();
        edited.plan = Some(plan.to_owned());
        let draft = DocumentDraft::new().check_in(&edited);
        let changes = copy.write(&tablet.actor(&name), 0, &draft).unwrap();
        items.push(tablet.item(name, changes));
    }
    take(&engine, &tablet.space, &items[1]);
    assert_eq!(counts(&engine, &tablet.space), (1, 0));
    assert_eq!(engine.check_in(&name).unwrap().check_in.plan, None);
    take(&engine, &tablet.space, &items[0]);
    assert_eq!(counts(&engine, &tablet.space), (0, 0));
    let merged = engine.check_in(&name).unwrap().check_in;
    assert_eq!(merged.plan.as_deref(), Some("second"));
}

#[test]
fn a_change_the_strict_reader_refuses_is_set_aside_and_the_document_lives_on() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let mut copy = document(&engine, &name);
    let mut edited = copy.check_in().unwrap();
    edited.plan = Some("fine".to_owned());
    let draft = DocumentDraft::new().check_in(&edited);
    let good = copy.write(&tablet.actor(&name), 0, &draft).unwrap();
    let mut bad = good.clone();
    let last = bad[0].len() - 1;
    bad[0][last] ^= 1;
    let bad = tablet.item(name, bad);
    take(&engine, &tablet.space, &bad);
    assert_eq!(counts(&engine, &tablet.space), (0, 1));
    let good = tablet.item(name, good);
    take(&engine, &tablet.space, &good);
    let merged = engine.check_in(&name).unwrap().check_in;
    assert_eq!(merged.plan.as_deref(), Some("fine"));
}

#[test]
fn a_document_that_cannot_be_read_yet_is_kept_and_stops_nothing() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let check_in = document(&engine, &name).check_in().unwrap();
    let other = DocName::from_bytes([7; 16]);
    let mut half = SelfDocument::new(DocKind::CheckIn).unwrap();
    let actor = tablet.actor(&other);
    // The audience comes before the day and the words.
    let audience =
        DocumentDraft::new().share_check_in(&tablet.space, CheckInFields::empty(), &half);
    for draft in [audience, DocumentDraft::new().check_in(&check_in)] {
        assert!(engine.check_in(&other).is_err());
        let changes = half.write(&actor, 0, &draft).unwrap();
        let item = tablet.item(other, changes);
        take(&engine, &tablet.space, &item);
    }
    assert_eq!(counts(&engine, &tablet.space), (0, 0));
    assert_eq!(engine.check_in(&other).unwrap().check_in.win, check_in.win);
}
