//! What the shells are built and tested on, made once: the Rust library, the programs beside it, the bindings of both
//! languages, the words.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::job::{self, Report};
use crate::tally::Tally;
use crate::{bindings, process, words};

/// Names of what is taken out of cargo's folder.
const PARTS: [&str; 4] = ["libbelay_ffi.a", "belay-relay", "belay", "xtask"];
const FOLDER: &str = "target/shells";

/// A folder with everything, and whether it is whole.
pub struct Kit {
    pub folder: PathBuf,
    pub whole: bool,
    pub report: Report,
}

/// Builds and generates. The parts are links of their own: what cargo builds later does not change them under a running
/// test.
pub fn make(root: &Path) -> Kit {
    const NAME: &str = "bindings and words";
    let started = Instant::now();
    let folder = root.join(FOLDER);
    let mut output = String::new();
    let whole = match fill(root, &folder, &mut output) {
        Ok(()) => true,
        Err(error) => {
            output.push_str(&format!("  problem: {error}\n"));
            false
        }
    };
    let report = Report {
        name: NAME,
        tally: Tally::of(whole),
        took: started.elapsed(),
        output,
        not_run: None,
    };
    Kit {
        folder,
        whole,
        report,
    }
}

fn fill(root: &Path, folder: &Path, output: &mut String) -> io::Result<()> {
    // All of the workspace, although only some of it is wanted: with other packages beside them, crates get other
    // features and would be compiled once more.
    let mut build = process::cargo(root);
    build.args(["build", "--quiet", "--workspace"]);
    let built = job::run(root, "kit", &mut build);
    output.push_str(&built.output);
    if !built.succeeded {
        return Err(io::Error::other("the workspace is not built"));
    }
    bindings::make(root, folder)?;
    words::make(root).map_err(io::Error::other)?;
    std::fs::create_dir_all(folder)?;
    let cargo = cargo_folder()?;
    let library = process::library_name("belay_ffi");
    for part in PARTS.iter().copied().chain([library.as_str()]) {
        let to = folder.join(part);
        if to.exists() {
            std::fs::remove_file(&to)?;
        }
        let from = cargo.join(part);
        // Another file system takes no link.
        std::fs::hard_link(&from, &to)
            .or_else(|_| std::fs::copy(&from, &to).map(drop))
            .map_err(|error| io::Error::other(format!("{}: {error}", from.display())))?;
    }
    Ok(())
}

/// Where cargo built this very program, and so everything else.
fn cargo_folder() -> io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    program
        .parent()
        .map(Path::to_path_buf)
        .ok_or_else(|| io::Error::other("this program lies in no folder"))
}
