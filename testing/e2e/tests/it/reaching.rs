//! Reaching somebody within what they said on their card: the device that gets a nudge or a request holds to its own
//! person's card, whatever the other side knew of it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::devices::{further, phone, settle};
use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::model::boundary::{BoundaryCard, QuietHours, SupportDelivery, SupportLevel};
use belay_engine::model::{DocName, Need, ResponseKind, SpaceId};
use belay_engine::{
    BelayError, NewResponse, NewSupportRequest, ReachedView, SupportRequestView, Waited,
};
use belay_testkit::FakeClock;

use crate::cast::{Cast, DAY_MS, HOLD_MS, START_MS, cast};

const HOUR_MS: i64 = 3_600_000;

fn night() -> QuietHours {
    QuietHours {
        from: "22:00".parse().unwrap(),
        to: "07:00".parse().unwrap(),
    }
}

fn card(nudges_a_day: u8) -> BoundaryCard {
    BoundaryCard {
        helps: Some("a walk together".to_owned()),
        quiet: vec![night()],
        nudges_a_day,
        unwelcome: vec!["Food".to_owned()],
        ..BoundaryCard::default()
    }
}

fn reason<T: std::fmt::Debug>(answer: Result<T, BelayError>) -> String {
    answer.unwrap_err().detail().unwrap_or_default()
}

fn topics(reached: &ReachedView) -> Vec<&str> {
    let topics = reached.nudges.iter().map(|nudge| nudge.topic.as_deref());
    let mut topics: Vec<&str> = topics.map(Option::unwrap_or_default).collect();
    topics.sort_unstable();
    topics
}

fn ask(by: &Companion, space: SpaceId, level: SupportLevel) -> SupportRequestView {
    let new = NewSupportRequest {
        spaces: vec![space],
        level,
        text: Some("it is a lot today".to_owned()),
        need: Some(Need::JustListen),
    };
    by.engine.ask_for_support(new).unwrap().remove(0)
}

fn delivery(by: &Companion, name: &DocName) -> Option<SupportDelivery> {
    let requests = by.engine.support_requests().unwrap();
    requests.iter().find(|one| one.name == *name)?.delivery
}

impl Cast {
    fn nudge(&self, topic: &str) -> Result<(), BelayError> {
        let topic = (!topic.is_empty()).then_some(topic);
        self.ada.engine.nudge(&self.space, topic).map(drop)
    }

    fn sam_writes_card(&self, card: BoundaryCard) {
        self.sam
            .engine
            .set_boundary_card(&self.space, card)
            .unwrap();
    }
}

#[tokio::test]
async fn a_card_reaches_the_partner_as_it_was_written_and_every_change_of_it() {
    let cast = cast().await;
    let none = cast.ada.engine.boundary_cards(&cast.space).unwrap();
    assert_eq!((none.own, none.theirs), (None, None));
    cast.sam_writes_card(card(2));
    cast.exchange().await;
    cast.exchange().await;
    let seen = cast.ada.engine.boundary_cards(&cast.space).unwrap();
    assert_eq!(seen.theirs, Some(card(2)));
    assert!(seen.as_of_at_ms.is_some());
    // An impossible one changes nothing, on either side.
    let wrong = cast.sam.engine.set_boundary_card(&cast.space, card(6));
    assert_eq!(reason(wrong), "nudges_a_day.out_of_range");
    cast.sam_writes_card(card(1));
    cast.exchange().await;
    cast.exchange().await;
    let seen = cast.ada.engine.boundary_cards(&cast.space).unwrap();
    assert_eq!(seen.theirs, Some(card(1)));
    let own = cast.sam.engine.boundary_cards(&cast.space).unwrap();
    assert_eq!(own.own, Some(card(1)));
    // While sharing is paused the card is held to here and told afterwards.
    cast.sam.engine.pause_sharing(&cast.space).unwrap();
    cast.sam_writes_card(card(0));
    cast.exchange().await;
    cast.exchange().await;
    let seen = cast.ada.engine.boundary_cards(&cast.space).unwrap();
    assert_eq!(seen.theirs, Some(card(1)));
    cast.sam
        .engine
        .resume_sharing(&cast.space, Waited::Keep)
        .unwrap();
    cast.exchange().await;
    cast.exchange().await;
    let seen = cast.ada.engine.boundary_cards(&cast.space).unwrap();
    assert_eq!(seen.theirs, Some(card(0)));
    let before = cast.ada.engine.projection_dump().unwrap();
    cast.ada.engine.rebuild_projection().unwrap();
    assert_eq!(cast.ada.engine.projection_dump().unwrap(), before);
}

