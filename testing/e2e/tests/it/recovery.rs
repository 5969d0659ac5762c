//! A phone is lost: the 24 words, and what a relay keeps sealed, bring everything back on an empty one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_e2e::{Companion, TestRelay, add_own_device, pair};
use belay_engine::model::{Mood, SpaceId};
use belay_engine::{
    BelayError, BundleFor, Engine, NewBundle, NewCheckIn, NewRestored, mistyped_recovery_word,
};
use belay_testkit::FakeClock;

use crate::cast::check_in;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const DAY_MS: i64 = 86_400_000;

fn private(by: &Companion, win: &str) {
    let new = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        win: Some(win.to_owned()),
        audience: Some(std::collections::BTreeMap::new()),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap();
}

fn shared(by: &Companion, space: SpaceId, win: &str) {
    by.engine.write_check_in(check_in(space, win)).unwrap();
}

fn wins(by: &Companion) -> Vec<String> {
    let check_ins = by.engine.check_ins(1_000).unwrap();
    let mut wins: Vec<String> = check_ins
        .into_iter()
        .filter_map(|check_in| check_in.check_in.win)
        .collect();
    wins.sort_unstable();
    wins
}

/// What one sees of the other's check-ins.
fn seen(by: &Companion, space: SpaceId) -> Vec<String> {
    let page = by.engine.partner(&space).unwrap();
    let mut wins: Vec<String> = page
        .check_ins
        .into_iter()
        .filter_map(|shown| shown.check_in.win)
        .collect();
    wins.sort_unstable();
    wins
}

fn words(of: &Companion) -> String {
    of.engine.recovery_words().unwrap().join(" ")
}

fn reason(refused: Result<(Companion, belay_engine::RestoredView), BelayError>) -> String {
    match refused {
        Ok(_) => panic!("nothing was to come back"),
        Err(error) => error.detail().unwrap_or_default(),
    }
}

/// Ada, whose relay keeps a sealed copy, and Sam, her partner; both wrote and everything has travelled.
struct Before {
    clock: FakeClock,
    relay: TestRelay,
    ada: Companion,
    sam: Companion,
    space: SpaceId,
    words: String,
}

async fn before() -> Before {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    ada.engine.set_self_copy(true).unwrap();
    for day in 0..3 {
        private(&ada, &format!("private {day}"));
    }
    shared(&ada, space, "for Sam");
    shared(&sam, space, "for Ada");
    clock.advance_ms(HOLD_MS);
    for who in [&ada, &sam, &ada] {
        let report = who.sync().await;
        assert!(report.troubles.is_empty(), "{:?}", report.troubles);
    }
    let words = words(&ada);
    Before {
        clock,
        relay,
        ada,
        sam,
        space,
        words,
    }
}

#[tokio::test]
async fn everything_comes_back_from_the_words_and_the_relay() {
    let before = before().await;
    let (space, clock) = (before.space, &before.clock);
    let (old_wins, old_seen) = (wins(&before.ada), seen(&before.ada, space));
    drop(before.ada);

    clock.advance_ms(3 * DAY_MS);
    let relay = before.relay.origin();
    let typed = before.words.to_uppercase().replace(' ', "\n");
    let (ada, view) = Companion::restored(clock, 7, &typed, relay).await.unwrap();
    assert_eq!((view.partnerships, view.left_out), (1, 0));
    assert_eq!(view.other_devices, 1, "the lost one is still hers");
    for _ in 0..2 {
        let report = ada.sync().await;
        assert!(report.troubles.is_empty(), "{:?}", report.troubles);
        assert_eq!(report.envelopes_refused, 0);
    }
    assert_eq!(wins(&ada), old_wins);
    assert_eq!(seen(&ada, space), old_seen);
    let page = ada.engine.partner(&space).unwrap().partner;
    assert_eq!(page.name, "Sam");
    assert_eq!(
        ada.engine
            .settings()
            .unwrap()
            .settings
            .display_name
            .map(|name| name.to_string()),
        Some("Ada".to_owned())
    );
    let devices = ada.engine.own_devices().unwrap();
    assert_eq!(devices.len(), 2);
    assert_eq!(devices[0].name.as_deref(), Some("new phone"));

    // Both write on, and read each other.
    shared(&ada, space, "back again");
    clock.advance_ms(HOLD_MS);
    ada.sync().await;
    before.sam.sync().await;
    assert_eq!(seen(&before.sam, space), ["back again", "for Sam"]);
    shared(&before.sam, space, "welcome back");
    clock.advance_ms(HOLD_MS);
    before.sam.sync().await;
    ada.sync().await;
    assert_eq!(seen(&ada, space), ["for Ada", "welcome back"]);
    let page = before.sam.engine.partner(&space).unwrap().partner;
    assert_eq!(page.name, "Ada");
    let report = before.sam.sync().await;
    assert_eq!(report.envelopes_refused, 0);
    assert!(!ada.engine.status().unwrap().recovery_words_due);
}

