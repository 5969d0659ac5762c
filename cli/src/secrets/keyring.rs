//! The key in the operating system's keyring: Secret Service, Keychain or Credential Manager. Beside the
//! store lies a file that names the entry and says nothing else, so that a store can be moved.

use std::path::{Path, PathBuf};

use belay_engine::model::make_bytes;
use belay_engine::{BelayError, SecretStore, SystemEntropy};
use keyring::{Entry, Error as KeyringError};

use super::entry_file;
use super::file::to_hex;
use crate::error::{CliError, Result};

const SERVICE: &str = "belay";
const HEADER: &str = "belay keyring entry 1";

/// One entry of the keyring, and a second one that counts how often the store was opened.
#[derive(Debug, Clone)]
pub struct KeyringSecrets {
    path: PathBuf,
    entry: String,
}

impl KeyringSecrets {
    /// The entry of a store that has its key in the keyring; `None` for other stores.
    pub fn of_store(dir: &Path) -> Result<Option<Self>> {
        let path = path_in(dir);
        let text = entry_file::read(&path).map_err(CliError::io("keyring file"))?;
        let Some(text) = text else { return Ok(None) };
        let entry = text
            .strip_prefix(HEADER)
            .map(str::trim)
            .filter(|entry| !entry.is_empty() && entry.bytes().all(|b| b.is_ascii_hexdigit()));
        match entry {
            Some(entry) => Ok(Some(Self {
                entry: entry.to_owned(),
                path,
            })),
            None => Err(CliError::KeyFileDamaged { path }),
        }
    }

    /// A fresh entry for a store to be made. Writes nothing yet; finds out whether the keyring keeps what
    /// it is given, because some only pretend to.
    pub fn make(dir: &Path) -> Result<Self> {
        let new = Self {
            path: path_in(dir),
            entry: to_hex(&make_bytes::<16>(&mut SystemEntropy)),
        };
        let trial = format!("{}.trial", new.entry);
        on_own_thread(move || {
            Entry::new(SERVICE, &trial)?.set_secret(b"trial")?;
            // A new handle, so that nothing remembered in this one can answer.
            let again = Entry::new(SERVICE, &trial)?;
            let kept = again.get_secret()?;
            again.delete_credential()?;
            if kept == b"trial" {
                Ok(())
            } else {
                Err(KeyringError::NoEntry)
            }
        })
        .map_err(|_| CliError::NoKeyring)?;
        Ok(new)
    }

    /// Says plainly when the keyring does not open or has no such key, before the engine wonders.
    pub fn check(&self) -> Result<()> {
        match self.get(&self.entry) {
            Ok(Some(_)) => Ok(()),
            Ok(None) => Err(CliError::KeyringEmpty),
            Err(_) => Err(CliError::KeyringClosed),
        }
    }

    fn opens_entry(&self) -> String {
        format!("{}.opens", self.entry)
    }

    fn get(&self, name: &str) -> belay_engine::Result<Option<Vec<u8>>> {
        let name = name.to_owned();
        match on_own_thread(move || Entry::new(SERVICE, &name)?.get_secret()) {
            Ok(secret) => Ok(Some(secret)),
            Err(KeyringError::NoEntry) => Ok(None),
            Err(_) => Err(BelayError::Locked),
        }
    }

    fn set(&self, name: String, secret: &[u8]) -> belay_engine::Result<()> {
        let secret = zeroize::Zeroizing::new(secret.to_vec());
        on_own_thread(move || Entry::new(SERVICE, &name)?.set_secret(&secret))
            .map_err(|_| BelayError::Locked)
    }
}

impl SecretStore for KeyringSecrets {
    fn load(&self) -> belay_engine::Result<Option<Vec<u8>>> {
        self.get(&self.entry)
    }

    fn save(&self, secret: &[u8]) -> belay_engine::Result<()> {
        self.set(self.entry.clone(), secret)?;
        entry_file::write(&self.path, &format!("{HEADER}\n{}\n", self.entry))
    }

    /// The file that names the entries goes last: without it they could not be found again.
    fn delete(&self) -> belay_engine::Result<()> {
        for name in [self.opens_entry(), self.entry.clone()] {
            let gone = on_own_thread(move || Entry::new(SERVICE, &name)?.delete_credential());
            match gone {
                Ok(()) | Err(KeyringError::NoEntry) => {}
                Err(_) => return Err(BelayError::Locked),
            }
        }
        entry_file::remove(&self.path)
    }

