//! Shares of the recovery words: partners keep them in their Belay, some are on paper, and any few of them give the
//! words back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_e2e::{Companion, TestRelay, add_own_device, pair};
use belay_engine::model::SpaceId;
use belay_engine::{NewShares, RecoveryGapView, words_of_shares};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const DAY_MS: i64 = 86_400_000;

struct Cast {
    clock: FakeClock,
    relay: TestRelay,
    ada: Companion,
    sam: Companion,
    mira: Companion,
    with_sam: SpaceId,
    with_mira: SpaceId,
    words: String,
}

async fn cast() -> Cast {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let mira = Companion::new("Mira", &clock, 3);
    let with_sam = pair(&ada, &sam, relay.origin()).await;
    let with_mira = pair(&ada, &mira, relay.origin()).await;
    ada.engine.set_self_copy(true).unwrap();
    ada.sync().await;
    let words = ada.engine.recovery_words().unwrap().join(" ");
    Cast {
        clock,
        relay,
        ada,
        sam,
        mira,
        with_sam,
        with_mira,
        words,
    }
}

fn shares(cast: &Cast, threshold: u8, on_paper: u8) -> NewShares {
    NewShares {
        words: None,
        threshold,
        partners: vec![cast.with_sam, cast.with_mira],
        on_paper,
    }
}

fn reason<T>(refused: Result<T, belay_engine::BelayError>) -> String {
    match refused {
        Ok(_) => panic!("this was to be refused"),
        Err(error) => error.detail().unwrap_or_default(),
    }
}

#[tokio::test]
async fn what_two_partners_keep_and_a_paper_bring_a_lost_person_back() {
    let cast = cast().await;
    cast.ada.engine.confirm_recovery_words(&cast.words).unwrap();
    let without_words = cast.ada.engine.make_shares(shares(&cast, 2, 1));
    assert_eq!(reason(without_words), "no-recovery-words");
    let made = cast
        .ada
        .engine
        .make_shares(NewShares {
            words: Some(cast.words.clone().into()),
            ..shares(&cast, 3, 1)
        })
        .unwrap();
    assert_eq!((made.count, made.threshold, made.on_paper.len()), (3, 3, 1));
    let holders = cast.ada.engine.share_holders().unwrap();
    let names: Vec<&str> = holders
        .iter()
        .map(|holder| holder.partner.as_str())
        .collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"Sam") && names.contains(&"Mira"));
    for who in [&cast.ada, &cast.sam, &cast.mira] {
        let report = who.sync().await;
        assert_eq!(report.envelopes_refused, 0);
        assert!(report.troubles.is_empty(), "{:?}", report.troubles);
    }
    // Nothing on Ada's own phone opens what she gave away.
    let kept = cast.ada.engine.kept_shares().unwrap();
    assert!(kept.is_empty());
    drop(cast.ada);

    cast.clock.advance_ms(40 * DAY_MS);
    let kept = cast.sam.engine.kept_shares().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].partner.as_str(), kept[0].threshold), ("Ada", 3));
    let from_sam = cast.sam.engine.kept_share(&cast.with_sam).unwrap();
    let from_mira = cast.mira.engine.kept_share(&cast.with_mira).unwrap();
    let two = [from_sam.to_string(), from_mira.to_string()];
    assert_eq!(reason(words_of_shares(&two)), "too-few-shares");
    let three = [&two[..], &made.on_paper[..]].concat();
    let words = words_of_shares(&three).unwrap();
    assert_eq!(*words, cast.words);
    let (back, view) = Companion::restored(&cast.clock, 9, &words, cast.relay.origin())
        .await
        .unwrap();
    assert_eq!(view.partnerships, 2);
    back.sync().await;
    assert_eq!(back.engine.share_holders().unwrap().len(), 2);
}

#[tokio::test]
async fn a_new_set_takes_the_place_of_the_old_one_and_both_do_not_mix() {
    let cast = cast().await;
    let first = cast.ada.engine.make_shares(shares(&cast, 2, 1)).unwrap();
    for who in [&cast.ada, &cast.sam, &cast.mira] {
        who.sync().await;
    }
    let old_of_sam = cast.sam.engine.kept_share(&cast.with_sam).unwrap();
    let second = cast
        .ada
        .engine
        .make_shares(NewShares {
            partners: vec![cast.with_mira],
            ..shares(&cast, 2, 1)
        })
        .unwrap();
    assert_ne!(first.set, second.set);
    for who in [&cast.ada, &cast.sam, &cast.mira] {
        who.sync().await;
    }
    assert!(cast.sam.engine.kept_shares().unwrap().is_empty());
    assert_eq!(
        reason(cast.sam.engine.kept_share(&cast.with_sam)),
        "share",
        "it was taken back"
    );
    let of_mira = cast.mira.engine.kept_share(&cast.with_mira).unwrap();
    let mixed = [old_of_sam.to_string(), of_mira.to_string()];
    assert_eq!(reason(words_of_shares(&mixed)), "mixed-shares");
    let mixed = [first.on_paper[0].clone(), of_mira.to_string()];
    assert_eq!(reason(words_of_shares(&mixed)), "mixed-shares");
    let good = [second.on_paper[0].clone(), of_mira.to_string()];
    assert_eq!(*words_of_shares(&good).unwrap(), cast.words);
    cast.ada.engine.take_shares_back().unwrap();
    for who in [&cast.ada, &cast.mira] {
        who.sync().await;
    }
    assert!(cast.ada.engine.share_holders().unwrap().is_empty());
    assert!(cast.mira.engine.kept_shares().unwrap().is_empty());
}

