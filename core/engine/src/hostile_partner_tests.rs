//! A valid partner whose program is no honest one sends acts, epochs, wraps, keys and erases in any form and
//! order: no store is ever kept from being opened, shown and written by it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, its numbers are small, and it says its seed"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use belay_crypto::pairing::ComparisonCode;
use belay_crypto::{
    DeviceKey, EpochSecret, ItemDraft, KemKey, KemPublic, RootKey, first_device_id, item_id,
    make_epoch, make_genesis, make_wraps, sign_item,
};
use belay_model::{
    CheckInFields, DeviceId, DocName, Entropy, EpochId, Incarnation, ItemId, SpaceId, make_bytes,
};
use belay_protocol::{
    AckBody, EraseBody, ErasedSlot, Genesis, History, Item, ItemKind, KemStatement, MembershipBody,
    NeedBody, Operation, Policy, Removal, SpaceType,
};
use belay_store::{SecretKind, SpaceState as Standing};
use belay_testkit::SeededEntropy;

use crate::open::{NewPersona, create_space_as};
use crate::sibling_tests::{Kept, Monday};
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Engine, EngineConfig, NewCheckIn, NewPerson};

/// Stores, partners of each, and pages of each partner: what is opened again is every page.
const STORES: u64 = 4;
const PARTNERS: u64 = 8;
const PAGES: u64 = 4;

/// A place in the partner's chain that was used: its number, and what stood before it.
type Used = (u64, u64, [u8; 32]);

/// The partner, in the test's hands.
struct Partner {
    dice: SeededEntropy,
    key: DeviceKey,
    device: DeviceId,
    space: SpaceId,
    ada: (DeviceId, KemPublic),
    acts: Vec<ItemId>,
    epochs: Vec<(EpochId, EpochSecret)>,
    inc: u64,
    seq: u64,
    prev: [u8; 32],
    used: Vec<Used>,
}

fn config(dir: &Path, kept: &Arc<Kept>, seed: u64) -> EngineConfig {
    let mut config = EngineConfig::new(dir, Arc::new(Monday), kept.clone());
    config.entropy = Arc::new(move || Box::new(SeededEntropy::new(seed)));
    config
}

fn genesis(dice: &mut SeededEntropy) -> Genesis {
    let (root, key) = (RootKey::make(dice), DeviceKey::make(dice));
    let kem = KemKey::make(dice).statement(0);
    make_genesis(&root, &key, kem, dice)
}

impl Partner {
    fn pair(engine: &Engine, seed: u64) -> Self {
        let mut dice = SeededEntropy::new(seed);
        let (root, key) = (RootKey::make(&mut dice), DeviceKey::make(&mut dice));
        let kem = KemKey::make(&mut dice).statement(0);
        let theirs = make_genesis(&root, &key, kem, &mut dice);
        let device = first_device_id(&theirs);
        let (space, ada, acts, epochs) = engine
            .write(|session| {
                let root = RootKey::make(session.entropy);
                let policy = Policy {
                    relays: vec!["http://127.0.0.1:9".to_owned()],
                    removal: Removal::Steward,
                    history: History::All,
                };
                let persona = NewPersona::make(&root, session.entropy);
                let sealed = session.seal_person(&persona.genesis, &root)?;
                let space = create_space_as(session, SpaceType::Pair, &persona, policy)?;
                let code = ComparisonCode::derive(&[3; 32]);
                session.add_partner(&space, &theirs, sealed, code)?;
                let own = first_device_id(&persona.genesis);
                let key = persona.kem_key.recipient();
                let state = session.space(&space)?;
                let epochs: Vec<_> = state.keys.ids().collect();
                let epochs = epochs
                    .into_iter()
                    .filter_map(|id| Some((id, state.keys.secret(&id)?.clone())))
                    .collect();
                Ok((space, (own, key), state.membership.leaves(), epochs))
            })
            .unwrap();
        Self {
            dice,
            key,
            device,
            space,
            ada,
            acts,
            epochs,
            inc: 1,
            seq: 1,
            prev: device.to_bytes(),
            used: Vec::new(),
        }
    }

