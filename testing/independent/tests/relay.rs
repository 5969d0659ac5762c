//! A relay's whole file, read in Python with the keys that lie in people's stores: what a partner can open, and
//! what they cannot once the other has left.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::NewCheckIn;
use belay_engine::model::{CheckInFields, SpaceId};
use belay_independent::relay_file::{Copied, Envelope, opened};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const MINUTE_MS: i64 = 60_000;

fn texts(envelopes: &[Envelope], by: &str) -> BTreeSet<String> {
    opened(envelopes, by)
        .flat_map(|item| item.texts.clone())
        .collect()
}

fn author(envelopes: &[Envelope], by: &str, text: &str) -> String {
    opened(envelopes, by)
        .find(|item| item.texts.iter().any(|one| one == text))
        .map(|item| item.device.clone())
        .unwrap()
}

/// Writes a check-in for these spaces and waits until its hold is over.
fn write(by: &Companion, win: &str, spaces: &[SpaceId]) {
    let audience = spaces
        .iter()
        .map(|space| (*space, CheckInFields::all()))
        .collect();
    by.engine
        .write_check_in(NewCheckIn {
            win: Some(win.to_owned()),
            audience: Some(audience),
            ..NewCheckIn::default()
        })
        .unwrap();
}

async fn sync_all(clock: &FakeClock, people: &[&Companion]) {
    for _ in 0..3 {
        clock.advance_ms(MINUTE_MS);
        for one in people {
            one.sync().await;
        }
    }
}

#[tokio::test]
async fn the_keys_of_who_was_left_and_of_who_left_open_nothing_sealed_afterwards() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let mut relay = TestRelay::start(&clock).await;
    let [ada, sam, kim] =
        [("Ada", 1), ("Sam", 2), ("Kim", 3)].map(|(name, seed)| Companion::new(name, &clock, seed));
    let with_sam = pair(&ada, &sam, relay.origin()).await;
    let with_kim = pair(&ada, &kim, relay.origin()).await;
    let everyone = [&ada, &sam, &kim];
    write(&ada, "before, for both", &[with_sam, with_kim]);
    write(&sam, "before, by Sam", &[with_sam]);
    sync_all(&clock, &everyone).await;
    let before = Copied::whole_relay(&mut relay).await;
    let (ada_before, sam_before) = (Copied::store(&ada), Copied::store(&sam));

    write(&ada, "queued for both", &[with_sam, with_kim]);
    ada.engine.leave(&with_sam).unwrap();
    write(&ada, "after, for Kim", &[with_kim]);
    sync_all(&clock, &everyone).await;
    write(&sam, "after, by Sam", &[]);
    sync_all(&clock, &everyone).await;
    let after = Copied::whole_relay(&mut relay).await;
    let (ada_after, sam_after, kim_after) = (
        Copied::store(&ada),
        Copied::store(&sam),
        Copied::store(&kim),
    );

    let then = before.read_with(&[("ada", &ada_before), ("sam", &sam_before)]);
    assert!(
        texts(&then, "sam").is_superset(
            &["before, for both", "before, by Sam"]
                .map(String::from)
                .into()
        )
    );
    let ada_device = author(&then, "sam", "before, for both");
    let sam_device = author(&then, "ada", "before, by Sam");
    let known: BTreeSet<_> = then.iter().map(|one| one.id.clone()).collect();

    let stores = [
        ("ada then", &ada_before),
        ("ada now", &ada_after),
        ("sam then", &sam_before),
        ("sam now", &sam_after),
        ("kim now", &kim_after),
    ];
    let mut now = after.read_with(&stores);
    assert!(texts(&now, "kim now").contains("after, for Kim"));
    now.retain(|one| !known.contains(&one.id));

    // Of Ada, Sam reads that she left and nothing else; what was queued for him never left.
    for sam in ["sam then", "sam now"] {
        let hers: Vec<_> = opened(&now, sam)
            .filter(|item| item.device == ada_device)
            .collect();
        assert!(
            hers.iter().any(|item| item.kind == "membership"),
            "{sam}: she left"
        );
        for item in hers {
            assert!(
                matches!(item.kind.as_str(), "membership" | "erase"),
                "{sam}: {}",
                item.kind
            );
            assert!(item.texts.is_empty(), "{sam}: {:?}", item.texts);
        }
        assert!(texts(&now, sam).is_empty(), "{sam}: {:?}", texts(&now, sam));
    }
    // The new epoch that follows her leaving is for Sam alone.
    let rotation: Vec<_> = opened(&now, "sam now")
        .filter(|item| item.kind == "epoch")
        .collect();
    assert!(!rotation.is_empty(), "Sam's device made a new epoch");
    for item in rotation {
        assert!(item.recipients.contains(&sam_device) && !item.recipients.contains(&ada_device));
    }
    for item in opened(&now, "sam now").filter(|item| item.kind == "wraps") {
        assert!(!item.wrapped_for.contains(&ada_device));
    }
    let sealed_for_sam_alone: BTreeSet<_> = now
        .iter()
        .filter(|one| one.opened.contains_key("sam now"))
        .filter(|one| !one.opened.contains_key("sam then"))
        .map(|one| &one.mailbox)
        .collect();
    for one in now
        .iter()
        .filter(|one| sealed_for_sam_alone.contains(&one.mailbox))
    {
        assert!(!one.opened.contains_key("ada then") && !one.opened.contains_key("ada now"));
    }
    assert!(
        now.iter().all(|one| !one.opened.is_empty()),
        "every envelope has a reader"
    );
}
