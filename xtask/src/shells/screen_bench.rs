//! What `cargo xtask bench screens` does on a JVM: everything built that it needs, and the command that runs it.

use std::path::{Path, PathBuf};

use super::{job, kit, kotlin, tools};
use crate::process;

/// What the bench program looks for.
pub const VARIABLE: &str = "BELAY_BENCH_JVM";
/// Where the Kotlin programs lie, beside what they need.
const CLASSES: [&str; 2] = [
    "android/ui/target/test-classes",
    "android/ui/target/classes",
];

/// The command, one word a line, up to the name of a program. The library is the one of a release build, like the
/// program it is compared with.
pub fn command(root: &Path) -> Result<String, String> {
    tools::Tools::find_kotlin(root)?;
    let kit = kit::make(root);
    print!("{}", kit.report.output);
    if !kit.whole {
        return Err("the library is not built".into());
    }
    let class_path = class_path(root, &kit.folder)?;
    let built = process::cargo(root)
        .args(["build", "--quiet", "--release"])
        .args(["--package", "belay-ffi", "--package", "belay-benches"])
        .status()
        .map_err(|error| error.to_string())?;
    if !built.success() {
        return Err(format!("cargo ended with {built}"));
    }
    let library = process::target_folder(root).join("release");
    Ok([
        "java".to_owned(),
        format!("-Djna.library.path={}", library.display()),
        "-cp".to_owned(),
        class_path,
    ]
    .join("\n"))
}

/// Compiles the programs by Maven and asks it what they need.
fn class_path(root: &Path, kit: &Path) -> Result<String, String> {
    let written = kit.join("classpath.txt");
    let mut command = kotlin::maven(root, kit);
    command
        .args(["--projects", "bindings,ui", "test-compile"])
        .arg("dependency:build-classpath")
        .arg(format!("-Dmdep.outputFile={}", written.display()));
    let finished = job::run(root, "screen-bench", &mut command);
    if !finished.succeeded {
        return Err(finished.output);
    }
    let others = std::fs::read_to_string(&written).map_err(|error| error.to_string())?;
    let own = CLASSES.iter().map(|folder| root.join(folder));
    let parts: Vec<PathBuf> = own.chain(std::env::split_paths(others.trim())).collect();
    let joined = std::env::join_paths(parts).map_err(|error| error.to_string())?;
    Ok(joined.to_string_lossy().into_owned())
}
