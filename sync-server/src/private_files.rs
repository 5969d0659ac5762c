//! Folders and files for the operator alone, on the disk with their names before anything is said of them.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Makes the folder, and those above it, for their owner only. On return their names are on the disk.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|dir| !dir.exists()).count();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    if missing == 0 {
        // It may stem from a start that was killed before it came to this. Whoever made it otherwise may
        // not let us look at the folder above.
        return match sync_folder_of(folder) {
            Err(error) if error.kind() != ErrorKind::PermissionDenied => Err(error),
            _ => Ok(()),
        };
    }
    folder
        .ancestors()
        .take(missing)
        .try_for_each(sync_folder_of)
}

/// Writes a new file whole, readable by its owner only: a crash leaves all of it or none. On return it is on
/// the disk. `AlreadyExists` if another process was quicker; then theirs stays.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.new", std::process::id()));
    let part = Path::new(&part);
    remove_if_there(part)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let published = match fs::hard_link(part, path) {
        Ok(()) => Ok(()),
        Err(_) if path.try_exists()? => Err(ErrorKind::AlreadyExists.into()),
        // Some file systems know no second names; there the last of several wins.
        Err(_) => fs::rename(part, path),
    };
    remove_if_there(part)?;
    published?;
    sync_folder_of(path)
}

/// Opens a file for writing without emptying it, and takes the rights to it from everybody but its owner.
/// Where it is missing it is made, if `make` says so.
pub(crate) fn open_for_owner(path: &Path, make: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(make).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        }
    }
    Ok(file)
}

/// Removes a file; it is fine when there is none.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives a file its name, under which nothing stands yet. On return file and name are on the disk.
pub(crate) fn publish(part: &Path, path: &Path) -> io::Result<()> {
    // For writing, because some systems sync no file that is open for reading only.
    OpenOptions::new().write(true).open(part)?.sync_all()?;
    fs::rename(part, path)?;
    sync_folder_of(path)
}

/// Makes sure that the names in the folder of `path` are on the disk.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened, and names are durable by themselves.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let here = folder.as_os_str().is_empty();
        File::open(if here { Path::new(".") } else { folder })?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
