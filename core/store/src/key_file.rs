//! The file that holds the store's key, wrapped. What is in it is the crypto room's; here it is bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::files::{KEY_FILE, KEY_FILE_NEW, make_dir, publish, publish_new, write_private};
use crate::{Result, StoreError};

/// Far above what a wrapped key needs: a wrong file is not read into memory.
const MAX_BYTES: u64 = 64 * 1024;

/// The wrapped key beside a store. Without it the store cannot be opened by a passphrase.
#[derive(Debug, Clone, Copy)]
pub struct KeyFile;

impl KeyFile {
    /// The bytes of the key file in `dir`.
    ///
    /// # Errors
    /// `KeyMissing`, `Malformed` when it is absurdly large or a folder, or what the operating system refuses.
    pub fn read(dir: &Path) -> Result<Vec<u8>> {
        let file = match File::open(dir.join(KEY_FILE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::KeyMissing);
            }
            other => other?,
        };
        let mut bytes = Vec::new();
        match file.take(MAX_BYTES + 1).read_to_end(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
                return Err(StoreError::Malformed("key file"));
            }
            other => other?,
        };
        if bytes.len() as u64 > MAX_BYTES {
            return Err(StoreError::Malformed("key file"));
        }
        Ok(bytes)
    }

    /// Writes the first key file of `dir`, readable by its owner only; makes the folder if need be. On
    /// return it is on the disk.
    ///
    /// # Errors
    /// `Exists`, or what the operating system refuses.
    pub fn write_new(dir: &Path, bytes: &[u8]) -> Result<()> {
        make_dir(dir)?;
        let new = dir.join(KEY_FILE_NEW);
        write_private(&new, bytes)?;
        match publish_new(&new, &dir.join(KEY_FILE)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(StoreError::Exists),
            other => Ok(other?),
        }
    }

    /// Moves a key file that belongs to no store any more out of the way, under a name with a counter. It may
    /// hold the key of a store that was set aside as damaged, so it is never overwritten. Writes to disk;
    /// does nothing where there is none.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn set_aside(dir: &Path) -> Result<()> {
        let key = dir.join(KEY_FILE);
        let mut counter = 1;
        while key.try_exists()? {
            let aside = dir.join(format!("key.before-{counter}.belay"));
            if aside.try_exists()? {
                counter += 1;
            } else {
                publish(&key, &aside)?;
            }
        }
        Ok(())
    }

    /// Writes the key file of `dir` in place of an earlier one: after a crash there is the old one or the
    /// new one, whole. On return it is on the disk. What was wrapped in the old one only is lost.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn replace(dir: &Path, bytes: &[u8]) -> Result<()> {
        let new = dir.join(KEY_FILE_NEW);
        write_private(&new, bytes)?;
        Ok(publish(&new, &dir.join(KEY_FILE))?)
    }
}