#[tokio::test]
async fn nobody_is_nudged_who_did_not_say_yes_about_what_they_did_not_want_or_too_often() {
    let cast = cast().await;
    assert_eq!(reason(cast.nudge("")), "nudge-not-agreed");
    cast.sam_writes_card(card(2));
    cast.exchange().await;
    cast.exchange().await;
    assert_eq!(reason(cast.nudge("food")), "nudge-topic-unwelcome");
    cast.nudge("running").unwrap();
    cast.nudge("").unwrap();
    assert_eq!(reason(cast.nudge("")), "nudges-used-up");
    cast.exchange().await;
    let reached = cast.sam.engine.reached().unwrap();
    assert_eq!(topics(&reached), ["", "running"]);
    assert_eq!(reached.new.len(), 2);
    // It stays up and is new only once.
    let again = cast.sam.engine.reached().unwrap();
    assert_eq!((again.nudges.len(), again.new.len()), (2, 0));
    cast.clock.advance_ms(DAY_MS);
    assert!(cast.sam.engine.reached().unwrap().nudges.is_empty());
    assert_eq!(cast.sam.engine.nudges(&cast.space).unwrap().len(), 2);
    cast.nudge("").unwrap();
}

#[tokio::test]
async fn the_receivers_card_holds_also_where_the_sender_had_not_heard_of_it() {
    let cast = cast().await;
    cast.sam_writes_card(card(3));
    cast.exchange().await;
    cast.exchange().await;
    // Sam says less by now, and Ada has not heard.
    let fewer = BoundaryCard {
        unwelcome: vec!["running".to_owned()],
        ..card(1)
    };
    cast.sam_writes_card(fewer);
    for topic in ["running", "reading", ""] {
        cast.nudge(topic).unwrap();
        cast.clock.advance_ms(1_000);
    }
    cast.exchange().await;
    let reached = cast.sam.engine.reached().unwrap();
    assert_eq!(
        topics(&reached),
        ["reading"],
        "one a day, and not about running"
    );
    assert_eq!(
        cast.sam.engine.nudges(&cast.space).unwrap().len(),
        3,
        "all are listed"
    );
    // What was decided stays so, also when the card allows more.
    cast.sam_writes_card(card(5));
    assert_eq!(topics(&cast.sam.engine.reached().unwrap()), ["reading"]);
}

#[tokio::test]
async fn a_nudge_at_night_waits_for_the_morning_where_the_phone_is() {
    let cast = cast().await;
    cast.sam_writes_card(card(2));
    cast.exchange().await;
    cast.exchange().await;
    cast.clock.set_ms(START_MS + 9 * HOUR_MS);
    cast.nudge("").unwrap();
    cast.exchange().await;
    let reached = cast.sam.engine.reached().unwrap();
    assert!(reached.nudges.is_empty());
    let morning = reached.look_again_at_ms.unwrap();
    assert_eq!(morning, START_MS + 12 * HOUR_MS + HOUR_MS / 2);
    assert!(morning > START_MS + 9 * HOUR_MS);
    cast.clock.set_ms(morning);
    assert_eq!(cast.sam.engine.reached().unwrap().nudges.len(), 1);
}

