//! Goals and what came of them: core/engine/src/goals.rs and outcomes.rs.

use belay_engine::model::{CivilDay, DocName, GoalField, GoalFields, SpaceId};
use belay_engine::{Engine, GoalView, NewGoal, NewOutcome, OutcomeView, PreviewView, UndoneView};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// Begins a goal. Writes to disk.
    pub async fn add_goal(&self, new: NewGoal) -> Result<GoalView> {
        self.on_disk(move |engine| engine.add_goal(new)).await
    }

    /// Sets what a partner sees of a goal; no fields take it back. Writes to disk.
    pub async fn share_goal(
        &self,
        name: DocName,
        space: SpaceId,
        fields: GoalFields,
    ) -> Result<GoalView> {
        self.on_disk(move |engine| engine.share_goal(&name, &space, fields))
            .await
    }

    /// One goal.
    pub async fn goal(&self, name: DocName) -> Result<GoalView> {
        self.on_disk(move |engine| engine.goal(&name)).await
    }

    /// All goals.
    pub async fn goals(&self) -> Result<Vec<GoalView>> {
        self.on_disk(Engine::goals).await
    }

    /// What each partner would see of this outcome. Changes nothing.
    pub async fn preview_outcome(&self, new: NewOutcome) -> Result<Vec<PreviewView>> {
        self.on_disk(move |engine| engine.preview_outcome(&new))
            .await
    }

    /// Logs what came of a goal on a day. Writes to disk.
    pub async fn log_outcome(&self, new: NewOutcome) -> Result<OutcomeView> {
        self.on_disk(move |engine| engine.log_outcome(new)).await
    }

    /// Takes back what was noted of a goal for a day. Writes to disk.
    pub async fn undo_outcome(&self, goal: DocName, on: CivilDay) -> Result<UndoneView> {
        self.on_disk(move |engine| engine.undo_outcome(&goal, on))
            .await
    }
}

/// What a partner would see of a goal after one touch of a field: the title goes with whatever else is seen, and
/// leaves with everything.
#[uniffi::export]
pub fn goal_fields_toggled(fields: GoalFields, field: GoalField) -> Result<GoalFields> {
    Ok(fields.toggled(field))
}
