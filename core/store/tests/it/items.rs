//! The truth comes back as it was put, and is found by place, document, kind and order.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_model::Incarnation;
use belay_protocol::ItemKind;
use belay_store::{Chain, ChainRows, ItemRow, ItemState, NewItem, SpaceRow, StoreError};
use common::*;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

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
        assert_eq!(rows(tx.control_items(one.space)?), [act]);
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
