//! Partnerships on a further device: it gets in by itself, reads and writes there, and nothing is doubled.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_e2e::devices::{further, phone, sees, settle, wins, writes_to};
use belay_e2e::near::Near;
use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::model::{CheckInField, DocName, Mood, ResponseKind, SpaceId};
use belay_engine::{
    ComparisonView, DeliveryView, Farewell, NewCheckIn, NewResponse, PartnershipStandingView,
};
use belay_testkit::FakeClock;

use crate::cast::{DAY_MS, HOLD_MS, START_MS};

/// Ada with two devices, and Sam, with whom she is paired.
struct Stage {
    clock: FakeClock,
    relay: TestRelay,
    phone: Companion,
    tablet: Companion,
    sam: Companion,
    space: SpaceId,
}

async fn stage() -> Stage {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&phone, &sam, relay.origin()).await;
    writes_to(&phone, &[space], "from before");
    writes_to(&sam, &[space], "Sam's before");
    clock.advance_ms(HOLD_MS);
    settle(&[&phone, &sam]).await;
    let tablet = further(&phone, "tablet", 2).await;
    settle(&[&phone, &tablet, &sam]).await;
    Stage {
        clock,
        relay,
        phone,
        tablet,
        sam,
        space,
    }
}

impl Stage {
    async fn exchange(&self) {
        self.clock.advance_ms(HOLD_MS);
        settle(&[&self.phone, &self.tablet, &self.sam]).await;
    }
}

fn edit(by: &Companion, name: &DocName, change: impl FnOnce(&mut NewCheckIn)) {
    let before = by.engine.check_in(name).unwrap().check_in;
    let mut edited = NewCheckIn {
        on: Some(before.on),
        mood: before.mood,
        win: before.win,
        plan: before.plan,
        note: before.note,
        ..NewCheckIn::default()
    };
    change(&mut edited);
    by.engine.edit_check_in(name, edited).unwrap();
}

#[tokio::test]
async fn a_further_device_comes_into_partnerships_by_itself_and_reads_and_writes_there() {
    let stage = stage().await;
    let Stage {
        tablet, sam, space, ..
    } = &stage;
    assert_eq!(tablet.engine.partnerships_elsewhere().unwrap(), 0);
    let partner = tablet.engine.partner(space).unwrap().partner;
    assert_eq!(partner.name, "Sam");
    assert_eq!(partner.standing, PartnershipStandingView::Active);
    assert_eq!(partner.comparison, ComparisonView::Same);
    let there = stage.phone.engine.partner(space).unwrap().partner;
    assert_eq!(partner.comparison_words, there.comparison_words);
    assert_eq!(sees(tablet, space), ["Sam's before"]);

    let name = writes_to(tablet, &[*space], "from the tablet");
    writes_to(sam, &[*space], "Sam's after");
    stage.exchange().await;
    assert_eq!(sees(sam, space), ["from before", "from the tablet"]);
    assert_eq!(sees(tablet, space), ["Sam's after", "Sam's before"]);
    assert_eq!(sees(&stage.phone, space), sees(tablet, space));
    assert_eq!(wins(&stage.phone), wins(tablet));
    // How far it came is known on both devices.
    stage.clock.advance_ms(DAY_MS);
    stage.exchange().await;
    for device in [&stage.phone, tablet] {
        let shared = &device.engine.check_in(&name).unwrap().shared_with;
        assert_eq!(shared.len(), 1);
        assert_eq!(shared[0].delivery, Some(DeliveryView::Received));
    }
}

#[tokio::test]
async fn an_answer_from_the_tablet_is_the_persons_and_stands_on_the_phone_too() {
    let stage = stage().await;
    let page = stage.tablet.engine.partner(&stage.space).unwrap();
    let about = page.check_ins[0].name;
    let answer = NewResponse {
        space: stage.space,
        person: page.partner.person.unwrap(),
        about,
        kind: ResponseKind::IHearYou,
        text: None,
    };
    stage.tablet.engine.respond(answer).unwrap();
    stage.exchange().await;
    let on_phone = stage.phone.engine.partner(&stage.space).unwrap();
    let answers = &on_phone.check_ins[0].responses;
    assert!(answers.len() == 1 && answers[0].own);
    let own = stage.sam.engine.check_ins(10).unwrap();
    assert_eq!(own[0].responses.len(), 1);
    assert_eq!(own[0].responses[0].from, "Ada");
}

#[tokio::test]
async fn what_both_devices_edit_offline_is_one_copy_at_the_partners() {
    let stage = stage().await;
    let name = writes_to(&stage.phone, &[stage.space], "the chapter");
    stage.exchange().await;
    edit(&stage.phone, &name, |edited| {
        edited.note = Some("phone".into());
    });
    edit(&stage.tablet, &name, |edited| {
        edited.plan = Some("tablet".into());
    });
    for _ in 0..2 {
        stage.exchange().await;
    }
    let page = stage.sam.engine.partner(&stage.space).unwrap();
    assert_eq!(page.check_ins.len(), 2, "not doubled");
    let copy = page
        .check_ins
        .iter()
        .find(|one| one.check_in.win.as_deref() == Some("the chapter"));
    let copy = &copy.unwrap().check_in;
    assert_eq!(copy.note.as_deref(), Some("phone"));
    assert_eq!(copy.plan.as_deref(), Some("tablet"));
    // It comes to rest: nothing is published again and again.
    stage.exchange().await;
    let sent = stage.phone.sync().await.envelopes_sent + stage.tablet.sync().await.envelopes_sent;
    assert_eq!(sent, 0);
}

