//! Leaving and blocking work at once, offline and from every state, and hold in every channel.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::cast;

use belay_e2e::{Companion, TestRelay};
use belay_engine::model::SpaceId;
use belay_engine::{BelayError, InviteBy, NewCheckIn, PartnershipStandingView, Waited};
use belay_testkit::FakeClock;
use cast::{Cast, DAY_MS, HOLD_MS, START_MS, cast, check_in};

#[tokio::test]
async fn blocking_with_a_full_outbox_and_no_network_leaks_nothing_and_reads_nothing() {
    let mut cast = cast().await;
    cast.ada_writes("seen long ago");
    cast.sam_writes("kept readable");
    cast.exchange().await;
    cast.ada.sync().await;
    cast.relay.pause().await;
    for number in 0..20 {
        cast.ada_writes(&format!("queued {number}"));
    }
    cast.clock.advance_ms(HOLD_MS);
    // Half of it is sealed already when the person blocks.
    assert!(!cast.ada.sync().await.troubles.is_empty());
    cast.ada_writes("queued last");
    cast.ada.engine.block(&cast.space).unwrap();
    cast.ada.engine.block(&cast.space).unwrap();
    cast.ada.engine.leave(&cast.space).unwrap();
    assert_eq!(
        cast.ada_sees().standing,
        PartnershipStandingView::Blocked,
        "leaving does not undo it"
    );
    assert!(cast.ada.engine.today().unwrap().partners.is_empty());

    cast.relay.resume().await;
    cast.sam_writes("never read");
    cast.clock.advance_ms(HOLD_MS);
    cast.sam.sync().await;
    let report = cast.ada.sync().await;
    assert!(report.troubles.is_empty(), "{report:?}");
    assert_eq!((report.envelopes_received, report.items_received), (0, 0));
    cast.exchange().await;
    let seen = cast.sam_sees();
    assert_eq!(seen.standing, PartnershipStandingView::PartnerLeft);
    assert!(!seen.incomplete, "nobody waits for what never comes");
    assert_eq!(cast.wins(), ["seen long ago"]);
    assert!(!cast.decoded_by_sam().contains("queued"));

    // What was received stays readable, and nothing of what came later was even kept.
    let page = cast.ada.engine.partner(&cast.space).unwrap();
    assert_eq!(page.check_ins.len(), 1);
    let dump = cast.ada.engine.projection_dump().unwrap().join("\n");
    assert!(dump.contains("kept readable") && !dump.contains("never read"));
    let report = cast.ada.sync().await;
    assert_eq!(report.envelopes_sent, 0, "their relay is not visited again");
}

