//! What the Gate admits, and for what reason it does not.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_model::{EpochId, Incarnation, ItemId, SpaceId};
use belay_protocol::{
    EpochBody, EraseBody, ErasedSlot, Item, ItemKind, Operation, RecordBody, SpaceType,
};
use belay_sync::{Admission, Content, Neighbours, Refusal, Wait};
use belay_testkit::SeededEntropy;
use common::{Actor, act_of, after, pair};

fn record() -> Vec<u8> {
    RecordBody {
        rev: 1,
        withdrawn: true,
        schema: 1,
        payload: Vec::new(),
    }
    .encode()
}

fn admit(
    membership: &belay_sync::Membership,
    id: &ItemId,
    item: &Item,
    neighbours: &Neighbours,
) -> Admission {
    let content = Content::parse(item).ok();
    belay_sync::admit(membership, item, id, content.as_ref(), neighbours, None)
}

#[test]
fn a_members_record_is_admitted_and_a_strangers_waits_for_an_introduction() {
    let mut entropy = SeededEntropy::new(1);
    let (_, mut sam, membership) = pair(&mut entropy);
    let (space, heads) = (membership.space(), membership.leaves());
    let (id, item) = sam.item(
        space,
        ItemKind::Record,
        heads.clone(),
        record(),
        &mut entropy,
    );
    let nothing = Neighbours::default();
    assert_eq!(admit(&membership, &id, &item, &nothing), Admission::Accept);
    let known = Neighbours {
        here: Some(id),
        ..Neighbours::default()
    };
    assert_eq!(admit(&membership, &id, &item, &known), Admission::Known);
    let mut stranger = Actor::new(&mut entropy);
    let (id, item) = stranger.item(space, ItemKind::Record, heads, record(), &mut entropy);
    assert_eq!(
        admit(&membership, &id, &item, &nothing),
        Admission::Wait(Wait::UnknownDevice)
    );
}

#[test]
fn an_item_changed_on_the_way_or_meant_for_another_space_is_refused() {
    let mut entropy = SeededEntropy::new(2);
    let (_, mut sam, membership) = pair(&mut entropy);
    let (space, heads) = (membership.space(), membership.leaves());
    let (id, mut item) = sam.item(
        space,
        ItemKind::Record,
        heads.clone(),
        record(),
        &mut entropy,
    );
    item.signature[5] ^= 1;
    assert_eq!(
        admit(&membership, &id, &item, &Neighbours::default()),
        Admission::Refuse(Refusal::Signature)
    );
    // That somebody else's key was asked before says nothing.
    assert_eq!(
        belay_sync::admit(
            &membership,
            &item,
            &id,
            None,
            &Neighbours::default(),
            Some([7; 32])
        ),
        Admission::Refuse(Refusal::Signature)
    );
    let elsewhere = SpaceId::from_bytes([3; 32]);
    let (id, item) = sam.item(elsewhere, ItemKind::Record, heads, record(), &mut entropy);
    assert_eq!(
        admit(&membership, &id, &item, &Neighbours::default()),
        Admission::Refuse(Refusal::OtherSpace)
    );
}

#[test]
fn two_items_at_one_place_and_a_broken_chain_are_a_fork() {
    let mut entropy = SeededEntropy::new(3);
    let (_, mut sam, membership) = pair(&mut entropy);
    let (space, heads) = (membership.space(), membership.leaves());
    let (first, _) = sam.item(
        space,
        ItemKind::Record,
        heads.clone(),
        record(),
        &mut entropy,
    );
    let (id, item) = sam.item(
        space,
        ItemKind::Record,
        heads.clone(),
        record(),
        &mut entropy,
    );
    let other = ItemId::from_bytes([1; 32]);
    for neighbours in [
        Neighbours {
            here: Some(other),
            ..Neighbours::default()
        },
        after(Some(other), Vec::new()),
        Neighbours {
            after: Some([1; 32]),
            ..Neighbours::default()
        },
    ] {
        assert_eq!(admit(&membership, &id, &item, &neighbours), Admission::Fork);
    }
    let in_place = after(Some(first), heads);
    assert_eq!(admit(&membership, &id, &item, &in_place), Admission::Accept);
}

#[test]
fn after_leaving_nobody_writes_on_and_nobody_pretends_not_to_know() {
    let mut entropy = SeededEntropy::new(4);
    let (_, mut sam, mut membership) = pair(&mut entropy);
    let (space, before) = (membership.space(), membership.leaves());
    let (leave, item) = sam.act(space, before.clone(), Operation::Leave, &mut entropy);
    membership.insert(act_of(&item)).unwrap();
    let (id, item) = sam.item(space, ItemKind::Record, vec![leave], record(), &mut entropy);
    assert_eq!(
        admit(&membership, &id, &item, &after(Some(leave), vec![leave])),
        Admission::Refuse(Refusal::NotAMember)
    );
    sam.seq -= 1;
    sam.prev = leave.to_bytes();
    let (id, item) = sam.item(space, ItemKind::Record, before, record(), &mut entropy);
    assert_eq!(
        admit(&membership, &id, &item, &after(Some(leave), vec![leave])),
        Admission::Refuse(Refusal::HeadsWentBack)
    );
}

