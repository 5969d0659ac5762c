//! A file that outgrows its name is two files.

use std::path::Path;

use crate::files;
use crate::findings::Findings;

/// Where a file gets a note.
const SOFT: usize = 400;
/// Where the check fails.
const HARD: usize = 450;
/// Folders with data that tests read; their length says nothing about the code.
const TEST_DATA: [&str; 3] = ["/exemplars/", "/data/", "/vectors/"];

/// Counts the lines of every Rust source in the tree.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    let sources = match files::with_extension(root, "rs") {
        Ok(sources) => sources,
        Err(error) => {
            findings.problem(format!("cannot list the sources: {error}"));
            return findings;
        }
    };
    for path in sources {
        let shown = files::shown(root, &path);
        if TEST_DATA.iter().any(|folder| shown.contains(folder)) {
            continue;
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => judge(&shown, text.lines().count(), &mut findings),
            Err(error) => findings.problem(format!("{shown}: {error}")),
        }
    }
    findings
}

fn judge(shown: &str, lines: usize, findings: &mut Findings) {
    if lines > HARD {
        findings.problem(format!("{shown} has {lines} lines; {HARD} is the most"));
    } else if lines > SOFT {
        findings.note(format!("{shown} has {lines} lines; aim for {SOFT}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_noted_and_very_long_ones_fail() {
        let mut findings = Findings::default();
        judge("a.rs", SOFT, &mut findings);
        assert!(findings.notes.is_empty() && findings.is_clean());
        judge("b.rs", SOFT + 1, &mut findings);
        assert_eq!((findings.notes.len(), findings.problems.len()), (1, 0));
        judge("c.rs", HARD + 1, &mut findings);
        assert_eq!((findings.notes.len(), findings.problems.len()), (1, 1));
    }
}
