//! `belay-membership`: every small membership graph, or long ones drawn by chance, against the model.
#![allow(clippy::print_stdout, reason = "a program speaks to the person who started it")]

use std::process::ExitCode;

use belay_membership::exhaustive::{Start, search};
use belay_membership::twin_chance;
use belay_protocol::Removal;

/// Acts after the one that creates the space, and after all three are there.
const ACTS_ALONE: usize = 4;
const ACTS_TOGETHER: usize = 3;
/// Acts in each graph that is drawn.
const ACTS_DRAWN: usize = 30;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Option<Vec<u64>> = args.iter().skip(1).map(|arg| arg.parse().ok()).collect();
    let result = match (args.first().map(String::as_str), numbers.as_deref()) {
        (Some("--exhaustive"), Some([])) => exhaustive(),
        (Some("--random"), Some([count])) => random(0, *count),
        (Some("--random"), Some([count, first])) => random(*first, *count),
        _ => Err("use: --exhaustive | --random COUNT [FIRST_SEED]".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            println!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn exhaustive() -> Result<(), String> {
    for removal in [Removal::Steward, Removal::Majority] {
        for (start, acts) in [(Start::Alone, ACTS_ALONE), (Start::Together, ACTS_TOGETHER)] {
            let seen = search(start, removal, acts)?;
            println!(
                "{start:?}, {removal:?}, {acts} acts: {} graphs, {} in which an act falls, {} in which a removal is overruled",
                seen.graphs, seen.with_fallen, seen.with_overruled
            );
        }
    }
    Ok(())
}

fn random(first: u64, count: u64) -> Result<(), String> {
    let mut failed = 0;
    for seed in first..first + count {
        if let Err(what) = twin_chance::draw(seed, ACTS_DRAWN) {
            println!("seed {seed}: {what}");
            failed += 1;
        }
    }
    println!("{} passed, {failed} failed", count - failed);
    if failed == 0 { Ok(()) } else { Err("see the seeds above".to_owned()) }
}
