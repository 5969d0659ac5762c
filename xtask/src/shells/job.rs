//! One program run in the background: its output goes to a file, and is shown when its turn comes.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::tally::Tally;

/// What came of a step in the background.
#[derive(Debug)]
pub struct Report {
    pub name: &'static str,
    pub tally: Tally,
    pub took: Duration,
    /// What it wrote, to be shown.
    pub output: String,
    /// Why it was not run at all, where that is no fault.
    pub not_run: Option<String>,
}

impl Report {
    /// A step that could not even begin.
    pub fn broken(name: &'static str, why: &str) -> Self {
        Self {
            name,
            tally: Tally::of(false),
            took: Duration::ZERO,
            output: format!("  problem: {why}\n"),
            not_run: None,
        }
    }

    /// A step without its tools: a fault where everything must run, otherwise only said.
    pub fn without_tools(name: &'static str, install: &str) -> Self {
        if tools_are_required() {
            return Self::broken(name, &format!("not run: {name}: {install}"));
        }
        Self {
            name,
            tally: Tally::default(),
            took: Duration::ZERO,
            output: String::new(),
            not_run: Some(install.to_owned()),
        }
    }
}

/// Where everything must run: in continuous integration.
fn tools_are_required() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// A finished program.
pub struct Finished {
    pub succeeded: bool,
    pub output: String,
    pub took: Duration,
}

/// Runs a command to its end; output and errors go to `target/xtask/NAME.log` as they come, so that somebody who waits
/// can follow them.
pub fn run(root: &Path, name: &str, command: &mut Command) -> Finished {
    let started = Instant::now();
    let log = log_path(root, name);
    let result = logged(&log, command);
    let mut output = std::fs::read(&log)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default();
    let succeeded = result.unwrap_or_else(|error| {
        let program = command.get_program().to_string_lossy();
        output.push_str(&format!("  problem: {program} does not run: {error}\n"));
        false
    });
    Finished {
        succeeded,
        output,
        took: started.elapsed(),
    }
}

fn log_path(root: &Path, name: &str) -> PathBuf {
    root.join("target/xtask").join(format!("{name}.log"))
}

fn logged(log: &Path, command: &mut Command) -> io::Result<bool> {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = File::create(log)?;
    command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    Ok(command.status()?.success())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn what_a_program_says_and_how_it_ends_is_kept() {
        let root = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        let finished = run(
            root.path(),
            "said",
            command.args(["-c", "echo out; echo err >&2; exit 3"]),
        );
        assert!(!finished.succeeded);
        assert_eq!(finished.output, "out\nerr\n");
        assert!(root.path().join("target/xtask/said.log").is_file());
    }

    #[test]
    fn a_program_that_is_not_there_is_a_problem_with_its_name() {
        let root = tempfile::tempdir().unwrap();
        let finished = run(root.path(), "none", &mut Command::new("no-such-program"));
        assert!(!finished.succeeded && finished.output.contains("no-such-program does not run"));
    }
}
