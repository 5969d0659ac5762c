//! Statistics kept up to date by checkpoints: after one new outcome only the weeks behind it are counted
//! again, never the years before (G6). Always equal to counting everything anew.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Standing;
use crate::goals::{Amount, FULL_CREDIT, Occasion, PausedDays, Terms};
use crate::{CivilDay, DayMark, Last14, Outcome, OutcomeStatus, Weekday, last_14_of};

/// A checkpoint is left about every so many days.
const CHECKPOINT_DAYS: i64 = 28;

/// What is known of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayFact {
    /// What became of it.
    pub status: OutcomeStatus,
    /// How much it was.
    pub amount: Option<Amount>,
}

impl From<&Outcome> for DayFact {
    fn from(outcome: &Outcome) -> Self {
        Self {
            status: outcome.status,
            amount: outcome.amount,
        }
    }
}

/// What was counted of all days before `next`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The first day that is not counted yet; an occasion never goes over it.
    pub next: CivilDay,
    /// What was counted.
    pub standing: Standing,
}

/// Everything that the statistics of one goal are made of.
#[derive(Debug, Clone)]
pub struct Ledger {
    terms: Terms,
    week_start: Weekday,
    paused: PausedDays,
    facts: BTreeMap<CivilDay, DayFact>,
    checkpoints: Vec<Checkpoint>,
}

/// Days that are counted in one go: an occasion, or one day without.
struct Stretch {
    first: CivilDay,
    last: CivilDay,
    occasion: Option<Occasion>,
}

impl Ledger {
    /// A goal of which nothing was logged yet.
    #[must_use]
    pub const fn new(terms: Terms, week_start: Weekday, paused: PausedDays) -> Self {
        Self {
            terms,
            week_start,
            paused,
            facts: BTreeMap::new(),
            checkpoints: Vec::new(),
        }
    }

    /// With checkpoints that were left earlier of the same terms, pauses and days: only what is not counted in
    /// the last usable one has to be logged.
    #[must_use]
    pub fn with_checkpoints(mut self, checkpoints: Vec<Checkpoint>) -> Self {
        self.checkpoints = checkpoints;
        self
    }

    /// Logs what became of a day, over what was logged before.
    pub fn log(&mut self, on: CivilDay, fact: DayFact) {
        if self.facts.insert(on, fact) != Some(fact) {
            self.forget_from(on);
        }
    }

    /// Takes back what was logged of a day.
    pub fn take_back(&mut self, on: CivilDay) {
        if self.facts.remove(&on).is_some() {
            self.forget_from(on);
        }
    }

    /// Puts other pauses in the place of those known.
    pub fn set_paused(&mut self, paused: PausedDays) {
        let own = self.paused.own.differ_from(&paused.own);
        let everything = self.paused.everything.differ_from(&paused.everything);
        self.paused = paused;
        if let Some(first) = own.into_iter().chain(everything).min() {
            self.forget_from(first);
        }
    }

    /// Puts other terms in the place of those known: everything is counted anew.
    pub fn set_terms(&mut self, terms: Terms, week_start: Weekday) {
        self.terms = terms;
        self.week_start = week_start;
        self.checkpoints.clear();
    }

    /// The checkpoints, earliest first, for whoever wants to keep them beside the outcomes.
    #[must_use]
    pub fn checkpoints(&self) -> &[Checkpoint] {
        &self.checkpoints
    }

    /// What is counted as of `today`. An occasion that is not over counts only when it is complete: a day
    /// that is not over takes nothing away.
    pub fn standing(&mut self, today: CivilDay) -> Standing {
        let usable = self.checkpoints.partition_point(|kept| kept.next <= today);
        // Where the clock went back, what was kept of later days stays for when they come again.
        let extends = usable == self.checkpoints.len();
        let from = usable
            .checked_sub(1)
            .map(|last| self.checkpoints[last].clone());
        let (mut next, mut standing) = match from {
            Some(kept) => (kept.next, kept.standing),
            None => (self.begin(), Standing::default()),
        };
        let mut since = next;
        while next <= today {
            let stretch = self.stretch(next);
            self.take(&stretch, today, &mut standing);
            let Some(after) = stretch.last.plus_days(1) else {
                break;
            };
            next = after;
            if extends && next <= today && since.days_until(next) >= CHECKPOINT_DAYS {
                let standing = standing.clone();
                self.checkpoints.push(Checkpoint { next, standing });
                since = next;
            }
        }
        standing
    }

