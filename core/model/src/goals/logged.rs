//! An outcome with how much it was (G4).

use serde::{Deserialize, Serialize};

use super::{Amount, Measure, TermsError, TermsRule};
use crate::{CivilDay, DayStart, Moment, Outcome, OutcomeStatus, Rule};

/// What became of a goal on one day, and how much where amounts are counted. Note, reason for a skip and
/// day of writing stand in the outcome; the unit stands in the goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// What became of it.
    pub outcome: Outcome,
    /// How much it was.
    pub amount: Option<Amount>,
}

impl Logged {
    /// An amount logged now; what it says of the day follows from it. Not allowed where the measure counts
    /// no amounts.
    pub fn counted(
        on: CivilDay,
        measure: &Measure,
        amount: Amount,
        written: Moment,
        day_start: DayStart,
    ) -> Result<Self, TermsError> {
        let status = measure
            .status_of(amount)
            .ok_or(TermsError::value("amount", Rule::NotAllowedHere))?;
        Ok(Self {
            outcome: Outcome::new(on, status, written, day_start),
            amount: Some(amount),
        })
    }

    /// Checks the rules for what a person writes: those of the outcome, no amount where none is counted or
    /// with a skip, and a word that says what the amount says.
    pub fn validate(&self, measure: &Measure) -> Result<(), TermsError> {
        self.outcome.validate()?;
        let Some(amount) = self.amount else {
            return Ok(());
        };
        if self.outcome.status == OutcomeStatus::Skipped || !measure.counts_amounts() {
            return Err(TermsError::value("amount", Rule::NotAllowedHere));
        }
        if measure.status_of(amount) != Some(self.outcome.status) {
            return Err(TermsError::new("status", TermsRule::Disagrees));
        }
        Ok(())
    }

    /// Whether it was filled in on a later day than the one it is about.
    #[must_use]
    pub fn is_backfilled(&self) -> bool {
        self.outcome.is_late()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::goals::Unit;

    const EVENING: i64 = 1_772_571_600_000; // 2026-03-03T21:00:00Z

    fn pages() -> Measure {
        Measure::AtLeast {
            amount: Amount::whole(20),
            unit: Unit::new("pages").unwrap(),
        }
    }

    fn logged(amount: u16) -> Logged {
        let written = Moment::new(EVENING, "UTC").unwrap();
        let on = "2026-03-02".parse().unwrap();
        Logged::counted(
            on,
            &pages(),
            Amount::whole(amount),
            written,
            DayStart::MIDNIGHT,
        )
        .unwrap()
    }

    #[test]
    fn an_amount_brings_its_word_and_a_day_filled_in_later_says_so() {
        assert_eq!(logged(20).outcome.status, OutcomeStatus::Done);
        assert_eq!(logged(3).outcome.status, OutcomeStatus::Partly);
        assert_eq!(logged(3).validate(&pages()), Ok(()));
        assert!(logged(3).is_backfilled());
    }

    #[test]
    fn an_amount_that_has_no_place_or_says_something_else_is_refused() {
        let no_place = Err(TermsError::value("amount", Rule::NotAllowedHere));
        assert_eq!(logged(3).validate(&Measure::YesNo), no_place);
        let mut skipped = logged(3);
        skipped.outcome.status = OutcomeStatus::Skipped;
        assert_eq!(skipped.validate(&pages()), no_place);
        skipped.amount = None;
        skipped.outcome.reason = Some("ill".into());
        assert_eq!(skipped.validate(&pages()), Ok(()));
        let mut other = logged(3);
        other.outcome.status = OutcomeStatus::Done;
        let disagrees = TermsError::new("status", TermsRule::Disagrees);
        assert_eq!(other.validate(&pages()), Err(disagrees));
        let mut reason = logged(3);
        reason.outcome.reason = Some("ill".into());
        assert_eq!(reason.validate(&pages()).unwrap_err().field, "reason");
    }
}
