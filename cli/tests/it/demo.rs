//! The demonstration as a process, and its stores gone on with by hand.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use support::{Place, Ran};

#[test]
fn the_demonstration_ends_well_by_itself_and_its_stores_can_be_gone_on_with() {
    let place = Place::empty();
    let keep = place.store().join("kept");
    let ran = place
        .run(&["demo", "--keep", keep.to_str().unwrap()])
        .done();
    assert!(ran.out.contains("Not one of them is there."), "{}", ran.out);
    assert!(ran.err.is_empty(), "{}", ran.err);
    for words in [
        "Marisol reads out",
        "sees exactly what",
        "sealed envelope",
        "To go on by hand",
    ] {
        assert!(ran.out.contains(words), "{words}");
    }

    let on = |who: &str, words: &[&str]| -> Ran {
        let dir = keep.join(who);
        let words: Vec<&str> = ["--dir", dir.to_str().unwrap()]
            .iter()
            .chain(words)
            .copied()
            .collect();
        place.run(&words)
    };
    let shown = on("tobias", &["partner", "show", "mari"]).done();
    assert!(shown.out.contains("As of"), "{}", shown.out);
    assert!(shown.out.contains("Swim forty lanes"));
    assert!(!shown.out.contains("grandmother"));

    // Sharing asks first, and nobody is there to answer.
    let words = [
        "check-in", "--mood", "good", "--win", "by hand", "--share", "tob=mood",
    ];
    let ran = on("marisol", &words).refused(3, "invalid-input (answer.needed)");
    assert!(ran.out.contains("What Tobias will see"), "{}", ran.out);
    assert!(ran.err.contains("by hand"));
    let words: Vec<&str> = words.into_iter().chain(["--yes"]).collect();
    let ran = on("marisol", &words).done();
    assert!(
        ran.out
            .contains("Goes to Tobias when there is a connection."),
        "{}",
        ran.out
    );

    // The relay is gone with the demonstration: everything is kept.
    let ran = on("marisol", &["sync"]).refused(6, "offline (offline)");
    assert!(
        ran.err
            .contains("Everything is saved here and will go out later.")
    );
    let shown = on("marisol", &["check-in", "show"]).done();
    assert!(shown.out.contains("by hand"));

    let again = place.run(&["demo", "--keep", keep.to_str().unwrap()]);
    again.refused(3, "invalid-input (keep.not_empty)");
}

#[test]
fn the_story_without_any_server_ends_well_by_itself() {
    let place = Place::empty();
    let keep = place.store().join("kept");
    let ran = place
        .run(&["demo", "lan", "--keep", keep.to_str().unwrap()])
        .done();
    assert!(ran.out.contains("Not one of them is there."), "{}", ran.out);
    assert!(ran.err.is_empty(), "{}", ran.err);
    for words in [
        "no server anywhere",
        "Each sees exactly what",
        "A tablet is added",
        "24 words bring everything back",
        "share on, as if nothing had been lost",
    ] {
        assert!(ran.out.contains(words), "{words}");
    }
    let dir = keep.join("amira-tablet");
    let shown = place.run(&["--dir", dir.to_str().unwrap(), "journal", "list"]);
    assert!(shown.done().out.contains("pocketknife"));
    let told = place.run(&["demo", "lan", "--json"]).done();
    let last = told.out.lines().last().unwrap().to_owned();
    let ended: serde_json::Value = serde_json::from_str(&last).unwrap();
    assert_eq!(ended["relays"], 0);
}
