//! Builds, lints and tests the Kotlin side by Maven, and starts its two windows once.

use std::path::Path;
use std::process::Command;

use super::job::{self, Report};
use super::{phones, surefire};
use crate::tally::Tally;

const NAME: &str = "Kotlin";
/// The folder of the Maven project.
pub const ANDROID: &str = "android";

/// All of it, or why it cannot be.
pub fn run(root: &Path, kit: &Path, tools: &Result<(), String>) -> Vec<Report> {
    if let Err(install) = tools {
        return vec![Report::without_tools(NAME, install)];
    }
    let tests = tests(root, kit);
    let built = tests.tally.failed == 0;
    let mut reports = vec![tests];
    if built {
        reports.push(phones::check(root, kit));
    }
    reports
}

fn tests(root: &Path, kit: &Path) -> Report {
    let android = root.join(ANDROID);
    if let Err(error) = surefire::forget(&android) {
        return Report::broken(
            NAME,
            &format!("old reports of {ANDROID} cannot be removed: {error}"),
        );
    }
    // Not quiet: its `Tests run:` lines show what was tested.
    let finished = job::run(
        root,
        "kotlin",
        maven(root, kit).args(["--fail-at-end", "verify"]),
    );
    let mut output = finished.output;
    let counted = surefire::count(&android).unwrap_or_else(|error| {
        output.push_str(&format!("  problem: {error}\n"));
        Tally::of(false)
    });
    let tally = counted.with_runner(finished.succeeded);
    Report {
        name: NAME,
        tally,
        took: finished.took,
        output,
        not_run: None,
    }
}

/// Maven over the Kotlin project, with the library and the sources of the kit.
pub fn maven(root: &Path, kit: &Path) -> Command {
    let mut command = Command::new("mvn");
    command
        .current_dir(root)
        .args([
            "--batch-mode",
            "--no-transfer-progress",
            "--file",
            "android/pom.xml",
            "-Dbelay.rust=published",
        ])
        .arg(format!("-Dbelay.generated={}", kit.display()));
    command
}
