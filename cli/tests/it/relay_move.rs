//! Going to another relay by hand, while the old one goes away for good.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use support::Place;
use support::network::{Network, pair, sync};

#[test]
fn everything_goes_to_another_relay_and_the_partner_follows_by_syncing() {
    let (mut old, new) = (Network::up(), Network::up());
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&old, &ada, &sam);
    sync(&[&ada, &sam, &ada]);
    let words = [
        "check-in",
        "--mood",
        "4",
        "--win",
        "kept",
        "--share",
        "sam=mood,win",
        "--yes",
    ];
    ada.run(&words).done();
    ada.run(&["relay", "move", "not an address"])
        .refused(3, "invalid-input (relay.not_an_address)");
    ada.run(&["relay", "move", &new.url(), "--own"])
        .refused(8, "unavailable (no-sealed-copy)");
    let ran = ada.run(&["relay", "move", &new.url()]).done();
    assert!(
        ran.out.contains("What you share with Sam goes to"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("30 more days"), "{}", ran.out);
    sync(&[&ada, &sam, &ada]);
    let shown = ada.run(&["status"]).done();
    assert!(
        shown
            .out
            .contains("left for another one; read for 30 days more"),
        "{}",
        shown.out
    );
    let relay = ada.json(&["relay", "show"]);
    assert_eq!(relay["relay"], new.url());
    old.down();
    let words = [
        "check-in",
        "--mood",
        "3",
        "--win",
        "after",
        "--share",
        "ada=mood,win",
        "--yes",
    ];
    sam.run(&words).done();
    // The old one is tried a while, and that it is gone is said.
    sam.run(&["sync"]).refused(6, "offline (offline)");
    ada.run(&["sync"]).refused(6, "offline (offline)");
    for (place, whom, words) in [(&sam, "ada", "kept"), (&ada, "sam", "after")] {
        let shown = place.run(&["partner", "show", whom]).done();
        assert!(shown.out.contains(words), "{}", shown.out);
    }
}
