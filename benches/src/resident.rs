//! How much memory a process holds that has the store of ten years open, in a process of its own so that
//! nothing else is counted.

use std::path::Path;
use std::process::Command;

use belay_testkit::FakeClock;

use crate::Outcome;
use crate::home::Home;
use crate::person::{Person, ZONE};
use crate::row::{Bar, Measured, Row};
use crate::ten_years::{END_MS, open_copy};

/// The word with which this program calls itself.
pub const ALONE: &str = "--resident-of";

const ALLOWED: f64 = 60e6;

/// Measures the row.
pub fn measure(home: &Home, kept: &Path) -> Outcome<Row> {
    let folder = home.scratch()?;
    open_copy(kept, folder.path())?.engine.shutdown()?;
    let output = Command::new(std::env::current_exe()?)
        .arg(ALONE)
        .arg(folder.path())
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let bytes: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(Row {
        path: Measured::bytes(
            "resident with ten years open, Today and the month shown",
            bytes,
        ),
        parts: vec![Measured::bytes("what is allowed", ALLOWED)],
        ratios: vec![bytes / ALLOWED],
        bar: Bar::AtMost(1.0),
    })
}

/// What the process called with [`ALONE`] does: opens, shows the two pages people begin with, and says how
/// many bytes it holds, the page cache of its files not counted.
pub fn alone(folder: &Path) -> Outcome<u64> {
    let person = Person::open(folder, &FakeClock::at(END_MS, ZONE))?;
    std::hint::black_box(person.engine.today()?);
    std::hint::black_box(person.engine.month(person.engine.today_on()?)?);
    std::hint::black_box(person.engine.status()?);
    let bytes = resident_bytes()?;
    person.engine.shutdown()?;
    Ok(bytes)
}

/// How many bytes this process holds.
pub fn resident_bytes() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let kilobytes: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().strip_suffix("kB")?.trim().parse().ok())
        .ok_or("the system does not say how much memory is held")?;
    Ok(kilobytes * 1024)
}
