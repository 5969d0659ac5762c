//! Goals of every kind through the command line, and what a slip gets.

use crate::support::Place;

#[test]
fn a_goal_of_every_kind_is_begun_noted_and_shown() {
    let place = Place::begun("Marisol");
    let add = |words: &[&str]| {
        let mut all = vec!["goal", "add"];
        all.extend(words);
        place.run(&all).done();
    };
    add(&[
        "Read",
        "--at-least",
        "20 pages",
        "--on",
        "3 times a week",
        "--area",
        "joy",
    ]);
    add(&[
        "Coffee",
        "--at-most",
        "2 cups",
        "--obstacle",
        "meetings",
        "--if",
        "one starts",
        "--then",
        "I bring tea",
    ]);
    add(&["Sweets", "--avoid", "--on", "weekdays"]);
    add(&["Move out", "--step", "call them", "--step", "pack"]);
    add(&["Without", "--days-since", "2020-01-01"]);
    place.run(&["goal", "log", "read", "12"]).done();
    place.run(&["goal", "log", "coffee", "2"]).done();
    place.run(&["goal", "log", "sweets", "done"]).done();
    place.run(&["goal", "step", "move", "1"]).done();
    let goals = place.json(&["goal", "list"]);
    assert_eq!(goals[0]["today"]["status"], "partly");
    assert_eq!(goals[0]["today"]["amount"], 12_000);
    assert_eq!(goals[0]["times_left"], 3, "partly is not done yet");
    assert_eq!(goals[1]["today"]["status"], "done");
    assert_eq!(goals[1]["goal"]["then_that"], "I bring tea");
    assert!(
        goals[4]["days_since"]["now"]
            .as_u64()
            .is_some_and(|days| days > 2_000)
    );
    let listed = place.run(&["goal", "list"]).done().out;
    for words in [
        "at least 20 pages, 3 per week",
        "1 of 2 steps",
        "to do without",
        "days since 2020-01-01",
    ] {
        assert!(listed.contains(words), "{words}: {listed}");
    }
    let shown = place.run(&["goal", "show", "coffee"]).done().out;
    assert!(shown.contains("if one starts, then I bring tea"), "{shown}");
    assert!(shown.contains("2 cups in all"), "{shown}");
    place.run(&["goal", "undo", "coffee"]).done();
    assert!(place.json(&["goal", "list"])[1]["today"].is_null());
    place
        .run(&[
            "goal",
            "edit",
            "read",
            "--on",
            "daily",
            "--until",
            "2100-01-01",
        ])
        .done();
    let read = &place.json(&["goal", "list"])[0]["goal"];
    assert_eq!(
        (&read["schedule"], &read["ends_on"]),
        (&"daily".into(), &"2100-01-01".into())
    );
    assert_eq!(read["area"], "joy", "what was not named stays");
}

#[test]
fn a_pause_asks_for_nothing_until_somebody_resumes() {
    let place = Place::begun("Marisol");
    place.run(&["goal", "add", "Swim"]).done();
    place
        .run(&["goal", "pause", "swim", "--reason", "ill"])
        .done();
    assert_eq!(place.json(&["goal", "list"])[0]["paused_today"], true);
    place
        .run(&["goal", "pause", "swim"])
        .refused(3, "invalid-input (pause.overlaps)");
    let line = place.run(&["goal", "pauses", "swim"]).done().out;
    assert!(line.contains("until you resume (ill) · now"), "{line}");
    place.run(&["goal", "resume", "swim"]).done();
    assert_eq!(place.json(&["goal", "list"])[0]["due_today"], true);
    place
        .run(&[
            "goal",
            "pause",
            "--from",
            "2026-05-09",
            "--to",
            "2026-05-01",
        ])
        .refused(3, "invalid-input (pause.ends_before_it_starts)");
    place
        .run(&["goal", "pause", "--from", "2026-02-30"])
        .refused(3, "invalid-input (pause.not_a_day)");
    place
        .run(&[
            "goal",
            "pause",
            "--from",
            "2026-05-01",
            "--to",
            "2026-05-09",
        ])
        .done();
    assert_eq!(place.json(&["goal", "pauses"])[0]["last"], "2026-05-09");
    place
        .run(&["goal", "pause", "--from", "2026-05-01", "--take-back"])
        .done();
    assert_eq!(place.json(&["goal", "pauses"]), serde_json::json!([]));
}

#[test]
fn a_goal_is_put_away_let_go_and_taken_up_again() {
    let place = Place::begun("Marisol");
    place.run(&["goal", "add", "Run"]).done();
    place.run(&["goal", "add", "Swim"]).done();
    place.run(&["goal", "archive", "run"]).done();
    place
        .run(&["goal", "let-go", "swim", "--learned", "water is cold"])
        .done();
    assert_eq!(place.json(&["goal", "list"]), serde_json::json!([]));
    let away = place.json(&["goal", "list", "--away"]);
    assert_eq!(away[1]["goal"]["learned"], "water is cold");
    let shown = place.run(&["goal", "show", "swim"]).done().out;
    assert!(
        shown.contains("let go") && shown.contains("learned: water is cold"),
        "{shown}"
    );
    place.run(&["goal", "take-up", "swim"]).done();
    assert_eq!(place.json(&["goal", "list"])[0]["goal"]["title"], "Swim");
}

