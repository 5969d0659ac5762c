//! What the list of goals and the page of one goal show, each in one answer (product ids G4, G6).

use belay_model::{COMING_BACK_DAYS, CivilDay, DayView, DocName, Goal, Outcome, back_after_days};
use belay_store::ReadTx;
use serde::Serialize;

use crate::engine::Engine;
use crate::goals::frame::{Frame, Framed};
use crate::goals::numbers::GoalNumbersView;
use crate::journal::views::DraftView;
use crate::views::{GoalView, PartnerView};
use crate::{BelayError, Result};

/// Days of a goal that one answer holds at most: a little more than a year.
const DAYS_MAX: i64 = 400;

/// How far back a map of days goes when nobody says: a year.
const DAYS_SHOWN: i64 = 365;

/// The list of goals.
#[derive(Debug, Clone, Serialize)]
pub struct GoalsPageView {
    /// The person's present civil day.
    pub today: CivilDay,
    /// Every goal that is not archived, oldest first.
    pub goals: Vec<GoalRowView>,
}

/// One goal of the list.
#[derive(Debug, Clone, Serialize)]
pub struct GoalRowView {
    /// The goal, with its last fourteen days.
    pub goal: GoalView,
    /// After how many open days the person came back within the last fourteen, if they did.
    pub back_after_days: Option<u32>,
}

/// One goal with its days.
#[derive(Debug, Clone, Serialize)]
pub struct GoalPageView {
    /// The goal.
    pub goal: GoalView,
    /// As in the list.
    pub back_after_days: Option<u32>,
    /// The person's present civil day.
    pub today: CivilDay,
    /// The days asked for, oldest first, none after today.
    pub days: Vec<DayView>,
    /// What was noted in them, oldest first.
    pub outcomes: Vec<Outcome>,
    /// Whom it can be shown to.
    pub partners: Vec<PartnerView>,
    /// What is counted of all its days.
    pub numbers: GoalNumbersView,
}

/// The form of a new goal.
#[derive(Debug, Clone, Serialize)]
pub struct GoalFormView {
    /// The person's present civil day.
    pub today: CivilDay,
    /// Whom it can be shown to. Nothing of it is until the person says so.
    pub partners: Vec<PartnerView>,
    /// What was typed and not written, also into other pages, latest first.
    pub drafts: Vec<DraftView>,
}

impl Engine {
    /// Everything the list of goals shows, as of one moment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn goals_page(&self) -> Result<GoalsPageView> {
        let today = self.today_on()?;
        self.read_spaces(|tx, spaces| {
            let frame = Frame::read(tx)?;
            let here = |goal: &Goal| !goal.is_archived(today);
            let rows = crate::goals::each(tx, spaces, today, &frame, here)?.into_iter();
            let goals = rows.map(|goal| {
                Ok(GoalRowView {
                    back_after_days: came_back(tx, &goal, &frame.of(&goal.goal), today)?,
                    goal,
                })
            });
            Ok(GoalsPageView {
                today,
                goals: goals.collect::<Result<_>>()?,
            })
        })
    }

    /// One goal with its days from `from` (`None` for a year before the last) to `to` (`None` for the present
    /// day), both counted, for a map of them, and whom it can be shown to.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput{to, out_of_range}` for days in the wrong order or more than 400.
    pub fn goal_page(
        &self,
        name: &DocName,
        from: Option<CivilDay>,
        to: Option<CivilDay>,
    ) -> Result<GoalPageView> {
        let today = self.today_on()?;
        let to = to.unwrap_or(today);
        let from = from.or(to.minus_days(DAYS_SHOWN)).unwrap_or(to);
        if !(0..DAYS_MAX).contains(&from.days_until(to)) {
            return Err(BelayError::InvalidInput {
                field: "to",
                rule: "out_of_range",
            });
        }
        self.read_spaces(|tx, spaces| {
            let goal = crate::goals::one(tx, spaces, name, today)?;
            let framed = Frame::read(tx)?.of(&goal.goal);
            let outcomes = outcomes(tx, name, from, to.min(today))?;
            let ledger = framed.ledger(&outcomes);
            let days = ledger.marks(from, to.min(today));
            Ok(GoalPageView {
                back_after_days: came_back(tx, &goal, &framed, today)?,
                today,
                days: days.map(|(on, mark)| DayView { on, mark }).collect(),
                outcomes,
                numbers: crate::goals::numbers::numbers(tx, name, &framed, today)?,
                goal,
                partners: crate::partners::together(tx, spaces)?,
            })
        })
    }

    /// Everything the form of a new goal shows, as of one moment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn goal_form(&self) -> Result<GoalFormView> {
        let today = self.today_on()?;
        self.read_spaces(|tx, spaces| {
            Ok(GoalFormView {
                today,
                partners: crate::partners::together(tx, spaces)?,
                drafts: crate::journal::deletion::drafts(tx)?,
            })
        })
    }
}

fn came_back(
    tx: &ReadTx<'_>,
    goal: &GoalView,
    framed: &Framed,
    today: CivilDay,
) -> Result<Option<u32>> {
    let first = today.minus_days(COMING_BACK_DAYS - 1).unwrap_or(today);
    let statuses = outcomes(tx, &goal.name, first, today)?.into_iter();
    Ok(back_after_days(
        |day| framed.asks_for(day),
        statuses.map(|outcome| (outcome.on, outcome.status)),
        today,
    ))
}

fn outcomes(tx: &ReadTx<'_>, goal: &DocName, from: CivilDay, to: CivilDay) -> Result<Vec<Outcome>> {
    let rows = crate::goals::outcomes::of_goal(tx, goal, from, to)?.into_iter();
    Ok(rows.map(|row| row.outcome).collect())
}
