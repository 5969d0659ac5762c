//! A small file beside the database that anybody can read who holds the device: what the person agreed to
//! have shown while the store is locked. What is in it is settled above; here it is bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::files::{
    OPEN_PAGE, OPEN_PAGE_NEW, publish, remove_if_there, sync_dir_of, write_private,
};
use crate::{Result, StoreError};

/// Far above what a page of names needs: a wrong file is not read into memory.
const MAX_BYTES: u64 = 64 * 1024;

/// The file that is readable while the store is locked.
#[derive(Debug, Clone, Copy)]
pub struct OpenPage;

impl OpenPage {
    /// The bytes of the page in `dir`; `None` where there is none.
    ///
    /// # Errors
    /// `Malformed` when it is absurdly large, or what the operating system refuses.
    pub fn read(dir: &Path) -> Result<Option<Vec<u8>>> {
        let file = match File::open(dir.join(OPEN_PAGE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut bytes = Vec::new();
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(StoreError::Malformed("open page"));
        }
        Ok(Some(bytes))
    }

    /// Writes the page in place of an earlier one, readable by its owner's account only: after a crash there
    /// is the old one or the new one, whole. On return it is on the disk.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn replace(dir: &Path, bytes: &[u8]) -> Result<()> {
        let new = dir.join(OPEN_PAGE_NEW);
        write_private(&new, bytes)?;
        Ok(publish(&new, &dir.join(OPEN_PAGE))?)
    }

    /// Removes the page, and what a crash left of one. Nothing there is fine. On return it is gone from the
    /// disk.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn remove(dir: &Path) -> Result<()> {
        let page = dir.join(OPEN_PAGE);
        let mut removed = false;
        for path in [&page, &dir.join(OPEN_PAGE_NEW)] {
            removed |= path.try_exists()?;
            remove_if_there(path)?;
        }
        if removed {
            sync_dir_of(&page)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_page_is_replaced_whole_and_removed_with_what_a_crash_left() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        assert_eq!(OpenPage::read(dir).unwrap(), None);
        OpenPage::replace(dir, b"one").unwrap();
        OpenPage::replace(dir, b"two").unwrap();
        assert_eq!(OpenPage::read(dir).unwrap().unwrap(), b"two");
        std::fs::write(dir.join(OPEN_PAGE_NEW), b"half").unwrap();
        OpenPage::remove(dir).unwrap();
        OpenPage::remove(dir).unwrap();
        assert_eq!(std::fs::read_dir(dir).unwrap().count(), 0);
    }

    #[test]
    fn a_page_that_is_no_page_is_not_read_into_memory() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(OPEN_PAGE), vec![0; 70_000]).unwrap();
        assert!(matches!(
            OpenPage::read(dir.path()),
            Err(StoreError::Malformed("open page"))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_page_belongs_to_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;

        let dir = tempfile::tempdir().unwrap();
        OpenPage::replace(dir.path(), b"one").unwrap();
        let metadata = std::fs::metadata(dir.path().join(OPEN_PAGE)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
}
