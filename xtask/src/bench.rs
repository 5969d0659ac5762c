//! `cargo xtask bench`: the bench program in a release build.

use std::path::Path;
use std::process::ExitCode;

use crate::process;

/// Builds and runs `belay-benches`, handing the arguments through; its exit code is ours.
pub fn run(root: &Path, args: &[String]) -> ExitCode {
    let status = process::cargo(root)
        .args(["run", "--release", "--package", "belay-benches", "--"])
        .args(args)
        .status();
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
