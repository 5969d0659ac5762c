//! From the outbox through an envelope to a relay.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_protocol::relay::Generation;
use belay_store::{
    Delivery, DeliveryCounts, EnvelopeRow, ItemRow, Mailbox, NewEnvelope, Sent, StoreError, WriteTx,
};
use common::*;

const FIRST: Generation = Generation(u64::MAX);
const SECOND: Generation = Generation(2);

fn seal(
    tx: &WriteTx<'_>,
    place: Place,
    number: u64,
    items: &[ItemRow],
) -> Result<EnvelopeRow, StoreError> {
    tx.insert_sealed(&NewEnvelope {
        space: place.space,
        epoch: epoch_id(1),
        env_id: env_id(number),
        nonce: nonce(number),
        bytes: &outer(number, &[9; 40]),
        items,
    })
}

#[test]
fn an_item_goes_from_held_to_the_relay() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let row = insert(tx, place, 1, b"shared");
        assert_eq!(tx.delivery(row, 0)?, Delivery::Local);
        assert_eq!(tx.next_queued_at(place.space)?, None);

        tx.queue_item(row, place.space, 10_000)?;
        assert_eq!(
            tx.delivery(row, 9_999)?,
            Delivery::Held { until_ms: 10_000 }
        );
        assert_eq!(tx.delivery(row, 10_000)?, Delivery::Queued);
        assert_eq!(tx.next_queued_at(place.space)?, Some(10_000));
        assert_eq!(tx.queue_counts(place.space, 9_999)?, (0, 1));
        assert_eq!(tx.queue_counts(place.space, 10_000)?, (1, 1));
        assert!(tx.queued(place.space, 9_999, 10)?.is_empty());
        let queued = tx.queued(place.space, 10_000, 10)?;
        assert_eq!(queued.len(), 1);
        assert_eq!(queued[0].item_bytes, item(1, b"shared").encode());
        assert_eq!((queued[0].item, queued[0].kind), (row, 2));
        assert_eq!(tx.queued_of_kind(place.space, 2)?, [row]);
        assert!(tx.queued_of_kind(place.space, 3)?.is_empty());

        let envelope = seal(tx, place, 1, &[row])?;
        assert_eq!(tx.delivery(row, 0)?, Delivery::Sealed);
        assert!(tx.queued(place.space, i64::MAX, 10)?.is_empty());
        assert!(!tx.unqueue_item(row)?, "too late");
        assert_eq!(tx.envelopes_of(row)?, [envelope]);

        tx.mark_sent(envelope, 7, FIRST, 20_000)?;
        assert_eq!(tx.delivery(row, 0)?, Delivery::OnRelay);
        Ok(())
    });
}

#[test]
fn an_undone_item_never_leaves() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let row = insert(tx, place, 1, b"not meant");
        tx.queue_item(row, place.space, 10_000)?;
        assert!(tx.unqueue_item(row)?);
        assert_eq!(tx.delivery(row, 99_999)?, Delivery::Local);
        assert!(tx.queued(place.space, i64::MAX, 10)?.is_empty());
        Ok(())
    });
}

#[test]
fn items_are_sealed_in_the_order_they_were_written_and_apart_by_space() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let one = place(tx, 1);
        let two = place(tx, 2);
        let rows: Vec<_> = (1..6).map(|seq| insert(tx, one, seq, b"x")).collect();
        for row in rows.iter().rev() {
            tx.queue_item(*row, one.space, 0)?;
        }
        let other = insert(tx, two, 1, b"y");
        tx.queue_item(other, two.space, 0)?;
        let order: Vec<_> = tx
            .queued(one.space, 0, 3)?
            .into_iter()
            .map(|queued| queued.item)
            .collect();
        assert_eq!(order, rows[..3]);
        assert_eq!(tx.queued(two.space, 0, 3)?.len(), 1);
        Ok(())
    });
}

#[test]
fn counts_tell_what_has_not_left() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let rows: Vec<_> = (1..8).map(|seq| insert(tx, place, seq, b"x")).collect();
        tx.queue_item(rows[0], place.space, 50)?;
        tx.queue_item(rows[1], place.space, 0)?;
        tx.queue_item(rows[2], place.space, 0)?;
        seal(tx, place, 1, &rows[3..6])?;
        let sent = seal(tx, place, 2, &rows[6..])?;
        tx.mark_sent(sent, 1, FIRST, 0)?;
        assert_eq!(
            tx.delivery_counts(place.space, 10)?,
            DeliveryCounts {
                held: 1,
                queued: 2,
                sealed: 3
            }
        );
        Ok(())
    });
}

