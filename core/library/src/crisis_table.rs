//! The table of help by country, and what of it may be shown on a day (product id S4). The rules are those of
//! docs/crisis-lines.md. No clock: whoever asks says which day it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use belay_model::CivilDay;

use crate::LibraryError;
use crate::crisis_line::{CrisisLine, LineFor, Standing};

/// The first line of the file: what it is, and the version that this code reads.
const TITLE: &str = "# belay crisis lines 1";

/// The second line: what stands in which cell.
const HEAD: &str = "iso\tcountry\torganisation\tfor_whom\tchannel\taddress\thours\tlanguages\tsource1\
                    \tsource2\tsource_date\tconfidence\tchecked_on\tstanding\twhy";

/// Under which code the directory stands that fits any country.
const ANY_COUNTRY: &str = "ZZ";

/// For how many days a row counts as checked: a year.
const CHECKED_FOR_DAYS: i64 = 365;

static LINES: LazyLock<Vec<CrisisLine>> = LazyLock::new(|| {
    read_table(include_str!("../data/crisis-lines.tsv"))
        .expect("the built-in table is the one every test run reads")
});

fn read_table(text: &'static str) -> Result<Vec<CrisisLine>, LibraryError> {
    let mut rows = text.split_terminator('\n');
    if rows.next() != Some(TITLE) || rows.next() != Some(HEAD) {
        return Err(LibraryError::Missing {
            about: "the table's version or head",
        });
    }
    // People count lines of a file from 1, and two stand before the first row.
    rows.enumerate()
        .map(|(index, row)| CrisisLine::read(row, index + 3))
        .collect()
}

/// A country of which the table knows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166 code, two capital letters.
    pub code: &'static str,
    /// English name; a shell shows the one of its own language.
    pub name: &'static str,
}

/// The help to show for one country on one day. Every line in it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryHelp {
    /// The country, where the table knows it.
    pub country: Option<Country>,
    /// Emergency numbers.
    pub emergency: Vec<&'static CrisisLine>,
    /// Lines for everybody, and for adults.
    pub lines: Vec<&'static CrisisLine>,
    /// Lines for young people, veterans, men and others, in this order.
    pub more: Vec<&'static CrisisLine>,
    /// The directory of lines everywhere. It is always there: it is a page with a date and no number.
    pub directory: Vec<&'static CrisisLine>,
    /// How many rows of the country are hidden because nobody looked at their sources for a year.
    pub hidden_as_old: usize,
}

/// What can be shown for a country on this day. `code` is an ISO 3166 code in any case; an unknown one, or
/// none, answers with the directory alone.
#[must_use]
pub fn country_help(code: Option<&str>, today: CivilDay) -> CountryHelp {
    help_from(&LINES, code, today)
}

/// Every country the table knows, by code.
#[must_use]
pub fn countries() -> Vec<Country> {
    let known: BTreeMap<_, _> = LINES
        .iter()
        .filter(|line| line.country != ANY_COUNTRY)
        .map(|line| (line.country, line.country_name))
        .collect();
    known
        .into_iter()
        .map(|(code, name)| Country { code, name })
        .collect()
}

fn help_from(lines: &'static [CrisisLine], code: Option<&str>, today: CivilDay) -> CountryHelp {
    let code = code.map(str::trim);
    let here: Vec<&'static CrisisLine> = lines
        .iter()
        .filter(|line| code.is_some_and(|code| line.country.eq_ignore_ascii_case(code)))
        .filter(|line| line.country != ANY_COUNTRY && line.standing != Standing::Withheld)
        .collect();
    let of = |groups: &[LineFor]| {
        let mut found: Vec<&'static CrisisLine> = here
            .iter()
            .copied()
            .filter(|line| groups.contains(&line.line_for) && is_fresh(line, today))
            .collect();
        // The order of the table stands within a group.
        found.sort_by_key(|line| line.line_for);
        found
    };
    CountryHelp {
        country: here.first().map(|line| Country {
            code: line.country,
            name: line.country_name,
        }),
        emergency: of(&[LineFor::Emergency]),
        lines: of(&[LineFor::All, LineFor::Adults]),
        more: of(&[
            LineFor::Youth,
            LineFor::Veterans,
            LineFor::Men,
            LineFor::Other,
        ]),
        directory: lines
            .iter()
            .filter(|line| line.country == ANY_COUNTRY)
            .collect(),
        hidden_as_old: here.iter().filter(|line| !is_fresh(line, today)).count(),
    }
}

