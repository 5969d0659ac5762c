//! How all texts of the library speak, and who has read them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use belay_model::limits::MAX_PROMPT_CHARS;
use serde_json::Value;

use crate::practice::{CATALOGUE, Catalogue, FILES};
use crate::*;

/// Every text of a language that a person reads.
fn sentences(tag: &str) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = vec![not_reviewed(tag)];
    for prompt in prompts(tag) {
        all.push(&prompt.ask);
        all.extend(prompt.hint.as_deref());
    }
    for form in forms(tag) {
        all.extend([form.title.as_str(), &form.about]);
        all.extend(form.notes.iter().map(String::as_str));
        for step in &form.steps {
            all.extend([step.title.as_str(), &step.ask]);
            all.extend(step.hint.as_deref());
            all.extend(step.examples.iter().map(String::as_str));
        }
    }
    for card in cards(tag) {
        all.extend([card.title.as_str(), &card.how, &card.rather_not]);
        all.extend(card.say.iter().map(String::as_str));
    }
    for idea in coping_ideas(tag) {
        all.push(&idea.what);
        all.extend(idea.how.as_deref());
    }
    for session in session_templates(tag) {
        all.extend([session.title.as_str(), &session.about]);
        all.extend(session.agree.iter().map(String::as_str));
        for part in &session.parts {
            all.extend([part.title.as_str(), &part.how]);
            all.extend(part.say.iter().map(String::as_str));
        }
    }
    all
}

#[test]
fn a_safety_text_counts_as_reviewed_only_where_the_list_of_reviews_names_who_did_it() {
    let reviews = include_str!("../../../docs/content.md");
    let catalogue = Catalogue::read(CATALOGUE).unwrap();
    let mut texts: Vec<(&str, String, &str)> = Vec::new();
    for it in &catalogue.forms {
        texts.extend(
            it.safety
                .iter()
                .map(|row| ("forms", it.id.clone(), row.as_str())),
        );
    }
    for it in &catalogue.cards {
        texts.extend(
            it.safety
                .iter()
                .map(|row| ("cards", it.id.clone(), row.as_str())),
        );
    }
    for it in &catalogue.coping {
        texts.extend(
            it.safety
                .iter()
                .map(|row| ("coping", it.id.clone(), row.as_str())),
        );
    }
    for it in &catalogue.sessions {
        texts.extend(
            it.safety
                .iter()
                .map(|row| ("sessions", it.id.clone(), row.as_str())),
        );
    }
    assert!(texts.len() > 50);
    for language in languages() {
        let find = |collection: &str, id: &str| {
            let named = id.parse::<ContentRef>().unwrap();
            match collection {
                "forms" => form(&named, language).unwrap().unreviewed,
                "cards" => card(&named, language).unwrap().unreviewed,
                "coping" => coping_idea(&named, language).unwrap().unreviewed,
                _ => session_template(&named, language).unwrap().unreviewed,
            }
        };
        for (collection, id, row) in &texts {
            let row = format!("| {row} | {language} |");
            let lines: Vec<_> = reviews
                .lines()
                .filter(|line| line.starts_with(&row))
                .collect();
            assert_eq!(lines.len(), 1, "{row} in docs/content.md");
            let nobody = lines[0].ends_with("| nobody yet |");
            assert_eq!(find(collection, id), nobody, "{language} {collection}/{id}");
        }
    }
}

#[test]
fn texts_are_short_distinct_from_their_translation_and_trimmed() {
    for language in languages() {
        for text in sentences(language) {
            assert_eq!(text.trim(), text);
            assert!((1..=260).contains(&text.chars().count()), "{text}");
        }
        for prompt in prompts(language) {
            assert!(
                prompt.ask.chars().count() <= 120.min(MAX_PROMPT_CHARS),
                "{}",
                prompt.ask
            );
        }
        let asks: BTreeSet<_> = prompts(language).iter().map(|it| &it.ask).collect();
        assert_eq!(asks.len(), prompts(language).len());
    }
    for language in languages().filter(|it| *it != FALLBACK_LANGUAGE) {
        let english: BTreeSet<_> = sentences("en")
            .into_iter()
            .filter(|it| it.contains(' '))
            .collect();
        let same: Vec<_> = sentences(language)
            .into_iter()
            .filter(|it| english.contains(it))
            .collect();
        assert!(same.is_empty(), "{language} still says {same:?}");
    }
}

