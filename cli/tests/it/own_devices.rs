//! Several machines of one person: listed, named, taken out, and handing over to each other.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use std::io::{BufRead, BufReader};

use support::Place;
use support::network::{Network, pair, sync};

fn words(place: &Place) -> String {
    let shown = place.json(&["recovery", "words"]);
    let words = shown["recovery_words"].as_array().unwrap();
    let words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
    words.join(" ")
}

/// Ada's machine, its words, and a second one that came from them.
fn two(relay: &Network) -> (Place, String, Place) {
    let ada = Place::begun("Ada");
    let url = relay.url();
    ada.run(&["relay", "set", &url]).done();
    ada.run(&["device", "copy", "on"]).done();
    ada.run(&["check-in", "--mood", "4", "--win", "kept", "--yes"])
        .done();
    sync(&[&ada]);
    let words = words(&ada);
    let second = Place::empty();
    let recover = [
        "recover", "--relay", &url, "--key", "file", "--name", "laptop",
    ];
    second.run_with(&recover, &[], &words).done();
    sync(&[&second, &ada, &second]);
    (ada, words, second)
}

#[test]
fn own_machines_are_listed_named_and_taken_out_with_and_without_the_words() {
    let relay = Network::up();
    let (ada, words, second) = two(&relay);
    let page = second.json(&["device", "list"]);
    assert_eq!(page["standing"]["standing"], "active");
    let devices = page["devices"].as_array().unwrap();
    assert_eq!(devices.len(), 2);
    assert_eq!(devices[0]["name"], "laptop");
    assert_eq!(
        (&devices[0]["this"], &devices[1]["this"]),
        (&true.into(), &false.into())
    );
    assert_eq!(devices[0]["state"], "in_use");
    assert_eq!(devices[1]["may_remove"], true);

    second.run(&["device", "name", "2", "old one"]).done();
    second
        .run(&["device", "name", "2", ""])
        .refused(3, "invalid-input (display_name.empty)");
    second
        .run(&["device", "revoke", "phone", "--yes"])
        .refused(4, "not-found (device)");
    second
        .run(&["device", "revoke", "laptop", "--yes"])
        .refused(8, "unavailable (this-device)");
    second
        .run(&["device", "revoke", "old one"])
        .refused(3, "invalid-input (answer.needed)");
    let foreign = self::words(&Place::begun("Sam"));
    let by_words = ["device", "revoke", "old one", "--words", "--yes"];
    second
        .run_with(&by_words, &[], &foreign)
        .refused(3, "invalid-input (recovery_words.not_the_same)");
    let done = second.run_with(&by_words, &[], &words).done();
    assert!(done.out.contains("It was removed."), "{}", done.out);
    let listed = second.run(&["device", "list"]).done();
    assert!(listed.out.contains("old one  removed"), "{}", listed.out);
    assert!(listed.out.contains("by laptop"), "{}", listed.out);
    second.run(&["device", "take-in", "old one"]).done();

    sync(&[&ada]);
    let there = ada.run(&["device", "list"]).done();
    assert!(
        there.out.contains("This device was removed by laptop"),
        "{}",
        there.out
    );
    ada.run(&["device", "revoke", "laptop", "--yes"])
        .refused(8, "unavailable (device-removed)");
    assert!(ada.run(&["today"]).done().out.contains("kept"));
}

#[test]
fn a_lost_machine_is_taken_out_while_coming_back() {
    let relay = Network::up();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&relay, &ada, &sam);
    ada.run(&["device", "copy", "on"]).done();
    ada.run(&["check-in", "--mood", "4", "--win", "kept", "--yes"])
        .done();
    sync(&[&ada, &sam, &ada]);
    let words = words(&ada);
    let back = Place::empty();
    let url = relay.url();
    let recover = [
        "recover", "--relay", &url, "--key", "file", "--name", "new one", "--lost", "all", "--json",
    ];
    let told = back.run_with(&recover, &[], &words).done().json();
    assert_eq!(told["partnerships"], 1);
    assert_eq!(told["removed"], serde_json::json!(["your first device"]));
    let page = back.json(&["device", "list"]);
    assert_eq!(page["devices"].as_array().unwrap().len(), 1);
    assert!(back.run(&["today"]).done().out.contains("kept"));
    sync(&[&ada]);
    let there = ada.json(&["device", "list"]);
    assert_eq!(there["standing"]["standing"], "removed");

    // One that does not exist leaves the person back, and says so.
    let again = Place::empty();
    let wrong = [
        "recover", "--relay", &url, "--key", "file", "--lost", "fridge",
    ];
    let told = again.run_with(&wrong, &[], &words).done();
    assert!(told.err.contains("called fridge"), "{}", told.err);
    assert!(told.out.contains("You are back."), "{}", told.out);
}

#[test]
fn a_machine_that_is_left_hands_over_to_whoever_types_the_words() {
    let ada = Place::begun("Ada");
    ada.run(&["check-in", "--mood", "4", "--win", "kept", "--yes"])
        .done();
    let words = words(&ada);
    let hand_over = ["device", "hand-over", "--listen", "127.0.0.1:0"];
    let mut handing = ada.command(&hand_over).spawn().unwrap();
    let mut said = BufReader::new(handing.stderr.take().unwrap()).lines();
    let at = said.next().unwrap().unwrap();
    let at = at.strip_prefix("Listening at ").unwrap();
    let at = at.strip_suffix('.').unwrap();

    let back = Place::empty();
    let recover = [
        "recover", "--near", at, "--key", "file", "--name", "new one",
    ];
    let foreign = self::words(&Place::begun("Sam"));
    back.run_with(&recover, &[], &foreign)
        .refused(8, "unavailable (no-device-near)");
    let ran = back.run_with(&recover, &[], &words).done();
    assert!(ran.out.contains("You are back."), "{}", ran.out);
    assert!(ran.out.contains("came over"), "{}", ran.out);
    let ended = support::Ran::from(handing.wait_with_output().unwrap()).done();
    assert!(ended.out.contains("has everything"), "{}", ended.out);
    assert!(back.run(&["today"]).done().out.contains("kept"));
    for place in [&ada, &back] {
        let page = place.json(&["device", "list"]);
        assert_eq!(page["devices"].as_array().unwrap().len(), 2);
    }
    let nowhere = Place::empty();
    nowhere
        .run(&["recover", "--near", "no address", "--key", "file"])
        .refused(3, "invalid-input (peer.not_an_address)");
    assert!(!nowhere.store().exists());
}
