//! The shared screens in windows: how they are built and started, and the programs that live as long as they do.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::{job, kotlin};

const MODULE: &str = "android/desktop";
const MAIN: &str = "app.belay.desktop.MainKt";

/// Programs that end when this is dropped, the last one first.
#[derive(Default)]
pub struct Running {
    programs: Vec<(String, Child)>,
}

impl Running {
    /// Takes a program over.
    pub fn add(&mut self, name: &str, child: Child) {
        self.programs.push((name.to_owned(), child));
    }

    /// The name of a program that has ended by itself.
    pub fn ended(&mut self) -> io::Result<Option<String>> {
        for (name, child) in &mut self.programs {
            if child.try_wait()?.is_some() {
                return Ok(Some(name.clone()));
            }
        }
        Ok(None)
    }

    /// Waits until the program of this name has ended.
    pub fn wait_for(&mut self, name: &str) -> io::Result<()> {
        for (of, child) in &mut self.programs {
            if of == name {
                child.wait()?;
            }
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for (name, child) in self.programs.iter_mut().rev() {
            if let Err(error) = child.kill().and_then(|()| child.wait().map(drop)) {
                println!(
                    "  problem: {name} (process {}) cannot be ended: {error}",
                    child.id()
                );
            }
        }
    }
}

/// Builds the window by Maven, without tests. An error is what Maven said.
pub fn build(root: &Path, kit: &Path) -> Result<(), String> {
    let mut command = kotlin::maven(root, kit);
    command.args([
        "--projects",
        "desktop",
        "--also-make",
        "-DskipTests",
        "package",
    ]);
    let finished = job::run(root, "desktop", &mut command);
    if finished.succeeded {
        Ok(())
    } else {
        Err(finished.output)
    }
}

/// A relay on this machine; gives the address that others reach it by once it listens.
pub fn start_relay(
    kit: &Path,
    data: &Path,
    listen: &str,
    running: &mut Running,
) -> io::Result<String> {
    let mut child = Command::new(kit.join("belay-relay"))
        .arg("--data")
        .arg(data)
        .args(["--listen", listen])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take();
    running.add("relay", child);
    let mut lines =
        BufReader::new(output.ok_or_else(|| io::Error::other("the relay says nothing"))?);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        if let Some((_, origin)) = line
            .trim()
            .split_once(" as ")
            .filter(|_| line.starts_with("listening on "))
        {
            let origin = origin.to_owned();
            // What it says later is read and let go, so that it never waits for a reader.
            std::thread::spawn(move || io::copy(&mut lines, &mut io::sink()));
            return Ok(origin);
        }
        line.clear();
    }
    Err(io::Error::other(format!(
        "the relay did not begin to listen on {listen}"
    )))
}

/// One window of its own folder.
pub struct Window<'a> {
    pub name: &'a str,
    pub folder: &'a Path,
    pub relay: &'a str,
    /// The X display to draw on, where it is not the present one.
    pub display: Option<&'a str>,
    /// Where it writes what it has to say.
    pub log: &'a Path,
}

/// Starts a window.
pub fn start_window(
    root: &Path,
    kit: &Path,
    window: &Window<'_>,
    running: &mut Running,
) -> io::Result<()> {
    std::fs::create_dir_all(window.folder)?;
    let log = File::create(window.log)?;
    let mut command = Command::new("java");
    command
        .arg(format!("-Djna.library.path={}", kit.display()))
        .arg("-cp")
        .arg(class_path(root)?)
        .arg(MAIN)
        .arg("--dir")
        .arg(window.folder)
        .args(["--name", window.name, "--relay", window.relay])
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    if let Some(display) = window.display {
        // A display without a graphics card.
        command
            .env("DISPLAY", display)
            .env("SKIKO_RENDER_API", "SOFTWARE");
    }
    running.add(window.name, command.spawn()?);
    Ok(())
}

/// The module's own jar or classes, then what Maven wrote down beside them.
fn class_path(root: &Path) -> io::Result<std::ffi::OsString> {
    let target = root.join(MODULE).join("target");
    let written = std::fs::read_to_string(target.join("classpath.txt"))?;
    let parts: Vec<PathBuf> = std::iter::once(target.join("classes"))
        .chain(std::env::split_paths(written.trim()))
        .collect();
    std::env::join_paths(parts).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn sleeper() -> Child {
        Command::new("sleep").arg("1000").spawn().unwrap()
    }

    #[test]
    fn programs_end_with_whoever_started_them() {
        let mut running = Running::default();
        let child = sleeper();
        let id = child.id();
        running.add("a", child);
        assert_eq!(running.ended().unwrap(), None);
        drop(running);
        assert!(
            !Command::new("kill")
                .args(["-0", &id.to_string()])
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
    }

    #[test]
    fn a_program_that_ended_by_itself_is_named() {
        let mut running = Running::default();
        running.add("a", sleeper());
        let mut short = Command::new("true").spawn().unwrap();
        short.wait().unwrap();
        running.add("b", short);
        assert_eq!(running.ended().unwrap().as_deref(), Some("b"));
    }
}
