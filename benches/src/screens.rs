//! What a telephone's screen costs, with ten years stored: the one call that loads it, from Rust and from a JVM
//! through the library as telephones get it; the first picture of Today; what lists hold. The programs on the JVM
//! stand in `android/ui/src/test/kotlin/app/belay/ui/bench`.

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

/// The command that starts a program on a JVM, up to its name, one word a line; `cargo xtask bench` sets it.
const JVM: &str = "BELAY_BENCH_JVM";
/// How often each call is timed in Rust, after as many that are not.
const TIMES: usize = 60;
/// A JVM is slow to start and to warm up: fewer rounds than elsewhere.
const ROUNDS: usize = 5;
/// What crossing to another thread and back may cost on top.
const ALLOWED: Duration = Duration::from_micros(500);
/// A month and a day, as the program on the JVM asks for it.
const GOAL_DAYS: i64 = 31;
/// Lines on a page of the journal's list.
const PAGE_LINES: usize = 40;
const LANGUAGE: &str = "en";
const COUNTRY: &str = "DE";

type Call = Box<dyn Fn(&Engine) -> Outcome<()>>;

/// One row a call, one for the first picture of Today, one for the journal's list.
pub fn measure(home: &Home, kept: &Path) -> Outcome<Vec<Row>> {
    let command =
        std::env::var(JVM).map_err(|_| format!("{JVM} is not set: run `cargo xtask bench`"))?;
    let folder = home.scratch()?;
    let person = open_copy(kept, folder.path())?;
    let calls = calls(&person)?;
    person.engine.shutdown()?;
    let jvm = Jvm {
        command: &command,
        folder: folder.path(),
    };
    let mut rows = call_rows(&jvm, &calls)?;
    rows.push(first_picture(&jvm)?);
    rows.push(list(&jvm)?);
    Ok(rows)
}

fn call_rows(jvm: &Jvm<'_>, calls: &[(&str, Call)]) -> Outcome<Vec<Row>> {
    let mut times = vec![[const { Vec::<f64>::new() }; 2]; calls.len()];
    for round in 1..=ROUNDS {
        eprintln!("screens: round {round} of {ROUNDS}");
        let here = in_rust(jvm.folder, calls)?;
        let there: BTreeMap<String, f64> = jvm
            .run("CallBench")?
            .lines()
            .map(|line| Ok((text(line, "call")?, number(line, "p50_us")?)))
            .collect::<Outcome<_>>()?;
        for (index, (name, _)) in calls.iter().enumerate() {
            let on_jvm = there.get(*name).copied();
            times[index][0].push(here[index]);
            times[index][1].push(on_jvm.ok_or_else(|| format!("the JVM did not call {name}"))?);
        }
    }
    let beyond = |jvm: f64| (jvm - micros(ALLOWED)).max(0.0);
    let rows = calls
        .iter()
        .zip(&times)
        .map(|((name, _), [rust, jvm])| Row {
            path: Measured::micros(
                format!("`{name}` on a JVM, less 500 µs,"),
                beyond(Spread::of(jvm).median),
            ),
            parts: vec![Measured::micros(
                "the same in Rust",
                Spread::of(rust).median,
            )],
            ratios: jvm
                .iter()
                .zip(rust)
                .map(|(jvm, rust)| beyond(*jvm) / rust)
                .collect(),
            bar: Bar::AtMost(1.5),
        });
    Ok(rows.collect())
}

/// From nothing to the picture that shows the day.
fn first_picture(jvm: &Jvm<'_>) -> Outcome<Row> {
    let mut times = [const { Vec::<f64>::new() }; 2];
    for _ in 0..ROUNDS {
        let line = jvm.run("FrameBench")?;
        times[0].push(number(&line, "core_us")?);
        times[1].push(number(&line, "ready_us")?);
    }
    let [core, ready] = &times;
    Ok(Row {
        path: Measured::micros("first picture of Today over the store", quantile(core, 0.5)),
        parts: vec![Measured::micros(
            "the same over a view ready made",
            quantile(ready, 0.5),
        )],
        ratios: core.iter().zip(ready).map(|(a, b)| a / b).collect(),
        bar: Bar::AtMost(1.5),
    })
}

