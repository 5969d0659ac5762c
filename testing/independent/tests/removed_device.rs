//! An own device that was removed: Python gets its whole store and every byte of the relay. What was sealed before
//! opens; of what was sealed after it opens that it was removed, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use belay_crypto::RecoverySecret;
use belay_e2e::devices::{further, phone, settle, writes, writes_to};
use belay_e2e::{Companion, TestRelay, pair};
use belay_independent::relay_file::{Copied, Envelope, opened};
use belay_testkit::FakeClock;
use data_encoding::HEXLOWER;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;

fn says(envelopes: &[Envelope], by: &str, word: &str) -> bool {
    opened(envelopes, by).any(|item| item.texts.iter().any(|text| text.contains(word)))
}

#[tokio::test]
async fn the_whole_store_of_a_removed_device_opens_everything_before_and_nothing_after() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let mut relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&phone, &sam, relay.origin()).await;
    let tablet = further(&phone, "tablet", 2).await;
    settle(&[&phone, &tablet, &sam]).await;
    writes(&phone, "mine, before");
    writes_to(&tablet, &[space], "shared, before");
    writes_to(&sam, &[space], "by Sam, before");
    clock.advance_ms(HOLD_MS);
    settle(&[&phone, &tablet, &sam, &phone, &tablet]).await;
    let before = Copied::whole_relay(&mut relay).await;
    let tablet_before = Copied::store(&tablet);

    let devices = phone.engine.own_devices().unwrap();
    let gone = devices.iter().find(|one| !one.this_device).unwrap().device;
    phone.engine.revoke_own_device(&gone).unwrap();
    settle(&[&phone, &sam]).await;
    writes(&phone, "mine, after");
    writes_to(&phone, &[space], "shared, after");
    writes_to(&sam, &[space], "by Sam, after");
    clock.advance_ms(HOLD_MS);
    // The tablet looks on, and takes what it still can.
    settle(&[&phone, &sam, &tablet, &phone, &tablet]).await;
    let after = Copied::whole_relay(&mut relay).await;
    let (tablet_after, phone_after, sam_after) = (
        Copied::store(&tablet),
        Copied::store(&phone),
        Copied::store(&sam),
    );

    let then = before.read_with(&[("tablet", &tablet_before)]);
    for word in ["mine, before", "shared, before", "by Sam, before"] {
        assert!(says(&then, "tablet", word), "{word}");
    }
    let known: BTreeSet<_> = then.iter().map(|one| one.id.clone()).collect();
    let stores = [
        ("tablet then", &tablet_before),
        ("tablet now", &tablet_after),
        ("phone", &phone_after),
        ("sam", &sam_after),
    ];
    let mut now = after.read_with(&stores);
    now.retain(|one| !known.contains(&one.id));
    for word in ["mine, after", "shared, after", "by Sam, after"] {
        assert!(says(&now, "phone", word), "{word}");
    }
    assert!(says(&now, "sam", "shared, after"));
    for tablet in ["tablet then", "tablet now"] {
        let removals: Vec<_> = opened(&now, tablet)
            .filter(|item| !item.removed.is_empty())
            .collect();
        assert_eq!(removals.len(), 2, "in `self` and with Sam");
        let places: BTreeSet<_> = removals.iter().map(|item| item.removed.clone()).collect();
        assert!(places.contains(&gone.to_string()));
        for item in opened(&now, tablet) {
            assert!(
                matches!(item.kind.as_str(), "membership" | "epoch" | "wraps"),
                "{tablet} opens a {} that was sealed after",
                item.kind
            );
            assert!(item.texts.is_empty());
            assert!(item.wrapped_for.is_disjoint(&places));
            assert!(item.recipients.is_disjoint(&places));
        }
    }
    // Also of what the others opened, nothing was ever wrapped to it again.
    let places: BTreeSet<_> = opened(&now, "phone")
        .filter(|item| !item.removed.is_empty())
        .map(|item| item.removed.clone())
        .collect();
    for item in opened(&now, "phone").chain(opened(&now, "sam")) {
        assert!(item.wrapped_for.is_disjoint(&places));
        assert!(item.recipients.is_disjoint(&places));
    }
    // What nobody's store opens is the keyring that waits for the recovery words, in their own mailbox.
    let words = phone.engine.recovery_words().unwrap().join(" ");
    let keys = RecoverySecret::parse(&words).unwrap().keys();
    let keyring = HEXLOWER.encode(&keys.mailbox.public());
    for envelope in &now {
        let unread = envelope.opened.is_empty();
        assert_eq!(unread, envelope.mailbox == keyring, "{}", envelope.id);
    }
}