#[tokio::test]
async fn a_stale_tablet_publishes_nothing_again_that_the_phone_took_back() {
    let stage = stage().await;
    let name = writes_to(&stage.phone, &[stage.space], "taken back");
    stage.exchange().await;
    assert!(sees(&stage.sam, &stage.space).contains(&"taken back".to_owned()));
    // The tablet sleeps meanwhile.
    stage.phone.engine.undo_check_in(&name).unwrap();
    stage.clock.advance_ms(HOLD_MS);
    settle(&[&stage.phone, &stage.sam]).await;
    assert_eq!(sees(&stage.sam, &stage.space), ["from before"]);
    // It wakes, still has the check-in, and changes it before it looks.
    edit(&stage.tablet, &name, |edited| {
        edited.plan = Some("stale".into());
    });
    stage.exchange().await;
    stage.exchange().await;
    assert_eq!(sees(&stage.sam, &stage.space), ["from before"]);
    assert_eq!(wins(&stage.phone), wins(&stage.tablet));
}

#[tokio::test]
async fn leaving_on_one_device_is_leaving_on_both_and_deleting_one_device_is_not() {
    let stage = stage().await;
    stage.tablet.engine.delete_everything().unwrap();
    let farewell = Farewell::open(stage.tablet.config(), None).unwrap();
    assert!(farewell.send().await.unwrap().finished);
    stage.clock.advance_ms(HOLD_MS);
    settle(&[&stage.phone, &stage.sam]).await;
    assert_eq!(stage.phone.engine.own_devices().unwrap().len(), 1);
    writes_to(&stage.phone, &[stage.space], "we go on");
    stage.clock.advance_ms(HOLD_MS);
    settle(&[&stage.phone, &stage.sam]).await;
    let sams = stage.sam.engine.partner(&stage.space).unwrap().partner;
    assert_eq!(sams.standing, PartnershipStandingView::Active);
    assert_eq!(sees(&stage.sam, &stage.space), ["from before", "we go on"]);

    let laptop = further(&stage.phone, "laptop", 3).await;
    settle(&[&stage.phone, &laptop]).await;
    laptop.engine.leave(&stage.space).unwrap();
    settle(&[&laptop, &stage.phone, &stage.sam]).await;
    let here = stage.phone.engine.partner(&stage.space).unwrap().partner;
    assert_eq!(here.standing, PartnershipStandingView::Left);
    let sams = stage.sam.engine.partner(&stage.space).unwrap().partner;
    assert_eq!(sams.standing, PartnershipStandingView::PartnerLeft);
}

#[tokio::test(flavor = "multi_thread")]
async fn partnerships_come_to_a_further_device_without_any_relay_too() {
    let mut stage = stage().await;
    let laptop = further(&stage.phone, "laptop", 3).await;
    stage.relay.pause().await;
    // The laptop asked for its place while there was a relay; phone and laptop meet, then laptop and Sam.
    for _ in 0..3 {
        let near = Near::listen(&stage.phone.engine).await;
        laptop.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
        near.end().await;
    }
    writes_to(&laptop, &[stage.space], "from the laptop");
    stage.clock.advance_ms(HOLD_MS);
    // Sam learns of the laptop from whom he knows, as anybody's things are carried.
    for engine in [&stage.phone.engine, &laptop.engine] {
        let near = Near::listen(engine).await;
        stage.sam.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
        near.end().await;
    }
    assert!(sees(&stage.sam, &stage.space).contains(&"from the laptop".to_owned()));
    stage.relay.resume().await;
}

#[tokio::test]
async fn a_mood_alone_is_shared_from_the_tablet_as_from_the_phone() {
    let stage = stage().await;
    let usual = [CheckInField::Mood].into_iter().collect();
    stage
        .phone
        .engine
        .set_usual_fields(&stage.space, usual)
        .unwrap();
    stage.exchange().await;
    let new = NewCheckIn {
        mood: Some(Mood::new(2).unwrap()),
        ..NewCheckIn::default()
    };
    let previews = stage.tablet.engine.preview_check_in(&new).unwrap();
    assert_eq!(previews.len(), 1);
    assert_eq!(
        previews[0].check_in,
        stage.phone.engine.preview_check_in(&new).unwrap()[0].check_in
    );
}

#[tokio::test]
async fn what_one_device_took_back_without_having_seen_its_copy_is_taken_back_by_the_one_that_wrote_it()
 {
    let stage = stage().await;
    let Stage {
        phone,
        tablet,
        sam,
        space,
        clock,
        ..
    } = &stage;
    // The phone hears of it in `self`, while its copy for Sam is still held on the tablet.
    let name = writes_to(tablet, &[*space], "too much");
    tablet.sync().await;
    phone.sync().await;
    phone.engine.undo_check_in(&name).unwrap();
    phone.sync().await;
    for who in [tablet, sam, phone, tablet, sam] {
        clock.advance_ms(HOLD_MS);
        who.sync().await;
    }
    assert_eq!(sees(sam, space), ["from before"]);
    let partner = sam.engine.partner(space).unwrap().partner;
    assert!(!partner.incomplete, "its place is told to be empty");
}
