//! Two people get there, whatever stops in between.

use belay_e2e::{Door, TestRelay};
use belay_engine::model::CheckInFields;
use belay_engine::{
    BelayError, ComparisonView, InvitationStateView, InviteBy, MistypedWord,
    PartnershipStandingView, mistyped_word,
};
use belay_testkit::FakeClock;

use super::{
    DAY_MS, HOUR_MS, START_MS, assert_paired, has_nobody, link, only_state, reason, share, two,
    wins,
};

#[tokio::test]
async fn a_link_leads_to_a_partnership_by_syncing_alone_with_days_in_between() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 1);
    let (made, text) = link(&ada).await;
    assert!(made.made_here);
    assert_eq!(made.state, InvitationStateView::Waiting);
    assert_eq!(made.expires_at_ms, START_MS + 7 * DAY_MS);
    // The link can be looked up again as long as somebody may answer it.
    assert_eq!(
        ada.engine.open_invitations().unwrap()[0].text,
        Some(text.clone())
    );
    assert!(ada.sync().await.invitations.is_empty());

    clock.advance_ms(2 * DAY_MS);
    let accepted = sam.engine.accept_apart(&text, None).await.unwrap();
    assert!(!accepted.made_here && accepted.text.is_none());
    assert_eq!(accepted.state, InvitationStateView::Waiting);
    assert!(has_nobody(&sam) && has_nobody(&ada));

    clock.advance_ms(2 * DAY_MS);
    let report = ada.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Paired);
    assert_eq!(only_state(&ada), InvitationStateView::Answered);
    let waiting = &ada.engine.partners().unwrap()[0];
    assert_eq!(waiting.standing, PartnershipStandingView::Waiting);

    clock.advance_ms(2 * DAY_MS);
    let report = sam.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Paired);
    ada.sync().await;
    let space = assert_paired(&ada, &sam);
    share(&ada, space, "across the sea");
    ada.sync().await;
    sam.sync().await;
    assert_eq!(wins(&sam, &space), ["across the sea"]);
    let again = sam.engine.accept_apart(&text, None).await;
    assert_eq!(reason(again), "already-paired");
}

#[tokio::test]
async fn four_words_lead_to_each_other_however_they_are_typed() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 3);
    let made = ada.engine.invite_apart(InviteBy::Words).await.unwrap();
    let words = made.text.unwrap();
    assert_eq!(words.split(' ').count(), 4);
    let typed = format!(" {} ", words.to_uppercase().replace(' ', ",  "));
    let nowhere = sam.engine.accept_apart(&typed, None).await;
    assert_eq!(reason(nowhere), "no-relay");
    let (accepted, waited) = tokio::join!(
        sam.engine.accept_apart(&typed, Some(relay.origin())),
        ada.engine.await_pairing(&made.id),
    );
    assert_eq!(accepted.unwrap().state, InvitationStateView::Waiting);
    assert_eq!(waited.unwrap().partner.comparison_words.len(), 4);
    for one in [&sam, &ada, &sam] {
        one.sync().await;
    }
    assert_paired(&ada, &sam);
}

#[tokio::test]
async fn a_mistyped_word_is_named_and_a_wrong_one_of_the_list_is_no_such_invitation() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 5);
    sam.engine.set_relay(Some(relay.origin()), false).unwrap();
    let slip = "zoo zoo aplpe zoo";
    assert_eq!(
        mistyped_word(slip),
        Some(MistypedWord {
            position: 3,
            nearest: "apple"
        })
    );
    let refused = sam.engine.accept_apart(slip, None).await;
    assert_eq!(reason(refused), "invitation.unknown_word");
    let wrong = sam.engine.accept_apart("zoo zoo apple zoo", None).await;
    assert_eq!(reason(wrong), "invitation-not-found");
    for text in ["", "zoo zoo", "zoo zoo zoo zoo zoo", "https://example.org"] {
        let other = sam.engine.accept_apart(text, None).await;
        assert_eq!(reason(other), "not-an-invitation", "{text}");
    }
    let (_, text) = link(&ada).await;
    let cut = sam.engine.accept_apart(&text[..text.len() - 1], None).await;
    assert_eq!(reason(cut), "invitation-damaged");
    assert!(sam.engine.open_invitations().unwrap().is_empty() && has_nobody(&sam));
}

#[tokio::test]
async fn at_another_relay_there_is_no_such_invitation() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let other = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 7);
    let (_, text) = link(&ada).await;
    let elsewhere = text.replace(relay.origin(), other.origin());
    let lost = sam.engine.accept_apart(&elsewhere, None).await;
    assert_eq!(reason(lost), "invitation-not-found");
    sam.engine.accept_apart(&text, None).await.unwrap();
}

#[tokio::test]
async fn both_programs_may_be_killed_after_every_step() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut door = Door::new().await;
    let relay = TestRelay::start_behind(&clock, &mut door).await;
    let (mut ada, mut sam) = two(&clock, relay.origin(), 9);
    let (made, text) = link(&ada).await;
    ada.restart();
    assert_eq!(ada.engine.open_invitations().unwrap()[0].text, made.text);
    sam.engine.accept_apart(&text, None).await.unwrap();
    // The guest after m1.
    sam.restart();
    assert!(sam.sync().await.invitations.is_empty());
    sam.restart();
    // The inviter after m2: the line breaks before the welcome.
    door.keep_welcomes_out(true);
    let report = ada.sync().await;
    assert_eq!(report.invitations[0].trouble.as_deref(), Some("offline"));
    let known = ada.engine.open_invitations().unwrap().remove(0);
    assert_eq!(known.state, InvitationStateView::Answered);
    assert_eq!(known.last_error.as_deref(), Some("offline"));
    ada.restart();
    assert!(sam.sync().await.invitations.is_empty());
    sam.restart();
    door.keep_welcomes_out(false);
    ada.sync().await;
    ada.restart();
    sam.sync().await;
    sam.restart();
    ada.sync().await;
    assert_paired(&ada, &sam);
}

