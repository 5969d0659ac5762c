//! What forms offer while sharing goes on, is paused, or has ended: the core decides whom and what.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::NewCheckIn;
use belay_engine::model::{CheckInField, CheckInFields, SpaceId};
use belay_testkit::FakeClock;

use crate::cast::{START_MS, check_in};

struct Three {
    ada: Companion,
    _others: [Companion; 2],
    _relay: TestRelay,
    sam: SpaceId,
    kim: SpaceId,
}

async fn three() -> Three {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let others = [
        Companion::new("Sam", &clock, 2),
        Companion::new("Kim", &clock, 3),
    ];
    let sam = pair(&ada, &others[0], relay.origin()).await;
    let kim = pair(&ada, &others[1], relay.origin()).await;
    for space in [&sam, &kim] {
        ada.engine.set_usual_fields(space, mood()).unwrap();
    }
    Three {
        ada,
        _others: others,
        _relay: relay,
        sam,
        kim,
    }
}

fn mood() -> CheckInFields {
    CheckInFields::empty().with(CheckInField::Mood)
}

#[tokio::test]
async fn a_new_check_in_begins_with_what_each_partner_usually_sees_and_with_nothing_where_paused() {
    let three = three().await;
    let ada = &three.ada.engine;
    let offered = || ada.check_in_form(None, None, "en").unwrap().audience;
    let both = BTreeMap::from([(three.sam, mood()), (three.kim, mood())]);
    assert_eq!(offered(), both);
    ada.pause_sharing(&three.kim).unwrap();
    assert_eq!(offered(), BTreeMap::from([(three.sam, mood())]));
    // What the form says is what comes of it when nobody chooses.
    let new = NewCheckIn {
        audience: None,
        ..check_in(three.sam, "walked")
    };
    let written = ada.write_check_in(new).unwrap();
    let spaces: Vec<SpaceId> = written.shared_with.iter().map(|with| with.space).collect();
    assert_eq!(spaces, [three.sam]);
}

#[tokio::test]
async fn changing_who_sees_a_check_in_takes_nothing_from_a_partner_whose_sharing_is_paused() {
    let three = three().await;
    let ada = &three.ada.engine;
    let all = CheckInFields::all();
    let new = NewCheckIn {
        audience: Some(BTreeMap::from([(three.sam, all), (three.kim, all)])),
        ..check_in(three.sam, "walked")
    };
    let name = ada.write_check_in(new).unwrap().name;
    ada.pause_sharing(&three.kim).unwrap();
    let form = ada.check_in_form(None, Some(name), "en").unwrap();
    let mut audience = form.audience;
    assert_eq!(audience.len(), 2);
    audience.insert(three.sam, mood());
    let edit = NewCheckIn {
        audience: Some(audience),
        ..check_in(three.sam, "walked")
    };
    let previews = ada.preview_edit(&name, &edit).unwrap();
    let of = |space: SpaceId| {
        let preview = previews.iter().find(|preview| preview.space == space);
        preview.unwrap().fields
    };
    assert_eq!((of(three.sam), of(three.kim)), (mood(), all));
}

#[tokio::test]
async fn goals_and_passages_are_offered_to_those_one_is_together_with() {
    let three = three().await;
    let ada = &three.ada.engine;
    let names = |partners: Vec<belay_engine::PartnerView>| -> Vec<String> {
        partners.into_iter().map(|partner| partner.name).collect()
    };
    assert_eq!(names(ada.goal_form().unwrap().partners), ["Sam", "Kim"]);
    ada.leave(&three.kim).unwrap();
    assert_eq!(names(ada.goal_form().unwrap().partners), ["Sam"]);
    let entry = ada
        .write_entry(belay_engine::NewEntry {
            text: "The river was high.".to_owned(),
            ..belay_engine::NewEntry::default()
        })
        .unwrap();
    let page = ada.share_page(&entry.name).unwrap();
    assert_eq!(names(page.partners), ["Sam"]);
    assert_eq!(page.entry.entry.text, "The river was high.");
}
