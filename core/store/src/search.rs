//! The index of the words of entries (J2): FTS5 over terms that `belay-model` cut. What a question means is settled
//! there; here it becomes an expression of FTS5, and nothing that somebody typed becomes syntax.

use belay_model::{CivilDay, DocName, Mood, Term, Wanted};

use crate::own::{Own, read};
use crate::sql::limit;
use crate::{DocRow, OwnPlace, ReadTx, Result, WriteTx};

/// What of an entry can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRow<'a> {
    /// The civil day it is about.
    pub on: CivilDay,
    /// The time it is shown at.
    pub at_ms: i64,
    /// The terms of its title.
    pub title: &'a [Term],
    /// The terms of its text.
    pub body: &'a [Term],
    /// Its tags, folded.
    pub tags: &'a [String],
    /// Its mood.
    pub mood: Option<Mood>,
    /// The goals it is about.
    pub goals: &'a [DocName],
}

/// What to look for. What is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search<'a> {
    /// All of these words and phrases.
    pub wanted: &'a [Wanted],
    /// None of these.
    pub unwanted: &'a [Wanted],
    /// All of these tags, folded.
    pub tags: &'a [String],
    /// Any of these moods.
    pub moods: &'a [Mood],
    /// Of each list, any of these goals; a list without a goal finds nothing.
    pub goals: &'a [Vec<DocName>],
    /// The first civil day.
    pub from: Option<CivilDay>,
    /// The last civil day.
    pub until: Option<CivilDay>,
}

/// Bits of a place: 17 for the day, 42 for the time, 4 to tell apart what has both in common.
const TIME_BITS: u32 = 42;
const TIE_BITS: u32 = 4;
const DAY_SHIFT: u32 = TIME_BITS + TIE_BITS;
const LAST_TIME: i64 = (1 << TIME_BITS) - 1;

/// In every entry, for questions that only say what is not wanted.
const ANY: &str = "entry";

impl ReadTx<'_> {
    /// The entries that match, newest first, beginning after `after`. Deleted ones are not in the index.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn search_entries(
        &self,
        search: &Search<'_>,
        after: Option<&OwnPlace>,
        rows: usize,
    ) -> Result<Vec<Own>> {
        if search.goals.iter().any(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let first = search.from.map_or(0, |day| place(day, 0));
        let mut last = search
            .until
            .map_or(i64::MAX, |day| place(day, LAST_TIME) | tie_mask());
        if let Some(after) = after {
            last = last.min(self.entry_place(after)?.saturating_sub(1));
        }
        // The order of the joins is the point: FTS5 walks its rows from the newest on and stops at the limit.
        self.many(
            "SELECT o.document, o.kind, d.name, o.day, o.at_ms, o.related, o.deleted_at_ms, o.json
             FROM entry_search s
             CROSS JOIN entry_place p ON p.place = s.rowid
             CROSS JOIN own o ON o.document = p.document
             CROSS JOIN document d ON d.id = o.document
             WHERE s.entry_search MATCH ?1 AND s.rowid BETWEEN ?2 AND ?3
             ORDER BY s.rowid DESC LIMIT ?4",
            (expression(search), first, last, limit(rows)),
            read,
        )
    }

    /// The place of an entry, or where it stood if it is not in the index any more.
    fn entry_place(&self, at: &OwnPlace) -> Result<i64> {
        let kept = self.one(
            "SELECT p.place FROM entry_place p JOIN document d ON d.id = p.document WHERE d.name = ?1",
            [at.name.as_bytes()],
            |row| row.get(0),
        )?;
        Ok(match kept {
            Some(kept) => kept,
            None => at.on.parse().map_or(0, |day| place(day, at.at_ms)),
        })
    }
}

impl WriteTx<'_> {
    /// Puts what can be found of an entry, in place of what was.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn index_entry(&self, document: DocRow, row: &SearchRow<'_>) -> Result<()> {
        self.unindex_entry(document)?;
        let mut at = place(row.on, row.at_ms);
        // Places are apart by the time of writing; only what was imported or merged at one moment meets here.
        while self
            .one("SELECT 1 FROM entry_place WHERE place = ?1", [at], |_| {
                Ok(())
            })?
            .is_some()
        {
            at += 1;
        }
        self.run(
            "INSERT INTO entry_place (document, place) VALUES (?1, ?2)",
            (document, at),
        )?;
        self.run(
            "INSERT INTO entry_search (rowid, title, body, tags, facets) VALUES (?1, ?2, ?3, ?4, ?5)",
            (
                at,
                spaced(row.title),
                spaced(row.body),
                tag_terms(row.tags),
                facets(row.mood, row.goals),
            ),
        )?;
        Ok(())
    }

    /// Takes the words of an entry out of the index, overwriting them in the database.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn unindex_entry(&self, document: DocRow) -> Result<()> {
        self.run(
            "DELETE FROM entry_search
             WHERE rowid = (SELECT place FROM entry_place WHERE document = ?1)",
            [document],
        )?;
        self.run("DELETE FROM entry_place WHERE document = ?1", [document])?;
        Ok(())
    }

    /// Empties the index, to be filled anew in the same transaction.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn clear_entry_index(&self) -> Result<()> {
        self.run("DELETE FROM entry_search", [])?;
        self.run("DELETE FROM entry_place", [])?;
        Ok(())
    }
}

