//! A store that a far later Belay left: the exemplar every shell is tested with.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use belay_engine::{BelayError, Engine, EngineConfig};
use belay_testkit::{FakeClock, PlainSecrets, copy_newer_key, copy_newer_store};

use crate::common::START_MS;

fn open(dir: &Path, secrets: &PlainSecrets) -> Option<BelayError> {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let config = EngineConfig::new(dir.to_owned(), Arc::new(clock), Arc::new(secrets.clone()));
    Engine::open(config, None).err()
}

#[test]
fn a_store_of_a_far_later_belay_says_so_and_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let secrets = copy_newer_store(dir.path()).unwrap();
    let before = fs::read(dir.path().join("belay.db")).unwrap();
    assert!(!Engine::needs_passphrase(dir.path()).unwrap());
    for _ in 0..2 {
        assert_eq!(open(dir.path(), &secrets), Some(BelayError::NewerData));
    }
    assert_eq!(fs::read(dir.path().join("belay.db")).unwrap(), before);
    assert!(Engine::exists(dir.path()));
}

#[test]
fn a_key_file_of_a_later_belay_says_so_before_any_secret_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    copy_newer_key(dir.path()).unwrap();
    let path = dir.path().join("key.belay");
    let key = fs::read(&path).unwrap();
    assert_eq!(
        Engine::needs_passphrase(dir.path()),
        Err(BelayError::NewerData)
    );
    let nobody = PlainSecrets::default();
    assert_eq!(open(dir.path(), &nobody), Some(BelayError::NewerData));
    assert_eq!(fs::read(&path).unwrap(), key);
}
