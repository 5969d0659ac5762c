//! Making a store: it gets its name when all it begins with is on the disk.

use std::cell::Cell;
use std::io;
use std::path::Path;

use rusqlite::TransactionBehavior;

use crate::files::{
    DATABASE, beside, make_dir, make_private, making, publish_new, remove_if_there,
};
use crate::migrate::{MIGRATIONS, migrate};
use crate::open::{configure, connect};
use crate::{ReadTx, Result, Store, StoreError, WriteTx, key_check, room};

impl Store {
    /// Makes a new store in `dir`, encrypted with `key`, and opens it; makes the folder if need be. On
    /// return it is on the disk; a crash before leaves no store.
    ///
    /// # Errors
    /// As [`Store::create_with`].
    pub fn create(dir: &Path, key: &[u8; 32]) -> Result<Self> {
        Self::create_with(dir, key, |_| Ok::<_, StoreError>(())).map(|(store, ())| store)
    }

    /// As [`Store::create`], with what the store begins with: the store gets its name when `first` is on
    /// the disk, so there is one with all of it, or none.
    ///
    /// # Errors
    /// `Exists`, what `first` returns, or what SQLite or the operating system refuses. Nothing is left then.
    pub fn create_with<T, E: From<StoreError>>(
        dir: &Path,
        key: &[u8; 32],
        first: impl FnOnce(&WriteTx<'_>) -> Result<T, E>,
    ) -> Result<(Self, T), E> {
        let database = dir.join(DATABASE);
        if database.try_exists().map_err(StoreError::from)? {
            return Err(StoreError::Exists.into());
        }
        make_dir(dir).map_err(StoreError::from)?;
        let new = making(dir, DATABASE);
        let made = Self::make_at(dir, &new, key, first);
        let value = match made {
            Ok(value) => value,
            Err(error) => {
                remove_database(&new);
                // Somebody else's finished store was opened, and tidied up, while this one was made.
                return Err(if database.exists() {
                    StoreError::Exists.into()
                } else {
                    error
                });
            }
        };
        match publish_new(&new, &database) {
            // NotFound: somebody else's finished store was opened, and tidied up, meanwhile.
            Err(error)
                if error.kind() == io::ErrorKind::AlreadyExists
                    || (error.kind() == io::ErrorKind::NotFound && database.exists()) =>
            {
                return Err(StoreError::Exists.into());
            }
            Err(error) => {
                remove_database(&new);
                return Err(StoreError::from(error).into());
            }
            Ok(()) => {}
        }
        match key_check::write(dir, key).and_then(|()| Self::open(dir, key)) {
            Ok(store) => Ok((store, value)),
            Err(error) => {
                // Nobody has seen it, and whoever is told that it was not made will make another.
                remove_database(&database);
                Err(error.into())
            }
        }
    }

    fn make_at<T, E: From<StoreError>>(
        dir: &Path,
        new: &Path,
        key: &[u8; 32],
        first: impl FnOnce(&WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // Asked before the connection is closed: closing it makes room.
        let explained = |error: StoreError| E::from(room::explain(dir, error));
        remove_if_there(new).map_err(StoreError::from)?;
        make_private(new).map_err(StoreError::from)?;
        let mut conn = connect(new, key).map_err(explained)?;
        // Only possible while there is no table: lets freed pages be given back bit by bit.
        conn.execute_batch("PRAGMA auto_vacuum = INCREMENTAL")
            .map_err(|error| explained(error.into()))?;
        configure(&conn).map_err(explained)?;
        migrate(&mut conn, MIGRATIONS, |_| Ok(())).map_err(explained)?;
        let tx = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| explained(error.into()))?;
        let (seen, corrupt) = (Cell::new(None), Cell::new(false));
        let value = first(&WriteTx::new(ReadTx::new(dir, &tx, &seen, &corrupt)))?;
        tx.commit().map_err(|error| explained(error.into()))?;
        // Closing moves the log into the file and removes it; where it cannot, it does not say so.
        let moved: bool = conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(|error| explained(error.into()))?;
        if moved {
            return Err(StoreError::Busy.into());
        }
        conn.close().map_err(|(_, error)| explained(error.into()))?;
        Ok(value)
    }
}

/// Takes away a database that is not to be, as well as can be; the next open takes away what is left of one
/// that has no name yet.
fn remove_database(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let _ = remove_if_there(&beside(path, suffix));
    }
}
