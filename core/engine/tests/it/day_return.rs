//! Everything written goes back to a day, by new changes, and the way back can be undone (J6).

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_engine::model::{CivilDay, DocName};
use belay_engine::{
    BelayError, Engine, EntryEdit, NewEntry, ReturningKind, ReturningStep, TextChange,
};
use common::{Place, evening};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

fn write(engine: &Engine, text: &str) -> DocName {
    let new = NewEntry {
        text: text.to_owned(),
        ..NewEntry::default()
    };
    engine.write_entry(new).unwrap().name
}

fn retype(engine: &Engine, name: &DocName, after: &str) {
    let before = engine.entry(name).unwrap().entry.text;
    let edit = EntryEdit {
        text: Some(TextChange {
            before,
            after: after.to_owned(),
        }),
        ..EntryEdit::default()
    };
    engine.edit_entry(name, edit).unwrap();
}

fn texts(engine: &Engine) -> Vec<String> {
    let page = engine.entries(&<_>::default()).unwrap();
    let mut texts: Vec<String> = page
        .entries
        .iter()
        .map(|line| engine.entry(&line.name).unwrap().entry.text)
        .collect();
    texts.sort();
    texts
}

/// A week in which an entry was changed, one deleted, one written, one erased, and a check-in edited.
struct Week {
    place: Place,
    engine: Engine,
    erased: DocName,
}

fn week() -> Week {
    let place = Place::new();
    let engine = place.create(None);
    let changed = write(&engine, "We walked far.");
    let deleted = write(&engine, "Only rain.");
    let erased = write(&engine, "Not for anybody.");
    let check_in = engine.write_check_in(evening("slept")).unwrap().name;
    place.clock.advance_ms(2 * DAY_MS);
    retype(&engine, &changed, "We walked.");
    engine.delete_entry(&deleted).unwrap();
    engine.erase_entry(&erased).unwrap();
    write(&engine, "A new week.");
    engine
        .edit_check_in(&check_in, evening("slept well"))
        .unwrap();
    place.clock.advance_ms(DAY_MS);
    Week {
        place,
        engine,
        erased,
    }
}

fn wins(engine: &Engine) -> Vec<Option<String>> {
    let views = engine.check_ins(10).unwrap();
    views.into_iter().map(|view| view.check_in.win).collect()
}

#[test]
fn a_return_to_a_day_is_previewed_done_by_new_changes_and_undone() {
    let Week {
        place,
        engine,
        erased,
    } = week();
    let now = texts(&engine);
    let preview = engine.preview_day_return(day("2026-03-02")).unwrap();
    assert_eq!(preview.at_ms, None);
    let steps: Vec<_> = preview
        .things
        .iter()
        .map(|thing| (thing.title.as_str(), thing.step))
        .collect();
    assert_eq!(steps.len(), 4);
    for expected in [
        ("We walked far.", ReturningStep::Earlier),
        ("Only rain.", ReturningStep::Back),
        ("slept", ReturningStep::Earlier),
        ("A new week.", ReturningStep::Deleted),
    ] {
        assert!(steps.contains(&expected), "{expected:?} in {steps:?}");
    }
    assert_eq!(texts(&engine), now, "a preview changes nothing");

    let done = engine.return_to_day(day("2026-03-02")).unwrap();
    assert_eq!(done.things, preview.things);
    assert_eq!(texts(&engine), ["Only rain.", "We walked far."]);
    assert_eq!(wins(&engine), [Some("slept".to_owned())]);
    assert_eq!(
        engine.entry(&erased).unwrap_err(),
        BelayError::NotFound { what: "entry" },
        "what was erased stays erased"
    );
    assert_eq!(engine.deleted_entries().unwrap().len(), 1);
    let again = engine.preview_day_return(day("2026-03-02")).unwrap();
    assert_eq!(again.things, []);

    drop(engine);
    let engine = place.open(None).unwrap();
    assert!(engine.last_day_return().unwrap().is_some());
    let undone = engine.undo_day_return().unwrap();
    assert_eq!((undone.things.len(), undone.left), (4, 0));
    assert_eq!(texts(&engine), now);
    assert_eq!(wins(&engine), [Some("slept well".to_owned())]);
    let nothing = engine.undo_day_return().unwrap_err();
    assert_eq!(nothing, BelayError::NotFound { what: "day-return" });
    let dump = engine.projection_dump().unwrap();
    engine.rebuild_projection().unwrap();
    assert_eq!(engine.projection_dump().unwrap(), dump);
}

#[test]
fn undoing_a_return_leaves_what_was_written_since_as_it_is() {
    let Week { place, engine, .. } = week();
    engine.return_to_day(day("2026-03-02")).unwrap();
    place.clock.advance_ms(1_000);
    let page = engine.entries(&<_>::default()).unwrap();
    let walked = page
        .entries
        .iter()
        .find(|line| line.excerpt.contains("far"));
    let walked = walked.unwrap().name;
    retype(&engine, &walked, "We walked far, and I said so.");
    let undone = engine.undo_day_return().unwrap();
    assert_eq!((undone.things.len(), undone.left), (3, 1));
    let kept = engine.entry(&walked).unwrap().entry.text;
    assert_eq!(kept, "We walked far, and I said so.");
}

#[test]
fn a_day_that_is_not_over_is_no_place_to_go_back_to() {
    let Week { engine, .. } = week();
    for on in ["2026-03-05", "2026-03-06"] {
        let refused = engine.return_to_day(day(on)).unwrap_err();
        assert_eq!(refused.detail().unwrap(), "on.in_the_future", "{on}");
    }
    let yesterday = engine.preview_day_return(day("2026-03-04")).unwrap();
    assert_eq!(yesterday.things, []);
    let before_all = engine.preview_day_return(day("2026-03-01")).unwrap();
    let gone = |thing: &belay_engine::ReturningThingView| thing.step == ReturningStep::Deleted;
    assert!(before_all.things.iter().all(gone));
    assert!(
        before_all
            .things
            .iter()
            .any(|thing| thing.kind == ReturningKind::CheckIn)
    );
}
