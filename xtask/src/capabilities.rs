//! `cargo xtask capabilities`: the table of what Belay can do names real tests.
//!
//! A row of docs/capabilities.md is `| C5 | what it means | proof |`. A proof is either `not yet`, or tests written as
//! `` `belay-model: name_of_the_test` `` with commas between them; what is still open may follow as `; not yet: words`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::files;
use crate::findings::Findings;
use crate::layers::Graph;
use crate::markdown;
use crate::proofs;
use crate::rules;
use crate::source;

/// Every capability of the product: a letter for its area and how many there are, numbered from 1.
const AREAS: [(&str, usize); 11] = [
    ("J", 8),
    ("C", 6),
    ("G", 9),
    ("P", 6),
    ("K", 13),
    ("S", 7),
    ("R", 3),
    ("I", 3),
    ("X", 4),
    ("D", 6),
    ("Y", 5),
];

const FILE: &str = "docs/capabilities.md";

/// Tests of one crate by name; the value says whether the test is ignored.
type Tests = BTreeMap<String, bool>;

/// One row of the table.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    line: usize,
    id: String,
    meaning: String,
    proof: String,
}

/// What a proof cell says.
#[derive(Debug, PartialEq, Eq)]
enum Proof {
    NotYet,
    Tests(Vec<(String, String)>),
}

/// Compares the table with the product's ids and with the tests in the sources.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    let text = match std::fs::read_to_string(root.join(FILE)) {
        Ok(text) => text,
        Err(error) => {
            findings.problem(format!("{FILE}: {error}"));
            return findings;
        }
    };
    match tests_by_crate(root) {
        Ok(tests) => {
            findings.absorb(compare(&text, &tests));
            let by_name = tests.values().flatten();
            let by_name = by_name.map(|(name, ignored)| (name.as_str(), *ignored));
            findings.absorb(rules::check(root, &by_name.collect()));
            findings.absorb(proofs::check(root, &tests));
        }
        Err(error) => findings.problem(format!("cannot read the tests: {error}")),
    }
    findings
}

fn tests_by_crate(root: &Path) -> Result<BTreeMap<String, Tests>, String> {
    let graph = Graph::load(root).map_err(|error| error.to_string())?;
    let mut all = BTreeMap::new();
    for room in &graph.rooms {
        let mut tests = Tests::new();
        let sources = files::with_extension(&root.join(&room.folder), "rs")
            .map_err(|error| format!("{}: {error}", room.folder))?;
        for path in sources {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", files::shown(root, &path)))?;
            for test in source::test_functions(&text) {
                let ignored = tests.entry(test.name).or_insert(test.ignored);
                *ignored &= test.ignored;
            }
        }
        all.insert(room.name.clone(), tests);
    }
    Ok(all)
}

fn compare(text: &str, tests: &BTreeMap<String, Tests>) -> Findings {
    let mut findings = Findings::default();
    let known: BTreeSet<String> = AREAS
        .iter()
        .flat_map(|(area, count)| (1..=*count).map(move |number| format!("{area}{number}")))
        .collect();
    let mut seen = BTreeSet::new();
    let mut proved = 0;
    let mut named = BTreeSet::new();
    for row in rows(text) {
        let at = format!("{FILE}:{}", row.line);
        if !known.contains(&row.id) {
            findings.problem(format!("{at}: the product has no {}", row.id));
        }
        if !seen.insert(row.id.clone()) {
            findings.problem(format!("{at}: {} stands there twice", row.id));
        }
        if row.meaning.is_empty() {
            findings.problem(format!("{at}: {} says nothing", row.id));
        }
        match read_proof(&row.proof) {
            Ok(Proof::NotYet) => {}
            Ok(Proof::Tests(list)) => {
                proved += 1;
                for (of_crate, test) in list {
                    match tests.get(&of_crate).map(|tests| tests.get(&test)) {
                        None => findings.problem(format!("{at}: there is no crate {of_crate}")),
                        Some(None) => findings.problem(format!(
                            "{at}: {} is said to be proved by {test}, which {of_crate} does not have",
                            row.id
                        )),
                        Some(Some(true)) => {
                            findings.problem(format!("{at}: {test} is ignored and proves nothing"));
                        }
                        Some(Some(false)) => {
                            named.insert((of_crate, test));
                        }
                    }
                }
            }
            Err(why) => findings.problem(format!("{at}: {}: {why}", row.id)),
        }
    }
    for id in known.difference(&seen) {
        findings.problem(format!("{FILE}: {id} is missing"));
    }
    findings.note(format!(
        "{proved} of {} capabilities name tests, {} tests in all",
        known.len(),
        named.len()
    ));
    findings
}

