//! A person's engine as the driver runs it and as the tests look at it after a crash.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use belay_crypto::{PasscodeParameters, unwrap_store_key, wrap_store_key};
use belay_e2e::{Companion, TestRelay};
use belay_engine::model::{CheckInFields, DocName, OutcomeStatus, Schedule, TERMS_VERSION};
use belay_engine::{
    BelayError, Clock, Engine, EngineConfig, NewCheckIn, NewGoal, NewOutcome, NewPerson,
    SecretStore,
};
use belay_store::KeyFile;
use belay_testkit::{FakeClock, SeededEntropy};

use crate::{FolderKeystore, Model, Step};

/// Noon of a day.
const NOON_MS: i64 = 1_780_315_200_000;

/// How much later each process begins than the one before: no two write at one moment, and all of a test is
/// one civil day.
const BETWEEN_MS: i64 = 5_000;

/// More than any run writes.
const ALL: usize = 100_000;

/// Someone whose store is in `root/store` and whose keystore is in `root/keystore`.
pub struct Person {
    engine: Engine,
    clock: FakeClock,
    keystore: FolderKeystore,
    passphrase: Option<String>,
    check_ins: BTreeMap<u64, DocName>,
    goals: BTreeMap<String, DocName>,
}

fn clock(root: &Path) -> FakeClock {
    let opens = FolderKeystore::new(&root.join("keystore")).opens();
    let opens = opens.ok().flatten().unwrap_or(0).cast_signed();
    FakeClock::at(NOON_MS + opens * BETWEEN_MS, "Europe/Lisbon")
}

fn config(root: &Path, clock: &FakeClock, seed: u64) -> EngineConfig {
    let keystore = FolderKeystore::new(&root.join("keystore"));
    let mut config = EngineConfig::new(
        root.join("store"),
        Arc::new(clock.clone()),
        Arc::new(keystore),
    );
    config.entropy = Arc::new(move || Box::new(SeededEntropy::new(seed)));
    config
}

impl Person {
    /// Whether there is a store.
    #[must_use]
    pub fn exists(root: &Path) -> bool {
        Engine::exists(&root.join("store"))
    }