/// What the heap holds after the journal's list was scrolled through ten years, over what it held at first.
fn list(jvm: &Jvm<'_>) -> Outcome<Row> {
    let line = jvm.run("ListBench")?;
    let kb =
        |name| Ok::<_, Box<dyn std::error::Error + Send + Sync>>(number(&line, name)? * 1024.0);
    let (first, last) = (kb("first_kb")?, kb("last_kb")?);
    Ok(Row {
        path: Measured::bytes(
            format!("heap behind the {:.0}th entry", number(&line, "lines")?),
            last,
        ),
        parts: vec![Measured::bytes("heap at the first page", first)],
        ratios: vec![last / first],
        bar: Bar::AtMost(1.1),
    })
}

/// The calls that load a screen, by the names that the JVM's side has for them.
fn calls(person: &Person) -> Outcome<Vec<(&'static str, Call)>> {
    let space: SpaceId = person.space()?;
    let goals = person.engine.goals()?;
    let goal: DocName = goals.first().ok_or("there is no goal")?.name;
    let entries = person.engine.entries(&EntryQuery::default())?.entries;
    let entry: DocName = entries.first().ok_or("there is no entry")?.name;
    let today: CivilDay = person.engine.today_on()?;
    let since = today.minus_days(GOAL_DAYS).ok_or("no such day")?;
    let page = EntryQuery {
        limit: Some(PAGE_LINES),
        ..EntryQuery::default()
    };
    fn call<T>(run: impl Fn(&Engine) -> belay_engine::Result<T> + 'static) -> Call {
        Box::new(move |engine| {
            std::hint::black_box(run(engine)?);
            Ok(())
        })
    }
    Ok(vec![
        ("today", call(Engine::today)),
        (
            "check_in_form",
            call(|engine| engine.check_in_form(None, None, LANGUAGE)),
        ),
        (
            "journal_page",
            call(move |engine| engine.journal_page(&page)),
        ),
        ("entry_page", call(move |engine| engine.entry_page(&entry))),
        (
            "entry_editor",
            call(move |engine| engine.entry_editor(Some(&entry), None)),
        ),
        ("share_page", call(move |engine| engine.share_page(&entry))),
        (
            "month_page",
            call(move |engine| engine.month_page(Some(today), None, Some(PAGE_LINES))),
        ),
        ("goals_page", call(Engine::goals_page)),
        (
            "goal_page",
            call(move |engine| engine.goal_page(&goal, Some(since), Some(today))),
        ),
        ("people", call(Engine::people)),
        ("partner", call(move |engine| engine.partner(&space))),
        ("they_see", call(move |engine| engine.they_see(&space))),
        ("settings_page", call(Engine::settings_page)),
        ("status", call(Engine::status)),
        (
            "help_now",
            call(|engine| engine.help_now(Some(COUNTRY), LANGUAGE)),
        ),
    ])
}

/// Median of each call, in microseconds.
fn in_rust(folder: &Path, calls: &[(&str, Call)]) -> Outcome<Vec<f64>> {
    let person = Person::open(folder, &FakeClock::at(END_MS, ZONE))?;
    let medians = calls.iter().map(|(_, call)| {
        for _ in 0..TIMES {
            call(&person.engine)?;
        }
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let ((), took) = timed(|| call(&person.engine))?;
            times.push(micros(took));
        }
        Ok(quantile(&times, 0.5))
    });
    let medians: Outcome<Vec<f64>> = medians.collect();
    person.engine.shutdown()?;
    medians
}

/// Programs on a JVM over the store in a folder.
struct Jvm<'a> {
    command: &'a str,
    folder: &'a Path,
}

impl Jvm<'_> {
    /// What a program printed.
    fn run(&self, program: &str) -> Outcome<String> {
        let mut words = self.command.lines();
        let output = Command::new(words.next().ok_or("the command has no words")?)
            .args(words)
            .arg(format!("app.belay.ui.bench.{program}"))
            .arg(self.folder)
            .arg(END_MS.to_string())
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err(format!("{program} ended with {}", output.status).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

fn number(line: &str, name: &str) -> Outcome<f64> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    let number = value.get(name).and_then(serde_json::Value::as_f64);
    number.ok_or_else(|| format!("no {name} in {line}").into())
}

fn text(line: &str, name: &str) -> Outcome<String> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    let text = value.get(name).and_then(serde_json::Value::as_str);
    Ok(text
        .ok_or_else(|| format!("no {name} in {line}"))?
        .to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_line_of_the_jvm_is_read_by_name() {
        let line = r#"{"call":"today","p50_us":812,"samples":60}"#;
        assert_eq!(text(line, "call").unwrap(), "today");
        assert_eq!(number(line, "p50_us").unwrap(), 812.0);
        assert!(number(line, "ratio").is_err() && number("today 812", "p50_us").is_err());
    }
}
