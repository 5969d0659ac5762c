//! The same check-in in a store of ten years, against one in a store without any.

use std::path::Path;
use std::time::Duration;

use crate::home::Home;
use crate::person::Newcomer;
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::CheckInWriter;
use crate::spread::{Spread, micros, quantile};
use crate::ten_years::{END_MS, open_copy};
use crate::{Outcome, PER_ROUND};

/// Measures the row; beside it, in words, how long the writes took.
pub fn measure(home: &Home, kept: &Path, rounds: usize) -> Outcome<(Row, String)> {
    let newcomer = Newcomer::make(home, END_MS)?;
    let folder = home.scratch()?;
    let veteran = open_copy(kept, folder.path())?;
    let mut writers = [
        CheckInWriter::new(&veteran)?,
        CheckInWriter::new(&newcomer.person)?,
    ];
    let mut times = [const { Vec::<f64>::new() }; 2];
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let mut sums = [Duration::ZERO; 2];
        for turn in 0..PER_ROUND {
            for place in 0..2 {
                let who = (turn + place) % 2;
                let (_, took) = writers[who].write()?;
                sums[who] += took;
                if round > 0 {
                    times[who].push(micros(took));
                }
            }
        }
        if round > 0 {
            ratios.push(sums[0].as_secs_f64() / sums[1].as_secs_f64());
        }
    }
    let note = format!(
        "local write with ten years stored: p50 {:.2} ms, p99 {:.2} ms",
        quantile(&times[0], 0.5) / 1e3,
        quantile(&times[0], 0.99) / 1e3,
    );
    let timed = |who: usize, what: &str| Measured::micros(what, Spread::of(&times[who]).median);
    let row = Row {
        path: timed(0, "check-in shared with one partner, ten years stored"),
        parts: vec![timed(1, "the same, nothing stored")],
        ratios,
        bar: Bar::AtMost(1.1),
    };
    Ok((row, note))
}
