//! The journal: core/engine/src/journal.rs and journal_deletion.rs.

use belay_engine::model::DocName;
use belay_engine::{
    DeletedEntryView, DraftView, Engine, EntryCursor, EntryMonthView, EntryPageView, EntryView,
    EraseLimitView, NewEntry, PassageView, SearchPageView, SetAsideView,
};

use crate::{BelayCore, EntryEdit, EntryQuery, Result};

#[uniffi::export]
impl BelayCore {
    /// Writes an entry. Writes to disk.
    pub async fn write_entry(&self, new: NewEntry) -> Result<EntryView> {
        self.on_disk(move |engine| engine.write_entry(new)).await
    }

    /// Changes an entry. Writes to disk.
    pub async fn edit_entry(&self, name: DocName, edit: EntryEdit) -> Result<EntryView> {
        self.on_disk(move |engine| engine.edit_entry(&name, edit.into()))
            .await
    }

    /// One entry, whole.
    pub async fn entry(&self, name: DocName) -> Result<EntryView> {
        self.on_disk(move |engine| engine.entry(&name)).await
    }

    /// A page of entries, newest first.
    pub async fn entries(&self, query: EntryQuery) -> Result<EntryPageView> {
        self.on_disk(move |engine| engine.entries(&query.into()))
            .await
    }

    /// Entries that match a question, newest first: words, "phrases", tag:, mood:, goal:, from:, until:, on:, -without.
    #[uniffi::method(default(after = None, limit = None))]
    pub async fn search(
        &self,
        question: String,
        after: Option<EntryCursor>,
        limit: Option<u32>,
    ) -> Result<SearchPageView> {
        let limit = limit.map(|limit| limit as usize);
        self.on_disk(move |engine| engine.search(&question, after.as_ref(), limit))
            .await
    }

    /// The months that have entries, newest first.
    pub async fn entry_months(&self) -> Result<Vec<EntryMonthView>> {
        self.on_disk(Engine::entry_months).await
    }

    /// Deletes an entry; it can be brought back for a while. Writes to disk.
    pub async fn delete_entry(&self, name: DocName) -> Result<DeletedEntryView> {
        self.on_disk(move |engine| engine.delete_entry(&name)).await
    }

    /// Brings a deleted entry back. Writes to disk.
    pub async fn restore_entry(&self, name: DocName) -> Result<EntryView> {
        self.on_disk(move |engine| engine.restore_entry(&name))
            .await
    }

    /// The entries that were deleted and can be brought back.
    pub async fn deleted_entries(&self) -> Result<Vec<DeletedEntryView>> {
        self.on_disk(Engine::deleted_entries).await
    }

    /// Erases a deleted entry for good; answers which passages of it partners have all the same. Beyond a day's measure
    /// (`erase_limit`) it is hidden now and goes after 72 hours: it stays among the deleted ones. Writes to disk.
    pub async fn erase_entry(&self, name: DocName) -> Result<Vec<PassageView>> {
        self.on_disk(move |engine| engine.erase_entry(&name)).await
    }

    /// How much this device may still erase with effect at once.
    pub async fn erase_limit(&self) -> Result<EraseLimitView> {
        self.on_disk(Engine::erase_limit).await
    }

    /// What another own device erased beyond a day's measure and still lies aside here.
    pub async fn set_aside(&self) -> Result<Vec<SetAsideView>> {
        self.on_disk(Engine::set_aside).await
    }

    /// Brings back what lies aside, as something new; answers how many things came back. Writes to disk.
    pub async fn bring_back(&self, names: Vec<DocName>) -> Result<u64> {
        self.on_disk(move |engine| engine.bring_back(&names)).await
    }

    /// Keeps what is typed and not written yet; answers its number. Writes to disk.
    pub async fn keep_draft(&self, about: Option<DocName>, text: String) -> Result<i64> {
        self.on_disk(move |engine| engine.keep_draft(about.as_ref(), &text))
            .await
    }

    /// What was typed and not written yet.
    pub async fn drafts(&self) -> Result<Vec<DraftView>> {
        self.on_disk(Engine::drafts).await
    }

    /// Forgets a draft. Writes to disk.
    pub async fn drop_draft(&self, id: i64) -> Result<()> {
        self.on_disk(move |engine| engine.drop_draft(id)).await
    }
}