    /// The last fourteen days, with days off and pauses as not due. Free days of a week or month stayed
    /// open for nobody: none of them was asked for by itself.
    #[must_use]
    pub fn last_14(&self, today: CivilDay) -> Last14 {
        let done = |day: CivilDay| {
            self.facts
                .get(&day)
                .is_some_and(|fact| fact.status == OutcomeStatus::Done)
        };
        let off = |day: CivilDay| {
            self.facts
                .get(&day)
                .is_some_and(|fact| fact.status == OutcomeStatus::Skipped)
        };
        let due = |day| {
            let flexible = self
                .terms
                .occasion_on(day, self.week_start)
                .is_some_and(|occasion| occasion != Occasion::on(day));
            !flexible
                && self
                    .terms
                    .due_on(day, self.week_start, &self.paused, done, off)
                    .is_due()
        };
        let statuses = self.facts.iter().map(|(day, fact)| (*day, fact.status));
        last_14_of(due, statuses, today)
    }

    /// The marks of any range of days, for a heat map (I1).
    pub fn marks(
        &self,
        first: CivilDay,
        last: CivilDay,
    ) -> impl Iterator<Item = (CivilDay, DayMark)> + '_ {
        first.through(last).map(|day| {
            let asked = self.terms.occasion_on(day, self.week_start) == Some(Occasion::on(day));
            let mark = match self.facts.get(&day) {
                Some(fact) => DayMark::from(fact.status),
                None if asked && !self.paused.covers(day) => DayMark::Nothing,
                None => DayMark::NotDue,
            };
            (day, mark)
        })
    }

    fn forget_from(&mut self, day: CivilDay) {
        self.checkpoints.retain(|kept| kept.next <= day);
    }

    /// The first day there is anything to count.
    fn begin(&self) -> CivilDay {
        let logged = self.facts.keys().next().copied();
        logged.map_or(self.terms.starts_on, |day| day.min(self.terms.starts_on))
    }

    fn stretch(&self, day: CivilDay) -> Stretch {
        match self.terms.occasion_on(day, self.week_start) {
            Some(occasion) => Stretch {
                first: day,
                last: occasion.last,
                occasion: Some(occasion),
            },
            None => Stretch {
                first: day,
                last: day,
                occasion: None,
            },
        }
    }

    fn take(&self, stretch: &Stretch, today: CivilDay, standing: &mut Standing) {
        let over = stretch.last < today;
        let known = stretch.first..=stretch.last.min(today);
        let (mut credit, mut there, mut skipped) = (0, false, 0);
        for (day, fact) in self.facts.range(known) {
            standing.take_day(*day, fact.status, fact.amount);
            there |= matches!(fact.status, OutcomeStatus::Done | OutcomeStatus::Partly);
            match self.terms.measure.credit(fact.status, fact.amount) {
                Some(worth) => credit += worth,
                None if !self.paused.covers(*day) => skipped += 1,
                None => {}
            }
        }
        let Some(occasion) = stretch.occasion else {
            return;
        };
        let free = occasion.first.through(occasion.last);
        let free = free.filter(|day| !self.paused.covers(*day)).count();
        let free = u32::try_from(free)
            .unwrap_or(u32::MAX)
            .saturating_sub(skipped);
        let times = occasion.fair_times(free);
        if over || credit >= times.saturating_mul(FULL_CREDIT) {
            standing.take_occasion(times, credit, !there);
        }
    }
}
