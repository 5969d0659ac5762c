//! One encrypted database in one folder.

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::files::{
    BEFORE, DAMAGED, DATABASE, beside, make_dir, make_private, making, publish, remove_if_there,
    starting_with, sync_dir_of, tidy, tidy_copies,
};
use crate::migrate::{MIGRATIONS, migrate, version};
use crate::open::{configure, connect};
use crate::{ReadTx, Result, StoreError, WriteTx, key_check, room, set_aside};

/// An open store. Several may be open on one folder, in one process or in several: each write sees
/// what was committed before it, and one write happens at a time.
///
/// The closures given to [`Store::read`] and [`Store::write`] must not call the same store value again:
/// they would wait for themselves. They get all they need from the transaction.
pub struct Store {
    dir: PathBuf,
    inner: Mutex<Inner>,
}

struct Inner {
    conn: Connection,
    seen: Cell<Option<i64>>,
    corrupt: Cell<bool>,
}

impl Store {
    /// Whether there is a store in `dir`, readable or not.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        dir.join(DATABASE).exists()
    }

    /// Makes the folder of a store to come, for its owner alone; does nothing where it is.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn make_folder(dir: &Path) -> Result<()> {
        Ok(make_dir(dir)?)
    }

    /// Opens the store in `dir`. Migrates one of an older version, after copying it; the copy stays
    /// until the next open that goes well.
    ///
    /// # Errors
    /// `NotFound`; `WrongKey`; `NewerData` for one that a newer Belay wrote, which is left as it is;
    /// `Damaged` for one that cannot be read, which is then no longer there but under another name;
    /// or what SQLite or the operating system refuses.
    pub fn open(dir: &Path, key: &[u8; 32]) -> Result<Self> {
        let database = dir.join(DATABASE);
        if !database.try_exists()? {
            return Err(StoreError::NotFound);
        }
        match Self::open_database(dir, &database, key, MIGRATIONS)
            .map_err(|error| room::explain(dir, error))
        {
            Err(StoreError::Corrupt) => Err(StoreError::Damaged {
                set_aside: set_aside::set_aside(dir)?,
            }),
            other => other,
        }
    }

    /// As [`Store::open`], with one migration more than there are: for tests that cut the power while a
    /// store migrates.
    ///
    /// # Errors
    /// As [`Store::open`].
    #[doc(hidden)]
    pub fn open_with_next(dir: &Path, key: &[u8; 32], next: &str) -> Result<Self> {
        let migrations = [MIGRATIONS, &[next]].concat();
        Self::open_database(dir, &dir.join(DATABASE), key, &migrations)
    }

    /// As [`Store::open`]; `Corrupt` when the key is right and the database cannot be read.
    fn open_database(
        dir: &Path,
        database: &Path,
        key: &[u8; 32],
        migrations: &[&str],
    ) -> Result<Self> {
        if !database.is_file() {
            // A folder or the like has the name.
            return Err(if key_check::proves(dir, key) {
                StoreError::Corrupt
            } else {
                StoreError::WrongKey
            });
        }
        set_aside::keep_unreadable_log(dir, || key_check::proves(dir, key))?;
        let mut conn = connect(database, key).map_err(|error| room::explain(dir, error))?;
        // Asked before the connection is closed: closing it makes room.
        let migrated =
            bring_up(dir, &mut conn, key, migrations).map_err(|error| room::explain(dir, error))?;
        tidy(dir)?;
        if !migrated {
            for copy in starting_with(dir, BEFORE)? {
                remove_if_there(&copy)?;
            }
        }
        Ok(Self {
            dir: dir.to_owned(),
            inner: Mutex::new(Inner {
                conn,
                seen: Cell::new(None),
                corrupt: Cell::new(false),
            }),
        })
    }

    /// Reads one snapshot: what others commit meanwhile is not seen.
    ///
    /// # Errors
    /// What `f` returns, or what SQLite refuses.
    pub fn read<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&ReadTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        #[cfg(feature = "faults")]
        crate::faults::check_alive(&self.dir)?;
        let mut inner = self.lock();
        let Inner {
            conn,
            seen,
            corrupt,
        } = &mut *inner;
        let tx = conn
            .transaction_with_behavior(TransactionBehavior::Deferred)
            .map_err(|error| room::explain(&self.dir, error.into()))?;
        let outcome = f(&ReadTx::new(&self.dir, &tx, seen, corrupt));
        drop(tx);
        self.note_damage(corrupt);
        outcome
    }

    /// Writes in one transaction: nobody else writes meanwhile, and all of it is on the disk on return,
    /// or none of it when `f` returns an error or panics.
    ///
    /// # Errors
    /// What `f` returns; `Busy` when another connection wrote for longer than five seconds; or what
    /// SQLite refuses.
    pub fn write<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        #[cfg(feature = "faults")]
        crate::faults::check_alive(&self.dir)?;
        let mut inner = self.lock();
        let Inner {
            conn,
            seen,
            corrupt,
        } = &mut *inner;
        let tx = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| room::explain(&self.dir, error.into()))?;
        let outcome = f(&WriteTx::new(ReadTx::new(&self.dir, &tx, seen, corrupt)));
        self.note_damage(corrupt);
        let value = outcome?;
        #[cfg(feature = "faults")]
        crate::faults::before_commit(&self.dir)?;
        tx.commit()
            .map_err(|error| room::explain(&self.dir, error.into()))?;
        #[cfg(feature = "faults")]
        crate::faults::check_alive(&self.dir)?;
        Ok(value)
    }

    /// Moves the log into the database and empties it, so that what was erased is gone from there too.
    /// False when a reader elsewhere was in the way for five seconds; nothing is lost then.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn checkpoint(&self) -> Result<bool> {
        let blocked: bool =
            self.lock()
                .conn
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(!blocked)
    }

    /// Gives pages that are no longer used back to the file system. Writes to disk; worth it after
    /// much was deleted.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn give_back_space(&self) -> Result<()> {
        let inner = self.lock();
        let mut statement = inner.conn.prepare("PRAGMA incremental_vacuum")?;
        let mut rows = statement.query([])?;
        // Every step gives back one page.
        while rows.next()?.is_some() {}
        Ok(())
    }

    /// Writes a copy to `path`, encrypted with the same key. On return it is on the disk.
    ///
    /// # Errors
    /// `Exists` when there is something at `path`, or what SQLite or the operating system refuses.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        copy(&self.lock().conn, path)
    }

    /// Bytes of the database and its log on the disk.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn size(&self) -> Result<u64> {
        let database = self.dir.join(DATABASE);
        let log = match fs::metadata(beside(&database, "-wal")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            other => other?.len(),
        };
        Ok(fs::metadata(&database)?.len() + log)
    }

    /// Damaged files that lie set aside in the folder, in the order of their names.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn files_set_aside(&self) -> Result<Vec<PathBuf>> {
        let mut files = starting_with(&self.dir, DAMAGED)?;
        files.sort();
        Ok(files)
    }

    /// The folder this store is in.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A panic inside a transaction has rolled it back; the connection is as good as before.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_damage(&self, corrupt: &Cell<bool>) {
        if corrupt.take() {
            set_aside::suspect(&self.dir);
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// Looks at the version, sets the connection up, and migrates; says whether there was something to migrate.
fn bring_up(
    dir: &Path,
    conn: &mut Connection,
    key: &[u8; 32],
    migrations: &[&str],
) -> Result<bool> {
    let known = u32::try_from(migrations.len()).expect("migrations are few");
    match version(conn) {
        // A store gets its name when it is complete: this one was emptied.
        Ok(0) => return Err(StoreError::Corrupt),
        Ok(found) if found > known => return Err(StoreError::NewerData { found, known }),
        Err(StoreError::Corrupt) if !key_check::proves(dir, key) => {
            return Err(StoreError::WrongKey);
        }
        other => other?,
    };
    set_aside::check_if_suspect(dir, conn)?;
    configure(conn)?;
    let migrated = migrate(conn, migrations, |found| {
        copy_before(dir, &dir.join(DATABASE), key, found)
    })?;
    if !key_check::exists(dir)? {
        key_check::write(dir, key)?;
    }
    Ok(migrated)
}

/// Copies a store of an older version. The caller keeps writers out, by a connection of its own.
fn copy_before(dir: &Path, database: &Path, key: &[u8; 32], found: u32) -> Result<()> {
    tidy_copies(dir)?;
    let new = making(dir, BEFORE);
    copy(&connect(database, key)?, &new)?;
    let published = publish(&new, &dir.join(format!("{BEFORE}{found}.db")));
    if published.is_err() {
        remove_if_there(&new)?;
    }
    Ok(published?)
}

fn copy(conn: &Connection, path: &Path) -> Result<()> {
    let name = path
        .to_str()
        .ok_or(StoreError::Io(io::ErrorKind::InvalidFilename))?;
    // Made here so that nobody else can read it; SQLite takes an empty file.
    let file = match make_private(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(StoreError::Exists);
        }
        other => other?,
    };
    if let Err(error) = conn.execute("VACUUM INTO ?1", [name]) {
        remove_if_there(path)?;
        return Err(error.into());
    }
    file.sync_all()?;
    Ok(sync_dir_of(path)?)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )]

    use super::*;

    const KEY: [u8; 32] = [3; 32];

    /// The copy that a migration of a store of the present version makes.
    fn before(dir: &Path) -> PathBuf {
        dir.join(format!("{BEFORE}{}.db", MIGRATIONS.len()))
    }

    #[test]
    fn an_older_store_is_copied_before_it_is_changed_and_the_copy_opens() {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join(DATABASE);
        let store = Store::create(dir.path(), &KEY).unwrap();
        store.write(|tx| tx.put_meta("word", b"old")).unwrap();
        drop(store);
        let left = dir.path().join("belay.making-7-0-belay.before-");
        fs::write(&left, b"half").unwrap();

        let newer = [MIGRATIONS, &["UPDATE meta SET value = x'00'"]].concat();
        let open = || Store::open_database(dir.path(), &database, &KEY, &newer).unwrap();
        let word = |store: &Store| store.read(|tx| tx.meta("word")).unwrap().unwrap();
        let store = open();
        assert_eq!(word(&store), [0]);
        drop(store);

        assert!(!left.exists(), "what a crash left of a copy is gone");
        let copy = before(dir.path());
        let bytes = fs::read(&copy).unwrap();
        assert!(!bytes.starts_with(b"SQLite"), "the copy is encrypted");
        assert!(!bytes.windows(3).any(|window| window == b"old"));
        let elsewhere = tempfile::tempdir().unwrap();
        fs::copy(&copy, elsewhere.path().join(DATABASE)).unwrap();
        let copied = Store::open(elsewhere.path(), &KEY).unwrap();
        assert_eq!(word(&copied), b"old");

        drop(open());
        assert!(!copy.exists(), "the migrated store has opened well since");
    }

    #[test]
    fn a_migration_that_fails_leaves_the_store_and_the_copy() {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join(DATABASE);
        drop(Store::create(dir.path(), &KEY).unwrap());
        let broken = [MIGRATIONS, &["DROP TABLE meta; DROP TABLE nothing"]].concat();
        for _ in 0..2 {
            Store::open_database(dir.path(), &database, &KEY, &broken).unwrap_err();
        }
        assert!(before(dir.path()).exists());
        let store = Store::open(dir.path(), &KEY).unwrap();
        store.write(|tx| tx.put_meta("word", b"still")).unwrap();
    }

    #[test]
    fn a_crash_between_copy_and_migration_leaves_a_store_that_the_next_open_copies_and_migrates() {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join(DATABASE);
        let store = Store::create(dir.path(), &KEY).unwrap();
        store.write(|tx| tx.put_meta("word", b"old")).unwrap();
        drop(store);
        // One crash while a copy was made, and one after another was there and before anything else.
        let partial = making(dir.path(), BEFORE);
        fs::write(&partial, b"half").unwrap();
        let known = u32::try_from(MIGRATIONS.len()).unwrap();
        copy_before(dir.path(), &database, &KEY, known).unwrap();
        let earlier = fs::read(before(dir.path())).unwrap();

        let newer = [MIGRATIONS, &["UPDATE meta SET value = x'00'"]].concat();
        let store = Store::open_database(dir.path(), &database, &KEY, &newer).unwrap();
        assert_eq!(
            store.read(|tx| tx.meta("word")).unwrap().unwrap(),
            [0],
            "it was migrated"
        );
        assert!(!partial.exists());
        assert_ne!(
            fs::read(before(dir.path())).unwrap(),
            earlier,
            "another copy took the place of the first"
        );
    }

    #[test]
    fn where_no_copy_can_be_made_nothing_is_migrated_and_nothing_is_left_over() {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join(DATABASE);
        drop(Store::create(dir.path(), &KEY).unwrap());
        // A folder that is not empty cannot be replaced by a file.
        fs::create_dir_all(before(dir.path()).join("in the way")).unwrap();
        let newer = [MIGRATIONS, &["DROP TABLE meta"]].concat();
        Store::open_database(dir.path(), &database, &KEY, &newer).unwrap_err();
        fs::remove_dir_all(before(dir.path())).unwrap();
        let store = Store::open(dir.path(), &KEY).unwrap();
        store.write(|tx| tx.put_meta("word", b"still")).unwrap();
        assert!(
            starting_with(dir.path(), crate::files::MAKING)
                .unwrap()
                .is_empty()
        );
    }
}