#[test]
fn a_space_has_something_to_send_until_a_relay_has_it_or_it_was_given_up() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let (one, two) = (place(tx, 1), place(tx, 2));
        let row = insert(tx, one, 1, b"x");
        assert!(!tx.has_unsent_or_queued(one.space)?);
        tx.queue_item(row, one.space, i64::MAX)?;
        assert!(tx.has_unsent_or_queued(one.space)?);
        let envelope = seal(tx, one, 1, &[row])?;
        assert!(tx.has_unsent_or_queued(one.space)?);
        tx.mark_sent(envelope, 1, FIRST, 0)?;
        assert!(!tx.has_unsent_or_queued(one.space)?);
        assert!(tx.was_at_relay(row)?);
        tx.unsend(one.space, &epoch_id(1))?;
        assert!(tx.was_at_relay(row)?, "whoever read it there has it");
        assert!(tx.has_unsent_or_queued(one.space)?);
        tx.unseal(envelope)?;
        tx.unqueue_item(row)?;
        assert!(!tx.has_unsent_or_queued(one.space)?);
        assert!(!tx.has_unsent_or_queued(two.space)?);
        Ok(())
    });
}

#[test]
fn a_nonce_is_never_used_twice_under_one_epoch() {
    let (_dir, store) = made();
    let place = write(&store, |tx| {
        let place = place(tx, 1);
        seal(tx, place, 1, &[])?;
        Ok(place)
    });
    let again = store.write(|tx| {
        tx.insert_sealed(&NewEnvelope {
            space: place.space,
            epoch: epoch_id(1),
            env_id: env_id(2),
            nonce: nonce(1),
            bytes: b"",
            items: &[],
        })
    });
    assert_eq!(again.unwrap_err(), StoreError::NonceReused);
    write(&store, |tx| {
        tx.insert_sealed(&NewEnvelope {
            space: place.space,
            epoch: epoch_id(2),
            env_id: env_id(2),
            nonce: nonce(1),
            bytes: b"",
            items: &[],
        })
    });
}

#[test]
fn a_strangers_envelope_with_our_nonce_is_still_read() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        seal(tx, place, 1, &[])?;
        let bytes = outer(1, b"another ciphertext of sixteen or more");
        let row = tx.insert_received(place.space, &epoch_id(1), &env_id(9), &bytes, FIRST, 3)?;
        let envelope = tx.envelope(row.unwrap())?;
        assert_eq!(envelope.nonce, nonce(1));
        assert!(!envelope.own);
        assert_eq!(tx.envelopes_under(place.space, &epoch_id(1))?, 1);
        Ok(())
    });
}

#[test]
fn a_received_envelope_is_kept_once_with_its_bytes() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let space = place(tx, 1).space;
        let bytes = outer(4, &[1; 40]);
        let take = |seq| {
            tx.insert_received(space, &epoch_id(1), &env_id(4), &bytes, FIRST, seq)
                .unwrap()
        };
        assert!(!tx.has_envelope(&env_id(4))?);
        let row = take(11).unwrap();
        assert_eq!(take(11), None);
        assert!(tx.has_envelope(&env_id(4))?);
        assert_eq!(tx.envelope_bytes(row)?, bytes);
        let envelope = tx.envelope(row)?;
        assert_eq!(
            envelope.sent,
            Some(Sent {
                seq: 11,
                generation: FIRST,
                at_ms: None
            })
        );
        assert_eq!((envelope.epoch, envelope.space), (epoch_id(1), space));
        assert!(tx.unsent_epochs(space)?.is_empty());
        assert_eq!(
            tx.insert_received(space, &epoch_id(1), &env_id(5), b"junk", FIRST, 1)
                .unwrap_err(),
            StoreError::Malformed("envelope")
        );
        Ok(())
    });
}

#[test]
fn an_own_envelope_met_at_the_relay_counts_as_sent() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let row = insert(tx, place, 1, b"x");
        seal(tx, place, 1, &[row])?;
        // The relay took it, and the answer was lost.
        let bytes = outer(1, &[9; 40]);
        let known = tx.insert_received(place.space, &epoch_id(1), &env_id(1), &bytes, FIRST, 2)?;
        assert_eq!(known, None);
        assert_eq!(tx.delivery(row, 0)?, Delivery::OnRelay);
        Ok(())
    });
}

#[test]
fn unsent_envelopes_come_in_order_and_within_limits() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        for number in 1..6 {
            seal(tx, place, number, &[])?;
        }
        let size = outer(1, &[9; 40]).len();
        let unsent = |count, bytes| -> Vec<_> {
            tx.unsent(place.space, epoch_id(1), count, bytes)
                .unwrap()
                .into_iter()
                .map(|sealed| sealed.env_id)
                .collect()
        };
        assert_eq!(unsent(2, usize::MAX), [env_id(1), env_id(2)]);
        assert_eq!(unsent(10, size * 3 + 1), [env_id(1), env_id(2), env_id(3)]);
        assert_eq!(unsent(10, 1), [env_id(1)], "one always goes");
        assert_eq!(unsent(0, 1), []);
        let first = tx.unsent(place.space, epoch_id(1), 1, 1)?.remove(0);
        assert_eq!(first.bytes, outer(1, &[9; 40]));
        tx.mark_sent(first.row, 1, FIRST, 0)?;
        assert_eq!(unsent(1, 1), [env_id(2)]);
        Ok(())
    });
}

