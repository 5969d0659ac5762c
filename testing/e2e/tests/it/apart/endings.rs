//! Invitations that lead nowhere: each side is told, and nothing is left.

use belay_e2e::{Companion, TestRelay};
use belay_engine::{BelayError, InvitationStateView};
use belay_testkit::FakeClock;

use super::{DAY_MS, START_MS, assert_paired, has_nobody, link, only_state, reason, two};

#[tokio::test]
async fn after_seven_days_an_invitation_is_over_on_both_sides_and_says_so() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 15);
    let (made, text) = link(&ada).await;
    let (_, unused) = link(&ada).await;
    sam.engine.accept_apart(&text, None).await.unwrap();
    clock.advance_ms(8 * DAY_MS);
    let known = ada.engine.open_invitations().unwrap();
    assert!(
        known
            .iter()
            .all(|one| one.state == InvitationStateView::Expired && one.text.is_none())
    );
    let waited = ada.engine.await_pairing(&made.id).await;
    assert_eq!(reason(waited), "invitation-expired");
    let late = sam.engine.accept_apart(&unused, None).await;
    assert_eq!(reason(late), "invitation-not-found");
    let report = sam.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Expired);
    assert_eq!(only_state(&sam), InvitationStateView::Expired);
    assert!(has_nobody(&ada) && has_nobody(&sam));
    // It is told for a week, or until the person has read it.
    let id = sam.engine.open_invitations().unwrap().remove(0).id;
    sam.engine.cancel_invitation(&id).unwrap();
    assert!(sam.engine.open_invitations().unwrap().is_empty());
    ada.sync().await;
    clock.advance_ms(8 * DAY_MS);
    ada.sync().await;
    assert!(ada.engine.open_invitations().unwrap().is_empty());
}

#[tokio::test]
async fn an_invitation_is_taken_back_at_once_also_offline_and_whoever_comes_is_told() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 17);
    let (unanswered, text) = link(&ada).await;
    let (answered, other) = link(&ada).await;
    sam.engine.accept_apart(&other, None).await.unwrap();
    relay.pause().await;
    for made in [&unanswered, &answered] {
        ada.engine.cancel_invitation(&made.id).unwrap();
    }
    assert!(ada.engine.open_invitations().unwrap().is_empty());
    let gone = ada.engine.await_pairing(&answered.id).await;
    assert!(gone.is_err());
    relay.resume().await;
    ada.sync().await;
    assert!(has_nobody(&ada));
    let gone = ada.engine.cancel_invitation(&answered.id);
    assert_eq!(
        gone.unwrap_err(),
        BelayError::NotFound { what: "invitation" }
    );
    let late = sam.engine.accept_apart(&text, None).await;
    assert_eq!(reason(late), "invitation-used");
    let report = sam.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Burned);
    assert_eq!(only_state(&sam), InvitationStateView::Burned);
    assert!(has_nobody(&sam));
}

#[tokio::test]
async fn an_answer_that_is_taken_back_in_time_leaves_nobody_waiting() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 19);
    let (_, text) = link(&ada).await;
    let accepted = sam.engine.accept_apart(&text, None).await.unwrap();
    sam.engine.cancel_invitation(&accepted.id).unwrap();
    sam.sync().await;
    let report = ada.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Burned);
    assert!(has_nobody(&ada) && has_nobody(&sam));
    assert!(sam.engine.open_invitations().unwrap().is_empty());
}

#[tokio::test]
async fn of_two_who_answer_the_first_comes_in_and_the_second_is_told() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 21);
    let kim = Companion::new("Kim", &clock, 23);
    let (_, text) = link(&ada).await;
    sam.engine.accept_apart(&text, None).await.unwrap();
    let second = kim.engine.accept_apart(&text, None).await;
    assert_eq!(reason(second), "invitation-used");
    assert!(kim.engine.open_invitations().unwrap().is_empty() && has_nobody(&kim));
    ada.sync().await;
    let third = kim.engine.accept_apart(&text, None).await;
    assert_eq!(reason(third), "invitation-used");
    sam.sync().await;
    ada.sync().await;
    assert_paired(&ada, &sam);
}

#[tokio::test]
async fn nobody_pairs_with_themselves() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (mut ada, _) = two(&clock, relay.origin(), 25);
    let (_, text) = link(&ada).await;
    let own = ada.engine.accept_apart(&text, None).await;
    assert_eq!(reason(own), "invitation-own");
    ada.restart();
    let own = ada.engine.accept_apart(&text, None).await;
    assert_eq!(reason(own), "invitation-own");
    ada.sync().await;
    assert!(has_nobody(&ada));
    assert_eq!(only_state(&ada), InvitationStateView::Waiting);
}
