//! The person's own documents in the `self` space: made, written, read and merged.
//!
//! A [`SelfDocument`] knows containers, fields and changes; the files named after a kind know which
//! fields that kind has. What to write is collected in a [`Draft`], so that one command becomes one
//! change however many things it touches.

mod check_in;
mod contacts;
mod device_names;
mod difference;
mod draft;
mod fields;
mod genesis;
mod goal;
mod goal_text;
mod help;
mod journal_entry;
mod kept_lines;
mod outcome;
mod own_cards;
mod past;
mod pauses;
mod publish_state;
mod reminders;
mod scalar;
mod self_document;
mod settings;
mod sharing;
mod text;
mod text_diff;
mod time;
mod writer;

#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod goal_tests;
#[cfg(test)]
mod help_tests;
#[cfg(test)]
mod journal_tests;
#[cfg(test)]
mod merge_tests;

pub use contacts::{Comparison, Contact};
pub use difference::text_difference;
pub use draft::Draft;
pub use genesis::{genesis_bytes, genesis_facts};
pub(crate) use goal_text::{measure_text, parse_measure, parse_schedule, schedule_text};
pub use outcome::GoalOutcome;
pub use past::{PastState, change_name};
pub use publish_state::{PublishState, PublishStep, Standing, next_publish_state, standing};
pub use scalar::Scalar;
pub use self_document::SelfDocument;
pub use text::{TEXT_MAX, TextEdit};

/// The newest schema of documents this program writes and reads.
pub const DOCUMENT_SCHEMA: u64 = 1;
