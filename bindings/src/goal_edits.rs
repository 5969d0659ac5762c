//! Goals said anew, steps, pauses, putting away: core/engine/src/goals/edits.rs and goal_pauses.rs.

use belay_engine::model::goals::Pause;
use belay_engine::model::{CivilDay, DocName};
use belay_engine::{Engine, GoalView, NewGoal};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// Says a goal anew: everything but who sees it. Writes to disk.
    pub async fn edit_goal(&self, name: DocName, new: NewGoal) -> Result<GoalView> {
        self.on_disk(move |engine| engine.edit_goal(&name, new))
            .await
    }

    /// Notes that a step was reached on a day, or that it is open again. Writes to disk.
    pub async fn reach_step(
        &self,
        name: DocName,
        step: String,
        on: Option<CivilDay>,
        reached: bool,
    ) -> Result<GoalView> {
        self.on_disk(move |engine| engine.reach_step(&name, &step, on, reached))
            .await
    }

    /// Puts a goal away from the present day on. Writes to disk.
    pub async fn archive_goal(&self, name: DocName) -> Result<GoalView> {
        self.on_disk(move |engine| engine.archive_goal(&name)).await
    }

    /// Lets a goal go, with what was learned. Writes to disk.
    pub async fn let_go_of_goal(&self, name: DocName, learned: Option<String>) -> Result<GoalView> {
        self.on_disk(move |engine| engine.let_go_of_goal(&name, learned.as_deref()))
            .await
    }

    /// Takes up a goal again. Writes to disk.
    pub async fn take_up_goal(&self, name: DocName) -> Result<GoalView> {
        self.on_disk(move |engine| engine.take_up_goal(&name)).await
    }

    /// Goals that were put away or let go.
    pub async fn goals_put_away(&self) -> Result<Vec<GoalView>> {
        self.on_disk(Engine::goals_put_away).await
    }

    /// The pauses of a goal, or without one those of everything.
    pub async fn pauses(&self, of: Option<DocName>) -> Result<Vec<Pause>> {
        self.on_disk(move |engine| engine.pauses(of.as_ref())).await
    }

    /// Pauses a goal, or without one everything, for a range of days. Writes to disk.
    pub async fn pause_goals(&self, of: Option<DocName>, pause: Pause) -> Result<Vec<Pause>> {
        self.on_disk(move |engine| engine.pause_goals(of.as_ref(), pause))
            .await
    }

    /// Takes a pause away, as if it had never been. Writes to disk.
    pub async fn take_back_pause(&self, of: Option<DocName>, pause: Pause) -> Result<Vec<Pause>> {
        self.on_disk(move |engine| engine.take_back_pause(of.as_ref(), &pause))
            .await
    }

    /// Ends what is paused today. Writes to disk.
    pub async fn resume_goals(&self, of: Option<DocName>) -> Result<Vec<Pause>> {
        self.on_disk(move |engine| engine.resume_goals(of.as_ref()))
            .await
    }
}