#[tokio::test]
async fn a_device_that_came_back_can_be_lost_too() {
    let before = before().await;
    let relay = before.relay.origin();
    let (second, _) = Companion::restored(&before.clock, 7, &before.words, relay)
        .await
        .unwrap();
    second.sync().await;
    shared(&second, before.space, "on the second phone");
    before.clock.advance_ms(HOLD_MS);
    second.sync().await;
    let old_wins = wins(&second);
    drop(second);
    before.clock.advance_ms(DAY_MS);
    let (third, view) = Companion::restored(&before.clock, 8, &before.words, relay)
        .await
        .unwrap();
    assert_eq!((view.partnerships, view.other_devices), (1, 2));
    third.sync().await;
    assert_eq!(wins(&third), old_wins);
    assert_eq!(seen(&third, before.space), ["for Ada"]);
    before.sam.sync().await;
    assert_eq!(
        seen(&before.sam, before.space),
        ["for Sam", "on the second phone"]
    );
}

#[tokio::test]
async fn a_phone_that_was_not_lost_goes_on_beside_the_one_that_came_back() {
    let before = before().await;
    let relay = before.relay.origin();
    let (second, _) = Companion::restored(&before.clock, 7, &before.words, relay)
        .await
        .unwrap();
    second.sync().await;
    private(&before.ada, "found the old phone");
    private(&second, "on the new one");
    for _ in 0..2 {
        for device in [&before.ada, &second] {
            let report = device.sync().await;
            assert!(report.troubles.is_empty(), "{:?}", report.troubles);
            assert_eq!(report.envelopes_refused, 0);
        }
    }
    assert_eq!(wins(&before.ada), wins(&second));
    assert!(wins(&second).contains(&"found the old phone".to_owned()));
    shared(&before.ada, before.space, "from the old one");
    before.clock.advance_ms(HOLD_MS);
    before.ada.sync().await;
    before.sam.sync().await;
    assert_eq!(
        seen(&before.sam, before.space),
        ["for Sam", "from the old one"]
    );
}

#[tokio::test]
async fn mistyped_words_wrong_words_and_words_of_somebody_else_are_told_apart() {
    let before = before().await;
    let relay = before.relay.origin();
    let clock = &before.clock;
    let again = async |words: String| Companion::restored(clock, 9, &words, relay).await;
    let listed: Vec<&str> = before.words.split(' ').collect();
    let mut typed = listed.clone();
    typed[4] = "acccident";
    let mistyped = mistyped_recovery_word(&typed.join(" ")).unwrap();
    assert_eq!((mistyped.position, mistyped.nearest), (5, "accident"));
    assert_eq!(
        reason(again(typed.join(" ")).await),
        "recovery_words.unknown_word"
    );
    assert_eq!(
        reason(again(listed[..23].join(" ")).await),
        "recovery_words.wrong_number"
    );
    let mut turned = listed.clone();
    turned.rotate_left(1);
    assert_eq!(mistyped_recovery_word(&turned.join(" ")), None);
    assert_eq!(
        reason(again(turned.join(" ")).await),
        "recovery_words.wrong_together"
    );
    let stranger = words(&Companion::new("Mira", &before.clock, 4));
    assert_eq!(reason(again(stranger).await), "no-copy-found");
    let sams = words(&before.sam);
    assert_eq!(
        reason(again(sams).await),
        "no-copy-found",
        "Sam keeps no copy"
    );
    let nowhere = Companion::restored(&before.clock, 9, &before.words, "no address").await;
    assert_eq!(reason(nowhere), "relay.not_an_address");
    let plain = Companion::restored(&before.clock, 9, &before.words, "http://203.0.113.9").await;
    assert_eq!(reason(plain), "relay-plain-http");
}

#[tokio::test]
async fn nothing_is_put_on_a_relay_before_the_person_asks_for_a_copy() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    pair(&ada, &sam, relay.origin()).await;
    let words = words(&ada);
    let back = Companion::restored(&clock, 7, &words, relay.origin()).await;
    assert_eq!(reason(back), "no-copy-found");
    ada.engine.set_self_copy(true).unwrap();
    ada.sync().await;
    Companion::restored(&clock, 7, &words, relay.origin())
        .await
        .unwrap();
}

