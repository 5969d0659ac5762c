//! The line: what one person wrote offline and chose to share arrives at the partner and is answered.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::model::{
    CheckInField, CheckInFields, GoalField, GoalFields, Mood, OutcomeStatus, ResponseKind, Schedule,
};
use belay_engine::{
    ComparisonView, DeliveryView, NewCheckIn, NewGoal, NewOutcome, NewResponse,
    PartnershipStandingView,
};
use belay_testkit::FakeClock;

/// 2026-03-02T18:30:00Z, a Monday.
const START_MS: i64 = 1_772_476_200_000;

fn evening(win: &str, note: &str) -> NewCheckIn {
    NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        win: Some(win.to_owned()),
        note: Some(note.to_owned()),
        ..NewCheckIn::default()
    }
}

#[tokio::test]
async fn a_check_in_written_offline_reaches_the_partner_as_previewed_and_is_answered() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let mut relay = TestRelay::start(&clock).await;
    let mut ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    let seen = ada.engine.partner(&space).unwrap().partner;
    assert_eq!(seen.name, "Sam");
    assert_eq!(seen.standing, PartnershipStandingView::Active);
    assert_eq!(seen.comparison, ComparisonView::Same);

    relay.pause().await;
    let fields: CheckInFields = [CheckInField::Mood, CheckInField::Win]
        .into_iter()
        .collect();
    let new = NewCheckIn {
        audience: Some(BTreeMap::from([(space, fields)])),
        ..evening("finished the chapter", "nobody may read this")
    };
    let preview = ada.engine.preview_check_in(&new).unwrap();
    let previewed = preview[0].check_in.clone().unwrap();
    assert_eq!(previewed.note, None);
    let written = ada.engine.write_check_in(new).unwrap();
    assert!(matches!(
        written.shared_with[0].delivery,
        Some(DeliveryView::Held { .. })
    ));
    let offline = ada.sync().await;
    assert_eq!(offline.troubles[0].code, "offline");
    ada.restart();
    clock.advance_ms(11_000);
    assert_eq!(
        ada.engine.check_in(&written.name).unwrap().shared_with[0].delivery,
        Some(DeliveryView::Queued)
    );

    relay.resume().await;
    let sent = ada.sync().await;
    assert!(sent.troubles.is_empty(), "{sent:?}");
    assert_eq!(
        ada.engine.check_in(&written.name).unwrap().shared_with[0].delivery,
        Some(DeliveryView::OnRelay)
    );
    sam.sync().await;
    let page = sam.engine.partner(&space).unwrap();
    assert_eq!(page.partner.name, "Ada");
    assert_eq!(page.check_ins.len(), 1);
    assert_eq!(page.check_ins[0].check_in, previewed);
    assert!(page.partner.as_of_at_ms.is_some());
    assert!(!page.partner.incomplete);

    let answer = NewResponse {
        space,
        person: page.partner.person.unwrap(),
        about: page.check_ins[0].name,
        kind: ResponseKind::Encouragement,
        text: Some("well done, really".to_owned()),
    };
    sam.engine.respond(answer).unwrap();
    clock.advance_ms(11_000);
    sam.sync().await;
    ada.sync().await;
    let answered = ada.engine.check_in(&written.name).unwrap();
    assert_eq!(answered.responses.len(), 1);
    assert_eq!(answered.responses[0].from, "Sam");
    assert_eq!(
        answered.responses[0].response.text.as_deref(),
        Some("well done, really")
    );
    // An acknowledgement is no read receipt: at most one a day says what arrived.
    assert_eq!(
        answered.shared_with[0].delivery,
        Some(DeliveryView::OnRelay)
    );
    clock.advance_ms(24 * 60 * 60 * 1000);
    sam.sync().await;
    ada.sync().await;
    assert_eq!(
        ada.engine.check_in(&written.name).unwrap().shared_with[0].delivery,
        Some(DeliveryView::Received)
    );
    for report in [ada.sync().await, sam.sync().await] {
        assert_eq!(report.envelopes_refused, 0);
    }
}