#[tokio::test]
async fn what_a_blocked_partner_shared_can_be_removed_and_does_not_come_back() {
    let mut cast = cast().await;
    cast.ada_writes("mine stays");
    cast.sam_writes("take it away");
    cast.exchange().await;
    cast.ada.sync().await;
    cast.ada.engine.block(&cast.space).unwrap();
    let removed = cast
        .ada
        .engine
        .remove_what_they_shared(&cast.space)
        .unwrap();
    assert!(removed >= 2, "the check-in and the name: {removed}");
    cast.exchange().await;
    cast.ada.engine.rebuild_projection().unwrap();
    cast.ada.restart();
    let dump = cast.ada.engine.projection_dump().unwrap().join("\n");
    assert!(!dump.contains("take it away") && dump.contains("mine stays"));
    assert_eq!(
        cast.ada
            .engine
            .remove_what_they_shared(&cast.space)
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn blocking_burns_invitations_nobody_answered_yet() {
    let cast = cast().await;
    let invitation = cast.ada.engine.invite().await.unwrap();
    cast.ada.engine.block(&cast.space).unwrap();
    assert_eq!(
        cast.ada.engine.await_partner(&invitation.id).await.err(),
        Some(BelayError::Unavailable {
            reason: "invitation-not-found"
        })
    );
}

#[tokio::test]
async fn blocking_takes_back_invitations_at_a_distance_that_nobody_answered_yet() {
    let cast = cast().await;
    let invitation = cast.ada.engine.invite_apart(InviteBy::Link).await.unwrap();
    let text = invitation.text.unwrap();
    cast.ada.engine.block(&cast.space).unwrap();
    assert!(cast.ada.engine.open_invitations().unwrap().is_empty());
    let kim = Companion::new("Kim", &cast.clock, 3);
    // Nobody was online yet to say so, and still nobody is let in.
    kim.engine.accept_apart(&text, None).await.unwrap();
    for companion in [&cast.ada, &kim, &cast.ada, &kim] {
        companion.sync().await;
    }
    assert!(kim.engine.partners().unwrap().is_empty());
    assert_eq!(cast.ada.engine.partners().unwrap().len(), 1);
}

#[tokio::test]
async fn leaving_takes_back_what_changed_while_the_words_differed_and_leaves_no_hole() {
    let cast = cast().await;
    let changed = cast.ada_writes("former words");
    cast.ada_writes("stays with them");
    cast.exchange().await;
    cast.ada_writes("never leaves");
    cast.ada.engine.mark_compared(&cast.space, false).unwrap();
    let edit = NewCheckIn {
        audience: None,
        ..check_in(cast.space, "later words")
    };
    cast.ada.engine.edit_check_in(&changed, edit).unwrap();
    cast.sam_writes("so that something is to be acknowledged");
    cast.clock.advance_ms(HOLD_MS);
    cast.sam.sync().await;
    cast.clock.advance_ms(DAY_MS);
    cast.exchange().await;
    assert_eq!(cast.wins().len(), 2);
    cast.ada.engine.leave(&cast.space).unwrap();
    cast.exchange().await;
    let seen = cast.sam_sees();
    assert_eq!(seen.standing, PartnershipStandingView::PartnerLeft);
    assert!(!seen.incomplete, "nobody waits for what never comes");
    assert_eq!(cast.wins(), ["stays with them"]);
    let decoded = cast.decoded_by_sam();
    assert!(!decoded.contains("never leaves") && !decoded.contains("words"));
}

#[tokio::test]
async fn pausing_leaving_and_blocking_work_from_every_state_and_again() {
    type Act = fn(&Cast) -> Result<(), BelayError>;
    let pause: Act = |cast| cast.ada.engine.pause_sharing(&cast.space).map(drop);
    let resume: Act = |cast| {
        let resumed = cast.ada.engine.resume_sharing(&cast.space, Waited::Keep);
        resumed.map(drop)
    };
    let leave: Act = |cast| cast.ada.engine.leave(&cast.space);
    let block: Act = |cast| cast.ada.engine.block(&cast.space);
    let sam_leaves: Act = |cast| cast.sam.engine.leave(&cast.space);
    for before in [pause, resume, leave, block, sam_leaves] {
        for act in [pause, resume, leave, block] {
            let cast = cast().await;
            before(&cast).unwrap();
            cast.sam.sync().await;
            cast.ada.sync().await;
            act(&cast).unwrap();
            act(&cast).unwrap();
            let report = cast.ada.sync().await;
            assert!(report.troubles.is_empty(), "{report:?}");
        }
    }
    let cast = cast().await;
    let nobody = SpaceId::from_bytes([9; 32]);
    let not_found = Some(BelayError::NotFound { what: "partner" });
    let engine = &cast.ada.engine;
    assert_eq!(engine.pause_sharing(&nobody).err(), not_found);
    assert_eq!(
        engine.resume_sharing(&nobody, Waited::Keep).err(),
        not_found
    );
    assert_eq!(engine.leave(&nobody).err(), not_found);
    assert_eq!(engine.block(&nobody).err(), not_found);
    assert_eq!(engine.remove_what_they_shared(&nobody).err(), not_found);
}

#[tokio::test]
async fn a_partner_who_never_answered_can_be_paused_left_and_blocked() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let raw = belay_e2e::RawPartner::pair(&ada, relay.origin(), 7).await;
    let seen = ada.engine.partner(&raw.space).unwrap().partner;
    assert_eq!(seen.standing, PartnershipStandingView::Waiting);
    ada.engine.pause_sharing(&raw.space).unwrap();
    ada.engine.block(&raw.space).unwrap();
    assert!(ada.sync().await.troubles.is_empty());
    let seen = ada.engine.partner(&raw.space).unwrap().partner;
    assert_eq!(seen.standing, PartnershipStandingView::Blocked);
}
