//! What a goal asks for: how it counts, how often, from when to when; and whether it is due (G1, G2).

use serde::{Deserialize, Serialize};

use super::{Measure, Occasion, PausedDays, Schedule, TermsError, TermsRule};
use crate::{CivilDay, Rule, Week, Weekday};

/// What a goal asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Terms {
    /// How it counts.
    pub measure: Measure,
    /// How often it is due; `None` exactly where the measure has no schedule.
    pub schedule: Option<Schedule>,
    /// The first day it can be due. Outcomes of earlier days may be filled in and count.
    pub starts_on: CivilDay,
    /// The last day it can be due.
    pub ends_on: Option<CivilDay>,
}

/// Whether a goal is due on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Nothing is asked.
    No,
    /// The day is paused: nothing is asked and nothing counts against anybody.
    Paused,
    /// This very day.
    ThisDay,
    /// Any day of some that are left.
    AnyDay {
        /// How many times are still asked, this day included.
        times_left: u32,
        /// The last day that will do.
        until: CivilDay,
    },
}

impl Due {
    /// Whether anything is asked.
    #[must_use]
    pub const fn is_due(self) -> bool {
        matches!(self, Self::ThisDay | Self::AnyDay { .. })
    }
}

impl Terms {
    /// Checks the rules for what a person sets. Each impossible goal has one rule: an end before the
    /// start, dates outside of both, a schedule that between them never comes round, a schedule where the
    /// measure has none or none where it needs one.
    pub fn validate(&self, week_start: Weekday) -> Result<(), TermsError> {
        self.measure.validate()?;
        if self.ends_on.is_some_and(|end| end < self.starts_on) {
            return Err(TermsError::new("ends_on", TermsRule::EndsBeforeItStarts));
        }
        let schedule = match (&self.schedule, self.measure.has_schedule()) {
            (Some(schedule), true) => schedule,
            (None, true) => return Err(TermsError::value("schedule", Rule::Empty)),
            (Some(_), false) => return Err(TermsError::value("schedule", Rule::NotAllowedHere)),
            (None, false) => return Ok(()),
        };
        schedule.validate()?;
        match schedule {
            Schedule::Dates(dates) if !dates.iter().all(|day| self.spans(*day)) => {
                return Err(TermsError::new("schedule", TermsRule::OutsideTheGoal));
            }
            Schedule::OnceUntil(until) if !self.spans(*until) => {
                return Err(TermsError::new("schedule", TermsRule::OutsideTheGoal));
            }
            _ => {}
        }
        // Beyond the second month nothing new comes round: every schedule that comes at all came by then,
        // but for dates, which were looked at, and every so many days, which begins with the first.
        let last = self.starts_on.plus_days(62).unwrap_or(self.starts_on);
        let last = self.ends_on.map_or(last, |end| end.min(last));
        let comes = |day| {
            self.occasion_on(day, week_start).is_some_and(|occasion| {
                let days = occasion.first.days_until(occasion.last) + 1;
                occasion.fair_times(u32::try_from(days).unwrap_or(0)) > 0
            })
        };
        if !matches!(schedule, Schedule::Dates(_)) && !self.starts_on.through(last).any(comes) {
            return Err(TermsError::new("schedule", TermsRule::NeverDue));
        }
        Ok(())
    }

    /// Whether the day lies between first and last day.
    #[must_use]
    pub fn spans(&self, day: CivilDay) -> bool {
        day >= self.starts_on && self.ends_on.is_none_or(|end| day <= end)
    }

    /// The occasion a day belongs to, cut to first and last day; pauses are not looked at. Every day of an
    /// occasion gives the same one.
    #[must_use]
    pub fn occasion_on(&self, day: CivilDay, week_start: Weekday) -> Option<Occasion> {
        if !self.spans(day) {
            return None;
        }
        let this_day = |is_it: bool| is_it.then(|| Occasion::on(day));
        let cut = |first: CivilDay, last: CivilDay, times: u8, of_days: u8| {
            Some(Occasion {
                first: first.max(self.starts_on),
                last: self.ends_on.map_or(last, |end| last.min(end)),
                times,
                of_days,
            })
        };
        match self.schedule.as_ref()? {
            Schedule::Daily => this_day(true),
            Schedule::Weekdays(days) => this_day(days.contains(day.weekday())),
            Schedule::EveryDays(every) => {
                let since = self.starts_on.days_until(day);
                this_day(since % i64::from(*every).max(1) == 0)
            }
            Schedule::Dates(dates) => this_day(dates.contains(&day)),
            Schedule::TimesPerWeek(times) => {
                let week = Week::of(day, week_start);
                cut(week.first, week.last, *times, 7)
            }
            Schedule::TimesPerMonth(times) => {
                let (first, last) = (day.first_of_month(), day.last_of_month());
                let days = first.days_until(last) + 1;
                cut(first, last, *times, u8::try_from(days).unwrap_or(31))
            }
            Schedule::OnceUntil(until) if day <= *until => cut(self.starts_on, *until, 1, 1),
            Schedule::OnceUntil(_) => None,
        }
    }

    /// Whether it is due on that civil day. `done` says of the earlier days of a week, month or span
    /// whether it was done there; `off` whether they were skipped.
    #[must_use]
    pub fn due_on(
        &self,
        day: CivilDay,
        week_start: Weekday,
        paused: &PausedDays,
        done: impl Fn(CivilDay) -> bool,
        off: impl Fn(CivilDay) -> bool,
    ) -> Due {
        let Some(occasion) = self.occasion_on(day, week_start) else {
            return Due::No;
        };
        if paused.covers(day) {
            return Due::Paused;
        }
        if occasion.first == occasion.last && occasion.of_days == 1 {
            return Due::ThisDay;
        }
        let days = || occasion.first.through(occasion.last);
        let free = days()
            .filter(|day| !paused.covers(*day) && !off(*day))
            .count();
        let times = occasion.fair_times(u32::try_from(free).unwrap_or(0));
        let before = days()
            .take_while(|other| *other < day)
            .filter(|day| done(*day))
            .count();
        match times.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX)) {
            0 => Due::No,
            times_left => Due::AnyDay {
                times_left,
                until: occasion.last,
            },
        }
    }
}
