//! Pausing, resuming, leaving and blocking, as a person types them, between real processes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use serde_json::Value;
use support::Place;
use support::network::{Network, pair, sync};

/// Ada and Sam, paired; Ada usually shares her wins.
fn two() -> (Network, Place, Place) {
    let network = Network::up();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&network, &ada, &sam);
    sync(&[&ada, &sam, &ada]);
    ada.run(&["pair", "compare", "sam", "--same"]).done();
    ada.run(&["partner", "share", "sam", "win", "--yes"]).done();
    (network, ada, sam)
}

/// What somebody sees of a partner's check-ins.
fn wins(of: &Place, partner: &str) -> Vec<String> {
    let page = of.json(&["partner", "show", partner]);
    let shown = page["check_ins"].as_array().unwrap().iter();
    shown
        .filter_map(|shown| shown["check_in"]["win"].as_str().map(str::to_owned))
        .collect()
}

fn standing(of: &Place) -> Value {
    of.json(&["partner", "list"])[0]["standing"].clone()
}

#[test]
fn a_pause_keeps_what_is_written_here_and_resuming_asks_what_becomes_of_it() {
    let (_network, ada, sam) = two();
    ada.run(&["check-in", "--win", "had before", "--yes"])
        .done();
    sync(&[&ada, &sam]);
    // It waits: nothing was synced since.
    ada.run(&["check-in", "--win", "waits", "--yes"]).done();
    let paused = ada.run(&["partner", "pause", "sam"]).done();
    assert!(paused.out.contains("they are not told"), "{}", paused.out);
    assert_eq!(ada.json(&["partner", "pause", "sam"])["paused"], true);
    let list = ada.run(&["partner", "list"]).done();
    assert!(list.out.contains("Sharing is paused"), "{}", list.out);
    sync(&[&ada, &sam]);
    assert_eq!(wins(&sam, "ada"), ["had before"]);

    let unanswered = ada.run(&["partner", "resume", "sam"]);
    let unanswered = unanswered.refused(3, "invalid-input (answer.needed)");
    assert!(
        unanswered.err.contains("--keep-waiting"),
        "{}",
        unanswered.err
    );
    assert_eq!(ada.json(&["partner", "list"])[0]["paused"], true);
    let both = [
        "partner",
        "resume",
        "sam",
        "--keep-waiting",
        "--share-waiting",
    ];
    assert_ne!(ada.run(&both).code, 0);
    let resumed = ada.json(&["partner", "resume", "sam", "--share-waiting"]);
    assert_eq!(resumed["paused"], false);
    sync(&[&ada, &sam]);
    assert_eq!(wins(&sam, "ada").len(), 2);

    ada.run(&["check-in", "--win", "for me", "--yes"]).done();
    ada.run(&["partner", "pause", "sam"]).done();
    let resumed = ada
        .run(&["partner", "resume", "sam", "--keep-waiting"])
        .done();
    assert!(
        resumed.out.contains("What waited stays with you."),
        "{}",
        resumed.out
    );
    sync(&[&ada, &sam]);
    assert_eq!(wins(&sam, "ada").len(), 2);
}

#[test]
fn leaving_asks_first_works_without_a_network_and_is_told_without_a_reason() {
    let (mut network, ada, sam) = two();
    sam.run(&["partner", "share", "ada", "win", "--yes"]).done();
    sam.run(&["check-in", "--win", "from Sam", "--yes"]).done();
    sync(&[&sam, &ada]);
    ada.run(&["partner", "leave", "sam"])
        .refused(3, "invalid-input (answer.needed)");
    assert_eq!(standing(&ada), "active");
    network.down();
    let left = ada.run(&["partner", "leave", "sam", "--yes"]).done();
    assert!(left.out.contains("without a reason"), "{}", left.out);
    assert_eq!(standing(&ada), "left");
    assert_eq!(wins(&ada, "sam"), ["from Sam"], "it stays readable");
    ada.run(&["partner", "leave", "sam", "--yes"]).done();
}

#[test]
fn leaving_arrives_and_blocking_removes_what_they_shared_when_asked_to() {
    let (_network, ada, sam) = two();
    sam.run(&["partner", "share", "ada", "win", "--yes"]).done();
    sam.run(&["check-in", "--win", "from Sam", "--yes"]).done();
    sync(&[&sam, &ada]);
    ada.run(&["partner", "block", "sam"])
        .refused(3, "invalid-input (answer.needed)");
    let blocked = ada.json(&["partner", "block", "sam", "--remove", "--yes"]);
    assert!(blocked["removed"].as_u64().unwrap() >= 1, "{blocked}");
    assert_eq!(standing(&ada), "blocked");
    assert!(wins(&ada, "1").is_empty());
    ada.run(&["partner", "leave", "1", "--yes"]).done();
    assert_eq!(standing(&ada), "blocked", "leaving does not undo it");
    sam.run(&["check-in", "--win", "never read", "--yes"])
        .done();
    sync(&[&ada, &sam, &ada]);
    assert_eq!(standing(&sam), "partner_left");
    assert!(wins(&ada, "1").is_empty());
}
