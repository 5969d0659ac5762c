//! Typed recovery words: which one is mistyped, and what is wrong with all of them together.

use belay_crypto::{CryptoError, RECOVERY_WORDS, RecoverySecret, UnknownWord, look_at_words};
use serde::Serialize;

use crate::distance::MistypedWord;
use crate::{BelayError, Result};

/// Rules that only recovery words can break, beside `unknown_word`.
pub const WORD_RULES: [&str; 3] = ["wrong_number", "wrong_together", "not_the_same"];

/// What typed words look like so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedWordsView {
    /// How many were typed.
    pub typed: u64,
    /// How many there have to be.
    pub needed: u64,
    /// Those that are in no list, in the order they were typed, each with the one that was probably meant. The last
    /// one is left out while it may still become a word of the list.
    pub mistyped: Vec<MistypedWord>,
    /// What is to be said of all of them.
    pub verdict: TypedWordsVerdict,
}

/// What is to be said of typed words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TypedWordsVerdict {
    /// All in the list so far; more are to come.
    GoOn,
    /// At least one is in no list.
    Mistyped,
    /// More than there have to be.
    TooMany,
    /// As many as there have to be, all in the list, and not words that belong together: one is another word of the
    /// list, or two changed places.
    WrongTogether,
    /// Words that belong together. Whose they are only a copy can show.
    Whole,
}

/// Looks at recovery words while they are typed. Touches nothing, and keeps nothing.
#[must_use]
pub fn check_words(text: &str) -> TypedWordsView {
    let looked = look_at_words(text);
    let mistyped: Vec<MistypedWord> = looked
        .unknown
        .into_iter()
        .map(|UnknownWord { position, nearest }| MistypedWord { position, nearest })
        .collect();
    let verdict = match looked.typed {
        typed if typed > RECOVERY_WORDS => TypedWordsVerdict::TooMany,
        _ if !mistyped.is_empty() => TypedWordsVerdict::Mistyped,
        RECOVERY_WORDS => match RecoverySecret::parse(text) {
            Ok(_) => TypedWordsVerdict::Whole,
            Err(CryptoError::WordChecksum) => TypedWordsVerdict::WrongTogether,
            // The last one is not finished yet.
            Err(_) => TypedWordsVerdict::GoOn,
        },
        _ => TypedWordsVerdict::GoOn,
    };
    TypedWordsView {
        typed: looked.typed as u64,
        needed: RECOVERY_WORDS as u64,
        mistyped,
        verdict,
    }
}

/// The first word that is in no list, with the word that was probably meant. `None` when the number of words
/// is another, or all are in the list.
#[must_use]
pub fn mistyped_recovery_word(text: &str) -> Option<MistypedWord> {
    match RecoverySecret::parse(text) {
        Err(CryptoError::UnknownWord { position, nearest }) => {
            Some(MistypedWord { position, nearest })
        }
        _ => None,
    }
}

/// Reads 24 typed words.
pub(crate) fn parse(text: &str) -> Result<RecoverySecret> {
    RecoverySecret::parse(text).map_err(|error| BelayError::InvalidInput {
        field: "recovery_words",
        rule: match error {
            CryptoError::WordCount { .. } => "wrong_number",
            CryptoError::UnknownWord { .. } => "unknown_word",
            _ => "wrong_together",
        },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn words() -> Vec<&'static str> {
        RecoverySecret::from_bytes([0x7f; 32]).words()
    }

    fn verdict(text: &str) -> TypedWordsVerdict {
        check_words(text).verdict
    }

    #[test]
    fn words_are_good_so_far_from_the_first_letter_to_the_last_word() {
        let all = words().join(" ");
        for end in 0..all.len() {
            let view = check_words(&all[..end]);
            assert_eq!(view.verdict, TypedWordsVerdict::GoOn, "{}", &all[..end]);
        }
        assert_eq!(verdict(&all), TypedWordsVerdict::Whole);
        assert_eq!(verdict(&format!("{all}\n")), TypedWordsVerdict::Whole);
    }

    #[test]
    fn each_mistyped_word_is_named_with_its_place_and_its_nearest() {
        let mut typed = words();
        typed[4] = "wavee";
        typed[9] = "thnak";
        let view = check_words(&typed.join(" "));
        assert_eq!(view.verdict, TypedWordsVerdict::Mistyped);
        let named: Vec<_> = view
            .mistyped
            .iter()
            .map(|word| (word.position, word.nearest))
            .collect();
        assert_eq!(named, [(5, "wave"), (10, "thank")]);
        assert_eq!((view.typed, view.needed), (24, 24));
    }

    #[test]
    fn the_word_that_is_being_typed_is_mistyped_once_no_word_of_the_list_begins_so() {
        assert_eq!(verdict("legal win"), TypedWordsVerdict::GoOn);
        assert_eq!(verdict("legal winx"), TypedWordsVerdict::Mistyped);
        assert_eq!(
            verdict("legal win "),
            TypedWordsVerdict::GoOn,
            "win is a word"
        );
        assert_eq!(verdict("legal winn "), TypedWordsVerdict::Mistyped);
    }

    #[test]
    fn words_that_do_not_belong_together_and_too_many_words_are_told_apart() {
        let mut turned = words();
        turned.rotate_left(1);
        assert_eq!(verdict(&turned.join(" ")), TypedWordsVerdict::WrongTogether);
        let more = format!("{} zoo", words().join(" "));
        assert_eq!(verdict(&more), TypedWordsVerdict::TooMany);
        assert_eq!(verdict(""), TypedWordsVerdict::GoOn);
    }

    #[test]
    fn every_rule_that_words_can_break_is_listed() {
        let mut turned = words();
        turned.rotate_left(1);
        for text in ["one two", &turned.join(" ")] {
            let rule = match parse(text) {
                Err(BelayError::InvalidInput { rule, .. }) => rule,
                _ => "none",
            };
            assert!(WORD_RULES.contains(&rule), "{text}: {rule}");
        }
    }
}
