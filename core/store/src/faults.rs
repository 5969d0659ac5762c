//! Faults at the moments that matter, for the simulator in `testing/simulate`: a store can be made to end before or
//! after a commit, as a process does that is killed, or to find the disk full. Only with the feature `faults`, which
//! no crate that ships asks for (`cargo xtask layers`); without an order of this thread nothing happens.

use std::cell::RefCell;
use std::path::Path;

use crate::{Result, StoreError};

/// What happens at a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is made.
    Commits,
    /// It finds the disk full, and nothing of it is kept.
    DiskFull,
    /// The process ends before it: nothing of it is kept, and nothing works any more.
    EndsBefore,
    /// The process ends after it: all of it is kept, nobody hears of it, and nothing works any more.
    EndsAfter,
}

/// Says what happens at the commit of the store in a folder.
pub type Decide = Box<dyn FnMut(&Path) -> Fate>;

#[derive(Default)]
struct Orders {
    decide: Option<Decide>,
    /// Folders whose process has ended.
    ended: Vec<std::path::PathBuf>,
}

thread_local! {
    static ORDERS: RefCell<Orders> = RefCell::default();
}

/// From now on this thread's commits go as `decide` says.
pub fn decide_by(decide: Decide) {
    ORDERS.with_borrow_mut(|orders| orders.decide = Some(decide));
}

/// The process on this folder is started again, if it had ended.
pub fn start_again(dir: &Path) -> bool {
    ORDERS.with_borrow_mut(|orders| {
        let before = orders.ended.len();
        orders.ended.retain(|ended| ended != dir);
        orders.ended.len() < before
    })
}

/// Whether the process on this folder has ended.
#[must_use]
pub fn has_ended(dir: &Path) -> bool {
    ORDERS.with_borrow(|orders| orders.ended.iter().any(|ended| ended == dir))
}

/// What a process that has ended would find: nothing.
pub(crate) fn check_alive(dir: &Path) -> Result<()> {
    if has_ended(dir) {
        return Err(StoreError::Io(std::io::ErrorKind::BrokenPipe));
    }
    Ok(())
}

/// Asks what happens at this commit; an error instead of it.
pub(crate) fn before_commit(dir: &Path) -> Result<Fate> {
    ORDERS.with_borrow_mut(|orders| {
        let fate = orders
            .decide
            .as_mut()
            .map_or(Fate::Commits, |decide| decide(dir));
        match fate {
            Fate::Commits => {}
            Fate::DiskFull => return Err(StoreError::StorageFull),
            Fate::EndsBefore | Fate::EndsAfter => orders.ended.push(dir.to_owned()),
        }
        if fate == Fate::EndsBefore {
            return Err(StoreError::Io(std::io::ErrorKind::BrokenPipe));
        }
        Ok(fate)
    })
}
