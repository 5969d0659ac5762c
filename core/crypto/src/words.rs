//! The English word list of BIP39: 2048 words, eleven bits each, none alike in its first four letters.

use bip39::Language;
use unicode_normalization::UnicodeNormalization;

use crate::CryptoError;

/// Letters of a typed word that are looked at: the longest word of the list has eight.
const LETTERS_MAX: usize = 24;

/// The word of an 11-bit number.
pub(crate) fn word(number: u16) -> &'static str {
    Language::English.word_list()[usize::from(number & 0x7ff)]
}

/// Words that are compared while somebody types: twice as many as the longest list of them has.
const LOOKED_AT_MAX: usize = 48;

fn is_between(letter: char) -> bool {
    letter.is_whitespace() || letter == ',' || letter == '\u{3001}'
}

/// What was typed, cut at white space and commas.
pub(crate) fn split_words(text: &str) -> Vec<&str> {
    text.split(is_between)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Splits what was typed into exactly `expected` words of the list. Case, and letters that only look
/// different (NFKD), do not count.
pub(crate) fn parse_words(text: &str, expected: usize) -> Result<Vec<&'static str>, CryptoError> {
    let typed = split_words(text);
    if typed.len() != expected {
        return Err(CryptoError::WordCount {
            expected,
            found: typed.len(),
        });
    }
    typed
        .iter()
        .enumerate()
        .map(|(index, typed)| {
            let typed = plain(typed);
            let number = Language::English.find_word(&typed);
            number.map(word).ok_or_else(|| CryptoError::UnknownWord {
                position: index + 1,
                nearest: nearest(&typed),
            })
        })
        .collect()
}

/// A typed word that is in no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWord {
    /// Which word, from 1.
    pub position: usize,
    /// The nearest word of the list.
    pub nearest: &'static str,
}

/// What was typed so far, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    /// How many words were typed.
    pub typed: usize,
    /// Those that are in no list; the last one not while a word of the list begins so.
    pub unknown: Vec<UnknownWord>,
}

/// Looks at words while they are typed. Of a long text only the beginning is compared.
#[must_use]
pub fn look_at_words(text: &str) -> LookedAt {
    let typed = split_words(text);
    let last = typed.len();
    let finished = text.ends_with(is_between);
    let unknown = |(index, typed): (usize, &&str)| {
        let typed = plain(typed);
        let position = index + 1;
        let may_become = position == last && !finished && begins_a_word(&typed);
        let known = Language::English.find_word(&typed).is_some();
        (!known && !may_become).then(|| UnknownWord {
            position,
            nearest: nearest(&typed),
        })
    };
    LookedAt {
        typed: last,
        unknown: typed
            .iter()
            .take(LOOKED_AT_MAX)
            .enumerate()
            .filter_map(unknown)
            .collect(),
    }
}

fn begins_a_word(typed: &str) -> bool {
    let list = Language::English.word_list();
    list.iter().any(|word| word.starts_with(typed))
}

/// A typed word as the list has it: small letters that do not only look alike.
fn plain(typed: &str) -> String {
    let typed: String = typed.nfkd().take(LETTERS_MAX).collect();
    typed.to_lowercase()
}

/// The word of the list that takes the fewest slips of the finger; the first of several.
fn nearest(typed: &str) -> &'static str {
    let typed: Vec<char> = typed.chars().collect();
    Language::English
        .word_list()
        .iter()
        .copied()
        .min_by_key(|word| slips(&typed, &word.chars().collect::<Vec<_>>()))
        .expect("the list is not empty")
}

/// Letters to insert, drop, change or swap with their neighbour to make one word of the other.
fn slips(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, other) in to.iter().enumerate() {
            let change = last[column] + usize::from(letter != other);
            let mut best = change.min(last[column + 1] + 1).min(now[column] + 1);
            let swapped =
                row > 0 && column > 0 && *letter == to[column - 1] && from[row - 1] == *other;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            now.push(best);
        }
        before = std::mem::replace(&mut last, now);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_spacing() {
        assert_eq!(
            parse_words("  Zoo\n abandon  ART ", 3).unwrap(),
            ["zoo", "abandon", "art"]
        );
        assert_eq!(
            parse_words("zoo, abandon,ART,", 3).unwrap(),
            ["zoo", "abandon", "art"]
        );
    }

    #[test]
    fn letters_that_only_look_different_are_the_same() {
        // Full-width letters, as a keyboard for Japanese types them, and a ligature.
        let typed = "\u{ff3a}\u{ff4f}\u{ff4f}\u{3001}\u{fb01}lm";
        assert_eq!(parse_words(typed, 2).unwrap(), ["zoo", "film"]);
    }

    #[test]
    fn a_mistyped_word_is_named_with_its_nearest() {
        for (typed, nearest) in [("abondon", "abandon"), ("zooo", "zoo"), ("lihgt", "light")] {
            assert_eq!(
                parse_words(&format!("zoo {typed}"), 2),
                Err(CryptoError::UnknownWord {
                    position: 2,
                    nearest
                })
            );
        }
    }

    #[test]
    fn too_few_words_are_counted() {
        assert_eq!(
            parse_words("zoo", 4),
            Err(CryptoError::WordCount {
                expected: 4,
                found: 1
            })
        );
    }
}