#[tokio::test]
async fn an_older_copy_put_back_takes_no_key_away() {
    let before = before().await;
    let older = before.ada.engine.sealed_keyring().unwrap();
    // A month later the secrets are new ones, and there is a second partner.
    before.clock.advance_ms(31 * DAY_MS);
    let mira = Companion::new("Mira", &before.clock, 3);
    let second = pair(&before.ada, &mira, before.relay.origin()).await;
    shared(&before.ada, before.space, "a month later");
    before.clock.advance_ms(HOLD_MS);
    for who in [&before.ada, &before.sam, &before.ada] {
        who.sync().await;
    }
    let newer = before.ada.engine.sealed_keyring().unwrap();
    let old_wins = wins(&before.ada);
    for order in [[older.clone(), newer.clone()], [newer, older]] {
        let (back, view) =
            Companion::restored_from(&before.clock, 7, &before.words, order.concat()).unwrap();
        assert_eq!(view.partnerships, 2);
        back.engine
            .set_relay(Some(before.relay.origin()), false)
            .unwrap();
        back.engine.set_self_copy(true).unwrap();
        back.sync().await;
        assert_eq!(wins(&back), old_wins);
        assert_eq!(back.engine.partner(&second).unwrap().partner.name, "Mira");
    }
}

#[tokio::test]
async fn an_old_copy_alone_brings_back_what_it_knew_and_nothing_is_overwritten() {
    let before = before().await;
    let older = before.ada.engine.sealed_keyring().unwrap();
    let (back, view) =
        Companion::restored_from(&before.clock, 7, &before.words, older.clone()).unwrap();
    assert_eq!((view.partnerships, view.other_devices), (1, 1));
    back.sync().await;
    assert_eq!(
        seen(&back, before.space),
        ["for Ada"],
        "the partnership has a relay of its own"
    );
    let again = Engine::restore_from_envelopes(
        back.config(),
        NewRestored {
            words: before.words.clone().into(),
            ..NewRestored::default()
        },
        older,
    );
    assert_eq!(
        again.unwrap_err().detail().as_deref(),
        Some("already-exists")
    );
}

#[tokio::test]
async fn the_words_and_what_they_open_never_reach_the_relay() {
    let before = before().await;
    let mut all = Vec::new();
    for entry in std::fs::read_dir(before.relay.dir()).unwrap() {
        all.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let first_words = before
        .words
        .split(' ')
        .take(3)
        .collect::<Vec<_>>()
        .join(" ");
    for secret in [first_words.as_str(), "for Sam", "private 1"] {
        let bytes = secret.as_bytes();
        assert!(!all.windows(bytes.len()).any(|window| window == bytes));
    }
    let told = format!(
        "{:?} {:?}",
        NewRestored {
            words: before.words.clone().into(),
            ..NewRestored::default()
        },
        before.ada.engine
    );
    assert!(!told.contains(&before.words[..12]));
}

#[tokio::test]
async fn a_partner_who_never_heard_of_a_tablet_follows_whoever_came_back_with_a_file_that_knew_of_it()
 {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let (copies, mut between) = (
        TestRelay::start(&clock).await,
        TestRelay::start(&clock).await,
    );
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, between.origin()).await;
    // Her own devices meet at another relay, and the one between her and Sam is away when a tablet comes.
    ada.engine.set_relay(Some(copies.origin()), false).unwrap();
    ada.engine.set_self_copy(true).unwrap();
    between.pause().await;
    let tablet = Companion::further_device(&clock, 3);
    add_own_device(&ada, &tablet, "tablet").await;
    for device in [&ada, &tablet, &ada, &tablet, &ada, &tablet] {
        device.sync().await;
    }
    assert!(tablet.engine.partner(&space).is_ok(), "let in by the phone");
    let words = words(&ada);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kept");
    let new = NewBundle {
        for_whom: BundleFor::OwnDevices,
        whole: true,
        attachments: false,
    };
    ada.engine.write_bundle(&file, new, &|_| {}).unwrap();
    drop((ada, tablet));

    let (back, _) = Companion::restored_from_file(&clock, 7, &words, &file).unwrap();
    between.resume().await;
    shared(&back, space, "back again");
    for who in [&back, &sam, &back, &sam] {
        clock.advance_ms(HOLD_MS);
        who.sync().await;
    }
    assert_eq!(seen(&sam, space), ["back again"]);
    shared(&sam, space, "welcome back");
    for who in [&sam, &back] {
        clock.advance_ms(HOLD_MS);
        who.sync().await;
    }
    assert_eq!(seen(&back, space), ["welcome back"]);
}
