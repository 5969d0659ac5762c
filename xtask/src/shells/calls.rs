//! What `cargo xtask bench calls` does on a JVM: everything built that it needs, and the command that runs it.

use std::path::Path;

use super::{desktop, kit, tools};
use crate::process;

const MAIN: &str = "app.belay.desktop.bench.CallBenchKt";
/// What the bench program looks for.
pub const VARIABLE: &str = "BELAY_BENCH_CALLS_ON_JVM";

/// The command, one word a line. The library is the one of a release build, like the program it is compared with.
pub fn command(root: &Path) -> Result<String, String> {
    tools::Tools::find_kotlin(root)?;
    let kit = kit::make(root);
    print!("{}", kit.report.output);
    if !kit.whole {
        return Err("the library is not built".into());
    }
    desktop::build(root, &kit.folder)?;
    let built = process::cargo(root)
        .args(["build", "--quiet", "--release", "--package", "belay-ffi"])
        .status()
        .map_err(|error| error.to_string())?;
    if !built.success() {
        return Err(format!("cargo ended with {built}"));
    }
    let class_path = desktop::class_path(root, true).map_err(|error| error.to_string())?;
    let library = process::target_folder(root).join("release");
    Ok([
        "java".to_owned(),
        format!("-Djna.library.path={}", library.display()),
        "-cp".to_owned(),
        class_path.to_string_lossy().into_owned(),
        MAIN.to_owned(),
    ]
    .join("\n"))
}
