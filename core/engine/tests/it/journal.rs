//! The journal on one device: writing, changing, listing, deleting, and words that could not be written.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::collections::{BTreeMap, BTreeSet};

use belay_engine::model::limits::MAX_ENTRY_TEXT_BYTES;
use belay_engine::model::{DocName, Mood, Schedule, SpaceId};
use belay_engine::{
    BelayError, Engine, EntryEdit, EntryQuery, EntryView, NewEntry, NewGoal, NewPassage, TextChange,
};
use belay_testkit::SeededEntropy;
use common::Place;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn entry(text: &str) -> NewEntry {
    NewEntry {
        text: text.to_owned(),
        ..NewEntry::default()
    }
}

fn retyped(before: &EntryView, after: &str) -> EntryEdit {
    EntryEdit {
        text: Some(TextChange {
            before: before.entry.text.clone(),
            after: after.to_owned(),
        }),
        ..EntryEdit::default()
    }
}

fn assert_rebuilds_equal(engine: &Engine) {
    let before = engine.projection_dump().unwrap();
    engine.rebuild_projection().unwrap();
    assert_eq!(engine.projection_dump().unwrap(), before);
}

fn tags(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn an_entry_keeps_everything_it_was_given_and_a_backdated_one_says_so() {
    let place = Place::new();
    let ada = place.create(None);
    let goal = NewGoal {
        title: "Walk".to_owned(),
        schedule: Schedule::Daily,
        why: None,
        audience: BTreeMap::new(),
        ..NewGoal::default()
    };
    let goal = ada.add_goal(goal).unwrap().name;
    let new = NewEntry {
        text: "# Sunday\n\nWe walked *far*.\n".to_owned(),
        title: Some(" The long walk ".to_owned()),
        on: Some("2026-03-01".parse().unwrap()),
        tags: tags(&[" sea ", "", "wind"]),
        mood: Some(Mood::new(4).unwrap()),
        goals: BTreeSet::from([goal]),
        prompt: Some("What helped?".to_owned()),
        template: None,
    };
    let written = ada.write_entry(new).unwrap();
    assert!(written.late && written.deleted_at_ms.is_none());
    assert_eq!(written.entry.title.as_deref(), Some("The long walk"));
    assert_eq!(written.entry.tags, tags(&["sea", "wind"]));
    assert_eq!(written.entry.goals, BTreeSet::from([goal]));
    assert_eq!(written.entry.written.zone().name(), "Europe/Berlin");
    assert_eq!(written.entry.text, "# Sunday\n\nWe walked *far*.\n");
    drop(ada);
    let ada = place.open(None).unwrap();
    assert_eq!(ada.entry(&written.name).unwrap().entry, written.entry);
    assert_rebuilds_equal(&ada);
}

#[test]
fn an_edit_changes_what_it_names_and_says_when() {
    let place = Place::new();
    let ada = place.create(None);
    let written = ada.write_entry(entry("We walked. We rested.")).unwrap();
    place.clock.advance_ms(60_000);
    let unchanged = ada
        .edit_entry(&written.name, retyped(&written, &written.entry.text))
        .unwrap();
    assert_eq!(unchanged.entry.edited_at_ms, None);
    let edit = EntryEdit {
        title: Some(Some("A walk".to_owned())),
        mood: Some(Some(Mood::new(5).unwrap())),
        tags: Some(tags(&["sea"])),
        on: Some("2026-02-28".parse().unwrap()),
        ..EntryEdit::default()
    };
    let titled = ada.edit_entry(&written.name, edit).unwrap();
    assert_eq!(titled.entry.text, "We walked. We rested.");
    assert_eq!(titled.entry.edited_at_ms, Some(common::START_MS + 60_000));
    // Two programs had the entry open: the second one to save does not undo what the first one wrote.
    ada.edit_entry(&written.name, retyped(&titled, "We walked. We slept."))
        .unwrap();
    let both = ada
        .edit_entry(&written.name, retyped(&titled, "They walked. We rested."))
        .unwrap();
    assert_eq!(both.entry.text, "They walked. We slept.");
    // Saving the same once more, as after an answer that got lost, adds nothing.
    let again = ada
        .edit_entry(&written.name, retyped(&titled, "They walked. We slept."))
        .unwrap();
    assert_eq!(again.entry.text, "They walked. We slept.");
    let cleared = EntryEdit {
        title: Some(None),
        mood: Some(None),
        tags: Some(BTreeSet::new()),
        ..EntryEdit::default()
    };
    let cleared = ada.edit_entry(&written.name, cleared).unwrap();
    assert_eq!((cleared.entry.title, cleared.entry.mood), (None, None));
    assert!(cleared.entry.tags.is_empty() && cleared.late);
    assert_rebuilds_equal(&ada);
}

#[test]
fn any_sequence_of_edits_leaves_what_was_typed_last_in_any_script() {
    const PARTS: [&str; 12] = [
        "We walked. ",
        "نمشي معًا ",
        "हम चले ",
        "一起走 ",
        "เดินด้วยกัน ",
        "e\u{301}",
        "👩‍👩‍👧",
        "\u{200f}",
        "🇫🇷",
        "\r\n",
        "\n\n",
        "\u{0}",
    ];
    let place = Place::new();
    let ada = place.create(None);
    let seed = 20_260_305;
    let mut random = SeededEntropy::new(seed);
    let mut typed = |parts: u64| -> String {
        (0..parts)
            .map(|_| PARTS[usize::try_from(random.below(12)).unwrap()])
            .collect()
    };
    let mut view = ada.write_entry(entry(&format!("a{}", typed(8)))).unwrap();
    for round in 0..24 {
        // Sometimes all is new, sometimes the middle.
        let chars: Vec<char> = view.entry.text.chars().collect();
        let cut = chars.len() / 3;
        let begin: String = chars[..cut].iter().collect();
        let end: String = chars[cut * 2..].iter().collect();
        let text = match round % 4 {
            0 => format!("b{}", typed(30)),
            _ => format!("{begin}{}{end}c", typed(3)),
        };
        view = ada.edit_entry(&view.name, retyped(&view, &text)).unwrap();
        assert_eq!(view.entry.text, text, "seed {seed}, round {round}");
    }
    assert_rebuilds_equal(&ada);
}

#[test]
fn the_list_goes_from_new_to_old_page_by_page_and_by_month_and_never_holds_a_whole_text() {
    let place = Place::new();
    let ada = place.create(None);
    let days = [
        "2026-01-31",
        "2026-02-01",
        "2026-02-28",
        "2026-02-28",
        "2026-03-01",
        "2025-12-24",
    ];
    for (number, day) in days.iter().enumerate() {
        place.clock.advance_ms(1_000);
        let new = NewEntry {
            on: Some(day.parse().unwrap()),
            ..entry(&format!("entry {number} {}", "long ".repeat(200)))
        };
        ada.write_entry(new).unwrap();
    }
    let page = |query: EntryQuery| ada.entries(&query).unwrap();
    let all = page(EntryQuery::default());
    assert_eq!(all.next, None);
    let on: Vec<String> = all.entries.iter().map(|line| line.on.to_string()).collect();
    let mut sorted = days.map(str::to_owned);
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(on, sorted);
    assert!(all.entries[1].excerpt.starts_with("entry 3 "));
    for line in &all.entries {
        assert!(line.excerpt.chars().count() < 200 && line.bytes > 1_000);
    }
    let mut paged = Vec::new();
    let mut after = None;
    loop {
        let page = page(EntryQuery {
            limit: Some(2),
            after,
            ..EntryQuery::default()
        });
        paged.extend(page.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(paged, all.entries);
    let february = page(EntryQuery {
        month: Some("2026-02-14".parse().unwrap()),
        ..EntryQuery::default()
    });
    assert_eq!(february.entries, all.entries[1..4]);
    let months = ada.entry_months().unwrap();
    let months: Vec<(String, u64)> = months
        .iter()
        .map(|month| (month.first.to_string(), month.entries))
        .collect();
    assert_eq!(months[1], ("2026-02-01".to_owned(), 3));
    assert_eq!(months.len(), 4);
}

#[test]
fn what_an_entry_may_not_be_is_named_and_nothing_of_it_is_written() {
    let place = Place::new();
    let ada = place.create(None);
    let written = ada.write_entry(entry("stays")).unwrap();
    let before = ada.projection_dump().unwrap();
    let items = ada.status().unwrap().spaces[0].items;
    let long = "x".repeat(MAX_ENTRY_TEXT_BYTES + 1);
    let refused = [
        (entry(" \n"), "entry.empty"),
        (entry(&long), "entry.too_many_bytes"),
        (
            NewEntry {
                on: Some("2026-04-01".parse().unwrap()),
                ..entry("later")
            },
            "on.in_the_future",
        ),
        (
            NewEntry {
                title: Some("two\nlines".to_owned()),
                ..entry("text")
            },
            "title.control_character",
        ),
        (
            NewEntry {
                goals: BTreeSet::from([DocName::from_bytes([9; 16])]),
                ..entry("text")
            },
            "goal",
        ),
    ];
    for (new, detail) in refused {
        let error = ada.write_entry(new).unwrap_err();
        assert_eq!(error.detail().as_deref(), Some(detail));
    }
    let error = ada
        .edit_entry(&written.name, retyped(&written, &long))
        .unwrap_err();
    assert_eq!(error.detail().as_deref(), Some("entry.too_many_bytes"));
    let nobody = NewPassage {
        entry: written.name,
        text: "stays".to_owned(),
        space: SpaceId::from_bytes([1; 32]),
        confirmed_not_compared: true,
        attachments: Vec::new(),
    };
    let error = ada.share_passage(nobody).unwrap_err();
    assert_eq!(error, BelayError::NotFound { what: "partner" });
    assert_eq!(ada.projection_dump().unwrap(), before);
    assert_eq!(ada.status().unwrap().spaces[0].items, items);
}

#[test]
fn a_text_as_long_as_may_be_is_pasted_changed_and_opened_again() {
    let place = Place::new();
    let ada = place.create(None);
    let line = "Today we walked along the river, and nobody said a word. 🌱\n";
    let mut text = line.repeat(MAX_ENTRY_TEXT_BYTES / line.len());
    let written = ada.write_entry(entry(&text)).unwrap();
    assert_eq!(written.entry.text, text);
    text.replace_range(line.len() * 5_000..line.len() * 5_000 + 5, "Later");
    let changed = ada
        .edit_entry(&written.name, retyped(&written, &text))
        .unwrap();
    assert_eq!(changed.entry.text, text);
    drop(ada);
    let ada = place.open(None).unwrap();
    assert_eq!(ada.entry(&written.name).unwrap().entry, changed.entry);
}

#[test]
fn a_deleted_entry_leaves_the_lists_and_can_be_brought_back() {
    let place = Place::new();
    let ada = place.create(None);
    let kept = ada.write_entry(entry("kept")).unwrap();
    place.clock.advance_ms(1_000);
    let deleted = ada.write_entry(entry("deleted")).unwrap();
    place.clock.advance_ms(60_000);
    let view = ada.delete_entry(&deleted.name).unwrap();
    assert_eq!(view.erased_at_ms - view.deleted_at_ms, 30 * DAY_MS);
    assert!(view.passages.is_empty());
    let listed = |ada: &Engine| -> Vec<DocName> {
        let page = ada.entries(&EntryQuery::default()).unwrap();
        page.entries.iter().map(|line| line.name).collect()
    };
    assert_eq!(listed(&ada), [kept.name]);
    assert_eq!(ada.deleted_entries().unwrap()[0].entry.excerpt, "deleted");
    let missing = BelayError::NotFound { what: "entry" };
    assert_eq!(ada.delete_entry(&deleted.name).unwrap_err(), missing);
    let edit = retyped(&deleted, "changed");
    assert_eq!(ada.edit_entry(&deleted.name, edit).unwrap_err(), missing);
    assert_rebuilds_equal(&ada);
    let restored = ada.restore_entry(&deleted.name).unwrap();
    assert_eq!(restored.entry, deleted.entry);
    assert_eq!(listed(&ada), [deleted.name, kept.name]);
    assert_eq!(ada.restore_entry(&deleted.name).unwrap_err(), missing);
    assert!(ada.deleted_entries().unwrap().is_empty());
}

#[test]
fn words_that_could_not_be_written_are_kept_until_they_are_dropped() {
    let place = Place::new();
    let ada = place.create(None);
    let long = "字".repeat(MAX_ENTRY_TEXT_BYTES);
    ada.write_entry(entry(&long)).unwrap_err();
    let id = ada.keep_draft(None, &long).unwrap();
    drop(ada);
    let ada = place.open(None).unwrap();
    let drafts = ada.drafts().unwrap();
    assert_eq!((drafts[0].id, drafts[0].text == long), (id, true));
    ada.drop_draft(id).unwrap();
    assert!(ada.drafts().unwrap().is_empty());
    let error = ada.drop_draft(id).unwrap_err();
    assert_eq!(error, BelayError::NotFound { what: "draft" });
    let error = ada.keep_draft(None, &"x".repeat(17 << 20)).unwrap_err();
    assert_eq!(error.detail().as_deref(), Some("draft.too_many_bytes"));
}

#[test]
fn what_was_deleted_thirty_days_ago_is_erased_at_the_second_look() {
    let place = Place::new();
    let ada = place.create(None);
    let gone = ada.write_entry(entry("gone")).unwrap();
    let later = ada.write_entry(entry("later")).unwrap();
    ada.delete_entry(&gone.name).unwrap();
    place.clock.advance_ms(DAY_MS);
    ada.delete_entry(&later.name).unwrap();
    drop(ada);
    let deleted_after = |days: i64| -> usize {
        place.clock.advance_ms(days * DAY_MS);
        let ada = place.open(None).unwrap();
        ada.deleted_entries().unwrap().len()
    };
    assert_eq!(deleted_after(28), 2);
    assert_eq!(deleted_after(1), 2, "overdue for the first time");
    assert_eq!(deleted_after(1), 1);
    let ada = place.open(None).unwrap();
    let missing = BelayError::NotFound { what: "entry" };
    assert_eq!(ada.entry(&gone.name).unwrap_err(), missing);
    assert_eq!(ada.restore_entry(&gone.name).unwrap_err(), missing);
    ada.restore_entry(&later.name).unwrap();
}

#[tokio::test]
async fn whoever_keeps_up_erases_what_is_overdue_too() {
    let place = Place::new();
    let ada = place.create(None);
    let gone = ada.write_entry(entry("gone")).unwrap();
    ada.delete_entry(&gone.name).unwrap();
    for days in [30, 1] {
        place.clock.advance_ms(days * DAY_MS);
        ada.watch(&|_| {}, async {}).await.unwrap();
    }
    assert!(ada.deleted_entries().unwrap().is_empty());
}

#[test]
fn a_clock_that_is_years_ahead_for_a_moment_erases_nothing() {
    let place = Place::new();
    let ada = place.create(None);
    let kept = ada.write_entry(entry("kept")).unwrap();
    ada.delete_entry(&kept.name).unwrap();
    drop(ada);
    let now_ms = common::START_MS + DAY_MS;
    for at_ms in [
        now_ms,
        now_ms + 400 * DAY_MS,
        now_ms + DAY_MS,
        now_ms + 800 * DAY_MS,
        now_ms + 2 * DAY_MS,
    ] {
        place.clock.set_ms(at_ms);
        drop(place.open(None).unwrap());
    }
    let ada = place.open(None).unwrap();
    assert_eq!(ada.restore_entry(&kept.name).unwrap().entry.text, "kept");
}
