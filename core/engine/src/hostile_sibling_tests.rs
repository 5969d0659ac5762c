//! A stolen own device that still writes: what it sends through the Gate stops nothing and nobody else.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_crypto::item_id;
use belay_document::documents::Draft as DocumentDraft;
use belay_model::{DocName, ItemId, Mood, SpaceId};
use belay_protocol::{DocKind, Item, ItemKind, MembershipBody, Operation};
use belay_store::HeldReason;

use crate::sibling_tests::{Tablet, counts, document, person, take};
use crate::syncing::ingest::Ingested;
use crate::{Engine, NewCheckIn};

/// Takes in items one after the other in one transaction; tells how often the Gate judged anything.
fn take_all(engine: &Engine, space: &SpaceId, items: &[Item]) -> u64 {
    engine
        .write(|session| {
            let mut ingested = Ingested::default();
            for item in items {
                session.ingest_item(space, &item.encode(), None, &mut ingested)?;
            }
            Ok(ingested.judged)
        })
        .unwrap()
}

fn waiting(engine: &Engine, space: &SpaceId) -> Vec<(HeldReason, u64)> {
    engine
        .write(|session| {
            let row = session.space(space)?.row;
            let counts = session.tx.held_counts(row)?;
            Ok(counts
                .into_iter()
                .map(|(reason, count, _)| (reason, count))
                .collect())
        })
        .unwrap()
}

fn merge_act(tablet: &mut Tablet) -> Item {
    let body = MembershipBody {
        operation: Operation::Merge,
        root_signature: None,
    };
    let item = tablet.item_of(
        ItemKind::Membership,
        DocKind::None,
        DocName::ZERO,
        body.encode(),
    );
    tablet.heads = vec![item_id(&item.header)];
    item
}

fn another(engine: &Engine) -> DocName {
    let new = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        ..NewCheckIn::default()
    };
    engine.write_check_in(new).unwrap().name
}

/// What the tablet writes into the plan of a check-in.
fn plan(engine: &Engine, tablet: &mut Tablet, name: DocName, plans: &[&str]) -> Vec<Item> {
    let mut copy = document(engine, &name);
    let mut items = Vec::new();
    for plan in plans {
        let mut edited = copy.check_in().unwrap();
        edited.plan = Some((*plan).to_owned());
        let draft = DocumentDraft::new().check_in(&edited);
        let changes = copy.write(&tablet.actor(&name), 0, &draft).unwrap();
        items.push(tablet.item(name, changes));
    }
    items
}

#[test]
fn a_line_of_acts_that_comes_backwards_costs_in_proportion_to_its_length() {
    let (_dir, engine, _) = person();
    let mut tablet = Tablet::add(&engine);
    let mut acts: Vec<Item> = (0..100).map(|_| merge_act(&mut tablet)).collect();
    let last = item_id(&acts[99].header);
    acts.reverse();
    let judged = take_all(&engine, &tablet.space, &acts);
    assert!(judged <= 300, "{judged} judgements of 100 acts");
    assert_eq!(waiting(&engine, &tablet.space), []);
    let leaves: Vec<ItemId> = engine
        .write(|session| Ok(session.space(&tablet.space)?.membership.leaves()))
        .unwrap();
    assert_eq!(leaves, [last]);
}

#[test]
fn a_line_of_changes_that_comes_backwards_costs_in_proportion_to_its_length() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let plans: Vec<String> = (0..40).map(|n| format!("plan {n}")).collect();
    let plans: Vec<&str> = plans.iter().map(String::as_str).collect();
    let mut items = plan(&engine, &mut tablet, name, &plans);
    items.reverse();
    let judged = take_all(&engine, &tablet.space, &items);
    assert!(judged <= 120, "{judged} judgements of 40 items");
    let merged = engine.check_in(&name).unwrap().check_in;
    assert_eq!(merged.plan.as_deref(), Some("plan 39"));
}

#[test]
fn what_waits_is_left_alone_while_nothing_comes_that_it_could_wait_for() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let orphans = plan(&engine, &mut tablet, name, &["lost", "waits", "waits too"]);
    let other = another(&engine);
    let elsewhere = plan(&engine, &mut tablet, other, &["one", "two", "three"]);
    take_all(&engine, &tablet.space, &orphans[1..]);
    assert_eq!(counts(&engine, &tablet.space), (2, 0));
    // The first round after acts looks at everything once.
    let judged = take_all(&engine, &tablet.space, &elsewhere);
    assert!(judged <= 5, "{judged} judgements of 3 items");
    assert_eq!(counts(&engine, &tablet.space), (2, 0));
    take(&engine, &tablet.space, &orphans[0]);
    assert_eq!(counts(&engine, &tablet.space), (0, 0));
}

