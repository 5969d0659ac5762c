//! The last fourteen days of a goal, counted kindly (G6, principle 5): no streak, no percentage, and
//! nothing that a day off or a day not over yet could take away.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CivilDay, OutcomeStatus};

/// How many days the view holds.
pub const LAST_DAYS: usize = 14;

/// What one day of the view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayMark {
    /// Done.
    Done,
    /// Partly done.
    Partly,
    /// Left out on purpose.
    Skipped,
    /// Said to be not done.
    NotDone,
    /// Due, and nothing is known: never to be shown as "not done" (principle 4).
    Nothing,
    /// Not due, and nothing was logged.
    NotDue,
}

impl From<OutcomeStatus> for DayMark {
    fn from(status: OutcomeStatus) -> Self {
        match status {
            OutcomeStatus::Done => Self::Done,
            OutcomeStatus::Partly => Self::Partly,
            OutcomeStatus::Skipped => Self::Skipped,
            OutcomeStatus::NotDone => Self::NotDone,
        }
    }
}

/// One day of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayView {
    /// The civil day.
    pub on: CivilDay,
    /// What it shows.
    pub mark: DayMark,
}

/// The last fourteen civil days, and the numbers for "`done` of the last `of`".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last14 {
    /// The days, oldest first, today last; fewer than fourteen only at the beginning of 1900.
    pub days: Vec<DayView>,
    /// Days done.
    pub done: u8,
    /// Days partly done; not part of `done`.
    pub partly: u8,
    /// Days that count: those done or partly done, and those due that were neither skipped nor are
    /// today still open. Never less than `done` and `partly` together.
    pub of: u8,
}

/// The view of the fourteen days up to `today`, from what is known of due days and of what became of them.
/// Statuses of other days are ignored; of two on one day the later counts.
#[must_use]
pub fn last_14_of(
    is_due: impl Fn(CivilDay) -> bool,
    statuses: impl IntoIterator<Item = (CivilDay, OutcomeStatus)>,
    today: CivilDay,
) -> Last14 {
    let statuses: BTreeMap<CivilDay, OutcomeStatus> = statuses.into_iter().collect();
    let mut view = Last14 {
        days: Vec::with_capacity(LAST_DAYS),
        done: 0,
        partly: 0,
        of: 0,
    };
    for back in (0..LAST_DAYS as i64).rev() {
        let Some(on) = today.minus_days(back) else {
            continue;
        };
        let mark = match statuses.get(&on) {
            Some(status) => DayMark::from(*status),
            None if is_due(on) => DayMark::Nothing,
            None => DayMark::NotDue,
        };
        let counts = match mark {
            DayMark::Done | DayMark::Partly => true,
            DayMark::NotDone => is_due(on),
            DayMark::Nothing => on != today,
            DayMark::Skipped | DayMark::NotDue => false,
        };
        view.done += u8::from(mark == DayMark::Done);
        view.partly += u8::from(mark == DayMark::Partly);
        view.of += u8::from(counts);
        view.days.push(DayView { on, mark });
    }
    view
}
