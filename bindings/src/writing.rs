//! What to write by, the past of an entry, and going back to a day: core/engine/src/journal/offers.rs, entry_history.rs
//! and day_return.rs.

use belay_engine::model::{CivilDay, DocName};
use belay_engine::{
    DayReturnView, Engine, EntryHistoryView, EntryStateView, EntryView, NewGoal, PlanLineView,
    WritingOffersView,
};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// Questions and templates to write by on a civil day (nothing for the present one), in a language by its BCP 47
    /// tag.
    #[uniffi::method(default(on = None))]
    pub async fn writing_offers(
        &self,
        language: String,
        on: Option<CivilDay>,
    ) -> Result<WritingOffersView> {
        self.on_disk(move |engine| engine.writing_offers(on, &language))
            .await
    }

    /// The past of an entry: the newest states (nothing for 100).
    #[uniffi::method(default(limit = None))]
    pub async fn entry_history(
        &self,
        name: DocName,
        limit: Option<u32>,
    ) -> Result<EntryHistoryView> {
        let limit = limit.map(|limit| limit as usize);
        self.on_disk(move |engine| engine.entry_history(&name, limit))
            .await
    }

    /// An entry as it was in a state of its past.
    pub async fn entry_state(&self, name: DocName, state: String) -> Result<EntryStateView> {
        self.on_disk(move |engine| engine.entry_state(&name, &state))
            .await
    }

    /// Makes an entry say again what it said in a state of its past; the present state stays in the past. Writes to
    /// disk.
    pub async fn restore_entry_state(&self, name: DocName, state: String) -> Result<EntryView> {
        self.on_disk(move |engine| engine.restore_entry_state(&name, &state))
            .await
    }

    /// What going back to the end of a civil day would change of the journal and the check-ins.
    pub async fn preview_day_return(&self, on: CivilDay) -> Result<DayReturnView> {
        self.on_disk(move |engine| engine.preview_day_return(on))
            .await
    }

    /// Brings the journal and the check-ins back to what they said at the end of a civil day, by new changes. Writes to
    /// disk.
    pub async fn return_to_day(&self, on: CivilDay) -> Result<DayReturnView> {
        self.on_disk(move |engine| engine.return_to_day(on)).await
    }

    /// The last return made on this device that can still be undone.
    pub async fn last_day_return(&self) -> Result<Option<DayReturnView>> {
        self.on_disk(Engine::last_day_return).await
    }

    /// Undoes the last return made on this device; what was changed again since stays. Writes to disk.
    pub async fn undo_day_return(&self) -> Result<DayReturnView> {
        self.on_disk(Engine::undo_day_return).await
    }

    /// The lines of the plan in an entry that was begun from the worksheet, each with the goal that was made of it.
    pub async fn plan_lines(&self, entry: DocName) -> Result<Vec<PlanLineView>> {
        self.on_disk(move |engine| engine.plan_lines(&entry)).await
    }

    /// Begins goals of a plan and links them to its entry, all or none. Writes to disk.
    pub async fn make_goals_of_plan(
        &self,
        entry: DocName,
        goals: Vec<NewGoal>,
    ) -> Result<EntryView> {
        self.on_disk(move |engine| engine.make_goals_of_plan(&entry, goals))
            .await
    }
}