#[test]
fn nothing_says_what_belay_never_says() {
    let never: [(&str, &[&str]); 3] = [
        (
            "en",
            &[
                "failed",
                "missed",
                "broke",
                "lost your streak",
                "user",
                "sync error",
                "invalid",
            ],
        ),
        (
            "de",
            &[
                "fehlgeschlagen",
                "versagt",
                "verpasst",
                "nutzer",
                "ungültig",
                "gescheitert",
            ],
        ),
        (
            "es",
            &[
                "falló", "fallado", "fracas", "usuari", "inválid", "perdiste", "racha",
            ],
        ),
    ];
    for (language, words) in never {
        let mut texts = sentences(language);
        let starters = belay_model::ResponseKind::ALL.iter();
        texts.extend(starters.flat_map(|kind| starters_of(*kind, language)));
        for text in texts {
            let plain = text.to_lowercase();
            let said: Vec<_> = words.iter().filter(|word| plain.contains(**word)).collect();
            assert!(said.is_empty(), "{language}: {text} says {said:?}");
        }
    }
}

#[test]
fn no_text_promises_an_effect_on_health() {
    let never: [(&str, &[&str]); 3] = [
        (
            "en",
            &[
                "cure",
                "heal",
                "proven",
                "clinical",
                "treats ",
                "reduces",
                "improves",
                "certified",
            ],
        ),
        (
            "de",
            &[
                "heilt",
                "bewiesen",
                "klinisch",
                "lindert",
                "verringert",
                "verbessert",
                "zertifi",
            ],
        ),
        (
            "es",
            &[
                "sana ",
                "demostrad",
                "clínic",
                "alivia",
                "reduce",
                "mejora ",
                "certific",
            ],
        ),
    ];
    for (language, words) in never {
        for text in sentences(language) {
            let plain = text.to_lowercase();
            let said: Vec<_> = words.iter().filter(|word| plain.contains(**word)).collect();
            assert!(said.is_empty(), "{language}: {text} says {said:?}");
        }
    }
}

#[test]
fn texts_that_send_somebody_to_help_call_the_page_as_the_screens_do() {
    let screens = include_str!("../../../words/help.toml");
    let title = screens.split("[title]").nth(1).unwrap();
    for (language, times) in [("en", 4), ("de", 4), ("es", 4)] {
        let line = title
            .lines()
            .find(|line| line.starts_with(language))
            .unwrap();
        let name = line.split('"').nth(1).unwrap();
        let naming = sentences(language)
            .into_iter()
            .filter(|text| text.contains(name));
        assert_eq!(naming.count(), times, "{language} {name}");
    }
}

#[test]
fn a_card_says_what_to_do_when_somebody_is_in_danger() {
    for language in languages() {
        let danger = card(&"ask_danger".parse().unwrap(), language).unwrap();
        assert!(
            danger.say.len() >= 2 && danger.sources.len() >= 2,
            "{language}"
        );
        let limit = card(&"your_limit".parse().unwrap(), language).unwrap();
        assert!(
            !limit.rather_not.is_empty() && limit.say.len() >= 2,
            "{language}"
        );
    }
}

#[test]
fn a_new_goal_asks_when_it_will_be_left_on_purpose() {
    for language in languages() {
        let goal = form(&"new_goal".parse().unwrap(), language).unwrap();
        let step = goal
            .steps
            .iter()
            .find(|step| step.id == "look_after")
            .unwrap();
        assert!(step.hint.is_some(), "{language}");
    }
}

fn starters_of(kind: belay_model::ResponseKind, tag: &str) -> impl Iterator<Item = &'static str> {
    starters(kind, tag).iter().map(String::as_str)
}

#[test]
fn the_files_hold_nothing_but_text_that_is_shown_as_written() {
    for (language, files) in &FILES {
        for text in [
            files.prompts,
            files.forms,
            files.cards,
            files.coping,
            files.sessions,
            files.marks,
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(value["language"], *language);
            let odd = |c: char| {
                c.is_control() && c != '\n'
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            };
            assert!(!text.contains(odd), "{language}");
        }
    }
}
