//! A store that a far later Belay left, as an exemplar for every shell.

use std::io;
use std::path::{Path, PathBuf};

use belay_engine::SecretStore;

use crate::PlainSecrets;

/// The keystore's secret of the exemplar.
pub const NEWER_SECRET: [u8; 32] = [0x42; 32];

/// The layout it says it has: no program of these years will know it.
pub const NEWER_LAYOUT: u32 = 1_000_000;

/// The files of a store.
const FILES: [&str; 3] = ["belay.db", "belay.check", "key.belay"];

/// Where the exemplar lies.
#[must_use]
pub fn newer_store() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("exemplars/newer-store")
}

/// Copies the exemplar into a folder, made if need be; gives the keystore that opens it.
///
/// # Errors
/// What the operating system refuses.
pub fn copy_newer_store(to: &Path) -> io::Result<PlainSecrets> {
    std::fs::create_dir_all(to)?;
    for name in FILES {
        std::fs::copy(newer_store().join(name), to.join(name))?;
    }
    let secrets = PlainSecrets::default();
    secrets.save(&NEWER_SECRET).map_err(io::Error::other)?;
    Ok(secrets)
}

/// As [`copy_newer_store`], with a key file that a later Belay wrote, too.
///
/// # Errors
/// What the operating system refuses.
pub fn copy_newer_key(to: &Path) -> io::Result<()> {
    copy_newer_store(to)?;
    std::fs::copy(newer_store().join("later-key.belay"), to.join("key.belay"))?;
    Ok(())
}
