//! The recorder's notes, as values.

use std::path::{Path, PathBuf};

/// One thing a process did, in the order in which it happened. Paths are absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Opened a file or folder, and made the file if it was not there.
    Opened {
        /// Its descriptor from now on.
        fd: i32,
        /// Emptied by opening.
        emptied: bool,
        /// Where.
        path: PathBuf,
    },
    /// Let go of a descriptor.
    Closed {
        /// Which.
        fd: i32,
    },
    /// Wrote into a file.
    Wrote {
        /// Its descriptor.
        fd: i32,
        /// From which byte on.
        at: usize,
        /// What.
        bytes: Vec<u8>,
    },
    /// Gave a file another length.
    Cut {
        /// Its descriptor.
        fd: i32,
        /// The new length.
        length: usize,
    },
    /// Asked for a file or folder to be on the disk, and was told that it is.
    Synced {
        /// Its descriptor.
        fd: i32,
    },
    /// Took a name away.
    Unlinked(PathBuf),
    /// Gave a file another name, in place of what had it.
    Renamed(PathBuf, PathBuf),
    /// Gave a file a second name.
    Linked(PathBuf, PathBuf),
    /// Made a folder.
    MadeDir(PathBuf),
    /// Removed a folder.
    RemovedDir(PathBuf),
    /// Said something on standard output.
    Said(Vec<u8>),
    /// Sent something through a socket.
    Sent {
        /// The socket's descriptor.
        fd: i32,
        /// What.
        bytes: Vec<u8>,
    },
}

impl Event {
    /// Whether a disk may differ before and after.
    #[must_use]
    pub fn changes_disk(&self) -> bool {
        !matches!(
            self,
            Self::Closed { .. } | Self::Said(_) | Self::Sent { .. }
        )
    }
}

/// Reads a log to its end.
///
/// # Panics
/// When it is not one of the recorder's.
#[must_use]
pub fn read_log(path: &Path) -> Vec<Event> {
    let bytes = std::fs::read(path).expect("a log");
    let mut rest = &bytes[..];
    let mut events = Vec::new();
    while !rest.is_empty() {
        events.push(take_event(&mut rest));
    }
    events
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (taken, left) = rest.split_at_checked(length).expect("a whole note");
    *rest = left;
    taken
}

fn take_event(rest: &mut &[u8]) -> Event {
    let kind = take(rest, 1)[0];
    let fd = i32::from_le_bytes(take(rest, 4).try_into().unwrap());
    let number = u64::from_le_bytes(take(rest, 8).try_into().unwrap());
    let number = usize::try_from(number).expect("a length in memory");
    let first = u32::from_le_bytes(take(rest, 4).try_into().unwrap());
    let second = u32::from_le_bytes(take(rest, 4).try_into().unwrap());
    let first = path(take(rest, first as usize));
    let bytes = take(rest, second as usize);
    match kind {
        1 => Event::Opened {
            fd,
            emptied: number == 1,
            path: first,
        },
        2 => Event::Closed { fd },
        3 => Event::Wrote {
            fd,
            at: number,
            bytes: bytes.to_vec(),
        },
        4 => Event::Cut { fd, length: number },
        5 => Event::Synced { fd },
        6 => Event::Unlinked(first),
        7 => Event::Renamed(first, path(bytes)),
        8 => Event::Linked(first, path(bytes)),
        9 => Event::MadeDir(first),
        10 => Event::RemovedDir(first),
        11 => Event::Said(bytes.to_vec()),
        12 => Event::Sent {
            fd,
            bytes: bytes.to_vec(),
        },
        other => panic!("no such note: {other}"),
    }
}

fn path(bytes: &[u8]) -> PathBuf {
    String::from_utf8(bytes.to_vec())
        .expect("paths of tests are text")
        .into()
}
