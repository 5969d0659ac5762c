//! The person's own editor, for texts longer than a line. An editor needs a file, so for as long as it is
//! open the text lies in a private one: in memory where the system has such a place.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{CliError, Result};

/// The editor that VISUAL or EDITOR names.
pub fn chosen() -> Option<String> {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|editor| !editor.trim().is_empty())
}

/// Opens the text in the editor and gives what was made of it. The file is emptied and removed afterwards,
/// whatever happens.
pub fn edit(editor: &str, text: &str) -> Result<String> {
    let dir = place().join(format!("belay-{}", std::process::id()));
    let edited = run(editor, &dir, text);
    let removed = remove(&dir);
    let edited = edited.map_err(CliError::io("editor"))?;
    removed.map_err(CliError::io("editor"))?;
    Ok(edited)
}

/// Where files live in memory only, if there is such a place.
fn place() -> PathBuf {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    [runtime, Some(PathBuf::from("/dev/shm"))]
        .into_iter()
        .flatten()
        .find(|dir| dir.is_dir())
        .unwrap_or_else(std::env::temp_dir)
}

fn run(editor: &str, dir: &Path, text: &str) -> io::Result<String> {
    make_private_dir(dir)?;
    let file = dir.join("entry.md");
    make_private(&file)?.write_all(text.as_bytes())?;
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    // How the editor ended says nothing about the text: what is in the file counts.
    Command::new(program).args(words).arg(&file).status()?;
    fs::read_to_string(&file)
}

fn remove(dir: &Path) -> io::Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if let Ok(length) = fs::metadata(&path).map(|about| about.len()) {
            let zeros = vec![0; usize::try_from(length).unwrap_or_default()];
            fs::write(&path, zeros)?;
        }
    }
    fs::remove_dir_all(dir)
}

#[cfg(unix)]
fn make_private_dir(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(dir)
}

#[cfg(not(unix))]
fn make_private_dir(dir: &Path) -> io::Result<()> {
    fs::create_dir(dir)
}

fn make_private(file: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(file)
}