#[test]
fn after_a_relay_lost_its_memory_what_it_lacks_is_sent_again() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let rows = [1, 2, 3].map(|number| {
            let row = seal(tx, place, number, &[]).unwrap();
            tx.mark_sent(row, number, FIRST, 5).unwrap();
            row
        });
        assert!(tx.unsent_epochs(place.space)?.is_empty());
        tx.unsend(place.space, &epoch_id(1))?;
        assert_eq!(tx.unsent_epochs(place.space)?, [epoch_id(1)]);
        // One of them is still there.
        tx.insert_received(
            place.space,
            &epoch_id(1),
            &env_id(2),
            &outer(2, &[9; 40]),
            SECOND,
            1,
        )?;
        let again: Vec<_> = tx
            .unsent(place.space, epoch_id(1), 10, 1 << 20)?
            .into_iter()
            .map(|sealed| sealed.env_id)
            .collect();
        assert_eq!(again, [env_id(1), env_id(3)]);
        let standing = rows.map(|row| tx.envelope(row).unwrap().sent);
        let standing = standing.map(|sent| sent.map(|sent| sent.generation));
        assert_eq!(standing, [None, Some(SECOND), None]);
        Ok(())
    });
}

#[test]
fn a_mailbox_is_put_and_replaced() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let space = place(tx, 1).space;
        let mut mailbox = Mailbox {
            space,
            epoch: epoch_id(1),
            relay: "https://relay.example".to_owned(),
            created: false,
            generation: None,
            cursor: 0,
            last_contact_ms: None,
            last_error: Some("offline".to_owned()),
        };
        tx.put_mailbox(&mailbox)?;
        mailbox.created = true;
        mailbox.generation = Some(FIRST);
        mailbox.cursor = (1 << 63) - 1;
        mailbox.last_contact_ms = Some(7);
        mailbox.last_error = None;
        tx.put_mailbox(&mailbox)?;
        let found = tx.mailbox(space, &epoch_id(1), "https://relay.example")?;
        assert_eq!(found.as_ref(), Some(&mailbox));
        assert_eq!(tx.mailboxes(space)?, std::slice::from_ref(&mailbox));
        assert_eq!(tx.mailbox(space, &epoch_id(2), &mailbox.relay)?, None);
        mailbox.cursor = 1 << 63;
        assert_eq!(
            tx.put_mailbox(&mailbox).unwrap_err(),
            StoreError::OutOfRange("cursor")
        );
        Ok(())
    });
}

#[test]
fn what_is_put_as_it_stands_writes_nothing_to_the_disk() {
    let (_dir, store) = made();
    let mailbox = write(&store, |tx| {
        Ok(Mailbox {
            space: place(tx, 1).space,
            epoch: epoch_id(1),
            relay: "https://relay.example".to_owned(),
            created: true,
            generation: Some(FIRST),
            cursor: 7,
            last_contact_ms: None,
            last_error: None,
        })
    });
    let put = |mailbox: &Mailbox, value: &[u8]| {
        write(&store, |tx| {
            tx.put_mailbox(mailbox)?;
            tx.put_meta("key", value)
        });
        store.size().unwrap()
    };
    let once = put(&mailbox, b"value");
    assert_eq!(put(&mailbox, b"value"), once);
    let mut read_on = mailbox.clone();
    read_on.cursor = 8;
    let twice = put(&read_on, b"value");
    assert!(twice > once);
    assert!(put(&read_on, b"other") > twice);
}

#[test]
fn the_highest_number_is_of_one_mailbox_and_generation_until_everything_is_sent_again() {
    let (_dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        let highest = |generation| tx.highest_number(place.space, &epoch_id(1), generation);
        assert_eq!(highest(FIRST)?, None);
        for (number, generation) in [(1, FIRST), (2, FIRST), (3, SECOND)] {
            let row = seal(tx, place, number, &[])?;
            tx.mark_sent(row, 10 + number, generation, 5)?;
        }
        assert_eq!(highest(FIRST)?, Some(12));
        assert_eq!(highest(SECOND)?, Some(13));
        tx.unsend(place.space, &epoch_id(1))?;
        assert_eq!(highest(FIRST)?, None);
        Ok(())
    });
}
