//! What a person's own device holds to towards others and towards its owner: when it stays quiet (R1, principle 9).

mod quiet;

pub use quiet::{MAX_QUIET_HOURS, QuietHours, check_quiet_hours, quiet_until};
