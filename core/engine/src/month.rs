//! One month at a glance: on which days something was written, and how they felt.

use std::collections::BTreeMap;

use belay_model::{CivilDay, Mood};
use belay_protocol::DocKind;
use belay_store::ReadTx;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::engine::Engine;

/// A month of the person's own writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthView {
    /// Its first day.
    pub first: CivilDay,
    /// Its last day.
    pub last: CivilDay,
    /// The days on which something was written, earliest first.
    pub days: Vec<MonthDayView>,
}

/// A day of [`MonthView`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthDayView {
    /// The day.
    pub on: CivilDay,
    /// How many check-ins belong to it.
    pub check_ins: u32,
    /// The moods of those that name one, in the order of their times.
    pub moods: Vec<Mood>,
    /// How many journal entries belong to it.
    pub entries: u32,
    /// How many outcomes of goals were logged for it.
    pub outcomes: u32,
}

impl MonthDayView {
    fn empty(on: CivilDay) -> Self {
        Self {
            on,
            check_ins: 0,
            moods: Vec::new(),
            entries: 0,
            outcomes: 0,
        }
    }
}

/// The little of a projected check-in that a month shows; the rest is skipped while it is read.
#[derive(Deserialize)]
struct Felt {
    check_in: FeltMood,
}

#[derive(Deserialize)]
struct FeltMood {
    #[serde(default)]
    mood: Option<Mood>,
}

impl Engine {
    /// The month in which that day is, as far as this person wrote in it. One query; nothing of a space is
    /// loaded for it, so a month shows right after opening.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn month(&self, day: CivilDay) -> Result<MonthView> {
        self.read(|tx| of_day(tx, day))
    }
}

/// The month in which that day is.
pub(crate) fn of_day(tx: &ReadTx<'_>, day: CivilDay) -> Result<MonthView> {
    let (first, last) = (day.first_of_month(), day.last_of_month());
    let mut days = BTreeMap::new();
    let kinds = [DocKind::JournalEntry, DocKind::CheckIn, DocKind::Outcome];
    let kinds = kinds.map(u8::from);
    for own in tx.own_of_days(kinds, &first.to_string(), &last.to_string())? {
        let Some(on) = own.on.as_deref().and_then(|on| on.parse().ok()) else {
            continue;
        };
        let day = days.entry(on).or_insert_with(|| MonthDayView::empty(on));
        if own.kind == u8::from(DocKind::CheckIn) {
            day.check_ins += 1;
            let felt: Felt = crate::queries::projected(&own)?;
            day.moods.extend(felt.check_in.mood);
        } else if own.kind == u8::from(DocKind::JournalEntry) {
            day.entries += 1;
        } else {
            day.outcomes += 1;
        }
    }
    Ok(MonthView {
        first,
        last,
        days: days.into_values().collect(),
    })
}
