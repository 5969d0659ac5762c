//! Secrets that are missing are asked for and given, and nobody makes anybody write without end.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::hostile;

use belay_crypto::{KemKey, open_wrap};
use belay_model::{DeviceId, EpochId};
use belay_protocol::{EpochBody, Item, ItemKind, NeedBody, Operation, WrapsBody};
use hostile::keys::{ada, epoch, wraps};
use hostile::{Stage, act, control, stage};

const DAY_MS: i64 = 86_400_000;

/// What Ada wrote of a kind, as the partner finds it in the mailbox.
async fn written(stage: &Stage, by: DeviceId, kind: ItemKind) -> Vec<Item> {
    let items = stage.partner.read_items().await;
    items
        .iter()
        .map(|bytes| Item::parse(bytes).unwrap())
        .filter(|item| item.header.device_id == by && item.header.kind == kind)
        .collect()
}

fn need(stage: &mut Stage, epoch_id: EpochId) -> Item {
    let body = NeedBody { epoch_id };
    control(&mut stage.partner, ItemKind::Need, body.encode())
}

#[tokio::test]
async fn a_secret_nobody_wrapped_is_asked_for_once_a_day_and_used_when_it_comes() {
    let mut stage = stage().await;
    let (device, pk) = ada(&stage);
    let own = stage.partner.device;
    let (secret, name, item) = epoch(&mut stage, vec![device, own]);
    stage.deliver(&[&item]).await;
    stage.read().await;
    let asked = written(&stage, device, ItemKind::Need).await;
    assert_eq!(asked.len(), 1);
    let body = NeedBody::parse(asked[0].body.as_deref().unwrap()).unwrap();
    assert_eq!(body.epoch_id, name);
    stage.clock.advance_ms(DAY_MS);
    stage.read().await;
    stage.read().await;
    assert_eq!(written(&stage, device, ItemKind::Need).await.len(), 2);
    let given = wraps(&mut stage, &secret, &name, &[(device, pk)]);
    stage.deliver(&[&given[0]]).await;
    let shown: String = name.to_string().chars().take(8).collect();
    assert_eq!(stage.status().epoch, Some(shown));
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn epochs_that_nobody_wraps_make_ada_ask_for_four_a_day() {
    let mut stage = stage().await;
    let (device, _) = ada(&stage);
    let own = stage.partner.device;
    let items: Vec<Item> = (0..20)
        .map(|_| epoch(&mut stage, vec![device, own]).2)
        .collect();
    stage.deliver_many(&items).await;
    stage.read().await;
    assert_eq!(written(&stage, device, ItemKind::Need).await.len(), 4);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn whoever_asks_is_given_the_secret_wrapped_to_their_newest_key() {
    let mut stage = stage().await;
    let (device, _) = ada(&stage);
    let own = stage.partner.device;
    let space = stage.partner.space;
    let present = stage.partner.epoch.0;
    let key = KemKey::make(&mut stage.partner.entropy);
    let kem = control(&mut stage.partner, ItemKind::Kem, key.statement(1).encode());
    let mut items = vec![kem];
    for _ in 0..10 {
        items.push(need(&mut stage, present));
    }
    stage.read().await;
    let before = written(&stage, device, ItemKind::Wraps).await.len();
    stage.deliver_many(&items).await;
    stage.read().await;
    let given = written(&stage, device, ItemKind::Wraps).await;
    assert_eq!(given.len(), before + 1, "once, however often it was asked");
    let epoch_body = stage
        .partner
        .welcomed
        .iter()
        .find(|item| item.header.kind == ItemKind::Epoch)
        .map(|item| EpochBody::parse(item.body.as_deref().unwrap()).unwrap())
        .unwrap();
    let body = WrapsBody::parse(given[before].body.as_deref().unwrap()).unwrap();
    let wrap = body.wrap_for(&own).unwrap();
    let secret = open_wrap(wrap, &key, &space, &present, &epoch_body).unwrap();
    assert_eq!(
        secret.keys(&present).mailbox_pk(),
        stage.partner.epoch.1.mailbox_pk()
    );
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn at_most_four_secrets_a_day_are_given_and_none_to_who_has_left() {
    let mut stage = stage().await;
    let (device, pk) = ada(&stage);
    let own = stage.partner.device;
    let mut items = Vec::new();
    let mut names = Vec::new();
    for _ in 0..6 {
        let (secret, name, item) = epoch(&mut stage, vec![device, own]);
        items.push(item);
        items.extend(wraps(&mut stage, &secret, &name, &[(device, pk.clone())]));
        names.push(name);
    }
    for name in &names {
        items.push(need(&mut stage, *name));
    }
    stage.read().await;
    let before = written(&stage, device, ItemKind::Wraps).await.len();
    stage.deliver_many(&items).await;
    stage.read().await;
    let given = written(&stage, device, ItemKind::Wraps).await.len() - before;
    assert_eq!(given, 4);
    stage.clock.advance_ms(DAY_MS);
    let asked = need(&mut stage, names[5]);
    let leave = act(&mut stage.partner, Operation::Leave);
    stage.deliver_at_once(&[&asked, &leave]).await;
    stage.read().await;
    let more = written(&stage, device, ItemKind::Wraps).await;
    let to_leaver = more[before + given..].iter().any(|item| {
        let body = WrapsBody::parse(item.body.as_deref().unwrap()).unwrap();
        body.wrap_for(&own).is_some()
    });
    assert!(!to_leaver);
    stage.nothing_is_harmed().await;
}
