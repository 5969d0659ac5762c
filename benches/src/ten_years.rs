//! The store of somebody who has used Belay for ten years with one partner. Built once, by the
//! commands people use and a clock moved by hand, and kept for later runs.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use belay_engine::{NewEntry, NewGoal};
use belay_model::Schedule;
use belay_testkit::FakeClock;

use crate::Outcome;
use crate::content::{check_in, text};
use crate::home::Home;
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
pub const BUILDER: u32 = 2;
/// Every migration: a store of an older layout would be migrated within the measurement.
const LAYOUT: [&str; 3] = [
    include_str!("../../core/store/migrations/0001_line.sql"),
    include_str!("../../core/store/migrations/0002_journal.sql"),
    include_str!("../../core/store/migrations/0003_envelope_items.sql"),
];

/// The folder of the kept person; built now if it is missing or `rebuild` says so.
pub fn kept(home: &Home, rebuild: bool) -> Outcome<PathBuf> {
    let kept = home.keep(&stamp_of("ten-years", BUILDER), rebuild, |folder| {
        eprintln!("ten-years: building the store; it is kept for later runs");
        build(folder)
    })?;
    Ok(kept.join("ada"))
}

/// Copies the kept person into a folder and opens them there, so that every run finds the same.
pub fn open_copy(kept: &Path, folder: &Path) -> Outcome<Person> {
    copy_folder(kept, folder)?;
    Person::open(folder, &FakeClock::at(END_MS, ZONE))
}

/// A name that changes with whatever decides the stored bytes.
pub fn stamp_of(what: &str, builder: u32) -> String {
    let mut hasher = DefaultHasher::new();
    LAYOUT.hash(&mut hasher);
    (ENTRY_BYTES, GOALS, DAYS).hash(&mut hasher);
    format!("{what}-{builder}-{:016x}", hasher.finish())
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
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
        for day in 0..DAYS {
            live_a_day(&ada, day)?;
            if (day + 1) % SYNC_EVERY == 0 || day + 1 == DAYS {
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
            ..NewGoal::default()
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
    person.engine.write_entry(NewEntry {
        text: text(usize::try_from(day)?, ENTRY_BYTES),
        ..NewEntry::default()
    })?;
    Ok(())
}
