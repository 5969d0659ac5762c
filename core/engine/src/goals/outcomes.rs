//! Outcomes of goals, each a document of its own named after goal and day, so that two own devices that
//! log the same day merge (product ids G4, G7).

use std::collections::BTreeMap;

use belay_crypto::outcome_name;
use belay_document::documents::Draft as DocumentDraft;
use belay_document::records::OutcomeRecord;
use belay_model::goals::Measure;
use belay_model::{
    CheckInFields, CivilDay, DocName, GoalFields, Moment, Outcome, OutcomeStatus, Settings,
    SpaceId, publish_outcome,
};
use belay_protocol::DocKind;
use belay_store::ReadTx;

use crate::boundaries::Flow;
use crate::check_ins::given;
use crate::engine::Engine;
use crate::input::NewOutcome;
use crate::projection::{GoalRow, OutcomeRow};
use crate::session::Session;
use crate::sharing::copy_of;
use crate::views::{OutcomePreviewView, OutcomeView, PreviewView};
use crate::{BelayError, Result};

/// Before and after every day that can be written about.
pub(crate) const FIRST_DAY: &str = "0000";
pub(crate) const LAST_DAY: &str = "9999";

impl Engine {
    /// What each partner would see of this outcome, exactly, before it is logged. Changes nothing.
    ///
    /// # Errors
    /// As [`Engine::log_outcome`].
    pub fn preview_outcome(&self, new: &NewOutcome) -> Result<Vec<PreviewView>> {
        self.read_spaces(|tx, spaces| {
            let settings = crate::queries::settings(tx)?;
            let moment = self.moment(&settings)?;
            let on = new.on.unwrap_or(moment.civil_day(settings.day_start));
            previews(tx, std::slice::from_ref(new), on, &moment, &settings)?
                .into_iter()
                .map(|(space, outcomes)| {
                    Ok(PreviewView {
                        space,
                        partner: crate::partners::shown_name(tx, spaces.get(tx, &space)?)?,
                        fields: CheckInFields::empty(),
                        check_in: None,
                        outcomes,
                    })
                })
                .collect()
        })
    }

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

/// What would be logged, and what each partner would see of it: the one answer that both the preview and the
/// writing take.
struct Planned {
    name: DocName,
    title: String,
    outcome: Outcome,
    /// The fields of everyone who may see something, or saw something before.
    shares: BTreeMap<SpaceId, GoalFields>,
}

fn plan(
    tx: &ReadTx<'_>,
    new: &NewOutcome,
    on: CivilDay,
    moment: &Moment,
    settings: &Settings,
) -> Result<Planned> {
    let goal = goal_row(tx, &new.goal)?;
    let mut outcome = compose(new, on, moment, settings, &goal.goal.measure)?;
    let name = outcome_name(&new.goal, &on.to_string());
    let before: Option<OutcomeRow> = tx
        .own_by_name(DocKind::Outcome.into(), &name)?
        .filter(|own| own.deleted_at_ms.is_none())
        .map(|own| crate::queries::projected(&own))
        .transpose()?;
    let open = open_shares(tx, &goal)?;
    let mut shares = BTreeMap::new();
    if let Some(before) = before {
        outcome = outcome.logged_over(&before.outcome);
        for (space, fields) in before.shares {
            if tx.space(space)?.is_none() {
                // What only another own device shares stays as that device left it.
                continue;
            }
            // Paused: what they have already is kept true, and waits. Not shared any more: it is withdrawn.
            let paused = Flow::of(&crate::queries::contact(tx, &space)?) != Flow::Whole;
            let allowed = goal.shares.get(&space).copied().unwrap_or_default();
            let kept = if paused {
                fields.shared_with(allowed)
            } else {
                GoalFields::empty()
            };
            shares.insert(space, kept);
        }
    }
    // The audience is stamped when the outcome is logged: publishing a goal later does not open its past.
    shares.extend(open);
    Ok(Planned {
        name,
        title: goal.goal.title,
        outcome,
        shares,
    })
}

/// What each partner would see of outcomes that are about to be logged.
pub(crate) fn previews(
    tx: &ReadTx<'_>,
    outcomes: &[NewOutcome],
    on: CivilDay,
    moment: &Moment,
    settings: &Settings,
) -> Result<BTreeMap<SpaceId, Vec<OutcomePreviewView>>> {
    let mut previews: BTreeMap<SpaceId, Vec<OutcomePreviewView>> = BTreeMap::new();
    for new in outcomes {
        let planned = plan(tx, new, new.on.unwrap_or(on), moment, settings)?;
        for (space, fields) in &planned.shares {
            if let Some(outcome) = publish_outcome(&planned.outcome, *fields) {
                previews
                    .entry(*space)
                    .or_default()
                    .push(OutcomePreviewView {
                        goal_title: planned.title.clone(),
                        outcome,
                    });
            }
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

/// The outcomes of a goal from a day on, or all of them, up to that day, inclusive.
pub(crate) fn of_goal_since(
    tx: &ReadTx<'_>,
    goal: &DocName,
    since: Option<CivilDay>,
    to: CivilDay,
) -> Result<Vec<OutcomeRow>> {
    let since = since.map_or_else(|| FIRST_DAY.to_owned(), |day| day.to_string());
    tx.own_related(
        DocKind::Outcome.into(),
        goal.as_bytes(),
        &since,
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
    measure: &Measure,
) -> Result<Outcome> {
    let mut outcome = Outcome::new(on, new.status, moment.clone(), settings.day_start);
    outcome.note = given(new.note.as_deref());
    if let Some(amount) = new.amount {
        outcome = outcome.with_amount(amount, measure)?;
    }
    if new.status == OutcomeStatus::Skipped {
        outcome.reason = given(new.reason.as_deref());
    }
    outcome.validate_for(measure)?;
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
        let planned = plan(self.tx, new, on, moment, settings)?;
        let not_before = self.hold_until(settings);
        self.write_outcome(
            &planned.name,
            new.goal,
            &planned.outcome,
            &planned.shares,
            not_before,
        )?;
        self.leave_checkpoints(&new.goal, moment.civil_day(settings.day_start))?;
        Ok(OutcomeView {
            goal: new.goal,
            goal_title: planned.title,
            outcome: planned.outcome,
        })
    }

    pub(crate) fn write_outcome(
        &mut self,
        name: &DocName,
        goal: DocName,
        outcome: &Outcome,
        shares: &BTreeMap<SpaceId, GoalFields>,
        not_before_ms: i64,
    ) -> Result<()> {
        let document = self.document(DocKind::Outcome, name)?;
        let mut draft = DocumentDraft::new()
            .outcome(goal, outcome)
            .deleted_at_ms(None);
        let mut copies = BTreeMap::new();
        for (space, fields) in shares {
            if self.tx.space(*space)?.is_none() {
                continue;
            }
            draft = draft.share_goal(space, *fields, &document);
            let goal = self.published_goal_name(space, &goal)?;
            let copy = publish_outcome(outcome, *fields)
                .map(|outcome| copy_of(&OutcomeRecord { goal, outcome }));
            copies.insert(*space, copy);
        }
        self.write_shared(
            DocKind::Outcome,
            name,
            document,
            draft,
            copies,
            not_before_ms,
        )
    }

    /// Narrows what a partner sees of outcomes that were logged before, after the goal itself was narrowed
    /// or withdrawn. It never widens: the past stays closed.
    pub fn narrow_outcomes(
        &mut self,
        goal: &DocName,
        space: &SpaceId,
        fields: GoalFields,
    ) -> Result<()> {
        let now_ms = self.now_ms;
        for own in self.tx.own_related(
            DocKind::Outcome.into(),
            goal.as_bytes(),
            FIRST_DAY,
            LAST_DAY,
        )? {
            let row: OutcomeRow = crate::queries::projected(&own)?;
            let Some(before) = row.shares.get(space) else {
                continue;
            };
            let narrowed = before.shared_with(fields);
            if narrowed != *before {
                let shares = BTreeMap::from([(*space, narrowed)]);
                self.write_outcome(&own.name, *goal, &row.outcome, &shares, now_ms)?;
            }
        }
        Ok(())
    }

    /// Takes back the outcomes that were logged together with a check-in. Says whether something of them
    /// may have left.
    pub fn take_back_outcomes(&mut self, on: CivilDay, written: &Moment) -> Result<bool> {
        let mut may_have_left = false;
        for own in self.tx.own_on(DocKind::Outcome.into(), &on.to_string())? {
            let row: OutcomeRow = crate::queries::projected(&own)?;
            if row.outcome.written != *written {
                continue;
            }
            may_have_left |= self.take_back_outcome(&own.name, &row)?;
        }
        Ok(may_have_left)
    }

    /// Brings back the outcomes that went with a check-in, unless something else was logged since.
    pub fn bring_back_outcomes(
        &mut self,
        on: CivilDay,
        written: &Moment,
        settings: &Settings,
    ) -> Result<()> {
        let not_before = self.hold_until(settings);
        for own in self
            .tx
            .own_all(DocKind::Goal.into(), crate::goals::GOALS_MAX)?
        {
            let name = outcome_name(&own.name, &on.to_string());
            let deleted = self
                .tx
                .own_by_name(DocKind::Outcome.into(), &name)?
                .filter(|outcome| outcome.deleted_at_ms.is_some());
            let Some(outcome) = deleted else { continue };
            let row: OutcomeRow = crate::queries::projected(&outcome)?;
            if row.outcome.written == *written {
                let mut shares = row.shares;
                shares.retain(|space, _| crate::partners::require_active(self.tx, space).is_ok());
                self.write_outcome(&name, own.name, &row.outcome, &shares, not_before)?;
            }
        }
        Ok(())
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

/// The goal's audience without partners whose sharing is paused or who are gone.
fn open_shares(tx: &ReadTx<'_>, goal: &GoalRow) -> Result<BTreeMap<SpaceId, GoalFields>> {
    let mut open = BTreeMap::new();
    for (space, fields) in &goal.shares {
        let flow = Flow::of(&crate::queries::contact(tx, space)?);
        if flow == Flow::Whole && crate::partners::require_active(tx, space).is_ok() {
            open.insert(*space, *fields);
        }
    }
    Ok(open)
}
