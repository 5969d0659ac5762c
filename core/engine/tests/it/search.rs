//! Finding entries again: whatever script, after every change, and never what was deleted (J2).

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::collections::BTreeMap;

use belay_engine::model::{DocName, Mood, Schedule, SearchQuery, fold_tag, terms};
use belay_engine::{BelayError, Engine, EntryEdit, NewEntry, NewGoal, SearchPageView, TextChange};
use common::Place;
use proptest::prelude::*;

fn write(engine: &Engine, text: &str) -> DocName {
    let new = NewEntry {
        text: text.to_owned(),
        ..NewEntry::default()
    };
    engine.write_entry(new).unwrap().name
}

fn names(engine: &Engine, question: &str) -> Vec<DocName> {
    let page = engine.search(question, None, None).unwrap();
    page.found.iter().map(|found| found.entry.name).collect()
}

fn marked(page: &SearchPageView) -> Vec<String> {
    let parts = page.found.iter().flat_map(|found| &found.snippet.parts);
    let found = parts.filter(|part| part.found);
    found.map(|part| part.text.clone()).collect()
}

#[test]
fn entries_are_found_in_any_script_by_words_phrases_and_beginnings() {
    let place = Place::new();
    let ada = place.create(None);
    let texts = [
        ("Ein Café am Meer", ["cafe", "CAFÉ", "\"am meer\"", "mee"]),
        ("Мы гуляли у моря", ["моря", "ГУЛЯЛИ", "\"у моря\"", "гул"]),
        ("昨日は富士山に登りました", ["富士山", "山", "登り", "昨日"]),
        ("วันนี้ฉันมีความสุข", ["ความสุข", "วันนี้", "สุข", "ฉัน"]),
        (
            "كَتَبْتُ رسالة طويلة",
            ["كتبت", "رسالة", "طويل", "\"رسالة طويلة\""],
        ),
        (
            "ran with the dog 🐕 today",
            ["🐕", "ran dog", "\"the dog\"", "tod"],
        ),
    ];
    for (text, _) in texts {
        write(&ada, text);
    }
    for (text, questions) in texts {
        for question in questions {
            let page = ada.search(question, None, None).unwrap();
            assert_eq!(page.found.len(), 1, "{question}");
            let shown: String = page.found[0]
                .snippet
                .parts
                .iter()
                .map(|part| part.text.as_str())
                .collect();
            assert_eq!(shown, text, "{question}");
            assert!(!marked(&page).is_empty(), "{question}");
        }
    }
    assert!(names(&ada, "\"meer am\"").is_empty());
    assert!(names(&ada, "士富").is_empty());
}

#[test]
fn an_edited_entry_is_found_by_its_present_words_only() {
    let place = Place::new();
    let ada = place.create(None);
    let name = write(&ada, "the harbour at night");
    let edit = EntryEdit {
        text: Some(TextChange {
            before: "the harbour at night".to_owned(),
            after: "the mountain at night".to_owned(),
        }),
        ..EntryEdit::default()
    };
    ada.edit_entry(&name, edit).unwrap();
    assert!(names(&ada, "harbour").is_empty());
    assert_eq!(names(&ada, "mountain"), [name]);
}

#[test]
fn what_was_deleted_is_not_found_and_what_was_brought_back_is() {
    let place = Place::new();
    let ada = place.create(None);
    let name = write(&ada, "a quarrel");
    ada.delete_entry(&name).unwrap();
    assert!(names(&ada, "quarrel").is_empty());
    assert!(!index_holds(&ada, "quarrel"), "its words left the index");
    ada.restore_entry(&name).unwrap();
    assert_eq!(names(&ada, "quarrel"), [name]);
    ada.erase_entry(&name).unwrap();
    assert!(names(&ada, "quarrel").is_empty());
    assert!(!index_holds(&ada, "quarrel"));
}

fn index_holds(engine: &Engine, word: &str) -> bool {
    let dump = engine.projection_dump().unwrap();
    dump.iter()
        .any(|line| line.starts_with("entry_search") && line.contains(word))
}

#[test]
fn tags_moods_goals_and_days_narrow_what_is_found() {
    let place = Place::new();
    let ada = place.create(None);
    let goal = NewGoal {
        title: "Walk by the river".to_owned(),
        schedule: Schedule::Daily,
        why: None,
        audience: BTreeMap::new(),
        ..NewGoal::default()
    };
    let goal = ada.add_goal(goal).unwrap().name;
    let new = |text: &str, on: &str, tags: &[&str], mood: u8| NewEntry {
        text: text.to_owned(),
        on: Some(on.parse().unwrap()),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        mood: Some(Mood::new(mood).unwrap()),
        ..NewEntry::default()
    };
    let first = ada
        .write_entry(NewEntry {
            goals: [goal].into(),
            ..new("slept well", "2026-01-05", &["Deep Sleep", "sea"], 4)
        })
        .unwrap()
        .name;
    let second = ada
        .write_entry(new("slept badly", "2026-02-05", &["sleep"], 2))
        .unwrap()
        .name;
    for (question, expected) in [
        ("slept", vec![second, first]),
        ("tag:sleep", vec![second]),
        ("tag:\"deep sleep\"", vec![first]),
        ("tag:DEEP", vec![]),
        ("sea", vec![first]),
        ("mood:4", vec![first]),
        ("mood:2 mood:4", vec![second, first]),
        ("goal:walk", vec![first]),
        ("goal:\"by the river\" slept", vec![first]),
        ("goal:swim", vec![]),
        ("on:2026-01", vec![first]),
        ("from:2026-01-06", vec![second]),
        ("until:2026-02-04 slept", vec![first]),
        ("slept -badly", vec![first]),
        ("-badly", vec![first]),
        ("tag:sleep -slept", vec![]),
    ] {
        assert_eq!(names(&ada, question), expected, "{question}");
    }
}

