//! What is counted of one goal over all its days (product id G6): docs/statistics.md says what each means.

use belay_model::goals::Measure;
use belay_model::statistics::{DaysSince, Ledger, Return, Standing, days_since};
use belay_model::{CivilDay, DocName, Goal, OutcomeStatus};
use belay_store::ReadTx;
use serde::Serialize;

use crate::Result;
use crate::goals::frame::Framed;

/// What is counted of a goal. For its owner only; nothing here is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalNumbersView {
    /// The forgiving score, 0 to 1,000; `None` until something counted. A line, never a grade.
    pub score: Option<u16>,
    /// How many occasions it knows.
    pub occasions: u32,
    /// How often somebody came back.
    pub returns: u32,
    /// The latest return, with its day.
    pub latest_return: Option<Return>,
    /// The quickest return ever.
    pub best_recovery: Option<u32>,
    /// The return in the middle of all.
    pub usual_recovery: Option<u32>,
    /// Days done.
    pub done_days: u32,
    /// Days partly done.
    pub partly_days: u32,
    /// Days skipped on purpose.
    pub skipped_days: u32,
    /// Days said to be not done.
    pub not_done_days: u32,
    /// All amounts together, in thousandths.
    pub total_thousandths: i64,
}

impl From<Standing> for GoalNumbersView {
    fn from(standing: Standing) -> Self {
        Self {
            score: standing.score(),
            occasions: standing.counted(),
            returns: standing.returns(),
            latest_return: standing.latest_return(),
            best_recovery: standing.best_recovery(),
            usual_recovery: standing.usual_recovery(),
            done_days: standing.done_days,
            partly_days: standing.partly_days,
            skipped_days: standing.skipped_days,
            not_done_days: standing.not_done_days,
            total_thousandths: standing.total_thousandths,
        }
    }
}

/// Everything counted of a goal as of that day.
pub(crate) fn numbers(
    tx: &ReadTx<'_>,
    name: &DocName,
    framed: &Framed,
    today: CivilDay,
) -> Result<GoalNumbersView> {
    Ok(count(tx, name, framed, today)?.standing.into())
}

/// What was counted, and from what.
pub(crate) struct Counted {
    pub standing: Standing,
    /// Has the checkpoints, those that were left now as well.
    pub ledger: Ledger,
    /// How many of them were there before.
    pub known: usize,
}

/// Counts from the last checkpoint on, or everything.
pub(crate) fn count(
    tx: &ReadTx<'_>,
    name: &DocName,
    framed: &Framed,
    today: CivilDay,
) -> Result<Counted> {
    let checkpoints = crate::goals::checkpoints::of(tx, name, framed)?;
    let known = checkpoints.len();
    let usable = checkpoints.partition_point(|checkpoint| checkpoint.next <= today);
    let since = usable.checked_sub(1).map(|last| checkpoints[last].next);
    let rows = crate::goals::outcomes::of_goal_since(tx, name, since, today)?;
    let ledger = framed.ledger(rows.iter().map(|row| &row.outcome));
    let mut ledger = ledger.with_checkpoints(checkpoints);
    Ok(Counted {
        standing: ledger.standing(today),
        ledger,
        known,
    })
}

/// Days since it last happened, for a goal that counts those.
pub(crate) fn since(
    tx: &ReadTx<'_>,
    name: &DocName,
    goal: &Goal,
    today: CivilDay,
) -> Result<Option<DaysSince>> {
    let Measure::DaysSince { since } = goal.measure else {
        return Ok(None);
    };
    let rows = crate::goals::outcomes::of_goal(tx, name, since, today.max(since))?;
    let happened = rows.into_iter().map(|row| row.outcome);
    let happened = happened.filter(|outcome| outcome.status == OutcomeStatus::NotDone);
    let happened = happened.map(|outcome| outcome.on);
    Ok(Some(days_since(since, happened, today)))
}
