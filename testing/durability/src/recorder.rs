//! Building the recorder and loading it into a process.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::{Line, workload};

/// Where a process ends.
#[derive(Debug, Clone, Copy)]
pub struct Kill {
    /// The number of the recorded call that does not happen any more, counted from 1.
    pub at: u64,
    /// If that is a write, half of it happens.
    pub torn: bool,
}

/// The library that is loaded into processes, built from `recorder.c` with the system's C compiler.
#[derive(Debug)]
pub struct Recorder {
    library: PathBuf,
    _dir: TempDir,
}

impl Recorder {
    /// The recorder of this test program, built when first asked for.
    ///
    /// # Panics
    /// When there is no C compiler.
    pub fn get() -> &'static Self {
        static BUILT: OnceLock<Recorder> = OnceLock::new();
        BUILT.get_or_init(|| {
            let dir = tempfile::tempdir().unwrap();
            let library = dir.path().join("recorder.so");
            let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("recorder.c");
            let built = Command::new("cc")
                .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"])
                .arg("-o")
                .args([&library, &source])
                .arg("-pthread")
                .status()
                .expect("a C compiler, as for building Belay itself");
            assert!(built.success(), "the recorder does not build");
            Self { library, _dir: dir }
        })
    }

    /// Lets the command's process note what it does to `root`, an absolute path without links, in `log`.
    pub fn attach(&self, command: &mut Command, root: &Path, log: &Path, kill: Option<Kill>) {
        command
            .env("LD_PRELOAD", &self.library)
            .env("BELAY_RECORDER_ROOT", root)
            .env("BELAY_RECORDER_LOG", log)
            .env_remove("BELAY_RECORDER_KILL")
            .env_remove("BELAY_RECORDER_TEAR");
        if let Some(kill) = kill {
            command.env("BELAY_RECORDER_KILL", kill.at.to_string());
            if kill.torn {
                command.env("BELAY_RECORDER_TEAR", "1");
            }
        }
    }
}

/// Runs the driver to its end or to its kill and gives what it said. Whether it was killed is the second
/// part.
///
/// # Panics
/// When it ends in any other way.
#[must_use]
pub fn driver_lines(mut command: Command) -> (Vec<Line>, bool) {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    let killed = std::os::unix::process::ExitStatusExt::signal(&output.status) == Some(9);
    assert!(killed || output.status.success(), "{}", output.status);
    (workload::lines(&output.stdout), killed)
}
