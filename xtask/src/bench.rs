//! `cargo xtask bench`: the bench program in a release build.

use std::path::Path;
use std::process::ExitCode;

use crate::process;
use crate::shells::screen_bench;

/// The row that needs a JVM.
const SCREENS: &str = "screens";

/// Builds and runs `belay-benches`, handing the arguments through; its exit code is ours.
pub fn run(root: &Path, args: &[String]) -> ExitCode {
    let mut bench = process::cargo(root);
    bench
        .args(["run", "--release", "--package", "belay-benches", "--"])
        .args(args);
    if wants_screens(args) {
        match screen_bench::command(root) {
            Ok(command) => {
                bench.env(screen_bench::VARIABLE, command);
            }
            Err(error) => {
                eprintln!("xtask: bench {SCREENS}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    let status = bench.status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            ExitCode::from(code.unwrap_or(1))
        }
        Err(error) => {
            eprintln!("xtask: cargo does not start: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether that row is asked for: by its name, or with all others by none.
fn wants_screens(args: &[String]) -> bool {
    let mut names = args
        .iter()
        .filter(|arg| arg.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        .filter(|arg| !arg.starts_with('-'))
        .peekable();
    names.peek().is_none() || names.any(|name| name == SCREENS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_on_a_jvm_is_wanted_by_name_or_with_all_others() {
        let wants = |line: &str| {
            let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            wants_screens(&args)
        };
        assert!(wants("") && wants("--rounds 7") && wants("month screens"));
        assert!(!wants("month") && !wants("--rounds 7 ingest"));
    }
}
