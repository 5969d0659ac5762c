//! Tells a wrong key from a damaged database.
//!
//! SQLCipher gives the same answer to both. So beside the database lies an empty one of a single page
//! under the same key: whoever can open that has the right key, and then a database that cannot be
//! opened is damaged. If neither opens, the key counts as wrong and nothing is moved.

use std::path::Path;

use rusqlite::Connection;

use crate::Result;
use crate::files::{KEY_CHECK, make_private, making, publish, remove_if_there};
use crate::open::connect;

/// Written as the version, so that there is a page to encrypt.
const MARK: u32 = 1;

/// Makes the key check of `dir` unless somebody else does meanwhile. To the disk.
pub(crate) fn write(dir: &Path, key: &[u8; 32]) -> Result<()> {
    match make(dir, key) {
        // Theirs is finished, and they tidied up ours.
        Err(_) if exists(dir)? => Ok(()),
        other => other,
    }
}

fn make(dir: &Path, key: &[u8; 32]) -> Result<()> {
    let path = making(dir, KEY_CHECK);
    remove_if_there(&path)?;
    make_private(&path)?;
    let conn = connect(&path, key)?;
    // One page, written once: no log file beside it.
    conn.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL")?;
    conn.pragma_update(None, "user_version", MARK)?;
    drop(conn);
    Ok(publish(&path, &dir.join(KEY_CHECK))?)
}

/// Whether there is a key check in `dir`.
pub(crate) fn exists(dir: &Path) -> Result<bool> {
    Ok(dir.join(KEY_CHECK).try_exists()?)
}

/// Whether `key` is proven right. False says nothing: the check may be missing or damaged itself.
pub(crate) fn proves(dir: &Path, key: &[u8; 32]) -> bool {
    let mark =
        |conn: Connection| conn.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0));
    connect(&dir.join(KEY_CHECK), key).is_ok_and(|conn| mark(conn) == Ok(MARK))
}
