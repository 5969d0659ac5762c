//! Who can read a thing, asked of everything a person writes, while it goes out, is taken back, and after somebody
//! left.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::model::{
    DocName, GoalField, GoalFields, OutcomeStatus, Reading, ResponseKind, Schedule,
};
use belay_engine::{
    NewCheckIn, NewEntry, NewGoal, NewOutcome, NewPassage, NewResponse, Readable, ReadersView,
};
use belay_testkit::FakeClock;

use crate::cast::{Cast, DAY_MS, HOLD_MS, START_MS, cast, check_in};

fn who(at: &Companion, item: &Readable) -> ReadersView {
    at.engine.who_can_read(item).unwrap()
}

/// What other people have, in order.
fn people(readers: &ReadersView) -> Vec<(&str, Reading)> {
    let people = readers.people.iter();
    people
        .map(|person| (person.name.as_str(), person.reading))
        .collect()
}

fn own(readers: &ReadersView) -> Vec<Reading> {
    let devices = readers.own_devices.iter();
    devices.map(|device| device.reading).collect()
}

/// Both sync until each knows what the other has.
async fn settle(cast: &Cast) {
    for _ in 0..3 {
        cast.clock.advance_ms(DAY_MS);
        cast.ada.sync().await;
        cast.sam.sync().await;
    }
    cast.ada.sync().await;
}

#[tokio::test]
async fn a_check_in_is_read_by_nobody_then_by_the_partner_and_after_taking_it_back_once() {
    let cast = cast().await;
    let name = cast.ada_writes("walked");
    let item = Readable::CheckIn { name };
    let held = who(&cast.ada, &item);
    assert_eq!(people(&held), [("Sam", Reading::Will)]);
    assert_eq!(own(&held), [Reading::Has]);
    assert!(held.own_devices[0].this_device && held.sealed.is_empty());

    cast.clock.advance_ms(HOLD_MS);
    cast.ada.sync().await;
    let left = who(&cast.ada, &item);
    assert_eq!(people(&left), [("Sam", Reading::May)]);
    assert_eq!(left.people[0].devices, 1);
    assert_eq!(left.sealed.len(), 1);
    assert!(left.sealed[0].lies && left.sealed[0].relay == cast.relay.origin());

    settle(&cast).await;
    assert_eq!(people(&who(&cast.ada, &item)), [("Sam", Reading::Has)]);

    let edit = NewCheckIn {
        audience: None,
        ..check_in(cast.space, "walked far")
    };
    cast.ada.engine.edit_check_in(&name, edit).unwrap();
    let edited = who(&cast.ada, &item);
    assert_eq!(people(&edited), [("Sam", Reading::Earlier)]);
    settle(&cast).await;
    assert_eq!(people(&who(&cast.ada, &item)), [("Sam", Reading::Has)]);

    cast.ada.engine.undo_check_in(&name).unwrap();
    let going = who(&cast.ada, &item);
    assert_eq!(people(&going), [("Sam", Reading::Withdrawing)]);
    settle(&cast).await;
    let gone = who(&cast.ada, &item);
    assert_eq!(people(&gone), [("Sam", Reading::Had)]);
    assert!(
        gone.sealed
            .iter()
            .all(|copy| !copy.lies && copy.earlier.is_some())
    );
}

#[tokio::test]
async fn what_was_never_shared_is_read_by_nobody_else_and_what_never_left_leaves_no_trace() {
    let cast = cast().await;
    let ada = &cast.ada.engine;
    let entry = ada
        .write_entry(NewEntry {
            text: "The river was high.".to_owned(),
            ..NewEntry::default()
        })
        .unwrap();
    let alone = who(&cast.ada, &Readable::Entry { name: entry.name });
    assert!(alone.people.is_empty() && alone.sealed.is_empty());
    assert_eq!(own(&alone), [Reading::Has]);

    let regretted = cast.ada_writes("regretted at once");
    ada.undo_check_in(&regretted).unwrap();
    let nobody = who(&cast.ada, &Readable::CheckIn { name: regretted });
    assert!(nobody.people.is_empty(), "{nobody:?}");

    let unknown = DocName::from_bytes([9; 16]);
    let missing = ada.who_can_read(&Readable::Goal { name: unknown });
    assert_eq!(missing.unwrap_err().detail().unwrap(), "goal");
}

