//! Cuts a text in any script into the terms that it can be found by (J2).
//!
//! Words end where Unicode says so (UAX 29). Scripts that leave no space between words give overlapping pairs of
//! characters, so that any part of a run is found as a phrase of pairs; an emoji is a term of its own.

use unicode_properties::{GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::fold::fold;

/// A term of a text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The folded term: letters, digits or one emoji; no space and no ASCII punctuation in it.
    pub text: String,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Whether it belongs to a run of a script without spaces.
    pub in_run: bool,
}

/// The terms of a text, in its order.
#[must_use]
pub fn terms(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut run: Vec<Term> = Vec::new();
    for (start, word) in text.split_word_bound_indices() {
        for (from, piece, unspaced) in pieces(word) {
            let start = start + from;
            if unspaced && run.last().is_none_or(|last| last.end == start) {
                run.extend(characters(piece, start));
                continue;
            }
            close(&mut run, &mut terms);
            if unspaced {
                run.extend(characters(piece, start));
            } else {
                push(&mut terms, piece, start, false);
            }
        }
    }
    close(&mut run, &mut terms);
    terms
}

/// The parts of a word between Unicode's bounds: runs of scripts without spaces apart from the rest, the rest cut at
/// ASCII punctuation other than an apostrophe, and what is neither letter, digit nor emoji left out.
fn pieces(word: &str) -> Vec<(usize, &str, bool)> {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        // Most words of many languages.
        return vec![(0, word, false)];
    }
    if word.is_ascii() && !word.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    pieces_of_any(word)
}

fn pieces_of_any(word: &str) -> Vec<(usize, &str, bool)> {
    let mut pieces: Vec<(usize, &str, bool)> = Vec::new();
    let mut open: Option<(usize, usize, bool)> = None;
    for (at, cluster) in word.grapheme_indices(true) {
        let kind = kind_of(cluster);
        let end = at + cluster.len();
        open = match (open, kind) {
            (Some((from, _, unspaced)), Kind::Letters { unspaced: now }) if unspaced == now => {
                Some((from, end, now))
            }
            // "don't" is one word; the apostrophe is left out when it is folded.
            (Some((from, _, false)), Kind::Apostrophe) => Some((from, end, false)),
            (before, kind) => {
                if let Some((from, to, unspaced)) = before {
                    pieces.push((from, &word[from..to], unspaced));
                }
                match kind {
                    Kind::Letters { unspaced } => Some((at, end, unspaced)),
                    Kind::Emoji => {
                        pieces.push((at, cluster, false));
                        None
                    }
                    Kind::Apostrophe | Kind::Nothing => None,
                }
            }
        };
    }
    if let Some((from, to, unspaced)) = open {
        pieces.push((from, &word[from..to], unspaced));
    }
    pieces
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letters { unspaced: bool },
    Emoji,
    Apostrophe,
    Nothing,
}

fn kind_of(cluster: &str) -> Kind {
    let Some(first) = cluster.chars().next() else {
        return Kind::Nothing;
    };
    if matches!(first, '\'' | '’' | 'ʼ') {
        return Kind::Apostrophe;
    }
    if !first.is_ascii() && first.is_emoji_char() && !first.is_alphanumeric() {
        return Kind::Emoji;
    }
    let word = matches!(
        first.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number | GeneralCategoryGroup::Mark
    );
    if word {
        Kind::Letters {
            unspaced: is_unspaced(first),
        }
    } else {
        Kind::Nothing
    }
}

fn is_unspaced(c: char) -> bool {
    // The mark that lengthens a vowel is common to both Japanese scripts.
    c == 'ー'
        || matches!(
            c.script(),
            Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
                | Script::Tai_Le
                | Script::New_Tai_Lue
                | Script::Tai_Tham
                | Script::Tibetan
        )
}

fn characters(piece: &str, start: usize) -> impl Iterator<Item = Term> {
    piece.grapheme_indices(true).map(move |(at, cluster)| Term {
        text: fold(cluster),
        start: start + at,
        end: start + at + cluster.len(),
        in_run: true,
    })
}

/// Ends a run: every pair of neighbours is a term, and the last character once more by itself, so that one character
/// is found wherever it stands as the beginning of a term.
fn close(run: &mut Vec<Term>, terms: &mut Vec<Term>) {
    for pair in run.windows(2) {
        terms.push(Term {
            text: format!("{}{}", pair[0].text, pair[1].text),
            start: pair[0].start,
            end: pair[1].end,
            in_run: true,
        });
    }
    terms.extend(run.pop().filter(|last| !last.text.is_empty()));
    run.clear();
}

fn push(terms: &mut Vec<Term>, piece: &str, start: usize, in_run: bool) {
    let mut text = fold(piece);
    text.retain(|c| !c.is_ascii_punctuation() && !matches!(c, '’' | 'ʼ') && !c.is_whitespace());
    if !text.is_empty() {
        terms.push(Term {
            text,
            start,
            end: start + piece.len(),
            in_run,
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        terms(text).into_iter().map(|term| term.text).collect()
    }

    #[test]
    fn words_are_cut_where_a_reader_cuts_them() {
        for (text, expected) in [
            ("A walk, 3.5 km!", vec!["a", "walk", "3", "5", "km"]),
            ("Don't — I won’t.", vec!["dont", "i", "wont"]),
            (
                "well-being #sleep_late",
                vec!["well", "being", "sleep", "late"],
            ),
            ("**bold** [link](a.b)", vec!["bold", "link", "a", "b"]),
            ("", vec![]),
            ("?! … \u{200b}", vec![]),
        ] {
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn scripts_without_spaces_give_pairs_and_the_last_character() {
        assert_eq!(texts("山登り"), ["山登", "登り", "り"]);
        assert_eq!(texts("山"), ["山"]);
        assert_eq!(texts("I ♥ 東京 2020"), ["i", "♥", "東京", "京", "2020"]);
        assert_eq!(texts("コーヒー"), ["コー", "ーヒ", "ヒー", "ー"]);
        let thai = texts("กินข้าว");
        assert!(thai.len() > 3 && thai[0].starts_with('ก'), "{thai:?}");
    }

    #[test]
    fn an_emoji_is_kept_whole() {
        assert_eq!(
            texts("ran🏃‍♀️today 🙂🙂"),
            ["ran", "🏃♀", "today", "🙂", "🙂"]
        );
        assert_eq!(texts("👨‍👩‍👧").len(), 1);
    }

    #[test]
    fn a_term_says_where_it_stands() {
        let text = "Ein Café.";
        let found = terms(text);
        assert_eq!(&text[found[1].start..found[1].end], "Café");
    }

    proptest! {
        #[test]
        fn plain_words_are_cut_as_all_others_are(word in "[ -~\\t\\r\\n]{1,12}|[a-zA-Z0-9]{1,12}|[ -/]{1,4}") {
            prop_assert_eq!(pieces(&word), pieces_of_any(&word));
        }

        #[test]
        fn every_term_lies_in_the_text_in_order_and_holds_nothing_that_ends_a_term(text in "\\PC{0,60}") {
            let mut last = 0;
            for term in terms(&text) {
                prop_assert!(term.start >= last && term.end > term.start && text.get(term.start..term.end).is_some());
                last = term.start;
                prop_assert!(!term.text.is_empty());
                prop_assert!(!term.text.chars().any(|c| c.is_whitespace() || c.is_ascii_punctuation()), "{:?}", term.text);
            }
        }
    }
}
