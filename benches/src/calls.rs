//! What the border to Kotlin costs: each call that loads a screen, with ten years stored, once from Rust and once
//! from a JVM through the library as telephones get it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use belay_engine::{Engine, EntryQuery};
use belay_model::{CivilDay, DocName, SpaceId};
use belay_testkit::FakeClock;

use crate::Outcome;
use crate::home::Home;
use crate::person::{Person, ZONE};
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::timed;
use crate::spread::{Spread, micros, quantile};
use crate::ten_years::{END_MS, open_copy};

/// The command that does the calls on a JVM, one word a line; `cargo xtask bench` builds what it needs and sets it.
pub const ON_JVM: &str = "BELAY_BENCH_CALLS_ON_JVM";

/// How often each call is timed on each side of a round, after as many that are not.
const TIMES: usize = 40;
/// A JVM is slow to start and to warm up: fewer rounds than elsewhere.
const ROUNDS: usize = 5;
/// What crossing to another thread and back may cost on top.
const ALLOWED: Duration = Duration::from_micros(500);
/// Days of a goal's page: what both shells ask for.
const GOAL_DAYS: i64 = 14;
const LANGUAGE: &str = "en";
const COUNTRY: &str = "DE";

type Call = Box<dyn Fn(&Engine) -> Outcome<()>>;

/// One row a call.
pub fn measure(home: &Home, kept: &Path) -> Outcome<Vec<Row>> {
    let command = std::env::var(ON_JVM)
        .map_err(|_| format!("{ON_JVM} is not set: run `cargo xtask bench calls`"))?;
    let folder = home.scratch()?;
    let person = open_copy(kept, folder.path())?;
    let calls = calls(&person)?;
    person.engine.shutdown()?;
    let mut times: BTreeMap<&str, [Vec<f64>; 2]> = BTreeMap::new();
    let mut ratios: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for round in 1..=ROUNDS {
        eprintln!("calls: round {round} of {ROUNDS}");
        let here = in_rust(folder.path(), &calls)?;
        let there = on_jvm(&command, folder.path())?;
        for (name, _) in &calls {
            let rust = here.get(name).copied().unwrap_or(f64::NAN);
            let jvm = *there
                .get(*name)
                .ok_or_else(|| format!("the JVM did not do {name}"))?;
            let both = times.entry(name).or_default();
            both[0].push(rust);
            both[1].push(jvm);
            let beyond = (jvm - micros(ALLOWED)).max(0.0);
            ratios.entry(name).or_default().push(beyond / rust);
        }
    }
    let rows = calls.iter().map(|(name, _)| {
        let [rust, jvm] = times.remove(name).unwrap_or_default();
        Row {
            path: Measured::micros(
                format!("`{name}` on a JVM, less 500 µs"),
                (Spread::of(&jvm).median - micros(ALLOWED)).max(0.0),
            ),
            parts: vec![Measured::micros(
                "the same in Rust",
                Spread::of(&rust).median,
            )],
            ratios: ratios.remove(name).unwrap_or_default(),
            bar: Bar::AtMost(1.5),
        }
    });
    Ok(rows.collect())
}

/// The calls that load a screen, by the names that the JVM's side has for them.
fn calls(person: &Person) -> Outcome<Vec<(&'static str, Call)>> {
    let space: SpaceId = person.space()?;
    let goals = person.engine.goals()?;
    let goal: DocName = goals.first().ok_or("there is no goal")?.name;
    let today: CivilDay = person.engine.today_on()?;
    let since = today.minus_days(GOAL_DAYS - 1).ok_or("no such day")?;
    fn call<T>(run: impl Fn(&Engine) -> belay_engine::Result<T> + 'static) -> Call {
        Box::new(move |engine| {
            std::hint::black_box(run(engine)?);
            Ok(())
        })
    }
    Ok(vec![
        ("today", call(Engine::today)),
        (
            "checkInForm",
            call(|engine| engine.check_in_form(None, None, LANGUAGE)),
        ),
        (
            "journalPage",
            call(|engine| engine.journal_page(&EntryQuery::default())),
        ),
        ("month", call(move |engine| engine.month(today))),
        ("goalsPage", call(Engine::goals_page)),
        (
            "goalPage",
            call(move |engine| engine.goal_page(&goal, since, today)),
        ),
        ("people", call(Engine::people)),
        ("partner", call(move |engine| engine.partner(&space))),
        ("theySee", call(move |engine| engine.they_see(&space))),
        ("status", call(Engine::status)),
        (
            "helpNow",
            call(|engine| engine.help_now(Some(COUNTRY), LANGUAGE)),
        ),
    ])
}

/// Median of each call, in microseconds.
fn in_rust<'a>(folder: &Path, calls: &[(&'a str, Call)]) -> Outcome<BTreeMap<&'a str, f64>> {
    let person = Person::open(folder, &FakeClock::at(END_MS, ZONE))?;
    let mut medians = BTreeMap::new();
    for (name, call) in calls {
        for _ in 0..TIMES {
            call(&person.engine)?;
        }
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let ((), took) = timed(|| call(&person.engine))?;
            times.push(micros(took));
        }
        medians.insert(*name, quantile(&times, 0.5));
    }
    person.engine.shutdown()?;
    Ok(medians)
}

/// The same on a JVM: lines of a call's name and its median in microseconds.
fn on_jvm(command: &str, folder: &Path) -> Outcome<BTreeMap<String, f64>> {
    let mut words = command.lines();
    let program = words.next().ok_or("the command has no words")?;
    let output = Command::new(program)
        .args(words)
        .arg(folder)
        .args([END_MS.to_string(), ZONE.to_owned(), TIMES.to_string()])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the JVM ended with {}", output.status).into());
    }
    String::from_utf8(output.stdout)?
        .lines()
        .map(median)
        .collect()
}

fn median(line: &str) -> Outcome<(String, f64)> {
    let (name, micros) = line
        .split_once(' ')
        .ok_or_else(|| format!("not a name and a number: {line:?}"))?;
    Ok((name.to_owned(), micros.parse()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_line_is_a_name_and_a_number() {
        assert_eq!(median("today 812.5").unwrap(), ("today".to_owned(), 812.5));
        for line in ["today", "today fast", ""] {
            assert!(median(line).is_err(), "{line:?}");
        }
    }
}
