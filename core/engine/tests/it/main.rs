//! The engine through its public face, over a real store.
//!
//! One program, not one per file: every test program links the whole core, and linking is most of what building tests costs.

mod bad_input;
#[path = "../../../model/tests/by_hand/mod.rs"]
mod by_hand;
mod commands;
mod common;
mod day_return;
mod entry_history;
mod erase_limit;
mod goals;
mod goals_counted;
mod help;
mod insights;
mod invitation_kinds;
mod journal;
mod newer;
mod pages;
mod practice;
mod reminders;
mod screens;
mod search;
mod store;
mod worksheet;
