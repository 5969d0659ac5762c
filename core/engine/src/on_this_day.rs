//! What the person wrote on this day in other years (product id J3).

use belay_model::CivilDay;
use belay_protocol::DocKind;
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::journal_views::EntryLineView;
use crate::projection::CheckInRow;

/// How many years back are looked at.
const YEARS: i32 = 20;

/// One earlier year.
#[derive(Debug, Clone, Serialize)]
pub struct OnThisDayView {
    /// The day, then.
    pub on: CivilDay,
    /// How many years ago that is.
    pub years_ago: u32,
    /// Entries about it, oldest first, without their texts.
    pub entries: Vec<EntryLineView>,
    /// What went well that day, as its check-ins say it.
    pub wins: Vec<String>,
}

impl Engine {
    /// Earlier years in which something was written about this day (`None` for the present one), the latest
    /// first. The 29th of February remembers its own kind only.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn on_this_day(&self, on: Option<CivilDay>) -> Result<Vec<OnThisDayView>> {
        let on = match on {
            Some(on) => on,
            None => self.today_on()?,
        };
        self.read(|tx| {
            let mut found = Vec::new();
            for years_ago in 1..=YEARS {
                let Some(then) = on.years_before(years_ago) else {
                    continue;
                };
                let day = then.to_string();
                let entries = tx.own_on(DocKind::JournalEntry.into(), &day)?;
                let entries: Vec<EntryLineView> = entries
                    .iter()
                    .map(crate::journal::line)
                    .collect::<Result<_>>()?;
                let mut wins = Vec::new();
                for own in tx.own_on(DocKind::CheckIn.into(), &day)? {
                    let row: CheckInRow = crate::queries::projected(&own)?;
                    wins.extend(row.check_in.win);
                }
                if !entries.is_empty() || !wins.is_empty() {
                    found.push(OnThisDayView {
                        on: then,
                        years_ago: years_ago.unsigned_abs(),
                        entries,
                        wins,
                    });
                }
            }
            Ok(found)
        })
    }
}
