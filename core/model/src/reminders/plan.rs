//! The plan (R1): goals, times, quiet hours, pauses and the zone in; the next instants out.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Planned, ReminderText};
use crate::boundary::{QuietHours, check_quiet_hours, quiet_until};
use crate::goals::{PausedDays, Pauses, Terms, TermsError, TermsRule};
use crate::{
    CivilDay, DayStart, DocName, LocalTime, OutcomeStatus, Weekday, Zone, ZoneRules, civil_day,
    instant, wall,
};

/// The most instants of a plan: an iPhone keeps 64 and a few stay free for others.
pub const MAX_PLANNED: usize = 60;
/// The most times of one goal or of check-ins.
pub const MAX_REMINDERS: usize = 8;
/// How many days ahead are looked at; whoever is due more rarely is planned when the plan is made anew.
const LOOK_AHEAD_DAYS: i64 = 400;

/// The times of one goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalReminders {
    /// Which goal.
    pub goal: DocName,
    /// At which times of a day it is due.
    pub times: Vec<LocalTime>,
    /// What it asks for.
    pub terms: Terms,
    /// Its own pauses.
    pub paused: Pauses,
    /// What became of its days, as far as a week, month or span now going on is known by it.
    pub outcomes: BTreeMap<CivilDay, OutcomeStatus>,
}

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemindedOf {
    /// A check-in.
    CheckIn,
    /// A goal.
    Goal(DocName),
}

/// "Not now": once more at this instant, if it is not done by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Snooze {
    /// Of what.
    pub of: RemindedOf,
    /// The civil day it was about.
    pub on: CivilDay,
    /// When again, in milliseconds since 1970 UTC.
    pub until_ms: i64,
}

/// Everything a plan is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// At which times of a day to remind of a check-in.
    pub check_in_times: Vec<LocalTime>,
    /// The days that have a check-in.
    pub checked_in_on: BTreeSet<CivilDay>,
    /// The goals with times.
    pub goals: Vec<GoalReminders>,
    /// Pauses of everything; they silence check-ins too.
    pub everything_paused: Pauses,
    /// When the phone stays quiet.
    pub quiet: Vec<QuietHours>,
    /// What was put off.
    pub snoozed: Vec<Snooze>,
    /// When the week begins.
    pub week_start: Weekday,
    /// When the day begins: a reminder at half past midnight may be about the day before.
    pub day_start: DayStart,
    /// Whether words may say what kind of thing it is (R3). Titles are never in them.
    pub says_what: bool,
}

impl Reminders {
    /// Checks the rules for what a person sets: at most [`MAX_REMINDERS`] times each, none of them twice.
    pub fn validate(&self) -> Result<(), TermsError> {
        check_quiet_hours(&self.quiet)?;
        let goals = self.goals.iter().map(|goal| &goal.times);
        for times in goals.chain([&self.check_in_times]) {
            if times.len() > MAX_REMINDERS {
                let limit = MAX_REMINDERS;
                return Err(TermsError::new("times", TermsRule::TooMany { limit }));
            }
            if times.iter().collect::<BTreeSet<_>>().len() < times.len() {
                return Err(TermsError::new("times", TermsRule::Twice));
            }
        }
        Ok(())
    }

