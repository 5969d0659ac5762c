//! One device: a folder, a keystore, a clock, and an engine while the program runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use belay_engine::model::DeviceId;
use belay_engine::{Astray, BelayError, Engine, EngineConfig, SecretStore};
use belay_store::faults;
use belay_testkit::{FakeClock, SeededEntropy};

use crate::network::Network;
use crate::program::Program;
use crate::relay_line::DeviceLine;

/// An older copy of a device's folder.
#[derive(Debug, Clone)]
pub struct OlderCopy {
    pub folder: PathBuf,
    /// At which step it was made.
    pub step: usize,
}

/// A device.
pub struct Device {
    /// Whose it is.
    pub person: usize,
    /// Its place among the devices, which is also its place on the network.
    pub number: usize,
    /// What its person's devices call it.
    pub id: DeviceId,
    pub program: Arc<Program>,
    pub dir: PathBuf,
    pub secrets: Arc<dyn SecretStore>,
    pub clock: FakeClock,
    /// How far its clock is from the truth.
    pub off_ms: i64,
    /// It is in a drawer until then.
    pub away_until_ms: i64,
    /// Decides its random bytes.
    pub seed: u64,
    pub openings: u64,
    pub older: Option<OlderCopy>,
    /// It was put back from an older copy, or is one of two that were made of one: what it wrote may be lost.
    pub gone_back: bool,
    /// Which device it is a copy of.
    pub copy_of: Option<usize>,
    /// Another device of its person asked to remove it.
    pub revoked: bool,
    engine: Option<Engine>,
}

impl Device {
    /// A device that is switched off.
    pub fn new(
        person: usize,
        number: usize,
        dir: PathBuf,
        secrets: Arc<dyn SecretStore>,
        now_ms: i64,
        seed: u64,
    ) -> Self {
        Self {
            person,
            number,
            id: DeviceId::ZERO,
            program: Arc::default(),
            dir,
            secrets,
            clock: FakeClock::at(now_ms, "Europe/Berlin"),
            off_ms: 0,
            away_until_ms: i64::MIN,
            seed,
            openings: 0,
            older: None,
            gone_back: false,
            copy_of: None,
            revoked: false,
            engine: None,
        }
    }

    /// What its engine is opened with.
    pub fn config(&mut self) -> EngineConfig {
        self.openings += 1;
        let seed = self
            .seed
            .wrapping_add(self.openings.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let clock = Arc::new(self.clock.clone());
        let mut config = EngineConfig::new(&self.dir, clock, Arc::clone(&self.secrets));
        config.entropy = Arc::new(move || Box::new(SeededEntropy::new(seed)));
        config.astray = Some(Arc::clone(&self.program) as Arc<dyn Astray>);
        config
    }

    /// The engine, opened if it was not.
    pub fn engine(&mut self, network: &Arc<Network>) -> Result<&Engine, BelayError> {
        if self.engine.is_none() {
            let engine = Engine::open(self.config(), None)?;
            self.adopt(engine, network);
        }
        self.engine.as_ref().ok_or(BelayError::Closed)
    }

    /// Takes an engine that was made for it.
    pub fn adopt(&mut self, engine: Engine, network: &Arc<Network>) {
        engine.reach_relays_by(Arc::new(DeviceLine {
            device: self.number,
            network: Arc::clone(network),
        }));
        self.engine = Some(engine);
    }

    /// The engine, if it is open.
    pub fn open_engine(&self) -> Option<&Engine> {
        self.engine.as_ref()
    }

    /// Whether another device goes on from the same store with the same key.
    pub fn copy_is_in_use(&self) -> bool {
        self.copy_of.is_some()
    }

    /// Whether what is written on it now may count nowhere else: it exists twice, or was removed.
    pub fn may_lose(&self) -> bool {
        self.copy_is_in_use() || self.revoked
    }

    /// Whether its process ended at a commit and was not started again.
    pub fn has_ended(&self) -> bool {
        faults::has_ended(&self.dir)
    }

    /// Ends the program in order.
    pub fn close(&mut self) -> Result<(), BelayError> {
        match self.engine.take() {
            Some(engine) => engine.shutdown(),
            None => Ok(()),
        }
    }

    /// Ends the program as a crash does: what is on the disk at this moment is what the next start finds.
    pub fn crash(&mut self) -> std::io::Result<()> {
        let aside = self.dir.with_extension("crashed");
        copy_folder(&self.dir, &aside)?;
        // Closing tidies up on the old folder, as no crash does.
        self.engine = None;
        std::fs::remove_dir_all(&self.dir)?;
        std::fs::rename(&aside, &self.dir)?;
        faults::start_again(&self.dir);
        Ok(())
    }
}

/// Copies a store's folder as it is; the index of its log is made anew by whoever opens it.
pub fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
