//! The journal through the command line: what is written, found again, brought back, and never lost.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use support::{Place, contents};

#[test]
fn an_entry_is_written_listed_changed_and_shown() {
    let place = Place::begun("Marisol");
    let words = [
        "journal",
        "write",
        "--title",
        "Sea",
        "--tag",
        "wind,sea",
        "--mood",
        "4",
        "--text",
        "We walked.\nWe rested.",
    ];
    place.run(&words).done();
    place
        .run_with(&["journal", "write"], &[], "From a pipe\n")
        .done();
    let list = place.json(&["journal", "list"]);
    assert_eq!(list["entries"][0]["excerpt"], "From a pipe");
    assert_eq!(list["entries"][1]["title"], "Sea");
    assert_eq!(list["next"], serde_json::Value::Null);
    place
        .run(&[
            "journal",
            "edit",
            "2",
            "--text",
            "We hiked.\nWe rested.",
            "--clear",
            "mood",
        ])
        .done();
    let shown = place.json(&["journal", "show", "2"]);
    assert_eq!(shown["entry"]["text"], "We hiked.\nWe rested.");
    assert_eq!(shown["entry"]["tags"], serde_json::json!(["sea", "wind"]));
    assert_eq!(shown["entry"]["mood"], serde_json::Value::Null);
    for (path, bytes) in contents(&place.store()) {
        let clear = bytes.windows(5).any(|window| window == b"hiked");
        assert!(!clear, "a word lies in clear in {path:?}");
    }
}

#[test]
fn an_entry_is_found_by_words_tags_and_days_with_the_words_marked() {
    let place = Place::begun("Marisol");
    for (text, tag) in [
        ("A walk by the sea, in Café Meer", "rest"),
        ("Only rain", "sea"),
    ] {
        place
            .run(&["journal", "write", "--text", text, "--tag", tag])
            .done();
    }
    let found = place
        .run(&["journal", "search", "cafe", "by the sea"])
        .done();
    assert!(
        found.out.contains("A walk [by the sea], in [Café] Meer"),
        "{}",
        found.out
    );
    let both = place.json(&["journal", "search", "sea"]);
    assert_eq!(both["found"].as_array().unwrap().len(), 2);
    let one = place.json(&["journal", "search", "tag:sea -walk"]);
    assert_eq!(one["found"][0]["entry"]["excerpt"], "Only rain");
    let none = place.run(&["journal", "search", "snow"]).done();
    assert!(none.out.contains("Nothing found"), "{}", none.out);
    let refused = place
        .run(&["journal", "search", "mood:9"])
        .refused(3, "invalid-input (mood.out_of_range)");
    assert!(refused.err.contains("mood"), "{}", refused.err);
}

#[test]
fn an_entry_of_ones_own_is_read_by_this_device_and_by_nobody_else() {
    let place = Place::begun("Marisol");
    place
        .run(&["journal", "write", "--text", "Between us"])
        .done();
    let readers = place.json(&["who", "entry", "last"]);
    assert_eq!(readers["own_devices"][0]["this"], true);
    assert_eq!(readers["own_devices"][0]["reading"], "has");
    for nobody in ["people", "sealed"] {
        assert_eq!(readers[nobody], serde_json::json!([]), "{nobody}");
    }
    let shown = place.run(&["who", "entry", "1"]).done();
    for said in ["this device  can read it", "nobody", "at no relay"] {
        assert!(shown.out.contains(said), "{said}");
    }
}

#[test]
fn a_deleted_entry_can_be_brought_back_and_an_erased_one_cannot() {
    let place = Place::begun("Marisol");
    place
        .run(&["journal", "write", "--text", "regretted"])
        .done();
    place
        .run(&["journal", "delete", "last"])
        .refused(3, "invalid-input (answer.needed)");
    place.run(&["journal", "delete", "last", "--yes"]).done();
    assert_eq!(
        place.json(&["journal", "list"])["entries"],
        serde_json::json!([])
    );
    place.run(&["journal", "restore", "1"]).done();
    place.run(&["journal", "erase", "last", "--yes"]).done();
    assert_eq!(place.json(&["journal", "deleted"]), serde_json::json!([]));
    place
        .run(&["journal", "show", "last"])
        .refused(4, "not-found (entry)");
}

#[test]
fn words_that_cannot_be_written_are_kept_sealed_and_shown_when_asked_for() {
    let place = Place::begun("Marisol");
    let ran = place.run(&[
        "journal",
        "write",
        "--text",
        "careful words",
        "--on",
        "2999-01-01",
    ]);
    assert_ne!(ran.code, 0);
    assert!(ran.err.contains("journal drafts"), "{}", ran.err);
    let drafts = place.json(&["journal", "drafts"]);
    assert_eq!(drafts[0]["text"], "careful words");
    let id = drafts[0]["id"].to_string();
    place.run(&["journal", "drafts", "--drop", &id]).done();
    assert_eq!(place.json(&["journal", "drafts"]), serde_json::json!([]));
}

