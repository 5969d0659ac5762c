//! The exit codes, which scripts may rely on (docs/cli.md).

use std::process::ExitCode;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// A fault of the program or of the machine.
    Fault = 1,
    /// A command or flag that does not exist; clap says so.
    Usage = 2,
    /// What was typed breaks a rule; nothing was written.
    Input = 3,
    /// There is no such store, goal, partner or check-in.
    NotFound = 4,
    /// The store's key is not here, or it is not the right one.
    Locked = 5,
    /// The relay could not be used. Everything is kept.
    Relay = 6,
    /// The store is damaged, newer than this program, or the disk is full.
    Store = 7,
    /// Cannot be done now or in this state.
    Unavailable = 8,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
