//! `cargo xtask size`: how big the library is that a phone carries, against its limit.

use std::path::Path;
use std::process::ExitCode;

use crate::process;

/// The most a stripped library may weigh.
const LIMIT_BYTES: u64 = 12 * 1024 * 1024;

/// Builds the library with the profile `phone` and weighs it. Takes minutes: everything is compiled for size and
/// joined whole.
pub fn run(root: &Path) -> ExitCode {
    let built = process::cargo(root)
        .args(["build", "--quiet", "--profile", "phone"])
        .args(["--package", "belay-ffi"])
        .status();
    match built {
        Ok(status) if status.success() => {}
        Ok(status) => {
            eprintln!("xtask: cargo ended with {status}");
            return ExitCode::FAILURE;
        }
        Err(error) => {
            eprintln!("xtask: cargo does not start: {error}");
            return ExitCode::FAILURE;
        }
    }
    let library = process::target_folder(root)
        .join("phone")
        .join(process::library_name("belay_ffi"));
    match std::fs::metadata(&library) {
        Ok(file) => verdict(file.len()),
        Err(error) => {
            eprintln!("xtask: {}: {error}", library.display());
            ExitCode::FAILURE
        }
    }
}

fn verdict(bytes: u64) -> ExitCode {
    let (size, limit) = (mebibytes(bytes), mebibytes(LIMIT_BYTES));
    let target = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    if bytes <= LIMIT_BYTES {
        println!("size: ok, {size} of {limit} ({target}, stripped)");
        ExitCode::SUCCESS
    } else {
        println!("size: {size} is more than {limit} ({target}, stripped)");
        ExitCode::FAILURE
    }
}

fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) / (1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_to_a_tenth() {
        assert_eq!(mebibytes(LIMIT_BYTES), "12.0 MiB");
        assert_eq!(mebibytes(1_677_722), "1.6 MiB");
        assert_eq!(mebibytes(0), "0.0 MiB");
    }
}
