//! The operator key's file: `operator.key` in the data folder, readable by its owner only.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::error::RelayError;
use crate::private_files;
use crate::token::OperatorKey;

const NAME: &str = "operator.key";

/// The key in this folder; made if there is none. Writes to disk then.
pub(super) fn read_or_make(folder: &Path) -> Result<OperatorKey, RelayError> {
    let path = folder.join(NAME);
    let file = |source| RelayError::File {
        path: path.clone(),
        source,
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => OperatorKey::parse(&text).ok_or_else(|| file(ErrorKind::InvalidData.into())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = OperatorKey::make()?;
            private_files::make_folder(folder).map_err(file)?;
            // Whole or not at all: half a key would be in the way of a new one.
            let text = Zeroizing::new(format!("{}\n", key.to_text()));
            match private_files::write_new(&path, text.as_bytes()) {
                // Another command made one meanwhile.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    return read_or_make(folder);
                }
                other => other.map_err(file)?,
            }
            Ok(key)
        }
        Err(error) => Err(file(error)),
    }
}

/// Copies the key from one folder to another, if there is one and the other has none. Writes to disk.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), RelayError> {
    let file = |path: PathBuf| move |source| RelayError::File { path, source };
    let (from, to) = (from.join(NAME), to.join(NAME));
    let key = match std::fs::read(&from) {
        Ok(key) => Zeroizing::new(key),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(file(from)(error)),
    };
    match private_files::write_new(&to, &key) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other.map_err(file(to)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_key_is_made_once_and_a_damaged_one_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new");
        let made = read_or_make(&folder).unwrap();
        let read = read_or_make(&folder).unwrap();
        assert_eq!(made.to_text(), read.to_text());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = folder.join(NAME).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(folder.join(NAME), "damaged").unwrap();
        assert!(read_or_make(&folder).is_err());
        assert_eq!(std::fs::read(folder.join(NAME)).unwrap(), b"damaged");
    }
}