#[tokio::test]
async fn a_check_in_taken_back_within_the_hold_never_leaves() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 3);
    let sam = Companion::new("Sam", &clock, 4);
    let space = pair(&ada, &sam, relay.origin()).await;
    let new = NewCheckIn {
        audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
        ..evening("said too much", "said too much")
    };
    let written = ada.engine.write_check_in(new).unwrap();
    clock.advance_ms(9_000);
    ada.sync().await;
    ada.engine.undo_check_in(&written.name).unwrap();
    clock.advance_ms(60_000);
    ada.sync().await;
    sam.sync().await;
    let page = sam.engine.partner(&space).unwrap();
    assert!(page.check_ins.is_empty());
    assert!(!page.partner.incomplete, "its place is told to be empty");
    assert!(ada.engine.check_ins(10).unwrap().is_empty());
    // And back again, shared as it was.
    ada.engine.restore_check_in(&written.name).unwrap();
    clock.advance_ms(11_000);
    ada.sync().await;
    sam.sync().await;
    assert_eq!(sam.engine.partner(&space).unwrap().check_ins.len(), 1);
}

#[tokio::test]
async fn an_edit_shows_as_an_edit_and_a_withdrawal_takes_the_copy_away() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 5);
    let sam = Companion::new("Sam", &clock, 6);
    let space = pair(&ada, &sam, relay.origin()).await;
    let shared = Some(BTreeMap::from([(space, CheckInFields::all())]));
    let written = ada
        .engine
        .write_check_in(NewCheckIn {
            audience: shared.clone(),
            ..evening("walked", "long day")
        })
        .unwrap();
    clock.advance_ms(11_000);
    ada.sync().await;
    sam.sync().await;
    let edited = ada
        .engine
        .edit_check_in(&written.name, evening("walked twice", "long day"))
        .unwrap();
    assert!(edited.edited);
    clock.advance_ms(11_000);
    ada.sync().await;
    sam.sync().await;
    let page = sam.engine.partner(&space).unwrap();
    assert_eq!(page.check_ins.len(), 1);
    assert_eq!(
        page.check_ins[0].check_in.win.as_deref(),
        Some("walked twice")
    );
    assert!(page.check_ins[0].check_in.edited);
    ada.engine.undo_check_in(&written.name).unwrap();
    ada.sync().await;
    sam.sync().await;
    assert!(sam.engine.partner(&space).unwrap().check_ins.is_empty());
    let dump = sam.engine.projection_dump().unwrap().join("\n");
    assert!(!dump.contains("walked"), "nothing of it is kept");
}

#[tokio::test]
async fn a_goal_is_shared_by_field_and_a_miss_stays_private() {
    let clock = FakeClock::at(START_MS, "America/New_York");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 7);
    let sam = Companion::new("Sam", &clock, 8);
    let space = pair(&ada, &sam, relay.origin()).await;
    let fields: GoalFields = [GoalField::Title, GoalField::Status].into_iter().collect();
    let goal = ada
        .engine
        .add_goal(NewGoal {
            title: "Read ten pages".to_owned(),
            schedule: Schedule::Daily,
            why: Some("my reason".to_owned()),
            audience: BTreeMap::from([(space, fields)]),
            ..NewGoal::default()
        })
        .unwrap();
    let log = |status, on: &str, note: Option<&str>| NewOutcome {
        goal: goal.name,
        on: Some(on.parse().unwrap()),
        status,
        note: note.map(str::to_owned),
        reason: None,
        amount: None,
    };
    ada.engine
        .log_outcome(log(OutcomeStatus::NotDone, "2026-03-01", None))
        .unwrap();
    ada.engine
        .log_outcome(log(OutcomeStatus::Done, "2026-03-02", Some("in bed")))
        .unwrap();
    clock.advance_ms(11_000);
    ada.sync().await;
    sam.sync().await;
    let page = sam.engine.partner(&space).unwrap();
    assert_eq!(page.goals.len(), 1);
    assert_eq!(page.goals[0].goal.title, "Read ten pages");
    assert_eq!(page.goals[0].goal.why, None);
    assert_eq!(page.goals[0].outcomes.len(), 1);
    assert_eq!(page.goals[0].outcomes[0].status, OutcomeStatus::Done);
    assert_eq!(page.goals[0].outcomes[0].note, None);
}

