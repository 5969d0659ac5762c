//! Whatever is written, sealed, lost, sent and erased in whatever order: the relay keeps what lives and
//! nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_model::DocName;
use belay_store::{EnvelopeRow, ErasureState, ItemRow, WriteTx};
use common::erasing::*;
use common::*;
use proptest::prelude::*;

/// One step of a life: items are written, sealed in groups, arrive or not, and are erased.
#[derive(Debug, Clone)]
enum Step {
    Write,
    Seal(usize),
    Arrive(usize),
    GiveUp(usize),
    Erase(usize),
    Settle,
    AskTheRelay,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => Just(Step::Write),
        3 => (1..4_usize).prop_map(Step::Seal),
        3 => (0..20_usize).prop_map(Step::Arrive),
        1 => (0..20_usize).prop_map(Step::GiveUp),
        2 => (0..20_usize).prop_map(Step::Erase),
        2 => Just(Step::Settle),
        2 => Just(Step::AskTheRelay),
    ];
    prop::collection::vec(step, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The relay is modelled as the envelopes that arrived and were not erased. Whatever happens in
    /// whatever order: what ever arrived and still lives stays obtainable, and once everything was settled
    /// nothing at the relay holds what was erased.
    #[test]
    fn nothing_that_lives_is_lost_and_nothing_that_was_erased_stays(steps in steps()) {
        let (_dir, store) = made();
        write(&store, |tx| {
            let place = place(tx, 1);
            let mut world = World { place, items: Vec::new(), sealed: Vec::new(), at_relay: Vec::new(), ever: Vec::new() };
            for step in &steps {
                world.take(tx, step);
                world.check_that_what_lives_is_there(tx);
            }
            // Rounds without trouble, until nothing is left to do.
            for _ in 0..3 {
                world.take(tx, &Step::Settle);
                world.take(tx, &Step::Seal(usize::MAX));
                for index in 0..world.sealed.len() {
                    world.take(tx, &Step::Arrive(index));
                }
                world.take(tx, &Step::AskTheRelay);
                world.check_that_what_lives_is_there(tx);
            }
            for (_, held) in &world.at_relay {
                for item in held {
                    assert!(tx.item(*item)?.unwrap().body.is_some(), "erased, and still at the relay");
                }
            }
            assert!(!tx.has_unsent_or_queued(place.space)?);
            Ok(())
        });
    }
}

struct World {
    place: Place,
    items: Vec<ItemRow>,
    /// Every envelope ever sealed, with what it holds.
    sealed: Vec<(EnvelopeRow, Vec<ItemRow>)>,
    at_relay: Vec<(EnvelopeRow, Vec<ItemRow>)>,
    /// Items that were at the relay once.
    ever: Vec<ItemRow>,
}

impl World {
    fn take(&mut self, tx: &WriteTx<'_>, step: &Step) {
        match step {
            Step::Write => {
                let seq = self.items.len() as u64 + 1;
                let name = DocName::from_slice(&bytes32(seq)[..16]).unwrap();
                let document = tx
                    .document_row(self.place.space, &person_id(1), 2, &name)
                    .unwrap();
                let own = Place {
                    document,
                    ..self.place
                };
                let row = insert(tx, own, seq, b"some body");
                tx.queue_item(row, self.place.space, 0).unwrap();
                self.items.push(row);
            }
            Step::Seal(count) => {
                let items: Vec<_> = waiting(tx, self.place).into_iter().take(*count).collect();
                if !items.is_empty() {
                    let number = self.sealed.len() as u64 + 1;
                    let envelope = seal(tx, self.place, number, &items);
                    self.sealed.push((envelope, items));
                }
            }
            Step::Arrive(index) => {
                let Some(sealed) = self.sealed.get(*index).cloned() else {
                    return;
                };
                // Only what has bytes can be sent.
                if tx.envelope_bytes(sealed.0).is_ok() {
                    send(tx, sealed.0);
                    self.ever.extend(&sealed.1);
                    if !self.at_relay.contains(&sealed) {
                        self.at_relay.push(sealed);
                    }
                }
            }
            Step::GiveUp(index) => {
                if let Some((envelope, _)) = self.sealed.get(*index) {
                    tx.unseal(*envelope).unwrap();
                }
            }
            Step::Erase(index) => {
                if let Some(item) = self.items.get(*index) {
                    tx.erase_item_body(*item).unwrap();
                }
            }
            Step::Settle => settle(tx, self.place),
            Step::AskTheRelay => {
                for envelope in due(tx, self.place) {
                    self.at_relay.retain(|(there, _)| *there != envelope);
                    tx.note_erasure(envelope, RELAY, ErasureState::Erased)
                        .unwrap();
                }
            }
        }
    }

    fn check_that_what_lives_is_there(&self, tx: &WriteTx<'_>) {
        for item in &self.ever {
            let lives = tx.item(*item).unwrap().unwrap().body.is_some();
            let there = self.at_relay.iter().any(|(_, held)| held.contains(item));
            assert!(
                !lives || there,
                "an item that lives is no longer at the relay"
            );
        }
    }
}