    fn one_of<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.dice.below(from.len() as u64) as usize].clone()
    }

    /// Signs an item at the next place, at a place that is taken, beyond a gap, or in a new incarnation.
    fn item(&mut self, kind: ItemKind, body: Vec<u8>) -> Item {
        let (mut inc, mut seq, mut prev) = (self.inc, self.seq, self.prev);
        let mut next = false;
        match self.dice.below(10) {
            0 | 1 if !self.used.is_empty() => {
                let used = self.used.clone();
                (inc, seq, prev) = self.one_of(&used);
            }
            2 => seq += 1 + self.dice.below(3),
            3 => (inc, seq, prev) = (self.dice.below(6), 1, self.device.to_bytes()),
            _ => next = true,
        }
        let acts = self.acts.clone();
        let mut heads = vec![self.one_of(&acts)];
        if self.dice.below(2) == 0 {
            heads = vec![*acts.last().unwrap()];
        } else if self.dice.below(3) == 0 {
            heads.push(self.one_of(&acts));
            heads.sort_unstable();
            heads.dedup();
        }
        let draft = ItemDraft {
            kind,
            space_id: self.space,
            device_id: self.device,
            inc: Incarnation(inc),
            seq,
            prev,
            hlc: seq << 16,
            heads,
            doc_kind: 0,
            doc_name: DocName::ZERO,
            body,
        };
        let item = sign_item(&self.key, draft, &mut self.dice).unwrap();
        let id = item_id(&item.header);
        self.used.push((inc, seq, prev));
        if next {
            (self.seq, self.prev) = (seq + 1, id.to_bytes());
        }
        if kind == ItemKind::Membership {
            self.acts.push(id);
        }
        item
    }

    fn act(&mut self, operation: Operation) -> Item {
        let body = MembershipBody {
            operation,
            root_signature: None,
        };
        self.item(ItemKind::Membership, body.encode())
    }

    fn garbage(&mut self) -> Vec<u8> {
        let mut bytes = vec![0; self.dice.below(60) as usize];
        self.dice.fill(&mut bytes);
        bytes
    }

    fn wraps(&mut self, epoch: EpochId, secret: &EpochSecret) -> Item {
        let to = [self.ada.clone()];
        let made = make_wraps(secret, &self.space, &epoch, &to, &mut self.dice).unwrap();
        self.item(ItemKind::Wraps, made[0].encode())
    }

    fn erase(&mut self, whose: DeviceId) -> Item {
        let slot = ErasedSlot {
            device_id: whose,
            inc: Incarnation(self.inc),
            seq: 1 + self.dice.below(self.seq + 2),
            item_id: ItemId::from_bytes(make_bytes(&mut self.dice)),
        };
        self.item(ItemKind::Erase, EraseBody { slots: vec![slot] }.encode())
    }

    /// Something that passes, is void, is out of form, or names what is not there.
    fn anything(&mut self) -> Vec<Item> {
        let own = self.device;
        vec![match self.dice.below(17) {
            0 | 1 => self.act(Operation::Merge),
            2 => {
                let genesis = genesis(&mut self.dice);
                self.act(Operation::AddPerson { genesis })
            }
            3 | 4 => {
                let mut genesis = genesis(&mut self.dice);
                genesis.signature[0] ^= 1;
                self.act(Operation::AddPerson { genesis })
            }
            5 | 6 => {
                let epochs = self.epochs.clone();
                let parent = self.one_of(&epochs).0;
                let to = vec![self.ada.0, own];
                let (secret, body) = make_epoch(vec![parent], to, &mut self.dice);
                let item = self.item(ItemKind::Epoch, body.encode());
                let epoch = EpochId::from(item_id(&item.header));
                self.epochs.push((epoch, secret.clone()));
                return vec![item, self.wraps(epoch, &secret)];
            }
            7 => {
                let nowhere = EpochId::from_bytes(make_bytes(&mut self.dice));
                let (_, body) = make_epoch(vec![nowhere], vec![own], &mut self.dice);
                self.item(ItemKind::Epoch, body.encode())
            }
            8 => {
                let epochs = self.epochs.clone();
                let (epoch, other) = (self.one_of(&epochs).0, self.one_of(&epochs).1);
                self.wraps(epoch, &other)
            }
            9 => {
                let secret = EpochSecret::make(&mut self.dice);
                let nowhere = EpochId::from_bytes(make_bytes(&mut self.dice));
                self.wraps(nowhere, &secret)
            }
            10 => {
                let n = self.dice.below(9) as u32;
                let statement = KemKey::make(&mut self.dice).statement(n);
                self.item(ItemKind::Kem, statement.encode())
            }
            11 => {
                let bad = KemStatement {
                    n: u32::MAX,
                    pk: vec![0xff; 1216],
                    max_ver: 1,
                };
                self.item(ItemKind::Kem, bad.encode())
            }
            12 => {
                let whose = self.one_of(&[own, self.ada.0]);
                self.erase(whose)
            }
            13 => {
                let body = AckBody {
                    vector: Vec::new(),
                    removal: None,
                    epoch: EpochId::from_bytes(make_bytes(&mut self.dice)),
                };
                self.item(ItemKind::Ack, body.encode())
            }
            14 => {
                let epochs = self.epochs.clone();
                let epoch_id = self.one_of(&epochs).0;
                self.item(ItemKind::Need, NeedBody { epoch_id }.encode())
            }
            _ => {
                let kind = self.one_of(&[
                    ItemKind::Membership,
                    ItemKind::Epoch,
                    ItemKind::Wraps,
                    ItemKind::Kem,
                    ItemKind::Erase,
                    ItemKind::Ack,
                    ItemKind::Record,
                ]);
                let body = self.garbage();
                self.item(kind, body)
            }
        }]
    }

    /// A page of them, in any order.
    fn page(&mut self) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        while items.len() < 12 {
            items.extend(self.anything());
        }
        for last in (1..items.len()).rev() {
            items.swap(last, self.dice.below(last as u64 + 1) as usize);
        }
        items
    }
}

