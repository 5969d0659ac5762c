//! What happens to a database that cannot be read: it is kept, under another name.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::files::{
    DAMAGED, DATABASE, SUSPECT, beside, remove_if_there, sync_dir_of, write_private,
};
use crate::{Result, StoreError};

/// Moves the database of `dir` and its log aside and says where the database is now.
pub(crate) fn set_aside(dir: &Path) -> Result<PathBuf> {
    let database = dir.join(DATABASE);
    let mut counter = 1_u32;
    let aside = loop {
        let aside = dir.join(format!("{DAMAGED}{counter}.db"));
        if !aside.try_exists()? {
            break aside;
        }
        counter += 1;
    };
    // The log first: a database without its log is older, a log without its database is lost.
    for suffix in ["-wal", "-shm", ""] {
        let from = beside(&database, suffix);
        if from.try_exists()? {
            fs::rename(&from, beside(&aside, suffix))?;
        }
    }
    remove_if_there(&dir.join(SUSPECT))?;
    sync_dir_of(&aside)?;
    Ok(aside)
}

/// Remembers, as well as can be, that part of the database could not be read.
pub(crate) fn suspect(dir: &Path) {
    // If even this fails, the next read that meets the damage says so again.
    let _ = write_private(&dir.join(SUSPECT), b"");
}

/// Reads all of a database that is under suspicion, and lifts it.
///
/// # Errors
/// `Corrupt`.
pub(crate) fn check_if_suspect(dir: &Path, conn: &Connection) -> Result<()> {
    let mark = dir.join(SUSPECT);
    if !mark.try_exists()? {
        return Ok(());
    }
    let found: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(StoreError::Corrupt);
    }
    Ok(remove_if_there(&mark)?)
}