fn place(on: CivilDay, at_ms: i64) -> i64 {
    on.since_1900() << DAY_SHIFT | at_ms.clamp(0, LAST_TIME) << TIE_BITS
}

const fn tie_mask() -> i64 {
    (1 << TIE_BITS) - 1
}

fn spaced(terms: &[Term]) -> String {
    let terms: Vec<&str> = terms.iter().map(|term| term.text.as_str()).collect();
    terms.join(" ")
}

/// A tag's own terms, so that words find it too, and the whole tag as one.
fn tag_terms(tags: &[String]) -> String {
    let terms: Vec<String> = tags
        .iter()
        .flat_map(|tag| [tag.clone(), tag_term(tag)])
        .collect();
    terms.join(" ")
}

/// The dot is not ASCII, so the tokenizer keeps it, and no term of a text holds one.
fn tag_term(tag: &str) -> String {
    let whole: String = tag
        .split(|c: char| c.is_whitespace() || c.is_ascii_punctuation())
        .filter(|term| !term.is_empty())
        .flat_map(|term| ["·", term])
        .collect();
    if whole.is_empty() {
        "·".to_owned()
    } else {
        whole
    }
}

fn facets(mood: Option<Mood>, goals: &[DocName]) -> String {
    let mut facets = vec![ANY.to_owned()];
    facets.extend(mood.map(mood_term));
    facets.extend(goals.iter().map(goal_term));
    facets.join(" ")
}

fn mood_term(mood: Mood) -> String {
    format!("mood{}", mood.step())
}

fn goal_term(goal: &DocName) -> String {
    format!("goal{goal}")
}

/// The expression of FTS5. Every term stands in quotation marks, and none holds one.
fn expression(search: &Search<'_>) -> String {
    let mut all: Vec<String> = search.wanted.iter().map(words).collect();
    all.extend(
        search
            .tags
            .iter()
            .map(|tag| format!("tags : \"{}\"", tag_term(tag))),
    );
    let any = |terms: Vec<String>| {
        let quoted: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
        format!("facets : ({})", quoted.join(" OR "))
    };
    if !search.moods.is_empty() {
        all.push(any(search.moods.iter().copied().map(mood_term).collect()));
    }
    for goals in search.goals {
        all.push(any(goals.iter().map(goal_term).collect()));
    }
    if all.is_empty() {
        all.push(any(vec![ANY.to_owned()]));
    }
    let mut expression = format!("({})", all.join(") AND ("));
    for unwanted in search.unwanted {
        expression = format!("({expression}) NOT ({})", words(unwanted));
    }
    expression
}

fn words(wanted: &Wanted) -> String {
    let open = if wanted.open { " *" } else { "" };
    format!("{{title body tags}} : \"{}\"{open}", wanted.terms.join(" "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_place_grows_with_the_day_and_then_with_the_time() {
        let day = |text: &str| text.parse::<CivilDay>().unwrap();
        let in_order = [
            place(day("1900-01-01"), 0),
            place(day("1999-12-31"), i64::MAX),
            place(day("2026-03-03"), -5),
            place(day("2026-03-03"), 1_772_571_600_000),
            place(day("2026-03-03"), 1_772_571_600_001),
            place(day("2026-03-04"), 0),
            place(day("2199-12-31"), i64::MAX),
        ];
        assert!(in_order.is_sorted() && in_order[0] == 0);
        assert!(in_order.windows(2).all(|two| two[0] < two[1]));
        assert!(in_order[6].checked_add(tie_mask()).is_some());
    }

    #[test]
    fn a_question_becomes_an_expression_in_which_every_term_is_quoted() {
        let wanted = [
            Wanted {
                terms: vec!["walk".into()],
                open: true,
            },
            Wanted {
                terms: vec!["by".into(), "the".into(), "sea".into()],
                open: false,
            },
        ];
        let unwanted = [Wanted {
            terms: vec!["rain".into()],
            open: true,
        }];
        let search = Search {
            wanted: &wanted,
            unwanted: &unwanted,
            tags: &["deep sleep".into()],
            moods: &[Mood::new(4).unwrap(), Mood::new(5).unwrap()],
            ..Search::default()
        };
        assert_eq!(
            expression(&search),
            "(({title body tags} : \"walk\" *) AND ({title body tags} : \"by the sea\") AND (tags : \"·deep·sleep\") \
             AND (facets : (\"mood4\" OR \"mood5\"))) NOT ({title body tags} : \"rain\" *)"
        );
    }
}
