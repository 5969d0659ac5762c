//! What the tests of erasing share.

use belay_protocol::relay::Generation;
use belay_store::{EnvelopeRow, ItemRow, NewEnvelope, WriteTx};

use super::*;

pub const RELAY: &str = "https://relay.example";
pub const GENERATION: Generation = Generation(1);

pub fn seal(tx: &WriteTx<'_>, place: Place, number: u64, items: &[ItemRow]) -> EnvelopeRow {
    tx.insert_sealed(&NewEnvelope {
        space: place.space,
        epoch: epoch_id(1),
        env_id: env_id(number),
        nonce: nonce(number),
        bytes: &outer(number, &[9; 40]),
        items,
    })
    .unwrap()
}

pub fn send(tx: &WriteTx<'_>, envelope: EnvelopeRow) {
    tx.mark_sent(envelope, 1, GENERATION, 5).unwrap();
}

/// As the engine deals with every mark: what lives waits again, and the relay is to erase.
pub fn settle(tx: &WriteTx<'_>, place: Place) {
    for envelope in tx.taken_back(place.space).unwrap() {
        tx.requeue(envelope).unwrap();
        tx.ask_to_erase(envelope, RELAY, 100).unwrap();
        tx.settle_taken_back(envelope).unwrap();
    }
}

pub fn due(tx: &WriteTx<'_>, place: Place) -> Vec<EnvelopeRow> {
    tx.due_erasures(place.space, &epoch_id(1), RELAY, false, 10)
        .unwrap()
        .into_iter()
        .map(|erasure| erasure.envelope)
        .collect()
}

pub fn waiting(tx: &WriteTx<'_>, place: Place) -> Vec<ItemRow> {
    tx.queued(place.space, i64::MAX, 100)
        .unwrap()
        .into_iter()
        .map(|queued| queued.item)
        .collect()
}
