//! What is on the disk when the power goes: tools to show that it is everything that was acknowledged.
//!
//! A [`Recorder`] is loaded into a real process and notes every call that changes a folder. It can end the
//! process at any of them. [`Disk`] takes the notes and answers what a disk may hold after a power cut at
//! any point: what was synced, and any part of what was not. The tests open what it answers.
//!
//! What it proves and what not is written in `docs/testing.md`. Linux only, as the recorder is.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "only tests use this; they may stop at the first surprise"
)]

mod disk;
mod keystore;
mod log;
mod mailboxes;
mod migration;
mod person;
mod recorder;
mod relay_process;
mod store_check;
mod workload;

pub use disk::{Disk, Loss, Tree};
pub use keystore::FolderKeystore;
pub use log::{Event, read_log};
pub use mailboxes::{Acknowledged, GROUP, answers};
pub use migration::{check_migration, content, migrate};
pub use person::Person;
pub use recorder::{Kill, Recorder, driver_lines};
pub use relay_process::RelayProcess;
pub use store_check::check_database;
pub use workload::{Line, Model, Seen, Step, Steps};
