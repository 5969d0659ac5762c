//! Two people who are not in one place: words or a link, each command a process of its own.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use std::sync::Arc;

use belay_relay::{Relay, RelayConfig, SystemClock};
use support::Place;
use tokio::runtime::Runtime;

#[test]
fn four_words_bring_two_people_together_and_a_slip_is_named() {
    let runtime = Runtime::new().unwrap();
    let relay = runtime
        .block_on(Relay::start(RelayConfig::default(), Arc::new(SystemClock)))
        .unwrap();
    let url = format!("http://{}", relay.addr());
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    ada.run(&["pair", "invite", "--words"])
        .refused(8, "unavailable (no-relay)");
    ada.run(&["relay", "set", &url]).done();
    let made = ada.json(&["pair", "invite", "--words"]);
    let words: Vec<&str> = made["text"].as_str().unwrap().split(' ').collect();
    let listed = ada.run(&["pair", "list"]).done();
    assert!(listed.out.contains(&words.join(" ")), "{}", listed.out);
    assert!(
        listed.out.contains("nobody has answered yet"),
        "{}",
        listed.out
    );

    let slip = [&["pair", "accept"], &words[..2], &["aplpe"], &words[3..]].concat();
    let refused = sam.run(&slip);
    let refused = refused.refused(3, "invalid-input (invitation.unknown_word)");
    let sentence = "The 3rd word, 'aplpe', is not in the list. Did you mean 'apple'?";
    assert!(refused.err.contains(sentence), "{}", refused.err);

    let spoken = words.join(", ").to_uppercase();
    let accepted = sam
        .run(&["pair", "accept", &spoken, "--relay", &url])
        .done();
    assert!(
        accepted.out.contains("Your answer is on its way."),
        "{}",
        accepted.out
    );
    let status = sam.run(&["status"]).done();
    assert!(
        status
            .out
            .contains("you answered; waiting for their device"),
        "{}",
        status.out
    );
    let synced = ada.run(&["sync"]).done();
    assert!(
        synced.out.contains("An invitation led to a partnership."),
        "{}",
        synced.out
    );
    assert!(
        ada.run(&["status"])
            .done()
            .out
            .contains("they answered, finishing")
    );
    sam.run(&["sync"]).done();
    ada.run(&["sync"]).done();
    for (one, other) in [(&ada, "sam"), (&sam, "ada")] {
        for words in [
            &["partner", "list"][..],
            &["partner", "show", other],
            &["status"],
        ] {
            let out = one.run(words).done().out;
            assert!(out.contains("not compared yet"), "{words:?}: {out}");
        }
        assert!(one.json(&["pair", "list"]).as_array().unwrap().is_empty());
    }
    let differ = ada.run(&["pair", "compare", "sam", "--different"]).done();
    assert!(differ.out.contains("is paused"), "{}", differ.out);
    assert!(
        differ.out.contains("belay pair compare Sam --same"),
        "{}",
        differ.out
    );
    assert!(
        ada.run(&["status"])
            .done()
            .out
            .contains("sharing is paused")
    );
    runtime.block_on(relay.shutdown()).unwrap();
}

#[test]
fn a_link_that_was_taken_back_leads_nowhere() {
    let runtime = Runtime::new().unwrap();
    let relay = runtime
        .block_on(Relay::start(RelayConfig::default(), Arc::new(SystemClock)))
        .unwrap();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    let url = format!("http://{}", relay.addr());
    ada.run(&["relay", "set", &url]).done();
    let made = ada.json(&["pair", "invite", "--link"]);
    let link = made["text"].as_str().unwrap();
    assert!(link.starts_with(&format!("{url}/pair/1#")), "{link}");
    ada.run(&["pair", "accept", link])
        .refused(8, "unavailable (invitation-own)");
    ada.run(&["pair", "cancel", "2"])
        .refused(4, "not-found (invitation)");
    ada.run(&["pair", "cancel", "1"]).done();
    ada.run(&["sync"]).done();
    sam.run_with(&["pair", "accept", "-"], &[], link)
        .refused(8, "unavailable (invitation-used)");
    let nothing = ada.run(&["pair", "list"]).done();
    assert!(
        nothing.out.contains("No invitation is open."),
        "{}",
        nothing.out
    );
    runtime.block_on(relay.shutdown()).unwrap();
}
