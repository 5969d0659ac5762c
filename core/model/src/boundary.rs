//! What a person's own device holds to towards others (P2-P4, principle 9): quiet hours, how many nudges,
//! what about, how to be answered, and for how long. The receiver's device decides, never the sender's.
//!
//! `docs/boundaries.md` says the same for people.

mod card;
mod nudge;
mod quiet;
mod support;
mod term;

pub use card::{BoundaryCard, MAX_NUDGES_A_DAY, MAX_TOPICS};
pub use nudge::{Arrival, Nudge, NudgeDay, OLD_AFTER_MS, SharedNudge, nudge_now};
pub use quiet::{MAX_QUIET_HOURS, QuietHours, check_quiet_hours, quiet_until};
pub use support::{
    SUPPORT_FRESH_MS, SharedSupportRequest, SupportDelivery, SupportLevel, SupportRequest,
    support_now,
};
pub use term::{ASK_DAYS, Term, TermState};