#[tokio::test]
async fn the_projection_rebuilt_from_the_items_is_equal() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 9);
    let sam = Companion::new("Sam", &clock, 10);
    let space = pair(&ada, &sam, relay.origin()).await;
    for day in 0..5 {
        let written = ada
            .engine
            .write_check_in(NewCheckIn {
                audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
                ..evening(&format!("win {day}"), "note")
            })
            .unwrap();
        if day == 2 {
            ada.engine.undo_check_in(&written.name).unwrap();
        }
        clock.advance_ms(86_400_000);
    }
    ada.sync().await;
    sam.sync().await;
    for companion in [&ada, &sam] {
        let before = companion.engine.projection_dump().unwrap();
        assert!(!before.is_empty());
        companion.engine.rebuild_projection().unwrap();
        assert_eq!(companion.engine.projection_dump().unwrap(), before);
    }
}

#[tokio::test]
async fn leaving_stops_everything_that_still_waited() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 11);
    let sam = Companion::new("Sam", &clock, 12);
    let space = pair(&ada, &sam, relay.origin()).await;
    ada.engine
        .write_check_in(NewCheckIn {
            audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
            ..evening("not for you any more", "note")
        })
        .unwrap();
    ada.engine.leave(&space).unwrap();
    clock.advance_ms(60_000);
    ada.sync().await;
    let before = sam.engine.status().unwrap();
    sam.sync().await;
    let page = sam.engine.partner(&space).unwrap();
    assert!(page.check_ins.is_empty());
    assert_eq!(page.partner.standing, PartnershipStandingView::PartnerLeft);
    // Sam's space writes under a new secret from now on, which Ada does not get.
    let epoch = |status: &belay_engine::StatusView| {
        status
            .spaces
            .iter()
            .find(|shown| shown.space == space)
            .and_then(|shown| shown.epoch.clone())
    };
    assert_ne!(epoch(&before), epoch(&sam.engine.status().unwrap()));
}

#[tokio::test]
async fn a_relay_put_back_from_an_older_copy_gets_again_what_it_lost() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 13);
    let sam = Companion::new("Sam", &clock, 14);
    let space = pair(&ada, &sam, relay.origin()).await;
    relay.pause().await;
    let copy = tempfile::tempdir().unwrap();
    TestRelay::copy_files(relay.dir(), copy.path());
    relay.resume().await;
    for number in 0..3 {
        ada.engine
            .write_check_in(NewCheckIn {
                audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
                ..evening(&format!("win {number}"), "note")
            })
            .unwrap();
        clock.advance_ms(11_000);
        assert!(ada.sync().await.troubles.is_empty());
    }
    relay.pause().await;
    TestRelay::copy_files(copy.path(), relay.dir());
    relay.resume().await;
    assert!(ada.sync().await.troubles.is_empty());
    sam.sync().await;
    assert_eq!(sam.engine.partner(&space).unwrap().check_ins.len(), 3);
    let again = ada.sync().await;
    assert_eq!(again.envelopes_sent, 0, "sent again once, not for ever");
}

#[tokio::test]
async fn leaving_is_heard_also_as_the_first_item_of_a_new_incarnation() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let mut ada = Companion::with_plain_key("Ada", &clock, 15);
    let sam = Companion::new("Sam", &clock, 16);
    let space = pair(&ada, &sam, relay.origin()).await;
    ada.restart();
    ada.engine.leave(&space).unwrap();
    ada.sync().await;
    let report = sam.sync().await;
    assert_eq!(report.envelopes_refused, 0);
    assert_eq!(
        sam.engine.partner(&space).unwrap().partner.standing,
        PartnershipStandingView::PartnerLeft
    );
}
