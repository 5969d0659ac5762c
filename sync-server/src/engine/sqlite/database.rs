//! The database file: where it is, how it is opened, which schema it has, who may use it.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::{RelayError, private_files};

/// The database in its folder.
pub(super) const FILE: &str = "relay.sqlite";
pub(super) const SCHEMA: i64 = 2;
const MIGRATIONS: [&str; SCHEMA as usize] = [
    include_str!("0001_relay.sql"),
    include_str!("0002_blobs.sql"),
];
// More than the statements of all operations, so none is prepared twice.
const STATEMENTS: usize = 64;

/// The writing connection and the lock that keeps other relays out.
pub(super) struct Database {
    path: PathBuf,
    connection: Connection,
    _lock: File,
}

impl Database {
    pub(super) fn open(folder: &Path) -> Result<Self, RelayError> {
        private_files::make_folder(folder).map_err(|source| RelayError::File {
            path: folder.to_owned(),
            source,
        })?;
        let lock = lock(folder)?;
        let path = folder.join(FILE);
        for name in ["relay.sqlite-wal", "relay.sqlite-shm"] {
            own_alone(&folder.join(name), false)?;
        }
        own_alone(&path, true)?;
        let mut connection = Connection::open(&path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // auto_vacuum must stand before the first table. FULL: an answer means it is on disk.
        // secure_delete: what an author erased is overwritten, not only unlinked.
        connection.execute_batch(
            "PRAGMA auto_vacuum = INCREMENTAL;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA fullfsync = ON;
             PRAGMA checkpoint_fullfsync = ON;
             PRAGMA secure_delete = ON;
             PRAGMA journal_size_limit = 67108864;
             PRAGMA cache_size = -16384;",
        )?;
        migrate(&mut connection)?;
        Ok(Self {
            path,
            connection,
            _lock: lock,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) const fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) const fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

/// Another connection to the same file that only reads.
pub(super) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096;")?;
    Ok(connection)
}

pub(super) fn migrate(connection: &mut Connection) -> Result<(), RelayError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > SCHEMA {
        return Err(RelayError::NewerData {
            found,
            known: SCHEMA,
        });
    }
    for (version, sql) in (1..)
        .zip(MIGRATIONS)
        .skip_while(|(version, _)| *version <= found)
    {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Takes the rights to a file from everybody else; SQLite gives those of the database to what it puts beside it.
fn own_alone(path: &Path, make: bool) -> Result<(), RelayError> {
    match private_files::open_for_owner(path, make) {
        Err(source) if make || source.kind() != ErrorKind::NotFound => Err(RelayError::File {
            path: path.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Keeps other relays out of the folder for as long as the file is held.
pub(super) fn lock(folder: &Path) -> Result<File, RelayError> {
    let path = folder.join("relay.lock");
    let file = |source| RelayError::File {
        path: path.clone(),
        source,
    };
    let lock = private_files::open_for_owner(&path, true).map_err(file)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(RelayError::InUse(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(file(source)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn only_one_relay_may_use_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = Database::open(folder.path()).unwrap();
        assert!(matches!(
            Database::open(folder.path()),
            Err(RelayError::InUse(_))
        ));
        drop(first);
        assert!(Database::open(folder.path()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_files_also_in_a_folder_that_was_there() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), open).unwrap();
        let names = ["relay.sqlite", "relay.sqlite-wal", "relay.lock"];
        let modes = || {
            names.map(|name| {
                let about = std::fs::metadata(folder.path().join(name)).unwrap();
                about.permissions().mode() & 0o777
            })
        };
        let database = Database::open(folder.path()).unwrap();
        assert_eq!(modes(), [0o600; 3]);
        drop(database);
        for name in ["relay.sqlite", "relay.lock"] {
            let open = std::fs::Permissions::from_mode(0o644);
            std::fs::set_permissions(folder.path().join(name), open).unwrap();
        }
        let _database = Database::open(folder.path()).unwrap();
        assert_eq!(modes(), [0o600; 3]);
    }

    #[test]
    fn data_of_the_first_relay_is_carried_over_with_all_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let first = Connection::open(folder.path().join(FILE)).unwrap();
        let made = "INSERT INTO mailbox (pk, gen, head, floor, bytes, quota, created, expires)
             VALUES (x'01', 2, 3, 0, 4, 5, 6, 7);
             INSERT INTO envelope (place, mailbox, short, day, size, env_id, erase_hash, body)
             VALUES (4294967299, 1, 0, 6, 3, x'08', x'09', x'0a0b0c');
             PRAGMA user_version = 1;";
        first.execute_batch(MIGRATIONS[0]).unwrap();
        first.execute_batch(made).unwrap();
        drop(first);
        let database = Database::open(folder.path()).unwrap();
        let kept: (i64, i64, Vec<u8>) = database
            .connection()
            .query_row(
                "SELECT head, blob_bytes, body FROM mailbox JOIN envelope ON mailbox.id = mailbox",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap();
        assert_eq!(kept, (3, 0, vec![10, 11, 12]));
        let blobs: i64 = database
            .connection()
            .query_row("SELECT count(*) FROM blob", [], |row| row.get(0))
            .unwrap();
        assert_eq!(blobs, 0);
    }

    #[test]
    fn data_of_a_newer_relay_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        database
            .connection()
            .pragma_update(None, "user_version", 9)
            .unwrap();
        drop(database);
        assert!(matches!(
            Database::open(folder.path()),
            Err(RelayError::NewerData {
                found: 9,
                known: SCHEMA
            })
        ));
    }
}