    /// Makes the store. `seed` decides every random byte.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn create(root: &Path, seed: u64) -> Result<Self, BelayError> {
        let clock = clock(root);
        let new = NewPerson {
            display_name: Some("Ada".to_owned()),
            ..NewPerson::default()
        };
        let engine = Engine::create(config(root, &clock, seed), new)?;
        engine.agree_to_share(TERMS_VERSION)?;
        Ok(Self::around(engine, clock, root, None))
    }

    /// Opens the store. `seed` must be another one each time: it decides the names of new documents.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn open(root: &Path, seed: u64, passphrase: Option<&str>) -> Result<Self, BelayError> {
        let clock = clock(root);
        let engine = Engine::open(config(root, &clock, seed), passphrase)?;
        Ok(Self::around(engine, clock, root, passphrase))
    }

    fn around(engine: Engine, clock: FakeClock, root: &Path, passphrase: Option<&str>) -> Self {
        let number = |text: &str| text.split(':').next().unwrap().parse::<u64>().unwrap();
        let check_ins = engine.check_ins(ALL).unwrap().into_iter();
        let goals = engine.goals().unwrap().into_iter();
        Self {
            check_ins: check_ins
                .map(|view| (number(&view.check_in.note.unwrap()), view.name))
                .collect(),
            goals: goals.map(|view| (view.goal.title, view.name)).collect(),
            clock,
            keystore: FolderKeystore::new(&root.join("keystore")),
            passphrase: passphrase.map(str::to_owned),
            engine,
        }
    }

    /// Makes a store that shares everything with a partner: then each write is several items, copies and
    /// places in the outbox.
    ///
    /// # Panics
    /// When the pairing does not come about.
    pub async fn create_paired(root: &Path, seed: u64) {
        let ada = Self::create(root, seed).unwrap();
        let relay = TestRelay::start(&ada.clock).await;
        let sam = Companion::new("Sam", &ada.clock, seed + 1);
        for engine in [&ada.engine, &*sam.engine] {
            engine.set_relay(Some(relay.origin()), false).unwrap();
        }
        let invitation = ada.engine.invite().await.unwrap();
        let (paired, accepted) = tokio::join!(
            ada.engine.await_partner(&invitation.id),
            sam.engine.accept_invitation(&invitation.text),
        );
        let space = paired.unwrap().partner.space;
        accepted.unwrap();
        ada.engine.mark_compared(&space, true).unwrap();
        ada.engine
            .set_usual_fields(&space, CheckInFields::all())
            .unwrap();
        ada.engine.shutdown().unwrap();
    }

    /// What the store holds, as far as screens show it.
    ///
    /// # Panics
    /// When it cannot be read.
    #[must_use]
    pub fn model(&self) -> Model {
        let mut model = Model::default();
        let partners = self.engine.partners().unwrap().len();
        for view in self.engine.check_ins(ALL).unwrap() {
            let text = view.check_in.note.unwrap();
            assert_eq!(view.shared_with.len(), partners, "its copies are there");
            let on_its_way = view.shared_with.iter().all(|with| with.delivery.is_some());
            assert!(on_its_way, "and wait to be sent");
            let number = text.split(':').next().unwrap().parse().unwrap();
            model.seen.check_ins.insert(number, text);
        }
        for view in self.engine.goals().unwrap() {
            if view.today.is_some() {
                model.seen.outcomes.insert(view.goal.title.clone());
            }
            model.seen.goals.insert(view.goal.title);
        }
        model
    }

    /// Does a step.
    ///
    /// # Panics
    /// When the engine refuses.
    pub fn perform(&mut self, step: &Step) {
        self.clock.advance_ms(1);
        let said = |text: &str| NewCheckIn {
            note: Some(text.to_owned()),
            ..NewCheckIn::default()
        };
        match step {
            Step::Goal { title } => {
                let goal = NewGoal {
                    title: title.clone(),
                    schedule: Schedule::Daily,
                    why: None,
                    audience: BTreeMap::new(),
                    ..NewGoal::default()
                };
                let name = self.engine.add_goal(goal).unwrap().name;
                self.goals.insert(title.clone(), name);
            }
            Step::CheckIn {
                number,
                text,
                outcome_of,
            } => {
                let outcome = outcome_of.iter().map(|title| NewOutcome {
                    goal: self.goals[title],
                    on: None,
                    status: OutcomeStatus::Done,
                    note: None,
                    reason: None,
                    amount: None,
                });
                let new = NewCheckIn {
                    outcomes: outcome.collect(),
                    ..said(text)
                };
                let name = self.engine.write_check_in(new).unwrap().name;
                self.check_ins.insert(*number, name);
            }
            Step::Edit { number, text } => {
                let name = &self.check_ins[number];
                self.engine.edit_check_in(name, said(text)).unwrap();
            }
            Step::TakeBack { number } => {
                self.engine.undo_check_in(&self.check_ins[number]).unwrap();
            }
            Step::BringBack { number } => {
                let name = &self.check_ins[number];
                self.engine.restore_check_in(name).unwrap();
            }
            Step::Checkpoint => self.engine.checkpoint().unwrap(),
            Step::Passphrase { text } => self.change_passphrase(text),
            Step::Create | Step::Migrate => panic!("not a step of an open store"),
        }
    }

    /// Wraps the store's key anew and replaces the key file.
    fn change_passphrase(&mut self, text: &str) {
        // Costs next to nothing: this is about files.
        let parameters = PasscodeParameters {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        };
        let wrapped = KeyFile::read(self.engine.dir()).unwrap();
        let secret = self.keystore.load().unwrap().unwrap();
        let key = unwrap_store_key(&wrapped, &secret, self.passphrase.as_deref()).unwrap();
        let seed = self.clock.now_ms().cast_unsigned();
        let new = wrap_store_key(
            &key,
            &secret,
            Some((text, parameters)),
            None,
            &mut SeededEntropy::new(seed),
        );
        KeyFile::replace(self.engine.dir(), &new.unwrap()).unwrap();
        self.passphrase = Some(text.to_owned());
    }

    /// Drops what screens read and makes it again from the signed items.
    ///
    /// # Panics
    /// When that gives anything else.
    pub fn check_projection(&self) {
        let before = self.engine.projection_dump().unwrap();
        self.engine.rebuild_projection().unwrap();
        assert_eq!(self.engine.projection_dump().unwrap(), before);
    }

    /// Closes the store.
    ///
    /// # Panics
    /// When the disk refuses.
    pub fn leave(self) {
        self.engine.shutdown().unwrap();
    }
}
