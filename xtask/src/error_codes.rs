//! `cargo xtask errors`: docs/errors.md lists exactly the stable codes that the sources can give.
//!
//! The sources say their codes in a constant whose name ends in `CODES`, a list of string literals; the document says
//! them in backticks in the first column of its tables.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::files;
use crate::findings::Findings;
use crate::markdown;
use crate::source;

const FILE: &str = "docs/errors.md";

/// Folders that give codes to people or programs outside; each must hold at least one list.
const SOURCES: [&str; 2] = ["core/engine/src", "core/protocol/src/relay"];

/// Compares the document with the lists in the sources.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    let mut given = BTreeSet::new();
    for folder in SOURCES {
        match codes_below(root, folder) {
            Ok(codes) if codes.is_empty() => {
                findings.problem(format!("{folder}: no constant whose name ends in CODES"));
            }
            Ok(codes) => given.extend(codes),
            Err(error) => findings.problem(format!("{folder}: {error}")),
        }
    }
    match std::fs::read_to_string(root.join(FILE)) {
        Ok(text) => findings.absorb(compare(&text, &given)),
        Err(error) => findings.problem(format!("{FILE}: {error}")),
    }
    findings
}

fn codes_below(root: &Path, folder: &str) -> std::io::Result<BTreeSet<String>> {
    let mut codes = BTreeSet::new();
    for path in files::with_extension(&root.join(folder), "rs")? {
        codes.extend(codes_in(&std::fs::read_to_string(path)?));
    }
    Ok(codes)
}

/// The string literals of every `const ..CODES: .. = ..;` outside test modules.
fn codes_in(text: &str) -> Vec<String> {
    let (code, _) = source::without_tests(text);
    let literals = source::literals(text);
    let words: Vec<_> = source::words(&code).collect();
    let mut found = Vec::new();
    for pair in words.windows(2) {
        let ((_, keyword), (at, name)) = (pair[0], pair[1]);
        if keyword != "const" || !(name == "CODES" || name.ends_with("_CODES")) {
            continue;
        }
        // The type may hold a `;` (an array's length); the value starts after the `=`.
        let Some(value) = code[at..].find('=').map(|offset| at + offset) else {
            continue;
        };
        let end = code[value..]
            .find(';')
            .map_or(code.len(), |offset| value + offset);
        found.extend(
            literals
                .iter()
                .filter(|(start, _)| (value..end).contains(start))
                .map(|(_, literal)| (*literal).to_owned()),
        );
    }
    found
}

/// Codes in the first column of the document's tables, with their lines.
fn documented(text: &str) -> Vec<(usize, String)> {
    markdown::prose(text)
        .filter_map(|(line, text)| {
            let cells = markdown::cells(text)?;
            let code = cells.first()?.strip_prefix('`')?.strip_suffix('`')?;
            Some((line, code.to_owned()))
        })
        .collect()
}

fn compare(text: &str, given: &BTreeSet<String>) -> Findings {
    let mut findings = Findings::default();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (line, code) in documented(text) {
        if !given.contains(&code) {
            findings.problem(format!("{FILE}:{line}: nothing gives the code `{code}`"));
        }
        if let Some(first) = known.insert(code.clone(), line) {
            findings.problem(format!(
                "{FILE}:{line}: `{code}` stands on line {first} already"
            ));
        }
    }
    for code in given {
        if !known.contains_key(code) {
            findings.problem(format!("{FILE}: the code `{code}` is missing"));
        }
    }
    findings.note(format!("{} stable codes", given.len()));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_from_their_constants_only() {
        let text = "
            /// Not \"this\".
            pub const CODES: [&str; 2] = [\"locked\", /* \"no\" */ \"offline\"];
            const PROBLEM_CODES: &[&str] = &[\"too_large\"];
            const OTHER: &str = \"other\";
            #[cfg(test)]
            mod tests { const CODES: &[&str] = &[\"in_a_test\"]; }
        ";
        assert_eq!(codes_in(text), ["locked", "offline", "too_large"]);
    }

    #[test]
    fn a_document_that_says_more_less_or_twice_is_found() {
        let given = BTreeSet::from(["a".to_owned(), "b".to_owned()]);
        assert!(compare("| Code | x |\n| `a` | x |\n| `b` | x |\n", &given).is_clean());
        let found = compare("| `a` | x |\n| `a` | x |\n| `c` | x |\n", &given);
        assert_eq!(
            found.problems,
            [
                "docs/errors.md:2: `a` stands on line 1 already",
                "docs/errors.md:3: nothing gives the code `c`",
                "docs/errors.md: the code `b` is missing",
            ]
        );
    }
}
