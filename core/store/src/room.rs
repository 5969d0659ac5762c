//! Why a folder does not take bytes. SQLite tells a full disk only where a page of the database does not
//! fit; an index of the log that cannot grow, a quota or a limit on file sizes reach us as plain "input or
//! output failed", and a log that cannot be made as "cannot open". So the folder itself is asked.

use std::fs;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use crate::StoreError;
use crate::files::{make_private, making, remove_if_there};

/// SQLite's primary code for "input or output failed".
const IOERR: i32 = 10;
/// SQLite's primary code for "cannot open".
const CANTOPEN: i32 = 14;

/// What a folder must take to count as having room: more than SQLite's index of the log grows by at once.
const ROOM: usize = 64 * 1024;

/// The error as it is, or why it came about where the folder can tell. Writes to the folder and leaves
/// nothing there.
pub(crate) fn explain(dir: &Path, error: StoreError) -> StoreError {
    let StoreError::Sqlite(code) = error else {
        return error;
    };
    if !matches!(code & 0xff, IOERR | CANTOPEN) {
        return error;
    }
    match probe(dir).map_err(StoreError::from) {
        Err(told @ (StoreError::StorageFull | StoreError::ReadOnly)) => told,
        Err(StoreError::Io(io::ErrorKind::PermissionDenied)) => StoreError::ReadOnly,
        _ => error,
    }
}

/// Writes a file a little larger than any in the folder, and takes it away again.
fn probe(dir: &Path) -> io::Result<()> {
    let mut largest = 0;
    for entry in fs::read_dir(dir)? {
        // One that is gone meanwhile was not the largest.
        largest = largest.max(entry?.metadata().map_or(0, |meta| meta.len()));
    }
    let path = making(dir, "room");
    let written = make_private(&path).and_then(|mut file| {
        // Before it there is a hole, which takes no room.
        file.seek(SeekFrom::Start(largest))?;
        file.write_all(&[0; ROOM])?;
        file.sync_all()
    });
    remove_if_there(&path)?;
    written
}
