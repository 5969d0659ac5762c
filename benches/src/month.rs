//! From nothing to this month's screen with ten years stored, against opening the store and the one query.

use std::path::Path;
use std::time::Duration;

use belay_crypto::unwrap_store_key;
use belay_model::CivilDay;
use belay_protocol::DocKind;
use belay_store::{KeyFile, Store};
use belay_testkit::FakeClock;

use crate::Outcome;
use crate::home::Home;
use crate::person::{Person, ZONE, store_dir};
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::timed;
use crate::spread::{Spread, micros};
use crate::ten_years::{END_MS, open_copy};

/// Openings in a round: each is slow enough to be timed alone, and closing takes longer than opening.
const OPENINGS: usize = 10;

/// Measures the row.
pub fn measure(home: &Home, kept: &Path, rounds: usize) -> Outcome<Row> {
    let folder = home.scratch()?;
    let person = open_copy(kept, folder.path())?;
    let day = person.engine.today_on()?;
    person.engine.shutdown()?;
    let clock = FakeClock::at(END_MS, ZONE);
    let mut times = [const { Vec::<f64>::new() }; 3];
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let mut sums = [Duration::ZERO; 3];
        for _ in 0..OPENINGS {
            let (open, query) = parts(folder.path(), day)?;
            let took = [path(folder.path(), &clock, day)?, open, query];
            for (index, took) in took.into_iter().enumerate() {
                sums[index] += took;
                if round > 0 {
                    times[index].push(micros(took));
                }
            }
        }
        if round > 0 {
            ratios.push(sums[0].as_secs_f64() / (sums[1] + sums[2]).as_secs_f64());
        }
    }
    let measured =
        |index: usize, what: &str| Measured::micros(what, Spread::of(&times[index]).median);
    Ok(Row {
        path: measured(0, "open to this month's screen, ten years stored"),
        parts: vec![
            measured(1, "open the store with its key"),
            measured(2, "the query of the month, bare"),
        ],
        ratios,
        bar: Bar::AtMost(1.5),
    })
}

fn path(folder: &Path, clock: &FakeClock, day: CivilDay) -> Outcome<Duration> {
    let (person, took) = timed(|| {
        let person = Person::open(folder, clock)?;
        let month = person.engine.month(day)?;
        if month.days.is_empty() {
            return Err("nothing was written this month".into());
        }
        std::hint::black_box(month);
        Ok(person)
    })?;
    person.engine.shutdown()?;
    Ok(took)
}

/// Key and store, as the engine opens them; then the rows of the month as they lie there.
fn parts(folder: &Path, day: CivilDay) -> Outcome<(Duration, Duration)> {
    let dir = store_dir(folder);
    let (store, open) = timed(|| {
        let secret = std::fs::read(folder.join("secret"))?;
        let key = unwrap_store_key(&KeyFile::read(&dir)?, &secret, None)?;
        Ok(Store::open(&dir, key.bytes())?)
    })?;
    let (rows, query) = timed(|| {
        store.read(|tx| {
            let (first, last) = (day.first_of_month(), day.last_of_month());
            let kinds = [DocKind::JournalEntry, DocKind::CheckIn, DocKind::Outcome];
            let rows = tx.own_of_days(kinds.map(u8::from), &first.to_string(), &last.to_string());
            Outcome::Ok(rows?)
        })
    })?;
    std::hint::black_box(rows);
    store.checkpoint()?;
    Ok((open, query))
}
