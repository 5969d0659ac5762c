//! Invitations that cannot be used say why, and leave nothing behind on either side.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::BelayError;
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;

fn reason(error: &BelayError) -> String {
    error.detail().unwrap_or_default()
}

#[tokio::test]
async fn a_text_that_is_no_invitation_or_has_a_wrong_letter_is_told_apart() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = (
        Companion::new("Ada", &clock, 1),
        Companion::new("Sam", &clock, 2),
    );
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    let invitation = ada.engine.invite().await.unwrap();
    let foreign = sam.engine.accept_invitation("https://example.org").await;
    assert_eq!(reason(&foreign.unwrap_err()), "not-an-invitation");
    let mut typo = invitation.text.clone().into_bytes();
    let last = typo.len() - 4;
    typo[last] = if typo[last] == b'A' { b'B' } else { b'A' };
    let typo = String::from_utf8(typo).unwrap();
    let damaged = sam.engine.accept_invitation(&typo).await;
    assert_eq!(reason(&damaged.unwrap_err()), "invitation-damaged");
    let own = ada.engine.accept_invitation(&invitation.text).await;
    assert_eq!(reason(&own.unwrap_err()), "invitation-own");
    assert!(sam.engine.partners().unwrap().is_empty());
    assert!(ada.engine.partners().unwrap().is_empty());
}

#[tokio::test]
async fn an_invitation_can_be_used_once_and_for_ten_minutes() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 3);
    let sam = Companion::new("Sam", &clock, 4);
    let eve = Companion::new("Eve", &clock, 5);
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    let invitation = ada.engine.invite().await.unwrap();
    let (shown, scanned) = tokio::join!(
        ada.engine.await_partner(&invitation.id),
        sam.engine.accept_invitation(&invitation.text),
    );
    shown.unwrap();
    scanned.unwrap();
    let reused = eve.engine.accept_invitation(&invitation.text).await;
    assert_eq!(reason(&reused.unwrap_err()), "invitation-used");
    assert!(eve.engine.partners().unwrap().is_empty());

    let invitation = ada.engine.invite().await.unwrap();
    clock.advance_ms(11 * 60 * 1000);
    let late = eve.engine.accept_invitation(&invitation.text).await;
    assert_eq!(reason(&late.unwrap_err()), "invitation-expired");
    let waited = ada.engine.await_partner(&invitation.id).await;
    assert_eq!(reason(&waited.unwrap_err()), "invitation-expired");
    assert_eq!(ada.engine.partners().unwrap().len(), 1);
}

#[tokio::test]
async fn without_a_relay_or_with_one_that_cannot_be_reached_pairing_says_so_first() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 6);
    let none = ada.engine.invite().await;
    assert_eq!(reason(&none.unwrap_err()), "no-relay");
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    relay.pause().await;
    assert_eq!(ada.engine.invite().await.unwrap_err(), BelayError::Offline);
}

#[tokio::test]
async fn two_partnerships_of_one_person_share_no_name_and_no_key() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 7);
    let sam = Companion::new("Sam", &clock, 8);
    let kim = Companion::new("Kim", &clock, 9);
    let one = pair(&ada, &sam, relay.origin()).await;
    let other = pair(&ada, &kim, relay.origin()).await;
    let as_seen = |by: &Companion, space| by.engine.partner(space).unwrap().partner.person;
    assert_ne!(as_seen(&sam, &one), as_seen(&kim, &other));
    assert_eq!(ada.engine.partners().unwrap().len(), 2);
}

#[tokio::test]
async fn a_relay_whose_clock_is_a_year_off_is_spoken_to_by_its_own_clock_and_status_says_so() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &phone, 10);
    let sam = Companion::new("Sam", &phone, 11);
    pair(&ada, &sam, relay.origin()).await;
    clock.advance_ms(365 * 86_400_000);
    assert!(ada.sync().await.troubles.is_empty());
    let offset = || {
        let status = ada.engine.status().unwrap();
        let mut relays = status.spaces.into_iter().flat_map(|space| space.relays);
        relays.find_map(|relay| relay.clock_offset_ms)
    };
    assert_eq!(offset(), Some(365 * 86_400_000));
    clock.set_ms(START_MS);
    assert!(ada.sync().await.troubles.is_empty());
    assert_eq!(offset(), None);
}
