//! What the command line asks for.

use crate::Outcome;

/// Shown for `--help`.
pub const HELP: &str = "\
belay-benches [--rounds N] [--entries N] [--rebuild] [ROW ...]

Rows: check-in, ten-years, month, resident, catch-up, own-replica, one-room, live, idle-live, wire,
seal, attachment, rotation, ingest, screens, search. All of them without a name.
--rounds N   rounds to measure after one that is not counted (default 15, at least 5)
--entries N  entries that are searched (default 100000, at least 100); each number has a kept store of its own
--rebuild    build the kept stores anew

Ends with 0 when every bar is held, with 1 when one is missed.
";

const ROWS: [&str; 16] = [
    "check-in",
    "ten-years",
    "month",
    "resident",
    "catch-up",
    "own-replica",
    "one-room",
    "live",
    "idle-live",
    "wire",
    "seal",
    "attachment",
    "rotation",
    "ingest",
    "screens",
    "search",
];
const ENTRIES: usize = 100_000;
const FEWEST_ENTRIES: usize = 100;
const ROUNDS: usize = 15;
const FEWEST_ROUNDS: usize = 5;

/// The parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    /// How many rounds count.
    pub rounds: usize,
    /// Whether the kept store is thrown away first.
    pub rebuild: bool,
    /// How many entries are searched.
    pub entries: usize,
    rows: Vec<String>,
}

impl Args {
    /// Reads the arguments after the program's name; `None` when help is asked for.
    pub fn read(mut given: impl Iterator<Item = String>) -> Outcome<Option<Self>> {
        let mut args = Self {
            rounds: ROUNDS,
            rebuild: false,
            entries: ENTRIES,
            rows: Vec::new(),
        };
        while let Some(word) = given.next() {
            match word.as_str() {
                "--help" | "-h" => return Ok(None),
                "--rebuild" => args.rebuild = true,
                "--rounds" => {
                    let number = given.next().and_then(|number| number.parse().ok());
                    args.rounds = number
                        .filter(|rounds| *rounds >= FEWEST_ROUNDS)
                        .ok_or("--rounds takes a number from 5")?;
                }
                "--entries" => {
                    let number = given.next().and_then(|number| number.parse().ok());
                    args.entries = number
                        .filter(|entries| *entries >= FEWEST_ENTRIES)
                        .ok_or("--entries takes a number from 100")?;
                }
                row if ROWS.contains(&row) => args.rows.push(word),
                _ => return Err(format!("unknown word {word:?}; see --help").into()),
            }
        }
        Ok(Some(args))
    }

    /// Whether a row is to be measured.
    pub fn wants(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|wanted| wanted == row)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn read(line: &str) -> Outcome<Option<Args>> {
        Args::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn without_names_every_row_is_measured() {
        let args = read("").unwrap().unwrap();
        assert!(ROWS.iter().all(|row| args.wants(row)));
        let args = read("--rounds 7 ingest").unwrap().unwrap();
        assert_eq!(args.rounds, 7);
        assert!(args.wants("ingest") && !args.wants("check-in"));
    }

    #[test]
    fn too_few_rounds_and_unknown_words_are_refused() {
        for line in [
            "--rounds 4",
            "--rounds",
            "--rounds many",
            "--entries 9",
            "speed",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
        assert_eq!(read("--help").unwrap(), None);
    }
}
