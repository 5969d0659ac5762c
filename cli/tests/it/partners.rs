//! Two people with a real relay between them, each command a process of its own.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use std::io::{BufRead, BufReader};

use serde_json::Value;
use support::Place;
use support::network::{Network, pair, sync};

/// A preview is looked at a moment before the thing is written; everything else is the same.
fn assert_as_promised(seen: &Value, promised: &Value) {
    let (mut seen, mut promised) = (seen.clone(), promised.clone());
    let [seen_at, promised_at] =
        [&mut seen, &mut promised].map(|shown| shown["written"]["at_ms"].take().as_i64().unwrap());
    assert!((0..60_000).contains(&(seen_at - promised_at)));
    assert_eq!(seen, promised);
}

#[test]
fn what_is_shared_arrives_as_previewed_and_the_answer_comes_back() {
    let network = Network::up();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&network, &ada, &sam);
    sync(&[&ada, &sam, &ada]);
    ada.run(&["pair", "compare", "sam", "--same"]).done();
    assert_eq!(ada.json(&["partner", "list"])[0]["comparison"], "same");
    ada.run(&[
        "goal",
        "add",
        "Swim",
        "--why",
        "quiet",
        "--share",
        "sam=title,status",
        "--yes",
    ])
    .done();
    ada.run(&["partner", "share", "sam", "mood,win"])
        .refused(3, "invalid-input (answer.needed)");
    ada.run(&["partner", "share", "sam", "mood,win", "--yes"])
        .done();
    let words = [
        "check-in",
        "--mood",
        "4",
        "--win",
        "walked \u{1b}[31mred",
        "--note",
        "for me alone",
        "--done",
        "swim",
    ];
    ada.run(&words).refused(3, "invalid-input (answer.needed)");
    let words: Vec<&str> = words.into_iter().chain(["--yes"]).collect();
    let written = ada.json(&words);
    sync(&[&ada, &sam]);

    let page = sam.json(&["partner", "show", "ada"]);
    assert_as_promised(
        &page["check_ins"][0]["check_in"],
        &written["preview"][0]["check_in"],
    );
    assert_eq!(page["check_ins"][0]["check_in"]["note"], Value::Null);
    assert_eq!(page["goals"][0]["goal"]["why"], Value::Null);
    assert_as_promised(
        &page["goals"][0]["outcomes"][0],
        &written["preview"][0]["outcomes"][0]["outcome"],
    );
    let shown = sam.run(&["partner", "show", "ada"]).done();
    assert!(shown.out.contains("As of just now"), "{}", shown.out);
    assert!(shown.out.contains("walked \u{fffd}[31mred") && !shown.out.contains('\u{1b}'));

    let refused = sam.run(&["partner", "respond", "ada", "hugs", "so glad"]);
    let refused = refused.refused(3, "invalid-input (kind.unknown_word)");
    assert!(refused.err.contains("so glad"), "{}", refused.err);
    sam.run(&["partner", "respond", "ada", "seen", "--about", "7"])
        .refused(4, "not-found (check_in)");
    sam.run(&[
        "partner",
        "respond",
        "ada",
        "encouragement",
        "That took courage.",
    ])
    .done();
    sync(&[&sam, &ada]);
    let today = ada.run(&["today"]).done();
    assert!(
        today
            .out
            .contains("Sam · encouragement: That took courage."),
        "{}",
        today.out
    );
}

#[test]
fn a_private_check_in_shows_nothing_and_a_relay_that_goes_away_loses_nothing() {
    let mut network = Network::up();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&network, &ada, &sam);
    sync(&[&ada, &sam, &ada]);
    ada.run(&["partner", "share", "sam", "everything", "--yes"])
        .done();
    let ran = ada.run(&["check-in", "--mood", "2", "--private"]).done();
    assert!(
        ran.out.contains("Saved here, for you alone."),
        "{}",
        ran.out
    );
    sync(&[&ada, &sam]);
    assert_eq!(
        sam.json(&["partner", "show", "ada"])["check_ins"],
        serde_json::json!([])
    );
    network.down();
    ada.run(&["check-in", "--mood", "5", "--yes"]).done();
    let ran = ada.run(&["sync"]).refused(6, "offline (offline)");
    assert!(
        ran.err
            .contains("Everything is saved here and will go out later.")
    );
    let status = ada.json(&["status"]);
    let space = &status["spaces"][1];
    assert_eq!(
        (&space["kind"], &space["queued"]),
        (&"pair".into(), &1.into())
    );
    assert_eq!(ada.json(&["check-in", "list"]).as_array().unwrap().len(), 2);
}

#[cfg(unix)]
#[test]
fn watching_says_what_comes_and_ends_well_on_ctrl_c() {
    let network = Network::up();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&network, &ada, &sam);
    sync(&[&ada, &sam, &ada, &sam]);
    let mut watching = ada.command(&["sync", "--watch", "--json"]).spawn().unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines();
    sam.run(&["check-in", "--mood", "5", "--share", "ada=mood", "--yes"])
        .done();
    sync(&[&sam]);
    let mut items = 0;
    while items == 0 {
        let report: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        items = report["items_received"].as_u64().unwrap();
    }
    let id = watching.id().to_string();
    assert!(
        std::process::Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    assert!(watching.wait().unwrap().success());
    assert_eq!(
        ada.json(&["partner", "show", "sam"])["check_ins"][0]["check_in"]["mood"],
        5
    );
}
