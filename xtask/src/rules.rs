//! The documents of the protocol name tests that exist, and a rule without one says why.
//!
//! In docs/protocol.md and docs/crypto.md the name of a test stands in backticks. A rule whose row says
//! `no test yet` has a row in docs/testing.md, "Rules without a test, and why".

use std::collections::BTreeMap;
use std::path::Path;

use crate::findings::Findings;
use crate::markdown;

/// Where rules stand.
const FILES: [&str; 2] = ["docs/protocol.md", "docs/crypto.md"];
/// Where the reasons stand, and under which heading.
const REASONS: &str = "docs/testing.md";
const HEADING: &str = "## Rules without a test, and why";
const WITHOUT: &str = "no test yet";

/// Compares the documents with the tests, of which the value says whether they are ignored.
pub fn check(root: &Path, tests: &BTreeMap<&str, bool>) -> Findings {
    let mut findings = Findings::default();
    let mut read = |file: &str| {
        std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| {
            findings.problem(format!("{file}: {error}"));
            String::new()
        })
    };
    let texts = FILES.map(|file| (file, read(file)));
    let reasons = read(REASONS);
    findings.absorb(compare(&texts, &reasons, tests));
    findings
}

fn compare(texts: &[(&str, String)], reasons: &str, tests: &BTreeMap<&str, bool>) -> Findings {
    let mut findings = Findings::default();
    let explained = explained(reasons);
    let (mut named, mut without) = (0, 0);
    for (file, text) in texts {
        for (line, content) in markdown::prose(text) {
            for name in content
                .split('`')
                .skip(1)
                .step_by(2)
                .filter(|it| is_sentence(it))
            {
                named += 1;
                match tests.get(name) {
                    Some(false) => {}
                    Some(true) => findings.problem(format!(
                        "{file}:{line}: {name} is ignored and proves nothing"
                    )),
                    None => findings.problem(format!("{file}:{line}: there is no test {name}")),
                }
            }
            let Some(cells) = markdown::cells(content) else {
                continue;
            };
            if cells.last().is_some_and(|proof| proof.contains(WITHOUT)) {
                without += 1;
                let id = cells[0];
                if !explained.contains(&id) {
                    findings.problem(format!(
                        "{file}:{line}: {REASONS} does not say why {id} has no test"
                    ));
                }
            }
        }
    }
    findings.note(format!(
        "protocol and crypto name tests {named} times; {without} rules say why they have none"
    ));
    findings
}

/// Whether a word in backticks is the name of a test: sentences have many underscores, nothing else has.
fn is_sentence(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    word.chars().all(plain) && word.matches('_').count() >= 3
}

/// The first cells of the table under the heading.
fn explained(text: &str) -> Vec<&str> {
    markdown::prose(text)
        .map(|(_, line)| line)
        .skip_while(|line| *line != HEADING)
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| markdown::cells(line)?.first().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHY: &str = "## Rules without a test, and why\n| Rule | Why |\n| --- | --- |\n| I1 | chance |\n## More\n| I2 | no |\n";

    fn found(row: &str) -> Vec<String> {
        let tests = BTreeMap::from([("a_day_is_a_day", false), ("a_night_is_a_night", true)]);
        compare(&[("p.md", row.to_owned())], WHY, &tests).problems
    }

    #[test]
    fn rules_with_real_tests_or_a_reason_pass() {
        assert_eq!(found("| A1 | `x_y` | `a_day_is_a_day` |"), [""; 0]);
        assert_eq!(found("| I1 | words | no test yet |"), [""; 0]);
    }

    #[test]
    fn missing_and_ignored_tests_are_found_also_outside_tables() {
        assert_eq!(
            found("as shown by\n(`a_day_is_a_dawn`)"),
            ["p.md:2: there is no test a_day_is_a_dawn"]
        );
        assert_eq!(found("| A1 | words | `a_night_is_a_night` |").len(), 1);
    }

    #[test]
    fn a_rule_without_test_and_reason_is_found() {
        assert_eq!(
            found("| I2 | words | as I1; the limit: no test yet |"),
            ["p.md:1: docs/testing.md does not say why I2 has no test"]
        );
    }
}
