//! When a phone may remind of something (R1-R3): a pure plan of the next instants. It is made anew whenever
//! anything changes; a phone that cannot open its store yet goes on with the plan it kept, which holds
//! nothing but instants, wall clocks and neutral words.

mod plan;
mod planned;

pub use plan::{GoalReminders, MAX_PLANNED, MAX_REMINDERS, RemindedOf, Reminders, Snooze};
pub use planned::{CATCH_UP_MS, Planned, ReminderText, caught_up, moved_to};
