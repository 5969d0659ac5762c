//! `belay sync --lan`: two machines on one network, and no relay.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise; which network it had belongs into its output"
)]

use crate::support;

use std::io::{BufRead, BufReader};

use serde_json::Value;
use support::network::{Network, pair};
use support::rooms::Rooms;
use support::{Place, Ran};

/// Two partners whose relay is gone for good, and something that Ada wrote for Sam since.
fn parted() -> (Place, Place) {
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    let mut network = Network::up();
    pair(&network, &ada, &sam);
    support::network::sync(&[&sam, &ada]);
    network.down();
    let share = ["check-in", "--mood", "4", "--win", "made soup", "--yes"];
    let words: Vec<&str> = share
        .into_iter()
        .chain(["--share", "sam=mood,win"])
        .collect();
    ada.run(&words).done();
    (ada, sam)
}

#[track_caller]
fn sam_has_it(sam: &Place) {
    let page = sam.json(&["partner", "show", "ada"]);
    assert_eq!(page["check_ins"][0]["check_in"]["win"], "made soup");
}

fn endings(report: &Value) -> Vec<&str> {
    let meetings = report["meetings"].as_array().unwrap();
    meetings
        .iter()
        .map(|meeting| meeting["ending"].as_str().unwrap())
        .collect()
}

/// Sam waits at an address, Ada calls it.
fn over_loopback(ada: &Place, sam: &Place) {
    let listen = ["sync", "--lan", "--listen", "127.0.0.1:0"];
    let mut listening = sam.command(&listen).spawn().unwrap();
    let mut said = BufReader::new(listening.stderr.take().unwrap()).lines();
    let at = said.next().unwrap().unwrap();
    let at = at.strip_prefix("Listening at ").unwrap();
    let at = at.strip_suffix('.').unwrap();
    let called = ada.json(&["sync", "--lan", "--peer", at]);
    assert_eq!(endings(&called), ["whole"]);
    let heard = said.next().unwrap().unwrap();
    assert!(heard.starts_with("Ada: gave"), "{heard}");
    assert!(listening.wait().unwrap().success());
}

#[test]
fn one_that_is_known_by_its_address_is_called_and_both_are_told() {
    let (ada, sam) = parted();
    over_loopback(&ada, &sam);
    sam_has_it(&sam);
    let again = ada.run(&["sync", "--lan", "--peer", "127.0.0.1:1"]);
    again.refused(6, "offline");
}

#[test]
fn two_machines_find_each_other_on_one_network_without_a_relay() {
    let (ada, sam) = parted();
    let Some(rooms) = Rooms::make() else {
        println!("no network namespaces here: met over loopback, with a handed-in address");
        over_loopback(&ada, &sam);
        return sam_has_it(&sam);
    };
    println!("met by mDNS between two network namespaces");
    let look = ["sync", "--lan", "--for", "120", "--json"];
    let adas = rooms.command(0, &ada, &look).spawn().unwrap();
    let sams = rooms.command(1, &sam, &look).spawn().unwrap();
    for ran in [adas, sams] {
        let ran = Ran::from(ran.wait_with_output().unwrap()).done();
        assert!(endings(&ran.json()).contains(&"whole"), "{}", ran.out);
    }
    sam_has_it(&sam);
}

#[test]
fn two_who_never_had_a_relay_become_partners_in_one_room() {
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    let invite = ["pair", "invite", "--lan", "127.0.0.1:0", "--json"];
    let mut inviting = ada.command(&invite).spawn().unwrap();
    let mut lines = BufReader::new(inviting.stdout.take().unwrap()).lines();
    let invitation: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    let text = invitation["text"].as_str().unwrap();
    let accepted = sam.json(&["pair", "accept", text]);
    let invited: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert!(inviting.wait().unwrap().success());
    assert_eq!(invited["comparison_words"], accepted["comparison_words"]);
    assert_eq!(accepted["name"], "Ada", "names came along");
    for place in [&ada, &sam] {
        place.run(&["settings", "--hold", "0"]).done();
    }
    let share = [
        "check-in",
        "--win",
        "made soup",
        "--yes",
        "--share",
        "sam=win",
    ];
    ada.run(&share).done();
    over_loopback(&ada, &sam);
    sam_has_it(&sam);
}

#[test]
fn flags_of_a_network_need_it_to_be_asked_for() {
    let place = Place::begun("Ada");
    for words in [
        &["sync", "--peer", "127.0.0.1:1"][..],
        &["sync", "--lan", "--peer", "nowhere"],
        &["sync", "--lan", "--watch", "--for", "3"],
    ] {
        assert_eq!(place.run(words).code, 2, "{words:?}");
    }
}