/// What the graph and the epochs of a space say.
fn known(engine: &Engine, space: &SpaceId) -> (Vec<ItemId>, Vec<EpochId>, Option<EpochId>) {
    engine
        .write(|session| {
            let state = session.space(space)?;
            let epochs = state.epochs.ids().collect();
            Ok((state.membership.leaves(), epochs, state.writing_epoch()))
        })
        .unwrap()
}

fn everything_shows(engine: &Engine, space: &SpaceId, spaces: usize) {
    let status = engine.status().unwrap();
    assert_eq!(status.spaces.len(), spaces);
    for shown in status.spaces {
        assert_eq!(shown.fault, None);
    }
    assert_eq!(engine.partners().unwrap().len(), spaces - 1);
    engine.today().unwrap();
    engine.partner(space).unwrap();
    engine.links().unwrap();
}

#[test]
fn whatever_a_partner_sends_every_space_opens_shows_and_is_written_on() {
    for store in 0..STORES {
        let seed = std::env::var("BELAY_SEED").map_or(store, |seed| seed.parse().unwrap());
        println!("seed {seed}");
        let dir = tempfile::tempdir().unwrap();
        let kept = Arc::new(Kept::default());
        let mut engine =
            Engine::create(config(dir.path(), &kept, seed), NewPerson::default()).unwrap();
        for number in 0..PARTNERS {
            let mut partner = Partner::pair(&engine, seed * 1_000 + number);
            let space = partner.space;
            let spaces = number as usize + 2;
            for page in 0..PAGES {
                let items = partner.page();
                engine
                    .write(|session| {
                        let mut ingested = Ingested::default();
                        for item in &items {
                            session.ingest_item(&space, &item.encode(), None, &mut ingested)?;
                        }
                        Ok(())
                    })
                    .unwrap();
                let before = known(&engine, &space);
                engine.shutdown().unwrap();
                let opening = seed * 1_000_000 + number * 100 + page + 1;
                engine = Engine::open(config(dir.path(), &kept, opening), None).unwrap();
                assert_eq!(known(&engine, &space), before);
                everything_shows(&engine, &space, spaces);
                engine
                    .write_check_in(NewCheckIn {
                        win: Some(format!("page {page}")),
                        audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
                        ..NewCheckIn::default()
                    })
                    .unwrap();
                engine
                    .write(|session| session.rotate_if_owed(&space).map(drop))
                    .unwrap();
            }
            engine.leave(&space).unwrap();
            let standing = engine.read(|tx| Ok(tx.space(space)?.unwrap().state));
            assert_eq!(standing.unwrap(), Standing::Left);
            let before = engine.projection_dump().unwrap();
            engine.rebuild_projection().unwrap();
            assert_eq!(engine.projection_dump().unwrap(), before);
        }
    }
}

#[test]
fn a_space_that_cannot_be_loaded_says_so_and_stops_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let kept = Arc::new(Kept::default());
    let engine = Engine::create(config(dir.path(), &kept, 1), NewPerson::default()).unwrap();
    let [broken, sound] = [1, 2].map(|seed| Partner::pair(&engine, seed).space);
    let damage = |session: &mut crate::session::Session<'_>| {
        let row = session.space(&broken)?.row;
        session
            .tx
            .delete_secret(Some(row), SecretKind::SignSeed, b"")?;
        Ok(())
    };
    engine.write(damage).unwrap();
    engine.shutdown().unwrap();
    let engine = Engine::open(config(dir.path(), &kept, 2), None).unwrap();
    let status = engine.status().unwrap().spaces;
    let faults: Vec<_> = status
        .iter()
        .filter_map(|shown| Some((shown.space, shown.fault.clone()?)))
        .collect();
    assert_eq!(faults, [(broken, "sign-seed".to_owned())]);
    let partners = engine.partners().unwrap();
    let shown: Vec<SpaceId> = partners.iter().map(|partner| partner.space).collect();
    assert_eq!(shown, [sound]);
    assert_eq!(engine.today().unwrap().partners.len(), 1);
    assert_eq!(engine.links().unwrap().len(), 1);
    assert_eq!(
        engine.partner(&broken).unwrap_err(),
        BelayError::Internal { code: "sign-seed" }
    );
    engine.leave(&sound).unwrap();
    engine.delete_everything().unwrap();
}
