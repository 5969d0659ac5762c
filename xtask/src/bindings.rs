//! `cargo xtask bindings`: the Kotlin and Swift sides of the border, written from the built library.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::process;

/// Where the shells' builds look for what is generated; git ignores these places.
const KOTLIN: &str = "android/bindings/target/generated-sources/bindings";
const SWIFT: &str = "ios/BelayKit/Sources/BelayCore";
const SWIFT_HEADERS: &str = "ios/BelayKit/Sources/BelayFFI/include";

/// The C half of the Swift side; the rest of what is generated for Swift is its Swift half.
const HEADER: &str = "BelayFFI.h";
const GENERATED_MODULE_MAP: &str = "BelayFFI.modulemap";
const MODULE_MAP: &str = "module.modulemap";

/// Builds the library and what writes its sides.
const BUILD: [&str; 6] = [
    "build",
    "--quiet",
    "--package",
    "belay-ffi",
    "--package",
    "belay-bindgen",
];

/// Where everything goes.
struct Places {
    kotlin: PathBuf,
    swift: PathBuf,
    headers: PathBuf,
}

impl Places {
    fn of(root: &Path, out: Option<&Path>) -> Self {
        match out {
            Some(out) => Self {
                kotlin: out.join("kotlin"),
                swift: out.join("swift"),
                headers: out.join("swift"),
            },
            None => Self {
                kotlin: root.join(KOTLIN),
                swift: root.join(SWIFT),
                headers: root.join(SWIFT_HEADERS),
            },
        }
    }
}

/// Builds the library and writes both sides where the shells expect them. With `--out` nothing is built: what
/// lies in the build folder is written below that folder, for whoever built it together with something else.
pub fn run(root: &Path, args: &[String]) -> ExitCode {
    let out = match args {
        [] => None,
        [flag, folder] if flag == "--out" => Some(PathBuf::from(folder)),
        _ => {
            eprintln!("xtask: bindings [--out FOLDER]");
            return ExitCode::from(2);
        }
    };
    match write(root, out.as_deref()) {
        Ok(places) => {
            println!("Kotlin: {}", places.kotlin.display());
            println!("Swift:  {}", places.swift.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes both sides from the library that was just built: Swift where its package expects it, Kotlin below `folder`,
/// from where Maven takes it.
pub fn make(root: &Path, folder: &Path) -> io::Result<()> {
    let places = Places {
        kotlin: Places::of(root, Some(folder)).kotlin,
        ..Places::of(root, None)
    };
    generate(root, places).map(drop)
}

fn write(root: &Path, out: Option<&Path>) -> io::Result<Places> {
    if out.is_none() {
        succeed(process::cargo(root).args(BUILD))?;
    }
    generate(root, Places::of(root, out))
}

fn generate(root: &Path, places: Places) -> io::Result<Places> {
    let built = process::target_folder(root).join("debug");
    let library = there(built.join(process::library_name("belay_ffi")))?;
    let generator = there(built.join(format!("belay-bindgen{}", std::env::consts::EXE_SUFFIX)))?;
    let run = |language: &str, folder: &Path| {
        succeed(
            Command::new(&generator)
                .current_dir(root)
                .args(["generate", "--no-format", "--language", language])
                .arg("--out-dir")
                .arg(folder)
                .arg(&library),
        )
    };
    let scratch = built.join("bindings");
    clear(&scratch)?;
    run("kotlin", &scratch.join("kotlin"))?;
    run("swift", &scratch.join("swift"))?;
    replace_all(&scratch.join("kotlin"), &places.kotlin)?;
    fs::create_dir_all(&places.swift)?;
    fs::create_dir_all(&places.headers)?;
    for file in fs::read_dir(scratch.join("swift"))? {
        let file = file?.path();
        let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let to = match name {
            HEADER => places.headers.join(HEADER),
            GENERATED_MODULE_MAP => places.headers.join(MODULE_MAP),
            _ => places.swift.join(name),
        };
        copy_changed(&file, &to)?;
    }
    Ok(places)
}

fn there(file: PathBuf) -> io::Result<PathBuf> {
    if file.is_file() {
        return Ok(file);
    }
    Err(io::Error::other(format!(
        "{} is not built: cargo {}",
        file.display(),
        BUILD.join(" ")
    )))
}

fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes `to` hold exactly the files of `from`; those that did not change keep their times, so that a build
/// that looks at times has nothing to do.
fn replace_all(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for old in fs::read_dir(to)? {
        let old = old?.path();
        let gone = old
            .file_name()
            .is_some_and(|name| !from.join(name).exists());
        if gone {
            if old.is_dir() {
                fs::remove_dir_all(&old)?;
            } else {
                fs::remove_file(&old)?;
            }
        }
    }
    for new in fs::read_dir(from)? {
        let new = new?;
        let to = to.join(new.file_name());
        if new.file_type()?.is_dir() {
            replace_all(&new.path(), &to)?;
        } else {
            copy_changed(&new.path(), &to)?;
        }
    }
    Ok(())
}

fn copy_changed(from: &Path, to: &Path) -> io::Result<()> {
    let new = fs::read(from)?;
    match fs::read(to) {
        Ok(old) if old == new => Ok(()),
        _ => fs::write(to, new),
    }
}

fn succeed(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() {
        return Ok(());
    }
    let program = command.get_program().to_string_lossy().into_owned();
    Err(io::Error::other(format!("{program} ended with {status}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn what_did_not_change_is_not_written_again_and_what_is_gone_goes() {
        let scratch = std::env::temp_dir().join(format!("belay-xtask-{}", std::process::id()));
        let (from, to) = (scratch.join("from"), scratch.join("to"));
        fs::create_dir_all(from.join("app")).unwrap();
        fs::create_dir_all(to.join("old")).unwrap();
        fs::write(from.join("app/same.kt"), "same").unwrap();
        fs::write(from.join("app/new.kt"), "new").unwrap();
        fs::write(to.join("old/gone.kt"), "gone").unwrap();
        fs::create_dir_all(to.join("app")).unwrap();
        fs::write(to.join("app/same.kt"), "same").unwrap();
        let written = fs::metadata(to.join("app/same.kt"))
            .unwrap()
            .modified()
            .unwrap();
        replace_all(&from, &to).unwrap();
        assert_eq!(fs::read(to.join("app/new.kt")).unwrap(), b"new");
        assert!(!to.join("old").exists());
        let now = fs::metadata(to.join("app/same.kt"))
            .unwrap()
            .modified()
            .unwrap();
        assert_eq!(written, now);
        fs::remove_dir_all(&scratch).unwrap();
    }
}
