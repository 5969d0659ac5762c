//! What counts for every goal: where weeks begin, and what is paused for everything (product ids G2, G5).

use belay_model::goals::{Occasion, PausedDays, Pauses, Terms};
use belay_model::statistics::{DayFact, Ledger};
use belay_model::{CivilDay, Goal, Outcome, Weekday};
use belay_store::ReadTx;

use crate::Result;

/// What every goal is counted by.
#[derive(Debug)]
pub(crate) struct Frame {
    pub week_start: Weekday,
    pub everything: Pauses,
}

impl Frame {
    pub fn read(tx: &ReadTx<'_>) -> Result<Self> {
        let row = crate::queries::settings_row(tx)?;
        Ok(Self {
            week_start: row.settings.week_start,
            everything: row.pauses,
        })
    }

    /// A goal with everything that says what a day of it counts.
    pub fn of(&self, goal: &Goal) -> Framed {
        Framed {
            terms: goal.terms(),
            paused: goal.paused_days(&self.everything),
            week_start: self.week_start,
        }
    }
}

/// A goal's terms and pauses, with where its weeks begin.
#[derive(Debug, Clone)]
pub(crate) struct Framed {
    pub terms: Terms,
    pub paused: PausedDays,
    pub week_start: Weekday,
}

impl Framed {
    /// Whether the day is asked for by itself: not one of several to choose from, and not paused.
    pub fn asks_for(&self, day: CivilDay) -> bool {
        self.terms.occasion_on(day, self.week_start) == Some(Occasion::on(day))
            && !self.paused.covers(day)
    }

    /// A ledger of these outcomes.
    pub fn ledger<'a>(&self, outcomes: impl IntoIterator<Item = &'a Outcome>) -> Ledger {
        let (terms, paused) = (self.terms.clone(), self.paused.clone());
        let mut ledger = Ledger::new(terms, self.week_start, paused);
        for outcome in outcomes {
            ledger.log(outcome.on, DayFact::from(outcome));
        }
        ledger
    }
}
