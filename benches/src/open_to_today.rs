//! How long it takes from nothing to the Today page with ten years stored. No bar: told only.

use std::path::Path;
use std::time::Instant;

use belay_testkit::FakeClock;

use crate::Outcome;
use crate::home::Home;
use crate::person::{Person, ZONE};
use crate::spread::quantile;
use crate::ten_years::{END_MS, open_copy};

const TIMES: usize = 25;

/// Measures and says it in words.
pub fn measure(home: &Home, kept: &Path) -> Outcome<String> {
    let folder = home.scratch()?;
    open_copy(kept, folder.path())?.engine.shutdown()?;
    let clock = FakeClock::at(END_MS, ZONE);
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        let person = Person::open(folder.path(), &clock)?;
        let opened = started.elapsed();
        std::hint::black_box(person.engine.today()?);
        times.push((opened, started.elapsed()));
        person.engine.shutdown()?;
    }
    let median = |of: fn(&(std::time::Duration, std::time::Duration)) -> std::time::Duration| {
        let all: Vec<f64> = times
            .iter()
            .map(|pair| of(pair).as_secs_f64() * 1e3)
            .collect();
        quantile(&all, 0.5)
    };
    Ok(format!(
        "open to Today with ten years stored: {:.1} ms, {:.1} ms of it opening the store",
        median(|(_, all)| *all),
        median(|(opened, _)| *opened),
    ))
}