#[test]
fn a_passage_goes_only_to_somebody_who_is_there() {
    let place = Place::begun("Marisol");
    place
        .run(&["journal", "write", "--text", "one\ntwo"])
        .done();
    place
        .run(&["journal", "share", "last", "sam", "--lines", "2", "--yes"])
        .refused(4, "not-found (partner)");
    assert_eq!(place.json(&["journal", "unshare"]), serde_json::json!([]));
}

#[test]
fn what_an_entry_said_before_is_shown_word_by_word_and_comes_back() {
    let place = Place::begun("Marisol");
    place
        .run(&["journal", "write", "--text", "We walked to the sea."])
        .done();
    place
        .run(&["journal", "edit", "1", "--text", "We ran to the wide sea."])
        .done();
    let history = place.json(&["journal", "history", "1"]);
    assert_eq!(history["states"].as_array().unwrap().len(), 2);
    assert_eq!(history["states"][0]["words_added"], 2);
    assert_eq!(history["states"][0]["this_device"], true);
    let shown = place
        .run(&["journal", "history", "1", "--state", "1"])
        .done();
    assert!(
        shown
            .out
            .contains("We [-walked-]{+ran+} to the{+ wide+} sea."),
        "{}",
        shown.out
    );
    place
        .run(&["journal", "restore", "1", "--state", "2"])
        .done();
    let entry = place.json(&["journal", "show", "1"]);
    assert_eq!(entry["entry"]["text"], "We walked to the sea.");
    place
        .run(&["journal", "restore", "1", "--state", "9"])
        .refused(4, "not-found (entry-state)");
}

#[test]
fn an_entry_is_begun_from_a_question_or_a_template_of_the_library() {
    let place = Place::begun("Marisol");
    let offers = place.json(&["journal", "prompts"]);
    assert_eq!(offers[0]["strength"], true);
    let name = offers[0]["name"].as_str().unwrap().to_owned();
    place
        .run(&["journal", "write", "--by", &name, "--text", "A laugh."])
        .done();
    let shown = place.json(&["journal", "show", "last"]);
    assert_eq!(shown["entry"]["template"], name);
    assert_eq!(shown["entry"]["prompt"], offers[0]["ask"]);
    let templates = place.run(&["journal", "templates"]).done();
    assert!(templates.out.contains("week_back"), "{}", templates.out);
    place
        .run(&["journal", "write", "--by", "week_back@9", "--text", "x"])
        .refused(8, "unavailable (template-newer)");
    assert_eq!(
        place.json(&["journal", "prompts", "--all"])[0]["strength"],
        true
    );
}

#[test]
fn a_text_that_is_too_long_for_an_entry_is_refused_with_its_size_and_kept() {
    let place = Place::begun("Marisol");
    let long = "x".repeat(1024 * 1024 + 1);
    let ran = place.run_with(&["journal", "write"], &[], &long);
    let ran = ran.refused(3, "invalid-input (entry.too_many_bytes)");
    assert!(ran.err.contains("1048577 bytes"), "{}", ran.err);
    let drafts = place.json(&["journal", "drafts"]);
    assert_eq!(drafts[0]["text"], long);
    assert_eq!(
        place.json(&["journal", "list"])["entries"],
        serde_json::json!([])
    );
}

#[test]
fn a_return_to_a_day_shows_first_what_it_would_change_and_asks() {
    let place = Place::begun("Marisol");
    place.run(&["journal", "write", "--text", "New."]).done();
    place
        .run(&["restore-day", "2099-01-01"])
        .refused(3, "invalid-input (on.in_the_future)");
    let preview = place.json(&["restore-day", "2020-01-01", "--preview"]);
    assert_eq!(preview["things"][0]["step"], "deleted");
    assert_eq!(preview["things"][0]["kind"], "entry");
    place
        .run(&["restore-day", "2020-01-01"])
        .refused(3, "invalid-input (answer.needed)");
    place.run(&["restore-day", "2020-01-01", "--yes"]).done();
    let list = place.json(&["journal", "list"]);
    assert_eq!(list["entries"], serde_json::json!([]));
    place.run(&["restore-day", "--undo"]).done();
    let list = place.json(&["journal", "list"]);
    assert_eq!(list["entries"][0]["excerpt"], "New.");
    place
        .run(&["restore-day", "--undo"])
        .refused(4, "not-found (day-return)");
}
