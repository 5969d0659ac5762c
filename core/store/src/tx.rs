//! One transaction: what every area's methods stand on.

use std::cell::Cell;
use std::ops::Deref;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Params, Row};

use crate::{Result, StoreError, room};

/// A snapshot of the store: everything read through it is as of one moment.
pub struct ReadTx<'a> {
    dir: &'a Path,
    conn: &'a Connection,
    seen: &'a Cell<Option<i64>>,
    corrupt: &'a Cell<bool>,
}

/// A write in progress. Reads through it (by dereferencing to [`ReadTx`]) see what it wrote; nobody
/// else does before it is committed.
pub struct WriteTx<'a> {
    read: ReadTx<'a>,
}

impl<'a> ReadTx<'a> {
    pub(crate) const fn new(
        dir: &'a Path,
        conn: &'a Connection,
        seen: &'a Cell<Option<i64>>,
        corrupt: &'a Cell<bool>,
    ) -> Self {
        Self {
            dir,
            conn,
            seen,
            corrupt,
        }
    }

    /// Whether another connection committed since the last [`ReadTx::note_seen`] of this store value;
    /// true before the first. Commits of this store value do not count. Whoever keeps a cache of what
    /// the store holds asks this before trusting it, inside the transaction that uses it.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn changed_elsewhere(&self) -> Result<bool> {
        Ok(self.seen.get() != Some(self.data_version()?))
    }

    /// Remembers that the caller's caches are as of this transaction.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn note_seen(&self) -> Result<()> {
        self.seen.set(Some(self.data_version()?));
        Ok(())
    }

    fn data_version(&self) -> Result<i64> {
        self.one("PRAGMA data_version", [], |row| row.get(0))?
            .ok_or(StoreError::Malformed("data_version"))
    }

    /// Whether a table has a row.
    pub(crate) fn holds_anything(&self, table: &str) -> Result<bool> {
        self.conn
            .query_row(
                &format!("SELECT EXISTS (SELECT 1 FROM \"{table}\")"),
                [],
                |row| row.get(0),
            )
            .map_err(|error| self.noted(error))
    }

    /// The first row, if there is one.
    pub(crate) fn one<T>(
        &self,
        sql: &'static str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        self.conn
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(params, map).optional())
            .map_err(|error| self.noted(error))
    }

    /// The only row of a query that always has one, such as a count.
    pub(crate) fn only<T>(
        &self,
        sql: &'static str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        self.one(sql, params, map)?
            .ok_or(StoreError::MissingRow("row"))
    }

    /// All rows.
    pub(crate) fn many<T>(
        &self,
        sql: &'static str,
        params: impl Params,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.conn
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map(params, map)?.collect())
            .map_err(|error| self.noted(error))
    }

    /// Keeps in mind that something could not be read, so that the next open looks closer.
    fn noted(&self, error: rusqlite::Error) -> StoreError {
        let error = room::explain(self.dir, StoreError::from(error));
        if error == StoreError::Corrupt {
            self.corrupt.set(true);
        }
        error
    }
}

impl<'a> WriteTx<'a> {
    pub(crate) const fn new(read: ReadTx<'a>) -> Self {
        Self { read }
    }

    /// Runs a statement that gives no rows; says how many rows it changed.
    pub(crate) fn run(&self, sql: &'static str, params: impl Params) -> Result<usize> {
        self.conn
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params))
            .map_err(|error| self.noted(error))
    }

    /// Runs statements that are put together here, and have no parameters.
    pub(crate) fn batch(&self, sql: &str) -> Result<()> {
        self.conn
            .execute_batch(sql)
            .map_err(|error| self.noted(error))
    }

    /// As [`WriteTx::run`], for a statement that must meet a row.
    pub(crate) fn run_on(
        &self,
        what: &'static str,
        sql: &'static str,
        params: impl Params,
    ) -> Result<()> {
        match self.run(sql, params)? {
            0 => Err(StoreError::MissingRow(what)),
            _ => Ok(()),
        }
    }

    /// Runs an insertion and gives the row's number.
    pub(crate) fn add(&self, sql: &'static str, params: impl Params) -> Result<i64> {
        self.run(sql, params)?;
        Ok(self.conn.last_insert_rowid())
    }
}

impl<'a> Deref for WriteTx<'a> {
    type Target = ReadTx<'a>;

    fn deref(&self) -> &ReadTx<'a> {
        &self.read
    }
}

impl std::fmt::Debug for ReadTx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadTx").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for WriteTx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WriteTx").finish_non_exhaustive()
    }
}
