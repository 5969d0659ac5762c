//! Check-ins and goals through the command line: what is written, what is refused, and that no typed word
//! is lost.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use support::Place;

#[test]
fn a_check_in_written_with_flags_is_there_in_the_next_process() {
    let place = Place::begun("Marisol");
    place
        .run(&[
            "check-in",
            "--mood",
            "4",
            "--feel",
            "calm,grateful",
            "--energy",
            "steady",
            "--win",
            "walked",
            "--struggle",
            "the call",
            "--plan",
            "sleep",
            "--need",
            "ask-me",
            "--note",
            "much more",
            "--evening",
        ])
        .done();
    let list = place.json(&["check-in", "list"]);
    let check_in = &list[0]["check_in"];
    assert_eq!(check_in["mood"], 4);
    assert_eq!(
        check_in["emotions"],
        serde_json::json!(["calm", "grateful"])
    );
    assert_eq!(check_in["need"], "ask_me");
    assert_eq!(check_in["template"], "evening");
    assert_eq!(check_in["written"]["zone"]["name"], "Europe/Berlin");
    let today = place.json(&["today"]);
    assert_eq!(today["check_ins"][0]["check_in"]["win"], "walked");
    assert_eq!(today["on"], check_in["on"]);
}

#[test]
fn an_edit_changes_what_it_names_and_keeps_the_rest() {
    let place = Place::begun("Marisol");
    place
        .run(&[
            "check-in", "--mood", "2", "--win", "slept", "--note", "long",
        ])
        .done();
    place
        .run(&[
            "check-in", "edit", "last", "--mood", "good", "--clear", "note",
        ])
        .done();
    let view = place.json(&["check-in", "show"]);
    assert_eq!(view["check_in"]["mood"], 4);
    assert_eq!(view["check_in"]["win"], "slept");
    assert_eq!(view["check_in"]["note"], serde_json::Value::Null);
    place
        .run(&["check-in", "edit", "1", "--on", "2026-01-01"])
        .refused(3, "invalid-input (on.not_allowed_here)");
}

#[test]
fn an_undo_takes_it_back_and_a_restore_brings_it_again() {
    let place = Place::begun("Marisol");
    place.run(&["check-in", "--mood", "2"]).done();
    let name = place.json(&["check-in", "show"])["name"]
        .as_str()
        .unwrap()
        .to_owned();
    place
        .run(&["check-in", "undo"])
        .refused(3, "invalid-input (answer.needed)");
    place.run(&["check-in", "undo", "--yes"]).done();
    assert_eq!(place.json(&["check-in", "list"]), serde_json::json!([]));
    place.run(&["check-in", "restore", &name]).done();
    assert_eq!(place.json(&["check-in", "show"])["name"], name);
}

#[test]
fn what_does_not_fit_is_refused_with_its_code_and_the_words_come_back() {
    let place = Place::begun("Marisol");
    let words = "I finally told my brother";
    for (flags, code) in [
        (&["--mood", "9"][..], "mood.out_of_range"),
        (&["--mood", "splendid"], "mood.unknown_word"),
        (&["--feel", "calm,groovy"], "emotions.unknown_word"),
        (&["--energy", "lots"], "energy.unknown_word"),
        (&["--need", "money"], "need.unknown_word"),
        (&["--on", "yesterday"], "day.not_a_day"),
        (&["--on", "2026-02-30"], "day.not_a_day"),
        (&["--on", "2190-01-01"], "on.in_the_future"),
        (&["--share", "sam"], "share.shape"),
    ] {
        let flags: Vec<&str> = ["check-in", "--win", words]
            .iter()
            .chain(flags)
            .copied()
            .collect();
        let ran = place
            .run(&flags)
            .refused(3, &format!("invalid-input ({code})"));
        assert!(ran.err.contains(words), "{}", ran.err);
        assert!(ran.err.contains("saved yet"), "{}", ran.err);
    }
    place
        .run(&["check-in", "--win", words, "--done", "swim"])
        .refused(4, "not-found (goal)");
    assert_eq!(place.json(&["check-in", "list"]), serde_json::json!([]));
}

#[test]
fn an_oversized_note_is_refused_whole_and_handed_back_whole() {
    let place = Place::begun("Marisol");
    let note = format!("{}the end", "a long evening ".repeat(1_200));
    let ran = place.run_with(&["check-in", "--note", "-"], &[], &note);
    let ran = ran.refused(3, "invalid-input (note.too_many_bytes)");
    assert!(ran.err.contains(&note));
    let ran = place.run_with(&["check-in", "--note", "-", "--json"], &[], &note);
    let error: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(error["error"]["code"], "invalid-input");
    assert_eq!(error["typed"]["note"], note.as_str());
}

#[test]
fn words_typed_for_a_store_that_does_not_open_come_back() {
    let place = Place::empty();
    let pass = place.file("pass", "correct horse\n");
    place
        .run(&[
            "init",
            "--key",
            "passphrase",
            "--passphrase-file",
            pass.to_str().unwrap(),
        ])
        .done();
    let ran = place.run(&["check-in", "--struggle", "cannot open this"]);
    let ran = ran.refused(5, "locked");
    assert!(ran.err.contains("cannot open this"));
}

