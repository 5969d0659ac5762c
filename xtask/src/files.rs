//! Where the workspace is and which files it has. Every path shown to a person is relative to the root.

use std::io;
use std::path::{Path, PathBuf};

/// Folders that hold no sources of ours: build output and what a fuzz run leaves.
const SKIPPED: [&str; 4] = ["target", "corpus", "artifacts", "node_modules"];

/// Finds the root by walking up from the current folder, so that a moved clone keeps working.
pub fn workspace_root() -> io::Result<PathBuf> {
    let here = std::env::current_dir()?;
    here.ancestors()
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| io::Error::other("not inside a clone of the workspace"))
}

/// All files below `folder` whose name ends in `.extension`, sorted; hidden folders and build output are left out.
pub fn with_extension(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, extension, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !name.starts_with('.') && !SKIPPED.contains(&name.as_ref()) {
                collect(&entry.path(), extension, found)?;
            }
        } else if kind.is_file() && entry.path().extension().is_some_and(|e| e == extension) {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// The path as shown to a person: relative to the root, with forward slashes.
pub fn shown(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
