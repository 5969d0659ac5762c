//! What a goal may ask for, on which days, and what of a day counts (G1, G2, G4, G5).
//!
//! [`crate::Goal`] is what formats and screens know of them. `docs/goals.md` says the same for people, with
//! every rule that refuses something.

mod amount;
mod error;
mod measure;
mod occasion;
mod pause;
mod schedule;
mod terms;

pub use amount::{Amount, MAX_UNIT_CHARS, Unit};
pub use error::{TermsError, TermsRule};
pub use measure::{FULL_CREDIT, MAX_MILESTONES, Measure, Milestone};
pub use occasion::Occasion;
pub use pause::{MAX_PAUSES, Pause, PauseReason, PausedDays, Pauses};
pub use schedule::{MAX_DATES, MAX_EVERY_DAYS, MAX_PER_MONTH, Schedule};
pub use terms::{Due, Terms};
