//! Honest state (Y5): how far each shared thing came, how old what is known of a partner is, and what every
//! relay last said. Never "seen", and never newer than it is.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::Mutex;

use belay_e2e::{Companion, RawPartner, TestRelay, pair};
use belay_engine::model::{CheckInFields, DocName, ItemId, Mood, SpaceId};
use belay_engine::{
    Clock as _, DeliveryView, NewCheckIn, RelayStatusView, SpaceStatusView, SyncReport,
};
use belay_protocol::{AckBody, ItemKind, VectorEntry};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn share(who: &Companion, space: SpaceId) -> DocName {
    let new = NewCheckIn {
        mood: Some(Mood::new(3).unwrap()),
        audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
        ..NewCheckIn::default()
    };
    who.engine.write_check_in(new).unwrap().name
}

fn delivery(who: &Companion, name: &DocName) -> DeliveryView {
    who.engine.check_in(name).unwrap().shared_with[0]
        .delivery
        .unwrap()
}

fn status(who: &Companion, space: SpaceId) -> SpaceStatusView {
    let status = who.engine.status().unwrap();
    let found = status.spaces.into_iter().find(|shown| shown.space == space);
    found.unwrap()
}

fn relay_status(who: &Companion, space: SpaceId) -> RelayStatusView {
    status(who, space).relays.remove(0)
}

#[tokio::test]
async fn words_follow_a_shared_thing_from_its_hold_to_the_partners_device() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let mut ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    relay.pause().await;
    let name = share(&ada, space);
    let until_at_ms = clock.now_ms() + 10_000;
    assert_eq!(delivery(&ada, &name), DeliveryView::Held { until_at_ms });
    let before = status(&ada, space);
    assert_eq!((before.held, before.queued), (1, 0));

    clock.advance_ms(HOLD_MS);
    assert_eq!(delivery(&ada, &name), DeliveryView::Queued);
    let due = status(&ada, space);
    assert_eq!((due.held, due.queued), (0, 1));
    assert!(!ada.sync().await.troubles.is_empty());
    ada.restart();
    assert_eq!(
        delivery(&ada, &name),
        DeliveryView::Queued,
        "sealed is not sent"
    );
    assert_eq!(status(&ada, space).queued, 1);

    relay.resume().await;
    ada.sync().await;
    assert_eq!(delivery(&ada, &name), DeliveryView::OnRelay);
    assert_eq!(status(&ada, space).queued, 0);
    sam.sync().await;
    ada.sync().await;
    // Sam's device has it, and says so at most once a day: until then nobody claims it.
    assert_eq!(delivery(&ada, &name), DeliveryView::OnRelay);
    clock.advance_ms(DAY_MS);
    sam.sync().await;
    ada.sync().await;
    assert_eq!(delivery(&ada, &name), DeliveryView::Received);
    ada.restart();
    assert_eq!(delivery(&ada, &name), DeliveryView::Received);
}

#[tokio::test]
async fn what_a_relay_last_said_and_when_it_is_tried_again_stands_in_the_self_check() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    let well = relay_status(&ada, space);
    assert_eq!(well.last_contact_at_ms, Some(START_MS));
    assert_eq!((well.last_error, well.next_try_at_ms), (None, None));
    assert!(!ada.engine.partner(&space).unwrap().partner.may_be_behind);

    relay.pause().await;
    clock.advance_ms(HOUR_MS);
    // Whoever keeps up notes when the pause ends; the first report ends this watch.
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stop = Mutex::new(Some(stop));
    let on_report = |report: &SyncReport| {
        assert_eq!(report.troubles[0].code, "offline");
        if let Some(stop) = stop.lock().unwrap().take() {
            let _ = stop.send(());
        }
    };
    let ended = async {
        let _ = stopped.await;
    };
    ada.engine.watch(&on_report, ended).await.unwrap();
    let away = relay_status(&ada, space);
    assert_eq!(away.last_contact_at_ms, Some(START_MS));
    assert_eq!(away.last_error.as_deref(), Some("offline"));
    let next = away.next_try_at_ms.unwrap() - clock.now_ms();
    assert!((1_000..=2_000).contains(&next), "{next}");
    let seen = ada.engine.partner(&space).unwrap().partner;
    assert!(seen.may_be_behind);
    assert_eq!(seen.reached_at_ms, Some(START_MS));

    relay.resume().await;
    ada.sync().await;
    let again = relay_status(&ada, space);
    assert_eq!(again.last_contact_at_ms, Some(START_MS + HOUR_MS));
    assert_eq!((again.last_error, again.next_try_at_ms), (None, None));
    assert!(!ada.engine.partner(&space).unwrap().partner.may_be_behind);
    clock.advance_ms(DAY_MS);
    let stale = ada.engine.partner(&space).unwrap().partner;
    assert!(stale.may_be_behind, "a day without a word from the relay");
}

