//! Cards, nudges and requests for support, each command a process of its own.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::support;

use serde_json::json;
use support::Place;
use support::network::{Network, pair, sync};

#[test]
fn a_card_a_nudge_and_a_request_go_their_way_and_are_told_as_they_are() {
    let network = Network::up();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&network, &ada, &sam);
    sync(&[&ada, &sam, &ada]);
    ada.run(&["partner", "nudge", "sam"])
        .refused(8, "unavailable (nudge-not-agreed)");
    let card = [
        "partner", "card", "ada", "--nudges", "1", "--helps", "a walk",
    ];
    sam.run(&card).done();
    sam.run(&["partner", "card", "ada", "--nudges", "9"])
        .refused(3, "invalid-input (nudges_a_day.out_of_range)");
    sam.run(&["partner", "card", "ada", "--quiet", "late"])
        .refused(3, "invalid-input (quiet_hours.out_of_range)");
    sam.run(&["partner", "card", "ada", "--quiet", "07:00-07:00"])
        .refused(3, "invalid-input (quiet_hours.same_times)");
    sync(&[&sam, &ada]);
    let cards = ada.json(&["partner", "card", "sam"]);
    assert_eq!(cards["theirs"]["helps"], "a walk");
    assert_eq!(
        (&cards["theirs"]["nudges_a_day"], &cards["own"]),
        (&json!(1), &json!(null))
    );
    ada.run(&["partner", "nudge", "sam", "--about", "running"])
        .done();
    ada.run(&["partner", "nudge", "sam"])
        .refused(8, "unavailable (nudges-used-up)");

    let asked = ada.json(&[
        "support",
        "ask",
        "talk-today",
        "--text",
        "a lot today",
        "--need",
        "just-listen",
    ]);
    assert_eq!(asked[0]["delivery"], "here");
    ada.run(&["support", "ask", "loudly"])
        .refused(3, "invalid-input (level.unknown_word)");
    sync(&[&ada]);
    assert_eq!(ada.json(&["support", "list"])[0]["delivery"], "left");
    sync(&[&sam, &ada]);
    assert_eq!(
        ada.json(&["support", "list"])[0]["delivery"],
        "on_their_device"
    );
    let today = sam.run(&["today"]).done();
    for said in [
        "Ada asks",
        "a lot today",
        "Ada thinks of you, about running",
    ] {
        assert!(today.out.contains(said), "{said}: {}", today.out);
    }
    sam.run(&["support", "answer", "1", "i-hear-you"]).done();
    let later = sam.run(&["today"]).done();
    assert!(!later.out.contains("Ada asks"), "{}", later.out);
    let now = ada
        .run(&["support", "ask", "somebody-now", "--to", "sam"])
        .done();
    assert!(now.out.contains("belay help-now") && now.out.contains("Nothing rings"));
    ada.run(&["support", "take-back", "1"]).done();
    assert_eq!(
        ada.json(&["support", "list"]).as_array().map(Vec::len),
        Some(1)
    );
    ada.run(&["support", "take-back", "7"])
        .refused(4, "not-found (support request)");
}

#[test]
fn plans_for_two_are_listed_and_shown_without_a_store() {
    let place = Place::empty();
    let plans = place.json(&["session", "--language", "en"]);
    let plans = plans.as_array().unwrap();
    assert!(plans.len() >= 3, "{plans:?}");
    for language in ["en", "de", "es"] {
        let shown = place
            .run(&["session", "listening", "--language", language])
            .done();
        assert!(shown.out.contains("  0 min"), "{}", shown.out);
    }
    place
        .run(&["session", "99"])
        .refused(4, "not-found (session)");
}

#[test]
fn erasing_beyond_twenty_a_day_says_when_it_goes_and_how_to_bring_it_back() {
    let place = Place::begun("Marisol");
    for number in 0..21 {
        let text = format!("page {number}");
        place.run(&["journal", "write", "--text", &text]).done();
    }
    for _ in 0..20 {
        let erased = place.run(&["journal", "erase", "last", "--yes"]).done();
        assert!(erased.out.contains("Erased."), "{}", erased.out);
    }
    let hidden = place.run(&["journal", "erase", "last", "--yes"]).done();
    for said in ["Hidden now", "three days", "journal restore"] {
        assert!(hidden.out.contains(said), "{said}: {}", hidden.out);
    }
    assert_eq!(place.json(&["journal", "list"])["entries"], json!([]));
    assert_eq!(place.json(&["journal", "deleted"])[0]["erase_asked"], true);
    place.run(&["journal", "restore", "1"]).done();
    assert_eq!(place.json(&["deleted", "aside"]), json!([]));
    place.run(&["deleted", "bring-back"]).done();
    place
        .run(&["deleted", "bring-back", "1"])
        .refused(4, "not-found (set aside)");
}