    fn opens(&self) -> belay_engine::Result<Option<u64>> {
        match self.get(&self.opens_entry())? {
            // Not counted yet: the store was just made.
            None => Ok(Some(0)),
            Some(bytes) => std::str::from_utf8(&bytes)
                .ok()
                .and_then(|text| text.parse().ok())
                .map(Some)
                .ok_or(BelayError::Locked),
        }
    }

    fn save_opens(&self, opens: u64) -> belay_engine::Result<()> {
        self.set(self.opens_entry(), opens.to_string().as_bytes())
    }
}

fn path_in(dir: &Path) -> PathBuf {
    dir.join("keyring.belay")
}

/// The Secret Service client waits for the bus inside an async runtime of its own, which must not happen
/// inside another one.
fn on_own_thread<T: Send + 'static>(
    ask: impl FnOnce() -> std::result::Result<T, KeyringError> + Send + 'static,
) -> std::result::Result<T, KeyringError> {
    std::thread::spawn(ask).join().unwrap_or_else(|_| {
        Err(KeyringError::NoStorageAccess(
            "the keyring's client stopped".into(),
        ))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::any::Any;
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex};

    use keyring::credential::{Credential, CredentialApi, CredentialBuilderApi};

    use super::*;

    /// A keyring in memory, shared by all its entries.
    #[derive(Clone, Default)]
    struct Ring(Arc<Mutex<HashMap<String, Vec<u8>>>>);

    struct RingEntry(Ring, String);

    impl CredentialBuilderApi for Ring {
        fn build(
            &self,
            _: Option<&str>,
            service: &str,
            user: &str,
        ) -> keyring::Result<Box<Credential>> {
            Ok(Box::new(RingEntry(
                self.clone(),
                format!("{service}/{user}"),
            )))
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    impl CredentialApi for RingEntry {
        fn set_secret(&self, secret: &[u8]) -> keyring::Result<()> {
            self.0
                .0
                .lock()
                .unwrap()
                .insert(self.1.clone(), secret.to_vec());
            Ok(())
        }

        fn get_secret(&self) -> keyring::Result<Vec<u8>> {
            let ring = self.0.0.lock().unwrap();
            ring.get(&self.1).cloned().ok_or(KeyringError::NoEntry)
        }

        fn delete_credential(&self) -> keyring::Result<()> {
            let gone = self.0.0.lock().unwrap().remove(&self.1);
            gone.map(|_| ()).ok_or(KeyringError::NoEntry)
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    #[test]
    fn a_key_is_given_only_to_a_keyring_that_keeps_it_and_is_found_from_the_file_beside_the_store()
    {
        let dir = tempfile::tempdir().unwrap();
        // What keyring falls back to where it knows no keyring: every entry forgets with its handle.
        keyring::set_default_credential_builder(keyring::mock::default_credential_builder());
        let pretended = KeyringSecrets::make(dir.path());
        assert!(matches!(pretended, Err(CliError::NoKeyring)));

        let ring = Ring::default();
        keyring::set_default_credential_builder(Box::new(ring.clone()));
        let made = KeyringSecrets::make(dir.path()).unwrap();
        assert!(
            ring.0.lock().unwrap().is_empty(),
            "the trial leaves nothing behind"
        );
        assert!(KeyringSecrets::of_store(dir.path()).unwrap().is_none());
        assert_eq!(
            (made.load().unwrap(), made.opens().unwrap()),
            (None, Some(0))
        );
        made.save(&[7; 32]).unwrap();
        made.save_opens(41).unwrap();

        let found = KeyringSecrets::of_store(dir.path()).unwrap().unwrap();
        found.check().unwrap();
        assert_eq!(found.load().unwrap(), Some(vec![7; 32]));
        assert_eq!(found.opens().unwrap(), Some(41));
        let beside = std::fs::read(path_in(dir.path())).unwrap();
        assert!(
            !beside.windows(4).any(|part| part == [7; 4]),
            "no secret lies beside the store"
        );

        found.delete().unwrap();
        assert!(ring.0.lock().unwrap().is_empty() && !path_in(dir.path()).exists());
        found.delete().unwrap();
        assert!(matches!(found.check(), Err(CliError::KeyringEmpty)));
    }
}
