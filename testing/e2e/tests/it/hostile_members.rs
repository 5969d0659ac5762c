//! A partner who plays with who belongs to the space.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::hostile;

use belay_crypto::{DeviceKey, KemKey, RootKey, make_genesis};
use belay_engine::PartnershipStandingView;
use belay_protocol::{Item, Operation};
use hostile::{Stage, act, check_in, id, stage};

fn standing(stage: &Stage) -> PartnershipStandingView {
    let page = stage.ada.engine.partner(&stage.partner.space).unwrap();
    page.partner.standing
}

#[tokio::test]
async fn two_thousand_branches_of_acts_cost_little_and_stop_nothing() {
    let mut stage = stage().await;
    let acts: Vec<Item> = (0..2_000)
        .map(|inc| {
            (stage.partner.seq, stage.partner.inc) = (1, 1_000 + inc);
            stage.partner.prev = stage.partner.device.to_bytes();
            act(&mut stage.partner, Operation::Merge)
        })
        .collect();
    stage.deliver_many(&acts).await;
    assert_eq!(stage.status().waiting, 0);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn acts_beyond_any_use_are_parked_and_leaving_still_counts() {
    let mut stage = stage().await;
    let mut last = stage.partner.heads.clone();
    let acts: Vec<Item> = (0..4_100)
        .map(|_| {
            stage.partner.heads = last.clone();
            let merge = act(&mut stage.partner, Operation::Merge);
            last = vec![id(&merge)];
            merge
        })
        .collect();
    stage.deliver_many(&acts).await;
    let shown = stage.status();
    assert!(shown.parked + shown.waiting > 0, "{shown:?}");
    stage.partner.heads = vec![id(&acts[4_000])];
    (stage.partner.seq, stage.partner.inc) = (1, 99);
    let leave = act(&mut stage.partner, Operation::Leave);
    stage.deliver(&[&leave]).await;
    assert_eq!(standing(&stage), PartnershipStandingView::PartnerLeft);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn leaving_twice_is_leaving_once() {
    let mut stage = stage().await;
    let first = act(&mut stage.partner, Operation::Leave);
    let second = act(&mut stage.partner, Operation::Leave);
    stage.partner.heads = vec![id(&first)];
    let third = act(&mut stage.partner, Operation::Leave);
    stage.deliver(&[&third, &second, &first]).await;
    assert_eq!(standing(&stage), PartnershipStandingView::PartnerLeft);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn nobody_but_the_creator_brings_a_third_person() {
    let mut stage = stage().await;
    let genesis = {
        let entropy = &mut stage.partner.entropy;
        let (root, key) = (RootKey::make(entropy), DeviceKey::make(entropy));
        let kem = KemKey::make(entropy).statement(0);
        make_genesis(&root, &key, kem, entropy)
    };
    let add = act(&mut stage.partner, Operation::AddPerson { genesis });
    stage.partner.heads = vec![id(&add)];
    let word = check_in(&mut stage.partner, 1, "after it");
    stage.deliver(&[&add, &word]).await;
    assert_eq!(stage.seen(), ["after it"], "a void act is no obstacle");
    stage.nothing_is_harmed().await;
}