#[test]
fn only_the_own_persons_items_can_be_erased() {
    let mut entropy = SeededEntropy::new(5);
    let (ada, mut sam, membership) = pair(&mut entropy);
    let (space, heads) = (membership.space(), membership.leaves());
    for (victim, expected) in [
        (ada.device, Admission::Refuse(Refusal::NotAllowed)),
        (sam.device, Admission::Accept),
    ] {
        (sam.seq, sam.prev) = (0, sam.device.to_bytes());
        let body = EraseBody {
            slots: vec![ErasedSlot {
                device_id: victim,
                inc: Incarnation(7),
                seq: 2,
                item_id: ItemId::from_bytes([8; 32]),
            }],
        };
        let (id, item) = sam.item(
            space,
            ItemKind::Erase,
            heads.clone(),
            body.encode(),
            &mut entropy,
        );
        assert_eq!(
            admit(&membership, &id, &item, &Neighbours::default()),
            expected
        );
    }
}

#[test]
fn changes_stay_out_of_a_shared_space_and_the_first_epoch_is_the_creators() {
    let mut entropy = SeededEntropy::new(6);
    let (mut ada, mut sam, membership) = pair(&mut entropy);
    let (space, heads) = (membership.space(), membership.leaves());
    let changes = belay_protocol::ChangesBody {
        changes: vec![vec![1, 2, 3]],
    };
    let (id, item) = sam.item(
        space,
        ItemKind::Changes,
        heads.clone(),
        changes.encode(),
        &mut entropy,
    );
    assert_eq!(
        admit(&membership, &id, &item, &Neighbours::default()),
        Admission::Refuse(Refusal::NotAllowed)
    );
    let epoch = |parents: Vec<EpochId>| {
        EpochBody {
            parents,
            recipients: vec![ada.device.min(sam.device), ada.device.max(sam.device)],
            commit_salt: [1; 32],
            secret_commit: [2; 32],
        }
        .encode()
    };
    let (first, next) = (epoch(vec![]), epoch(vec![EpochId::from_bytes([4; 32])]));
    (sam.seq, sam.prev) = (0, sam.device.to_bytes());
    let (id, item) = sam.item(
        space,
        ItemKind::Epoch,
        heads.clone(),
        first.clone(),
        &mut entropy,
    );
    assert_eq!(
        admit(&membership, &id, &item, &Neighbours::default()),
        Admission::Refuse(Refusal::NotAllowed)
    );
    (sam.seq, sam.prev) = (0, sam.device.to_bytes());
    let (id, item) = sam.item(space, ItemKind::Epoch, heads.clone(), next, &mut entropy);
    assert_eq!(
        admit(&membership, &id, &item, &Neighbours::default()),
        Admission::Accept
    );
    let before = ItemId::from_bytes(ada.prev);
    let (id, item) = ada.item(space, ItemKind::Epoch, heads, first, &mut entropy);
    let due = vec![before];
    assert_eq!(
        admit(&membership, &id, &item, &after(Some(before), due)),
        Admission::Accept
    );
}

#[test]
fn a_body_out_of_form_is_judged_by_its_header_so_that_its_place_can_be_filled() {
    let mut entropy = SeededEntropy::new(7);
    let (_, mut sam, membership) = pair(&mut entropy);
    let (space, heads) = (membership.space(), membership.leaves());
    let (id, item) = sam.item(space, ItemKind::Record, heads, vec![0xff], &mut entropy);
    assert!(Content::parse(&item).is_err());
    assert_eq!(
        admit(&membership, &id, &item, &Neighbours::default()),
        Admission::Accept
    );
}

#[test]
fn a_space_is_what_its_create_item_says() {
    let mut entropy = SeededEntropy::new(8);
    let mut ada = Actor::new(&mut entropy);
    let (space, create) = ada.create(SpaceType::Pair, &mut entropy);
    let empty = belay_sync::Membership::new(space);
    let id = ItemId::from(space);
    assert_eq!(
        admit(&empty, &id, &create, &Neighbours::default()),
        Admission::Accept
    );
    let other = belay_sync::Membership::new(SpaceId::from_bytes([1; 32]));
    assert_eq!(
        admit(&other, &id, &create, &Neighbours::default()),
        Admission::Refuse(Refusal::OtherSpace)
    );
}
