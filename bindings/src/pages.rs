//! What a screen shows, in one call each: core/engine/src/journal/page.rs, journal_pages.rs, goal_pages.rs,
//! settings_page.rs, devices_page.rs, they_see.rs and on_this_day.rs.

use belay_engine::model::{CivilDay, DocName, SpaceId};
use belay_engine::{
    DevicesPageView, Engine, EntryCursor, EntryEditorView, GoalFormView, GoalPageView,
    GoalsPageView, JournalEntryPageView, JournalPageView, MonthPageView, OnThisDayView,
    RelayPageView, SettingsPageView, SharePageView, TheySeeView,
};

use crate::{BelayCore, EntryQuery, Result};

#[uniffi::export]
impl BelayCore {
    /// The journal's first page, its months, and what waits. Later pages come from `entries`.
    pub async fn journal_page(&self, query: EntryQuery) -> Result<JournalPageView> {
        self.on_disk(move |engine| engine.journal_page(&query.into()))
            .await
    }

    /// The month in which that day is (nothing for the present one), with a page of its entries. Later pages come
    /// from `entries`.
    #[uniffi::method(default(day = None, after = None, limit = None))]
    pub async fn month_page(
        &self,
        day: Option<CivilDay>,
        after: Option<EntryCursor>,
        limit: Option<u32>,
    ) -> Result<MonthPageView> {
        self.on_disk(move |engine| engine.month_page(day, after, limit.map(|limit| limit as usize)))
            .await
    }

    /// Everything the page of one entry shows.
    pub async fn entry_page(&self, name: DocName) -> Result<JournalEntryPageView> {
        self.on_disk(move |engine| engine.entry_page(&name)).await
    }

    /// Everything the editor shows: of a new entry about `on` (nothing for the present day), or of the one called
    /// `name`.
    #[uniffi::method(default(name = None, on = None))]
    pub async fn entry_editor(
        &self,
        name: Option<DocName>,
        on: Option<CivilDay>,
    ) -> Result<EntryEditorView> {
        self.on_disk(move |engine| engine.entry_editor(name.as_ref(), on))
            .await
    }

    /// Everything the page shows on which a passage of an entry is given.
    pub async fn share_page(&self, entry: DocName) -> Result<SharePageView> {
        self.on_disk(move |engine| engine.share_page(&entry)).await
    }

    /// Everything the page of relays shows.
    pub async fn relay_page(&self) -> Result<RelayPageView> {
        self.on_disk(Engine::relay_page).await
    }

    /// Everything the page of settings shows.
    pub async fn settings_page(&self) -> Result<SettingsPageView> {
        self.on_disk(Engine::settings_page).await
    }

    /// Everything the page of own devices shows; also on a device that waits or was removed.
    pub async fn devices_page(&self) -> Result<DevicesPageView> {
        self.on_disk(Engine::devices_page).await
    }

    /// Everything the form of a new goal shows.
    pub async fn goal_form(&self) -> Result<GoalFormView> {
        self.on_disk(Engine::goal_form).await
    }

    /// Everything the list of goals shows.
    pub async fn goals_page(&self) -> Result<GoalsPageView> {
        self.on_disk(Engine::goals_page).await
    }

    /// One goal with its days from `from` (nothing for a year back) to `to` (nothing for the present day), both
    /// counted, at most 400.
    #[uniffi::method(default(from = None, to = None))]
    pub async fn goal_page(
        &self,
        name: DocName,
        from: Option<CivilDay>,
        to: Option<CivilDay>,
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
