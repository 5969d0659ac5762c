//! Two people, and two devices of one of them, who come together in one room and never had a relay.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::Mutex;

use belay_e2e::Companion;
use belay_e2e::near::{ANY_PORT, Near};
use belay_engine::model::{DisplayName, SpaceId};
use belay_engine::{BelayError, DeliveryView, PartnershipStandingView};
use belay_protocol::InvitationQr;
use belay_testkit::FakeClock;
use belay_transport::LanStream;

use crate::cast::{HOLD_MS, START_MS, check_in};

async fn pair_in_one_room(shower: &Companion, scanner: &Companion) -> SpaceId {
    let invitation = shower.engine.invite_near(ANY_PORT).await.unwrap();
    let (shown, scanned) = tokio::join!(
        shower.engine.await_partner(&invitation.id),
        scanner.engine.accept_invitation(&invitation.text),
    );
    let (shown, scanned) = (shown.unwrap().partner, scanned.unwrap().partner);
    assert_eq!(shown.comparison_words, scanned.comparison_words);
    assert_eq!(shown.space, scanned.space);
    for companion in [shower, scanner] {
        companion.engine.mark_compared(&shown.space, true).unwrap();
    }
    shown.space
}

fn two() -> (FakeClock, Companion, Companion) {
    let clock = FakeClock::at(START_MS, "UTC");
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    (clock, ada, sam)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_never_had_a_relay_become_partners_and_share() {
    let (clock, ada, sam) = two();
    let space = pair_in_one_room(&ada, &sam).await;
    // Names came over the same connection.
    for (by, name) in [(&ada, "Sam"), (&sam, "Ada")] {
        let shown = by.engine.partner(&space).unwrap().partner;
        assert_eq!(shown.name, name);
        assert_eq!(shown.standing, PartnershipStandingView::Active);
    }
    let name = ada
        .engine
        .write_check_in(check_in(space, "found it"))
        .unwrap()
        .name;
    clock.advance_ms(HOLD_MS);
    let delivery = || {
        let view = ada.engine.check_in(&name).unwrap();
        view.shared_with[0].delivery
    };
    assert_eq!(delivery(), Some(DeliveryView::Queued));
    let near = Near::listen(&sam.engine).await;
    ada.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    near.end().await;
    let page = sam.engine.partner(&space).unwrap();
    assert_eq!(page.check_ins[0].check_in.win.as_deref(), Some("found it"));
    assert_eq!(delivery(), Some(DeliveryView::Received));
    let status = ada.engine.status().unwrap();
    let pair = status.spaces.iter().find(|one| one.space == space).unwrap();
    assert_eq!((pair.queued, pair.relays.len()), (0, 0), "{pair:?}");
    // A sync with relays has nothing to do and nothing to complain about.
    let report = ada.sync().await;
    assert!(report.troubles.is_empty() && report.envelopes_sent == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_device_is_added_in_one_room_and_gets_everything_there() {
    let (clock, ada, sam) = two();
    let space = pair_in_one_room(&ada, &sam).await;
    ada.engine
        .write_check_in(check_in(space, "before"))
        .unwrap();
    let tablet = Companion::further_device(&clock, 3);
    let invitation = ada.engine.invite_own_device_near(ANY_PORT).await.unwrap();
    let shown = Mutex::new(Vec::new());
    let show = |words: &[String]| *shown.lock().unwrap() = words.to_vec();
    let admitting = async {
        let asking = ada.engine.await_own_device(&invitation.id).await.unwrap();
        let words = asking.comparison_words();
        ada.engine
            .admit_asking_device(asking, &DisplayName::new("tablet").unwrap())
            .await
            .unwrap();
        words
    };
    let joining = tablet.engine.join_as_own_device(&invitation.text, &show);
    let (words, joined) = tokio::join!(admitting, joining);
    joined.unwrap();
    assert_eq!(words, *shown.lock().unwrap());
    let near = Near::listen(&ada.engine).await;
    tablet.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    near.end().await;
    let wins: Vec<_> = tablet.engine.check_ins(10).unwrap();
    assert_eq!(wins[0].check_in.win.as_deref(), Some("before"));
    assert_eq!(ada.engine.self_copy().unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_calls_without_the_code_is_left_and_the_one_who_has_it_is_heard() {
    let (_clock, ada, sam) = two();
    let invitation = ada.engine.invite_near(ANY_PORT).await.unwrap();
    let read = InvitationQr::parse(&invitation.text).unwrap();
    let addr = read.lan_hints[0].parse().unwrap();
    let strangers = async {
        for said in [&b"hello"[..], &[0; 16], &[7; 400]] {
            let mut stream = LanStream::connect(addr).await.unwrap();
            stream.write(said).await.unwrap();
            assert!(stream.read(100).await.is_err(), "she hangs up");
        }
        sam.engine.accept_invitation(&invitation.text).await
    };
    let (shown, scanned) = tokio::join!(ada.engine.await_partner(&invitation.id), strangers);
    assert_eq!(shown.unwrap().partner.space, scanned.unwrap().partner.space);
    // The code worked once: nobody listens there any more.
    let (_, late, _) = two();
    let again = late.engine.accept_invitation(&invitation.text).await;
    assert_eq!(again.unwrap_err(), BelayError::Offline);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_whose_shower_is_gone_leaves_nothing_behind() {
    let (_clock, ada, sam) = two();
    let invitation = ada.engine.invite_near(ANY_PORT).await.unwrap();
    ada.engine.shutdown().unwrap();
    drop(ada);
    let refused = sam.engine.accept_invitation(&invitation.text).await;
    assert_eq!(refused.unwrap_err(), BelayError::Offline);
    assert!(sam.engine.partners().unwrap().is_empty());
}
