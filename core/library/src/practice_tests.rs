//! What must hold of all prompts, forms, cards, things to do and plans, in every language.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use belay_model::CivilDay;

use crate::practice::{CATALOGUE, Catalogue, FILES, Files, Practice, read_all};
use crate::*;

/// Reads English with one file changed.
fn changed(change: impl Fn(&mut Files), catalogue: &str) -> Result<Practice, LibraryError> {
    let (_, english) = &FILES[0];
    let mut files = Files { ..*english };
    change(&mut files);
    Practice::read(&Catalogue::read(catalogue)?, "en", &files)
}

/// A text that lives as long as a built-in one.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

#[test]
fn every_text_is_there_in_every_language_in_the_same_shape() {
    read_all().unwrap();
    let spoken: Vec<_> = FILES.iter().map(|(language, _)| *language).collect();
    assert_eq!(spoken, languages().collect::<Vec<_>>());
    let shape = |tag: &str| {
        let prompts = prompts(tag).iter();
        let forms = forms(tag).iter();
        let cards = cards(tag).iter();
        let ideas = coping_ideas(tag).iter();
        let sessions = session_templates(tag).iter();
        let mut lines: Vec<String> = prompts
            .map(|it| format!("{} {:?} {}", it.reference(), it.group, it.hint.is_some()))
            .collect();
        lines.extend(forms.map(|it| {
            let steps = it.steps.iter();
            let steps: Vec<_> = steps
                .map(|step| (&step.id, step.hint.is_some(), step.examples.len()))
                .collect();
            format!(
                "{} {:?} {} {steps:?}",
                it.reference(),
                it.kind,
                it.notes.len()
            )
        }));
        lines.extend(cards.map(|it| format!("{} {:?} {}", it.reference(), it.kind, it.say.len())));
        lines.extend(
            ideas.map(|it| format!("{} {:?} {}", it.reference(), it.group, it.how.is_some())),
        );
        lines.extend(sessions.map(|it| {
            let parts: Vec<_> = it
                .parts
                .iter()
                .map(|part| (&part.id, part.say.len()))
                .collect();
            format!(
                "{} {:?} {} {parts:?}",
                it.reference(),
                it.kind,
                it.agree.len()
            )
        }));
        lines
    };
    for language in languages() {
        assert_eq!(shape(language), shape(FALLBACK_LANGUAGE), "{language}");
    }
}

#[test]
fn no_id_that_was_ever_given_is_gone() {
    let catalogue = Catalogue::read(CATALOGUE).unwrap();
    let mut now = BTreeSet::new();
    let mut add = |collection: &str, id: &str, version: u32, inside: Vec<&str>| {
        let line = [format!("{collection}/{id}"), version.to_string()];
        let line = line
            .into_iter()
            .chain(inside.into_iter().map(str::to_owned));
        let line = line.collect::<Vec<_>>().join(" ");
        assert!(now.insert(line), "{collection}/{id} stands twice");
    };
    for it in &catalogue.prompts {
        add("prompts", &it.id, it.version, vec![]);
    }
    for it in &catalogue.forms {
        let steps = it.steps.iter().map(String::as_str).collect();
        add("forms", &it.id, it.version, steps);
    }
    for it in &catalogue.cards {
        add("cards", &it.id, it.version, vec![]);
    }
    for it in &catalogue.coping {
        add("coping", &it.id, it.version, vec![]);
    }
    for it in &catalogue.sessions {
        let parts = it.parts.iter().map(|part| part.id.as_str()).collect();
        add("sessions", &it.id, it.version, parts);
    }
    let given = include_str!("../data/ids.txt").lines();
    let given: BTreeSet<_> = given
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let gone: Vec<_> = given.difference(&now).collect();
    let new: Vec<_> = now.difference(&given).collect();
    assert!(gone.is_empty(), "people's own words name these: {gone:?}");
    assert!(
        new.is_empty(),
        "new ids get a line in data/ids.txt: {new:?}"
    );
}

