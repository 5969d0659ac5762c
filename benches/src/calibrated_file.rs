//! The part of a write that is the disk's: one durable commit, in a file the store itself made, of as
//! many pages as the path writes.

use std::path::{Path, PathBuf};

use belay_store::Store;
use rusqlite::{Connection, params};

use crate::Outcome;
use crate::person::store_dir;

const KEY: [u8; 32] = [7; 32];
const PAGE: u64 = 4096;
/// What the write log puts before each page, and before all of them.
const FRAME_HEAD: u64 = 24;
const LOG_HEAD: u64 = 32;
/// What an overflow page holds of a row: SQLCipher keeps 80 bytes, SQLite 4.
const PAGE_HOLDS: usize = 4012;
/// What the first page holds of a long row, at least.
const FIRST_PAGE_HOLDS: usize = 480;

/// Pages that the write log of a person's store holds.
pub fn log_pages(folder: &Path) -> Outcome<u64> {
    pages_of(&store_dir(folder).join("belay.db-wal"))
}

fn pages_of(log: &Path) -> Outcome<u64> {
    let bytes = std::fs::metadata(log)?.len();
    Ok(bytes.saturating_sub(LOG_HEAD) / (PAGE + FRAME_HEAD))
}

/// Hands over the key and sets a connection as core/store sets its own; what it chose at creation stands in
/// the file.
pub fn configure(connection: &Connection, key: &[u8; 32]) -> Outcome<()> {
    let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute_batch(&format!(
        "PRAGMA cipher_log_level = NONE;
         PRAGMA key = \"x'{key}'\";
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA cache_size = -8192;
         PRAGMA journal_size_limit = 8388608;
         PRAGMA wal_autocheckpoint = 2000;"
    ))?;
    Ok(())
}

/// An encrypted file with one table of one row, which each commit writes anew.
pub struct CalibratedFile {
    connection: Connection,
    log: PathBuf,
    bytes: Vec<u8>,
}

impl CalibratedFile {
    /// Makes the file in a folder. Each commit will write that many pages to the log.
    pub fn make(folder: &Path, pages: usize) -> Outcome<Self> {
        drop(Store::create(folder, &KEY)?);
        let path = folder.join("belay.db");
        let connection = Connection::open(&path)?;
        configure(&connection, &KEY)?;
        connection.execute_batch(
            "CREATE TABLE part (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;",
        )?;
        let bytes = vec![0; FIRST_PAGE_HOLDS + pages.saturating_sub(1) * PAGE_HOLDS - 64];
        connection.execute("INSERT INTO part (id, bytes) VALUES (1, ?1)", [&bytes])?;
        let mut file = Self {
            connection,
            log: folder.join("belay.db-wal"),
            bytes,
        };
        let written = file.pages_of_one_commit()?;
        if written == pages as u64 {
            Ok(file)
        } else {
            Err(format!("a commit writes {written} pages instead of {pages}").into())
        }
    }

    /// Gives the next commit other bytes: SQLite does not write pages that stay the same.
    pub fn change(&mut self) {
        for byte in &mut self.bytes {
            *byte = byte.wrapping_add(1);
        }
    }

    /// One transaction that is on the disk when this returns.
    pub fn commit(&mut self) -> Outcome<()> {
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction
            .prepare_cached("UPDATE part SET bytes = ?1 WHERE id = 1")?
            .execute(params![self.bytes])?;
        Ok(transaction.commit()?)
    }

    fn pages_of_one_commit(&mut self) -> Outcome<u64> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        self.change();
        self.commit()?;
        pages_of(&self.log)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_commit_writes_as_many_pages_as_asked_for() {
        for pages in [2, 9, 20] {
            let folder = tempfile::tempdir().unwrap();
            CalibratedFile::make(folder.path(), pages).unwrap();
        }
    }
}
