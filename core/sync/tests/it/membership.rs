//! Who belongs to a space is a pure function of the acts that are held.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_crypto::sign_root;
use belay_model::{ItemId, SpaceId};
use belay_protocol::{DeviceCertificate, Item, MembershipBody, Operation, SpaceType};
use belay_sync::{ActVerdict, Membership, SyncError};
use belay_testkit::SeededEntropy;
use common::{Actor, act_of, pair};
use proptest::prelude::*;

/// Inserts in the given order, handing in again what waited, until nothing more is taken.
fn inserted(space: SpaceId, items: &[&Item]) -> Membership {
    let mut membership = Membership::new(space);
    let mut waiting: Vec<&Item> = items.to_vec();
    loop {
        let before = waiting.len();
        waiting.retain(|item| membership.insert(act_of(item)).unwrap() == ActVerdict::MissingHeads);
        if waiting.len() == before {
            return membership;
        }
    }
}

fn story(entropy: &mut SeededEntropy) -> (SpaceId, Vec<Item>) {
    let (mut ada, mut sam) = (Actor::new(entropy), Actor::new(entropy));
    let mut tablet = Actor::new(entropy);
    let (space, create) = ada.create(SpaceType::Pair, entropy);
    let create_id = ItemId::from(space);
    let genesis = sam.genesis.clone();
    let (added_id, added) = ada.act(
        space,
        vec![create_id],
        Operation::AddPerson { genesis },
        entropy,
    );
    let certificate = DeviceCertificate {
        person_id: ada.person,
        sign_pk: tablet.key.public(),
        random: tablet.genesis.random,
        kem: tablet.genesis.kem.clone(),
    };
    let tablet_id =
        belay_crypto::device_id(&ada.person, &tablet.key.public(), &tablet.genesis.random);
    tablet.device = tablet_id;
    tablet.prev = tablet_id.to_bytes();
    let (device_act, device) = ada.act(
        space,
        vec![added_id],
        Operation::AddDevice { certificate },
        entropy,
    );
    let (_, left) = sam.act(space, vec![added_id], Operation::Leave, entropy);
    let (_, merged) = tablet.act(space, vec![device_act], Operation::Merge, entropy);
    (space, vec![create, added, device, left, merged])
}

proptest! {
    #[test]
    fn acts_in_any_order_give_the_same_members(
        seed: u64,
        order in Just((0..5usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut entropy = SeededEntropy::new(seed);
        let (space, items) = story(&mut entropy);
        let in_order: Vec<&Item> = items.iter().collect();
        let shuffled: Vec<&Item> = order.iter().map(|index| &items[*index]).collect();
        let (one, other) = (inserted(space, &in_order), inserted(space, &shuffled));
        prop_assert_eq!(one.current(), other.current());
        prop_assert_eq!(one.leaves(), other.leaves());
        prop_assert_eq!(one.current().valid_devices().count(), 2);
    }
}

#[test]
fn a_pair_never_gets_a_third_person() {
    let mut entropy = SeededEntropy::new(1);
    let (mut ada, mut sam, mut membership) = pair(&mut entropy);
    let third = Actor::new(&mut entropy);
    for actor in [&mut ada, &mut sam] {
        let operation = Operation::AddPerson {
            genesis: third.genesis.clone(),
        };
        let heads = membership.leaves();
        let (_, item) = actor.act(membership.space(), heads, operation, &mut entropy);
        assert_eq!(membership.insert(act_of(&item)).unwrap(), ActVerdict::Void);
    }
    assert_eq!(membership.current().persons.len(), 2);
}

#[test]
fn a_creator_who_adds_two_partners_at_once_has_one_whatever_arrives_first() {
    let mut entropy = SeededEntropy::new(2);
    let mut ada = Actor::new(&mut entropy);
    let (space, create) = ada.create(SpaceType::Pair, &mut entropy);
    let (seq, prev) = (ada.seq, ada.prev);
    let mut added = Vec::new();
    for _ in 0..2 {
        (ada.seq, ada.prev) = (seq, prev);
        let operation = Operation::AddPerson {
            genesis: Actor::new(&mut entropy).genesis,
        };
        let heads = vec![ItemId::from(space)];
        added.push(ada.act(space, heads, operation, &mut entropy).1);
    }
    let one = inserted(space, &[&create, &added[0], &added[1]]);
    let other = inserted(space, &[&create, &added[1], &added[0]]);
    assert_eq!(one.current(), other.current());
    assert_eq!(one.current().persons.len(), 2);
}

#[test]
fn the_recovery_key_adds_a_device_and_nobody_elses_key_does() {
    let mut entropy = SeededEntropy::new(3);
    let (ada, sam, mut membership) = pair(&mut entropy);
    for (root, expected) in [
        (&sam.root, ActVerdict::Void),
        (&ada.root, ActVerdict::Counted),
    ] {
        let mut tablet = Actor::new(&mut entropy);
        let operation = Operation::AddDevice {
            certificate: DeviceCertificate {
                person_id: ada.person,
                sign_pk: tablet.key.public(),
                random: tablet.genesis.random,
                kem: tablet.genesis.kem.clone(),
            },
        };
        tablet.device =
            belay_crypto::device_id(&ada.person, &tablet.key.public(), &tablet.genesis.random);
        let heads = membership.leaves();
        let signature = sign_root(root, &membership.space(), &heads, &operation);
        let body = MembershipBody {
            operation,
            root_signature: Some(signature),
        };
        let kind = belay_protocol::ItemKind::Membership;
        let (_, item) = tablet.item(membership.space(), kind, heads, body.encode(), &mut entropy);
        assert_eq!(membership.insert(act_of(&item)).unwrap(), expected);
        assert_eq!(
            membership.current().is_valid(&tablet.device),
            expected == ActVerdict::Counted
        );
    }
}

#[test]
fn a_certificate_that_its_recovery_key_did_not_sign_changes_nothing() {
    let mut entropy = SeededEntropy::new(4);
    let mut ada = Actor::new(&mut entropy);
    let (space, create) = ada.create(SpaceType::Pair, &mut entropy);
    let mut membership = Membership::new(space);
    membership.insert(act_of(&create)).unwrap();
    let mut genesis = Actor::new(&mut entropy).genesis;
    genesis.salt[0] ^= 1;
    let heads = membership.leaves();
    let operation = Operation::AddPerson { genesis };
    let (_, item) = ada.act(space, heads, operation, &mut entropy);
    assert_eq!(membership.insert(act_of(&item)), Err(SyncError::Genesis));
    assert_eq!(membership.leaves(), vec![ItemId::from(space)]);
}
