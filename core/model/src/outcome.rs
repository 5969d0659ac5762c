//! What became of a goal on one day (G4).

use serde::{Deserialize, Serialize};

use crate::goals::{Amount, Measure, TermsError};
use crate::limits::{MAX_OUTCOME_TEXT_CHARS, check_chars};
use crate::words::word_enum;
use crate::written::check_days;
use crate::{CivilDay, DayStart, Moment, Rule, RuleError};

word_enum!(
    /// What became of a goal on one day (G4). Silence is none of these.
    OutcomeStatus, "status", {
        /// Done.
        Done = 1, "done";
        /// Partly done.
        Partly = 2, "partly";
        /// Left out on purpose.
        Skipped = 3, "skipped";
        /// Not done; seen by its owner only, unless they share misses.
        NotDone = 4, "not done";
    }
);

/// The outcome of one goal on one civil day, as its owner keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The civil day it is about.
    pub on: CivilDay,
    /// What became of it.
    pub status: OutcomeStatus,
    /// Anything to say about it, whatever the status.
    pub note: Option<String>,
    /// Why it was skipped; only with [`OutcomeStatus::Skipped`].
    pub reason: Option<String>,
    /// When the present status was chosen, on which clock.
    pub written: Moment,
    /// The writer's civil day when the present status was chosen, by the day start of that time.
    pub written_on: CivilDay,
    /// How much it was, where the goal counts amounts; the unit stands in the goal.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// When amount, note or reason were last changed afterwards, in milliseconds since 1970 UTC.
    pub edited_at_ms: Option<i64>,
}

impl Outcome {
    /// An outcome logged now.
    #[must_use]
    pub fn new(on: CivilDay, status: OutcomeStatus, written: Moment, day_start: DayStart) -> Self {
        Self {
            on,
            status,
            note: None,
            reason: None,
            written_on: written.civil_day(day_start),
            written,
            amount: None,
            edited_at_ms: None,
        }
    }

    /// With an amount: what it says of the day stands in the place of the status chosen. Not allowed where
    /// no amounts are counted, and with a skip.
    pub fn with_amount(mut self, amount: Amount, measure: &Measure) -> Result<Self, TermsError> {
        let said = measure.status_of(amount);
        let said = said.filter(|_| self.status != OutcomeStatus::Skipped);
        self.status = said.ok_or(TermsError::value("amount", Rule::NotAllowedHere))?;
        self.amount = Some(amount);
        Ok(self)
    }

    /// Checks that something can be said of a day of a goal that counts like this.
    pub fn validate_for(&self, measure: &Measure) -> Result<(), TermsError> {
        if !measure.takes(self.status) {
            return Err(TermsError::value("status", Rule::NotAllowedHere));
        }
        if self.amount.is_some() && !measure.counts_amounts() {
            return Err(TermsError::value("amount", Rule::NotAllowedHere));
        }
        Ok(self.validate()?)
    }

    /// Checks the rules for what a person writes: a reason only for a skip, texts within their limits,
    /// a day at most one ahead of the writer's own.
    pub fn validate(&self) -> Result<(), RuleError> {
        if self.reason.is_some() && self.status != OutcomeStatus::Skipped {
            return Err(RuleError::new("reason", Rule::NotAllowedHere));
        }
        check_chars("note", self.note.as_deref(), MAX_OUTCOME_TEXT_CHARS)?;
        check_chars("reason", self.reason.as_deref(), MAX_OUTCOME_TEXT_CHARS)?;
        check_days(self.on, self.written_on, &self.written)
    }

