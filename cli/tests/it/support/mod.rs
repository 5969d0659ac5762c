//! Real `belay` processes on a store of their own.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, and each test file uses a part of this"
)]

#[cfg(unix)]
pub mod disk;
pub mod network;
pub mod rooms;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder with a store, or one where a store may come to be.
pub struct Place {
    dir: tempfile::TempDir,
}

/// How a process ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    /// An empty place.
    pub fn empty() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// A store with its key in a file.
    pub fn begun(name: &str) -> Self {
        let place = Self::empty();
        place
            .run(&["init", "--name", name, "--key", "file", "--agree"])
            .done();
        place
    }

    /// The folder that everything of this place lies in.
    pub fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// The store's folder.
    pub fn store(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    /// A file beside the store's folder, with this text.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs `belay` with nothing on standard input.
    pub fn run(&self, words: &[&str]) -> Ran {
        self.run_with(words, &[], "")
    }

    /// Runs `belay` with variables and input of its own.
    pub fn run_with(&self, words: &[&str], env: &[(&str, &str)], input: &str) -> Ran {
        let mut command = self.command(words);
        command.envs(env.iter().copied());
        Ran::of(&mut command, input.as_bytes())
    }

    /// The command, its pipes and its environment, in which nothing of this machine is left.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belay"));
        command
            .args(words)
            .env_clear()
            .env("HOME", self.dir.path())
            .env("TMPDIR", self.dir.path())
            .env("BELAY_DIR", self.store())
            .env("BELAY_ZONE", "Europe/Berlin")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a query and reads its answer as one JSON value.
    pub fn json(&self, words: &[&str]) -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        self.run(&words).done().json()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// Runs a command with this on its standard input.
    pub fn of(command: &mut Command, input: &[u8]) -> Self {
        let mut child = command.spawn().unwrap();
        // The process may end without reading it all.
        let _ = child.stdin.take().unwrap().write_all(input);
        Self::from(child.wait_with_output().unwrap())
    }

    /// It must have gone well.
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.code, 0, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// It must have ended with this exit code and this line of codes.
    #[track_caller]
    pub fn refused(self, code: i32, line: &str) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        let line = format!("code: {line}");
        assert!(
            self.err.lines().any(|said| said == line),
            "expected {line} in {}",
            self.err
        );
        self
    }

    /// The last line of the answer as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(self.out.lines().last().unwrap()).unwrap()
    }
}

/// Every file below a folder, for comparing before and after.
pub fn contents(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(contents(&path));
        } else {
            files.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}
