//! What happens to a database that cannot be read: it is kept, under another name.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::blobs::BLOBS;
use crate::files::{
    DAMAGED, DATABASE, SUSPECT, beside, remove_if_there, sync_dir_of, write_private,
};
use crate::{Result, StoreError};

/// The two first words of a log that SQLite can read (<https://sqlite.org/fileformat2.html#walformat>).
const LOG_MAGIC: [[u8; 4]; 2] = [[0x37, 0x7f, 0x06, 0x82], [0x37, 0x7f, 0x06, 0x83]];

/// Bytes of a log's header.
const LOG_HEADER: usize = 32;

/// Moves the database of `dir` and its log aside and says where the database is now.
pub(crate) fn set_aside(dir: &Path) -> Result<PathBuf> {
    let database = dir.join(DATABASE);
    let aside = free_name(dir)?;
    // The log first, to the disk: a database without its log is older, a log without its database is lost.
    for suffix in ["-wal", "-shm", ""] {
        let from = beside(&database, suffix);
        if from.try_exists()? {
            fs::rename(&from, beside(&aside, suffix))?;
            sync_dir_of(&aside)?;
        }
    }
    let blobs = dir.join(BLOBS);
    if blobs.try_exists()? {
        // Nothing else can open what is in them.
        fs::rename(&blobs, beside(&aside, "-blobs"))?;
        sync_dir_of(&aside)?;
    }
    remove_if_there(&dir.join(SUSPECT))?;
    Ok(aside)
}

/// A log whose first bytes are not a log's would be taken for an empty one and written over, with
/// everything that was not in the database yet. Where the key is `proven` right, it is kept under another
/// name.
pub(crate) fn keep_unreadable_log(dir: &Path, proven: impl FnOnce() -> bool) -> Result<()> {
    let log = beside(&dir.join(DATABASE), "-wal");
    let readable = match File::open(&log) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
        Ok(file) => {
            let mut header = Vec::new();
            let whole = file.metadata()?.is_file();
            if whole {
                file.take(LOG_HEADER as u64).read_to_end(&mut header)?;
            }
            // Shorter than its header, nothing was ever committed to it.
            whole
                && (header.len() < LOG_HEADER
                    || LOG_MAGIC.iter().any(|magic| header.starts_with(magic)))
        }
    };
    if readable || !proven() {
        return Ok(());
    }
    let aside = beside(&free_name(dir)?, "-wal");
    fs::rename(&log, &aside)?;
    Ok(sync_dir_of(&aside)?)
}

/// The name that the next damaged database gets.
fn free_name(dir: &Path) -> io::Result<PathBuf> {
    let mut counter = 1_u32;
    loop {
        let aside = dir.join(format!("{DAMAGED}{counter}.db"));
        if !aside.try_exists()? && !beside(&aside, "-wal").try_exists()? {
            return Ok(aside);
        }
        counter += 1;
    }
}

/// Remembers, as well as can be, that part of the database could not be read.
pub(crate) fn suspect(dir: &Path) {
    // If even this fails, the next read that meets the damage says so again.
    let mark = dir.join(SUSPECT);
    let _ = write_private(&mark, b"").and_then(|()| sync_dir_of(&mark));
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
