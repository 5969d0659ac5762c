//! What the person wrote on this day in other years (product id J3).

use belay_model::CivilDay;
use belay_protocol::DocKind;
use belay_store::ReadTx;
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::journal::views::EntryLineView;
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
        self.read(|tx| years_before(tx, on))
    }
}

/// Earlier years in which something was written about this day, the latest first.
pub(crate) fn years_before(tx: &ReadTx<'_>, on: CivilDay) -> Result<Vec<OnThisDayView>> {
    let kinds = [DocKind::JournalEntry, DocKind::CheckIn].map(u8::from);
    // Most people have written for fewer years than could be looked at.
    let firsts = [tx.own_first_day(kinds[0])?, tx.own_first_day(kinds[1])?];
    let mut found = Vec::new();
    for years_ago in 1..=YEARS {
        let Some(then) = on.years_before(years_ago) else {
            continue;
        };
        let day = then.to_string();
        let has_begun = firsts.iter().flatten().any(|first| *first <= day);
        if !has_begun {
            break;
        }
        let entries = tx.own_on(kinds[0], &day)?;
        let entries: Vec<EntryLineView> = entries
            .iter()
            .map(crate::journal::line)
            .collect::<Result<_>>()?;
        let mut wins = Vec::new();
        for own in tx.own_on(kinds[1], &day)? {
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
}
