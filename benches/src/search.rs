//! Finding entries among many (J2), against the bare query of FTS5 that fetches the same rows from the same encrypted
//! file. What the path does besides: read the question, make views, mark the found words in a piece of each text.

use std::path::{Path, PathBuf};
use std::time::Duration;

use belay_engine::{Engine, NewEntry};
use belay_testkit::FakeClock;
use rusqlite::Connection;

use crate::Outcome;
use crate::content::text;
use crate::home::Home;
use crate::person::{Person, START_MS, ZONE};
use crate::raw_rows::connect;
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::timed;
use crate::spread::{Spread, micros};
use crate::ten_years::{copy_folder, stamp_of};

/// Raised whenever this file builds something else.
const BUILDER: u32 = 1;
/// Entries are written an hour apart, so that ten years hold nearly 90,000.
const APART_MS: i64 = 60 * 60 * 1000;
const ENTRY_BYTES: usize = 400;
/// Every so many entries have the word that is rare.
const RARE_EVERY: usize = 997;
/// What a page of finds holds.
const PAGE: usize = 50;

/// Questions as people type them, and the expression that each is for FTS5.
const QUESTIONS: [(&str, &str); 4] = [
    ("sister", "{title body tags} : \"sister\" *"),
    ("lighthouse", "{title body tags} : \"lighthouse\" *"),
    ("\"my sister\"", "{title body tags} : \"my sister\""),
    (
        "quiet tag:harbour",
        "({title body tags} : \"quiet\" *) AND (tags : \"·harbour\")",
    ),
];

const RAW: &str = "SELECT o.json, t.text FROM entry_search s
    CROSS JOIN entry_place p ON p.place = s.rowid
    CROSS JOIN own o ON o.document = p.document
    CROSS JOIN entry_text t ON t.document = p.document
    WHERE s.entry_search MATCH ?1 ORDER BY s.rowid DESC LIMIT ?2";

/// The folder of somebody with so many entries; built now if it is missing or `rebuild` says so.
pub fn kept(home: &Home, rebuild: bool, entries: usize) -> Outcome<PathBuf> {
    let name = format!("{}-{entries}", stamp_of("search", BUILDER));
    home.keep(&name, rebuild, |folder| build(folder, entries))
}

fn build(folder: &Path, entries: usize) -> Outcome<()> {
    eprintln!("search: writing {entries} entries; they are kept for later runs");
    let clock = FakeClock::at(START_MS, ZONE);
    let person = Person::create(folder, "Ada", &clock)?;
    for number in 0..entries {
        clock.set_ms(START_MS + i64::try_from(number)? * APART_MS);
        let rare = number.is_multiple_of(RARE_EVERY);
        let mut text = text(number, ENTRY_BYTES);
        if rare {
            text.push_str("near the lighthouse");
        }
        let tag = if number.is_multiple_of(7) {
            "harbour"
        } else {
            "street"
        };
        person.engine.write_entry(NewEntry {
            text,
            tags: [tag.to_owned()].into(),
            ..NewEntry::default()
        })?;
    }
    person.engine.shutdown()?;
    Ok(())
}

/// Measures the row.
pub fn measure(home: &Home, kept: &Path, entries: usize, rounds: usize) -> Outcome<Row> {
    let folder = home.scratch()?;
    copy_folder(kept, folder.path())?;
    let end = START_MS + i64::try_from(entries)? * APART_MS;
    let person = Person::open(folder.path(), &FakeClock::at(end, ZONE))?;
    let raw = connect(folder.path())?;
    let mut times = [const { Vec::<f64>::new() }; 2];
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let mut sums = [Duration::ZERO; 2];
        for (question, expression) in QUESTIONS {
            let (path, finds) = ask(&person.engine, question)?;
            let (part, rows) = ask_raw(&raw, expression)?;
            if finds != rows || finds == 0 {
                return Err(format!("{question}: {finds} finds, {rows} rows").into());
            }
            sums[0] += path;
            sums[1] += part;
        }
        if round > 0 {
            times[0].push(micros(sums[0]));
            times[1].push(micros(sums[1]));
            ratios.push(sums[0].as_secs_f64() / sums[1].as_secs_f64());
        }
    }
    person.engine.shutdown()?;
    let measured =
        |index: usize, what: String| Measured::micros(what, Spread::of(&times[index]).median);
    Ok(Row {
        path: measured(
            0,
            format!("four questions to {entries} entries, a page of finds with marked words each,"),
        ),
        parts: vec![measured(1, "the same rows by FTS5, bare".to_owned())],
        ratios,
        bar: Bar::AtMost(1.5),
    })
}

fn ask(engine: &Engine, question: &str) -> Outcome<(Duration, usize)> {
    let (page, took) = timed(|| Ok(engine.search(question, None, Some(PAGE))?))?;
    Ok((took, std::hint::black_box(page).found.len()))
}

fn ask_raw(raw: &Connection, expression: &str) -> Outcome<(Duration, usize)> {
    let (rows, took) = timed(|| {
        let mut statement = raw.prepare_cached(RAW)?;
        let mut found = statement.query((expression, i64::try_from(PAGE)?))?;
        let mut rows: Vec<(String, String)> = Vec::with_capacity(PAGE);
        while let Some(row) = found.next()? {
            rows.push((row.get(0)?, row.get(1)?));
        }
        Ok(rows)
    })?;
    Ok((took, std::hint::black_box(rows).len()))
}