#[tokio::test]
async fn a_relay_that_is_away_half_way_ends_no_pairing() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 11);
    let (_, text) = link(&ada).await;
    relay.pause().await;
    let offline = sam.engine.accept_apart(&text, None).await;
    assert_eq!(offline.unwrap_err(), BelayError::Offline);
    assert!(sam.engine.open_invitations().unwrap().is_empty());
    assert_eq!(
        ada.engine.invite_apart(InviteBy::Link).await.unwrap_err(),
        BelayError::Offline
    );
    assert_eq!(only_state(&ada), InvitationStateView::Waiting);
    relay.resume().await;
    sam.engine.accept_apart(&text, None).await.unwrap();
    relay.pause().await;
    for one in [&ada, &sam] {
        let report = one.sync().await;
        assert_eq!(report.invitations[0].trouble.as_deref(), Some("offline"));
        assert_eq!(only_state(one), InvitationStateView::Waiting);
    }
    relay.resume().await;
    ada.sync().await;
    sam.sync().await;
    ada.sync().await;
    assert_paired(&ada, &sam);
}

#[tokio::test]
async fn a_welcome_that_got_lost_at_the_relay_is_brought_again() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut door = Door::new().await;
    let mut relay = TestRelay::start_behind(&clock, &mut door).await;
    let before = tempfile::tempdir().unwrap();
    relay.pause().await;
    TestRelay::copy_files(relay.dir(), before.path());
    relay.resume().await;
    let (ada, sam) = two(&clock, relay.origin(), 13);
    let (_, text) = link(&ada).await;
    sam.engine.accept_apart(&text, None).await.unwrap();
    // The relay has it, and its answer is lost.
    door.lose_answers_to_welcomes(true);
    let report = ada.sync().await;
    assert_eq!(report.invitations[0].trouble.as_deref(), Some("offline"));
    door.lose_answers_to_welcomes(false);
    let report = ada.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Paired);
    // Then the relay is put back from a copy that knows nothing of the two.
    relay.pause().await;
    TestRelay::copy_files(before.path(), relay.dir());
    relay.resume().await;
    assert!(sam.sync().await.invitations.is_empty());
    clock.advance_ms(2 * HOUR_MS);
    ada.sync().await;
    sam.sync().await;
    ada.sync().await;
    assert_paired(&ada, &sam);
}

#[tokio::test]
async fn whoever_keeps_up_pairs_without_being_asked() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 27);
    let (_, text) = link(&ada).await;
    let accepting = sam.engine.accept_apart(&text, None).await.unwrap();
    let welcomed = tokio::sync::Notify::new();
    let on_report = |report: &belay_engine::SyncReport| {
        let paired =
            |news: &belay_engine::InvitationNewsView| news.state == InvitationStateView::Paired;
        if report.invitations.iter().any(paired) {
            welcomed.notify_one();
        }
    };
    let stop = async {
        sam.engine.await_pairing(&accepting.id).await.unwrap();
        welcomed.notified().await;
    };
    ada.engine.watch(&on_report, stop).await.unwrap();
    for one in [&ada, &sam, &ada] {
        one.sync().await;
    }
    assert_paired(&ada, &sam);
}

#[tokio::test]
async fn when_the_words_differ_sharing_stops_until_they_are_found_to_be_the_same() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 29);
    let (_, text) = link(&ada).await;
    sam.engine.accept_apart(&text, None).await.unwrap();
    for one in [&ada, &sam, &ada] {
        one.sync().await;
    }
    let space = assert_paired(&ada, &sam);
    ada.engine
        .set_usual_fields(&space, CheckInFields::all())
        .unwrap();
    share(&ada, space, "written before the words were read");
    let marked = ada.engine.mark_compared(&space, false).unwrap();
    assert_eq!(marked.comparison, ComparisonView::Different);
    assert!(marked.usual_fields.is_empty());
    ada.sync().await;
    sam.sync().await;
    assert!(wins(&sam, &space).is_empty());
    let marked = ada.engine.mark_compared(&space, true).unwrap();
    assert_eq!(marked.comparison, ComparisonView::Same);
    share(&ada, space, "it was a slip of the tongue");
    ada.sync().await;
    sam.sync().await;
    assert_eq!(wins(&sam, &space), ["it was a slip of the tongue"]);
}

#[tokio::test]
async fn two_programs_that_answer_one_link_at_once_give_one_answer() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = two(&clock, relay.origin(), 71);
    let (_, text) = link(&ada).await;
    let (one, other) = tokio::join!(
        sam.engine.accept_apart(&text, None),
        sam.engine.accept_apart(&text, None)
    );
    assert_eq!(one.unwrap().id, other.unwrap().id);
    ada.sync().await;
    sam.sync().await;
    ada.sync().await;
    assert_paired(&ada, &sam);
}
