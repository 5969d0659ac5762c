//! Whatever the core can say has words: every error with its reasons, rules and relay codes, and every choice of the
//! model. The stable words are read from the sources, so a new one without words fails.

use std::collections::BTreeSet;
use std::path::Path;

use super::catalogue::{Area, Catalogue};
use crate::error_codes::{Place, words_in};
use crate::findings::Findings;
use crate::source;

/// A list of stable words, and the texts each must have.
struct Covered {
    source: &'static str,
    place: Words,
    area: &'static str,
    /// Put before the stable word to make the key.
    prefix: &'static str,
    /// Ends of the keys: an error has a second text, what to do.
    endings: &'static [&'static str],
}

/// Where the stable words stand.
enum Words {
    /// As in docs/errors.md.
    Listed(Place),
    /// The labels of an enum in `word_enum!` or steps in `five_steps!`.
    Labels(&'static str),
}

const TITLE_AND_ADVICE: &[&str] = &["", "_do"];

const fn errors(source: &'static str, place: Place, prefix: &'static str) -> Covered {
    Covered {
        source,
        place: Words::Listed(place),
        area: "errors",
        prefix,
        endings: TITLE_AND_ADVICE,
    }
}

const fn labels(
    source: &'static str,
    name: &'static str,
    area: &'static str,
    prefix: &'static str,
) -> Covered {
    Covered {
        source,
        place: Words::Labels(name),
        area,
        prefix,
        endings: &[""],
    }
}

const COVERED: [Covered; 18] = [
    errors("core/engine/src/error.rs", Place::Constant("CODES"), ""),
    errors(
        "core/engine/src/error.rs",
        Place::Constant("REASONS"),
        "unavailable_",
    ),
    errors(
        "core/engine/src/relays/words.rs",
        Place::Constant("RELAY_WORDS"),
        "relay_",
    ),
    errors(
        "core/model/src/error.rs",
        Place::Function("word"),
        "invalid_input_",
    ),
    errors(
        "core/engine/src/recovery/words.rs",
        Place::Constant("WORD_RULES"),
        "invalid_input_",
    ),
    errors(
        "core/protocol/src/relay/problem.rs",
        Place::Macro("codes"),
        "relay_refused_",
    ),
    labels("core/model/src/emotion.rs", "Emotion", "feelings", ""),
    labels("core/model/src/mood.rs", "Mood", "moods", ""),
    labels("core/model/src/energy.rs", "Energy", "energies", ""),
    labels("core/model/src/need.rs", "Need", "needs", ""),
    labels(
        "core/model/src/response.rs",
        "ResponseKind",
        "responses",
        "",
    ),
    labels("core/model/src/outcome.rs", "OutcomeStatus", "outcomes", ""),
    labels("core/model/src/weekday.rs", "Weekday", "weekdays", ""),
    labels("core/model/src/weekday.rs", "Weekday", "weekdays", "short_"),
    labels("core/model/src/weekday.rs", "Weekday", "weekdays", "their_"),
    labels(
        "core/model/src/audience.rs",
        "CheckInField",
        "fields",
        "check_in_",
    ),
    labels("core/model/src/audience.rs", "GoalField", "fields", "goal_"),
    labels(
        "core/model/src/check_in.rs",
        "CheckInTemplate",
        "templates",
        "",
    ),
];

/// Compares the catalogue with the sources of the core.
pub fn check(root: &Path, catalogue: &Catalogue, findings: &mut Findings) {
    for covered in &COVERED {
        let text = match std::fs::read_to_string(root.join(covered.source)) {
            Ok(text) => text,
            Err(error) => {
                findings.problem(format!("{}: {error}", covered.source));
                continue;
            }
        };
        let words = match covered.place {
            Words::Listed(place) => words_in(&text, place),
            Words::Labels(name) => labels_of(&text, name),
        };
        if words.is_empty() {
            findings.problem(format!(
                "{}: no stable words where they were",
                covered.source
            ));
        }
        let area = catalogue
            .areas
            .iter()
            .find(|area| area.name == covered.area);
        for missing in missing(area, covered, &words) {
            findings.problem(format!(
                "words/{}.toml: [{missing}] is missing, which {} can say",
                covered.area, covered.source
            ));
        }
    }
}

/// docs/content.md has a row for every area with safety texts, and none for others.
pub fn check_safety(root: &Path, catalogue: &Catalogue, findings: &mut Findings) {
    const FILE: &str = "docs/content.md";
    let text = match std::fs::read_to_string(root.join(FILE)) {
        Ok(text) => text,
        Err(error) => {
            findings.problem(format!("{FILE}: {error}"));
            return;
        }
    };
    for area in &catalogue.areas {
        let row = format!("| `words/{}.toml` |", area.name);
        let named = text.contains(&row);
        if area.texts.iter().any(|text| text.safety) != named {
            let what = if named {
                "has no safety text"
            } else {
                "needs a row for its safety texts"
            };
            findings.problem(format!("{FILE}: words/{}.toml {what}", area.name));
        }
    }
}

fn missing(area: Option<&Area>, covered: &Covered, words: &[String]) -> Vec<String> {
    let given: BTreeSet<&str> = area
        .filter(|area| area.lookup)
        .map(|area| area.plain().map(|text| text.key.as_str()).collect())
        .unwrap_or_default();
    words
        .iter()
        .flat_map(|word| {
            covered
                .endings
                .iter()
                .map(move |ending| format!("{}{}{ending}", covered.prefix, key(word)))
        })
        .filter(|key| !given.contains(key.as_str()))
        .collect()
}

/// `already-exists` and `I hear you` as keys.
fn key(word: &str) -> String {
    word.to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// The labels that follow `Name, "field", {` or `[` up to the closing bracket.
fn labels_of(text: &str, name: &str) -> Vec<String> {
    let code = source::masked(text);
    let Some(start) = code.find(&format!("{name}, \"")) else {
        return Vec::new();
    };
    let Some(open) = code[start..].find(['{', '[']).map(|at| start + at) else {
        return Vec::new();
    };
    let end = code[open..]
        .find(['}', ']'])
        .map_or(code.len(), |at| open + at);
    source::literals(text)
        .into_iter()
        .filter(|(at, _)| (open..end).contains(at))
        .map(|(_, label)| label.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_from_either_macro() {
        let words = "word_enum!(\n    /// X.\n    Need, \"need\", {\n        /// A.\n        Ask = 1, \"ask me\";\n        No = 2, \"nothing\";\n    }\n);";
        assert_eq!(labels_of(words, "Need"), ["ask me", "nothing"]);
        let steps = "five_steps!(\n    /// How.\n    Mood, \"mood\", [\"very hard\", \"hard\"]\n);";
        assert_eq!(labels_of(steps, "Mood"), ["very hard", "hard"]);
        assert_eq!(labels_of(steps, "Need"), Vec::<String>::new());
    }

    #[test]
    fn a_stable_word_without_both_of_its_texts_is_missed() {
        let source = "lookup = true\n[closed]\nen=\"a\"\nde=\"a\"\nes=\"a\"\n";
        let mut findings = Findings::default();
        let area = super::super::read::area("x", "errors", source, &mut findings);
        let covered = errors("", Place::Constant("CODES"), "");
        let words = ["closed".to_owned(), "not-found".to_owned()];
        assert_eq!(
            missing(area.as_ref(), &covered, &words),
            ["closed_do", "not_found", "not_found_do"]
        );
    }
}