/// Whether somebody opened the row's sources within the last year. A device whose clock is behind the table
/// hides nothing.
fn is_fresh(line: &CrisisLine, today: CivilDay) -> bool {
    line.checked_on
        .plus_days(CHECKED_FOR_DAYS)
        .is_none_or(|until| today <= until)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::collections::BTreeSet;

    use super::*;
    use crate::crisis_line::{LineChannel, LineConfidence};

    const FILE: &str = include_str!("../data/crisis-lines.tsv");

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    fn shown(help: &CountryHelp) -> Vec<&'static CrisisLine> {
        [&help.emergency, &help.lines, &help.more]
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }

    fn everything() -> Vec<&'static CrisisLine> {
        countries()
            .iter()
            .flat_map(|country| shown(&country_help(Some(country.code), day("2026-12-01"))))
            .chain(country_help(None, day("2026-12-01")).directory)
            .collect()
    }

    #[test]
    fn every_row_is_read_and_has_two_sources_or_a_primary_one() {
        let lines = read_table(FILE).unwrap();
        assert_eq!(lines.len(), FILE.lines().count() - 2);
        for line in &lines {
            let needed = if line.confidence == LineConfidence::Primary {
                1
            } else {
                2
            };
            assert!(line.sources.len() >= needed, "{line}");
            let distinct: BTreeSet<_> = line.sources.iter().collect();
            assert_eq!(distinct.len(), line.sources.len(), "{line}");
        }
    }

    #[test]
    fn a_table_of_another_version_or_with_other_cells_is_refused() {
        for (from, to) in [("lines 1", "lines 2"), ("\thours\t", "\topen\t")] {
            let other = Box::leak(FILE.replacen(from, to, 1).into_boxed_str());
            assert!(matches!(
                read_table(other),
                Err(LibraryError::Missing { .. })
            ));
        }
        let torn = Box::leak(
            FILE.replacen("\tcall\t911", "\tcall911", 1)
                .into_boxed_str(),
        );
        assert!(matches!(
            read_table(torn),
            Err(LibraryError::Row { cell: "cells", .. })
        ));
    }

    #[test]
    fn no_number_stands_in_the_table_twice() {
        let mut seen = BTreeSet::new();
        for line in LINES.iter() {
            let key = (line.country, line.channel, line.address, line.whom);
            assert!(seen.insert(key), "{line}");
        }
    }

    #[test]
    fn what_is_withheld_is_shown_nowhere() {
        let withheld: Vec<_> = LINES
            .iter()
            .filter(|line| line.standing == Standing::Withheld)
            .collect();
        let named: Vec<_> = withheld
            .iter()
            .map(|line| (line.country, line.address))
            .collect();
        assert_eq!(
            named,
            [
                ("FI", "09 2525 0112"),
                ("FI", "09 2525 0113"),
                ("DE", "https://www.telefonseelsorge.de"),
                ("NO", "116 111"),
                ("SI", "116 111"),
                ("SE", "https://mind.se"),
                ("UY", "*0767"),
            ]
        );
        let shown = everything();
        assert!(withheld.iter().all(|line| !shown.contains(line)));
        assert_eq!(shown.len() + withheld.len(), LINES.len());
    }

    #[test]
    fn every_line_that_is_shown_says_who_answers_and_how_old_its_source_is() {
        for line in everything() {
            assert!(!line.organisation.is_empty(), "{line}");
            assert!(
                line.source_date.is_some() || line.care.is_some(),
                "{line}: neither a date nor a word of care"
            );
            assert_eq!(
                line.dial.is_some(),
                line.channel == LineChannel::Call,
                "{line}"
            );
        }
    }

    #[test]
    fn numbers_reach_the_screen_as_their_sources_write_them() {
        for (code, address, dial) in [
            ("CL", "*4141", "*4141"),
            ("GR", "1018", "1018"),
            ("LB", "1564", "1564"),
            ("PH", "1553", "1553"),
            ("DE", "0800 1110111", "08001110111"),
            ("GB", "116 123", "116123"),
            ("PE", "113, option 5", "113"),
        ] {
            let help = country_help(Some(code), day("2026-12-01"));
            let lines = shown(&help);
            let line = lines.iter().find(|line| line.address == address).unwrap();
            assert_eq!(line.dial.as_deref(), Some(dial), "{code}");
        }
    }

    #[test]
    fn emergency_comes_first_then_lines_for_all_then_those_for_some() {
        for country in countries() {
            let help = country_help(Some(country.code), day("2026-12-01"));
            assert_eq!(help.country, Some(country));
            let groups: Vec<_> = shown(&help).iter().map(|line| line.line_for).collect();
            assert!(groups.is_sorted(), "{}: {groups:?}", country.code);
        }
        let states = country_help(Some("us"), day("2026-12-01"));
        assert_eq!(states.emergency[0].address, "911");
        assert_eq!(states.lines[0].address, "988");
        assert_eq!(states.more[0].line_for, LineFor::Veterans);
        let poland = country_help(Some("PL"), day("2026-12-01"));
        assert!(
            poland
                .lines
                .iter()
                .all(|line| line.line_for == LineFor::Adults)
        );
        assert_eq!(poland.more[0].whom, "youth");
    }

    #[test]
    fn a_country_that_is_not_known_gets_the_directory_and_no_number() {
        for code in [None, Some(""), Some("ZZ"), Some("XX"), Some("Germany")] {
            let help = country_help(code, day("2026-12-01"));
            assert_eq!(help.country, None, "{code:?}");
            assert!(shown(&help).is_empty(), "{code:?}");
            assert_eq!(help.directory.len(), 1);
            assert_eq!(help.directory[0].address, "https://findahelpline.com");
        }
    }

    #[test]
    fn a_row_that_nobody_checked_for_a_year_is_hidden_and_counted() {
        let last = country_help(Some("DE"), day("2027-11-22"));
        assert_eq!(shown(&last).len(), 4);
        assert_eq!(last.hidden_as_old, 0);
        let over = country_help(Some("DE"), day("2027-11-23"));
        assert!(shown(&over).is_empty());
        assert_eq!(over.hidden_as_old, 4);
        assert_eq!(over.country.unwrap().code, "DE");
        assert_eq!(over.directory.len(), 1);
    }

    #[test]
    fn a_clock_that_is_behind_the_table_hides_nothing() {
        let help = country_help(Some("DE"), day("1970-01-01"));
        assert_eq!(shown(&help).len(), 4);
    }

    #[test]
    fn every_country_has_one_name() {
        let mut names = BTreeMap::new();
        for line in LINES.iter() {
            let name = names.entry(line.country).or_insert(line.country_name);
            assert_eq!(*name, line.country_name, "{line}");
        }
        assert!(countries().len() > 100);
    }
}
