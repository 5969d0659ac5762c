//! Builds, tests and lints the Swift side: the package against the real library, then the views against the stand-in.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use super::job::{self, Report};
use super::swift_report;
use super::tools::Swift;
use crate::{files, tally::Tally};

const LIBRARY: &str = "libbelay_ffi.a";
/// The packages with tests, and what to call them.
const PACKAGES: [(&str, &str, &str); 2] = [
    ("Swift", "swift", "ios/BelayKit"),
    ("Swift views", "swift-views", STAND_IN),
];
const STAND_IN: &str = "ios/linux-check";
const LINT: &str = "Swift lint";
/// Plants mistakes into a right view; takes what the build of the stand-in has left.
const MISTAKES: &str = "ios/linux-check/check-mistakes.sh";

/// All of it, or why it cannot be.
pub fn run(root: &Path, kit: &Path, tools: &Result<Swift, String>) -> Vec<Report> {
    let swift = match tools {
        Ok(swift) => *swift,
        Err(install) => return vec![Report::without_tools("Swift", install)],
    };
    let mut reports: Vec<Report> = PACKAGES
        .iter()
        // The stand-in is a module of the name SwiftUI: beside the real one it cannot be built.
        .filter(|(_, _, package)| cfg!(target_os = "linux") || *package != STAND_IN)
        .map(|(name, log, package)| tests(root, kit, swift, (name, log, package)))
        .collect();
    if cfg!(target_os = "linux") {
        reports.push(mistakes(root, kit, swift));
    }
    reports.push(lint(root, kit, swift));
    reports
}

/// A stand-in that takes anything proves nothing: every planted mistake must be refused.
fn mistakes(root: &Path, kit: &Path, swift: Swift) -> Report {
    let finished = job::run(
        root,
        "swift-mistakes",
        &mut command(root, kit, swift, &[MISTAKES]),
    );
    Report {
        name: "Swift views refuse mistakes",
        tally: Tally::of(finished.succeeded),
        took: finished.took,
        output: finished.output,
        not_run: None,
    }
}

fn tests(
    root: &Path,
    kit: &Path,
    swift: Swift,
    (name, log, package): (&'static str, &str, &str),
) -> Report {
    if let Err(error) = unlink_stale(&root.join(package), &kit.join(LIBRARY)) {
        return Report::broken(
            name,
            &format!("old test programs of {package} cannot be removed: {error}"),
        );
    }
    let arguments = ["swift", "test", "--package-path", package];
    let finished = job::run(root, log, &mut command(root, kit, swift, &arguments));
    let tally = swift_report::count(&finished.output).with_runner(finished.succeeded);
    Report {
        name,
        tally,
        took: finished.took,
        output: finished.output,
        not_run: None,
    }
}

fn lint(root: &Path, kit: &Path, swift: Swift) -> Report {
    let sources = match own_sources(root) {
        Ok(sources) => sources,
        Err(error) => return Report::broken(LINT, &format!("ios: {error}")),
    };
    let mut arguments: Vec<String> = [
        "swift",
        "format",
        "lint",
        "--strict",
        "--configuration",
        "ios/.swift-format",
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.extend(sources);
    let finished = job::run(
        root,
        "swift-lint",
        &mut command(root, kit, swift, &arguments),
    );
    let tally = Tally::of(finished.succeeded);
    Report {
        name: LINT,
        tally,
        took: finished.took,
        output: finished.output,
        not_run: None,
    }
}

/// A command of the toolchain, in the root; both packages learn from the environment where library and relay are.
fn command(root: &Path, kit: &Path, swift: Swift, arguments: &[impl AsRef<OsStr>]) -> Command {
    let variables = [
        format!("BELAY_FFI_LIB={}", kit.join(LIBRARY).display()),
        format!("BELAY_RELAY_BIN={}", kit.join("belay-relay").display()),
    ];
    let mut command = match swift {
        Swift::Own => Command::new("env"),
        Swift::Apart => {
            let mut command = Command::new(root.join("ios/swift-linux.sh"));
            command
                .env("BELAY_SWIFT_REPO", root)
                .env("BELAY_SWIFT_BIND", kit)
                .args(["run", "env"]);
            command
        }
    };
    command.current_dir(root).args(variables).args(arguments);
    command
}

/// Swift files written by hand: neither generated nor built.
fn own_sources(root: &Path) -> io::Result<Vec<String>> {
    let all = files::with_extension(&root.join("ios"), "swift")?;
    let own = all
        .iter()
        .map(|path| files::shown(root, path))
        .filter(|path| !is_generated(path));
    Ok(own.collect())
}

fn is_generated(path: &str) -> bool {
    path.contains("/Generated/") || path.contains("/Sources/BelayCore/")
}

/// SwiftPM does not link again when only the library changed, and would test the old one.
fn unlink_stale(package: &Path, library: &Path) -> io::Result<()> {
    let built = std::fs::metadata(library)?.modified()?;
    let folder = package.join(".build");
    if folder.is_dir() {
        for program in test_programs(&folder, built)? {
            std::fs::remove_file(program)?;
        }
    }
    Ok(())
}

/// Programs `*.xctest` in `.build/TRIPLE/debug` that are older than the library.
fn test_programs(build: &Path, library: SystemTime) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for triple in std::fs::read_dir(build)? {
        let folder = triple?.path().join("debug");
        if !folder.is_dir() || folder.is_symlink() {
            continue;
        }
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            let is_program = path.extension() == Some(OsStr::new("xctest")) && path.is_file();
            if is_program && entry.metadata()?.modified()? < library {
                found.push(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_test_program_older_than_the_library_is_linked_again() {
        let folder = tempfile::tempdir().unwrap();
        let debug = folder
            .path()
            .join("pkg/.build/x86_64-unknown-linux-gnu/debug");
        std::fs::create_dir_all(&debug).unwrap();
        let program = debug.join("BelayKitPackageTests.xctest");
        std::fs::write(&program, "old").unwrap();
        let library = folder.path().join(LIBRARY);
        std::fs::write(&library, "new").unwrap();
        let package = folder.path().join("pkg");

        let earlier = SystemTime::UNIX_EPOCH;
        std::fs::File::options()
            .write(true)
            .open(&library)
            .unwrap()
            .set_modified(earlier)
            .unwrap();
        unlink_stale(&package, &library).unwrap();
        assert!(program.exists(), "the library is older");

        let old = std::fs::File::options().write(true).open(&program).unwrap();
        old.set_modified(earlier).unwrap();
        std::fs::write(&library, "newer").unwrap();
        unlink_stale(&package, &library).unwrap();
        assert!(!program.exists());
    }

    #[test]
    fn generated_sources_are_not_linted() {
        assert!(is_generated(
            "ios/BelayKit/Sources/BelayWords/Generated/Words.swift"
        ));
        assert!(is_generated(
            "ios/BelayKit/Sources/BelayCore/BelayCore.swift"
        ));
        assert!(!is_generated(
            "ios/BelayKit/Sources/BelayKit/Today/TodayModel.swift"
        ));
    }
}