#[test]
fn a_language_that_lacks_doubles_or_adds_a_text_is_refused() {
    assert!(changed(|_| {}, CATALOGUE).is_ok());
    let edit = |from: &str, to: &str| {
        assert!(FILES[0].1.forms.contains(from), "{from}");
        let text = kept(FILES[0].1.forms.replacen(from, to, 1));
        changed(|files| files.forms = text, CATALOGUE)
    };
    assert!(
        matches!(edit("\"week_back\"", "\"week_bak\""), Err(LibraryError::NoWords { id }) if id == "week_back")
    );
    assert!(
        matches!(edit("\"held\"", "\"heldd\""), Err(LibraryError::NoWords { id }) if id == "held")
    );
    assert!(matches!(
        edit("\"week_back\": {", "\"hard_day\": {"),
        Err(LibraryError::Shape(_))
    ));
    assert!(matches!(
        edit("\"title\"", "\"tittle\""),
        Err(LibraryError::Shape(_))
    ));
    assert!(matches!(
        edit("\"version\": 1", "\"version\": 2"),
        Err(LibraryError::Version { found: 2, known: 1 })
    ));
    assert!(matches!(
        edit("\"language\": \"en\"", "\"language\": \"de\""),
        Err(LibraryError::Language)
    ));
    let marked = edit("\"reviewed\": []", "\"reviewed\": [\"safety_plan\"]").unwrap();
    drop(marked);
    assert!(matches!(
        edit("\"reviewed\": []", "\"reviewed\": [\"week_back\"]"),
        Err(LibraryError::NoPlace { id }) if id == "week_back"
    ));
    let one_less = CATALOGUE.replacen(
        "{ \"id\": \"asked\", \"version\": 1, \"group\": \"wins\" },",
        "",
        1,
    );
    assert!(
        matches!(changed(|_| {}, &one_less), Err(LibraryError::NoPlace { id }) if id == "asked")
    );
    let twice = CATALOGUE.replacen("\"id\": \"asked\"", "\"id\": \"small_win\"", 1);
    assert!(
        matches!(changed(|_| {}, &twice), Err(LibraryError::NoWords { id }) if id == "small_win")
    );
    let shouted = CATALOGUE.replacen("\"id\": \"asked\"", "\"id\": \"Asked\"", 1);
    assert!(matches!(changed(|_| {}, &shouted), Err(LibraryError::Id { id }) if id == "Asked"));
    let no_plan = CATALOGUE.replacen("\"kind\": \"safety_plan\"", "\"kind\": \"interview\"", 1);
    assert!(matches!(
        changed(|_| {}, &no_plan),
        Err(LibraryError::Missing {
            about: "safety plan"
        })
    ));
}

#[test]
fn a_name_leads_to_its_text_in_the_language_asked_for_and_a_newer_one_is_told_apart() {
    let named = |text: &str| text.parse::<ContentRef>().unwrap();
    for language in languages() {
        for it in forms(language) {
            assert_eq!(form(&it.reference(), language), Ok(it));
            assert_eq!(form(&named(&it.id), language), Ok(it));
            let newer = named(&format!("{}@{}", it.id, it.version + 1));
            let refused = form(&newer, language);
            assert_eq!(
                refused,
                Err(LookupError::Newer {
                    asked: it.version + 1,
                    known: it.version
                })
            );
        }
        for it in prompts(language) {
            assert_eq!(prompt(&it.reference(), language), Ok(it));
        }
        for it in cards(language) {
            assert_eq!(card(&it.reference(), language), Ok(it));
        }
        for it in coping_ideas(language) {
            assert_eq!(coping_idea(&it.reference(), language), Ok(it));
        }
        for it in session_templates(language) {
            assert_eq!(session_template(&it.reference(), language), Ok(it));
        }
    }
    assert_eq!(
        form(&named("nothing_like_it"), "en"),
        Err(LookupError::Unknown)
    );
    assert_eq!(prompt(&named("week_back"), "en"), Err(LookupError::Unknown));
    let week = form(&named("week_back"), "de-CH").unwrap();
    assert_eq!(week.language, "de");
    assert_eq!(
        form(&named("week_back"), "tlh").unwrap().language,
        FALLBACK_LANGUAGE
    );
}

#[test]
fn prompts_begin_with_strengths_and_each_day_brings_others() {
    let groups: Vec<_> = prompts("en").iter().map(|it| it.group).collect();
    assert!(groups.is_sorted(), "{groups:?}");
    for group in PromptGroup::ALL {
        assert!(
            groups.iter().filter(|it| *it == group).count() >= 4,
            "{group:?}"
        );
    }
    let mut day = CivilDay::new(2026, 12, 30).unwrap();
    let mut before: BTreeSet<&str> = BTreeSet::new();
    for _ in 0..400 {
        let offered = prompts_for(day, 3, "es");
        assert_eq!(offered, prompts_for(day, 3, "es-MX"));
        assert!(offered[0].group.is_strength());
        let ids: BTreeSet<&str> = offered.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids.len(), 3);
        assert!(ids.is_disjoint(&before), "{day}");
        before = ids;
        day = day.plus_days(1).unwrap();
    }
    assert!(prompts_for(day, 0, "en").is_empty());
    let all = prompts_for(day, usize::MAX, "en");
    let all: BTreeSet<&str> = all.iter().map(|it| it.id.as_str()).collect();
    assert!(all.len() > 20);
}

