//! What somebody asks their journal for: words, phrases, and filters written among them (J2).

use crate::words::plain;
use crate::{CivilDay, Mood, Rule, RuleError};

use super::segment::{Term, terms};

/// Characters of a question; more is a text, not a question.
const MAX_QUERY_CHARS: usize = 500;
/// Words and phrases of a question.
const MAX_WORDS: usize = 24;

/// Something that must stand in an entry: terms that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The folded terms, in their order; at least one.
    pub terms: Vec<String>,
    /// Whether the last of them may go on: what is still being typed finds already.
    pub open: bool,
}

/// A question, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchQuery {
    /// All of these must be there, in any order.
    pub wanted: Vec<Wanted>,
    /// None of these may be there.
    pub unwanted: Vec<Wanted>,
    /// Tags, folded as [`fold_tag`] does; all of them.
    pub tags: Vec<String>,
    /// Moods; any of them.
    pub moods: Vec<Mood>,
    /// Parts of the titles of goals, folded; all of them.
    pub goals: Vec<String>,
    /// The first civil day.
    pub from: Option<CivilDay>,
    /// The last civil day.
    pub until: Option<CivilDay>,
}

impl SearchQuery {
    /// Reads a question such as `walk "by the sea" tag:sleep mood:4 goal:run from:2026-03-01 -rain`.
    ///
    /// `on:` takes a day, a month (`2026-03`) or a year. A word before a colon that is none of these is text like any
    /// other. A word that is not a phrase also finds what begins with it.
    ///
    /// # Errors
    /// `query` [`Rule::TooManyCharacters`]; `mood`, `from`, `until`, `on` as these values are read; `until`
    /// [`Rule::OutOfRange`] where it lies before `from`.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        if text.chars().nth(MAX_QUERY_CHARS).is_some() {
            let limit = MAX_QUERY_CHARS;
            return Err(RuleError::new("query", Rule::TooManyCharacters { limit }));
        }
        let mut query = Self::default();
        for word in words(text) {
            query.take(&word)?;
        }
        if query.wanted.len() + query.unwanted.len() > MAX_WORDS {
            return Err(RuleError::new("query", Rule::OutOfRange));
        }
        if let (Some(from), Some(until)) = (query.from, query.until)
            && until < from
        {
            return Err(RuleError::new("until", Rule::OutOfRange));
        }
        Ok(query)
    }

    /// Whether it asks for anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether any words have to be looked up.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.wanted.is_empty() || !self.unwanted.is_empty()
    }

    fn take(&mut self, word: &Word) -> Result<(), RuleError> {
        let value = word.text.as_str();
        match word.key.as_deref() {
            Some("tag") => self.tags.push(fold_tag(value)),
            Some("goal") => self.goals.push(fold_tag(value)),
            Some("mood") => self.moods.push(value.parse()?),
            Some("from") => self.from = later(self.from, day(value, "from")?.0),
            Some("until") => self.until = earlier(self.until, day(value, "until")?.1),
            Some("on") => {
                let (first, last) = day(value, "on")?;
                self.from = later(self.from, first);
                self.until = earlier(self.until, last);
            }
            _ => {
                let list = if word.without {
                    &mut self.unwanted
                } else {
                    &mut self.wanted
                };
                list.extend(wanted(value, word.quoted));
            }
        }
        Ok(())
    }
}

/// A tag or title in the form in which two of them are compared.
#[must_use]
pub fn fold_tag(tag: &str) -> String {
    let terms: Vec<String> = terms(tag).into_iter().map(|term| term.text).collect();
    if terms.is_empty() {
        plain(tag)
    } else {
        terms.join(" ")
    }
}

/// One word of a question as it was typed.
struct Word {
    key: Option<String>,
    text: String,
    quoted: bool,
    without: bool,
}

const KEYS: [&str; 6] = ["tag", "goal", "mood", "from", "until", "on"];

/// Splits at spaces outside quotation marks; a mark that is never closed holds until the end.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let without =
            rest.len() > 1 && rest.starts_with('-') && !rest[1..].starts_with(char::is_whitespace);
        if without {
            rest = &rest[1..];
        }
        let key = KEYS.iter().find(|key| {
            rest.get(..key.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(key))
                && rest[key.len()..].starts_with(':')
                && rest[key.len() + 1..].starts_with(|c: char| !c.is_whitespace())
        });
        if let Some(key) = key {
            rest = &rest[key.len() + 1..];
        }
        let quote = rest.chars().next().filter(|c| is_quote(*c));
        let (text, after) = match quote {
            Some(mark) => {
                let inside = &rest[mark.len_utf8()..];
                match inside.char_indices().find(|(_, c)| is_quote(*c)) {
                    Some((end, close)) => (&inside[..end], &inside[end + close.len_utf8()..]),
                    None => (inside, ""),
                }
            }
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        words.push(Word {
            // "-tag:x" excludes nothing yet: it is read as words, so that nothing is silently ignored.
            key: key.filter(|_| !without).map(|key| (*key).to_owned()),
            text: text.to_owned(),
            quoted: quote.is_some(),
            without,
        });
        rest = after.trim_start();
    }
    words
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// What a piece of text asks for: one phrase for a run of a script without spaces or for what stood in quotation
/// marks, one word for each of the others.
fn wanted(text: &str, quoted: bool) -> Vec<Wanted> {
    let mut found = phrase_terms(text);
    if quoted {
        if found.is_empty() {
            return Vec::new();
        }
        let last_alone = found.last().is_some_and(|group| group.open);
        let terms: Vec<String> = found.drain(..).flat_map(|group| group.terms).collect();
        return vec![Wanted {
            // One character of a run begins the pairs it stands in.
            open: last_alone && terms.len() == 1 && terms[0].chars().count() == 1,
            terms,
        }];
    }
    found
}

