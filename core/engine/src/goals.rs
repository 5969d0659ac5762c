//! Goals: share them by field, look at them (product ids G1-G7).

pub(crate) mod checkpoints;
pub(crate) mod edits;
pub(crate) mod frame;
pub(crate) mod numbers;
pub(crate) mod outcome_undo;
pub(crate) mod outcomes;
pub(crate) mod pages;
pub(crate) mod pauses;

#[cfg(test)]
mod checkpoint_tests;

use std::collections::BTreeMap;

use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::goals::{Due, Occasion};
use belay_model::{
    CivilDay, DocName, Goal, GoalFields, LAST_DAYS, Moment, OutcomeStatus, SpaceId, publish_goal,
};
use belay_protocol::DocKind;
use belay_store::{Own, ReadTx};

use crate::engine::Engine;
use crate::goals::frame::Frame;
use crate::projection::GoalRow;
use crate::session::{Session, Spaces};
use crate::views::{GoalView, SharedFieldsView};
use crate::{BelayError, Result};

/// More goals than anyone keeps; a bound for the query.
pub(crate) const GOALS_MAX: usize = 1_000;

impl Engine {
    /// Chooses what a partner sees of a goal and of outcomes logged from now on; no fields withdraw the
    /// goal. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn share_goal(
        &self,
        name: &DocName,
        space: &SpaceId,
        fields: GoalFields,
    ) -> Result<GoalView> {
        self.write(|session| {
            crate::partners::require_active(session.tx, space)?;
            let document = session.present_goal(name)?;
            let goal = document.goal()?;
            let mut shares = crate::projection::goal_shares(&document)?;
            shares.insert(*space, fields);
            session.write_goal(name, document, &goal, &shares)?;
            session.narrow_outcomes(name, space, fields)
        })?;
        self.goal(name)
    }

    /// One goal.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn goal(&self, name: &DocName) -> Result<GoalView> {
        let now = self.now()?;
        self.read_spaces(|tx, spaces| {
            let today = today(tx, &now)?;
            one(tx, spaces, name, today)
        })
    }

    /// Every goal that is not archived, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn goals(&self) -> Result<Vec<GoalView>> {
        let now = self.now()?;
        self.read_spaces(|tx, spaces| {
            let today = today(tx, &now)?;
            all(tx, spaces, today)
        })
    }
}

fn today(tx: &ReadTx<'_>, now: &Moment) -> Result<CivilDay> {
    Ok(now.civil_day(crate::queries::settings(tx)?.day_start))
}

/// One goal.
pub(crate) fn one(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    name: &DocName,
    today: CivilDay,
) -> Result<GoalView> {
    let own = tx
        .own_by_name(DocKind::Goal.into(), name)?
        .filter(|own| own.deleted_at_ms.is_none())
        .ok_or(BelayError::NotFound { what: "goal" })?;
    let row = crate::queries::projected(&own)?;
    view(tx, spaces, &own, row, today, &Frame::read(tx)?)
}

/// Every goal that is not archived, oldest first.
pub(crate) fn all(tx: &ReadTx<'_>, spaces: &mut Spaces, today: CivilDay) -> Result<Vec<GoalView>> {
    let frame = Frame::read(tx)?;
    each(tx, spaces, today, &frame, |goal| !goal.is_archived(today))
}

/// Every goal that is meant, oldest first.
pub(crate) fn each(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    today: CivilDay,
    frame: &Frame,
    is_meant: impl Fn(&Goal) -> bool,
) -> Result<Vec<GoalView>> {
    let mut goals = Vec::new();
    for own in tx.own_all(DocKind::Goal.into(), GOALS_MAX)?.iter().rev() {
        let row: GoalRow = crate::queries::projected(own)?;
        if is_meant(&row.goal) {
            goals.push(view(tx, spaces, own, row, today, frame)?);
        }
    }
    Ok(goals)
}

fn view(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    own: &Own,
    row: GoalRow,
    today: CivilDay,
    frame: &Frame,
) -> Result<GoalView> {
    let framed = frame.of(&row.goal);
    let first = today
        .minus_days(LAST_DAYS as i64 - 1)
        .ok_or(BelayError::internal("civil-day"))?;
    // What is left of a week or month depends on all of its days.
    let occasion = framed.terms.occasion_on(today, frame.week_start);
    let occasion = occasion.unwrap_or(Occasion::on(today));
    let (from, to) = (first.min(occasion.first), today.max(occasion.last));
    let outcomes: Vec<_> = outcomes::of_goal(tx, &own.name, from, to)?
        .into_iter()
        .map(|row| row.outcome)
        .collect();
    let said = |day: CivilDay, status| {
        let mut of_day = outcomes.iter().filter(|outcome| outcome.on == day);
        of_day.any(|outcome| outcome.status == status)
    };
    let due = framed.terms.due_on(
        today,
        frame.week_start,
        &framed.paused,
        |day| said(day, OutcomeStatus::Done),
        |day| said(day, OutcomeStatus::Skipped),
    );
    let (times_left, due_until) = match due {
        Due::AnyDay { times_left, until } => (Some(times_left), Some(until)),
        _ => (None, None),
    };
    let now_ms = spaces.now_ms;
    let mut shared_with = Vec::new();
    for (space, fields) in &row.shares {
        let Some(state) = spaces.find(tx, space)? else {
            continue;
        };
        shared_with.push(crate::partners::shared_with(
            tx,
            state,
            DocKind::Goal,
            &own.name,
            SharedFieldsView::Goal { fields: *fields },
            now_ms,
        )?);
    }
    Ok(GoalView {
        name: own.name,
        due_today: due.is_due(),
        today: outcomes.iter().find(|outcome| outcome.on == today).cloned(),
        last_14: framed.ledger(&outcomes).last_14(today),
        days_since: numbers::since(tx, &own.name, &row.goal, today)?,
        goal: row.goal,
        shared_with,
        paused_today: due == Due::Paused,
        times_left,
        due_until,
    })
}

impl Session<'_> {
    /// A goal that is there and not deleted.
    pub fn present_goal(&mut self, name: &DocName) -> Result<SelfDocument> {
        let document = self.document(DocKind::Goal, name)?;
        if document.change_count() == 0 || document.deleted_at_ms()?.is_some() {
            return Err(BelayError::NotFound { what: "goal" });
        }
        Ok(document)
    }

    /// Writes a goal with its pauses, and to everyone who sees something of it what they see.
    pub fn write_goal(
        &mut self,
        name: &DocName,
        document: SelfDocument,
        goal: &Goal,
        shares: &BTreeMap<SpaceId, GoalFields>,
    ) -> Result<()> {
        let settings = crate::queries::settings(self.tx)?;
        let mut draft = DocumentDraft::new()
            .goal(goal)
            .pauses(&goal.pauses, &document)
            .reminder_times(&goal.reminders, &document);
        let mut copies = BTreeMap::new();
        for (space, fields) in shares {
            if self.tx.space(*space)?.is_none() {
                continue;
            }
            draft = draft.share_goal(space, *fields, &document);
            let copy = publish_goal(goal, *fields);
            copies.insert(*space, copy.as_ref().map(crate::sharing::copy_of));
        }
        let not_before = self.hold_until(&settings);
        self.write_shared(DocKind::Goal, name, document, draft, copies, not_before)
    }
}
