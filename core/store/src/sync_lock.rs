//! One worker syncs a store at a time; commands of other processes may write beside it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::files::SYNC_LOCK;
use crate::{Result, StoreError};

/// Held by the worker that syncs; released when dropped, also by the end of the process.
#[derive(Debug)]
pub struct SyncLock {
    _file: File,
}

impl SyncLock {
    /// Takes the lock of the store in `dir` without waiting.
    ///
    /// # Errors
    /// `AlreadySyncing` when another process or another worker of this one holds it, or what the
    /// operating system refuses.
    pub fn acquire(dir: &Path) -> Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(dir.join(SYNC_LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::AlreadySyncing),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
