//! Outcomes of goals, each a document of its own named after goal and day, so that two own devices that
//! log the same day merge (product ids G4, G7).

use std::collections::BTreeMap;

use belay_crypto::outcome_name;
use belay_document::documents::Draft as DocumentDraft;
use belay_document::records::OutcomeRecord;
use belay_model::{
    CivilDay, DocName, GoalFields, Moment, Outcome, OutcomeStatus, Settings, SpaceId, publish_goal,
    publish_outcome,
};
use belay_protocol::DocKind;
use belay_store::ReadTx;

use crate::check_ins::given;
use crate::engine::Engine;
use crate::input::{NewCheckIn, NewOutcome};
use crate::projection::{GoalRow, OutcomeRow};
use crate::session::Session;
use crate::sharing::copy_of;
use crate::views::{OutcomePreviewView, OutcomeView};
use crate::{BelayError, Result};

impl Engine {
    /// Logs what came of a goal on a day; logging the same day again replaces it. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` for an unknown goal, `InvalidInput` for a day in the future or a text too long.
    pub fn log_outcome(&self, new: NewOutcome) -> Result<OutcomeView> {
        self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let moment = session.moment(&settings)?;
            let on = new.on.unwrap_or(moment.civil_day(settings.day_start));
            session.log_outcome(&new, on, &moment, &settings)
        })
    }
}

/// The outcomes that would be logged with a check-in, as one partner would see them.
pub(crate) fn preview(
    tx: &ReadTx<'_>,
    new: &NewCheckIn,
    space: &SpaceId,
    moment: &Moment,
    settings: &Settings,
) -> Result<Vec<OutcomePreviewView>> {
    let mut previews = Vec::new();
    let today = moment.civil_day(settings.day_start);
    for outcome in &new.outcomes {
        let on = outcome.on.or(new.on).unwrap_or(today);
        let goal = goal_row(tx, &outcome.goal)?;
        let Some(fields) = goal.shares.get(space) else {
            continue;
        };
        let made = compose(outcome, on, moment, settings)?;
        if let (Some(shown), Some(copy)) = (
            publish_goal(&goal.goal, *fields),
            publish_outcome(&made, *fields),
        ) {
            previews.push(OutcomePreviewView {
                goal_title: shown.title,
                outcome: copy,
            });
        }
    }
    Ok(previews)
}

/// A goal that is there.
pub(crate) fn goal_row(tx: &ReadTx<'_>, goal: &DocName) -> Result<GoalRow> {
    let own = tx
        .own_by_name(DocKind::Goal.into(), goal)?
        .filter(|own| own.deleted_at_ms.is_none())
        .ok_or(BelayError::NotFound { what: "goal" })?;
    crate::queries::projected(&own)
}

/// The outcomes of a goal between two days, inclusive.
pub(crate) fn of_goal(
    tx: &ReadTx<'_>,
    goal: &DocName,
    from: CivilDay,
    to: CivilDay,
) -> Result<Vec<OutcomeRow>> {
    tx.own_related(
        DocKind::Outcome.into(),
        goal.as_bytes(),
        &from.to_string(),
        &to.to_string(),
    )?
    .iter()
    .map(crate::queries::projected)
    .collect()
}

fn compose(
    new: &NewOutcome,
    on: CivilDay,
    moment: &Moment,
    settings: &Settings,
) -> Result<Outcome> {
    let mut outcome = Outcome::new(on, new.status, moment.clone(), settings.day_start);
    outcome.note = given(new.note.as_deref());
    if new.status == OutcomeStatus::Skipped {
        outcome.reason = given(new.reason.as_deref());
    }
    outcome.validate()?;
    Ok(outcome)
}

impl Session<'_> {
    /// Logs an outcome inside a write.
    pub fn log_outcome(
        &mut self,
        new: &NewOutcome,
        on: CivilDay,
        moment: &Moment,
        settings: &Settings,
    ) -> Result<OutcomeView> {
        let goal = goal_row(self.tx, &new.goal)?;
        let mut outcome = compose(new, on, moment, settings)?;
        let name = outcome_name(&new.goal, &on.to_string());
        let document = self.document(DocKind::Outcome, &name)?;
        if document.change_count() > 0 {
            outcome = outcome.logged_over(&document.outcome()?.outcome);
        }
        // The audience is stamped when the outcome is logged: publishing a goal later does not open
        // its past.
        let mut shares: BTreeMap<SpaceId, GoalFields> = crate::projection::goal_shares(&document)?;
        shares.extend(self.open_shares(&goal)?);
        let mut draft = DocumentDraft::new().outcome(new.goal, &outcome);
        for (space, fields) in &shares {
            draft = draft.share_goal(space, *fields, &document);
        }
        let mut copies = BTreeMap::new();
        for (space, fields) in &shares {
            let goal_name = self.published_goal_name(space, &new.goal)?;
            let copy = publish_outcome(&outcome, *fields).map(|outcome| {
                copy_of(&OutcomeRecord {
                    goal: goal_name,
                    outcome,
                })
            });
            copies.insert(*space, copy);
        }
        let not_before = self.hold_until(settings);
        self.write_shared(DocKind::Outcome, &name, document, draft, copies, not_before)?;
        Ok(OutcomeView {
            goal: new.goal,
            goal_title: goal.goal.title,
            outcome,
        })
    }

    /// The goal's audience without partners whose sharing is paused or who are gone.
    fn open_shares(&mut self, goal: &GoalRow) -> Result<BTreeMap<SpaceId, GoalFields>> {
        let contacts = crate::queries::contacts(self.tx)?;
        let mut open = BTreeMap::new();
        for (space, fields) in &goal.shares {
            let paused = contacts.get(space).is_some_and(|contact| contact.paused);
            let active = crate::partners::require_active(self.tx, space).is_ok();
            if active && !paused {
                open.insert(*space, *fields);
            }
        }
        Ok(open)
    }

    /// How a goal is named in a partner's space.
    pub fn published_goal_name(&mut self, space: &SpaceId, goal: &DocName) -> Result<DocName> {
        let state = self.space(space)?;
        Ok(belay_crypto::published_name(
            &state.erase_key,
            DocKind::Goal.into(),
            goal,
        ))
    }
}