#[tokio::test]
async fn of_a_request_exactly_what_is_known_is_told_and_it_is_acknowledged_at_once() {
    let cast = cast().await;
    // The day's acknowledgement is used up.
    cast.ada_writes("before");
    cast.exchange().await;
    cast.exchange().await;
    let asked = ask(&cast.ada, cast.space, SupportLevel::TalkToday);
    assert_eq!(asked.delivery, Some(SupportDelivery::Here));
    assert!(asked.heard_at_ms.is_some() && !asked.offers_help_now);
    cast.ada.sync().await;
    assert_eq!(
        delivery(&cast.ada, &asked.name),
        Some(SupportDelivery::Left)
    );
    cast.sam.sync().await;
    cast.ada.sync().await;
    assert_eq!(
        delivery(&cast.ada, &asked.name),
        Some(SupportDelivery::OnTheirDevice)
    );
    let reached = cast.sam.engine.reached().unwrap();
    assert_eq!(reached.requests.len(), 1);
    let request = &reached.requests[0];
    assert_eq!(request.request.text.as_deref(), Some("it is a lot today"));
    assert_eq!((request.delivery, request.own), (None, false));
    let person = cast.sam_sees().person.unwrap();
    let answer = NewResponse {
        space: cast.space,
        person,
        about: request.name,
        kind: ResponseKind::IHearYou,
        text: None,
    };
    cast.sam.engine.respond(answer).unwrap();
    assert!(
        cast.sam.engine.reached().unwrap().requests.is_empty(),
        "answered"
    );
    cast.clock.advance_ms(HOLD_MS);
    cast.sam.sync().await;
    cast.ada.sync().await;
    assert_eq!(
        delivery(&cast.ada, &asked.name),
        Some(SupportDelivery::Answered)
    );
    let requests = cast.ada.engine.support_requests().unwrap();
    assert_eq!(requests[0].responses.len(), 1);
    for person in [&cast.ada, &cast.sam] {
        let before = person.engine.projection_dump().unwrap();
        person.engine.rebuild_projection().unwrap();
        assert_eq!(person.engine.projection_dump().unwrap(), before);
    }
}

#[tokio::test]
async fn a_request_that_is_taken_back_is_gone_there_too_also_after_a_pause() {
    let cast = cast().await;
    let first = ask(&cast.ada, cast.space, SupportLevel::KindWord);
    cast.ada
        .engine
        .take_back_request(&cast.space, &first.name)
        .unwrap();
    cast.exchange().await;
    assert!(
        cast.sam.engine.support_requests().unwrap().is_empty(),
        "it never left"
    );
    let second = ask(&cast.ada, cast.space, SupportLevel::KindWord);
    cast.exchange().await;
    assert_eq!(cast.sam.engine.support_requests().unwrap().len(), 1);
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    let refused = cast.ada.engine.ask_for_support(NewSupportRequest {
        spaces: vec![cast.space],
        level: SupportLevel::KindWord,
        text: None,
        need: None,
    });
    assert_eq!(reason(refused), "sharing-paused");
    cast.ada
        .engine
        .take_back_request(&cast.space, &second.name)
        .unwrap();
    assert!(cast.ada.engine.support_requests().unwrap().is_empty());
    cast.exchange().await;
    assert_eq!(
        cast.sam.engine.support_requests().unwrap().len(),
        1,
        "nothing tells of the pause"
    );
    cast.ada
        .engine
        .resume_sharing(&cast.space, Waited::Keep)
        .unwrap();
    cast.exchange().await;
    cast.exchange().await;
    assert!(cast.sam.engine.support_requests().unwrap().is_empty());
    let missing = cast.ada.engine.take_back_request(&cast.space, &second.name);
    assert!(matches!(missing, Err(BelayError::NotFound { .. })));
}

