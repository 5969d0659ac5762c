//! Losing a machine, and coming back with words or shares at the keyboard.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use support::Place;
use support::network::{Network, pair, sync};

fn words(place: &Place) -> String {
    let shown = place.json(&["recovery", "words"]);
    let words = shown["recovery_words"].as_array().unwrap();
    let words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
    words.join(" ")
}

#[test]
fn a_lost_machine_comes_back_with_typed_words_and_with_shares() {
    let relay = Network::up();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&relay, &ada, &sam);
    ada.run(&["device", "copy", "on"]).done();
    ada.run(&["check-in", "--mood", "4", "--win", "kept", "--yes"])
        .done();
    sync(&[&ada, &sam, &ada]);
    let words = words(&ada);
    let made = ada.json(&[
        "recovery", "share", "make", "--needed", "2", "--with", "Sam", "--print", "1",
    ]);
    let paper = made["on_paper"][0].as_str().unwrap().to_owned();
    ada.run_with(&["recovery", "confirm"], &[], &words).done();
    let state = ada.run(&["recovery", "status"]).done();
    assert!(state.out.contains("bring everything back"), "{}", state.out);
    assert!(state.out.contains("Sam keeps share"), "{}", state.out);
    ada.run_with(&["recovery", "drill"], &[], &words).done();
    sync(&[&ada, &sam]);
    drop(ada);

    let back = Place::empty();
    let url = relay.url();
    let recover = [
        "recover", "--relay", &url, "--key", "file", "--name", "new one",
    ];
    let mistyped = words.replacen(words.split(' ').nth(2).unwrap(), "zooo", 1);
    let refused = back.run_with(&recover, &[], &mistyped);
    assert!(refused.err.contains("'zoo'"), "{}", refused.err);
    assert!(
        !refused.err.contains("zooo"),
        "what was typed is not repeated"
    );
    refused.refused(3, "invalid-input (recovery_words.unknown_word)");
    back.run_with(&recover, &[], "one two three")
        .refused(3, "invalid-input (recovery_words.wrong_number)");
    let ran = back.run_with(&recover, &[], &words).done();
    assert!(ran.out.contains("You are back."), "{}", ran.out);
    assert!(ran.out.contains("One partnership"), "{}", ran.out);
    let today = back.run(&["today"]).done();
    assert!(today.out.contains("kept"), "{}", today.out);
    back.run_with(&recover, &[], &words)
        .refused(8, "unavailable (already-exists)");

    let kept = sam.run(&["recovery", "share", "show", "Ada"]).done();
    let kept = kept.out.lines().next().unwrap().to_owned();
    let again = Place::empty();
    let by_shares = ["recover", "--relay", &url, "--key", "file", "--shares"];
    again
        .run_with(&by_shares, &[], &kept)
        .refused(8, "unavailable (too-few-shares)");
    again
        .run_with(&by_shares, &[], &format!("{kept}\n{paper}\n"))
        .done();
    assert!(again.run(&["today"]).done().out.contains("kept"));
}

#[test]
fn a_lost_key_file_is_replaced_by_the_words_and_new_words_replace_the_old() {
    let place = Place::begun("Ada");
    place
        .run(&["check-in", "--mood", "4", "--win", "kept", "--yes"])
        .done();
    let old = words(&place);
    std::fs::remove_file(place.store().join("secret.belay")).unwrap();
    assert_ne!(place.run(&["today"]).code, 0);
    let here = ["recover", "--here", "--key", "file"];
    let foreign = words(&Place::begun("Sam"));
    place
        .run_with(&here, &[], &foreign)
        .refused(5, "wrong-secret");
    place.run_with(&here, &[], &old).done();
    assert!(place.run(&["today"]).done().out.contains("kept"));

    let drawn = place.json(&["recovery", "new-words"]);
    let drawn = drawn["recovery_words"].as_array().unwrap();
    let new: Vec<&str> = drawn.iter().map(|word| word.as_str().unwrap()).collect();
    let new = new.join(" ");
    place.run_with(&["recovery", "drill"], &[], &old).done();
    place
        .run_with(&["recovery", "new-words", "--confirm"], &[], &old)
        .refused(3, "invalid-input (recovery_words.not_the_same)");
    place
        .run_with(&["recovery", "new-words", "--confirm"], &[], &new)
        .done();
    place.run_with(&["recovery", "drill"], &[], &new).done();
    std::fs::remove_file(place.store().join("secret.belay")).unwrap();
    place.run_with(&here, &[], &old).refused(5, "wrong-secret");
    place.run_with(&here, &[], &new).done();
    let state = place.run(&["recovery", "status"]).done();
    assert!(state.out.contains("Nothing would bring"), "{}", state.out);
}
