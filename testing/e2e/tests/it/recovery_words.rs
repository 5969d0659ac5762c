//! New words in the place of the old ones, and words in the place of a lost key.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_e2e::{Companion, TestRelay, add_own_device, pair};
use belay_engine::{BundleFor, ComparisonView, Engine, NewBundle, NewCheckIn};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;

fn reason<T>(refused: Result<T, belay_engine::BelayError>) -> String {
    match refused {
        Ok(_) => panic!("this was to be refused"),
        Err(error) => error.detail().unwrap_or(error.code().to_owned()),
    }
}

fn writes(by: &Companion, win: &str) {
    let new = NewCheckIn {
        win: Some(win.to_owned()),
        audience: Some(std::collections::BTreeMap::new()),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap();
}

fn wins(by: &Companion) -> Vec<String> {
    let check_ins = by.engine.check_ins(100).unwrap();
    let mut wins: Vec<String> = check_ins
        .into_iter()
        .filter_map(|check_in| check_in.check_in.win)
        .collect();
    wins.sort_unstable();
    wins
}

#[tokio::test]
async fn new_words_hold_once_they_were_typed_and_the_old_ones_open_nothing_any_more() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let mut ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    ada.engine.set_self_copy(true).unwrap();
    let tablet = Companion::further_device(&clock, 5);
    ada.sync().await;
    add_own_device(&ada, &tablet, "tablet").await;
    writes(&ada, "before");
    for who in [&ada, &tablet, &ada] {
        who.sync().await;
    }
    let old = ada.engine.recovery_words().unwrap().join(" ");
    ada.engine.confirm_recovery_words(&old).unwrap();

    assert_eq!(
        reason(ada.engine.confirm_new_words(&old, None)),
        "no-recovery-words"
    );
    let new = ada.engine.draw_new_words().unwrap().join(" ");
    assert_eq!(
        reason(ada.engine.confirm_new_words(&old, None)),
        "recovery_words.not_the_same"
    );
    ada.engine.drill(&old).unwrap();
    ada.engine.confirm_new_words(&new, None).unwrap();
    ada.engine.drill(&new).unwrap();
    assert_eq!(
        reason(ada.engine.drill(&old)),
        "recovery_words.not_the_same"
    );
    ada.restart();
    writes(&ada, "after");
    for who in [&ada, &sam, &tablet, &ada] {
        let report = who.sync().await;
        assert!(report.troubles.is_empty(), "{:?}", report.troubles);
        assert_eq!(report.envelopes_refused, 0);
    }
    // The tablet follows, and Sam sees that the key behind Ada is another one.
    tablet.engine.drill(&new).unwrap();
    let seen = sam.engine.partner(&space).unwrap().partner.comparison;
    assert_eq!(seen, ComparisonView::NotCompared);

    let refused = Companion::restored(&clock, 7, &old, relay.origin()).await;
    assert_eq!(reason(refused), "no-copy-found");
    let (back, view) = Companion::restored(&clock, 8, &new, relay.origin())
        .await
        .unwrap();
    assert_eq!((view.partnerships, view.other_devices), (1, 2));
    back.sync().await;
    assert_eq!(wins(&back), ["after", "before"]);
    assert_eq!(back.engine.partner(&space).unwrap().partner.name, "Sam");
}

#[tokio::test]
async fn a_store_whose_key_is_lost_opens_with_the_words_and_gets_a_new_key() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    writes(&ada, "still here");
    let words = ada.engine.recovery_words().unwrap().join(" ");
    let foreign = sam.engine.recovery_words().unwrap().join(" ");
    let (config, lost) = ada.without_key();
    assert_eq!(reason(Engine::open(lost.config(), None)), "locked");
    assert_eq!(
        reason(Engine::open_with_words(config.clone(), &foreign, None)),
        "wrong-secret"
    );
    assert_eq!(
        reason(Engine::open_with_words(config.clone(), "one two", None)),
        "recovery_words.wrong_number"
    );
    let opened = Engine::open_with_words(config.clone(), &words, Some("a new passphrase")).unwrap();
    opened.shutdown().unwrap();
    assert_eq!(reason(Engine::open(config.clone(), None)), "locked");
    let ada = lost.opened(Engine::open(config, Some("a new passphrase")).unwrap());
    assert_eq!(wins(&ada), ["still here"]);
    writes(&ada, "and on");
    let report = ada.sync().await;
    assert!(report.troubles.is_empty(), "{:?}", report.troubles);
    sam.sync().await;
    assert_eq!(sam.engine.partner(&space).unwrap().partner.name, "Ada");
    let further = Companion::further_device(&clock, 5);
    let (config, _lost) = further.without_key();
    assert_eq!(
        reason(Engine::open_with_words(config, &words, None)),
        "not-sealed-to-words"
    );
}

#[tokio::test]
async fn a_partnership_whose_key_was_replaced_meanwhile_is_left_out_and_counted_and_the_rest_comes_back()
 {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let (sam, mira) = (
        Companion::new("Sam", &clock, 2),
        Companion::new("Mira", &clock, 3),
    );
    let with_sam = pair(&ada, &sam, relay.origin()).await;
    let with_mira = pair(&ada, &mira, relay.origin()).await;
    ada.engine.set_self_copy(true).unwrap();
    let tablet = Companion::further_device(&clock, 5);
    ada.sync().await;
    add_own_device(&ada, &tablet, "tablet").await;
    writes(&ada, "mine");
    for who in [&tablet, &ada, &tablet, &ada, &tablet, &sam, &mira] {
        who.sync().await;
    }
    let old = ada.engine.recovery_words().unwrap().join(" ");
    ada.engine.confirm_recovery_words(&old).unwrap();
    let new = ada.engine.draw_new_words().unwrap().join(" ");
    ada.engine.confirm_new_words(&new, None).unwrap();
    // The tablet hears of it in Sam's space alone, by a file; what is its own it still keeps for the old words.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("for-sam");
    let for_sam = NewBundle {
        for_whom: BundleFor::Partner { space: with_sam },
        whole: true,
        attachments: false,
    };
    ada.engine.write_bundle(&file, for_sam, &|_| {}).unwrap();
    tablet.engine.read_bundle(&file, &|_| {}).unwrap();
    let copy = tablet.engine.sealed_keyring().unwrap();
    let (back, view) = Companion::restored_from(&clock, 8, &old, copy).unwrap();
    assert_eq!((view.partnerships, view.left_out), (1, 1));
    assert!(back.engine.partner(&with_mira).is_ok());
    assert!(back.engine.partner(&with_sam).is_err());
}