#[tokio::test]
async fn trouble_is_told_also_before_a_relay_ever_answered() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let raw = RawPartner::pair(&ada, relay.origin(), 7).await;
    relay.pause().await;
    ada.sync().await;
    let never = relay_status(&ada, raw.space);
    assert_eq!(never.last_contact_at_ms, None);
    assert_eq!(never.last_error.as_deref(), Some("offline"));
    let seen = ada.engine.partner(&raw.space).unwrap().partner;
    assert!(seen.may_be_behind && seen.reached_at_ms.is_none());
}

#[tokio::test]
async fn a_clock_ahead_of_ours_is_marked_and_a_gap_says_from_where() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let mut raw = RawPartner::pair(&ada, relay.origin(), 7).await;
    let far = u64::try_from(START_MS + 365 * DAY_MS).unwrap() << 16;
    raw.hlc = Some(far);
    let ack = |epoch| AckBody {
        vector: Vec::new(),
        removal: None,
        epoch,
    };
    let epoch = raw.epoch.0;
    let mut bytes = Vec::new();
    for _ in 0..4 {
        let item = raw.item(ItemKind::Ack, 0, DocName::ZERO, ack(epoch).encode());
        bytes.push(item.encode());
    }
    raw.send(&[bytes[0].clone(), bytes[3].clone()]).await;
    ada.sync().await;
    let seen = ada.engine.partner(&raw.space).unwrap().partner;
    assert!(seen.clock_ahead);
    assert_eq!(seen.as_of_at_ms, Some(START_MS), "never later than now");
    assert!(seen.incomplete && seen.may_be_behind);
    assert_eq!(seen.incomplete_from, Some(2));
    raw.send(&bytes[1..3]).await;
    ada.sync().await;
    let whole = ada.engine.partner(&raw.space).unwrap().partner;
    assert_eq!((whole.incomplete, whole.incomplete_from), (false, None));
}

#[tokio::test]
async fn an_acknowledgement_of_what_was_never_written_makes_nothing_look_received() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let mut raw = RawPartner::pair(&ada, relay.origin(), 7).await;
    let written = &raw.welcomed[0].header;
    let (device, inc) = (written.device_id, written.inc);
    for (seq, id) in [
        (u64::MAX >> 2, ItemId::from_bytes([7; 32])),
        (40, ItemId::ZERO),
    ] {
        let body = AckBody {
            vector: vec![VectorEntry {
                device_id: device,
                inc,
                seq,
                item_id: id,
                ranges: Vec::new(),
            }],
            removal: None,
            epoch: raw.epoch.0,
        };
        let item = raw.item(ItemKind::Ack, 0, DocName::ZERO, body.encode());
        raw.send(&[item.encode()]).await;
    }
    ada.sync().await;
    let name = share(&ada, raw.space);
    clock.advance_ms(HOLD_MS);
    ada.sync().await;
    assert_eq!(delivery(&ada, &name), DeliveryView::OnRelay);
}
