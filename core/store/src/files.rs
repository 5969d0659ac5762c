//! Files of the store's folder: their names, and writing them so that a crash leaves the old or the new.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The database.
pub(crate) const DATABASE: &str = "belay.db";
/// The wrapped key.
pub(crate) const KEY_FILE: &str = "key.belay";
/// The wrapped key while it is written; always the same name, so that what a crash left is written over.
pub(crate) const KEY_FILE_NEW: &str = "key.belay.new";
/// Held by the one worker that syncs.
pub(crate) const SYNC_LOCK: &str = "sync.lock";
/// Proves a key right without the database.
pub(crate) const KEY_CHECK: &str = "belay.check";
/// Says that part of the database could not be read.
pub(crate) const SUSPECT: &str = "belay.suspect";
/// Says that the store is being removed: whatever is still there is to go.
pub(crate) const GOING: &str = "belay.going";
/// What the person agreed to have shown while the store is locked, in plain text.
pub(crate) const OPEN_PAGE: &str = "help-now.json";
/// The same while it is written.
pub(crate) const OPEN_PAGE_NEW: &str = "help-now.json.new";
/// How the name of a database in the making starts.
pub(crate) const MAKING: &str = "belay.making-";
/// How the name of a copy from before a migration starts.
pub(crate) const BEFORE: &str = "belay.before-";
/// How the name of a damaged database starts.
pub(crate) const DAMAGED: &str = "belay.damaged-";

/// `path` with `suffix` at the end of its name, as SQLite names what belongs to a database.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A name that nobody else on this machine uses at the moment.
pub(crate) fn making(dir: &Path, what: &str) -> PathBuf {
    static MADE: AtomicU64 = AtomicU64::new(0);
    let (process, counter) = (std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    dir.join(format!("{MAKING}{process}-{counter}-{what}"))
}

/// Removes what a crash left of databases and key checks that were being made. Only to be called when
/// there are finished ones: whoever is making another meanwhile does without. Copies from before a
/// migration stay, for one may be under way; see [`tidy_copies`].
pub(crate) fn tidy(dir: &Path) -> io::Result<()> {
    let made = starting_with(dir, MAKING)?.into_iter();
    remove_all(made.filter(|path| !is_copy(path)))
}

/// Removes what a crash left of copies from before a migration. Only to be called by the one that
/// migrates.
pub(crate) fn tidy_copies(dir: &Path) -> io::Result<()> {
    let made = starting_with(dir, MAKING)?.into_iter();
    remove_all(made.filter(|path| is_copy(path)))
}

fn is_copy(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().contains(BEFORE))
}

fn remove_all(mut paths: impl Iterator<Item = PathBuf>) -> io::Result<()> {
    paths.try_for_each(|path| remove_if_there(&path))
}

/// Makes the folder, and those above it, for their owner only. On return their names are on the disk.
pub(crate) fn make_dir(dir: &Path) -> io::Result<()> {
    let missing = dir.ancestors().take_while(|dir| !dir.exists()).count();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)?;
    if missing == 0 {
        // It may stem from a try that was killed before it came to this. Whoever made it otherwise may
        // not let us look at the folder above.
        return match sync_dir_of(dir) {
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied => Err(error),
            _ => Ok(()),
        };
    }
    dir.ancestors().take(missing).try_for_each(sync_dir_of)
}

/// Makes a new file that only its owner may read. SQLite gives its log the same rights.
pub(crate) fn make_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a new private file whole, to the disk.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    remove_if_there(path)?;
    let mut file = make_private(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Gives a finished file its name, unless something has that name: then `AlreadyExists`, and `from` is
/// gone. To the disk.
pub(crate) fn publish_new(from: &Path, to: &Path) -> io::Result<()> {
    let published = match fs::hard_link(from, to) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Ok(()) => Ok(()),
        // Some file systems and Android know no hard links; there one process owns the folder.
        Err(_) if to.try_exists()? => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => return fs::rename(from, to).and_then(|()| sync_dir_of(to)),
    };
    remove_if_there(from)?;
    published?;
    sync_dir_of(to)
}

/// Gives a finished file its name, in place of what had it. To the disk.
pub(crate) fn publish(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_dir_of(to)
}

/// Removes a file, if it is there.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Paths in `dir` whose name starts with `start`.
pub(crate) fn starting_with(dir: &Path, start: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(start) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Makes sure that the names in the folder of `path` are on the disk.
pub(crate) fn sync_dir_of(path: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened, and renaming is durable by itself.
    #[cfg(unix)]
    if let Some(dir) = path.parent() {
        let here = Path::new(".");
        let dir = if dir.as_os_str().is_empty() {
            here
        } else {
            dir
        };
        File::open(dir)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
