//! Small files beside the store: written whole or not at all, readable by their owner only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use belay_engine::BelayError;

/// Writes the file so that there is the old content or the new one, never a part. Makes the folder.
pub fn write(path: &Path, text: &str) -> belay_engine::Result<()> {
    write_whole(path, text).map_err(|error| as_engine(&error))
}

/// What a file beside the store that cannot be written means, in the engine's words.
pub fn as_engine(error: &io::Error) -> BelayError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            BelayError::StorageFull
        }
        io::ErrorKind::PermissionDenied
        | io::ErrorKind::ReadOnlyFilesystem
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::AlreadyExists => BelayError::Unavailable {
            reason: "folder-not-writable",
        },
        _ => BelayError::Internal { code: "key-file" },
    }
}

/// Removes the file, and what an interrupted write left of it. One that is not there is fine.
pub fn remove(path: &Path) -> belay_engine::Result<()> {
    for path in [path.with_extension("part"), path.to_owned()] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(BelayError::Unavailable {
                    reason: "folder-not-writable",
                });
            }
            _ => {}
        }
    }
    Ok(())
}

fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    make_dir(dir)?;
    let part = path.with_extension("part");
    // One from an interrupted write may lie here; it was never of use to anyone.
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = open_private(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, path)?;
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
    Ok(())
}

fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the folder, and those above it, for their owner only.
pub fn make_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// The file's text, or `None` when there is no such file.
pub fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