#[test]
fn items_that_name_an_act_or_a_device_not_here_wait_for_it_whoever_brings_it() {
    let (_dir, engine, name) = person();
    let (mut tablet, addition) = Tablet::new(&engine);
    let stranger = plan(&engine, &mut tablet, name, &["from a device nobody knows"]);
    take_all(&engine, &tablet.space, &stranger);
    assert_eq!(
        waiting(&engine, &tablet.space),
        [(HeldReason::UnknownDevice, 1)]
    );
    // The phone itself adds the device: the next item that counts lets the waiting one pass.
    tablet.heads = addition.append(&engine);
    let act = merge_act(&mut tablet);
    let late = plan(&engine, &mut tablet, name, &["knows the act"]);
    take_all(&engine, &tablet.space, &late);
    let reasons: Vec<HeldReason> = waiting(&engine, &tablet.space)
        .into_iter()
        .map(|(reason, _)| reason)
        .collect();
    assert!(reasons.contains(&HeldReason::MissingHeads), "{reasons:?}");
    take_all(&engine, &tablet.space, &[act]);
    let unjudged: u64 = waiting(&engine, &tablet.space)
        .into_iter()
        .filter(|(reason, _)| *reason != HeldReason::MissingDependency)
        .map(|(_, count)| count)
        .sum();
    assert_eq!(unjudged, 0);
}

#[test]
fn a_bad_change_stops_neither_other_documents_nor_other_devices() {
    let (_dir, engine, name) = person();
    let (mut stolen, mut tablet) = (Tablet::add(&engine), Tablet::add(&engine));
    stolen.heads.clone_from(&tablet.heads);
    let other = another(&engine);
    let [first, second] = &plan(&engine, &mut stolen, name, &["bad", "upon it"])[..] else {
        panic!("two items");
    };
    // The first change comes damaged in a signed item, the second builds on what is never there.
    let mut changes = belay_protocol::ChangesBody::parse(first.body.as_deref().unwrap())
        .unwrap()
        .changes;
    let end = changes[0].len() - 1;
    changes[0][end] ^= 1;
    let bad = stolen.item(name, changes);
    take_all(&engine, &stolen.space, &[bad, second.clone()]);
    assert_eq!(counts(&engine, &stolen.space), (1, 1));
    // Other documents of the same device, the same document of another device, the phone itself.
    let elsewhere = plan(&engine, &mut stolen, other, &["fine"]);
    let beside = plan(&engine, &mut tablet, name, &["from the other tablet"]);
    take_all(&engine, &stolen.space, &[elsewhere, beside].concat());
    let edit = NewCheckIn {
        mood: Some(Mood::new(5).unwrap()),
        win: Some("from the phone".to_owned()),
        plan: Some("from the other tablet".to_owned()),
        ..NewCheckIn::default()
    };
    engine.edit_check_in(&name, edit).unwrap();
    assert_eq!(
        engine.check_in(&other).unwrap().check_in.plan.as_deref(),
        Some("fine")
    );
    let merged = engine.check_in(&name).unwrap().check_in;
    assert_eq!(merged.plan.as_deref(), Some("from the other tablet"));
    assert_eq!(merged.mood, Some(Mood::new(5).unwrap()));
    let before = engine.projection_dump().unwrap();
    engine.rebuild_projection().unwrap();
    assert_eq!(engine.projection_dump().unwrap(), before);
}

#[test]
fn a_flood_of_bad_changes_is_judged_once_each_and_the_document_is_written_on() {
    let (_dir, engine, name) = person();
    let mut stolen = Tablet::add(&engine);
    let bad: Vec<Item> = (0..120u8)
        .map(|n| stolen.item(name, vec![vec![n; 200]]))
        .collect();
    let judged = take_all(&engine, &stolen.space, &bad);
    assert_eq!(judged, 120);
    assert_eq!(counts(&engine, &stolen.space), (0, 120));
    let good = plan(&engine, &mut stolen, name, &["still fine"]);
    take_all(&engine, &stolen.space, &good);
    let merged = engine.check_in(&name).unwrap().check_in;
    assert_eq!(merged.plan.as_deref(), Some("still fine"));
}
