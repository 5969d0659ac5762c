//! The project's own chores, started with `cargo xtask`. They read the sources and start
//! other tools; nothing that is kept in git is ever changed.
//!
//! What must not enter: anything that a person who only builds or runs Belay would need.
#![allow(
    clippy::print_stdout,
    reason = "a chore speaks to the person who started it"
)]

mod bench;
mod bindings;
mod capabilities;
mod dependencies;
mod design;
mod durability;
mod error_codes;
mod files;
mod findings;
mod layers;
mod library_size;
mod links;
mod markdown;
mod membership;
mod process;
mod proofs;
mod rules;
mod shells;
mod simulate;
mod source;
mod tally;
mod test_run;
mod words;

use std::path::Path;
use std::process::ExitCode;

use findings::Findings;

/// Chores that read the arguments after their name themselves.
const WITH_ARGUMENTS: [&str; 7] = [
    "bench",
    "bindings",
    "membership",
    "phones",
    "screenshots",
    "simulate",
    "words",
];

const HELP: &str = "\
The project's chores.

Usage: cargo xtask <chore>

  test           everything that must hold before a change is merged: format, clippy, the checks below,
                 documentation, binaries, all tests; the last line is `N passed, N failed`
  shells         of `test` only what builds and tests the telephone shells
  bench [ARGS]   the table of paths, parts and ratios (release build); ARGS go to the bench program
  bindings [--out FOLDER]
                 builds the library and writes what Kotlin and Swift call it by, where their builds look for
                 it; `--out FOLDER` builds nothing and writes elsewhere
  durability     every power cut and thousands of kills, where `test` takes a sample; some minutes
  phones [ARGS]  two windows with the phone's screens and a relay between them; `--new` begins with empty folders,
                 `--check` starts them on a display in memory, finds both and ends
  screenshots [--docs]
                 every Compose screen as pictures in target/screens; `--docs` the small ones of docs/screens instead
  membership [ARGS]
                 every small membership graph against the model; `--random COUNT [FIRST_SEED]` long ones instead
  simulate [ARGS]
                 seeded worlds with every fault: `--seeds N`, `--from S`, `--planted`, `--show S`; `--release` first
                 of them builds for speed
  layers         arrows between crates, rooms of the big dependencies, profiles, file sizes, pure rooms
  capabilities   docs/capabilities.md lists every product id; every test it, docs/protocol.md, docs/crypto.md, docs/safety.md,
                 docs/store-review.md and docs/testing.md (field) name exists
  errors         docs/errors.md lists exactly the stable codes of the sources
  dependencies   docs/dependencies.md has a line for every direct dependency
  words [ARGS]   every text people read, and the looks, from words/ and design/ into Kotlin and Swift;
                 `--out FOLDER` writes elsewhere, `--check` only checks
  size           the library as a phone carries it, against its limit; some minutes
  links          relative links in the Markdown files lead somewhere
  help           this text
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let chore = args.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = args.collect();
    if matches!(chore.as_str(), "help" | "--help" | "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let root = match files::workspace_root() {
        Ok(root) => root,
        Err(error) => {
            eprintln!("xtask: {error}");
            return ExitCode::FAILURE;
        }
    };
    if !WITH_ARGUMENTS.contains(&chore.as_str()) && !rest.is_empty() {
        eprintln!("xtask: `{chore}` takes no arguments");
        return ExitCode::from(2);
    }
    match chore.as_str() {
        "test" => test_run::run(&root),
        "shells" => test_run::run_shells(&root),
        "bench" => bench::run(&root, &rest),
        "bindings" => bindings::run(&root, &rest),
        "phones" => shells::phones::run(&root, &rest),
        "screenshots" => shells::screenshots::run(&root, &rest),
        "durability" => durability::run(&root),
        "membership" => membership::run(&root, &rest),
        "simulate" => simulate::run(&root, &rest),
        "layers" => check(&root, "layers", layers::check),
        "capabilities" => check(&root, "capabilities", capabilities::check),
        "errors" => check(&root, "errors", error_codes::check),
        "dependencies" => check(&root, "dependencies", dependencies::check),
        "size" => library_size::run(&root),
        "links" => check(&root, "links", links::check),
        "words" => words::run(&root, &rest),
        unknown => {
            eprintln!("xtask: there is no chore `{unknown}`\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

/// Runs one check on its own and prints what it found.
fn check(root: &Path, name: &str, run: fn(&Path) -> Findings) -> ExitCode {
    let findings = run(root);
    findings.print();
    if findings.is_clean() {
        println!("{name}: ok");
        ExitCode::SUCCESS
    } else {
        println!("{name}: {} problem(s)", findings.problems.len());
        ExitCode::FAILURE
    }
}
