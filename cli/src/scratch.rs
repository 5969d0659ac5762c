//! A private folder for as long as another program needs a file: under a name that nobody can guess, never
//! shared, and emptied and removed afterwards. One that a killed program left behind goes when the next is made.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

const PREFIX: &str = "belay-edit-";
/// Locked while the folder is in use, so that a left-over is told apart.
const LOCK: &str = "lock";

/// The folder. It stays until [`Scratch::remove`].
pub struct Scratch {
    path: PathBuf,
    lock: File,
}

impl Scratch {
    /// Makes a new folder in `place`, and removes what earlier ones of this account left there.
    pub fn make(place: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        let private: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        #[cfg(unix)]
        builder.permissions(private);
        let path = builder.tempdir_in(place)?.keep();
        let lock = locked(&path)?;
        let scratch = Self { path, lock };
        scratch.remove_left_overs(place);
        Ok(scratch)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes an empty file in it that only its owner may read.
    pub fn new_file(&self, name: &str) -> io::Result<(PathBuf, File)> {
        let path = self.path.join(name);
        let file = new_private(&path)?;
        Ok((path, file))
    }

    /// Overwrites and removes everything in it, and the folder. What cannot be removed stays where it is.
    pub fn remove(self) -> io::Result<()> {
        drop(self.lock);
        remove_folder(&self.path)
    }

    /// Nobody waits for this, and what cannot be removed now may be the next time.
    fn remove_left_overs(&self, place: &Path) {
        let Ok(entries) = fs::read_dir(place) else {
            return;
        };
        for entry in entries.flatten() {
            let named = entry.file_name().to_string_lossy().starts_with(PREFIX);
            let path = entry.path();
            if named && path != self.path && self.is_own(&path).unwrap_or(false) {
                let lock = OpenOptions::new().write(true).open(path.join(LOCK));
                if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                    let _ = remove_folder(&path);
                }
            }
        }
    }

    /// Whether a folder is this account's and nobody else's, so that no other could have put links into it.
    fn is_own(&self, path: &Path) -> io::Result<bool> {
        let about = fs::symlink_metadata(path)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let own = fs::symlink_metadata(&self.path)?;
            Ok(about.is_dir() && about.uid() == own.uid() && about.mode() & 0o077 == 0)
        }
        #[cfg(not(unix))]
        Ok(about.is_dir())
    }
}

/// The lock gets its name only when it is held: no other program takes a new folder for a left-over.
fn locked(folder: &Path) -> io::Result<File> {
    let new = folder.join("lock.new");
    let lock = new_private(&new)?;
    lock.lock()?;
    fs::rename(new, folder.join(LOCK))?;
    Ok(lock)
}

fn new_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Goes on where something cannot be removed, and gives the first trouble. Links are removed, never followed.
fn remove_folder(path: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    permit(path, 0o700);
    let mut first = Ok(());
    for entry in fs::read_dir(path)? {
        first = first.and(remove_entry(&entry?.path()));
    }
    first.and(fs::remove_dir(path))
}

fn remove_entry(path: &Path) -> io::Result<()> {
    let about = fs::symlink_metadata(path)?;
    if about.is_dir() {
        return remove_folder(path);
    }
    // A file with a second name may be the person's own, put here by the editor.
    let overwritten = if about.is_file() && !has_other_names(&about) {
        permit(path, 0o600);
        overwrite(path, about.len())
    } else {
        Ok(())
    };
    fs::remove_file(path).and(overwritten)
}

fn overwrite(path: &Path, length: u64) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
    file.sync_all()
}

#[cfg(unix)]
fn has_other_names(about: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(about) > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

/// An editor may have made it read-only; whether this helps shows at the next step.
fn permit(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
        let _ = fs::set_permissions(path, permissions);
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn what_a_killed_program_left_goes_and_what_is_in_use_stays() {
        let place = tempfile::tempdir().unwrap();
        let left = Scratch::make(place.path()).unwrap();
        left.new_file("entry.md").unwrap();
        let path = left.path().to_owned();
        drop(left);
        let used = Scratch::make(place.path()).unwrap();
        assert!(!path.exists());
        let other = Scratch::make(place.path()).unwrap();
        assert!(used.path().exists());
        used.remove().unwrap();
        other.remove().unwrap();
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn folders_of_others_and_links_are_left_alone() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let place = tempfile::tempdir().unwrap();
        let words = tempfile::tempdir().unwrap();
        let diary = words.path().join("diary");
        for file in [&diary, &words.path().join(LOCK)] {
            fs::write(file, "years of it").unwrap();
        }
        symlink(words.path(), place.path().join("belay-edit-linked")).unwrap();
        let open = place.path().join("belay-edit-open");
        fs::create_dir(&open).unwrap();
        fs::set_permissions(&open, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(open.join(LOCK), "").unwrap();
        let scratch = Scratch::make(place.path()).unwrap();
        symlink(&diary, scratch.path().join("link")).unwrap();
        fs::hard_link(&diary, scratch.path().join("name")).unwrap();
        symlink(words.path(), scratch.path().join("folder")).unwrap();
        let path = scratch.path().to_owned();
        scratch.remove().unwrap();
        assert!(!path.exists() && open.join(LOCK).exists());
        assert_eq!(fs::read_to_string(&diary).unwrap(), "years of it");
    }

    #[cfg(unix)]
    #[test]
    fn it_is_private_and_no_two_have_one_name() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = tempfile::tempdir().unwrap();
        let [one, two] = [(); 2].map(|()| Scratch::make(place.path()).unwrap());
        assert_ne!(one.path(), two.path());
        let (file, _) = one.new_file("entry.md").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(one.path()), mode(&file)), (0o700, 0o600));
    }
}
