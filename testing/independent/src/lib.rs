//! Runs the Python programs in `python/`, which answer the same questions as Belay without sharing a line
//! with it. Tests compare.
//!
//! The first test that asks makes an environment under `target/` with exactly the packages that
//! `python/requirements.txt` pins by hash, from the package index that pip is set up to use.

pub mod relay_file;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the environment is made from; it is made anew when this changes.
const REQUIREMENTS: &str = include_str!("../python/requirements.txt");

/// Runs `python/SCRIPT`, gives it `input`, and returns what it printed. The program sees time zones only from the
/// pinned `tzdata` package, never those of the machine.
///
/// # Panics
/// When there is no Python 3.9 or newer with `venv`, the packages cannot be installed, or the program
/// fails: what it said on standard error is in the panic.
#[must_use]
pub fn ask_python(script: &str, input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(python())
        .arg(folder().join(script))
        .env("PYTHONTZPATH", "")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the environment's Python starts");
    let mut stdin = child.stdin.take().expect("a pipe was asked for");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    let written = writer.join().expect("the writer does not panic");
    assert!(
        output.status.success() && written.is_ok(),
        "{script}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("python")
}

/// The Python of the environment, which is made by whoever comes first.
fn python() -> PathBuf {
    let target = std::env::current_exe().expect("a test has a path");
    let target = target
        .ancestors()
        .find(|path| path.join("CACHEDIR.TAG").is_file())
        .expect("tests run out of cargo's target folder");
    let environment = target.join("python");
    fs::create_dir_all(&environment).expect("a folder under target");
    let lock = File::create(environment.join("lock")).expect("a lock file");
    lock.lock().expect("a lock");
    let made_from = environment.join("made-from.txt");
    let python = environment.join("venv/bin/python");
    if fs::read_to_string(&made_from).ok().as_deref() != Some(REQUIREMENTS) {
        make_environment(&environment.join("venv"), &python);
        fs::write(&made_from, REQUIREMENTS).expect("a note of what it was made from");
    }
    python
}

fn make_environment(venv: &Path, python: &Path) {
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(venv));
    run(Command::new(python)
        .args(["-m", "pip", "install", "--quiet", "--require-hashes"])
        .args(["--only-binary", ":all:", "--disable-pip-version-check"])
        .arg("--requirement")
        .arg(folder().join("requirements.txt")));
}

fn run(command: &mut Command) {
    let output = command
        .output()
        .expect("these tests need python3 with venv (Debian: apt-get install python3-venv)");
    assert!(
        output.status.success(),
        "{command:?}: these tests need python3 with venv (Debian: apt-get install python3-venv)\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