/// The terms of a text in groups that belong together: a run of a script without spaces is one group.
fn phrase_terms(text: &str) -> Vec<Wanted> {
    let mut groups: Vec<Wanted> = Vec::new();
    let mut run: Vec<Term> = Vec::new();
    for term in terms(text) {
        let goes_on = term.in_run && run.last().is_some_and(|last| term.start < last.end);
        if !goes_on {
            groups.extend(run_group(&mut run));
        }
        if term.in_run {
            run.push(term);
        } else {
            groups.push(Wanted {
                terms: vec![term.text],
                open: true,
            });
        }
    }
    groups.extend(run_group(&mut run));
    groups
}

/// A run asked for: its pairs without the single last character, which only closes a run that is searched in.
fn run_group(run: &mut Vec<Term>) -> Option<Wanted> {
    if run.len() > 1 {
        run.pop();
        return Some(Wanted {
            terms: run.drain(..).map(|term| term.text).collect(),
            open: false,
        });
    }
    run.pop().map(|only| Wanted {
        terms: vec![only.text],
        open: true,
    })
}

/// The first and last day that a text names: a day, a month or a year.
fn day(text: &str, field: &'static str) -> Result<(CivilDay, CivilDay), RuleError> {
    let wrong = |error: RuleError| error.in_field(field);
    match text.len() {
        4 => {
            let first: CivilDay = format!("{text}-01-01").parse().map_err(wrong)?;
            let last = format!("{text}-12-31").parse().map_err(wrong)?;
            Ok((first, last))
        }
        7 => {
            let first: CivilDay = format!("{text}-01").parse().map_err(wrong)?;
            Ok((first, first.last_of_month()))
        }
        _ => text.parse().map(|day| (day, day)).map_err(wrong),
    }
}

fn later(before: Option<CivilDay>, now: CivilDay) -> Option<CivilDay> {
    Some(before.map_or(now, |before| before.max(now)))
}

fn earlier(before: Option<CivilDay>, now: CivilDay) -> Option<CivilDay> {
    Some(before.map_or(now, |before| before.min(now)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn word(text: &str) -> Wanted {
        Wanted {
            terms: vec![text.into()],
            open: true,
        }
    }

    #[test]
    fn words_phrases_and_filters_stand_in_any_order() {
        let query = SearchQuery::parse(
            "Walk mood:4 \"by the Sea\" tag:\"Deep Sleep\" goal:run from:2026-03-01 mood:good -rain until:2026-04",
        )
        .unwrap();
        let sea = Wanted {
            terms: ["by", "the", "sea"].map(String::from).to_vec(),
            open: false,
        };
        assert_eq!(query.wanted, [word("walk"), sea]);
        assert_eq!(query.unwanted, [word("rain")]);
        assert_eq!(query.tags, ["deep sleep"]);
        assert_eq!(query.goals, ["run"]);
        assert_eq!(query.moods, [Mood::new(4).unwrap(), Mood::new(4).unwrap()]);
        assert_eq!(query.from.unwrap().to_string(), "2026-03-01");
        assert_eq!(query.until.unwrap().to_string(), "2026-04-30");
    }

    #[test]
    fn a_run_without_spaces_is_a_phrase_of_pairs() {
        let query = SearchQuery::parse("登山道 山").unwrap();
        let run = Wanted {
            terms: ["登山", "山道"].map(String::from).to_vec(),
            open: false,
        };
        assert_eq!(query.wanted, [run, word("山")]);
    }

    #[test]
    fn an_unknown_key_is_text_and_an_open_quotation_mark_ends_with_the_text() {
        assert_eq!(
            SearchQuery::parse("12:30 note:x").unwrap().wanted.len(),
            4,
            "times and other colons are words"
        );
        let open = SearchQuery::parse("\"half a phrase").unwrap();
        assert_eq!(open.wanted[0].terms, ["half", "a", "phrase"]);
        assert_eq!(SearchQuery::parse("tag: x").unwrap().tags, [""; 0]);
        assert!(SearchQuery::parse("  ?! ").unwrap().is_empty());
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_field() {
        for (text, field, rule) in [
            ("mood:9", "mood", Rule::OutOfRange),
            ("mood:splendid", "mood", Rule::UnknownWord),
            ("from:2026-02-30", "from", Rule::NotADay),
            ("on:2026-13", "on", Rule::NotADay),
            ("until:yesterday", "until", Rule::NotADay),
            (
                "from:2026-03-02 until:2026-03-01",
                "until",
                Rule::OutOfRange,
            ),
        ] {
            assert_eq!(
                SearchQuery::parse(text),
                Err(RuleError::new(field, rule)),
                "{text}"
            );
        }
        assert!(SearchQuery::parse(&"x".repeat(501)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            if let Ok(query) = SearchQuery::parse(&text) {
                for wanted in query.wanted.iter().chain(&query.unwanted) {
                    prop_assert!(!wanted.terms.is_empty());
                }
            }
        }
    }
}
