//! Age and terms before the first sharing: nobody begins a partnership without them, and nothing of them leaves.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::Arc;

use belay_e2e::TestRelay;
use belay_engine::model::{MINIMUM_AGE_YEARS, TERMS_VERSION};
use belay_engine::{BelayError, Engine, EngineConfig, InviteBy, NewPerson};
use belay_testkit::{FakeClock, KeystoreSecrets};

/// 2026-03-02T18:30:00Z.
const START_MS: i64 = 1_772_476_200_000;

/// Somebody who has just begun.
fn newcomer(name: &str) -> (tempfile::TempDir, Engine) {
    let dir = tempfile::tempdir().unwrap();
    let config = EngineConfig::new(
        dir.path().join("store"),
        Arc::new(FakeClock::at(START_MS, "Europe/Berlin")),
        Arc::new(KeystoreSecrets::default()),
    );
    let new = NewPerson {
        display_name: Some(name.to_owned()),
        ..NewPerson::default()
    };
    (dir, Engine::create(config, new).unwrap())
}

fn not_agreed<T: std::fmt::Debug>(result: Result<T, BelayError>) {
    let expected = BelayError::Unavailable {
        reason: "not-agreed",
    };
    assert_eq!(result.unwrap_err(), expected);
}

#[tokio::test]
async fn nobody_begins_a_partnership_before_they_said_their_age_and_agreed() {
    let relay = TestRelay::start(&FakeClock::at(START_MS, "Europe/Berlin")).await;
    let (_ada_dir, ada) = newcomer("Ada");
    let (_sam_dir, sam) = newcomer("Sam");
    for person in [&ada, &sam] {
        person.set_relay(Some(relay.origin()), false).unwrap();
        assert!(person.people().unwrap().agreement.needed);
    }
    not_agreed(ada.invite().await);
    not_agreed(ada.invite_apart(InviteBy::Link).await);
    ada.agree_to_share(TERMS_VERSION).unwrap();
    let line = ada.invite().await.unwrap().text;
    let link = ada.invite_apart(InviteBy::Link).await.unwrap();
    not_agreed(sam.accept_invitation(&line).await);
    not_agreed(sam.accept_apart(&link.text.unwrap(), None).await);
    assert!(sam.open_invitations().unwrap().is_empty());
    assert!(sam.partners().unwrap().is_empty());
    assert!(
        sam.agree_to_share(TERMS_VERSION)
            .unwrap()
            .agreed_at_ms
            .is_some()
    );
}

#[test]
fn only_the_terms_that_are_shown_now_can_be_agreed_to_and_the_first_yes_stays() {
    let (_dir, ada) = newcomer("Ada");
    let before = ada.agreement().unwrap();
    assert_eq!(before.terms_version, TERMS_VERSION);
    assert_eq!(before.minimum_age_years, MINIMUM_AGE_YEARS);
    assert!(before.needed && before.agreed_at_ms.is_none());
    for other in [0, TERMS_VERSION + 1] {
        let refused = ada.agree_to_share(other).unwrap_err();
        assert_eq!(refused.detail().unwrap(), "terms_version.out_of_range");
    }
    let agreed = ada.agree_to_share(TERMS_VERSION).unwrap();
    assert!(!agreed.needed);
    assert_eq!(agreed.agreed_at_ms, Some(START_MS));
    assert_eq!(ada.agree_to_share(TERMS_VERSION).unwrap(), agreed);
    ada.rebuild_projection().unwrap();
    assert_eq!(ada.agreement().unwrap(), agreed);
}