    /// The next instants after `now_ms`, earliest first, at most [`MAX_PLANNED`].
    ///
    /// Times are those on the wall, wherever the phone is. Several things at one instant are one reminder.
    /// Nothing is planned for what is done, skipped, not due or paused. What would fall into quiet hours
    /// waits for their end where that is still the same civil day, and falls away where it is not.
    #[must_use]
    pub fn plan(&self, now_ms: i64, rules: &impl ZoneRules) -> Vec<Planned> {
        let mut found: BTreeMap<i64, BTreeSet<RemindedOf>> = BTreeMap::new();
        for snooze in &self.snoozed {
            let at = self.unless_quiet(snooze.until_ms, snooze.on, rules);
            if let Some(at) = at.filter(|at| *at > now_ms && self.is_open(snooze.of, snooze.on)) {
                found.entry(at).or_default().insert(snooze.of);
            }
        }
        let (today, _) = wall(now_ms, rules);
        for ahead in 0..LOOK_AHEAD_DAYS {
            let Some(date) = today.plus_days(ahead) else {
                break;
            };
            // Quiet hours may carry something from one date into the next, never further.
            let full = found.len() >= MAX_PLANNED;
            let begins = instant(date, LocalTime { hour: 0, minute: 0 }, rules);
            let settled = begins.is_some_and(|at| found.range(..at).count() >= MAX_PLANNED);
            if full && settled {
                break;
            }
            for (of, time) in self.times() {
                let about = self.about(date, time);
                let Some(about) = about.filter(|about| self.is_open(of, *about)) else {
                    continue;
                };
                let at = instant(date, time, rules);
                let at = at.and_then(|at| self.unless_quiet(at, about, rules));
                if let Some(at) = at.filter(|at| *at > now_ms) {
                    found.entry(at).or_default().insert(of);
                }
            }
        }
        let planned = found.into_iter().take(MAX_PLANNED);
        planned
            .map(|(at, about)| {
                let (on, time) = wall(at, rules);
                Planned::new(at, on, time, self.text(&about))
            })
            .collect()
    }

    fn times(&self) -> impl Iterator<Item = (RemindedOf, LocalTime)> + '_ {
        let check_ins = self.check_in_times.iter();
        let check_ins = check_ins.map(|time| (RemindedOf::CheckIn, *time));
        let goals = self.goals.iter().flat_map(|goal| {
            let times = goal.times.iter();
            times.map(|time| (RemindedOf::Goal(goal.goal), *time))
        });
        check_ins.chain(goals)
    }

    /// The civil day that a time on a date is about.
    fn about(&self, date: CivilDay, time: LocalTime) -> Option<CivilDay> {
        if time.hour < self.day_start.hour() {
            return date.minus_days(1);
        }
        Some(date)
    }

    /// Whether it is still to be done on that civil day.
    fn is_open(&self, of: RemindedOf, on: CivilDay) -> bool {
        let RemindedOf::Goal(name) = of else {
            return !self.checked_in_on.contains(&on) && !self.everything_paused.covers(on);
        };
        let mut goals = self.goals.iter().filter(|goal| goal.goal == name);
        goals.any(|goal| {
            let paused = PausedDays {
                own: goal.paused.clone(),
                everything: self.everything_paused.clone(),
            };
            let was = |day: CivilDay, status| goal.outcomes.get(&day) == Some(&status);
            !goal.outcomes.contains_key(&on)
                && goal
                    .terms
                    .due_on(
                        on,
                        self.week_start,
                        &paused,
                        |day| was(day, OutcomeStatus::Done),
                        |day| was(day, OutcomeStatus::Skipped),
                    )
                    .is_due()
        })
    }

    fn unless_quiet(&self, at: i64, about: CivilDay, rules: &impl ZoneRules) -> Option<i64> {
        let Some(end) = quiet_until(&self.quiet, at, rules) else {
            return Some(at);
        };
        let zone = Zone::new("here", rules.offset_seconds(end)).ok()?;
        (civil_day(end, &zone, self.day_start) == about).then_some(end)
    }

    fn text(&self, about: &BTreeSet<RemindedOf>) -> ReminderText {
        let mut of = about.iter();
        match (self.says_what, of.next(), of.next()) {
            (false, ..) | (_, None, _) => ReminderText::Moment,
            (true, Some(_), Some(_)) => ReminderText::Several,
            (true, Some(RemindedOf::CheckIn), None) => ReminderText::CheckIn,
            (true, Some(RemindedOf::Goal(_)), None) => ReminderText::Goal,
        }
    }
}
