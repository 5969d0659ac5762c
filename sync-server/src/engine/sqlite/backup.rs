//! Copying the database while it is in use, and putting a copy back.
//!
//! `VACUUM INTO` reads one snapshot, so a copy is as of one moment whatever is written meanwhile, and it
//! copies rows and not pages, so nothing that was erased comes along.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::database::{FILE, SCHEMA, lock, migrate};
use super::mailbox::renew_generations;
use crate::{RelayError, private_files};

const PART: &str = "relay.sqlite.part";

pub(super) fn back_up(folder: &Path, target: &Path) -> Result<(), RelayError> {
    let source = folder.join(FILE);
    let (part, path) = (target.join(PART), target.join(FILE));
    let connection = open(&source)?;
    private_files::make_folder(target).map_err(at(target))?;
    refuse_if_there(&path)?;
    make_part(&part)?;
    copy(&connection, &part)?;
    private_files::publish(&part, &path).map_err(at(&path))
}

pub(super) fn restore(folder: &Path, source: &Path) -> Result<u64, RelayError> {
    let source = source.join(FILE);
    let copied = open_checked(&source)?;
    private_files::make_folder(folder).map_err(at(folder))?;
    let (part, path) = (folder.join(PART), folder.join(FILE));
    refuse_if_there(&path)?;
    let _lock = lock(folder)?;
    // Again, now that nobody else can make it.
    refuse_if_there(&path)?;
    make_part(&part)?;
    copy(&copied, &part)?;
    drop(copied);
    let mut connection = Connection::open(&part)?;
    migrate(&mut connection)?;
    // Before the database has its name: no reader may meet numbers that were used otherwise.
    let count = renew_generations(&connection)?;
    connection.close().map_err(|(_, error)| error)?;
    private_files::publish(&part, &path).map_err(at(&path))?;
    Ok(count)
}

/// A connection that only reads.
fn open(path: &Path) -> Result<Connection, RelayError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| {
        match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen) => RelayError::NotABackup(path.to_owned()),
            _ => error.into(),
        }
    })?;
    connection.busy_timeout(Duration::from_secs(30))?;
    Ok(connection)
}

/// Everything as of one moment into an empty file.
fn copy(connection: &Connection, part: &Path) -> Result<(), RelayError> {
    let name = part.to_str().ok_or_else(|| RelayError::File {
        path: part.to_owned(),
        source: std::io::ErrorKind::InvalidInput.into(),
    })?;
    connection.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

/// A copy that is whole and of a version known here.
fn open_checked(path: &Path) -> Result<Connection, RelayError> {
    let damaged = || RelayError::NotABackup(path.to_owned());
    let connection = open(path)?;
    let found: i64 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(|_| damaged())?;
    if found > SCHEMA {
        return Err(RelayError::NewerData {
            found,
            known: SCHEMA,
        });
    }
    let word: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|_| damaged())?;
    let is_relay = connection
        .query_row("SELECT count(*) FROM mailbox", [], |_| Ok(()))
        .is_ok();
    if word == "ok" && found > 0 && is_relay {
        Ok(connection)
    } else {
        Err(damaged())
    }
}

/// An empty file for its owner alone, whatever an earlier try left behind.
fn make_part(part: &Path) -> Result<(), RelayError> {
    for left in ["", "-journal", "-wal", "-shm"] {
        let mut path = part.as_os_str().to_owned();
        path.push(left);
        private_files::remove_if_there(Path::new(&path)).map_err(at(part))?;
    }
    private_files::open_for_owner(part, true).map_err(at(part))?;
    Ok(())
}

fn refuse_if_there(path: &Path) -> Result<(), RelayError> {
    if path.try_exists().map_err(at(path))? {
        return Err(RelayError::InTheWay(path.to_owned()));
    }
    Ok(())
}

fn at(path: &Path) -> impl Fn(std::io::Error) -> RelayError {
    let path: PathBuf = path.to_owned();
    move |source| RelayError::File {
        path: path.clone(),
        source,
    }
}