#[test]
fn an_impossible_goal_is_refused_with_its_code_and_nothing_is_written() {
    let place = Place::begun("Marisol");
    for (words, code) in [
        (
            &["Nap", "--on", "8 times a week"][..],
            "schedule.out_of_range",
        ),
        (&["Nap", "--on", "every full moon"], "schedule.unknown_word"),
        (&["Nap", "--on", "on 2026-02-30"], "day.not_a_day"),
        (
            &["Nap", "--until", "2020-01-01"],
            "ends_on.ends_before_it_starts",
        ),
        (&["Nap", "--until", "soon"], "ends_on.not_a_day"),
        (&["Nap", "--from", "2026-13-01"], "starts_on.not_a_day"),
        (&["Nap", "--at-least", "pages"], "amount.not_an_amount"),
        (&["Nap", "--at-least", "20"], "unit.empty"),
        (&["Nap", "--at-least", "0 pages"], "amount.out_of_range"),
        (&["Nap", "--step", "a", "--step", "a"], "milestones.twice"),
        (&["Nap", "--if", "it rains"], "then_that.empty"),
        (&["Nap", "--area", "12"], "area.unknown_word"),
        (&[], "title.empty"),
    ] {
        let mut all = vec!["goal", "add"];
        all.extend(words);
        place
            .run(&all)
            .refused(3, &format!("invalid-input ({code})"));
    }
    assert_eq!(place.json(&["goal", "list"]), serde_json::json!([]));
    place.run(&["goal", "add", "Nap"]).done();
    place
        .run(&["goal", "log", "nap", "3"])
        .refused(3, "invalid-input (amount.not_allowed_here)");
    place
        .run(&["goal", "log", "nap", "1.23456"])
        .refused(3, "invalid-input (amount.too_many_decimals)");
}

#[test]
fn a_week_reads_kindly_and_begins_with_what_went_well() {
    let place = Place::begun("Marisol");
    let empty = place.run(&["week"]).done().out;
    assert!(empty.contains("You are here now."), "{empty}");
    place.run(&["goal", "add", "Swim"]).done();
    place
        .run(&[
            "check-in",
            "--mood",
            "2",
            "--struggle",
            "the call",
            "--done",
            "swim",
        ])
        .done();
    place
        .run(&[
            "check-in",
            "--mood",
            "4",
            "--win",
            "Walked home",
            "--feel",
            "calm",
        ])
        .done();
    let week = place.run(&["week"]).done().out;
    let first = week.lines().nth(1).unwrap_or_default().to_owned()
        + week.lines().nth(2).unwrap_or_default();
    assert!(first.contains("What went well"), "{week}");
    for words in [
        "Walked home",
        "● Swim: once",
        "mood around 3.0 of 5",
        "felt calm",
        "the call",
    ] {
        assert!(week.contains(words), "{words}: {week}");
    }
    let lower = week.to_lowercase();
    for forbidden in ["failed", "missed", "broke", "streak", "invalid"] {
        assert!(!lower.contains(forbidden), "{forbidden}: {week}");
    }
    assert_eq!(
        place.json(&["week"])["parts"][0]["wins"][0]["text"],
        "Walked home"
    );
    let insights = place.run(&["insights"]).done().out;
    assert!(
        insights.contains("Nothing of this leaves this device."),
        "{insights}"
    );
    assert_eq!(
        place.json(&["insights"])["moods"][11]["mood_thousandths"],
        3_000
    );
    place.run(&["settings", "--week-start", "sunday"]).done();
    let settings = place.json(&["settings"]);
    assert_eq!(settings["week_start"], "sunday");
}

#[test]
fn reminders_are_chosen_and_what_comes_next_is_listed() {
    let place = Place::begun("Marisol");
    let none = place.run(&["remind"]).done().out;
    assert!(none.contains("No reminders."), "{none}");
    place.run(&["goal", "add", "Swim"]).done();
    place.run(&["remind", "check-in", "07:30", "21:00"]).done();
    place.run(&["remind", "goal", "swim", "18:00"]).done();
    let view = place.json(&["remind", "quiet", "22:00-07:00"]);
    assert_eq!(view["goals"][0]["times"][0], "18:00");
    assert_eq!(view["quiet"][0]["to"], "07:00");
    assert_eq!(view["planned"].as_array().map(Vec::len), Some(60));
    assert_eq!(
        view["planned"][0]["text"], "moment",
        "nothing of its content"
    );
    let shown = place.run(&["remind"]).done().out;
    assert!(
        shown.contains("Swim  18:00") && shown.contains("next  "),
        "{shown}"
    );
    for (words, code) in [
        (&["remind", "check-in", "25:00"][..], "times.out_of_range"),
        (&["remind", "check-in", "21:00", "21:00"], "times.twice"),
        (
            &["remind", "quiet", "21:00-21:00"],
            "quiet_hours.same_times",
        ),
        (&["remind", "quiet", "night"], "quiet_hours.out_of_range"),
        (&["remind", "snooze", "2000"], "until_ms.out_of_range"),
    ] {
        place
            .run(words)
            .refused(3, &format!("invalid-input ({code})"));
    }
    place.run(&["remind", "check-in"]).done();
    assert_eq!(
        place.json(&["remind"])["check_in_times"],
        serde_json::json!([])
    );
}
