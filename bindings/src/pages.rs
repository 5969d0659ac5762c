//! What a screen shows, in one call each: core/engine/src/journal_page.rs, goal_pages.rs, they_see.rs and
//! on_this_day.rs.

use belay_engine::model::{CivilDay, DocName, SpaceId};
use belay_engine::{
    Engine, GoalPageView, GoalsPageView, JournalPageView, OnThisDayView, TheySeeView,
};

use crate::{BelayCore, EntryQuery, Result};

#[uniffi::export]
impl BelayCore {
    /// The journal's first page, its months, and what waits. Later pages come from `entries`.
    pub async fn journal_page(&self, query: EntryQuery) -> Result<JournalPageView> {
        self.on_disk(move |engine| engine.journal_page(&query.into()))
            .await
    }

    /// Everything the list of goals shows.
    pub async fn goals_page(&self) -> Result<GoalsPageView> {
        self.on_disk(Engine::goals_page).await
    }

    /// One goal with its days from `from` to `to`, both counted, at most 400.
    pub async fn goal_page(
        &self,
        name: DocName,
        from: CivilDay,
        to: CivilDay,
    ) -> Result<GoalPageView> {
        self.on_disk(move |engine| engine.goal_page(&name, from, to))
            .await
    }

    /// What a partner can see, as one list.
    pub async fn they_see(&self, space: SpaceId) -> Result<TheySeeView> {
        self.on_disk(move |engine| engine.they_see(&space)).await
    }

    /// Earlier years in which something was written about this day (nothing for the present one).
    #[uniffi::method(default(on = None))]
    pub async fn on_this_day(&self, on: Option<CivilDay>) -> Result<Vec<OnThisDayView>> {
        self.on_disk(move |engine| engine.on_this_day(on)).await
    }
}
