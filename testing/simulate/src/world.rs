//! One run's world.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use belay_engine::{BelayError, Engine, Planted, SecretStore};
use belay_model::SpaceId;
use belay_protocol::DocKind;
use belay_store::faults::{Fate, decide_by};
use belay_testkit::{FakeClock, KeystoreSecrets};
use tempfile::TempDir;

use crate::chance::Chance;
use crate::device::{Device, copy_folder};
use crate::ledger::Ledger;
use crate::network::Network;
use crate::removal::Removal;
use crate::template::{PairSpace, Template, memory_folder};

/// What must not be: found by a property, or an answer that no engine may give.
#[derive(Debug, Clone)]
pub struct Broken(pub String);

/// A step, or a property.
pub type Held<T> = Result<T, Broken>;

/// How a command ended.
pub enum Came<T> {
    /// It was acknowledged.
    Done(T),
    /// It was refused, and nothing of it may be there.
    Refused,
    /// The process ended meanwhile: it may be there, whole, or not.
    Perhaps,
}

/// A commit that goes wrong.
#[derive(Debug, Clone)]
pub struct Order {
    pub dir: PathBuf,
    /// After so many that are made.
    pub after: usize,
    /// How many find the disk full; a process ends once.
    pub times: usize,
    pub fate: Fate,
}

/// One run's world.
pub struct World {
    pub chance: Chance,
    pub now_ms: i64,
    pub relay_clock: FakeClock,
    pub devices: Vec<Device>,
    /// The `self` space of each person.
    pub own: Vec<SpaceId>,
    pub pairs: Vec<PairSpace>,
    pub network: Arc<Network>,
    pub has_relay: bool,
    pub ledger: Ledger,
    pub step: usize,
    /// What was done, for whoever reads of a failure.
    pub log: Vec<String>,
    pub order: Rc<RefCell<Option<Order>>>,
    /// How many commits found the disk full, and how many commands said so.
    pub full: Rc<Cell<usize>>,
    /// A device exists twice.
    pub twins: bool,
    /// Somebody whose program signs what no program should.
    pub hostile: Option<usize>,
    /// The relay was put back to a copy, as a machine's snapshot is, without a word.
    pub went_back: bool,
    /// The relay showed two histories once.
    pub forked: bool,
    /// Nothing went wrong.
    pub is_calm: bool,
    /// Removals of own devices that were asked for.
    pub removals: Vec<Removal>,
    /// Devices that no longer belong, once all is quiet.
    pub out: BTreeSet<usize>,
    /// Devices that know of a thing, by its place in the ledger, that it was taken back from a partner, and from which
    /// person.
    pub told: BTreeSet<(usize, usize, usize)>,
    /// Persons whose devices removed each other where nobody tells either of them.
    pub parted: BTreeSet<usize>,
    /// Persons of whom a removed device did something that only some heard of.
    pub muddled: BTreeSet<usize>,
    /// Texts that partners' screens showed and then did not, by device.
    pub gone: BTreeMap<usize, BTreeSet<String>>,
    pub shown: BTreeMap<usize, BTreeSet<String>>,
    pub folder: TempDir,
    /// Where each device's folder lies as it was at the beginning.
    pub beginnings: Vec<PathBuf>,
}

impl World {
    /// A copy of the template, for this seed; with a bug in every program, if one is planted.
    pub fn begin(template: &Template, seed: u64, bug: Option<Planted>) -> std::io::Result<Self> {
        let mut chance = Chance::of(seed, 3);
        let folder = memory_folder()?;
        let relay_clock = FakeClock::at(template.ends_ms, "UTC");
        let network = Network::new(
            template.memory.copied(),
            relay_clock.clone(),
            Chance::of(seed, 4),
        );
        network.set_down(!template.plan.relay);
        let mut devices = Vec::new();
        let mut beginnings = Vec::new();
        for (number, person) in template.plan.devices.iter().enumerate() {
            let dir = folder.path().join(number.to_string());
            let beginning = template.folder.path().join(number.to_string());
            copy_folder(&beginning, &dir)?;
            beginnings.push(beginning);
            let kept = KeystoreSecrets::default();
            if let Some((secret, opens)) = template.secrets.get(number) {
                let saved = kept.save(secret).and_then(|()| kept.save_opens(*opens));
                saved.map_err(std::io::Error::other)?;
            }
            let secrets: Arc<dyn SecretStore> = Arc::new(kept);
            let mut device = Device::new(
                *person,
                number,
                dir,
                secrets,
                template.ends_ms,
                chance.seed(),
            );
            if let Some(id) = template.ids.get(number) {
                device.id = *id;
            }
            if let Some(bug) = bug {
                device.program.plant(bug);
            }
            devices.push(device);
        }
        if template.own.len() < devices.len() {
            network.keep_tape();
        }
        let order = Rc::new(RefCell::new(None));
        let full = Rc::new(Cell::new(0));
        obey(&order, &full);
        Ok(Self {
            chance,
            now_ms: template.ends_ms,
            relay_clock,
            devices,
            own: template.own.clone(),
            pairs: template.pairs.clone(),
            network,
            has_relay: template.plan.relay,
            ledger: Ledger::default(),
            step: 0,
            log: Vec::new(),
            order,
            full,
            twins: false,
            hostile: None,
            went_back: false,
            forked: false,
            is_calm: true,
            removals: Vec::new(),
            out: BTreeSet::new(),
            told: BTreeSet::new(),
            parted: BTreeSet::new(),
            muddled: BTreeSet::new(),
            gone: BTreeMap::new(),
            shown: BTreeMap::new(),
            folder,
            beginnings,
        })
    }

