//! Everything that can go wrong here. No error carries what a person wrote.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What the store answers when it cannot do as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is a store, a key file or a file of that name already; nothing was written.
    #[error("there is one already")]
    Exists,
    /// The folder holds no store.
    #[error("no store there")]
    NotFound,
    /// The folder holds no key file.
    #[error("no key file there")]
    KeyMissing,
    /// The key is not this store's. Also the answer when nothing proves the key right: a store is
    /// never called damaged on the word of a key that may be wrong.
    #[error("wrong key for this store")]
    WrongKey,
    /// A newer Belay wrote this store; nothing was touched.
    #[error("the store has version {found}, this program knows up to {known}")]
    NewerData {
        /// Version of the store.
        found: u32,
        /// Newest version this program knows.
        known: u32,
    },
    /// The store could not be read and was moved to `set_aside` (with its log, if any). A new one can
    /// be created in its place.
    #[error("the store is damaged and was set aside")]
    Damaged {
        /// Where it is now.
        set_aside: PathBuf,
    },
    /// Part of an open store cannot be read. The next open checks all of it and sets it aside if so.
    #[error("part of the store cannot be read")]
    Corrupt,
    /// The disk or quota is full; nothing of the transaction was kept.
    #[error("no space left")]
    StorageFull,
    /// The files cannot be written.
    #[error("the store is read-only")]
    ReadOnly,
    /// Another process held the store for longer than five seconds.
    #[error("the store is busy")]
    Busy,
    /// Another worker syncs this store.
    #[error("already syncing")]
    AlreadySyncing,
    /// The operating system refused.
    #[error("input or output failed: {0}")]
    Io(io::ErrorKind),
    /// SQLite refused, with this extended result code (<https://sqlite.org/rescode.html>).
    #[error("database error {0}")]
    Sqlite(i32),
    /// A number is too large to be stored in order.
    #[error("{0} out of range")]
    OutOfRange(&'static str),
    /// A row named by the caller is not there.
    #[error("no such {0}")]
    MissingRow(&'static str),
    /// Stored or given bytes do not have the shape they must have.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// What is given contradicts what is stored.
    #[error("{0}")]
    Conflict(&'static str),
    /// The epoch has an envelope with this nonce already: sealing again with it would break the cipher.
    #[error("nonce used before")]
    NonceReused,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, _) = error else {
            return Self::Malformed("row");
        };
        match failure.code {
            ErrorCode::DiskFull => Self::StorageFull,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::Corrupt,
            ErrorCode::PermissionDenied => Self::Io(io::ErrorKind::PermissionDenied),
            _ => Self::Sqlite(failure.extended_code),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::StorageFull,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            kind => Self::Io(kind),
        }
    }
}