#[test]
fn whatever_asks_about_something_hard_asks_for_strengths_first() {
    for form in forms_of(FormKind::Journal, "en") {
        let about = |words: &[&str]| {
            let mut titles = form.steps.iter().map(|step| step.title.to_lowercase());
            titles.position(|title| words.iter().any(|word| title.contains(word)))
        };
        let strong = about(&[
            "well",
            "held",
            "good",
            "first",
            "i see",
            "what matters",
            "for what",
        ]);
        let hard = about(&["happened", "hard", "learned", "ask for"]);
        assert!(strong.is_some() || hard.is_none(), "{}", form.id);
        if let (Some(strong), Some(hard)) = (strong, hard) {
            assert!(strong < hard, "{}", form.id);
        }
    }
}

#[test]
fn the_safety_plan_has_its_six_steps_the_worksheet_its_four_and_each_its_source() {
    for language in languages() {
        let ids = |form: &'static Form| {
            form.steps
                .iter()
                .map(|step| step.id.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            ids(safety_plan(language)),
            [
                "warning_signs",
                "on_my_own",
                "people_and_places",
                "people_i_ask",
                "professionals",
                "safer_place"
            ]
        );
        assert_eq!(
            ids(worksheet(language)),
            ["name_it", "ideas", "weigh", "plan"]
        );
        assert!(safety_plan(language).notes.len() >= 3);
        assert!(
            !safety_plan(language).sources.is_empty() && !worksheet(language).sources.is_empty()
        );
    }
}

#[test]
fn a_source_has_an_address_and_the_day_it_was_opened() {
    let all = forms("en").iter().flat_map(|it| &it.sources);
    let all = all.chain(cards("en").iter().flat_map(|it| &it.sources));
    let all = all.chain(session_templates("en").iter().flat_map(|it| &it.sources));
    let from = CivilDay::new(2026, 11, 1).unwrap();
    for source in all {
        let address = source.address.strip_prefix("https://");
        let address = address.or_else(|| source.address.strip_prefix("http://"));
        assert!(
            address.is_some_and(|rest| rest.contains('.') && !rest.contains(' ')),
            "{source:?}"
        );
        assert!(
            source.opened_on >= from && !source.title.is_empty(),
            "{source:?}"
        );
    }
}

#[test]
fn things_to_do_are_small_and_of_every_kind() {
    let ideas = coping_ideas("en");
    for group in CopingGroup::ALL {
        assert!(
            ideas.iter().filter(|it| it.group == *group).count() >= 4,
            "{group:?}"
        );
    }
    assert!(ideas.iter().all(|it| (1..=30).contains(&it.minutes)));
    assert!(ideas.iter().filter(|it| it.minutes <= 5).count() >= 12);
}

#[test]
fn a_session_gives_both_the_same_time_and_says_what_stays_in_the_room() {
    let exchange = session_template(&"listening_exchange".parse().unwrap(), "en").unwrap();
    let turns = exchange
        .parts
        .iter()
        .filter(|it| it.voice == SessionVoice::Speaker);
    let turns: BTreeSet<_> = turns.map(|it| it.minutes).collect();
    assert_eq!((exchange.minutes(), turns.len()), (60, 1));
    assert_eq!(exchange.minutes_of(SessionVoice::Listener), 10);
    for session in session_templates("en") {
        assert!(
            session
                .agree
                .iter()
                .any(|it| it.contains("unless somebody is in danger"))
        );
        assert!((10..=60).contains(&session.minutes()), "{}", session.id);
    }
    for session in session_templates("en")
        .iter()
        .filter(|it| it.kind == SessionKind::Mentoring)
    {
        let voices = |voice| session.parts.iter().filter(|it| it.voice == voice).count();
        assert!(
            voices(SessionVoice::Mentee) >= voices(SessionVoice::Mentor),
            "{}",
            session.id
        );
    }
}
