//! One person's store in a temporary folder.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its own part; a test may stop at the first surprise"
)]

use std::path::PathBuf;
use std::sync::Arc;

use belay_engine::model::Mood;
use belay_engine::{Engine, EngineConfig, NewCheckIn, NewPerson, Result};
use belay_testkit::{FakeClock, KeystoreSecrets, SeededEntropy};
use tempfile::TempDir;

/// 2026-03-02T18:30:00Z, a Monday.
pub const START_MS: i64 = 1_772_476_200_000;

/// A folder, a clock and a keystore, with or without a store in it.
pub struct Place {
    pub dir: TempDir,
    pub clock: FakeClock,
    pub secrets: KeystoreSecrets,
}

impl Place {
    pub fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            clock: FakeClock::at(START_MS, "Europe/Berlin"),
            secrets: KeystoreSecrets::default(),
        }
    }

    pub fn store(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    pub fn config(&self, seed: u64) -> EngineConfig {
        let mut config = EngineConfig::new(
            self.store(),
            Arc::new(self.clock.clone()),
            Arc::new(self.secrets.clone()),
        );
        config.entropy = Arc::new(move || Box::new(SeededEntropy::new(seed)));
        config
    }

    pub fn create(&self, passphrase: Option<&str>) -> Engine {
        let new = NewPerson {
            display_name: Some("Ada".to_owned()),
            passphrase: passphrase.map(str::to_owned),
            ..NewPerson::default()
        };
        Engine::create(self.config(1), new).unwrap()
    }

    pub fn open(&self, passphrase: Option<&str>) -> Result<Engine> {
        Engine::open(self.config(2), passphrase)
    }
}

/// A small check-in.
pub fn evening(win: &str) -> NewCheckIn {
    NewCheckIn {
        mood: Some(Mood::new(3).unwrap()),
        win: Some(win.to_owned()),
        ..NewCheckIn::default()
    }
}
