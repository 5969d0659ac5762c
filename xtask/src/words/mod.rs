//! `cargo xtask words`: every text that a person reads in the telephone shells, from one source (`words/AREA.toml`) into
//! Kotlin and Swift, together with the looks of `design/tokens.json`. A key that is missing is a member that is missing,
//! so the shells do not compile without it.

mod catalogue;
mod coverage;
mod emit;
mod file;
mod kotlin;
mod language;
mod library;
mod literal;
mod pseudo;
mod read;
mod style;
mod swift;
mod template;
mod usage;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub use file::Generated;

use crate::design;
use crate::findings::Findings;

const KOTLIN: &str = "android/ui/target/generated-sources/words";
const SWIFT: &str = "ios/BelayKit/Sources/BelayWords/Generated";

/// What the chore was asked to do.
#[derive(Debug, PartialEq, Eq)]
enum Wish {
    Check,
    Write { kotlin: PathBuf, swift: PathBuf },
}

/// Runs the chore with its arguments: none, `--check` or `--out FOLDER`.
pub fn run(root: &Path, args: &[String]) -> ExitCode {
    let wish = match wish(root, args) {
        Ok(wish) => wish,
        Err(error) => {
            eprintln!("xtask: words: {error}");
            return ExitCode::from(2);
        }
    };
    let mut findings = Findings::default();
    let (kotlin, swift) = generate(root, &mut findings);
    if wish == Wish::Check {
        check_unused(root, &mut findings);
        findings.absorb(library::check(root));
    }
    findings.print();
    if !findings.is_clean() {
        println!("words: {} problem(s)", findings.problems.len());
        return ExitCode::FAILURE;
    }
    let Wish::Write {
        kotlin: kotlin_folder,
        swift: swift_folder,
    } = wish
    else {
        println!("words: ok");
        return ExitCode::SUCCESS;
    };
    let written = file::bring(&kotlin_folder, &kotlin)
        .and_then(|first| Ok(first + file::bring(&swift_folder, &swift)?));
    match written {
        Ok(changed) => {
            println!(
                "words: {changed} file(s) changed below {} and {}",
                kotlin_folder.display(),
                swift_folder.display()
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xtask: words: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes both catalogues where the shells' builds look for them; an error lists what is wrong with their sources.
pub fn make(root: &Path) -> Result<(), String> {
    let mut findings = Findings::default();
    let (kotlin, swift) = generate(root, &mut findings);
    if !findings.is_clean() {
        return Err(findings.problems.join("\n"));
    }
    file::bring(&root.join(KOTLIN), &kotlin)
        .and_then(|_| file::bring(&root.join(SWIFT), &swift))
        .map(drop)
        .map_err(|error| error.to_string())
}

/// Only the checks, as a step of `cargo xtask test`.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    generate(root, &mut findings);
    check_unused(root, &mut findings);
    findings.absorb(library::check(root));
    findings
}

/// A text that no screen shows is a problem, but only for the checks: whoever begins a screen writes its words first.
fn check_unused(root: &Path, findings: &mut Findings) {
    // What is wrong with the sources themselves has been said.
    let catalogue = read::catalogue(root, &mut Findings::default());
    match usage::unused(root, &catalogue) {
        Ok(unused) => {
            for text in unused {
                findings.problem(format!(
                    "{text}: no screen of either shell shows it; show it, or remove it"
                ));
            }
        }
        Err(error) => findings.problem(format!("the shells' sources cannot be read: {error}")),
    }
}

/// The files of both languages; what is wrong with their sources goes to `findings`.
fn generate(root: &Path, findings: &mut Findings) -> (Vec<Generated>, Vec<Generated>) {
    let catalogue = read::catalogue(root, findings);
    coverage::check(root, &catalogue, findings);
    coverage::check_safety(root, &catalogue, findings);
    let texts: usize = catalogue.areas.iter().map(|area| area.texts.len()).sum();
    findings.note(format!("{texts} texts in {} areas", catalogue.areas.len()));
    let mut kotlin = kotlin::files(&catalogue);
    let mut swift = swift::files(&catalogue);
    if let Some(tokens) = design::tokens(root, findings) {
        kotlin.push(design::kotlin(&tokens));
        swift.push(design::swift(&tokens));
    }
    (kotlin, swift)
}

fn wish(root: &Path, args: &[String]) -> Result<Wish, String> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [] => Ok(Wish::Write {
            kotlin: root.join(KOTLIN),
            swift: root.join(SWIFT),
        }),
        ["--check"] => Ok(Wish::Check),
        ["--out", folder] => Ok(Wish::Write {
            kotlin: Path::new(folder).join("kotlin"),
            swift: Path::new(folder).join("swift"),
        }),
        _ => Err("takes nothing, `--check`, or `--out FOLDER`".into()),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
