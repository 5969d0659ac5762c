//! Without a relay, or with one that is not there, everything is kept and said plainly.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use std::net::TcpListener;

use support::Place;

#[test]
fn without_a_relay_nobody_can_be_invited_and_nothing_changes() {
    let place = Place::begun("Marisol");
    place
        .run(&["pair", "invite"])
        .refused(8, "unavailable (no-relay)");
    assert_eq!(place.json(&["partner", "list"]), serde_json::json!([]));
}

#[test]
fn a_relay_that_is_not_there_is_offline_and_everything_stays() {
    let place = Place::begun("Marisol");
    place
        .run(&["check-in", "--mood", "3", "--win", "kept"])
        .done();
    // A port that was free a moment ago and is closed again.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("http://127.0.0.1:{port}");
    place.run(&["relay", "set", &url]).done();
    assert_eq!(place.json(&["relay"])["relay"], url.as_str());
    let ran = place.run(&["pair", "invite"]).refused(6, "offline");
    assert!(
        ran.err
            .contains("Everything is saved here and will go out later.")
    );
    assert_eq!(place.json(&["check-in", "show"])["check_in"]["win"], "kept");
    place.run(&["relay", "clear"]).done();
    assert_eq!(place.json(&["relay"])["relay"], serde_json::Value::Null);
}

#[test]
fn plain_http_to_another_machine_needs_a_yes() {
    let place = Place::begun("Marisol");
    let set = ["relay", "set", "http://relay.example:8117"];
    place.run(&set).refused(8, "unavailable (relay-plain-http)");
    assert_eq!(place.json(&["relay"])["relay"], serde_json::Value::Null);
    place
        .run(&[
            "relay",
            "set",
            "http://relay.example:8117",
            "--allow-plain-http",
        ])
        .done();
    place
        .run(&["relay", "set", "somewhere"])
        .refused(3, "invalid-input (relay.not_an_address)");
}

#[test]
fn what_is_no_invitation_is_refused_and_makes_no_partner() {
    let place = Place::begun("Marisol");
    place
        .run(&["pair", "accept", "hello there"])
        .refused(8, "unavailable (not-an-invitation)");
    place
        .run_with(&["pair", "accept", "-"], &[], "  \n")
        .refused(3, "invalid-input (invitation.empty)");
    assert_eq!(place.json(&["partner", "list"]), serde_json::json!([]));
    place
        .run(&["partner", "show", "sam"])
        .refused(4, "not-found (partner)");
}

#[test]
fn a_partner_needs_a_name_to_see() {
    let place = Place::empty();
    place.run(&["init", "--key", "file", "--agree"]).done();
    place.run(&["relay", "set", "https://relay.example"]).done();
    let ran = place.run(&["pair", "invite"]);
    ran.refused(3, "invalid-input (display_name.empty)");
}
