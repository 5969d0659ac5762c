//! How the program speaks: JSON, colours, completions, help, unknown words.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use support::Place;

#[test]
fn every_query_answers_in_json() {
    let place = Place::begun("Marisol");
    place.run(&["check-in", "--mood", "3"]).done();
    place.run(&["goal", "add", "Swim"]).done();
    for words in [
        &["today"][..],
        &["status"],
        &["settings"],
        &["relay"],
        &["relay", "show"],
        &["goal", "list"],
        &["partner", "list"],
        &["check-in", "list"],
        &["check-in", "show"],
        &["recovery", "words"],
        &["sync"],
    ] {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        let ran = place.run(&words).done();
        assert!(ran.err.is_empty(), "{words:?}: {}", ran.err);
        let values = ran
            .out
            .lines()
            .map(serde_json::from_str::<serde_json::Value>);
        assert!(
            values.clone().count() == 1 && values.clone().all(|value| value.is_ok()),
            "{words:?}"
        );
    }
}

#[test]
fn what_is_written_answers_in_json_and_so_do_errors() {
    let place = Place::empty();
    let begun = place.json(&["init", "--key", "file"]);
    assert_eq!(begun["key"], "file");
    assert_eq!(begun["recovery_words_due"], true);
    let written = place.json(&["check-in", "--mood", "5"]);
    assert_eq!(written["check_in"]["check_in"]["mood"], 5);
    let ran = place.run(&["check-in", "--mood", "six", "--json"]);
    let error: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert_eq!(error["error"]["code"], "invalid-input");
    assert_eq!(error["error"]["detail"], "mood.unknown_word");
    let ran = place.run(&["chekin", "--json"]);
    let error: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(
        (ran.code, &error["error"]["detail"]),
        (2, &"command.unknown_word".into())
    );
}

#[test]
fn an_unknown_word_of_command_has_a_code_and_a_hint() {
    let place = Place::empty();
    let ran = place
        .run(&["chek-in"])
        .refused(2, "invalid-input (command.unknown_word)");
    assert!(ran.err.contains("check-in"), "{}", ran.err);
    place
        .run(&["today", "--loud"])
        .refused(2, "invalid-input (flag.unknown_word)");
    place
        .run(&["goal", "log"])
        .refused(2, "invalid-input (argument.empty)");
}

#[test]
fn colour_is_for_terminals_and_no_color_always_wins() {
    let place = Place::begun("Marisol");
    place.run(&["check-in", "--mood", "3"]).done();
    let escape = '\u{1b}';
    let plain = place.run(&["today"]).done();
    assert!(!plain.out.contains(escape));
    let forced = [("CLICOLOR_FORCE", "1")];
    assert!(
        place
            .run_with(&["today"], &forced, "")
            .done()
            .out
            .contains(escape)
    );
    let both = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    for words in [
        &["today"][..],
        &["status"],
        &["check-in", "--mood", "x"],
        &["nothing"],
        &["--help"],
    ] {
        let ran = place.run_with(words, &both, "");
        assert!(
            !ran.out.contains(escape) && !ran.err.contains(escape),
            "{words:?}"
        );
    }
    let json = place.run_with(&["today", "--json"], &forced, "").done();
    assert!(!json.out.contains(escape));
}

#[test]
fn completions_and_help_need_no_store() {
    let place = Place::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = place.run(&["completions", shell]).done();
        assert!(ran.out.contains("check-in"), "{shell}");
    }
    assert!(place.run(&["--help"]).done().out.contains("Exit codes"));
    assert!(place.run(&["--version"]).done().out.starts_with("belay "));
    assert!(!place.store().exists());
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let place = Place::begun("Marisol");
    let mut child = place.command(&["completions", "bash"]).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn nothing_for_people_is_said_in_words_that_hurt() {
    let place = Place::begun("Marisol");
    let helps = [
        "init", "help-now", "agree", "check-in", "goal", "pair", "partner", "sync", "relay",
        "settings", "recovery",
    ];
    for command in helps {
        let ran = place.run(&[command, "--help"]).done();
        let text = ran.out.to_lowercase();
        for word in ["failed", "missed", "streak", "user", "invalid"] {
            assert!(!text.contains(word), "{command}: {word}");
        }
    }
}
