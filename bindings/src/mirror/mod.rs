//! The core's records and choices as Kotlin and Swift see them: the same names, the same fields.
//!
//! Each is written down a second time because uniffi has to see the fields of a type that stands in another
//! crate. Only the shape stands here; the compiler compares it with the core's.

mod agreement;
mod attachments;
mod check_in_form;
mod choices;
mod day;
mod day_return;
mod devices;
mod file_bundle;
mod goals;
mod help;
mod history;
mod input;
mod insights;
mod journal;
mod near;
mod own;
mod pages;
mod partners;
mod people;
mod practice;
mod reaching;
mod readers;
mod receipts;
mod recovery;
mod reminders;
mod sets;
mod shared;
mod status;
mod values;
mod writing;

pub(crate) use sets::{EntryGoals, EntryTags};
