//! An own device that was removed: Python gets its whole store and every byte of the relay. What was sealed before
//! opens; of what was sealed after it opens that it was removed, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use belay_e2e::devices::{further, phone, settle, writes, writes_to};
use belay_e2e::{Companion, TestRelay, pair};
use belay_independent::ask_python;
use belay_testkit::FakeClock;
use data_encoding::HEXLOWER;
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;

struct Copied {
    _dir: TempDir,
    given: Value,
}

fn store(of: &Companion) -> Copied {
    let dir = tempfile::tempdir().unwrap();
    let (path, key) = of.copy_database(dir.path());
    let given = json!({"path": path, "key": HEXLOWER.encode(key.bytes())});
    Copied { _dir: dir, given }
}

async fn whole_relay(relay: &mut TestRelay) -> Copied {
    let dir = tempfile::tempdir().unwrap();
    relay.pause().await;
    TestRelay::copy_files(relay.dir(), dir.path());
    relay.resume().await;
    let given = json!(dir.path().join("relay.sqlite"));
    Copied { _dir: dir, given }
}

#[derive(Deserialize)]
struct Envelope {
    id: String,
    mailbox: String,
    opened: BTreeMap<String, Vec<Item>>,
}

#[derive(Deserialize)]
struct Item {
    kind: String,
    texts: Vec<String>,
    removed: String,
    wrapped_for: BTreeSet<String>,
    recipients: BTreeSet<String>,
}

fn read(relay: &Copied, stores: &[(&str, &Copied)]) -> Vec<Envelope> {
    let stores: BTreeMap<_, _> = stores
        .iter()
        .map(|(name, copy)| (*name, &copy.given))
        .collect();
    let given = json!({"relay": relay.given, "stores": stores});
    let answer = ask_python("read_relay.py", &serde_json::to_vec(&given).unwrap());
    serde_json::from_slice(&answer).unwrap()
}

fn opened<'a>(envelopes: &'a [Envelope], by: &'a str) -> impl Iterator<Item = &'a Item> {
    envelopes
        .iter()
        .filter_map(move |one| one.opened.get(by))
        .flatten()
}

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
    let before = whole_relay(&mut relay).await;
    let tablet_before = store(&tablet);

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
    let after = whole_relay(&mut relay).await;
    let (tablet_after, phone_after, sam_after) = (store(&tablet), store(&phone), store(&sam));

    let then = read(&before, &[("tablet", &tablet_before)]);
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
    let mut now = read(&after, &stores);
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
    // What nobody's store opens is the keyring that waits for the recovery words, in a mailbox of its own.
    let mailboxes = |read: bool| -> BTreeSet<&String> {
        let those = now.iter().filter(|one| one.opened.is_empty() != read);
        those.map(|one| &one.mailbox).collect()
    };
    let (read, unread) = (mailboxes(true), mailboxes(false));
    assert!(unread.len() <= 1, "every other envelope has a reader");
    assert!(unread.is_disjoint(&read));
}
