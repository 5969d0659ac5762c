//! Disks with as little room as a test wants.
//!
//! Two real ones: a small file system of its own in memory, filled up to the last page, where this account
//! may mount; and a limit on how large any file may become, which every account can set for a process. The
//! second always works, so no test is ever left out.

use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Place, Ran};

/// Bytes of the mounted file system.
const MOUNTED_BYTES: u64 = 6 * 1024 * 1024;

/// Where a store lies that has little room.
pub enum Disk {
    /// Files can become so large and no larger.
    Limited(Place),
    /// A file system that other files have filled up.
    Mounted(Place, Mount),
}

/// A mounted file system; dropping it takes it away.
pub struct Mount {
    at: PathBuf,
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.at).status();
    }
}

impl Disk {
    /// Every kind that works for this account, one after the other; at least one.
    pub fn each() -> Vec<Self> {
        let mut disks = vec![Self::Limited(Place::empty())];
        let place = Place::empty();
        std::fs::create_dir(place.store()).unwrap();
        match Mount::at(&place.store()) {
            Some(mount) => disks.push(Self::Mounted(place, mount)),
            None => eprintln!("this account may not mount: only the limit on file sizes is tried"),
        }
        disks
    }

    /// The place whose store has little room.
    pub fn place(&self) -> &Place {
        match self {
            Self::Limited(place) | Self::Mounted(place, _) => place,
        }
    }

    /// Runs `belay` with this much room; afterwards there is plenty again.
    pub fn run(&self, room: u64, words: &[&str]) -> Ran {
        match self {
            Self::Limited(place) => Ran::of(&mut limited(&place.command(words), room), b""),
            Self::Mounted(place, mount) => {
                let ballast = mount.fill(room);
                let ran = Ran::of(&mut place.command(words), b"");
                std::fs::remove_file(ballast).unwrap();
                ran
            }
        }
    }
}

impl Mount {
    fn at(path: &Path) -> Option<Self> {
        let size = format!("size={MOUNTED_BYTES},mode=700");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "belay-test"])
            .arg(path)
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then(|| Self {
            at: path.to_owned(),
        })
    }

    /// Fills it up but for `room`; the file that does is to be removed.
    fn fill(&self, room: u64) -> PathBuf {
        let path = self.at.join("ballast");
        let mut file = File::create(&path).unwrap();
        let page = [1; 4096];
        while file.write_all(&page).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(room)).unwrap();
        path
    }
}

/// The command in a shell that first forbids larger files. Without the trap a write would not be refused:
/// its process would be ended.
fn limited(command: &Command, room: u64) -> Command {
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", room / 512);
    let mut shell = Command::new("/bin/sh");
    shell
        .args(["-c", &script, "belay"])
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    shell
}

/// `belay` as it runs for an account without special rights, which permissions hold back. Where the tests
/// run as such an account already, nothing changes.
pub fn unprivileged(place: &Place, words: &[&str]) -> Command {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt};

    const NOBODY: u32 = 65_534;
    let own = place.command(words);
    let outer = std::fs::metadata(place.folder()).unwrap();
    if outer.uid() != 0 {
        return own;
    }
    std::fs::set_permissions(place.folder(), PermissionsExt::from_mode(0o755)).unwrap();
    // The folders above the built one may be closed to others.
    let program = place.folder().join("belay");
    if !program.exists() {
        std::fs::copy(own.get_program(), &program).unwrap();
    }
    if place.store().exists() {
        for entry in std::fs::read_dir(place.store()).unwrap() {
            let path = entry.unwrap().path();
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        std::os::unix::fs::chown(place.store(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let mut command = Command::new(program);
    command
        .args(own.get_args())
        .env_clear()
        .envs(
            own.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .uid(NOBODY)
        .gid(NOBODY)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}