/// The table rows whose first cell looks like an id: letters, then digits.
fn rows(text: &str) -> Vec<Row> {
    markdown::prose(text)
        .filter_map(|(line, text)| {
            let cells = markdown::cells(text)?;
            let id = *cells.first()?;
            let digits = id.trim_start_matches(|c: char| c.is_ascii_uppercase());
            let is_id = !digits.is_empty()
                && digits.len() < id.len()
                && digits.chars().all(|c| c.is_ascii_digit());
            let cell = |index: usize| cells.get(index).copied().unwrap_or_default().to_owned();
            is_id.then(|| Row {
                line,
                id: id.to_owned(),
                meaning: cell(1),
                proof: cell(2),
            })
        })
        .collect()
}

fn read_proof(cell: &str) -> Result<Proof, String> {
    let open = "not yet";
    if cell == open || cell.starts_with("not yet:") {
        return Ok(Proof::NotYet);
    }
    let (proved, rest) = cell.split_once(';').unwrap_or((cell, ""));
    let rest = rest.trim();
    if !rest.is_empty() && !rest.starts_with("not yet: ") {
        return Err("after `;` only `not yet: words` may follow".to_owned());
    }
    let mut list = Vec::new();
    for part in proved.split(',').map(str::trim) {
        let inside = part
            .strip_prefix('`')
            .and_then(|part| part.strip_suffix('`'))
            .ok_or_else(|| format!("`{part}` is neither `not yet` nor a test in backticks"))?;
        let (of_crate, test) = inside
            .split_once(": ")
            .ok_or_else(|| format!("`{inside}` is not written as `crate: test_name`"))?;
        list.push((of_crate.trim().to_owned(), test.trim().to_owned()));
    }
    Ok(Proof::Tests(list))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tests() -> BTreeMap<String, Tests> {
        let model = [
            ("days_are_civil".to_owned(), false),
            ("slow".to_owned(), true),
        ];
        BTreeMap::from([("belay-model".to_owned(), Tests::from(model))])
    }

    fn table(first: &str) -> String {
        let mut text = format!("| Id | Means | Proved by |\n| --- | --- | --- |\n{first}\n");
        for (area, count) in AREAS {
            for number in 1..=count {
                if area != "J" || number != 1 {
                    text.push_str(&format!("| {area}{number} | words | not yet |\n"));
                }
            }
        }
        text
    }

    #[test]
    fn a_whole_table_with_real_tests_passes() {
        let found = compare(
            &table("| J1 | words | `belay-model: days_are_civil`; not yet: tags |"),
            &tests(),
        );
        assert_eq!(found.problems, Vec::<String>::new());
        assert_eq!(
            found.notes,
            ["1 of 70 capabilities name tests, 1 tests in all"]
        );
    }

    #[test]
    fn a_test_that_does_not_exist_is_found() {
        let found = compare(
            &table("| J1 | words | `belay-model: days_are_long` |"),
            &tests(),
        );
        assert_eq!(found.problems.len(), 1);
        assert!(
            found.problems[0].contains("days_are_long"),
            "{:?}",
            found.problems
        );
        let found = compare(
            &table("| J1 | words | `belay-models: days_are_civil` |"),
            &tests(),
        );
        assert_eq!(
            found.problems,
            ["docs/capabilities.md:3: there is no crate belay-models"]
        );
    }

    #[test]
    fn an_ignored_test_proves_nothing() {
        let found = compare(&table("| J1 | words | `belay-model: slow` |"), &tests());
        assert_eq!(found.problems.len(), 1);
    }

    #[test]
    fn missing_double_and_unknown_ids_are_found() {
        let found = compare(
            &table("| Z9 | words | not yet |\n| J2 | words | not yet |"),
            &tests(),
        );
        let said = found.problems.join("\n");
        assert!(said.contains("the product has no Z9"), "{said}");
        assert!(said.contains("J2 stands there twice"), "{said}");
        assert!(said.contains("J1 is missing"), "{said}");
    }

    #[test]
    fn an_unreadable_proof_is_found() {
        for cell in [
            "",
            "soon",
            "days_are_civil",
            "`days_are_civil`",
            "`a: b`; later",
        ] {
            assert!(read_proof(cell).is_err(), "{cell}");
        }
        assert_eq!(read_proof("not yet"), Ok(Proof::NotYet));
    }
}
