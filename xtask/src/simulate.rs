//! `cargo xtask simulate`: as many seeded worlds as asked for, where `test` runs three hundred.

use std::path::Path;
use std::process::ExitCode;

use crate::process;

/// Builds and runs `belay-simulate`; `--release` as the first argument builds it for speed.
pub fn run(root: &Path, args: &[String]) -> ExitCode {
    let (profile, args) = match args {
        [first, rest @ ..] if first == "--release" => (["--release"].as_slice(), rest),
        all => ([].as_slice(), all),
    };
    let status = process::cargo(root)
        .args(["run", "--quiet", "--package", "belay-simulate"])
        .args(profile)
        .arg("--")
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
