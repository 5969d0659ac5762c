//! Goals: begin, share, look at (product ids G1 yes/no, G2 daily and weekdays, G7).

use std::collections::BTreeMap;

use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::{
    CivilDay, DocName, Goal, GoalFields, LAST_DAYS, Moment, SpaceId, last_14, make_bytes,
    publish_goal,
};
use belay_protocol::DocKind;
use belay_store::{Own, ReadTx};

use crate::check_ins::given;
use crate::engine::Engine;
use crate::input::NewGoal;
use crate::projection::GoalRow;
use crate::session::{Session, Spaces};
use crate::views::{GoalView, SharedFieldsView};
use crate::{BelayError, Result};

/// More goals than anyone keeps; a bound for the query.
pub(crate) const GOALS_MAX: usize = 1_000;

impl Engine {
    /// Begins a goal. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{field, rule}`, `NotFound` for a partner that is not there.
    pub fn add_goal(&self, new: NewGoal) -> Result<GoalView> {
        let name = self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let moment = session.moment(&settings)?;
            let title = given(Some(&new.title)).unwrap_or_default();
            let mut goal = Goal::new(title, new.schedule.clone(), moment, settings.day_start);
            goal.why = given(new.why.as_deref());
            goal.validate()?;
            for space in new.audience.keys() {
                crate::partners::require_active(session.tx, space)?;
            }
            let name = DocName::from_bytes(make_bytes(session.entropy));
            let document = SelfDocument::new(DocKind::Goal)?;
            session.write_goal(&name, document, &goal, &new.audience)?;
            Ok(name)
        })?;
        self.goal(&name)
    }

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
    view(tx, spaces, &own, today)
}

/// Every goal that is not archived, oldest first.
pub(crate) fn all(tx: &ReadTx<'_>, spaces: &mut Spaces, today: CivilDay) -> Result<Vec<GoalView>> {
    let mut goals = Vec::new();
    for own in tx.own_all(DocKind::Goal.into(), GOALS_MAX)?.iter().rev() {
        let goal = view(tx, spaces, own, today)?;
        if !goal.goal.is_archived(today) {
            goals.push(goal);
        }
    }
    Ok(goals)
}

fn view(tx: &ReadTx<'_>, spaces: &mut Spaces, own: &Own, today: CivilDay) -> Result<GoalView> {
    let row: GoalRow = crate::queries::projected(own)?;
    let first = today
        .minus_days(LAST_DAYS as i64 - 1)
        .ok_or(BelayError::internal("civil-day"))?;
    let outcomes: Vec<_> = crate::outcomes::of_goal(tx, &own.name, first, today)?
        .into_iter()
        .map(|row| row.outcome)
        .collect();
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
        due_today: row.goal.is_due(today),
        today: outcomes.iter().find(|outcome| outcome.on == today).cloned(),
        last_14: last_14(&row.goal, &outcomes, today),
        goal: row.goal,
        shared_with,
    })
}

impl Session<'_> {
    fn present_goal(&mut self, name: &DocName) -> Result<SelfDocument> {
        let document = self.document(DocKind::Goal, name)?;
        if document.change_count() == 0 || document.deleted_at_ms()?.is_some() {
            return Err(BelayError::NotFound { what: "goal" });
        }
        Ok(document)
    }

    fn write_goal(
        &mut self,
        name: &DocName,
        document: SelfDocument,
        goal: &Goal,
        shares: &BTreeMap<SpaceId, GoalFields>,
    ) -> Result<()> {
        let settings = crate::queries::settings(self.tx)?;
        let mut draft = DocumentDraft::new().goal(goal);
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
