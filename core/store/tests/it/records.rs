//! What is put comes back as it was put, for every area; and what is asked wrongly is refused.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_model::Incarnation;
use belay_protocol::ItemKind;
use belay_protocol::relay::Generation;
use belay_store::{
    Device, DeviceRow, Document, HeldReason, ItemState, OwnRow, PeerAck, SecretKind, SharedRow,
    Space, SpaceRow, SpaceState, StoreError,
};
use common::*;

#[test]
fn a_meta_value_is_put_replaced_and_dropped() {
    let (_dir, store) = made();
    write(&store, |tx| {
        assert_eq!(tx.meta("a")?, None);
        tx.put_meta("a", b"")?;
        assert_eq!(tx.meta("a")?, Some(Vec::new()));
        tx.put_meta("a", b"2")?;
        assert_eq!(tx.meta("a")?, Some(b"2".to_vec()));
        tx.delete_meta("a")?;
        tx.delete_meta("a")?;
        assert_eq!(tx.meta("a")?, None);
        Ok(())
    });
}

#[test]
fn a_space_is_kept_once_and_changes_state_and_incarnation() {
    let (_dir, store) = made();
    let new = new_space(1);
    let row = write(&store, |tx| tx.insert_space(&new));
    assert!(
        store
            .write(|tx| tx.insert_space(&new))
            .is_err_and(|error| matches!(error, StoreError::Sqlite(_)))
    );
    write(&store, |tx| {
        tx.insert_space(&new_space(2))?;
        tx.set_space_state(row, SpaceState::Blocked)?;
        tx.set_space_inc(row, Incarnation(u64::MAX))
    });
    let space = read(&store, |tx| tx.space(new.id)).unwrap();
    assert_eq!(
        space,
        Space {
            row,
            id: new.id,
            kind: 2,
            own_person: new.own_person,
            own_device: new.own_device,
            inc: Incarnation(u64::MAX),
            created_at_ms: new.created_at_ms,
            state: SpaceState::Blocked,
        }
    );
    assert_eq!(read(&store, |tx| tx.spaces()).len(), 2);
    assert_eq!(read(&store, |tx| tx.space(space_id(3))), None);
    let nowhere = store.write(|tx| tx.set_space_state(SpaceRow(77), SpaceState::Left));
    assert_eq!(nowhere.unwrap_err(), StoreError::MissingRow("space"));
}

#[test]
fn secrets_are_told_apart_by_space_kind_and_name() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let space = Some(place(tx, 1).space);
        tx.put_secret(None, SecretKind::Invitation, b"x", b"store", 1)?;
        tx.put_secret(space, SecretKind::Invitation, b"x", b"space", 2)?;
        tx.put_secret(space, SecretKind::KemSeed, b"2", b"second", 3)?;
        tx.put_secret(space, SecretKind::KemSeed, b"1", b"first", 1)?;
        tx.put_secret(space, SecretKind::KemSeed, b"2", b"newer", 4)?;

        let get = |space, kind, name: &[u8]| {
            tx.secret(space, kind, name)
                .unwrap()
                .map(|value| value.to_vec())
        };
        assert_eq!(get(None, SecretKind::Invitation, b"x").unwrap(), b"store");
        assert_eq!(get(space, SecretKind::Invitation, b"x").unwrap(), b"space");
        assert_eq!(get(space, SecretKind::SignSeed, b"x"), None);

        let kems = tx.secrets(space, SecretKind::KemSeed)?;
        let seen: Vec<_> = kems
            .iter()
            .map(|kem| (kem.name.as_slice(), kem.value.as_slice(), kem.at_ms))
            .collect();
        assert_eq!(seen, [(&b"1"[..], &b"first"[..], 1), (b"2", b"newer", 4)]);
        assert!(!format!("{kems:?}").contains("110"), "{kems:?}");

        assert!(tx.delete_secret(None, SecretKind::Invitation, b"x")?);
        assert!(!tx.delete_secret(None, SecretKind::Invitation, b"x")?);
        assert!(get(space, SecretKind::Invitation, b"x").is_some());
        Ok(())
    });
}

#[test]
fn devices_and_documents_keep_their_small_names() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let one = place(tx, 1);
        let two = place(tx, 2);
        let person = person_id(1);
        assert_eq!(
            tx.device_row(one.space, &device_id(1), &person)?,
            one.device
        );
        assert_eq!(
            tx.document_row(one.space, &person, 2, &doc_name(1))?,
            one.document
        );
        assert_eq!(
            tx.find_device(one.space, &device_id(1))?,
            Some((one.device, person))
        );
        assert_eq!(tx.find_device(two.space, &device_id(1))?, None);
        let device = Device {
            row: one.device,
            space: one.space,
            id: device_id(1),
            person,
        };
        assert_eq!(tx.device(one.device)?, device);
        assert_eq!(tx.devices(one.space)?, [device]);
        assert_eq!(
            tx.document(one.document)?,
            Document {
                space: one.space,
                person,
                kind: 2,
                name: doc_name(1)
            }
        );
        assert_eq!(tx.find_document(one.space, &person, 3, &doc_name(1))?, None);
        assert_eq!(tx.find_document(two.space, &person, 2, &doc_name(1))?, None);
        assert_eq!(
            tx.device(DeviceRow(99)).unwrap_err(),
            StoreError::MissingRow("device")
        );
        assert_eq!(
            tx.device_row(one.space, &device_id(1), &person_id(2))
                .unwrap_err(),
            StoreError::Conflict("the device is another person's")
        );
        Ok(())
    });
}

