//! Everything that the first page of the journal shows, in one answer.

use belay_model::CivilDay;
use belay_protocol::DocKind;
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::journal::input::EntryQuery;
use crate::journal::views::{DraftView, EntryMonthView, EntryPageView};

/// The journal as it opens.
#[derive(Debug, Clone, Serialize)]
pub struct JournalPageView {
    /// The person's present civil day.
    pub today: CivilDay,
    /// The first entries asked for.
    pub page: EntryPageView,
    /// The months that have entries, newest first.
    pub months: Vec<EntryMonthView>,
    /// What was typed and not written, latest first.
    pub drafts: Vec<DraftView>,
    /// How many entries lie among the deleted ones.
    pub deleted: u64,
}

impl Engine {
    /// The journal's first page, its months, and what waits, as of one moment. Later pages come from
    /// [`Engine::entries`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn journal_page(&self, query: &EntryQuery) -> Result<JournalPageView> {
        self.read(|tx| {
            let settings = crate::queries::settings(tx)?;
            Ok(JournalPageView {
                today: self.moment(&settings)?.civil_day(settings.day_start),
                page: crate::journal::page(tx, query)?,
                months: crate::journal::months(tx)?,
                drafts: crate::journal::deletion::drafts(tx)?,
                deleted: tx
                    .own_deleted(DocKind::JournalEntry.into(), i64::MAX)?
                    .len() as u64,
            })
        })
    }
}
