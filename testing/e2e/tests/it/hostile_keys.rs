//! A partner who plays with epochs, wraps and keys.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::hostile;

use belay_crypto::{EpochSecret, KemKey};
use belay_model::{DeviceId, EpochId, ItemId, make_bytes};
use belay_protocol::{AckBody, Item, ItemKind, KemStatement, NeedBody, VectorEntry};
use hostile::keys::{ada, epoch, wraps};
use hostile::{control, stage};

#[tokio::test]
async fn a_secret_that_does_not_fit_its_commitment_is_not_taken() {
    let mut stage = stage().await;
    let (device, pk) = ada(&stage);
    let own = stage.partner.device;
    let (_, name, item) = epoch(&mut stage, vec![device, own]);
    let other = EpochSecret::make(&mut stage.partner.entropy);
    let wrapped = wraps(&mut stage, &other, &name, &[(device, pk)]);
    let before = stage.status().epoch;
    stage.deliver(&[&item, &wrapped[0]]).await;
    assert_eq!(stage.status().epoch, before, "nothing is written under it");
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn an_epoch_that_leaves_ada_out_does_not_keep_her_from_writing() {
    let mut stage = stage().await;
    let own = stage.partner.device;
    let (_, _, item) = epoch(&mut stage, vec![own]);
    stage.deliver(&[&item]).await;
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn wraps_for_strangers_old_epochs_and_nothing_known_change_nothing() {
    let mut stage = stage().await;
    let (device, pk) = ada(&stage);
    let stranger = DeviceId::from_bytes([9; 32]);
    let present = stage.partner.epoch.0;
    let other = EpochSecret::make(&mut stage.partner.entropy);
    let nowhere = EpochId::from_bytes([8; 32]);
    let to = [(device, pk.clone()), (stranger, pk)];
    let mut items = wraps(&mut stage, &other, &present, &to);
    items.extend(wraps(&mut stage, &other, &nowhere, &to));
    let before = stage.status().epoch;
    stage.deliver_many(&items).await;
    assert_eq!(stage.status().epoch, before);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn epochs_by_the_hundred_are_bounded_and_ada_goes_on() {
    let mut stage = stage().await;
    let (device, pk) = ada(&stage);
    let own = stage.partner.device;
    let mut items = Vec::new();
    for _ in 0..150 {
        let (secret, name, item) = epoch(&mut stage, vec![device, own]);
        items.push(item);
        items.extend(wraps(&mut stage, &secret, &name, &[(device, pk.clone())]));
    }
    stage.deliver_many(&items).await;
    let shown = stage.status();
    assert!(shown.parked > 0, "{shown:?}");
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn keys_that_nothing_can_be_sealed_to_do_not_keep_ada_from_renewing_hers() {
    let mut stage = stage().await;
    for (n, pk) in [
        (u32::MAX, vec![0xff; 1216]),
        (5, vec![0; 1216]),
        (7, KemKey::make(&mut stage.partner.entropy).public()),
    ] {
        let kem = KemStatement { n, pk, max_ver: 9 };
        let item = control(&mut stage.partner, ItemKind::Kem, kem.encode());
        stage.deliver(&[&item]).await;
    }
    // After a month a new epoch is owed, wrapped to the key of the highest number.
    let before = stage.status().epoch;
    stage.clock.advance_ms(31 * 86_400_000);
    stage.read().await;
    assert_ne!(stage.status().epoch, before);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn acknowledgements_of_the_future_and_of_strangers_make_nothing_look_received() {
    let mut stage = stage().await;
    let (device, _) = ada(&stage);
    let entry = |device_id, seq| VectorEntry {
        device_id,
        inc: belay_model::Incarnation(0),
        seq,
        item_id: ItemId::from_bytes([7; 32]),
        ranges: vec![(seq + 2, seq + 3)],
    };
    let mut vector = vec![
        entry(device, (1 << 62) - 1),
        entry(DeviceId::from_bytes([6; 32]), 3),
    ];
    vector.sort_by_key(|entry| entry.device_id);
    let body = AckBody {
        vector,
        removal: None,
        epoch: EpochId::from_bytes(make_bytes(&mut stage.partner.entropy)),
    };
    let ack = control(&mut stage.partner, ItemKind::Ack, body.encode());
    stage.deliver(&[&ack]).await;
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn asking_for_secrets_without_end_makes_ada_write_nothing() {
    let mut stage = stage().await;
    stage.read().await;
    let before = stage.status().items;
    let items: Vec<Item> = (0..200)
        .map(|number| {
            let epoch_id = EpochId::from_bytes([number; 32]);
            let body = NeedBody { epoch_id };
            control(&mut stage.partner, ItemKind::Need, body.encode())
        })
        .collect();
    let sent = items.len() as u64;
    stage.deliver_many(&items).await;
    stage.read().await;
    let written = stage.status().items - before - sent;
    assert!(written <= 1, "one acknowledgement at most: {written}");
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn an_epoch_before_its_parent_and_wraps_before_their_epoch_are_taken_in_any_order() {
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        let mut stage = stage().await;
        let (device, pk) = ada(&stage);
        let own = stage.partner.device;
        let to = [(device, pk)];
        let first = stage.partner.epoch.0;
        let (secret, name, one) = epoch(&mut stage, vec![device, own]);
        let one_wraps = wraps(&mut stage, &secret, &name, &to).remove(0);
        // The next one's parent.
        stage.partner.epoch.0 = name;
        let (secret, name, next) = epoch(&mut stage, vec![device, own]);
        let next_wraps = wraps(&mut stage, &secret, &name, &to).remove(0);
        stage.partner.epoch.0 = first;
        let items = [&one, &one_wraps, &next, &next_wraps];
        let told: Vec<&Item> = order.iter().map(|index| items[*index]).collect();
        stage.deliver_at_once(&told).await;
        let shown: String = name.to_string().chars().take(8).collect();
        assert_eq!(stage.status().epoch, Some(shown), "in order {order:?}");
        stage.nothing_is_harmed().await;
    }
}
