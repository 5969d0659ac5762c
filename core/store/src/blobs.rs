//! Sealed attachments: files beside the database, each under the id of its blob. They are what travels, so nothing
//! in them can be read without the key in their manifest, which stands in the database.
//!
//! A file is whole under its name, or still coming under that name with `.part`. What is being made has a name of
//! its own until it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Result;
use crate::files::{
    MAKING, make_dir, make_private, making, publish, remove_if_there, starting_with, sync_dir_of,
};

/// The folder, beside the database.
pub(crate) const BLOBS: &str = "blobs";
/// What the name of a file that is still coming ends with.
const PART: &str = ".part";
/// After how long what is in the making was left there by a crash.
const LEFT_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// How much of a blob is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobHeld {
    /// All of it.
    Whole,
    /// So many bytes from its beginning; 0 for nothing.
    Part(u64),
}

/// The sealed attachments of a store.
#[derive(Debug, Clone)]
pub struct BlobFiles {
    dir: PathBuf,
}

/// A blob in the making; gone when it is dropped before it was published.
#[derive(Debug)]
pub struct NewBlob {
    file: File,
    path: PathBuf,
    published: bool,
}

impl BlobFiles {
    /// Those of the store in `dir`.
    #[must_use]
    pub fn of(dir: &Path) -> Self {
        Self {
            dir: dir.join(BLOBS),
        }
    }

    /// Begins a new one, in the same folder.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn begin(&self) -> Result<NewBlob> {
        make_dir(&self.dir)?;
        let path = making(&self.dir, "blob");
        Ok(NewBlob {
            file: make_private(&path)?,
            path,
            published: false,
        })
    }

    /// Gives a finished one its name. To the disk.
    ///
    /// # Errors
    /// What the operating system refuses; nothing is left of it then.
    pub fn publish(&self, mut new: NewBlob, id: &str) -> Result<()> {
        new.file.sync_all()?;
        publish(&new.path, &self.dir.join(id))?;
        new.published = true;
        Ok(())
    }

    /// How much of a blob is here.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn held(&self, id: &str) -> Result<BlobHeld> {
        if self.dir.join(id).try_exists()? {
            return Ok(BlobHeld::Whole);
        }
        match fs::metadata(self.part(id)) {
            Ok(meta) => Ok(BlobHeld::Part(meta.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BlobHeld::Part(0)),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a whole blob; `None` while it is not here.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn open(&self, id: &str) -> Result<Option<File>> {
        match File::open(self.dir.join(id)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// At most `bytes` of a whole blob from `offset` on; `None` while it is not here.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn read(&self, id: &str, offset: u64, bytes: usize) -> Result<Option<Vec<u8>>> {
        let Some(mut file) = self.open(id)? else {
            return Ok(None);
        };
        file.seek(SeekFrom::Start(offset))?;
        let mut piece = Vec::with_capacity(bytes);
        file.take(bytes as u64).read_to_end(&mut piece)?;
        Ok(Some(piece))
    }

    /// Appends to one that is still coming, if the bytes begin where it ends. Says how much of it is here then.
    ///
    /// # Errors
    /// What the operating system refuses; what was there stays.
    pub fn append(&self, id: &str, offset: u64, bytes: &[u8]) -> Result<u64> {
        make_dir(&self.dir)?;
        let path = self.part(id);
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        let before = file.metadata()?.len();
        if before != offset {
            return Ok(before);
        }
        if let Err(error) = file.write_all(bytes) {
            // What a full disk took of it begins nowhere.
            file.set_len(before)?;
            return Err(error.into());
        }
        Ok(before + bytes.len() as u64)
    }

    /// Opens one that is still coming, to look whether it is what it should be.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn open_part(&self, id: &str) -> Result<File> {
        Ok(File::open(self.part(id))?)
    }

    /// Gives one that has come its name. To the disk.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn finish(&self, id: &str) -> Result<()> {
        let part = self.part(id);
        File::open(&part)?.sync_all()?;
        publish(&part, &self.dir.join(id))?;
        Ok(())
    }

    /// Removes a blob, whole or not. Doing it again changes nothing.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn remove(&self, id: &str) -> Result<()> {
        remove_if_there(&self.dir.join(id))?;
        self.drop_part(id)
    }

    /// Removes what came of one that is not whole.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn drop_part(&self, id: &str) -> Result<()> {
        Ok(remove_if_there(&self.part(id))?)
    }

    /// The ids of everything that is here, whole or not, and how many bytes it is.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn all(&self) -> Result<Vec<(String, u64)>> {
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut all = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let id = name.strip_suffix(PART).unwrap_or(&name);
            if is_id(id) {
                // One that is gone meanwhile takes no room.
                let bytes = entry.metadata().map_or(0, |meta| meta.len());
                all.push((id.to_owned(), bytes));
            }
        }
        Ok(all)
    }

    /// Removes what a crash left of blobs in the making, a day later: nobody takes that long.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn tidy(&self) -> Result<()> {
        if !self.dir.try_exists()? {
            return Ok(());
        }
        for path in starting_with(&self.dir, MAKING)? {
            let made = fs::metadata(&path).and_then(|meta| meta.modified());
            let old = made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age > LEFT_AFTER));
            if old {
                remove_if_there(&path)?;
            }
        }
        Ok(())
    }

    /// Removes every blob of the store in `dir`, and their folder. Doing it again changes nothing.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn remove_all(dir: &Path) -> Result<()> {
        let blobs = dir.join(BLOBS);
        match fs::remove_dir_all(&blobs) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(sync_dir_of(&blobs)?),
        }
    }

    fn part(&self, id: &str) -> PathBuf {
        self.dir.join(format!("{id}{PART}"))
    }
}

