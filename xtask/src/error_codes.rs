//! `cargo xtask errors`: docs/errors.md lists exactly the stable words that the sources can give.
//!
//! The document says them in backticks in the first column of the table under a heading; the sources say them as string
//! literals, in a constant or in the one macro call that makes the relay's codes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::findings::Findings;
use crate::markdown;
use crate::source;

const FILE: &str = "docs/errors.md";

/// Where a source says its words.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// Every string in `const NAME: .. = ..;`.
    Constant(&'static str),
    /// The string after each `Name =` in the call `name! { .. }`.
    Macro(&'static str),
    /// Every string in the body of the first `fn name`.
    Function(&'static str),
}

/// One list of stable words.
struct List {
    /// The heading in the document under which its table stands.
    heading: &'static str,
    source: &'static str,
    place: Place,
}

const LISTS: [List; 7] = [
    List {
        heading: "Codes",
        source: "core/engine/src/error.rs",
        place: Place::Constant("CODES"),
    },
    List {
        heading: "Reasons",
        source: "core/engine/src/error.rs",
        place: Place::Constant("REASONS"),
    },
    List {
        heading: "Words about a relay",
        source: "core/engine/src/relays/words.rs",
        place: Place::Constant("RELAY_WORDS"),
    },
    List {
        heading: "Rules",
        source: "core/model/src/error.rs",
        place: Place::Function("word"),
    },
    List {
        heading: "Rules of goals",
        source: "core/model/src/goals/error.rs",
        place: Place::Function("word"),
    },
    List {
        heading: "Rules of recovery words",
        source: "core/engine/src/recovery/words.rs",
        place: Place::Constant("WORD_RULES"),
    },
    List {
        heading: "Codes of the relay",
        source: "core/protocol/src/relay/problem.rs",
        place: Place::Macro("codes"),
    },
];

/// Compares the document with the lists in the sources.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    let text = match std::fs::read_to_string(root.join(FILE)) {
        Ok(text) => text,
        Err(error) => {
            findings.problem(format!("{FILE}: {error}"));
            return findings;
        }
    };
    let documented = documented(&text);
    for list in LISTS {
        match std::fs::read_to_string(root.join(list.source)) {
            Ok(source) => {
                let given: BTreeSet<String> = words_in(&source, list.place).into_iter().collect();
                if given.is_empty() {
                    findings.problem(format!("{}: {:?} is not there", list.source, list.place));
                }
                let none = Vec::new();
                let rows = documented.get(list.heading).unwrap_or(&none);
                findings.absorb(compare(list.heading, rows, &given));
            }
            Err(error) => findings.problem(format!("{}: {error}", list.source)),
        }
    }
    findings
}

/// The stable words that a source says at a place; test modules do not count.
pub fn words_in(text: &str, place: Place) -> Vec<String> {
    let (code, _) = source::without_tests(text);
    let Some((start, end)) = stretch(&code, place) else {
        return Vec::new();
    };
    source::literals(text)
        .into_iter()
        .filter(|(at, _)| (start..end).contains(at))
        .filter(|(at, _)| match place {
            Place::Constant(_) | Place::Function(_) => true,
            // The quote before the literal, and before that the sign that gives a name its text.
            Place::Macro(_) => code[..at - 1].trim_end().ends_with('='),
        })
        .map(|(_, literal)| literal.to_owned())
        .collect()
}

/// From where to where in masked code the list stands.
fn stretch(code: &str, place: Place) -> Option<(usize, usize)> {
    let words: Vec<_> = source::words(code).collect();
    match place {
        Place::Constant(name) => {
            let pair = words
                .windows(2)
                .find(|pair| pair[0].1 == "const" && pair[1].1 == name)?;
            // The type may hold a `;` (an array's length); the value starts after the `=`.
            let start = pair[1].0 + code[pair[1].0..].find('=')?;
            Some((start, start + code[start..].find(';')?))
        }
        Place::Function(name) => {
            let pair = words
                .windows(2)
                .find(|pair| pair[0].1 == "fn" && pair[1].1 == name)?;
            let start = pair[1].0 + code[pair[1].0..].find('{')?;
            let mut depth = 0_usize;
            let end = code[start..].find(|c| {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                depth == 0
            })?;
            Some((start, start + end))
        }
        Place::Macro(name) => {
            let (at, _) = words
                .iter()
                .find(|(at, word)| *word == name && code[at + word.len()..].starts_with("! {"))?;
            Some((*at, at + code[*at..].find('}')?))
        }
    }
}

