//! A relay that says no, is away or loses an answer: what can go on goes on, and what was begun is finished.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeMap;

use belay_e2e::{Companion, Door, TestRelay, pair};
use belay_engine::model::{CheckInFields, DocName, Mood, SpaceId};
use belay_engine::{
    BelayError, DeliveryView, NewCheckIn, PartnershipStandingView, SettingsEdit, SyncReport,
};
use belay_protocol::InvitationQr;
use belay_protocol::relay::{RendezvousId, Slot};
use belay_testkit::FakeClock;
use belay_transport::{RelayClient, RelayOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{mpsc, oneshot};

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

fn reason(error: &BelayError) -> String {
    error.detail().unwrap_or_default()
}

fn write(by: &Companion, space: SpaceId, win: &str) -> DocName {
    let new = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        win: Some(win.to_owned()),
        audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap().name
}

fn is_on_relay(by: &Companion, name: &DocName) -> bool {
    by.engine.check_in(name).unwrap().shared_with[0].delivery == Some(DeliveryView::OnRelay)
}

fn received(by: &Companion, space: &SpaceId) -> usize {
    by.engine.partner(space).unwrap().check_ins.len()
}

/// What the test knows of a rendezvous beside the two who meet there.
struct Onlooker {
    client: RelayClient,
    id: RendezvousId,
}

impl Onlooker {
    fn new(invitation: &str) -> Self {
        let invitation = InvitationQr::parse(invitation).unwrap();
        let origin = invitation.relay.as_deref().unwrap().parse().unwrap();
        Self {
            client: RelayClient::new(origin, &RelayOptions::default()).unwrap(),
            id: RendezvousId::from_bytes(invitation.id),
        }
    }

    async fn see(&self, slot: u8) {
        let slot = Slot::new(slot).unwrap();
        while self
            .client
            .get_slot(self.id, slot, 25)
            .await
            .unwrap()
            .is_none()
        {}
    }
}

#[tokio::test]
async fn nobody_is_invited_to_a_relay_that_wants_tokens() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    relay.pause().await;
    relay.ask_for_tokens(true);
    relay.resume().await;
    let ada = Companion::new("Ada", &clock, 1);
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    let refused = ada.engine.invite().await;
    assert_eq!(reason(&refused.unwrap_err()), "relay-needs-token");
}

#[tokio::test]
async fn an_answer_larger_than_asked_for_is_the_relays_fault() {
    let clock = FakeClock::at(START_MS, "UTC");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let ada = Companion::new("Ada", &clock, 18);
    ada.engine.set_relay(Some(&origin), false).unwrap();
    let answering = async {
        let (mut client, _) = listener.accept().await.unwrap();
        assert_ne!(client.read(&mut [0; 4096]).await.unwrap(), 0);
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n{";
        client.write_all(answer).await.unwrap();
        client
    };
    let (refused, _open) = tokio::join!(ada.engine.invite(), answering);
    assert_eq!(reason(&refused.unwrap_err()), "relay-answer");
}

#[tokio::test]
async fn a_relay_that_makes_no_new_mailbox_still_carries_what_the_old_ones_hold() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 2);
    let sam = Companion::new("Sam", &clock, 3);
    let space = pair(&ada, &sam, relay.origin()).await;
    write(&sam, space, "before the new secret");
    clock.advance_ms(HOLD_MS);
    assert!(sam.sync().await.troubles.is_empty());
    // After a month a new epoch is owed, and so a new mailbox.
    clock.advance_ms(31 * DAY_MS);
    relay.pause().await;
    relay.ask_for_tokens(true);
    relay.resume().await;
    let report = ada.sync().await;
    assert_eq!(received(&ada, &space), 1);
    assert!(
        report.envelopes_sent > 0,
        "the new epoch is told: {report:?}"
    );
    let codes: Vec<&str> = report
        .troubles
        .iter()
        .map(|trouble| trouble.code.as_str())
        .collect();
    assert_eq!(codes, ["relay-refused.token_required"]);
    let status = ada.engine.status().unwrap();
    let shown = status.spaces.iter().find(|shown| shown.space == space);
    assert_eq!(
        shown.unwrap().relays[0].last_error.as_deref(),
        Some("relay-refused.token_required")
    );

    relay.pause().await;
    relay.ask_for_tokens(false);
    relay.resume().await;
    write(&ada, space, "under the new secret");
    clock.advance_ms(HOLD_MS);
    assert!(ada.sync().await.troubles.is_empty());
    assert!(sam.sync().await.troubles.is_empty());
    assert_eq!(received(&sam, &space), 1);
}

