//! `belay-simulate`: seeded worlds, as many as asked for.
#![allow(
    clippy::print_stdout,
    reason = "a program speaks to the person who started it"
)]

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use belay_simulate::{Planted, Runner};

/// Seeds of an ordinary run.
const SEEDS: u64 = 300;

/// Seeds after which a planted bug counts as not found.
const PLANTED_SEEDS: u64 = 5_000;

/// From how many starts it is looked for, and how far they are apart.
const PLANTED_STARTS: u64 = 5;
const PLANTED_APART: u64 = 1_000_000;

/// The place of the number in the middle.
const MIDDLE: usize = 2;

const USE: &str = "\
use: [--seeds N] [--from S] [--threads T]   N seeds from S on, 300 from 0 on two threads unless said
     --planted [--seeds N] [--from S] [--bug NAME]
                                            how many seeds it takes to find each bug that is planted, from five
                                            starts on
     --show S                               everything that a seed does
     --twice [--seeds N] [--from S]         each seed twice: both must do the same";

struct Asked {
    seeds: Option<u64>,
    from: u64,
    threads: u64,
    planted: bool,
    twice: bool,
    bug: Option<String>,
    show: Option<u64>,
}

fn asked() -> Option<Asked> {
    let mut asked = Asked {
        seeds: None,
        from: 0,
        threads: 2,
        planted: false,
        twice: false,
        bug: None,
        show: None,
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--planted" => asked.planted = true,
            "--bug" => asked.bug = Some(args.next()?),
            "--twice" => asked.twice = true,
            "--seeds" => asked.seeds = Some(args.next()?.parse().ok()?),
            "--from" => asked.from = args.next()?.parse().ok()?,
            "--threads" => asked.threads = args.next()?.parse().ok()?,
            "--show" => asked.show = Some(args.next()?.parse().ok()?),
            _ => return None,
        }
    }
    Some(asked)
}

fn main() -> ExitCode {
    let Some(asked) = asked() else {
        println!("{USE}");
        return ExitCode::from(2);
    };
    let runner = Runner::default();
    if let Some(seed) = asked.show {
        return show(&runner, seed);
    }
    if asked.planted {
        return planted(&runner, &asked);
    }
    let seeds = asked.seeds.unwrap_or(SEEDS);
    let started = Instant::now();
    let failed = many(
        &runner,
        asked.from,
        seeds,
        asked.threads.max(1),
        asked.twice,
    );
    let took = started.elapsed().as_secs_f64();
    if !failed.is_empty() {
        println!("failing seeds: {failed:?}");
    }
    println!("{seeds} seeds from {} on, {took:.1} s", asked.from);
    println!(
        "{} passed, {} failed",
        seeds - failed.len() as u64,
        failed.len()
    );
    match failed.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Runs seeds on several threads, each of which is a world of its own; gives those that failed.
fn many(runner: &Runner, from: u64, seeds: u64, threads: u64, twice: bool) -> Vec<u64> {
    let next = AtomicU64::new(from);
    let failed = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from + seeds {
                        return;
                    }
                    if !one(runner, seed, twice) {
                        let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                        failed.push(seed);
                    }
                }
            });
        }
    });
    let mut failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.sort_unstable();
    failed
}

fn one(runner: &Runner, seed: u64, twice: bool) -> bool {
    let ran = runner.run(seed, None, None);
    if twice && ran != runner.run(seed, None, None) {
        println!("seed {seed} did not do the same twice");
        return false;
    }
    let Err(failure) = ran else {
        return true;
    };
    let failure = runner.shortest(seed, None, failure);
    println!("seed {seed}, {} steps: {}", failure.steps, failure.what);
    for line in &failure.log {
        println!("    {line}");
    }
    false
}

fn show(runner: &Runner, seed: u64) -> ExitCode {
    let (log, what) = match runner.run(seed, None, None) {
        Ok(passed) => (passed.log, "it held".to_owned()),
        Err(failure) => (failure.log, failure.what),
    };
    for line in log {
        println!("{line}");
    }
    println!("{what}");
    ExitCode::SUCCESS
}

/// For each planted bug: how many seeds it takes from several starts on, and the number in the middle.
fn planted(runner: &Runner, asked: &Asked) -> ExitCode {
    let most = asked.seeds.unwrap_or(PLANTED_SEEDS);
    let (mut found, mut missed) = (0, 0);
    for bug in Planted::ALL {
        let name = format!("{bug:?}");
        if asked.bug.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        let firsts = (0..PLANTED_STARTS).map(|start| asked.from + start * PLANTED_APART);
        let mut counts: Vec<u64> = firsts
            .filter_map(|first| found_after(runner, bug, first, most))
            .collect();
        counts.sort_unstable();
        // Where it was not found it takes more than all others did.
        match counts.get(MIDDLE) {
            Some(median) => {
                found += 1;
                println!("{name}: {median} seeds, in the middle of {counts:?}");
            }
            None => {
                missed += 1;
                println!("{name}: found from {} starts only", counts.len());
            }
        }
    }
    println!("{found} passed, {missed} failed");
    match missed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// How many seeds it takes to find a bug, from one on.
fn found_after(runner: &Runner, bug: Planted, first: u64, most: u64) -> Option<u64> {
    for seed in first..first + most {
        if let Some(what) = runner.finds(seed, bug) {
            let count = seed - first + 1;
            println!("{bug:?}: seed {seed}, after {count}: {what}");
            return Some(count);
        }
    }
    println!("{bug:?}: not found by {most} seeds from {first} on");
    None
}
