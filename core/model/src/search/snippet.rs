//! The piece of an entry around what was found, with the found words marked (J2).

use serde::{Deserialize, Serialize};

use super::query::{SearchQuery, Wanted};
use super::segment::{Term, terms};

/// How much of a text a result shows, in characters.
pub const SNIPPET_CHARS: usize = 160;
/// Text shown before the first found word, in terms.
const TERMS_BEFORE: usize = 4;
/// A first found word this near to the beginning, in characters, is shown with all that stands before it.
const NEAR_CHARS: usize = 40;

/// A part of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetPart {
    /// The words as they stand in the entry; line breaks shown as spaces.
    pub text: String,
    /// Whether they were asked for.
    pub found: bool,
}

/// A piece of a text with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Snippet {
    /// Its parts, in order.
    pub parts: Vec<SnippetPart>,
    /// Whether text before it was left out.
    pub more_before: bool,
    /// Whether text after it was left out.
    pub more_after: bool,
}

/// The first piece of at most [`SNIPPET_CHARS`] characters that holds the most different words asked for; the
/// beginning of the text when none of them stands in it, as where only a title or a tag was found.
#[must_use]
pub fn snippet(text: &str, query: &SearchQuery) -> Snippet {
    let terms = terms(text);
    let hits = hits(&terms, &query.wanted);
    let start = best_start(text, &terms, &hits);
    let end = char_end(text, start);
    Snippet {
        parts: parts(text, start, end, &terms, &hits),
        more_before: !text[..start].trim().is_empty(),
        more_after: !text[end..].trim().is_empty(),
    }
}

/// A found phrase: which one, and from which term to which.
struct Hit {
    wanted: usize,
    first: usize,
    last: usize,
}

fn hits(terms: &[Term], wanted: &[Wanted]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for first in 0..terms.len() {
        for (index, asked) in wanted.iter().enumerate() {
            let Some(window) = terms.get(first..first + asked.terms.len()) else {
                continue;
            };
            let last = asked.terms.len() - 1;
            let same =
                window
                    .iter()
                    .zip(&asked.terms)
                    .enumerate()
                    .all(|(at, (term, asked_term))| {
                        if at == last && asked.open {
                            term.text.starts_with(asked_term.as_str())
                        } else {
                            term.text == *asked_term
                        }
                    });
            if same {
                hits.push(Hit {
                    wanted: index,
                    first,
                    last: first + last,
                });
            }
        }
    }
    hits
}

/// Where the piece begins, in bytes: a few words before the hit from which on most different ones are in reach.
fn best_start(text: &str, terms: &[Term], hits: &[Hit]) -> usize {
    let mut best = (0, 0);
    for hit in hits {
        let start = lead_in(text, terms, hit.first);
        let end = char_end(text, start);
        let mut seen: Vec<usize> = hits
            .iter()
            .filter(|other| terms[other.first].start >= start && terms[other.last].end <= end)
            .map(|other| other.wanted)
            .collect();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() > best.0 {
            best = (seen.len(), start);
        }
    }
    best.1
}

/// The beginning of the lead-in before a term; the beginning of the text when that is near.
fn lead_in(text: &str, terms: &[Term], first: usize) -> usize {
    let begin = text.len() - text.trim_start().len();
    let before = &text[begin..terms[first].start];
    if first <= TERMS_BEFORE || before.chars().nth(NEAR_CHARS).is_none() {
        return begin;
    }
    terms[first - TERMS_BEFORE].start
}

/// The end of the piece that begins at `start`: a bound between two characters as readers see them.
fn char_end(text: &str, start: usize) -> usize {
    use unicode_segmentation::UnicodeSegmentation;
    text[start..]
        .grapheme_indices(true)
        .nth(SNIPPET_CHARS)
        .map_or(text.len(), |(at, _)| start + at)
}

fn parts(text: &str, start: usize, end: usize, terms: &[Term], hits: &[Hit]) -> Vec<SnippetPart> {
    let mut marked: Vec<(usize, usize)> = hits
        .iter()
        .map(|hit| (terms[hit.first].start, terms[hit.last].end))
        .filter(|(from, to)| *from >= start && *to <= end)
        .collect();
    marked.sort_unstable();
    let mut parts = Vec::new();
    let mut at = start;
    let mut add = |from: usize, to: usize, found: bool| {
        let text =
            text[from..to]
                .split_inclusive(['\n', '\r'])
                .fold(String::new(), |mut shown, line| {
                    shown.push_str(line.trim_end_matches(['\n', '\r']));
                    if line.ends_with(['\n', '\r']) && !shown.ends_with(' ') {
                        shown.push(' ');
                    }
                    shown
                });
        if !text.is_empty() {
            parts.push(SnippetPart { text, found });
        }
    };
    for (from, to) in marked {
        if to <= at {
            continue;
        }
        if from > at {
            add(at, from, false);
        }
        add(from.max(at), to, true);
        at = to;
    }
    add(at, end, false);
    parts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, query: &str) -> String {
        let snippet = snippet(text, &SearchQuery::parse(query).unwrap());
        let inner: String = snippet
            .parts
            .iter()
            .map(|part| {
                if part.found {
                    format!("[{}]", part.text)
                } else {
                    part.text.clone()
                }
            })
            .collect();
        let before = if snippet.more_before { "…" } else { "" };
        let after = if snippet.more_after { "…" } else { "" };
        format!("{before}{inner}{after}")
    }

    #[test]
    fn found_words_are_marked_as_they_stand() {
        assert_eq!(shown("Ein Café am Meer.", "cafe"), "Ein [Café] am Meer.");
        assert_eq!(shown("walked, walking", "walk"), "[walked], [walking]");
        assert_eq!(
            shown("by the sea, the sea", "\"the sea\""),
            "by [the sea], [the sea]"
        );
        assert_eq!(shown("富士山に登山した", "登山"), "富士山に[登山]した");
        assert_eq!(shown("one\ntwo", "two"), "one [two]");
    }

    #[test]
    fn the_piece_with_the_most_different_words_is_shown() {
        let filler = "word ".repeat(80);
        let text = format!("sea {filler}sea and sand {filler}");
        let found = shown(&text, "sea sand");
        assert!(
            found.starts_with("…word word word word [sea] and [sand]"),
            "{found}"
        );
        assert!(found.ends_with('…'));
    }

    #[test]
    fn without_a_found_word_the_beginning_is_shown() {
        assert_eq!(shown("A quiet day", "tag:x"), "A quiet day");
        assert_eq!(shown("", "x"), "");
    }

    proptest! {
        #[test]
        fn a_snippet_is_a_piece_of_the_text(text in "\\PC{0,300}", word in "\\PC{1,6}") {
            let Ok(query) = SearchQuery::parse(&word) else { return Ok(()); };
            let piece = snippet(&text, &query);
            let joined: String = piece.parts.iter().map(|part| part.text.as_str()).collect();
            prop_assert!(text.contains(&joined), "{joined:?} in {text:?}");
        }
    }
}