    /// Notes what is done.
    pub fn say(&mut self, what: impl Into<String>) {
        self.log.push(what.into());
    }

    /// Moves all clocks on.
    pub fn wait_ms(&mut self, by: i64) {
        self.now_ms += by;
        self.relay_clock.set_ms(self.now_ms);
        for device in &self.devices {
            device.clock.set_ms(self.now_ms + device.off_ms);
        }
    }

    /// Whether somebody has the device in hands.
    pub fn is_here(&self, device: usize) -> bool {
        self.devices[device].away_until_ms <= self.now_ms
    }

    /// The engine of a device. A process that ends while it starts is started once more.
    pub fn engine(&mut self, device: usize) -> Held<&Engine> {
        let network = Arc::clone(&self.network);
        for _ in 0..6 {
            match self.devices[device].engine(&network).map(drop) {
                Ok(()) => break,
                Err(error) => self.after_error(device, "open", &error)?,
            }
        }
        let opened = self.devices[device].engine(&network);
        opened.map_err(|error| Broken(format!("device {device} does not open: {error}")))
    }

    /// Runs a command on a device. A process that ended meanwhile is started again, later.
    pub fn command<T>(
        &mut self,
        device: usize,
        what: &str,
        command: impl FnOnce(&Engine) -> Result<T, BelayError>,
    ) -> Held<Came<T>> {
        let result = command(self.engine(device)?);
        self.judge(device, what, result)
    }

    /// Whether the device is the hostile member's.
    pub fn is_hostile(&self, device: usize) -> bool {
        Some(self.devices[device].person) == self.hostile
    }

    /// From now on everything that a person's devices sign may be a lie.
    pub fn turn(&mut self, person: usize) {
        self.say(format!("from here on person {person} is hostile"));
        self.hostile = Some(person);
        for device in self.devices_of(person) {
            let seed = self.chance.seed();
            self.devices[device].program.turn(seed);
        }
    }

    /// A device begins with a program that does not know a kind yet.
    pub fn begin_older(&mut self, device: usize, lacks: Option<DocKind>) {
        self.say(format!("the program of {device} does not know {lacks:?}"));
        self.devices[device].program.set_lacking(lacks);
    }

    /// A device gets the present program, if it did not have it.
    pub fn update(&mut self, device: usize) -> Held<()> {
        if self.devices[device].program.lacks().is_none() {
            return Ok(());
        }
        self.say(format!("{device} gets the present program"));
        self.devices[device].program.set_lacking(None);
        let closed = self.devices[device].close();
        closed.map_err(|error| Broken(format!("device {device} does not close: {error}")))
    }

    /// Judges how a command ended.
    pub fn judge<T>(
        &mut self,
        device: usize,
        what: &str,
        result: Result<T, BelayError>,
    ) -> Held<Came<T>> {
        if self.devices[device].has_ended() {
            self.after_crash(device, what)?;
            return Ok(Came::Perhaps);
        }
        match result {
            Ok(value) => Ok(Came::Done(value)),
            Err(error) => {
                self.after_error(device, what, &error)?;
                Ok(Came::Refused)
            }
        }
    }

    fn after_error(&mut self, device: usize, what: &str, error: &BelayError) -> Held<()> {
        if self.devices[device].has_ended() {
            return self.after_crash(device, what);
        }
        match error {
            error if self.is_hostile(device) => {
                self.say(format!("      the hostile member's own program: {error}"));
                Ok(())
            }
            BelayError::Internal { .. }
            | BelayError::DataDamaged { .. }
            | BelayError::WrongSecret
            | BelayError::NewerData
            | BelayError::Closed
            | BelayError::Locked => Err(Broken(format!("device {device}, {what}: {error}"))),
            BelayError::StorageFull if self.full.replace(0) == 0 => {
                Err(Broken(format!("device {device}, {what}: {error}")))
            }
            error => {
                self.say(format!("      refused: {error}"));
                Ok(())
            }
        }
    }

    fn after_crash(&mut self, device: usize, what: &str) -> Held<()> {
        self.say(format!("      the process of {device} ended in: {what}"));
        let crashed = self.devices[device].crash();
        crashed.map_err(|error| Broken(format!("the simulator's disk: {error}")))
    }

    /// The `self` space or a pair space that two devices both are in by their persons.
    pub fn common_space(&self, a: usize, b: usize) -> Option<SpaceId> {
        let (a, b) = (self.devices[a].person, self.devices[b].person);
        if a == b {
            return self.own.get(a).copied();
        }
        let both = |pair: &&PairSpace| pair.persons.contains(&a) && pair.persons.contains(&b);
        self.pairs.iter().find(both).map(|pair| pair.id)
    }

    /// The spaces of a person with partners.
    pub fn pairs_of(&self, person: usize) -> Vec<PairSpace> {
        let mut pairs = self.pairs.clone();
        pairs.retain(|pair| pair.persons.contains(&person));
        pairs
    }
}

/// From now on this thread's commits go as the order says.
fn obey(order: &Rc<RefCell<Option<Order>>>, full: &Rc<Cell<usize>>) {
    let (order, full) = (Rc::clone(order), Rc::clone(full));
    decide_by(Box::new(move |dir| {
        let mut order = order.borrow_mut();
        let Some(due) = order.as_mut().filter(|due| due.dir == dir) else {
            return Fate::Commits;
        };
        if due.after > 0 {
            due.after -= 1;
            return Fate::Commits;
        }
        let fate = due.fate;
        if fate == Fate::DiskFull {
            full.set(full.get() + 1);
        }
        due.times -= 1;
        if due.times == 0 {
            *order = None;
        }
        fate
    }));
}