/// Words in the first column of the document's tables, with their lines, under their headings.
fn documented(text: &str) -> BTreeMap<String, Vec<(usize, String)>> {
    let mut found: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let mut heading = String::new();
    for (line, text) in markdown::prose(text) {
        if let Some(title) = text.strip_prefix("## ") {
            title.trim().clone_into(&mut heading);
        } else if let Some(word) = markdown::cells(text).and_then(|cells| {
            let cell = cells.first()?.strip_prefix('`')?.strip_suffix('`')?;
            Some(cell.to_owned())
        }) {
            found.entry(heading.clone()).or_default().push((line, word));
        }
    }
    found
}

fn compare(heading: &str, rows: &[(usize, String)], given: &BTreeSet<String>) -> Findings {
    let mut findings = Findings::default();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (line, word) in rows {
        if !given.contains(word) {
            findings.problem(format!("{FILE}:{line}: nothing gives `{word}`"));
        }
        if let Some(first) = known.insert(word, *line) {
            findings.problem(format!(
                "{FILE}:{line}: `{word}` stands on line {first} already"
            ));
        }
    }
    for word in given {
        if !known.contains_key(word.as_str()) {
            findings.problem(format!("{FILE}: `{word}` is missing under \"{heading}\""));
        }
    }
    findings.note(format!("{} words under \"{heading}\"", given.len()));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_from_their_constant_only() {
        let text = "
            /// Not \"this\".
            pub const CODES: [&str; 2] = [\"locked\", /* \"no\" */ \"offline\"];
            const OTHER: &str = \"other\";
            #[cfg(test)]
            mod tests { const CODES: &[&str] = &[\"in_a_test\"]; }
        ";
        assert_eq!(
            words_in(text, Place::Constant("CODES")),
            ["locked", "offline"]
        );
        assert!(words_in(text, Place::Constant("REASONS")).is_empty());
    }

    #[test]
    fn words_are_read_from_their_macro_call_only() {
        let text = "
            macro_rules! codes { ($name:ident = $text:literal) => { const A: &str = \"no\"; } }
            codes! {
                /// Says \"why\".
                Stale = \"stale\", 401, \"The time is off.\";
                Busy = \"busy\", 503, \"Try again.\";
            }
            const B: &str = \"no\";
        ";
        assert_eq!(words_in(text, Place::Macro("codes")), ["stale", "busy"]);
    }

    #[test]
    fn words_are_read_from_the_body_of_their_function_only() {
        let text = "
            fn word(&self) -> &str { match self { Self::A { .. } => \"a\", Self::B => \"b\" } }
            fn other() -> &str { \"no\" }
        ";
        assert_eq!(words_in(text, Place::Function("word")), ["a", "b"]);
    }

    #[test]
    fn a_document_that_says_more_less_or_twice_is_found() {
        let given = BTreeSet::from(["a".to_owned(), "b".to_owned()]);
        let rows = |text: &str| documented(text).remove("Codes").unwrap_or_default();
        let whole =
            rows("## Codes\n| Code | x |\n| `a` | x |\n| `b` | x |\n## Other\n| `z` | x |\n");
        assert!(compare("Codes", &whole, &given).is_clean());
        let found = compare(
            "Codes",
            &rows("## Codes\n| `a` | x |\n| `a` | x |\n| `c` | x |\n"),
            &given,
        );
        assert_eq!(
            found.problems,
            [
                "docs/errors.md:3: `a` stands on line 2 already",
                "docs/errors.md:4: nothing gives `c`",
                "docs/errors.md: `b` is missing under \"Codes\"",
            ]
        );
    }
}