#[tokio::test]
async fn at_night_only_the_level_that_the_card_lets_through_is_brought_up() {
    let cast = cast().await;
    let quiet = BoundaryCard {
        reach_at_night: Some(SupportLevel::SomebodyNow),
        ..card(0)
    };
    cast.sam_writes_card(quiet);
    cast.clock.set_ms(START_MS + 9 * HOUR_MS);
    let talk = ask(&cast.ada, cast.space, SupportLevel::TalkToday);
    cast.exchange().await;
    let reached = cast.sam.engine.reached().unwrap();
    assert!(reached.requests.is_empty() && reached.look_again_at_ms.is_some());
    assert_eq!(
        cast.sam.engine.support_requests().unwrap().len(),
        1,
        "whoever looks sees it"
    );
    let now = ask(&cast.ada, cast.space, SupportLevel::SomebodyNow);
    assert!(now.offers_help_now);
    cast.exchange().await;
    let reached = cast.sam.engine.reached().unwrap();
    assert_eq!(reached.requests.len(), 1);
    assert_eq!(
        (reached.requests[0].name, &reached.new[..]),
        (now.name, &[now.name][..])
    );
    cast.clock.advance_ms(5 * HOUR_MS);
    let reached = cast.sam.engine.reached().unwrap();
    let names: Vec<DocName> = reached.requests.iter().map(|one| one.name).collect();
    assert_eq!(names, [now.name, talk.name], "what is needed most first");
}

#[tokio::test]
async fn hours_in_which_the_phone_is_quiet_for_everybody_hold_beside_the_card() {
    let cast = cast().await;
    cast.sam.engine.set_quiet_hours(vec![night()]).unwrap();
    let by_day = BoundaryCard {
        quiet: Vec::new(),
        ..card(2)
    };
    cast.sam_writes_card(by_day);
    cast.exchange().await;
    cast.exchange().await;
    cast.clock.set_ms(START_MS + 9 * HOUR_MS);
    cast.nudge("").unwrap();
    ask(&cast.ada, cast.space, SupportLevel::KindWord);
    cast.exchange().await;
    let reached = cast.sam.engine.reached().unwrap();
    assert!(reached.nudges.is_empty() && reached.requests.is_empty());
    cast.clock.set_ms(reached.look_again_at_ms.unwrap());
    let reached = cast.sam.engine.reached().unwrap();
    assert_eq!((reached.nudges.len(), reached.requests.len()), (1, 1));
}

#[tokio::test]
async fn a_pause_and_a_block_keep_out_nudges_and_a_block_requests_too() {
    let cast = cast().await;
    cast.sam_writes_card(card(5));
    cast.exchange().await;
    cast.exchange().await;
    cast.sam.engine.pause_sharing(&cast.space).unwrap();
    cast.nudge("").unwrap();
    cast.exchange().await;
    assert!(cast.sam.engine.reached().unwrap().nudges.is_empty());
    cast.sam
        .engine
        .resume_sharing(&cast.space, Waited::Keep)
        .unwrap();
    assert!(
        cast.sam.engine.reached().unwrap().nudges.is_empty(),
        "it was decided"
    );
    cast.sam.engine.block(&cast.space).unwrap();
    ask(&cast.ada, cast.space, SupportLevel::SomebodyNow);
    cast.exchange().await;
    assert!(cast.sam.engine.reached().unwrap().requests.is_empty());
    assert!(cast.sam.engine.support_requests().unwrap().is_empty());
}

#[tokio::test]
async fn a_card_holds_on_every_own_device_and_two_changes_at_once_end_in_the_quieter_one() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = phone(&clock, &relay);
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&phone, &sam, relay.origin()).await;
    clock.advance_ms(HOLD_MS);
    settle(&[&phone, &sam]).await;
    let tablet = further(&phone, "tablet", 2).await;
    for _ in 0..2 {
        clock.advance_ms(HOLD_MS);
        settle(&[&phone, &tablet, &sam]).await;
    }
    phone.engine.set_boundary_card(&space, card(3)).unwrap();
    settle(&[&phone, &tablet, &sam]).await;
    let own = tablet.engine.boundary_cards(&space).unwrap().own;
    assert_eq!(own, Some(card(3)));
    // Both offline, both change it.
    phone.engine.set_boundary_card(&space, card(4)).unwrap();
    tablet.engine.set_boundary_card(&space, card(1)).unwrap();
    settle(&[&phone, &tablet, &phone]).await;
    for device in [&phone, &tablet] {
        let own = device.engine.boundary_cards(&space).unwrap().own;
        assert_eq!(own.unwrap().nudges_a_day, 1);
    }
}