#[tokio::test]
async fn a_partnership_that_was_left_is_not_visited_once_the_leaving_is_out() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 4);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&ada, &sam, relay.origin()).await;
    relay.pause().await;
    ada.engine.leave(&space).unwrap();
    assert_eq!(ada.sync().await.troubles[0].code, "offline");
    relay.resume().await;
    assert!(ada.sync().await.envelopes_sent > 0);
    relay.pause().await;
    assert!(
        ada.sync().await.troubles.is_empty(),
        "nobody asks it any more"
    );
    relay.resume().await;
    sam.sync().await;
    assert_eq!(
        sam.engine.partner(&space).unwrap().partner.standing,
        PartnershipStandingView::PartnerLeft
    );
}

/// Takes reports until what is waited for has come about.
async fn until(reports: &mut UnboundedReceiver<SyncReport>, come: impl Fn(&SyncReport) -> bool) {
    while !come(&reports.recv().await.unwrap()) {}
}

#[tokio::test]
async fn a_relay_that_is_away_holds_up_nobody_who_uses_another_one() {
    let clock = FakeClock::at(START_MS, "UTC");
    let near = TestRelay::start(&clock).await;
    let mut away = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 6);
    let sam = Companion::new("Sam", &clock, 7);
    let kim = Companion::new("Kim", &clock, 8);
    let with_sam = pair(&ada, &sam, near.origin()).await;
    let with_kim = pair(&ada, &kim, away.origin()).await;
    let no_hold = SettingsEdit {
        hold_seconds: Some(0),
        ..SettingsEdit::default()
    };
    ada.engine.edit_settings(no_hold).unwrap();
    away.pause().await;

    let (tell, mut reports) = mpsc::unbounded_channel();
    let on_report = |report: &SyncReport| tell.send(report.clone()).unwrap();
    let (end, ended) = oneshot::channel::<()>();
    let watching = ada.engine.watch(&on_report, async { ended.await.unwrap() });
    let story = async {
        until(&mut reports, |report| {
            let trouble = report.troubles.first();
            trouble.is_some_and(|trouble| trouble.space == with_kim && trouble.code == "offline")
        })
        .await;
        // What becomes due leaves.
        let for_sam = write(&ada, with_sam, "by the near one");
        let for_kim = write(&ada, with_kim, "when it is back");
        until(&mut reports, |_| is_on_relay(&ada, &for_sam)).await;
        sam.sync().await;
        assert_eq!(received(&sam, &with_sam), 1);
        // What comes is heard.
        write(&sam, with_sam, "an answer of a kind");
        clock.advance_ms(HOLD_MS);
        sam.sync().await;
        until(&mut reports, |_| received(&ada, &with_sam) == 1).await;
        // And the other one is tried again.
        assert!(!is_on_relay(&ada, &for_kim));
        away.resume().await;
        until(&mut reports, |_| is_on_relay(&ada, &for_kim)).await;
        kim.sync().await;
        assert_eq!(received(&kim, &with_kim), 1);
        end.send(()).unwrap();
    };
    let (watched, ()) = tokio::join!(watching, story);
    watched.unwrap();
}

