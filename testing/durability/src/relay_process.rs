//! The relay's own program as a process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::{Kill, Recorder};

/// A relay that runs, under the recorder. Ended by [`RelayProcess::kill`] or by where the recorder kills it.
#[derive(Debug)]
pub struct RelayProcess {
    child: Child,
    origin: String,
}

/// The program, which `cargo xtask test` builds before the tests run.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    let program = folder.join("belay-relay");
    assert!(
        program.exists(),
        "build it first: cargo build -p belay-relay"
    );
    program
}

fn command(root: &Path, log: &Path, kill: Option<Kill>) -> Command {
    let mut command = Command::new(program());
    command
        .arg("--data")
        .arg(root.join("data"))
        .env_remove("BELAY_RELAY_CONFIG");
    Recorder::get().attach(&mut command, root, log, kill);
    command
}

impl RelayProcess {
    /// Starts one with its data in `root/data`; `None` if it was killed before it served.
    ///
    /// # Panics
    /// When it does not start for another reason.
    #[must_use]
    pub fn start(root: &Path, log: &Path, kill: Option<Kill>) -> Option<Self> {
        let mut command = command(root, log, kill);
        command
            .args(["--listen", "127.0.0.1:0"])
            .stderr(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut said).unwrap();
        let Some(address) = said.split(' ').nth(2) else {
            let status = child.wait().unwrap();
            let signal = std::os::unix::process::ExitStatusExt::signal(&status);
            assert_eq!(signal, Some(9), "it was killed while it started");
            return None;
        };
        Some(Self {
            origin: format!("http://{address}"),
            child,
        })
    }

    /// Lets the operator's command print codes, and gives them.
    ///
    /// # Panics
    /// When it does not.
    #[must_use]
    pub fn codes(root: &Path, log: &Path) -> String {
        Self::command(root, log, &["codes"])
    }

    /// Lets the operator's command do something with the data in `root/data`, and gives what it says.
    ///
    /// # Panics
    /// When it does not.
    #[must_use]
    pub fn command(root: &Path, log: &Path, words: &[&str]) -> String {
        let mut command = command(root, log, None);
        let output = command.args(words).output().unwrap();
        assert!(output.status.success(), "{}", output.status);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Where it is reached.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Asks it to stop, and waits until it has.
    ///
    /// # Panics
    /// When it does not stop in order.
    pub fn stop(mut self) {
        let asked = Command::new("sh")
            .args(["-c", &format!("kill -TERM {}", self.child.id())])
            .status();
        assert!(asked.unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }

    /// Ends it at once, if the recorder has not done so.
    ///
    /// # Panics
    /// When it ended in any other way.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        assert_eq!(signal, Some(9), "it did not end by itself");
    }
}
