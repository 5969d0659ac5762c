//! `cargo xtask durability`: the tests of `testing/durability` with every power cut instead of a sample.

use std::path::Path;
use std::process::ExitCode;

use crate::process;

const BUILD: [&str; 3] = ["build", "--package", "belay-relay"];
const TEST: [&str; 6] = [
    "test",
    "--package",
    "belay-durability",
    "--no-fail-fast",
    "--",
    "--nocapture",
];

/// Builds the relay's program and runs the tests; they print what they did.
pub fn run(root: &Path) -> ExitCode {
    for args in [&BUILD[..], &TEST[..]] {
        let status = process::cargo(root)
            .args(args)
            .env("BELAY_DURABILITY_LONG", "1")
            .status();
        match status {
            Ok(status) if status.success() => {}
            Ok(_) => return ExitCode::FAILURE,
            Err(error) => {
                eprintln!("xtask: cargo does not run: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
