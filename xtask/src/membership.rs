//! `cargo xtask membership`: every small membership graph against the model, where `test` leaves the larger ones out.

use std::path::Path;
use std::process::ExitCode;

use crate::process;

/// Builds and runs `belay-membership`; without arguments it goes through every small graph.
pub fn run(root: &Path, args: &[String]) -> ExitCode {
    let all = ["--exhaustive".to_owned()];
    let args = if args.is_empty() { &all } else { args };
    let status = process::cargo(root)
        .args(["run", "--package", "belay-membership", "--"])
        .args(args)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: cargo does not run: {error}");
            ExitCode::FAILURE
        }
    }
}
