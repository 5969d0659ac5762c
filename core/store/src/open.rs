//! Opening a database file with a key, and what every connection is set to.

use std::fmt::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::{Result, StoreError};

/// How long a connection waits for another to finish writing.
const BUSY: Duration = Duration::from_secs(5);

/// More than the statements of one sync; SQLite's own small cache would prepare each anew.
const STATEMENTS: usize = 192;

/// Opens an existing file and hands over the key. Whether it fits shows at the first read.
pub(crate) fn connect(path: &Path, key: &[u8; 32]) -> Result<Connection> {
    // SQLCipher sets itself up for the whole process with the first connections, and fails at times when
    // several of them come at once.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY)?;
    // SQLCipher would write to standard error by itself, which is the shell's. Process-wide.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let mut pragma = Zeroizing::new(String::with_capacity(96));
    pragma.push_str("PRAGMA key = \"x'");
    for byte in key {
        write!(pragma, "{byte:02x}").expect("writing to a string cannot fail");
    }
    pragma.push_str("'\"");
    conn.execute_batch(&pragma)?;
    // Until the version is known nothing of the file may change, not even by closing it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(conn)
}

/// Makes a connection durable, tidy and small, whatever SQLite's defaults are.
pub(crate) fn configure(conn: &Connection) -> Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else SQLite looks at what is bound to a LIMIT while it plans, and plans such a statement anew for
    // every value: kept statements would be kept for nothing.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::ReadOnly);
    }
    // cache_size is in KiB when negative. The two fullfsync are for Apple, where fsync does not reach
    // the disk. After a checkpoint the log's file is cut back to journal_size_limit bytes, which is what
    // wal_autocheckpoint's pages come to: fewer than one write in a hundred waits for a checkpoint.
    conn.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA cache_size = -8192;
         PRAGMA journal_size_limit = 8388608;
         PRAGMA wal_autocheckpoint = 2000;",
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn a_kept_statement_is_not_planned_again_for_another_limit() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("some.db");
        std::fs::File::create(&path).unwrap();
        let conn = connect(&path, &[3; 32]).unwrap();
        configure(&conn).unwrap();
        conn.execute_batch("CREATE TABLE a (b)").unwrap();
        let mut statement = conn.prepare("SELECT b FROM a LIMIT ?1").unwrap();
        for limit in 1..5 {
            assert!(!statement.exists([limit]).unwrap());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
