//! The secret of a store in files beside it, so that a store can be kept from one run to the next.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use belay_engine::{BelayError, SecretStore};

/// Keeps the secret and the count of openings in two files. What is kept is a measurement's store:
/// nothing in it is anybody's.
#[derive(Debug)]
pub struct FileSecrets {
    secret: PathBuf,
    opens: PathBuf,
}

impl FileSecrets {
    /// Files in that folder; none need be there yet.
    pub fn new(folder: &Path) -> Self {
        Self {
            secret: folder.join("secret"),
            opens: folder.join("opens"),
        }
    }
}

impl SecretStore for FileSecrets {
    fn load(&self) -> Result<Option<Vec<u8>>, BelayError> {
        match std::fs::read(&self.secret) {
            Ok(secret) => Ok(Some(secret)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(_) => Err(BelayError::Locked),
        }
    }

    fn save(&self, secret: &[u8]) -> Result<(), BelayError> {
        std::fs::write(&self.secret, secret).map_err(|_| BelayError::Locked)
    }

    fn delete(&self) -> Result<(), BelayError> {
        for path in [&self.secret, &self.opens] {
            match std::fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(BelayError::Locked);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn opens(&self) -> Result<Option<u64>, BelayError> {
        match std::fs::read_to_string(&self.opens) {
            Ok(opens) => opens.parse().map(Some).map_err(|_| BelayError::Locked),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Some(0)),
            Err(_) => Err(BelayError::Locked),
        }
    }

    fn save_opens(&self, opens: u64) -> Result<(), BelayError> {
        std::fs::write(&self.opens, opens.to_string()).map_err(|_| BelayError::Locked)
    }
}
