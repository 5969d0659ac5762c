//! `cargo xtask test`: everything that must hold before a change is merged. Each step runs whatever the earlier ones
//! said, so that one run reports every failure.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::findings::Findings;
use crate::{capabilities, dependencies, error_codes, layers, links, process, words};

/// One thing to do; each counts as one test.
enum Step {
    /// A check of ours.
    Check(&'static str, fn(&Path) -> Findings),
    /// A cargo command that passes when it succeeds.
    Cargo {
        name: &'static str,
        args: &'static [&'static str],
        env: &'static [(&'static str, &'static str)],
    },
    /// All tests of the workspace; theirs are counted one by one.
    Tests,
}

const STEPS: [Step; 12] = [
    Step::Cargo {
        name: "format",
        args: &["fmt", "--all", "--check"],
        env: &[],
    },
    Step::Cargo {
        name: "format of the fuzz targets",
        args: &["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"],
        env: &[],
    },
    Step::Check("layers", layers::check),
    Step::Check("capabilities", capabilities::check),
    Step::Check("errors", error_codes::check),
    Step::Check("dependencies", dependencies::check),
    Step::Check("links", links::check),
    Step::Check("words", words::check),
    Step::Cargo {
        name: "clippy",
        args: &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--keep-going",
            "--",
            "-D",
            "warnings",
        ],
        env: &[],
    },
    Step::Cargo {
        name: "documentation",
        args: &["doc", "--workspace", "--no-deps", "--keep-going"],
        env: &[("RUSTDOCFLAGS", "-D warnings")],
    },
    Step::Cargo {
        name: "binaries",
        args: &[
            "build",
            "--package",
            "belay-cli",
            "--package",
            "belay-relay",
        ],
        env: &[],
    },
    Step::Tests,
];

/// Passed and failed, of steps and tests alike.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Tally {
    fn of(passed: bool) -> Tally {
        Tally {
            passed: u64::from(passed),
            failed: u64::from(!passed),
            ignored: 0,
        }
    }

    fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// What one step came to.
struct Outcome {
    name: &'static str,
    tally: Tally,
    took: Duration,
}

/// Runs all steps, prints their durations, and ends with the line `N passed, N failed`.
pub fn run(root: &Path) -> ExitCode {
    let outcomes: Vec<Outcome> = STEPS.iter().map(|step| run_step(root, step)).collect();
    println!("\nSteps:");
    let mut total = Tally::default();
    for outcome in &outcomes {
        let state = if outcome.tally.failed == 0 {
            "ok"
        } else {
            "FAILED"
        };
        println!(
            "  {:<28} {state:<7} {:>7.1} s",
            outcome.name,
            outcome.took.as_secs_f64()
        );
        total.add(outcome.tally);
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run_step(root: &Path, step: &Step) -> Outcome {
    let started = Instant::now();
    let name = match step {
        Step::Check(name, _) | Step::Cargo { name, .. } => name,
        Step::Tests => "tests",
    };
    println!("\n==> {name}");
    let tally = match step {
        Step::Check(_, check) => {
            let findings = check(root);
            findings.print();
            Tally::of(findings.is_clean())
        }
        Step::Cargo { args, env, .. } => {
            let status = process::cargo(root)
                .args(*args)
                .envs(env.iter().copied())
                .status();
            Tally::of(said_yes(status.map(|status| status.success())))
        }
        Step::Tests => run_tests(root),
    };
    Outcome {
        name,
        tally,
        took: started.elapsed(),
    }
}

fn said_yes(result: io::Result<bool>) -> bool {
    result.unwrap_or_else(|error| {
        println!("  problem: cargo does not run: {error}");
        false
    })
}

/// Runs all tests, passing their output on as it comes, and counts them by the summaries of their programs.
fn run_tests(root: &Path) -> Tally {
    let mut tally = Tally::default();
    let succeeded = said_yes(stream_tests(root, &mut tally));
    if tally.ignored > 0 {
        println!(
            "  problem: {} tests are ignored; a test that does not run proves nothing",
            tally.ignored
        );
    }
    // The step itself fails for what no summary tells: a program that did not compile or crashed, or ignored tests.
    let untold = (!succeeded && tally.failed == 0) || tally.ignored > 0 || tally.passed == 0;
    tally.add(Tally::of(!untold));
    tally
}

fn stream_tests(root: &Path, tally: &mut Tally) -> io::Result<bool> {
    let mut child = process::cargo(root)
        .args(["test", "--workspace", "--no-fail-fast"])
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            if let Some(summary) = read_summary(&line) {
                tally.add(summary);
            }
        }
    }
    Ok(child.wait()?.success())
}

/// Reads `test result: ok. 5 passed; 0 failed; 1 ignored; ...`.
fn read_summary(line: &str) -> Option<Tally> {
    let (_, counts) = line
        .trim()
        .strip_prefix("test result: ")?
        .split_once(". ")?;
    let mut tally = Tally::default();
    for part in counts.split(';') {
        match part.trim().split_once(' ') {
            Some((count, "passed")) => tally.passed = count.parse().ok()?,
            Some((count, "failed")) => tally.failed = count.parse().ok()?,
            Some((count, "ignored")) => tally.ignored = count.parse().ok()?,
            _ => {}
        }
    }
    Some(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_test_programs_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        let expected = Tally {
            passed: 12,
            failed: 3,
            ignored: 1,
        };
        assert_eq!(read_summary(line), Some(expected));
        assert_eq!(read_summary("test a::b ... ok"), None);
        assert_eq!(read_summary("test result: ok"), None);
    }

    #[test]
    fn a_step_counts_as_one_test() {
        let mut total = Tally::of(true);
        total.add(Tally::of(false));
        assert_eq!((total.passed, total.failed), (1, 1));
    }
}
