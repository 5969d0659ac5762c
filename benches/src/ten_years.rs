//! The store of somebody who has used Belay for ten years with one partner. Built once, by the
//! commands people use and a clock moved by hand, and kept for later runs.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use belay_engine::NewGoal;
use belay_model::Schedule;
use belay_testkit::FakeClock;

use crate::Outcome;
use crate::content::{check_in, text};
use crate::home::Home;
use crate::journal;
use crate::person::{Person, START_MS, ZONE, paired, runtime, start_relay};

/// When the ten years are over.
pub const END_MS: i64 = START_MS + DAYS * DAY_MS;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const DAYS: i64 = 3_650;
const CHECK_INS_A_DAY: i64 = 3;
/// Every so many days there is one check-in more: 11,000 in all.
const EXTRA_EVERY: i64 = 73;
const GOALS: usize = 20;
const ENTRY_BYTES: usize = 1_000;
/// Both sync after so many days.
const SYNC_EVERY: i64 = 30;

/// Raised whenever this file builds something else.
const BUILDER: u32 = 1;
const LAYOUT: &str = include_str!("../../core/store/migrations/0001_line.sql");

/// The folder of the kept person; built now if it is missing or `rebuild` says so.
pub fn kept(home: &Home, rebuild: bool) -> Outcome<PathBuf> {
    let folder = home.kept(&stamp());
    if rebuild && folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    if !folder.exists() {
        eprintln!("ten-years: building the store; it is kept for later runs");
        let scratch = home.scratch()?;
        build(scratch.path())?;
        std::fs::rename(scratch.path().join("ada"), &folder)?;
    }
    Ok(folder)
}

/// Copies the kept person into a folder and opens them there, so that every run finds the same.
pub fn open_copy(kept: &Path, folder: &Path) -> Outcome<Person> {
    copy_folder(kept, folder)?;
    Person::open(folder, &FakeClock::at(END_MS, ZONE))
}

/// A name that changes with whatever decides the stored bytes.
fn stamp() -> String {
    let mut hasher = DefaultHasher::new();
    (LAYOUT, ENTRY_BYTES, GOALS, DAYS).hash(&mut hasher);
    format!("ten-years-{BUILDER}-{:016x}", hasher.finish())
}

fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn build(folder: &Path) -> Outcome<()> {
    let clock = FakeClock::at(START_MS, ZONE);
    runtime()?.block_on(async {
        let relay = start_relay(&clock).await?;
        let (ada, sam) = paired(folder, &clock, &relay.origin().to_string()).await?;
        add_goals(&ada)?;
        let mut entries = Vec::new();
        for day in 0..DAYS {
            live_a_day(&ada, day)?;
            entries.push((START_MS + day * DAY_MS, entry_text(day)?));
            if (day + 1) % SYNC_EVERY == 0 || day + 1 == DAYS {
                journal::write(ada.folder(), &entries)?;
                entries.clear();
                clock.set_ms(START_MS + (day + 1) * DAY_MS - 1);
                ada.sync().await?;
                sam.sync().await?;
            }
            if (day + 1) % 365 == 0 {
                eprintln!("ten-years: {} of 10", (day + 1) / 365);
            }
        }
        ada.engine.shutdown()?;
        sam.engine.shutdown()?;
        relay.shutdown().await?;
        Ok(())
    })
}

fn add_goals(person: &Person) -> Outcome<()> {
    let space = person.space()?;
    for number in 0..GOALS {
        person.engine.add_goal(NewGoal {
            title: text(number, 30),
            schedule: Schedule::Daily,
            why: Some(text(number + GOALS, 80)),
            audience: [(space, [belay_model::GoalField::Title].into_iter().collect())].into(),
        })?;
    }
    Ok(())
}

fn live_a_day(person: &Person, day: i64) -> Outcome<()> {
    let space = person.space()?;
    let count = CHECK_INS_A_DAY + i64::from(day % EXTRA_EVERY == 0);
    for number in 0..count {
        person
            .clock
            .set_ms(START_MS + day * DAY_MS + number * 60 * 60 * 1000);
        let new = check_in(usize::try_from(day * 5 + number)?, space)?;
        person.engine.write_check_in(new)?;
    }
    Ok(())
}

fn entry_text(day: i64) -> Outcome<String> {
    Ok(text(usize::try_from(day)?, ENTRY_BYTES))
}