#[tokio::test]
async fn goals_outcomes_passages_and_responses_each_say_who_reads_them() {
    let cast = cast().await;
    let ada = &cast.ada.engine;
    let fields: GoalFields = [GoalField::Title, GoalField::Status].into_iter().collect();
    let goal = ada
        .add_goal(NewGoal {
            title: "Walk".to_owned(),
            schedule: Schedule::Daily,
            why: None,
            audience: BTreeMap::from([(cast.space, fields)]),
            ..NewGoal::default()
        })
        .unwrap()
        .name;
    let logged = ada
        .log_outcome(NewOutcome {
            goal,
            on: None,
            status: OutcomeStatus::Done,
            note: None,
            reason: None,
            amount: None,
        })
        .unwrap();
    let entry = ada
        .write_entry(NewEntry {
            text: "The river was high.".to_owned(),
            ..NewEntry::default()
        })
        .unwrap()
        .name;
    let passage = ada
        .share_passage(NewPassage {
            entry,
            text: "river".to_owned(),
            space: cast.space,
            confirmed_not_compared: false,
            attachments: Vec::new(),
        })
        .unwrap();
    settle(&cast).await;
    let theirs = cast.sam.engine.partner(&cast.space).unwrap();
    let answer = cast
        .sam
        .engine
        .respond(NewResponse {
            space: cast.space,
            person: theirs.partner.person.unwrap(),
            about: theirs.passages[0].name,
            kind: ResponseKind::IHearYou,
            text: None,
        })
        .unwrap();
    settle(&cast).await;
    let on = logged.outcome.on;
    for item in [
        Readable::Goal { name: goal },
        Readable::Outcome { goal, on },
        Readable::Entry { name: entry },
        Readable::Shared {
            space: cast.space,
            name: passage.name,
        },
    ] {
        let readers = who(&cast.ada, &item);
        assert_eq!(people(&readers), [("Sam", Reading::Has)], "{item:?}");
        assert_eq!(own(&readers), [Reading::Has], "{item:?}");
    }
    let of_entry = who(&cast.ada, &Readable::Entry { name: entry });
    assert_eq!(of_entry.people[0].passage, Some(passage.name));

    let response = Readable::Shared {
        space: cast.space,
        name: answer.name,
    };
    assert_eq!(
        people(&who(&cast.ada, &response)),
        [("Sam", Reading::Wrote)]
    );
    assert_eq!(people(&who(&cast.sam, &response)), [("Ada", Reading::Has)]);

    ada.retract_passage(&cast.space, &passage.name).unwrap();
    settle(&cast).await;
    let once = who(&cast.ada, &Readable::Entry { name: entry });
    assert_eq!(people(&once), [("Sam", Reading::Had)]);
}

#[tokio::test]
async fn whoever_left_keeps_what_they_have_and_gets_nothing_new() {
    let cast = cast().await;
    let had = cast.ada_writes("had before");
    settle(&cast).await;
    cast.sam.engine.leave(&cast.space).unwrap();
    settle(&cast).await;
    let before = who(&cast.ada, &Readable::CheckIn { name: had });
    assert_eq!(people(&before), [("Sam", Reading::Has)]);
    assert!(before.people[0].gone);
    let new = NewCheckIn {
        audience: None,
        ..check_in(cast.space, "for nobody else")
    };
    let name = cast.ada.engine.write_check_in(new).unwrap().name;
    let after = who(&cast.ada, &Readable::CheckIn { name });
    assert!(
        after
            .people
            .iter()
            .all(|person| person.reading != Reading::Has),
        "{after:?}"
    );
}

#[tokio::test]
async fn an_own_tablet_reads_what_the_phone_wrote_once_it_told_so() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = Companion::new("Ada", &clock, 1);
    phone.engine.set_relay(Some(relay.origin()), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    let tablet = Companion::further_device(&clock, 2);
    add_own_device(&phone, &tablet, "Tablet").await;
    let name = phone
        .engine
        .write_entry(NewEntry {
            text: "The river was high.".to_owned(),
            ..NewEntry::default()
        })
        .unwrap()
        .name;
    let item = Readable::Entry { name };
    let fresh = who(&phone, &item);
    assert_eq!(own(&fresh), [Reading::Has, Reading::Will]);
    assert_eq!(fresh.own_devices[1].name.as_deref(), Some("Tablet"));
    phone.sync().await;
    let sent = who(&phone, &item);
    assert_eq!(own(&sent), [Reading::Has, Reading::May]);
    assert!(sent.sealed.len() == 1 && sent.sealed[0].lies);
    for _ in 0..2 {
        clock.advance_ms(DAY_MS);
        tablet.sync().await;
        phone.sync().await;
    }
    assert_eq!(own(&who(&phone, &item)), [Reading::Has, Reading::Has]);
    assert_eq!(own(&who(&tablet, &item)), [Reading::Has, Reading::Has]);
}

#[tokio::test]
async fn the_self_check_names_every_person_and_device_with_what_they_have_told() {
    let cast = cast().await;
    cast.ada_writes("walked");
    let fresh = cast.ada.engine.status().unwrap();
    let pair = &fresh.spaces[1];
    assert_eq!(pair.peers.len(), 2);
    let (own, sam) = (&pair.peers[0], &pair.peers[1]);
    assert!(own.name.is_none() && own.devices[0].this_device);
    assert_eq!(sam.name.as_deref(), Some("Sam"));
    assert!(!sam.gone && sam.devices.len() == 1);
    assert!(sam.devices[0].as_of_at_ms.is_some() && !sam.devices[0].removed);
    assert!(sam.devices[0].not_told > 0);
    let sent = pair.traffic.sent_bytes;
    assert!(sent > 0 && pair.traffic.received_bytes > 0);
    assert!(pair.epochs.count >= 1 && pair.epochs.held >= 1 && !pair.epochs.owed);
    assert!(pair.epochs.since_at_ms.is_some());

    settle(&cast).await;
    let later = cast.ada.engine.status().unwrap();
    let pair = &later.spaces[1];
    assert!(pair.traffic.sent_bytes > sent);
    assert!(pair.peers[1].devices[0].told_at_ms.is_some());
    assert!(
        pair.peers[1].devices[0].not_told <= 2,
        "what it tells is told"
    );

    cast.sam.engine.leave(&cast.space).unwrap();
    cast.sam.sync().await;
    cast.ada.sync().await;
    let left = cast.ada.engine.status().unwrap();
    let sam = &left.spaces[1].peers[1];
    assert!(sam.gone && sam.devices[0].removed);
}