fn is_id(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Write for NewBlob {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewBlob {
    fn drop(&mut self) {
        if !self.published {
            // Nobody knows of it; what cannot be removed now is when its folder is tidied.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn id(fill: &str) -> String {
        fill.repeat(64)
    }

    #[test]
    fn one_that_is_made_is_there_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = BlobFiles::of(dir.path());
        assert_eq!(blobs.held(&id("a")).unwrap(), BlobHeld::Part(0));
        let mut new = blobs.begin().unwrap();
        new.write_all(b"sealed").unwrap();
        blobs.publish(new, &id("a")).unwrap();
        let mut left = blobs.begin().unwrap();
        left.write_all(b"given up").unwrap();
        drop(left);
        assert_eq!(blobs.held(&id("a")).unwrap(), BlobHeld::Whole);
        assert_eq!(blobs.all().unwrap(), [(id("a"), 6)]);
        assert_eq!(fs::read_dir(dir.path().join(BLOBS)).unwrap().count(), 1);
        let left = blobs.begin().unwrap();
        blobs.tidy().unwrap();
        assert!(left.path.exists(), "somebody is making it");
        let yesterday = std::time::SystemTime::now() - 2 * LEFT_AFTER;
        left.file.set_modified(yesterday).unwrap();
        blobs.tidy().unwrap();
        assert!(!left.path.exists());
        assert_eq!(blobs.read(&id("a"), 2, 3).unwrap(), Some(b"ale".to_vec()));
        assert_eq!(blobs.read(&id("b"), 0, 3).unwrap(), None);
    }

    #[test]
    fn one_that_comes_in_parts_grows_only_at_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = BlobFiles::of(dir.path());
        assert_eq!(blobs.append(&id("a"), 0, b"one").unwrap(), 3);
        assert_eq!(blobs.append(&id("a"), 0, b"again").unwrap(), 3);
        assert_eq!(blobs.append(&id("a"), 9, b"later").unwrap(), 3);
        assert_eq!(blobs.append(&id("a"), 3, b"two").unwrap(), 6);
        assert_eq!(blobs.held(&id("a")).unwrap(), BlobHeld::Part(6));
        assert!(blobs.open(&id("a")).unwrap().is_none(), "not whole yet");
        blobs.finish(&id("a")).unwrap();
        assert_eq!(blobs.held(&id("a")).unwrap(), BlobHeld::Whole);
        blobs.remove(&id("a")).unwrap();
        blobs.remove(&id("a")).unwrap();
        assert_eq!(blobs.all().unwrap(), []);
        BlobFiles::remove_all(dir.path()).unwrap();
        BlobFiles::remove_all(dir.path()).unwrap();
    }
}
