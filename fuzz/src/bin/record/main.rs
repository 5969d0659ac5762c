//! Runs a target a given number of times and prints what it took: `record TARGET EXECUTIONS SEED`, one line a run.
//!
//! Inputs are seeds under `seeds/TARGET` and mutations of them and of inputs that got furthest, drawn by a seeded
//! generator, so that a run can be repeated. One thread; wall time and peak memory are taken around each input, and an
//! input above a bound is run again alone before its time counts. A panic, a slow or a heavy input ends the run with
//! its bytes in `artifacts/`.
#![allow(
    clippy::print_stdout,
    reason = "the line it prints is what the program is for"
)]

mod mutation;
mod targets;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

use mutation::{Dice, mutate};
use targets::Target;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Beyond this an input is slow.
const SLOW: Duration = Duration::from_millis(100);
/// Beyond this an input is run again, to tell its own time from that of a busy machine.
const SUSPICIOUS: Duration = Duration::from_millis(20);
/// Beyond this an input is heavy.
const HEAVY_BYTES: usize = 64 * 1024 * 1024;
/// Inputs to go on from, besides the seeds.
const POOL_MAX: usize = 512;
/// Longest input that is made.
const INPUT_MAX: usize = 64 * 1024;

/// What one input took.
struct Cost {
    took: Duration,
    bytes: usize,
    accepted: usize,
}

fn measure(target: Target, input: &[u8]) -> Option<Cost> {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let begun = Instant::now();
    let accepted = catch_unwind(|| target.run(input)).ok()?;
    Some(Cost {
        took: begun.elapsed(),
        bytes: MEMORY.peak_usage().saturating_sub(before),
        accepted,
    })
}

/// An input that was slow once may have met a busy machine: the fastest of five more runs counts.
fn again(target: Target, input: &[u8], first: Cost) -> Option<Cost> {
    let mut best = first;
    for _ in 0..5 {
        let next = measure(target, input)?;
        if next.took < best.took {
            best = next;
        }
    }
    Some(best)
}

fn keep(name: &str, what: &str, input: &[u8]) -> ExitCode {
    let path = format!("artifacts/{name}-{what}");
    let written = std::fs::create_dir_all("artifacts").and_then(|()| std::fs::write(&path, input));
    println!("{name}: {what}, {} bytes, {path}, {written:?}", input.len());
    ExitCode::FAILURE
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, executions, seed] = arguments.as_slice() else {
        println!("record TARGET EXECUTIONS SEED");
        return ExitCode::FAILURE;
    };
    let (Some(target), Ok(executions), Ok(seed)) = (
        Target::named(name),
        executions.parse::<u64>(),
        seed.parse::<u64>(),
    ) else {
        println!("targets: {}", Target::names());
        return ExitCode::FAILURE;
    };
    let mut dice = Dice(seed);
    let mut pool = target.seeds(name);
    let seeds = pool.len();
    let (mut accepted_inputs, mut most) = (0u64, 0);
    let (mut slowest, mut heaviest, mut reruns) = (Duration::ZERO, 0, 0u64);
    let begun = Instant::now();
    for number in 0..executions {
        let input = match usize::try_from(number) {
            Ok(at) if at < seeds => pool[at].clone(),
            _ => mutate(&mut dice, &pool, INPUT_MAX),
        };
        let Some(mut cost) = measure(target, &input) else {
            return keep(name, "panic", &input);
        };
        if cost.took > SUSPICIOUS {
            reruns += 1;
            match again(target, &input, cost) {
                Some(best) => cost = best,
                None => return keep(name, "panic", &input),
            }
        }
        if cost.took > SLOW {
            return keep(name, "slow", &input);
        }
        if cost.bytes > HEAVY_BYTES {
            return keep(name, "heavy", &input);
        }
        slowest = slowest.max(cost.took);
        heaviest = heaviest.max(cost.bytes);
        if cost.accepted > 0 {
            accepted_inputs += 1;
            // What got in is what the next ones build on; the furthest stay longest.
            if cost.accepted >= most || dice.below(16) == 0 {
                most = most.max(cost.accepted);
                if pool.len() < seeds + POOL_MAX {
                    pool.push(input);
                } else {
                    let at = seeds + dice.below(POOL_MAX);
                    pool[at] = input;
                }
            }
        }
    }
    println!(
        "{name}: seed {seed}, {executions} executions, {accepted_inputs} accepted (at most {most} parts of one), \
         slowest {:.1} ms ({reruns} run again), heaviest {:.1} MiB, {:.0} s",
        slowest.as_secs_f64() * 1e3,
        heaviest as f64 / 1_048_576.0,
        begun.elapsed().as_secs_f64(),
    );
    ExitCode::SUCCESS
}
