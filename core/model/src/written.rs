//! The rule that ties a day to the moment of writing, shared by check-ins and outcomes.

use crate::{CivilDay, DayStart, Moment, Rule, RuleError};

/// `on` may be at most one day after the writer's own, and the writer's own day must be one that some
/// day start gives for the moment of writing.
pub(crate) fn check_days(
    on: CivilDay,
    written_on: CivilDay,
    written: &Moment,
) -> Result<(), RuleError> {
    let possible = (0..=6)
        .filter_map(|hour| DayStart::new(hour).ok())
        .any(|start| written.civil_day(start) == written_on);
    if !possible {
        return Err(RuleError::new("written_on", Rule::OutOfRange));
    }
    if written_on.days_until(on) > 1 {
        return Err(RuleError::new("on", Rule::InTheFuture));
    }
    Ok(())
}
