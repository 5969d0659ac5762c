//! What was erased goes from every envelope that held it, and from the relays.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_protocol::ItemKind;
use belay_store::{Delivery, ErasureCounts, ErasureState, ItemRow, ItemState, NewItem, WriteTx};
use common::erasing::*;
use common::*;

const OTHER: &str = "https://other.example";

/// The `erase` item of the place's document, at `seq`.
fn tombstone(tx: &WriteTx<'_>, place: Place, seq: u64) -> ItemRow {
    let item = item(seq, b"slots");
    tx.insert_item(&NewItem {
        space: place.space,
        device: place.device,
        inc: INC,
        seq,
        item_id: item_id(seq),
        kind: ItemKind::Erase.into(),
        document: Some(place.document),
        hlc: item.header.hlc,
        detached: &item.encode_detached(),
        body: Some(&salted(&item)),
        state: ItemState::Applied,
        envelope: None,
    })
    .unwrap()
}

#[test]
fn an_item_sealed_twice_is_in_both_envelopes_and_both_go_with_it() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let row = insert(tx, place, 1, b"shared");
        let (one, two) = (seal(tx, place, 1, &[row]), seal(tx, place, 2, &[row]));
        send(tx, one);
        assert_eq!(tx.envelopes_of(row)?, [one, two]);
        assert!(tx.was_sealed(row)?);
        tx.erase_item_body(row)?;
        assert_eq!(tx.taken_back(place.space)?, [one, two]);
        assert!(tx.envelope_bytes(one).is_err(), "gone from this device too");
        assert!(tx.envelope_bytes(two).is_err());
        Ok(())
    });
}

#[test]
fn an_envelope_goes_only_after_what_lives_in_it_and_word_of_the_erasure_are_at_a_relay() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let gone = insert(tx, place, 1, b"gone");
        let lives = insert(tx, place, 2, b"lives");
        let old = seal(tx, place, 1, &[gone, lives]);
        send(tx, old);
        tx.erase_item_body(gone)?;
        let word = tombstone(tx, place, 3);
        tx.queue_item(word, place.space, 0)?;
        let said = |tx: &WriteTx<'_>| {
            let mut said = tx.erasures_of(place.document).unwrap();
            assert_eq!(said.len(), 1);
            said.pop().map(|erasure| (erasure.relay, erasure.state))
        };
        assert_eq!(said(tx), Some((None, ErasureState::Waiting)));
        settle(tx, place);
        assert_eq!(
            said(tx),
            Some((Some(RELAY.to_owned()), ErasureState::Waiting))
        );
        assert_eq!(waiting(tx, place), [lives, word]);
        assert_eq!(tx.delivery(lives, 0)?, Delivery::OnRelay);
        assert!(tx.has_unsent_or_queued(place.space)?);
        assert_eq!(due(tx, place), []);

        let again = seal(tx, place, 2, &[lives]);
        assert_eq!(due(tx, place), [], "sealed is not sent");
        send(tx, again);
        assert_eq!(due(tx, place), [], "nobody was told yet");
        let told = seal(tx, place, 3, &[word]);
        send(tx, told);
        assert_eq!(due(tx, place), [old]);
        assert_eq!(tx.epochs_to_erase_in(place.space, RELAY)?, [epoch_id(1)]);
        assert_eq!(tx.epochs_to_erase_in(place.space, OTHER)?, []);
        assert!(tx.has_unsent_or_queued(place.space)?);

        tx.note_erasure(old, RELAY, ErasureState::Erased)?;
        assert_eq!(due(tx, place), []);
        assert!(!tx.has_unsent_or_queued(place.space)?);
        assert_eq!(said(tx).unwrap().1, ErasureState::Erased);
        Ok(())
    });
}

#[test]
fn what_was_erased_in_several_steps_goes_in_several_envelopes() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let rows: Vec<_> = (1..4).map(|seq| insert(tx, place, seq, b"x")).collect();
        let first = seal(tx, place, 1, &rows);
        send(tx, first);
        tx.erase_item_body(rows[0])?;
        settle(tx, place);
        let second = seal(tx, place, 2, &rows[1..]);
        send(tx, second);
        tx.erase_item_body(rows[1])?;
        settle(tx, place);
        assert_eq!(waiting(tx, place), [rows[2]]);
        assert_eq!(
            due(tx, place),
            [],
            "what still lives is in neither any more"
        );
        send(tx, seal(tx, place, 3, &rows[2..]));
        assert_eq!(due(tx, place), [first, second]);
        Ok(())
    });
}

