//! What is put comes back as it was put, for every area; and what is asked wrongly is refused.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod common;

use belay_model::Incarnation;
use belay_protocol::ItemKind;
use belay_protocol::relay::Generation;
use belay_store::{
    Chain, ChainRows, Device, DeviceRow, Document, HeldReason, ItemRow, ItemState, NewItem, OwnRow,
    PeerAck, SecretKind, SharedRow, Space, SpaceRow, SpaceState, StoreError,
};
use common::*;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

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
fn an_item_comes_back_whole_and_after_erasing_without_its_body() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let row = insert(tx, place, 5, b"what she wrote");
        tx.queue_item(row, place.space, 0)?;
        let expected = item(5, b"what she wrote");
        let stored = tx.item(row)?.unwrap();
        assert_eq!(stored.item()?, expected);
        assert_eq!(
            (stored.space, stored.device, stored.inc, stored.seq),
            (place.space, place.device, INC, 5)
        );
        assert_eq!(stored.item_id, item_id(5));
        assert_eq!(stored.document, Some(place.document));
        assert_eq!(stored.hlc, expected.header.hlc);
        assert_eq!(stored.kind, u8::from(ItemKind::Record));

        tx.set_item_state(row, ItemState::Quarantined)?;
        assert_eq!(tx.troubled_items(place.space)?.len(), 1);
        tx.erase_item_body(row)?;
        assert!(tx.troubled_items(place.space)?.is_empty());
        let erased = tx.item(row)?.unwrap();
        assert_eq!((erased.state, &erased.body), (ItemState::Erased, &None));
        let mut bare = expected;
        bare.erase_body();
        assert_eq!(erased.item()?, bare);
        assert_eq!(tx.queue_counts(place.space, 0)?, (0, 0));

        tx.queue_item(row, place.space, 0)?;
        tx.delete_item(row)?;
        assert_eq!(tx.item(row)?, None);
        assert_eq!(
            tx.delete_item(row).unwrap_err(),
            StoreError::MissingRow("item")
        );
        Ok(())
    });
}

#[test]
fn items_are_found_by_place_document_kind_and_order() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let one = place(tx, 1);
        let two = place(tx, 2);
        let record = insert(tx, one, 2, b"b");
        let act = insert_kind(tx, one, 1, b"a", ItemKind::Membership, ItemState::Applied);
        let foreign = insert(tx, two, 2, b"c");
        let ack = insert_kind(tx, one, 4, b"d", ItemKind::Ack, ItemState::Applied);

        let rows = |items: Vec<belay_store::StoredItem>| -> Vec<ItemRow> {
            items.into_iter().map(|item| item.row).collect()
        };
        assert_eq!(rows(tx.items_of_document(one.document)?), [record]);
        assert_eq!(rows(tx.control_items(one.space)?), [act, ack]);
        assert_eq!(rows(tx.all_items(one.space, ItemRow(0), 2)?), [record, act]);
        assert_eq!(rows(tx.all_items(one.space, act, 2)?), [ack]);
        assert_eq!(rows(tx.all_items(two.space, ItemRow(0), 9)?), [foreign]);
        assert_eq!(tx.item_count(one.space)?, 3);
        assert_eq!(
            tx.items_at(one.space, one.device, INC, 2)?,
            [(record, item_id(2), ItemState::Applied)]
        );
        assert!(tx.items_at(one.space, one.device, INC, 3)?.is_empty());
        assert!(
            tx.items_at(one.space, one.device, Incarnation(1), 2)?
                .is_empty()
        );
        Ok(())
    });
}

#[test]
fn around_a_place_the_items_that_count_are_seen() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let around = |seq| tx.around(place.space, place.device, INC, seq).unwrap();
        assert_eq!(around(1), ChainRows::default());
        insert_kind(tx, place, 1, b"twin", ItemKind::Record, ItemState::Shadowed);
        insert(tx, place, 2, b"b");
        insert(tx, place, 5, b"e");
        assert_eq!(around(1).here, Some(item_id(1)), "there is no other");
        assert_eq!(around(2).nearest_applied_before, None, "it does not count");
        let four = around(4);
        assert_eq!((four.here, four.before), (None, None));
        assert_eq!(four.after, Some(item(5, b"e").encode_detached()));
        assert_eq!(
            four.nearest_applied_before,
            Some(item(2, b"b").encode_detached())
        );
        assert_eq!(around(3).before, Some(item_id(2)));
        assert_eq!(around(0).before, None);
        Ok(())
    });
}

