//! The simulator in an ordinary test run.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, and says what it found"
)]

use std::sync::atomic::{AtomicU64, Ordering};

use belay_simulate::{Planted, Runner};

/// Seeds of an ordinary run.
const SEEDS: u64 = 300;

#[test]
fn three_hundred_worlds_hold_whatever_goes_wrong_in_them() {
    let runner = Runner::default();
    let next = AtomicU64::new(0);
    let failed = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= SEEDS {
                        return;
                    }
                    if let Err(failure) = runner.run(seed, None, None) {
                        failed.fetch_add(1, Ordering::Relaxed);
                        println!("seed {seed}: {}", failure.what);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner();
    println!("{} passed, {failed} failed", SEEDS - failed);
    assert_eq!(
        failed, 0,
        "`cargo xtask simulate --show SEED` shows what a seed does"
    );
}

#[test]
fn a_seed_decides_everything_that_happens() {
    let runner = Runner::default();
    for seed in [1_000_001, 1_000_002, 1_000_003] {
        let once = runner.run(seed, None, None);
        assert_eq!(once, runner.run(seed, None, None), "seed {seed}");
    }
}

#[test]
fn a_beginning_of_a_run_is_the_same_as_the_run_up_to_there() {
    let runner = Runner::default();
    let whole = runner.run(1_000_004, None, None).unwrap();
    let part = runner.run(1_000_004, None, Some(5)).unwrap();
    let quiet = |log: &[String]| log.iter().position(|line| line.starts_with("everything"));
    let end = quiet(&part.log).unwrap();
    assert!(end > 1 && end < quiet(&whole.log).unwrap());
    assert_eq!(part.log[..end], whole.log[..end]);
}

/// Seeds of which at least one shows a planted bug; several, because what an engine does in a world may change what
/// happens in it from one version to the next.
const SHOWN_BY: [(Planted, [u64; 5]); 4] = [
    (
        Planted::PublishFromStale,
        [4_000_002, 1_000_005, 11, 3_000_015, 2_000_031],
    ),
    (
        Planted::CutByMinimum,
        [1_000_009, 2_000_013, 4_000_019, 3_000_026, 56],
    ),
    (
        Planted::KeepIncarnation,
        [8, 4_000_007, 3_000_005, 1_000_012, 2_000_040],
    ),
    (
        Planted::ApplyBeforeErase,
        [2, 1_000_004, 2_000_032, 3_000_047, 4_000_060],
    ),
];

#[test]
fn planted_bugs_are_found() {
    let runner = Runner::default();
    for (bug, seeds) in SHOWN_BY {
        let found = seeds.iter().any(|seed| runner.finds(*seed, bug).is_some());
        assert!(
            found,
            "{bug:?}: `cargo xtask simulate --planted` names others"
        );
    }
}