    /// Whether its status was chosen on a later civil day of its writer than the one it is about.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.written_on > self.on
    }

    /// This outcome logged over an earlier one of the same day. Another status is a new choice with its
    /// own time, so that no trace of a "not done" shows in a later "done"; the same status keeps its
    /// time, and other words are an edit.
    #[must_use]
    pub fn logged_over(mut self, before: &Self) -> Self {
        if self.status != before.status {
            return self;
        }
        let reworded = self.note != before.note
            || self.reason != before.reason
            || self.amount != before.amount;
        self.edited_at_ms = if reworded {
            Some(self.written.at_ms())
        } else {
            before.edited_at_ms
        };
        self.written = before.written.clone();
        self.written_on = before.written_on;
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::goals::Unit;

    const EVENING: i64 = 1_772_571_600_000; // 2026-03-03T21:00:00Z, 22:00 in Berlin

    fn outcome(status: OutcomeStatus, at_ms: i64) -> Outcome {
        let written = Moment::new(at_ms, "Europe/Berlin").unwrap();
        Outcome::new(
            "2026-03-03".parse().unwrap(),
            status,
            written,
            DayStart::MIDNIGHT,
        )
    }

    #[test]
    fn only_a_skip_has_a_reason() {
        for status in OutcomeStatus::ALL.iter().copied() {
            let mut outcome = outcome(status, EVENING);
            outcome.reason = Some("ill".into());
            outcome.note = Some("slept".into());
            assert_eq!(
                outcome.validate().is_ok(),
                status == OutcomeStatus::Skipped,
                "{status}"
            );
        }
    }

    fn pages() -> Measure {
        Measure::AtLeast {
            amount: Amount::whole(20),
            unit: Unit::new("pages").unwrap(),
        }
    }

    #[test]
    fn an_amount_brings_its_word_and_another_one_is_an_edit() {
        let of = |amount, at_ms| {
            let chosen = outcome(OutcomeStatus::Done, at_ms);
            chosen.with_amount(Amount::whole(amount), &pages()).unwrap()
        };
        assert_eq!(of(20, EVENING).status, OutcomeStatus::Done);
        assert_eq!(of(3, EVENING).status, OutcomeStatus::Partly);
        assert_eq!(of(0, EVENING).status, OutcomeStatus::NotDone);
        assert_eq!(of(3, EVENING).validate_for(&pages()), Ok(()));
        let later = of(5, EVENING + 1).logged_over(&of(3, EVENING));
        assert_eq!(later.edited_at_ms, Some(EVENING + 1));
        assert_eq!(later.amount, Some(Amount::whole(5)));
    }

    #[test]
    fn what_has_no_place_in_the_day_of_a_goal_is_refused() {
        let no_place = |field| Err(TermsError::value(field, Rule::NotAllowedHere));
        let done = outcome(OutcomeStatus::Done, EVENING);
        let skipped = outcome(OutcomeStatus::Skipped, EVENING);
        let counted = |outcome: &Outcome, measure: &Measure| {
            let with = outcome.clone().with_amount(Amount::whole(3), measure);
            with.map(|_| ())
        };
        assert_eq!(counted(&done, &Measure::YesNo), no_place("amount"));
        assert_eq!(counted(&skipped, &pages()), no_place("amount"));
        let steps = Measure::Milestones(Vec::new());
        assert_eq!(done.validate_for(&steps), no_place("status"));
        let mut kept = done
            .clone()
            .with_amount(Amount::whole(3), &pages())
            .unwrap();
        kept.amount = Some(Amount::whole(9));
        assert_eq!(kept.validate_for(&Measure::Avoid), no_place("amount"));
        let mut reason = done;
        reason.reason = Some("ill".into());
        assert_eq!(reason.validate_for(&pages()).unwrap_err().field, "reason");
    }

    #[test]
    fn an_outcome_filled_in_the_next_day_is_late() {
        assert!(!outcome(OutcomeStatus::Done, EVENING).is_late());
        assert!(outcome(OutcomeStatus::Done, EVENING + 3 * 3_600_000).is_late());
    }

    #[test]
    fn a_new_status_is_a_new_choice_with_its_own_time() {
        let missed = outcome(OutcomeStatus::NotDone, EVENING);
        let done = outcome(OutcomeStatus::Done, EVENING + 3 * 3_600_000);
        assert_eq!(done.clone().logged_over(&missed), done);
    }

    #[test]
    fn other_words_for_the_same_status_are_an_edit() {
        let first = outcome(OutcomeStatus::Done, EVENING);
        let mut second = outcome(OutcomeStatus::Done, EVENING + 3 * 3_600_000);
        assert_eq!(
            second.clone().logged_over(&first),
            first,
            "tapping twice changes nothing"
        );
        second.note = Some("in the rain".into());
        let edited = second.logged_over(&first);
        assert_eq!((&edited.written, edited.is_late()), (&first.written, false));
        assert_eq!(edited.edited_at_ms, Some(EVENING + 3 * 3_600_000));
    }
}