#[test]
fn a_zone_nobody_knows_is_refused_and_a_known_one_says_the_day() {
    let place = Place::begun("Marisol");
    let ran = place.run(&["check-in", "--win", "far away", "--zone", "Mars/Olympus"]);
    let ran = ran.refused(3, "invalid-input (zone.unknown_zone)");
    assert!(ran.err.contains("far away"), "{}", ran.err);
    place
        .run(&["today", "--zone", "Mars/Olympus"])
        .refused(3, "invalid-input (zone.unknown_zone)");
    let ahead = place.json(&["today", "--zone", "Pacific/Kiritimati"]);
    assert_eq!(ahead["zone"], "Pacific/Kiritimati");
    let unset = place.run_with(
        &["today", "--json"],
        &[("BELAY_ZONE", ""), ("TZ", ":Asia/Tokyo")],
        "",
    );
    assert!(unset.code == 3 || unset.json()["zone"] == "Asia/Tokyo");
}

#[test]
fn goals_are_logged_by_number_or_by_the_beginning_of_their_title() {
    let place = Place::begun("Marisol");
    place
        .run(&[
            "goal",
            "add",
            "Swim forty lanes",
            "--on",
            "daily",
            "--why",
            "quiet",
        ])
        .done();
    place
        .run(&["goal", "add", "Swim with Ines", "--on", "sat,sun"])
        .done();
    place.run(&["goal", "log", "swim f", "done"]).done();
    place
        .run(&["goal", "log", "2", "skipped", "--reason", "rain"])
        .done();
    place
        .run(&["goal", "log", "swim", "done"])
        .refused(3, "invalid-input (goal.ambiguous)");
    place
        .run(&["goal", "log", "run", "done"])
        .refused(4, "not-found (goal)");
    place
        .run(&["goal", "log", "1", "nearly"])
        .refused(3, "invalid-input (status.unknown_word)");
    place
        .run(&["goal", "log", "1", "done", "--reason", "rain"])
        .refused(3, "invalid-input (reason.not_allowed_here)");
    place
        .run(&["goal", "add", "Nap", "--on", "someday"])
        .refused(3, "invalid-input (schedule.unknown_word)");
    let goals = place.json(&["goal", "list"]);
    assert_eq!(goals[0]["today"]["status"], "done");
    assert_eq!(goals[1]["today"]["reason"], "rain");
    let shown = place.run(&["goal", "list"]).done();
    assert!(shown.out.contains("● done today"), "{}", shown.out);
}

#[test]
fn a_check_in_takes_outcomes_along() {
    let place = Place::begun("Marisol");
    place.run(&["goal", "add", "Swim"]).done();
    place.run(&["goal", "add", "Phone a=b"]).done();
    place
        .run(&["check-in", "--mood", "3", "--skip", "run=rain"])
        .refused(4, "not-found (goal)");
    place
        .run(&[
            "check-in",
            "--mood",
            "3",
            "--partly",
            "swim",
            "--skip",
            "phone a=b=no signal",
        ])
        .done();
    let goals = place.json(&["goal", "list"]);
    assert_eq!(goals[0]["today"]["status"], "partly");
    assert_eq!(goals[1]["today"]["reason"], "no signal");
    place
        .run(&["check-in", "--mood", "3", "--skip", "phone=x = y"])
        .done();
    assert_eq!(place.json(&["goal", "list"])[1]["today"]["reason"], "x = y");
}

#[test]
fn settings_change_what_they_name() {
    let place = Place::begun("Marisol");
    let view = place.json(&[
        "settings",
        "--day-start",
        "4",
        "--hold",
        "30",
        "--fixed-zone",
        "Asia/Tokyo",
    ]);
    assert_eq!(view["day_start"], 4);
    assert_eq!(view["hold_seconds"], 30);
    assert_eq!(view["zone_in_force"], "Asia/Tokyo");
    let view = place.json(&["settings", "--fixed-zone", "device", "--name", "Mari"]);
    assert_eq!(view["zone_in_force"], "Europe/Berlin");
    assert_eq!(view["display_name"], "Mari");
    place
        .run(&["settings", "--day-start", "7"])
        .refused(3, "invalid-input (day_start.out_of_range)");
    place
        .run(&["settings", "--hold", "601"])
        .refused(3, "invalid-input (hold_seconds.out_of_range)");
    place
        .run(&["settings", "--fixed-zone", "Nowhere"])
        .refused(3, "invalid-input (zone_name.unknown_zone)");
}

#[test]
fn the_words_of_a_goal_that_is_refused_come_back() {
    let place = Place::begun("Marisol");
    let ran = place.run(&[
        "goal",
        "add",
        "Swim",
        "--why",
        "the sea, the sea",
        "--on",
        "someday",
    ]);
    let ran = ran.refused(3, "invalid-input (schedule.unknown_word)");
    assert!(ran.err.contains("the sea, the sea"), "{}", ran.err);
    let long = "long ".repeat(60);
    let ran = place
        .run(&["goal", "add", &long])
        .refused(3, "invalid-input (title.too_many_characters)");
    assert!(ran.err.contains(&long), "{}", ran.err);
    let ran = place.run(&["goal", "log", "Swim", "skipped", "--reason", "a storm"]);
    assert!(ran.refused(4, "not-found (goal)").err.contains("a storm"));
}

#[test]
fn a_month_shows_its_days_with_their_moods() {
    let place = Place::begun("Marisol");
    for mood in ["2", "4"] {
        place.run(&["check-in", "--mood", mood]).done();
    }
    let month = place.json(&["month"]);
    let today = place.json(&["today"]);
    assert_eq!(month["days"].as_array().unwrap().len(), 1);
    assert_eq!(month["days"][0]["on"], today["on"]);
    assert_eq!(month["days"][0]["moods"], serde_json::json!([2, 4]));
    let drawn = place.run(&["month"]).done();
    assert!(drawn.out.contains("check-ins 2"), "{}", drawn.out);
    let other = place.json(&["month", "1999-02-03"]);
    assert_eq!(other["first"], "1999-02-01");
    assert_eq!(other["days"], serde_json::json!([]));
}
