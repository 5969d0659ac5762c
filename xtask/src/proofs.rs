//! What the documents about safety, the stores' review and the field say is tested, is tested.
//!
//! A row there is `| id | words .. | proof |`. A proof names tests in backticks with commas between them: of a crate as
//! `` `belay-model: name_of_the_test` ``, of a shell by its file, as `` `Kotlin HelpModelTest: the steps go on` `` and
//! `` `Swift HelpTests: Each of one's own people` ``. What is open follows as `; not yet: words`, what no test can see as
//! `; no test: words`; either may stand alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::files;
use crate::findings::Findings;
use crate::markdown;

/// Tests by the crate or file they stand in; the value says whether one is left out.
type Known = BTreeMap<String, BTreeMap<String, bool>>;

/// A table with a proof in its last column.
struct Table {
    file: &'static str,
    /// The heading it stands under; without one the whole file counts.
    heading: Option<&'static str>,
    /// What an id begins with.
    letter: &'static str,
    /// How many rows there are, numbered from 1.
    rows: usize,
}

const TABLES: [Table; 3] = [
    Table {
        file: "docs/safety.md",
        heading: None,
        letter: "",
        rows: 32,
    },
    Table {
        file: "docs/store-review.md",
        heading: None,
        letter: "V",
        rows: 12,
    },
    Table {
        file: "docs/testing.md",
        heading: Some("## What goes wrong in the field"),
        letter: "F",
        rows: 26,
    },
];

/// Reasons shorter than this say nothing.
const SHORTEST_REASON: usize = 12;

/// Compares the tables with the tests of the crates, and with those of both shells.
pub fn check(root: &Path, crates: &Known) -> Findings {
    let mut findings = Findings::default();
    let mut known = crates.clone();
    for (folder, extension) in [("android", "kt"), ("ios", "swift")] {
        if let Err(error) = add_shell(&root.join(folder), extension, &mut known) {
            findings.problem(format!("{folder}: {error}"));
        }
    }
    for table in &TABLES {
        match std::fs::read_to_string(root.join(table.file)) {
            Ok(text) => findings.absorb(compare(table, &text, &known)),
            Err(error) => findings.problem(format!("{}: {error}", table.file)),
        }
    }
    findings
}

fn add_shell(folder: &Path, extension: &str, known: &mut Known) -> std::io::Result<()> {
    for path in files::with_extension(folder, extension)? {
        let text = std::fs::read_to_string(&path)?;
        let tests = if extension == "kt" {
            kotlin_tests(&text)
        } else {
            swift_tests(&text)
        };
        if let (false, Some(name)) = (tests.is_empty(), path.file_stem()) {
            let language = if extension == "kt" { "Kotlin" } else { "Swift" };
            let name = format!("{language} {}", name.to_string_lossy());
            known.entry(name).or_default().extend(tests);
        }
    }
    Ok(())
}

/// Functions with a sentence for a name that are marked as tests.
fn kotlin_tests(text: &str) -> Vec<(String, bool)> {
    let mut tests = Vec::new();
    let mut marks = String::new();
    for line in text.lines().map(str::trim) {
        if let Some((before, rest)) = line.split_once("fun `") {
            marks.push_str(before);
            if let Some((name, _)) = rest.split_once('`').filter(|_| marks.contains("@Test")) {
                let left_out = marks.contains("@Ignore") || marks.contains("@Disabled");
                tests.push((name.to_owned(), left_out));
            }
            marks.clear();
        } else if line.starts_with('@') {
            marks.push_str(line);
        } else {
            marks.clear();
        }
    }
    tests
}

/// Tests that carry a sentence.
fn swift_tests(text: &str) -> Vec<(String, bool)> {
    let lines = text.lines().map(str::trim);
    lines
        .filter_map(|line| {
            let (name, rest) = line.strip_prefix("@Test(\"")?.split_once('"')?;
            let left_out = rest.contains(".disabled") || rest.contains(".enabled");
            Some((name.to_owned(), left_out))
        })
        .collect()
}

fn compare(table: &Table, text: &str, known: &Known) -> Findings {
    let mut findings = Findings::default();
    let mut missing: BTreeSet<String> = (1..=table.rows)
        .map(|number| format!("{}{number}", table.letter))
        .collect();
    let (mut named, mut open) = (0, 0);
    for (line, content) in part(text, table.heading) {
        let Some(cells) = markdown::cells(content) else {
            continue;
        };
        let (Some(id), Some(proof)) = (cells.first(), cells.last()) else {
            continue;
        };
        let number = id.strip_prefix(table.letter);
        if number.is_none_or(|rest| rest.parse::<usize>().is_err()) {
            continue;
        }
        let at = format!("{}:{line}", table.file);
        if !missing.remove(*id) {
            findings.problem(format!(
                "{at}: {id} stands there twice, or is none of the list"
            ));
        }
        if cells[1..cells.len() - 1].iter().any(|cell| cell.is_empty()) {
            findings.problem(format!("{at}: {id} has an empty cell"));
        }
        match read(proof) {
            Ok(read) => {
                named += read.tests.len();
                open += usize::from(read.open);
                for (place, test) in read.tests {
                    match known.get(place).map(|tests| tests.get(test)) {
                        Some(Some(false)) => {}
                        Some(Some(true)) => {
                            findings
                                .problem(format!("{at}: {test} is left out and proves nothing"));
                        }
                        Some(None) => findings.problem(format!("{at}: {place} has no test {test}")),
                        None => findings.problem(format!("{at}: no tests stand in {place}")),
                    }
                }
            }
            Err(why) => findings.problem(format!("{at}: {id}: {why}")),
        }
    }
    for id in missing {
        findings.problem(format!("{}: {id} is missing", table.file));
    }
    findings.note(format!(
        "{}: {} rows name {named} tests, {open} say what is open",
        table.file, table.rows
    ));
    findings
}