#[tokio::test]
async fn a_share_is_kept_on_all_own_devices_of_whoever_keeps_it() {
    let cast = cast().await;
    cast.sam.engine.set_self_copy(true).unwrap();
    cast.sam.sync().await;
    let tablet = Companion::further_device(&cast.clock, 8);
    add_own_device(&cast.sam, &tablet, "tablet").await;
    cast.ada.engine.make_shares(shares(&cast, 2, 0)).unwrap();
    for who in [&cast.ada, &cast.sam, &cast.sam, &tablet] {
        who.sync().await;
    }
    let kept = cast.sam.engine.kept_share(&cast.with_sam).unwrap();
    assert_eq!(
        *tablet.engine.kept_share(&cast.with_sam).unwrap(),
        *kept,
        "lost with the phone it would be no share"
    );
}

#[tokio::test]
async fn mistyped_and_foreign_texts_are_told_apart_and_a_pause_keeps_a_share_here() {
    let cast = cast().await;
    for (threshold, on_paper) in [(1, 1), (4, 1), (2, 15)] {
        let refused = cast
            .ada
            .engine
            .make_shares(shares(&cast, threshold, on_paper));
        assert_eq!(reason(refused), "threshold.out_of_range");
    }
    let foreign = cast.sam.engine.recovery_words().unwrap().join(" ");
    let refused = cast.ada.engine.make_shares(NewShares {
        words: Some(foreign.into()),
        ..shares(&cast, 2, 1)
    });
    assert_eq!(reason(refused), "recovery_words.not_the_same");
    cast.ada.engine.pause_sharing(&cast.with_sam).unwrap();
    let refused = cast.ada.engine.make_shares(shares(&cast, 2, 1));
    assert_eq!(reason(refused), "sharing-paused");
    assert!(cast.ada.engine.share_holders().unwrap().is_empty());
    let made = cast
        .ada
        .engine
        .make_shares(NewShares {
            partners: Vec::new(),
            ..shares(&cast, 2, 3)
        })
        .unwrap();
    let slip = made.on_paper[0]
        .replacen('A', "B", 2)
        .replacen("BELBY", "BELAY", 1);
    let texts = [slip, made.on_paper[1].clone()];
    assert!(["share-damaged", "not-a-share"].contains(&reason(words_of_shares(&texts)).as_str()));
    assert_eq!(
        reason(words_of_shares(&["what is this".to_owned()])),
        "not-a-share"
    );
    assert_eq!(reason(words_of_shares(&[])), "too-few-shares");
    assert_eq!(*words_of_shares(&made.on_paper).unwrap(), cast.words);
    let told = format!("{made:?} {:?}", shares(&cast, 2, 1));
    assert!(!told.contains("BELAY-SHARE"), "{told}");
}

#[tokio::test]
async fn the_drill_says_what_is_missing_and_changes_nothing() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let view = ada.engine.recovery().unwrap();
    assert_eq!(
        view.gaps,
        [
            RecoveryGapView::WordsNotConfirmed,
            RecoveryGapView::NoCopy,
            RecoveryGapView::NoSecondDevice,
            RecoveryGapView::NoShares,
        ]
    );
    assert!(!view.would_come_back && !view.drill_due);
    let words = ada.engine.recovery_words().unwrap().join(" ");
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    ada.engine.set_self_copy(true).unwrap();
    ada.sync().await;
    ada.engine.confirm_recovery_words(&words).unwrap();
    clock.advance_ms(200 * DAY_MS);
    assert!(ada.engine.recovery().unwrap().drill_due);
    let rows = ada.engine.projection_dump().unwrap();
    let stranger = Companion::new("Mira", &clock, 4);
    let foreign = stranger.engine.recovery_words().unwrap().join(" ");
    assert_eq!(
        reason(ada.engine.drill(&foreign)),
        "recovery_words.not_the_same"
    );
    assert!(ada.engine.recovery().unwrap().drill_due);
    let view = ada.engine.drill(&words).unwrap();
    assert!(!view.drill_due && view.would_come_back);
    assert_eq!(view.last_drill_at_ms, Some(START_MS + 200 * DAY_MS));
    assert!(view.gaps.contains(&RecoveryGapView::CopyNotSeen));
    ada.sync().await;
    let view = ada.engine.recovery().unwrap();
    assert_eq!(
        view.gaps,
        [RecoveryGapView::NoSecondDevice, RecoveryGapView::NoShares]
    );
    assert_eq!(ada.engine.projection_dump().unwrap(), rows);
    let made = ada
        .engine
        .make_shares(NewShares {
            words: Some(words.into()),
            threshold: 2,
            partners: Vec::new(),
            on_paper: 2,
        })
        .unwrap();
    ada.engine.drill(&made.on_paper.join("\n")).unwrap();
    assert_eq!(
        ada.engine.set_drill_reminder(None).unwrap().drill_due_at_ms,
        None
    );
    assert_eq!(
        reason(ada.engine.set_drill_reminder(Some(0))),
        "days.out_of_range"
    );
}