#[test]
fn what_waits_is_kept_once_whatever_its_reason() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let space = place(tx, 1).space;
        let hold =
            |reason, bytes: &[u8]| tx.hold(space, reason, &item_id(1), bytes, None, 5).unwrap();
        assert!(hold(HeldReason::UnknownDevice, b"bytes"));
        assert!(!hold(HeldReason::MissingHeads, b"bytes"));
        assert!(
            hold(HeldReason::UnknownDevice, b"forged"),
            "an id says nothing about the signature: a forgery must not keep the true item out"
        );
        assert_eq!(
            tx.held_counts(space)?,
            [
                (HeldReason::UnknownDevice, 1, 6),
                (HeldReason::MissingHeads, 1, 5)
            ]
        );
        let waiting = tx.held(space, &[HeldReason::MissingHeads, HeldReason::OverBudget])?;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].bytes, b"bytes");
        assert_eq!(waiting[0].item_id, item_id(1));
        assert!(tx.held(space, &[])?.is_empty());
        tx.release(waiting[0].row)?;
        tx.release(waiting[0].row)?;
        assert_eq!(tx.held_counts(space)?, [(HeldReason::UnknownDevice, 1, 6)]);
        Ok(())
    });
}

#[test]
fn acknowledgements_are_replaced_and_stay_in_their_space() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let one = place(tx, 1);
        let other = place(tx, 2);
        let by = tx.device_row(one.space, &device_id(9), &person_id(9))?;
        tx.put_peer_ack(one.space, by, one.device, INC, 4, 10)?;
        tx.put_peer_ack(one.space, by, one.device, INC, 6, 20)?;
        let ack = PeerAck {
            by,
            about: one.device,
            inc: INC,
            seq: 6,
            at_ms: 20,
        };
        assert_eq!(tx.peer_acks(one.space)?, [ack]);
        assert!(tx.peer_acks(other.space)?.is_empty());
        assert_eq!(
            tx.put_peer_ack(one.space, by, other.device, INC, 1, 1)
                .unwrap_err(),
            StoreError::MissingRow("device")
        );
        Ok(())
    });
}

#[test]
fn a_space_can_be_forgotten_whole_and_another_stays() {
    let (_dir, store) = made();
    write(&store, |tx| {
        for number in [1, 2] {
            let place = place(tx, number);
            let row = insert_kind(tx, place, 1, b"x", ItemKind::Record, ItemState::Shadowed);
            tx.queue_item(row, place.space, 0)?;
            tx.put_secret(Some(place.space), SecretKind::SignSeed, b"", b"seed", 1)?;
            tx.put_own(&OwnRow {
                document: place.document,
                kind: 2,
                on: None,
                at_ms: 1,
                related: None,
                deleted_at_ms: None,
                json: "{}",
            })?;
            tx.put_shared(&SharedRow {
                document: place.document,
                space: place.space,
                kind: 2,
                rev: 1,
                withdrawn: false,
                item: row,
                hlc: 1,
                on: None,
                about: None,
                json: "{}",
            })?;
            let bytes = outer(number, &[1; 40]);
            let epoch = epoch_id(number);
            let envelope = tx.insert_received(
                place.space,
                &epoch,
                &env_id(number),
                &bytes,
                Generation(1),
                1,
            )?;
            tx.hold(
                place.space,
                HeldReason::OverBudget,
                &item_id(1),
                b"x",
                envelope,
                1,
            )?;
            tx.put_peer_ack(place.space, place.device, place.device, INC, 1, 1)?;
        }
        assert_eq!(tx.documents()?.len(), 2);
        tx.delete_space(space_id(1))?;
        assert_eq!(
            tx.delete_space(space_id(1)).unwrap_err(),
            StoreError::MissingRow("space")
        );
        assert_eq!(tx.documents()?.len(), 1);
        assert_eq!(tx.projection_dump()?.len(), 2);
        let left = tx.spaces()?[0].row;
        assert_eq!(tx.items_in_state(left, ItemState::Shadowed)?, 1);
        assert_eq!(tx.items_in_state(left, ItemState::Applied)?, 0);
        assert_eq!(tx.queue_counts(left, 0)?, (1, 1));
        assert!(!tx.has_envelope(&env_id(1))?);
        assert!(tx.has_envelope(&env_id(2))?);
        Ok(())
    });
}
