//! `cargo xtask phones`: two windows with the shared screens, each with a folder of its own, and a relay between them.
//! `cargo xtask phones --check` starts them on a display of their own, finds both windows and ends everything.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use super::desktop::{self, Running, Window};
use super::job::Report;
use super::{kit, tools};
use crate::tally::Tally;

/// The two people at the windows.
const PEOPLE: [&str; 2] = ["Sam", "Mira"];
/// The same every time, because the folders remember the relay.
const LISTEN: &str = "127.0.0.1:18117";
const FOLDER: &str = "target/phones";
const CHECK_FOLDER: &str = "target/phones-check";
/// How long a slow machine may take to show two windows.
const PATIENCE: Duration = Duration::from_secs(300);
const PAUSE: Duration = Duration::from_millis(500);

/// Runs the chore with its arguments: none, `--new` or `--check`.
pub fn run(root: &Path, args: &[String]) -> ExitCode {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if !matches!(args[..], [] | ["--new"] | ["--check"]) {
        eprintln!("xtask: phones takes nothing, `--new` to begin with empty folders, or `--check`");
        return ExitCode::from(2);
    }
    let check = args == ["--check"];
    if !check && cfg!(target_os = "linux") && std::env::var_os("DISPLAY").is_none() {
        eprintln!(
            "xtask: there is no display here; `cargo xtask phones --check` brings one of its own"
        );
        return ExitCode::FAILURE;
    }
    if let Err(install) = tools::Tools::find_kotlin(root) {
        eprintln!("xtask: phones: {install}");
        return ExitCode::FAILURE;
    }
    let kit = kit::make(root);
    print!("{}", kit.report.output);
    if !kit.whole {
        return ExitCode::FAILURE;
    }
    if let Err(output) = desktop::build(root, &kit.folder) {
        println!("{output}");
        return ExitCode::FAILURE;
    }
    let result = if check {
        let report = self::check(root, &kit.folder);
        print!("{}", report.output);
        Ok(report.tally.failed == 0)
    } else {
        show(root, &kit.folder, args == ["--new"]).map(|()| true)
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: phones: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Shows both windows until both are closed.
fn show(root: &Path, kit: &Path, anew: bool) -> io::Result<()> {
    let folder = root.join(FOLDER);
    if anew && folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let mut running = Running::default();
    let relay = desktop::start_relay(kit, &folder.join("relay"), LISTEN, &mut running)?;
    open_windows(root, kit, &folder, &relay, None, &mut running)?;
    println!(
        "{} have a window each; the relay between them is {relay}.",
        PEOPLE.join(" and ")
    );
    println!("What they write lies in {FOLDER}. Close both windows to end.");
    for name in PEOPLE {
        running.wait_for(name)?;
    }
    Ok(())
}

fn open_windows(
    root: &Path,
    kit: &Path,
    folder: &Path,
    relay: &str,
    display: Option<&str>,
    running: &mut Running,
) -> io::Result<()> {
    for name in PEOPLE {
        let own = folder.join(name);
        let log = folder.join(format!("{name}.log"));
        let window = Window {
            name,
            folder: &own,
            relay,
            display,
            log: &log,
        };
        desktop::start_window(root, kit, &window, running)?;
    }
    Ok(())
}

/// Starts both windows on a display of their own and finds them. The desktop module must be built.
pub fn check(root: &Path, kit: &Path) -> Report {
    const NAME: &str = "two windows and a relay";
    let started = Instant::now();
    let found = find_windows(root, kit);
    let output = match &found {
        Ok(titles) => format!("found {}\n", titles.join(" and ")),
        Err(error) => format!("  problem: {error}\n{}", logs(root)),
    };
    Report {
        name: NAME,
        tally: Tally::of(found.is_ok()),
        took: started.elapsed(),
        output,
        not_run: None,
    }
}

fn find_windows(root: &Path, kit: &Path) -> io::Result<Vec<String>> {
    let folder = root.join(CHECK_FOLDER);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let mut running = Running::default();
    let display = start_display(&mut running)?;
    let relay = desktop::start_relay(kit, &folder.join("relay"), "127.0.0.1:0", &mut running)?;
    open_windows(root, kit, &folder, &relay, Some(&display), &mut running)?;
    let started = Instant::now();
    loop {
        let tree = Command::new("xwininfo")
            .args(["-root", "-tree", "-display", &display])
            .output()?;
        let titles = titles(&String::from_utf8_lossy(&tree.stdout));
        let found: Vec<String> = PEOPLE
            .iter()
            .filter_map(|name| titles.iter().find(|title| title.contains(name)).cloned())
            .collect();
        if found.len() == PEOPLE.len() {
            return Ok(found);
        }
        if let Some(name) = running.ended()? {
            return Err(io::Error::other(format!(
                "the program of {name} ended by itself"
            )));
        }
        if started.elapsed() > PATIENCE {
            return Err(io::Error::other(format!(
                "only these windows are there: {titles:?}"
            )));
        }
        std::thread::sleep(PAUSE);
    }
}

/// An X display in memory; gives its name.
fn start_display(running: &mut Running) -> io::Result<String> {
    let mut child = Command::new("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x1024x24",
            "-nolisten",
            "tcp",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = child.stdout.take();
    running.add("display", child);
    let mut number = String::new();
    if let Some(output) = output {
        BufReader::new(output).read_line(&mut number)?;
    }
    if number.trim().is_empty() {
        return Err(io::Error::other("Xvfb gives no display"));
    }
    Ok(format!(":{}", number.trim()))
}

/// The quoted titles of a window tree: `0x20000e "Belay – Sam": ("java" "java")  412x915+0+0`.
fn titles(tree: &str) -> Vec<String> {
    tree.lines()
        .filter_map(|line| line.trim().strip_prefix("0x"))
        .filter_map(|line| line.split_once('"')?.1.split_once("\":"))
        .map(|(title, _)| title.to_owned())
        .collect()
}

fn logs(root: &Path) -> String {
    PEOPLE
        .iter()
        .filter_map(|name| {
            std::fs::read_to_string(root.join(CHECK_FOLDER).join(format!("{name}.log"))).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_from_a_tree_of_windows() {
        let tree = r#"
  Root window id: 0x50c (the root window) (has no name)
     3 children:
     0x20000e "Belay – Sam": ("java" "java")  412x915+0+0  +0+0
     0x400007 (has no name): ()  1x1+0+0  +0+0
     0x40000e "Belay – Mira": ("java" "java")  412x915+0+0  +0+0
"#;
        assert_eq!(titles(tree), ["Belay – Sam", "Belay – Mira"]);
    }
}
