//! The key in a file beside the store, for machines without a keyring. Alone it protects a copied
//! database only; with a passphrase both are needed.

use std::io;
use std::path::{Path, PathBuf};

use belay_engine::{BelayError, SecretStore};
use zeroize::Zeroizing;

use super::entry_file;
use crate::error::{CliError, Result};

/// The first line of the file; a later form gets another number.
const HEADER: &str = "belay key file 1";

/// `secret.belay` beside the store.
#[derive(Debug, Clone)]
pub struct FileSecrets {
    path: PathBuf,
}

impl FileSecrets {
    /// The file of the store in this folder.
    pub fn new(dir: &Path) -> Self {
        Self {
            path: dir.join("secret.belay"),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says plainly when the file is gone or not whole, before the engine wonders.
    pub fn check(&self) -> Result<()> {
        match entry_file::read(&self.path) {
            Ok(Some(text)) if parse(&text).is_some() => Ok(()),
            Ok(None) => Err(CliError::KeyFileMissing {
                path: self.path.clone(),
            }),
            Ok(Some(_)) => Err(CliError::KeyFileDamaged {
                path: self.path.clone(),
            }),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::IsADirectory | io::ErrorKind::InvalidData
                ) =>
            {
                Err(CliError::KeyFileDamaged {
                    path: self.path.clone(),
                })
            }
            Err(source) => Err(CliError::Io {
                what: "key file",
                source,
            }),
        }
    }

    /// Whether the file's permissions let anyone but its owner read it.
    pub fn others_can_read(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::metadata(&self.path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
        }
        #[cfg(not(unix))]
        false
    }
}

impl SecretStore for FileSecrets {
    fn load(&self) -> belay_engine::Result<Option<Vec<u8>>> {
        let text = entry_file::read(&self.path).map_err(|_| BelayError::Locked)?;
        match text.map(Zeroizing::new) {
            None => Ok(None),
            Some(text) => parse(&text).map(Some).ok_or(BelayError::Locked),
        }
    }

    fn save(&self, secret: &[u8]) -> belay_engine::Result<()> {
        let text = Zeroizing::new(format!("{HEADER}\n{}\n", to_hex(secret)));
        entry_file::write(&self.path, &text)
    }

    fn delete(&self) -> belay_engine::Result<()> {
        entry_file::remove(&self.path)
    }

    /// A file is copied together with the store, so its count would prove nothing.
    fn opens(&self) -> belay_engine::Result<Option<u64>> {
        Ok(None)
    }

    fn save_opens(&self, _opens: u64) -> belay_engine::Result<()> {
        Ok(())
    }
}

fn parse(text: &str) -> Option<Vec<u8>> {
    let mut lines = text.lines();
    if lines.next()? != HEADER {
        return None;
    }
    let secret = from_hex(lines.next()?)?;
    (!secret.is_empty() && lines.next().is_none()).then_some(secret)
}

/// Lowercase hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a String takes every text");
    }
    text
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn the_secret_comes_back_and_only_its_owner_can_read_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = FileSecrets::new(&dir.path().join("deep/place"));
        assert_eq!(secrets.load().unwrap(), None);
        assert!(matches!(
            secrets.check(),
            Err(CliError::KeyFileMissing { .. })
        ));
        secrets.save(&[7; 32]).unwrap();
        secrets.save(&[9; 32]).unwrap();
        secrets.check().unwrap();
        assert_eq!(secrets.load().unwrap(), Some(vec![9; 32]));
        assert!(!secrets.others_can_read());
        assert_eq!(secrets.opens().unwrap(), None);
        let left = std::fs::read_dir(secrets.path().parent().unwrap())
            .unwrap()
            .count();
        assert_eq!(left, 1, "no part of a write stays behind");
    }

    #[test]
    fn a_key_file_that_is_not_whole_is_never_taken_for_a_key() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = FileSecrets::new(dir.path());
        for text in [
            "",
            "belay key file 1\n",
            "belay key file 1\nabc\n",
            "belay key file 2\nabcd\n",
            "belay key file 1\nabxd\n",
        ] {
            std::fs::write(secrets.path(), text).unwrap();
            assert_eq!(secrets.load(), Err(BelayError::Locked), "{text:?}");
            assert!(matches!(
                secrets.check(),
                Err(CliError::KeyFileDamaged { .. })
            ));
        }
    }
}
