//! Goals change: begun, said anew, steps reached, put away, let go, taken up again (product ids G1-G3, G9).

use belay_document::documents::SelfDocument;
use belay_model::goals::Measure;
use belay_model::{CivilDay, DocName, Goal, Moment, Rule, Settings, make_bytes};
use belay_protocol::DocKind;

use crate::check_ins::given;
use crate::engine::Engine;
use crate::goals::frame::Frame;
use crate::input::NewGoal;
use crate::session::Session;
use crate::views::GoalView;
use crate::{BelayError, Result};

impl Engine {
    /// Begins a goal. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{field, rule}` for what docs/goals.md refuses, `NotFound` for a partner that is not there.
    pub fn add_goal(&self, new: NewGoal) -> Result<GoalView> {
        let name = self.write(|session| session.begin_goal(&new))?;
        self.goal(&name)
    }

    /// The goal that [`Engine::add_goal`] would begin, for a look at what a partner would see of it. Changes
    /// nothing.
    ///
    /// # Errors
    /// As [`Engine::add_goal`].
    pub fn preview_goal(&self, new: &NewGoal) -> Result<Goal> {
        self.read(|tx| {
            let settings = crate::queries::settings(tx)?;
            begun(new, self.moment(&settings)?, &settings)
        })
    }

    /// Says a goal anew: everything but who sees it, which [`Engine::share_goal`] changes. A first day that is
    /// not given stays; steps that are reached stay reached. What was logged stays and is counted by the new
    /// terms. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput` as for a new one, and nothing is changed then.
    pub fn edit_goal(&self, name: &DocName, new: NewGoal) -> Result<GoalView> {
        self.change_goal(name, |goal, settings, _| {
            let before = goal.measure.clone();
            say(goal, &new);
            keep_reached(&mut goal.measure, &before);
            Ok(goal.validate(settings.week_start)?)
        })
    }

    /// Notes that a step was reached on that day (`None` for the present one), or with `reached` false that
    /// it is open again. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` for a goal or step that is not there; `InvalidInput{on, in_the_future}`.
    pub fn reach_step(
        &self,
        name: &DocName,
        step: &str,
        on: Option<CivilDay>,
        reached: bool,
    ) -> Result<GoalView> {
        self.change_goal(name, |goal, _, today| {
            let on = on.unwrap_or(today);
            if on > today {
                return Err(BelayError::InvalidInput {
                    field: "on",
                    rule: Rule::InTheFuture.word(),
                });
            }
            let measure = goal.measure.with_step(step, reached.then_some(on));
            goal.measure = measure.ok_or(BelayError::NotFound { what: "step" })?;
            Ok(())
        })
    }

    /// Puts a goal away: from the present day on it is due no more. Doing it again changes nothing. Writes to
    /// disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn archive_goal(&self, name: &DocName) -> Result<GoalView> {
        self.change_goal(name, |goal, _, today| {
            goal.archived_on.get_or_insert(today);
            Ok(())
        })
    }

    /// Lets a goal go, with what was learned: that stays with its person, whoever saw the goal. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput` for a text too long.
    pub fn let_go_of_goal(&self, name: &DocName, learned: Option<&str>) -> Result<GoalView> {
        self.change_goal(name, |goal, settings, today| {
            goal.archived_on.get_or_insert(today);
            goal.let_go = true;
            if let Some(learned) = given(learned) {
                goal.learned = Some(learned);
                goal.validate(settings.week_start)?;
            }
            Ok(())
        })
    }

    /// Takes up a goal again that was put away or let go. What was learned stays with it. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn take_up_goal(&self, name: &DocName) -> Result<GoalView> {
        self.change_goal(name, |goal, _, _| {
            goal.archived_on = None;
            goal.let_go = false;
            Ok(())
        })
    }

    pub(crate) fn change_goal(
        &self,
        name: &DocName,
        change: impl FnOnce(&mut Goal, &Settings, CivilDay) -> Result<()>,
    ) -> Result<GoalView> {
        self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let today = session.moment(&settings)?.civil_day(settings.day_start);
            let document = session.present_goal(name)?;
            let mut goal = document.goal()?;
            change(&mut goal, &settings, today)?;
            let mut shares = crate::projection::goal_shares(&document)?;
            // Where somebody left, nothing is written any more.
            shares.retain(|space, _| crate::partners::require_active(session.tx, space).is_ok());
            session.write_goal(name, document, &goal, &shares)
        })?;
        self.goal(name)
    }

    /// Every goal that was put away or let go, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn goals_put_away(&self) -> Result<Vec<GoalView>> {
        let today = self.today_on()?;
        self.read_spaces(|tx, spaces| {
            let frame = Frame::read(tx)?;
            crate::goals::each(tx, spaces, today, &frame, |goal| goal.is_archived(today))
        })
    }
}

impl Session<'_> {
    /// Begins a goal, within something that does more.
    pub fn begin_goal(&mut self, new: &NewGoal) -> Result<DocName> {
        let settings = crate::queries::settings(self.tx)?;
        let goal = begun(new, self.moment(&settings)?, &settings)?;
        for space in new.audience.keys() {
            crate::partners::require_active(self.tx, space)?;
        }
        let name = DocName::from_bytes(make_bytes(self.entropy));
        let document = SelfDocument::new(DocKind::Goal)?;
        self.write_goal(&name, document, &goal, &new.audience)?;
        Ok(name)
    }
}

fn begun(new: &NewGoal, moment: Moment, settings: &Settings) -> Result<Goal> {
    let schedule = new.schedule.clone();
    let mut goal = Goal::new(String::new(), schedule, moment, settings.day_start);
    say(&mut goal, new);
    goal.validate(settings.week_start)?;
    Ok(goal)
}

/// Everything a person says of a goal, in place of what they said before.
fn say(goal: &mut Goal, new: &NewGoal) {
    let text = |text: &Option<String>| given(text.as_deref());
    goal.title = given(Some(&new.title)).unwrap_or_default();
    goal.measure = new.measure.clone().unwrap_or(Measure::YesNo);
    let has_schedule = goal.measure.has_schedule();
    goal.schedule = Some(new.schedule.clone()).filter(|_| has_schedule);
    goal.starts_on = new.starts_on.unwrap_or(goal.starts_on);
    goal.ends_on = new.ends_on;
    goal.why = text(&new.why);
    goal.obstacle = text(&new.obstacle);
    goal.if_this = text(&new.if_this);
    goal.then_that = text(&new.then_that);
    goal.strengths = text(&new.strengths);
    goal.resources = text(&new.resources);
    goal.area = new.area;
}

/// Steps of the same title keep the day on which they were reached, unless another is said.
fn keep_reached(measure: &mut Measure, before: &Measure) {
    let (Measure::Milestones(steps), Measure::Milestones(before)) = (measure, before) else {
        return;
    };
    for step in steps {
        let same = before.iter().find(|other| other.title == step.title);
        step.reached_on = step.reached_on.or(same.and_then(|same| same.reached_on));
    }
}
