//! Where the key of a store lies: in the operating system's keyring, or in a file beside the store. A
//! passphrase, where there is one, is mixed with it by the engine and kept nowhere.

mod entry_file;
mod file;
mod keyring;
pub mod passphrase;

use std::path::Path;
use std::sync::Arc;

use belay_engine::SecretStore;

use crate::error::Result;
use crate::screen::Screen;

pub use entry_file::{as_engine, make_dir};
pub use file::FileSecrets;
pub use keyring::KeyringSecrets;

/// Where to keep the key of a new store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum KeyPlace {
    /// In the operating system's keyring
    Keyring,
    /// A key file beside the store, of use only together with a passphrase you type
    Passphrase,
    /// A key file beside the store: whoever can read the file can read the store
    File,
}

/// The secret store of a store that exists.
pub fn of_store(dir: &Path, screen: &mut Screen) -> Result<Arc<dyn SecretStore>> {
    if let Some(keyring) = KeyringSecrets::of_store(dir)? {
        keyring.check()?;
        return Ok(Arc::new(keyring));
    }
    let file = FileSecrets::new(dir);
    file.check()?;
    if file.others_can_read() {
        screen.note(&format!(
            "Others on this machine may read {}. `chmod 600` keeps it yours.",
            file.path().display()
        ));
    }
    Ok(Arc::new(file))
}

/// The secret store of a store that is to be deleted, whatever is left of it.
pub fn to_delete(dir: &Path) -> Arc<dyn SecretStore> {
    match KeyringSecrets::of_store(dir) {
        Ok(Some(keyring)) => Arc::new(keyring),
        // One that names no entry any more can only be removed like a key file.
        _ => Arc::new(FileSecrets::new(dir)),
    }
}
