//! A keystore in a folder of its own, for processes that are killed.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use belay_engine::{BelayError, SecretStore};

/// Keeps the secret and the count of openings, each in a file that is replaced whole and synced, as a real
/// keystore does.
#[derive(Debug, Clone)]
pub struct FolderKeystore {
    dir: PathBuf,
}

impl FolderKeystore {
    /// The keystore in a folder that is there.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
        }
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        let new = self.dir.join("new");
        let mut file = File::create(&new).unwrap();
        file.write_all(bytes).unwrap();
        file.sync_all().unwrap();
        fs::rename(new, self.dir.join(name)).unwrap();
        File::open(&self.dir).unwrap().sync_all().unwrap();
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.dir.join(name)).ok()
    }
}

impl SecretStore for FolderKeystore {
    fn load(&self) -> Result<Option<Vec<u8>>, BelayError> {
        Ok(self.kept("secret"))
    }

    fn save(&self, secret: &[u8]) -> Result<(), BelayError> {
        self.keep("secret", secret);
        Ok(())
    }

    fn delete(&self) -> Result<(), BelayError> {
        for name in ["secret", "opens"] {
            if self.dir.join(name).exists() {
                fs::remove_file(self.dir.join(name)).unwrap();
            }
        }
        Ok(())
    }

    fn opens(&self) -> Result<Option<u64>, BelayError> {
        let number = |bytes: Vec<u8>| u64::from_le_bytes(bytes.try_into().unwrap());
        Ok(Some(self.kept("opens").map_or(0, number)))
    }

    fn save_opens(&self, opens: u64) -> Result<(), BelayError> {
        self.keep("opens", &opens.to_le_bytes());
        Ok(())
    }
}