#[tokio::test]
async fn a_wait_for_a_partner_outlives_the_relay_being_away() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 9);
    let sam = Companion::new("Sam", &clock, 10);
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    let invitation = ada.engine.invite().await.unwrap();
    // The wait goes on while the relay stops, and is broken off.
    tokio::select! {
        biased;
        ended = ada.engine.await_partner(&invitation.id) => panic!("{ended:?}"),
        () = relay.pause() => {}
    }
    // It is taken up again before the relay is back.
    let (shown, scanned) = tokio::join!(ada.engine.await_partner(&invitation.id), async {
        relay.resume().await;
        sam.engine.accept_invitation(&invitation.text).await
    });
    assert_eq!(
        shown.unwrap().partner.comparison_words,
        scanned.unwrap().partner.comparison_words
    );
    let again = ada.engine.await_partner(&invitation.id).await;
    assert_eq!(reason(&again.unwrap_err()), "invitation-not-found");
}

#[tokio::test]
async fn a_pairing_half_way_is_finished_when_the_relay_is_back() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 11);
    let sam = Companion::new("Sam", &clock, 12);
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    let invitation = ada.engine.invite().await.unwrap();
    let onlooker = Onlooker::new(&invitation.text);
    let showing = async {
        onlooker.see(0).await;
        relay.pause().await;
        let (shown, ()) = tokio::join!(ada.engine.await_partner(&invitation.id), relay.resume());
        shown
    };
    let scanning = sam.engine.accept_invitation(&invitation.text);
    let (shown, scanned) = tokio::join!(showing, scanning);
    let space = shown.unwrap().partner.space;
    assert_eq!(scanned.unwrap().partner.space, space);
    sam.sync().await;
    ada.sync().await;
    assert_eq!(
        ada.engine.partner(&space).unwrap().partner.standing,
        PartnershipStandingView::Active
    );
}

#[tokio::test]
async fn a_welcome_whose_arrival_is_unknown_keeps_the_partner_waited_for() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut door = Door::new().await;
    let relay = TestRelay::start_behind(&clock, &mut door).await;
    let ada = Companion::new("Ada", &clock, 13);
    let sam = Companion::new("Sam", &clock, 14);
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    let invitation = ada.engine.invite().await.unwrap();
    door.lose_answers_to_welcomes(true);
    let (shown, scanned) = tokio::join!(ada.engine.await_partner(&invitation.id), async {
        let scanned = sam.engine.accept_invitation(&invitation.text).await;
        clock.advance_ms(11 * MINUTE_MS);
        scanned
    });
    let shown = shown.unwrap().partner;
    assert_eq!(shown.standing, PartnershipStandingView::Waiting);
    assert_eq!(scanned.unwrap().partner.space, shown.space);
    sam.sync().await;
    ada.sync().await;
    assert_eq!(
        ada.engine.partner(&shown.space).unwrap().partner.standing,
        PartnershipStandingView::Active
    );
}

#[tokio::test]
async fn a_welcome_that_finds_its_place_taken_leaves_nothing_of_the_partner() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 15);
    let sam = Companion::new("Sam", &clock, 16);
    let kim = Companion::new("Kim", &clock, 17);
    pair(&ada, &kim, relay.origin()).await;
    let before = ada.engine.projection_dump().unwrap();
    let invitation = ada.engine.invite().await.unwrap();
    let onlooker = Onlooker::new(&invitation.text);
    let slot = Slot::new(3).unwrap();
    let put = onlooker.client.put_slot(onlooker.id, slot, b"no welcome");
    put.await.unwrap();
    let (shown, scanned) = tokio::join!(
        ada.engine.await_partner(&invitation.id),
        sam.engine.accept_invitation(&invitation.text),
    );
    assert_eq!(reason(&shown.unwrap_err()), "invitation-used");
    assert_eq!(reason(&scanned.unwrap_err()), "pairing-refused");
    assert_eq!(ada.engine.partners().unwrap().len(), 1);
    assert_eq!(ada.engine.projection_dump().unwrap(), before);
    assert!(sam.engine.partners().unwrap().is_empty());
    ada.engine.rebuild_projection().unwrap();
    assert_eq!(ada.engine.projection_dump().unwrap(), before);
}