#[test]
fn two_items_may_claim_one_place() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let first = insert(tx, place, 1, b"one");
        let twin = insert_kind(tx, place, 1, b"two", ItemKind::Record, ItemState::Shadowed);
        let rows: Vec<_> = tx
            .items_at(place.space, place.device, INC, 1)?
            .into_iter()
            .map(|(row, _, state)| (row, state))
            .collect();
        assert_eq!(
            rows,
            [(first, ItemState::Applied), (twin, ItemState::Shadowed)]
        );
        Ok(())
    });
}

#[test]
fn numbers_that_would_lose_their_order_are_refused() {
    let (_dir, store) = made();
    let (place, row) = write(&store, |tx| {
        let place = place(tx, 1);
        Ok((place, insert(tx, place, (1 << 63) - 1, b"last")))
    });
    read(&store, |tx| {
        assert_eq!(tx.item(row)?.unwrap().seq, (1 << 63) - 1);
        assert_eq!(
            tx.around(place.space, place.device, INC, (1 << 63) - 1)?
                .after,
            None
        );
        assert_eq!(
            tx.items_at(place.space, place.device, INC, 1 << 63)
                .unwrap_err(),
            StoreError::OutOfRange("seq")
        );
        Ok(())
    });
    let too_late = store.write(|tx| {
        tx.insert_item(&NewItem {
            space: place.space,
            device: place.device,
            inc: INC,
            seq: 1,
            item_id: item_id(1),
            kind: 2,
            document: None,
            hlc: 1 << 63,
            detached: b"",
            body: None,
            state: ItemState::Applied,
            envelope: None,
        })
    });
    assert_eq!(too_late.unwrap_err(), StoreError::OutOfRange("hlc"));
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

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_chain_comes_back_as_it_was_put(
        inc: u64,
        contiguous in 0_u64..1 << 63,
        has_id: bool,
        ranges in proptest::collection::vec((any::<u64>(), any::<u64>()), 0..9),
        top in (0_u64..1 << 63, 0_u64..1 << 63),
        heads in proptest::collection::vec(any::<u64>(), 0..17),
    ) {
        let (_dir, store) = made();
        write(&store, |tx| {
            let place = place(tx, 1);
            let chain = Chain {
                device: place.device,
                inc: Incarnation(inc),
                contiguous,
                contiguous_id: has_id.then(|| item_id(1)),
                ranges: ranges.clone(),
                top_seq: top.0,
                top_id: item_id(2),
                top_hlc: top.1,
                heads: heads.iter().map(|head| item_id(*head)).collect(),
            };
            let earlier = Chain { contiguous: 0, ranges: Vec::new(), ..chain.clone() };
            tx.put_chain(place.space, &earlier)?;
            tx.put_chain(place.space, &chain)?;
            assert_eq!(tx.chain(place.space, place.device, Incarnation(inc))?, Some(chain.clone()));
            assert_eq!(tx.chains(place.space)?, std::slice::from_ref(&chain));
            assert_eq!(tx.chain(SpaceRow(99), place.device, Incarnation(inc))?, None);
            assert_eq!(
                tx.put_chain(SpaceRow(99), &chain).unwrap_err(),
                StoreError::MissingRow("device")
            );
            Ok(())
        });
    }

    #[test]
    fn any_body_comes_back_as_it_was_put(body in proptest::collection::vec(any::<u8>(), 0..9_000), seq in 1_u64..1 << 63) {
        let (_dir, store) = made();
        write(&store, |tx| {
            let place = place(tx, 1);
            let row = insert(tx, place, seq, &body);
            assert_eq!(tx.item(row)?.unwrap().item()?.body.as_deref(), Some(&body[..]));
            Ok(())
        });
    }
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
        tx.clear_queue(left)?;
        assert_eq!(tx.queue_counts(left, 0)?, (0, 0));
        assert!(!tx.has_envelope(&env_id(1))?);
        assert!(tx.has_envelope(&env_id(2))?);
        Ok(())
    });
}
