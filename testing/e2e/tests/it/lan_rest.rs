//! Two who have told each other everything on one network come to rest.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::near::Near;
use belay_engine::{SyncProgress, Waited};

use crate::cast::{HOLD_MS, cast};

fn quiet(_: SyncProgress) {}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_only_an_erase_filled_is_no_contested_one_and_nothing_is_given_for_it() {
    let mut cast = cast().await;
    cast.relay.pause().await;
    // The last word of one incarnation never leaves: the next one says that its place is empty.
    cast.ada_writes("kept back");
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    let waited = Waited::Keep;
    cast.ada.engine.resume_sharing(&cast.space, waited).unwrap();
    cast.ada_writes("said");
    let sam = Near::listen(&cast.sam.engine).await;
    for _ in 0..2 {
        cast.clock.advance_ms(HOLD_MS);
        let engine = &cast.ada.engine;
        engine.sync_lan(sam.addr, &quiet).await.unwrap();
    }
    let rest = cast.ada.engine.sync_lan(sam.addr, &quiet).await.unwrap();
    sam.end().await;
    assert_eq!(cast.wins(), ["said"]);
    let moved = |report: &belay_engine::LanReport| {
        let met = report.meetings.iter();
        met.map(|met| met.envelopes_sent + met.envelopes_received)
            .sum::<u64>()
    };
    assert_eq!(moved(&rest), 0, "{rest:?}");
}