#[test]
fn nothing_asked_and_nothing_meant_are_told_by_field() {
    let place = Place::new();
    let ada = place.create(None);
    for (question, field, rule) in [
        ("  ", "query", "empty"),
        ("?!", "query", "empty"),
        ("mood:9", "mood", "out_of_range"),
        ("on:2026-02-30", "on", "not_a_day"),
    ] {
        let refused = ada.search(question, None, None).unwrap_err();
        assert_eq!(refused, BelayError::InvalidInput { field, rule });
    }
    // What looks like the index's own language is only words.
    for harmless in ["\" OR 1 --", "NEAR(a b)", "title:x", "a*b^c", "'); DROP"] {
        assert!(names(&ada, harmless).is_empty(), "{harmless}");
    }
}

#[test]
fn pages_follow_each_other_newest_first_also_when_the_last_one_shown_is_deleted() {
    let place = Place::new();
    let ada = place.create(None);
    let mut written: Vec<DocName> = (0..23)
        .map(|n| {
            place.clock.advance_ms(1);
            write(&ada, &format!("page number{n}"))
        })
        .collect();
    written.reverse();
    let first = ada.search("page", None, Some(10)).unwrap();
    let last = first.found.last().unwrap().entry.name;
    ada.delete_entry(&last).unwrap();
    let second = ada.search("page", first.next.as_ref(), Some(10)).unwrap();
    let third = ada.search("page", second.next.as_ref(), Some(10)).unwrap();
    assert_eq!(third.next, None);
    let pages = [first, second, third];
    let all: Vec<DocName> = pages
        .iter()
        .flat_map(|page| &page.found)
        .map(|found| found.entry.name)
        .collect();
    assert_eq!(all, written);
}

#[test]
fn the_index_is_part_of_what_can_be_made_anew() {
    let place = Place::new();
    let ada = place.create(None);
    for text in ["one", "two words", "三つ"] {
        write(&ada, text);
    }
    let before = ada.projection_dump().unwrap();
    assert_eq!(
        before
            .iter()
            .filter(|line| line.starts_with("entry_search"))
            .count(),
        3
    );
    ada.rebuild_projection().unwrap();
    assert_eq!(ada.projection_dump().unwrap(), before);
}

/// Words that meet each other often, in several scripts.
fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "sea", "seal", "Meer", "café", "cafe", "山", "登山", "山道", "🙂", "don't", "3.5", "ночь",
    ])
}

/// What a reader of all entries would find: the same rules, without an index.
fn naive(question: &SearchQuery, title: &str, text: &str, tag: &str) -> bool {
    let fields = [terms(title), terms(text), terms(tag)];
    let fields = fields.map(|terms| terms.into_iter().map(|term| term.text).collect::<Vec<_>>());
    let stands = |wanted: &belay_engine::model::Wanted| {
        fields.iter().any(|field| {
            field.windows(wanted.terms.len()).any(|window| {
                let last = wanted.terms.len() - 1;
                window[..last] == wanted.terms[..last]
                    && if wanted.open {
                        window[last].starts_with(&wanted.terms[last])
                    } else {
                        window[last] == wanted.terms[last]
                    }
            })
        })
    };
    question.wanted.iter().all(stands)
        && !question.unwanted.iter().any(stands)
        && question.tags.iter().all(|asked| *asked == fold_tag(tag))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn the_index_finds_what_reading_everything_finds(
        entries in prop::collection::vec((word(), prop::collection::vec(word(), 1..6), word()), 1..8),
        questions in prop::collection::vec((word(), word(), 0u8..6), 1..12),
    ) {
        let place = Place::new();
        let ada = place.create(None);
        let mut kept = Vec::new();
        for (title, words, tag) in &entries {
            let text = words.join(" ");
            let new = NewEntry {
                text: text.clone(),
                title: Some((*title).to_owned()),
                tags: [(*tag).to_owned()].into(),
                ..NewEntry::default()
            };
            kept.push((ada.write_entry(new).unwrap().name, *title, text, *tag));
        }
        for (one, two, shape) in questions {
            let question = match shape {
                0 => one.to_owned(),
                1 => format!("{one} {two}"),
                2 => format!("\"{one} {two}\""),
                3 => format!("{one} -{two}"),
                4 => format!("tag:{one} {two}"),
                _ => format!("\"{one}\" {two}"),
            };
            let query = SearchQuery::parse(&question).unwrap();
            let mut expected: Vec<DocName> = kept
                .iter()
                .filter(|(_, title, text, tag)| naive(&query, title, text, tag))
                .map(|(name, ..)| *name)
                .collect();
            let mut found = names(&ada, &question);
            expected.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, expected, "{}", question);
        }
    }
}
