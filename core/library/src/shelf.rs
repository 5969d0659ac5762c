//! The languages there are, and which one answers for a tag.

use std::sync::LazyLock;

use belay_model::{CheckInTemplate, ResponseKind};

use crate::LibraryError;
use crate::content::{Content, Question};
use crate::grounding::Grounding;

/// The language that answers when none asked for is there.
pub const FALLBACK_LANGUAGE: &str = "en";

macro_rules! content_of {
    ($language:literal) => {
        Content::read(
            $language,
            include_str!(concat!("../data/", $language, "/starters.json")),
            include_str!(concat!("../data/", $language, "/questions.json")),
            include_str!(concat!("../data/", $language, "/grounding.json")),
        )
    };
}

fn read_all() -> Result<Vec<Content>, LibraryError> {
    // The fallback language stands first.
    Ok(vec![
        content_of!("en")?,
        content_of!("de")?,
        content_of!("es")?,
    ])
}

static SHELF: LazyLock<Vec<Content>> =
    LazyLock::new(|| read_all().expect("the built-in files are the ones every test run reads"));

/// The tags of the languages there are; the fallback first.
pub fn languages() -> impl Iterator<Item = &'static str> {
    SHELF.iter().map(|content| content.language)
}

/// The tag of the language that answers for `tag`: the tag itself, else what remains of it when parts
/// are taken off its end (RFC 4647, lookup: `en-GB-oxendict`, `en-GB`, `en`), else the fallback. Case
/// does not matter, and `_` may stand for `-`.
#[must_use]
pub fn language_for(tag: &str) -> &'static str {
    content_for(tag).language
}

/// Ways to begin a response of this kind, from listening practice: reflecting back, open questions,
/// encouragement without advice, one's own experience told as one's own. `…` marks where the writer
/// goes on.
#[must_use]
pub fn starters(kind: ResponseKind, tag: &str) -> &'static [String] {
    content_for(tag).starters(kind)
}

/// What a check-in of this template asks, in order, wins before struggles.
#[must_use]
pub fn questions(template: CheckInTemplate, tag: &str) -> &'static [Question] {
    content_for(tag).questions(template)
}

/// Steps that bring somebody back into the room (product id S4).
#[must_use]
pub fn grounding(tag: &str) -> &'static Grounding {
    &content_for(tag).grounding
}

fn content_for(tag: &str) -> &'static Content {
    let tag = tag.trim().replace('_', "-");
    let mut range = tag.as_str();
    loop {
        if let Some(content) = SHELF
            .iter()
            .find(|content| content.language.eq_ignore_ascii_case(range))
        {
            return content;
        }
        match range.rfind('-') {
            Some(end) => range = &range[..end],
            None => return &SHELF[0],
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::collections::BTreeSet;

    use belay_model::CheckInField;
    use belay_model::limits::MAX_RESPONSE_CHARS;

    use super::*;

    #[test]
    fn every_built_in_file_is_read_and_the_fallback_comes_first() {
        assert_eq!(read_all().unwrap()[0].language, FALLBACK_LANGUAGE);
        assert_eq!(
            languages().collect::<BTreeSet<_>>().len(),
            languages().count()
        );
    }

    #[test]
    fn a_tag_finds_its_language_or_the_fallback() {
        for tag in [
            "en",
            "EN",
            "en-GB",
            "en_US",
            "en-GB-oxendict",
            " en ",
            "tlh",
            "",
            "-",
            "ü",
            "e",
        ] {
            assert_eq!(language_for(tag), "en", "{tag:?}");
        }
        for tag in ["de", "de-AT", "de_CH"] {
            assert_eq!(language_for(tag), "de", "{tag:?}");
        }
        assert_eq!(language_for("es-419"), "es");
    }

    #[test]
    fn every_kind_has_a_choice_of_short_distinct_starters() {
        for language in languages() {
            let mut seen = BTreeSet::new();
            for kind in ResponseKind::ALL.iter().copied() {
                let starters = starters(kind, language);
                assert!(starters.len() >= 3, "{language} {kind}");
                for starter in starters {
                    assert_eq!(starter.trim(), starter);
                    assert!(
                        starter.chars().count() <= 80.min(MAX_RESPONSE_CHARS),
                        "{starter}"
                    );
                    assert!(!starter.contains('\n') && seen.insert(starter), "{starter}");
                }
            }
        }
    }

    #[test]
    fn starters_keep_to_what_their_kind_is_for() {
        for starter in starters(ResponseKind::Question, "en") {
            assert!(starter.ends_with('?'), "{starter}");
            assert!(
                !starter.starts_with("Why"),
                "a why asks for a defence: {starter}"
            );
        }
        for starter in starters(ResponseKind::OwnExperience, "en") {
            let words: Vec<&str> = starter.split([' ', ':', ',', '.']).collect();
            assert!(
                words.iter().any(|word| ["I", "me", "my"].contains(word)),
                "{starter}"
            );
        }
        for kind in ResponseKind::ALL.iter().copied() {
            for starter in starters(kind, "en") {
                let plain = starter.to_lowercase();
                for advice in [
                    "should",
                    "must",
                    "you need to",
                    "have you tried",
                    "at least",
                    "why don't",
                ] {
                    assert!(!plain.contains(advice), "{advice}: {starter}");
                }
            }
        }
    }

    #[test]
    fn a_template_asks_about_the_mood_first_and_about_no_field_twice() {
        for language in languages() {
            for template in CheckInTemplate::ALL.iter().copied() {
                let fields: Vec<CheckInField> = questions(template, language)
                    .iter()
                    .map(|question| question.field)
                    .collect();
                assert_eq!(fields[0], CheckInField::Mood, "{template}");
                assert_eq!(
                    fields.iter().collect::<BTreeSet<_>>().len(),
                    fields.len(),
                    "{template}"
                );
                let place = |field| fields.iter().position(|asked| *asked == field);
                if let (Some(win), Some(struggle)) =
                    (place(CheckInField::Win), place(CheckInField::Struggle))
                {
                    assert!(win < struggle, "{template}");
                }
            }
            assert_eq!(
                questions(CheckInTemplate::Free, language).len(),
                CheckInField::ALL.len()
            );
        }
    }

    #[test]
    fn every_language_asks_the_same_in_the_same_order() {
        for template in CheckInTemplate::ALL.iter().copied() {
            let shape = |language| {
                let asked = questions(template, language).iter();
                asked
                    .map(|question| (question.field, question.hint.is_some()))
                    .collect::<Vec<_>>()
            };
            for language in languages() {
                assert_eq!(shape(language), shape(FALLBACK_LANGUAGE), "{language}");
            }
        }
        for kind in ResponseKind::ALL.iter().copied() {
            for language in languages() {
                let count = starters(kind, language).len();
                assert_eq!(count, starters(kind, FALLBACK_LANGUAGE).len(), "{language}");
            }
        }
    }

    #[test]
    fn questions_are_short_and_hints_say_something() {
        for template in CheckInTemplate::ALL.iter().copied() {
            for question in languages().flat_map(|language| questions(template, language)) {
                assert!(
                    (1..=60).contains(&question.ask.chars().count()),
                    "{}",
                    question.ask
                );
                assert!(
                    question
                        .hint
                        .as_ref()
                        .is_none_or(|hint| !hint.trim().is_empty()),
                    "{}",
                    question.ask
                );
            }
        }
    }
}