/// The numbered lines under a heading up to the next of its rank, or all of them.
fn part<'a>(text: &'a str, heading: Option<&str>) -> Vec<(usize, &'a str)> {
    let lines = markdown::prose(text);
    let Some(heading) = heading else {
        return lines.collect();
    };
    lines
        .skip_while(|(_, line)| *line != heading)
        .skip(1)
        .take_while(|(_, line)| !line.starts_with("## "))
        .collect()
}

/// What a proof cell says.
struct Proof<'a> {
    tests: Vec<(&'a str, &'a str)>,
    open: bool,
}

fn read(cell: &str) -> Result<Proof<'_>, String> {
    // A name may hold any sign but the backtick, so that the cell is cut there.
    let mut tests = Vec::new();
    let mut rest = cell;
    while let Some(quoted) = rest.strip_prefix('`') {
        let (inside, after) = quoted
            .split_once('`')
            .ok_or("a backtick without its other")?;
        let (place, test) = inside
            .split_once(": ")
            .ok_or_else(|| format!("`{inside}` is not written as `place: test`"))?;
        tests.push((place, test));
        rest = after.strip_prefix(", ").unwrap_or(after);
    }
    let rest = rest.strip_prefix("; ").unwrap_or(rest);
    if rest.is_empty() && !tests.is_empty() {
        return Ok(Proof { tests, open: false });
    }
    let reason = rest
        .strip_prefix("not yet: ")
        .or_else(|| rest.strip_prefix("no test: "));
    match reason {
        Some(reason) if reason.chars().count() >= SHORTEST_REASON => Ok(Proof {
            tests,
            open: rest.starts_with("not yet"),
        }),
        _ => Err(format!("`{rest}` is neither a test nor a reason")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Table = Table {
        file: "s.md",
        heading: Some("## Rows"),
        letter: "F",
        rows: 2,
    };

    fn known() -> Known {
        let one = |name: &str, left_out| BTreeMap::from([(name.to_owned(), left_out)]);
        BTreeMap::from([
            ("belay-model".to_owned(), one("a_day_is_a_day", false)),
            (
                "Kotlin DayTest".to_owned(),
                one("a day, and a night", false),
            ),
            ("Swift DayTests".to_owned(), one("A day's end", true)),
        ])
    }

    fn problems(rows: &str) -> Vec<String> {
        let text = format!(
            "| F1 | not here | x |\n## Rows\n| No | What | Test |\n| --- | --- | --- |\n{rows}\n## More\n| F1 | nor here | x |\n"
        );
        compare(&SMALL, &text, &known()).problems
    }

    #[test]
    fn rows_with_real_tests_or_reasons_pass() {
        let rows = "| F1 | days | `belay-model: a_day_is_a_day`, `Kotlin DayTest: a day, and a night`; not yet: a whole week of it |\n\
                    | F2 | nights | no test: it is a document that people read |";
        assert_eq!(problems(rows), [""; 0]);
    }

    #[test]
    fn a_test_that_is_not_there_or_left_out_is_found() {
        for proof in [
            "`belay-model: a_day_is_a_dawn`",
            "`belay-models: a_day_is_a_day`",
            "`Kotlin DayTest: a day`",
            "`Swift DayTests: A day's end`",
            "`a_day_is_a_day`",
            "`belay-model: a_day_is_a_day",
            "not yet",
            "not yet: later",
            "soon",
            "",
        ] {
            let rows =
                format!("| F1 | days | {proof} |\n| F2 | nights | no test: it is a document |");
            assert_eq!(problems(&rows).len(), 1, "{proof}");
        }
    }

    #[test]
    fn rows_that_are_missing_double_foreign_or_empty_are_found() {
        let good = "not yet: there is no such thing";
        assert_eq!(
            problems(&format!("| F1 | days | {good} |")),
            ["s.md: F2 is missing"]
        );
        let twice = format!(
            "| F1 | days | {good} |\n| F1 | days | {good} |\n| F2 | x | {good} |\n| F3 | x | {good} |"
        );
        assert_eq!(problems(&twice).len(), 2);
        assert_eq!(
            problems(&format!("| F1 |  | {good} |\n| F2 | x | {good} |")).len(),
            1
        );
    }

    #[test]
    fn tests_of_both_shells_are_read_with_what_is_left_out() {
        let kotlin = "@Test\nfun `a day, and a night`() = x\n@Test\n@Ignore(\"slow\")\nfun `a year`() {}\nfun `no test`() {}\n@Test fun `short`() {}";
        let names: Vec<_> = kotlin_tests(kotlin);
        let expected = [
            ("a day, and a night", false),
            ("a year", true),
            ("short", false),
        ];
        assert_eq!(
            names,
            expected.map(|(name, left_out)| (name.to_owned(), left_out))
        );
        let swift = "  @Test(\"A day's end\", arguments: languages)\n  func day() {}\n@Test(\"Slow\", .disabled(\"x\"))\n";
        let expected = [("A day's end", false), ("Slow", true)];
        assert_eq!(
            swift_tests(swift),
            expected.map(|(name, left_out)| (name.to_owned(), left_out))
        );
    }
}
