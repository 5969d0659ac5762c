//! `cargo xtask test`: everything that must hold before a change is merged. Each step runs whatever the earlier ones
//! said, so that one run reports every failure.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::findings::Findings;
use crate::shells::{Report, Shells};
use crate::tally::Tally;
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

/// What comes first; all tests follow.
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
        // All of them but the six lines around each: those need libFuzzer, which is C++.
        name: "types of the fuzz targets",
        args: &[
            "check",
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--no-default-features",
            "--locked",
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
        args: &["build", "--workspace"],
        env: &[],
    },
];

/// What one step came to.
struct Outcome {
    name: &'static str,
    tally: Tally,
    took: Duration,
    not_run: Option<String>,
}

/// Runs all steps, prints their durations, and ends with the line `N passed, N failed`.
///
/// The tools of the shells are looked for while Rust compiles, and their tests run beside those of Rust: most of the
/// former waits for the network, and neither fills two processors alone.
pub fn run(root: &Path) -> ExitCode {
    let shells = Shells::prepare(root);
    let mut outcomes: Vec<Outcome> = STEPS.iter().map(|step| run_step(root, step)).collect();
    let lane = shells.start(root);
    outcomes.push(run_step(root, &Step::Tests));
    println!("\n==> shells (what they wrote so far lies in target/xtask)");
    outcomes.extend(lane.finish().into_iter().map(show));
    conclude(&outcomes)
}

/// Only what `run` does for the telephone shells.
pub fn run_shells(root: &Path) -> ExitCode {
    let reports = Shells::prepare(root).start(root).finish();
    conclude(&reports.into_iter().map(show).collect::<Vec<_>>())
}

/// Prints how long every step took and what was not run, and ends with the line `N passed, N failed`.
fn conclude(outcomes: &[Outcome]) -> ExitCode {
    println!("\nSteps:");
    let mut total = Tally::default();
    for outcome in outcomes {
        let state = match (&outcome.not_run, outcome.tally.failed) {
            (Some(_), _) => "not run",
            (None, 0) => "ok",
            (None, _) => "FAILED",
        };
        println!(
            "  {:<28} {state:<7} {:>7.1} s",
            outcome.name,
            outcome.took.as_secs_f64()
        );
        total.add(outcome.tally);
    }
    for outcome in outcomes {
        if let Some(install) = &outcome.not_run {
            println!("not run: {}: {install}", outcome.name);
        }
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Prints what a step in the background wrote.
fn show(report: Report) -> Outcome {
    println!("\n==> {}\n{}", report.name, report.output.trim_end());
    Outcome {
        name: report.name,
        tally: report.tally,
        took: report.took,
        not_run: report.not_run,
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
        not_run: None,
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
    tally.with_runner(succeeded)
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
}
