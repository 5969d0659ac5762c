//! The person's own editor, for texts longer than a line. An editor needs a file, so for as long as it is
//! open the text lies in a private one: in memory where the system has such a place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use zeroize::Zeroizing;

use crate::error::{CliError, Result};
use crate::scratch::Scratch;

/// What came back from the editor.
pub struct Edited {
    /// The text. Bytes that are no text are shown as U+FFFD: the rest of the words must not be lost with them.
    pub text: String,
    /// Where the text may still lie, if it could not be removed.
    pub left: Option<PathBuf>,
}

/// The editor that VISUAL or EDITOR names.
pub fn chosen() -> Option<String> {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|editor| !editor.trim().is_empty())
}

/// Opens the text in the editor and gives what was made of it. The file is overwritten and removed afterwards,
/// whatever happens.
pub fn edit(editor: &str, text: &str) -> Result<Edited> {
    edit_in(&place(), editor, text).map_err(CliError::io("editor"))
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

fn edit_in(place: &Path, editor: &str, text: &str) -> io::Result<Edited> {
    let scratch = Scratch::make(place)?;
    let path = scratch.path().to_owned();
    let edited = run(editor, &scratch, text);
    // Trouble with cleaning up takes no words away.
    let left = scratch.remove().is_err().then_some(path);
    Ok(Edited {
        text: edited?,
        left,
    })
}

fn run(editor: &str, scratch: &Scratch, text: &str) -> io::Result<String> {
    let (path, mut file) = scratch.new_file("entry.md")?;
    file.write_all(text.as_bytes())?;
    drop(file);
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    // How the editor ended says nothing about the text: what is in the file counts.
    Command::new(program).args(words).arg(&path).status()?;
    let bytes = Zeroizing::new(fs::read(&path)?);
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    /// Edits "before" with a shell script as the editor; `$1` is the file.
    fn edit_with(place: &Path, script: &str) -> Edited {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("editor.sh");
        fs::write(&path, script).unwrap();
        edit_in(place, &format!("sh {}", path.display()), "before").unwrap()
    }

    #[test]
    fn what_lies_at_a_name_that_could_be_guessed_is_not_touched() {
        let place = tempfile::tempdir().unwrap();
        let diary = place.path().join("diary");
        fs::create_dir(&diary).unwrap();
        fs::write(diary.join("page"), "years of it").unwrap();
        let guessed = place.path().join(format!("belay-{}", std::process::id()));
        std::os::unix::fs::symlink(&diary, guessed).unwrap();
        let edited = edit_with(place.path(), "printf after > \"$1\"");
        assert_eq!((edited.text.as_str(), edited.left), ("after", None));
        let page = fs::read_to_string(diary.join("page")).unwrap();
        assert_eq!(page, "years of it");
    }

    #[test]
    fn the_words_come_back_whatever_the_editor_leaves_beside_them() {
        let place = tempfile::tempdir().unwrap();
        let script = "cd \"$(dirname \"$1\")\" && cp entry.md old~ && chmod 400 old~ && mkdir sub \
                      && cp entry.md sub/copy && chmod 500 sub && printf 'caf\\351 and more' > entry.md; exit 3";
        let edited = edit_with(place.path(), script);
        assert_eq!(edited.text, "caf\u{fffd} and more");
        assert_eq!(edited.left, None);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_words_come_back_and_it_is_said_when_they_could_not_be_cleared_away() {
        let place = tempfile::tempdir().unwrap();
        let script = "cd / && folder=\"$(dirname \"$1\")\" && mv \"$folder\" \"$folder.moved\" \
                      && ln -s \"$folder.moved\" \"$folder\" && printf after > \"$1\"";
        let edited = edit_with(place.path(), script);
        assert_eq!(edited.text, "after");
        assert!(edited.left.is_some());
    }
}
