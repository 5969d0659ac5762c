//! People with stores in folders, and how two of them become partners.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use belay_engine::{Engine, EngineConfig, NewOwnDevice, NewPerson};
use belay_model::{SpaceId, TERMS_VERSION};
use belay_relay::{Relay, RelayConfig, RunningRelay};
use belay_testkit::FakeClock;
use tempfile::TempDir;

use crate::Outcome;
use crate::file_secrets::FileSecrets;
use crate::home::Home;

/// 2016-11-22T18:30:00Z: ten years before the day the first table was made.
pub const START_MS: i64 = 1_479_839_400_000;

/// Where everybody lives.
pub const ZONE: &str = "Europe/Berlin";

/// A person with an open store.
pub struct Person {
    /// Their engine.
    pub engine: Engine,
    /// Their clock.
    pub clock: FakeClock,
    folder: PathBuf,
}

impl Person {
    /// Makes a store in a folder that is there.
    pub fn create(folder: &Path, name: &str, clock: &FakeClock) -> Outcome<Self> {
        let new = NewPerson {
            display_name: Some(name.to_owned()),
            ..NewPerson::default()
        };
        let engine = Engine::create(config(folder, clock), new)?;
        engine.agree_to_share(TERMS_VERSION)?;
        Ok(Self {
            engine,
            clock: clock.clone(),
            folder: folder.to_owned(),
        })
    }

    /// Makes a further device of somebody in a folder that is there; it waits to be admitted.
    pub fn further_device(folder: &Path, clock: &FakeClock) -> Outcome<Self> {
        let new = NewOwnDevice::default();
        Ok(Self {
            engine: Engine::create_own_device(config(folder, clock), new)?,
            clock: clock.clone(),
            folder: folder.to_owned(),
        })
    }

    /// Opens the store in a folder.
    pub fn open(folder: &Path, clock: &FakeClock) -> Outcome<Self> {
        Ok(Self {
            engine: Engine::open(config(folder, clock), None)?,
            clock: clock.clone(),
            folder: folder.to_owned(),
        })
    }

    /// The folder with the store and its secret.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The space of the one partner.
    pub fn space(&self) -> Outcome<SpaceId> {
        let partners = self.engine.partners()?;
        let partner = partners.first().ok_or("there is no partner")?;
        Ok(partner.space)
    }

    /// Syncs once and takes no trouble.
    pub async fn sync(&self) -> Outcome<()> {
        let report = self.engine.sync(&|_| {}).await?;
        match report.troubles.first() {
            Some(trouble) => Err(format!("sync: {}", trouble.code).into()),
            None => Ok(()),
        }
    }
}

/// Where the store is within a person's folder.
pub fn store_dir(folder: &Path) -> PathBuf {
    folder.join("store")
}

fn config(folder: &Path, clock: &FakeClock) -> EngineConfig {
    EngineConfig::new(
        store_dir(folder),
        Arc::new(clock.clone()),
        Arc::new(FileSecrets::new(folder)),
    )
}

/// A person with one partner and nothing written, in a folder that goes away with the value.
pub struct Newcomer {
    /// The person.
    pub person: Person,
    _dir: TempDir,
}

impl Newcomer {
    /// Pairs two new people through a relay of their own and forgets the second.
    pub fn make(home: &Home, at_ms: i64) -> Outcome<Self> {
        let dir = home.scratch()?;
        let clock = FakeClock::at(at_ms, ZONE);
        let (person, _) = runtime()?.block_on(async {
            let relay = start_relay(&clock).await?;
            let pair = paired(dir.path(), &clock, &relay.origin().to_string()).await?;
            relay.shutdown().await?;
            Outcome::Ok(pair)
        })?;
        Ok(Self { person, _dir: dir })
    }
}

/// The threads that pairing, syncing and a relay run on.
pub fn runtime() -> Outcome<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?)
}

/// A relay in memory on loopback: what is measured or kept is on the other side.
pub async fn start_relay(clock: &FakeClock) -> Outcome<RunningRelay> {
    Ok(Relay::start(RelayConfig::default(), Arc::new(clock.clone())).await?)
}

/// Makes two people in folders below that one and pairs them.
pub async fn paired(folder: &Path, clock: &FakeClock, relay: &str) -> Outcome<(Person, Person)> {
    let make = |name: &str| {
        let folder = folder.join(name.to_lowercase());
        std::fs::create_dir_all(&folder)?;
        Person::create(&folder, name, clock)
    };
    let (ada, sam) = (make("Ada")?, make("Sam")?);
    for person in [&ada, &sam] {
        person.engine.set_relay(Some(relay), false)?;
    }
    let invitation = ada.engine.invite().await?;
    let (shown, scanned) = tokio::join!(
        ada.engine.await_partner(&invitation.id),
        sam.engine.accept_invitation(&invitation.text),
    );
    let (shown, scanned) = (shown?.partner, scanned?.partner);
    if shown.comparison_words != scanned.comparison_words {
        return Err("the two see different words".into());
    }
    ada.engine.mark_compared(&shown.space, true)?;
    sam.engine.mark_compared(&scanned.space, true)?;
    sam.sync().await?;
    ada.sync().await?;
    Ok((ada, sam))
}