#[test]
fn an_envelope_whose_arrival_is_not_known_is_erased_too_and_after_those_that_are_there() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let row = insert(tx, place, 1, b"shared");
        // Given up while its answer was lost, then sealed for another epoch and sent.
        let given_up = seal(tx, place, 1, &[row]);
        tx.unseal(given_up)?;
        assert_eq!(waiting(tx, place), [row]);
        assert_eq!(tx.taken_back(place.space)?, [], "nothing was taken back");
        let sent = seal(tx, place, 2, &[row]);
        send(tx, sent);
        tx.erase_item_body(row)?;
        settle(tx, place);
        assert_eq!(due(tx, place), [sent, given_up]);
        Ok(())
    });
}

#[test]
fn what_a_partner_took_back_leaves_no_bytes_here_and_asks_no_relay() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let theirs = tx.device_row(place.space, &device_id(7), &person_id(7))?;
        let take = |number: u64| {
            let bytes = outer(number, &[9; 40]);
            tx.insert_received(
                place.space,
                &epoch_id(1),
                &env_id(number),
                &bytes,
                GENERATION,
                number,
            )
            .unwrap()
            .unwrap()
        };
        let item = item(1, b"theirs");
        let (one, two) = (take(1), take(2));
        let row = tx.insert_item(&NewItem {
            space: place.space,
            device: theirs,
            inc: INC,
            seq: 1,
            item_id: item_id(1),
            kind: ItemKind::Record.into(),
            document: None,
            hlc: item.header.hlc,
            detached: &item.encode_detached(),
            body: Some(&salted(&item)),
            state: ItemState::Applied,
            envelope: Some(one),
        })?;
        tx.put_in_envelope(row, two)?;
        tx.erase_item_body(row)?;
        assert!(tx.envelope_bytes(one).is_err());
        assert!(tx.envelope_bytes(two).is_err());
        let late = take(3);
        tx.put_in_envelope(row, late)?;
        assert!(
            tx.envelope_bytes(late).is_err(),
            "also one that comes later"
        );
        assert_eq!(tx.taken_back(place.space)?, []);
        Ok(())
    });
}

#[test]
fn a_relay_that_lost_its_memory_is_asked_again_about_what_is_not_too_old() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let old = seal(tx, place, 1, &[]);
        let new = seal(tx, place, 2, &[]);
        for (envelope, at_ms) in [(old, 10), (new, 20)] {
            tx.ask_to_erase(envelope, RELAY, at_ms)?;
            tx.ask_to_erase(envelope, OTHER, at_ms)?;
            tx.note_erasure(envelope, RELAY, ErasureState::Erased)?;
            tx.note_erasure(envelope, OTHER, ErasureState::NotThere)?;
        }
        tx.ask_again(place.space, &epoch_id(2), RELAY, 0)?;
        assert_eq!(due(tx, place), []);
        tx.ask_again(place.space, &epoch_id(1), RELAY, 15)?;
        assert_eq!(due(tx, place), [new]);
        assert_eq!(
            tx.erasure_counts(place.space, RELAY)?,
            ErasureCounts {
                waiting: 1,
                erased: 1,
                ..ErasureCounts::default()
            }
        );
        assert_eq!(tx.erasure_counts(place.space, OTHER)?.not_there, 2);
        Ok(())
    });
}

#[test]
fn after_an_ending_nothing_is_waited_for_but_word_of_the_erasure() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let gone = insert(tx, place, 1, b"gone");
        let lives = insert(tx, place, 2, b"lives");
        let old = seal(tx, place, 1, &[gone, lives]);
        send(tx, old);
        tx.erase_item_body(gone)?;
        let word = tombstone(tx, place, 3);
        settle(tx, place);
        let ended = |tx: &WriteTx<'_>| {
            tx.due_erasures(place.space, &epoch_id(1), RELAY, true, 10)
                .unwrap()
                .len()
        };
        assert_eq!(ended(tx), 0);
        send(tx, seal(tx, place, 2, &[word]));
        assert_eq!((ended(tx), due(tx, place).len()), (1, 0));
        Ok(())
    });
}
