//! Worlds as they begin: everybody has a store, own devices are admitted, partners are paired. Made once for each
//! plan; every run begins with a copy.

use std::path::Path;
use std::sync::Arc;

use belay_engine::model::{CheckInFields, DeviceId, SpaceId, TERMS_VERSION};
use belay_engine::{BelayError, Engine, NewOwnDevice, NewPerson, SecretStore, SpaceKindView};
use belay_relay::engine::MemoryEngine;
use belay_testkit::{FakeClock, KeystoreSecrets};
use tempfile::TempDir;

use crate::chance::Chance;
use crate::device::Device;
use crate::network::{Network, ORIGIN};
use crate::plan::Plan;

/// When every run begins: on a Monday morning.
pub const BEGIN_MS: i64 = 1_772_438_400_000;

const NAMES: [&str; 3] = ["Sam", "Mira", "Jonas"];

/// A space of two persons.
#[derive(Debug, Clone, Copy)]
pub struct PairSpace {
    pub id: SpaceId,
    pub persons: [usize; 2],
}

/// A world to copy.
pub struct Template {
    pub plan: Plan,
    pub folder: TempDir,
    pub memory: MemoryEngine,
    pub secrets: Vec<(Vec<u8>, u64)>,
    /// What each device is called among its person's.
    pub ids: Vec<DeviceId>,
    /// The `self` space of each person.
    pub own: Vec<SpaceId>,
    pub pairs: Vec<PairSpace>,
    pub ends_ms: i64,
}

/// A folder in memory where the system has one.
pub fn memory_folder() -> std::io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    let made = tempfile::Builder::new().prefix("belay-").tempdir_in(memory);
    made.or_else(|_| tempfile::tempdir())
}

impl Template {
    /// Makes the world of a plan.
    ///
    /// # Errors
    /// What an engine or the disk refuses: nothing of it is under test here.
    pub async fn make(plan: Plan, seed: u64) -> Result<Self, BelayError> {
        let folder = memory_folder().map_err(|_| BelayError::Unavailable { reason: "folder" })?;
        let mut chance = Chance::of(seed, 1);
        let clock = FakeClock::at(BEGIN_MS, "UTC");
        let network = Network::new(MemoryEngine::new(), clock.clone(), Chance::of(seed, 2));
        let mut devices: Vec<Device> = Vec::new();
        for (number, person) in plan.devices.iter().enumerate() {
            let dir = folder.path().join(number.to_string());
            let secrets: Arc<dyn SecretStore> = Arc::new(KeystoreSecrets::default());
            let mut device = Device::new(*person, number, dir, secrets, BEGIN_MS, chance.seed());
            let config = device.config();
            let first = devices.iter().position(|other| other.person == *person);
            let engine = match first {
                None => Engine::create(
                    config,
                    NewPerson {
                        display_name: NAMES.get(*person).map(|name| (*name).to_owned()),
                        ..NewPerson::default()
                    },
                )?,
                Some(_) => Engine::create_own_device(config, NewOwnDevice::default())?,
            };
            device.adopt(engine, &network);
            devices.push(device);
            match first {
                None => begin(&devices[number], plan.devices, *person)?,
                Some(first) => admit(&devices[first], &devices[number])?,
            }
        }
        let mut pairs = Vec::new();
        for (a, b) in plan.pairs {
            let id = pair(&devices[*a], &devices[*b]).await?;
            pairs.push(PairSpace {
                id,
                persons: [devices[*a].person, devices[*b].person],
            });
        }
        for _ in 0..4 {
            for device in &devices {
                open(device)?.sync(&|_| {}).await?;
            }
        }
        let persons = plan.devices.iter().max().map_or(0, |last| last + 1);
        let mut own = Vec::new();
        for person in 0..persons {
            let first = devices.iter().find(|device| device.person == person);
            own.push(self_space(open(first.ok_or(BelayError::Closed)?)?)?);
        }
        let mut secrets = Vec::new();
        let mut ids = Vec::new();
        for device in &mut devices {
            let own = open(device)?.own_devices()?;
            let this = own.iter().find(|view| view.this_device);
            ids.push(this.ok_or(BelayError::Closed)?.device);
            device.close()?;
            let secret = device.secrets.load()?.unwrap_or_default();
            secrets.push((secret, device.secrets.opens()?.unwrap_or(0)));
        }
        Ok(Self {
            plan,
            memory: network.memory().copied(),
            folder,
            secrets,
            ids,
            own,
            pairs,
            ends_ms: BEGIN_MS,
        })
    }
}

fn open(device: &Device) -> Result<&Engine, BelayError> {
    device.open_engine().ok_or(BelayError::Closed)
}

fn begin(device: &Device, persons: &[usize], person: usize) -> Result<(), BelayError> {
    let engine = open(device)?;
    engine.agree_to_share(TERMS_VERSION)?;
    engine.set_relay(Some(ORIGIN), false)?;
    if persons.iter().filter(|other| **other == person).count() > 1 {
        engine.set_self_copy(true)?;
    }
    Ok(())
}

fn admit(first: &Device, new: &Device) -> Result<(), BelayError> {
    let (first, new) = (open(first)?, open(new)?);
    let welcome = first.admit_own_device(&new.own_device_bundle()?, "another")?;
    new.join_own_devices(&welcome)?;
    new.set_relay(Some(ORIGIN), false)
}

async fn pair(a: &Device, b: &Device) -> Result<SpaceId, BelayError> {
    let (a, b) = (open(a)?, open(b)?);
    let invitation = a.invite().await?;
    let (shown, scanned) = tokio::join!(
        a.await_partner(&invitation.id),
        b.accept_invitation(&invitation.text)
    );
    let space = shown?.partner.space;
    scanned?;
    for engine in [a, b] {
        engine.mark_compared(&space, true)?;
        engine.set_usual_fields(&space, CheckInFields::all())?;
    }
    Ok(space)
}

/// The space of a person's own devices.
pub fn self_space(engine: &Engine) -> Result<SpaceId, BelayError> {
    let spaces = engine.status()?.spaces;
    let own = spaces
        .into_iter()
        .find(|space| space.kind == SpaceKindView::Own);
    own.map(|space| space.space).ok_or(BelayError::Closed)
}
