//! Items: what is signed, and that nothing of it can be changed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_crypto::{
    CryptoError, SignedRequest, item_id, person_id, sign_endorsement, sign_item, sign_lan,
    sign_pairing, sign_request, sign_root, verify_endorsement, verify_genesis, verify_item,
    verify_lan, verify_pairing, verify_request, verify_root,
};
use belay_crypto::{HandshakeRole, MailboxKey, outcome_name, published_name};
use belay_model::{DocName, ItemId, PersonId};
use belay_protocol::{Item, Operation, RemoveTarget};
use proptest::prelude::*;

use common::{Persona, Seeded, erase_key, space};

fn item() -> (Persona, Item) {
    let ada = Persona::new("ada");
    let draft = ada.draft(b"slept well");
    let item = sign_item(&ada.device, draft, &mut Seeded::new("item")).unwrap();
    (ada, item)
}

#[test]
fn a_signed_item_verifies_with_and_without_its_body() {
    let (ada, mut item) = item();
    let public = ada.device.public();
    verify_item(&Item::parse(&item.encode()).unwrap(), &public).unwrap();
    let id = item_id(&item.header);
    item.erase_body();
    let kept = Item::parse_detached(&item.encode_detached()).unwrap();
    verify_item(&kept, &public).unwrap();
    assert_eq!(item_id(&kept.header), id);
    assert_eq!(
        item.encode_detached().len(),
        item.header.encode().len() + 64
    );
}

#[test]
fn every_flipped_bit_of_an_item_is_noticed() {
    let (ada, item) = item();
    let bytes = item.encode();
    for at in 0..bytes.len() {
        let mut wrong = bytes.clone();
        wrong[at] ^= 1 << (at % 8);
        let noticed = match Item::parse(&wrong) {
            Ok(parsed) => verify_item(&parsed, &ada.device.public()).is_err(),
            Err(_) => true,
        };
        assert!(noticed, "byte {at}");
    }
}

#[test]
fn an_item_by_another_device_is_refused() {
    let (_, item) = item();
    let eve = Persona::new("eve");
    assert_eq!(
        verify_item(&item, &eve.device.public()),
        Err(CryptoError::BadSignature)
    );
}

#[test]
fn an_item_above_its_limits_is_not_signed() {
    let ada = Persona::new("ada");
    let mut entropy = Seeded::new("item");
    let mut sign = |draft| sign_item(&ada.device, draft, &mut entropy);
    assert!(sign(ada.draft(&vec![0; 64 * 1024])).is_ok());
    assert!(sign(ada.draft(&vec![0; 64 * 1024 + 1])).is_err());
    let mut unsorted = ada.draft(b"");
    unsorted.heads = vec![ItemId::from_bytes([2; 32]), ItemId::from_bytes([1; 32])];
    assert!(sign(unsorted).is_err());
    let mut many = ada.draft(b"");
    many.heads = (0..17).map(|n| ItemId::from_bytes([n; 32])).collect();
    assert!(sign(many).is_err());
    let mut zeroth = ada.draft(b"");
    zeroth.seq = 0;
    assert!(sign(zeroth).is_err());
}

#[test]
fn equal_bodies_have_different_hashes() {
    let ada = Persona::new("ada");
    let mut entropy = Seeded::new("item");
    let one = sign_item(&ada.device, ada.draft(b"yes"), &mut entropy).unwrap();
    let two = sign_item(&ada.device, ada.draft(b"yes"), &mut entropy).unwrap();
    assert_ne!(one.header.body_hash, two.header.body_hash);
}

#[test]
fn a_genesis_with_any_field_changed_is_refused() {
    let ada = Persona::new("ada");
    verify_genesis(&ada.genesis).unwrap();
    let changes: [fn(&mut belay_protocol::Genesis); 5] = [
        |genesis| genesis.sign_pk[0] ^= 1,
        |genesis| genesis.random[0] ^= 1,
        |genesis| genesis.kem.pk[0] ^= 1,
        |genesis| genesis.kem.max_ver += 1,
        |genesis| genesis.salt[0] ^= 1,
    ];
    for change in changes {
        let mut wrong = ada.genesis.clone();
        change(&mut wrong);
        assert_ne!(person_id(&wrong), ada.person_id);
        assert_eq!(verify_genesis(&wrong), Err(CryptoError::BadSignature));
    }
    let mut resigned = ada.genesis.clone();
    resigned.signature = [0; 64];
    assert_eq!(
        person_id(&resigned),
        ada.person_id,
        "the signature is no part of the id"
    );
}

#[test]
fn a_signature_for_one_purpose_fits_no_other() {
    let ada = Persona::new("ada");
    let public = ada.device.public();
    let hash = [7; 32];
    let (first, second) = (HandshakeRole::Initiator, HandshakeRole::Responder);
    let pairing = sign_pairing(&ada.device, first, &hash);
    verify_pairing(&public, first, &hash, &pairing).unwrap();
    assert!(verify_pairing(&public, second, &hash, &pairing).is_err());
    assert!(verify_lan(&public, first, &hash, &pairing).is_err());
    let lan = sign_lan(&ada.device, second, &hash);
    verify_lan(&public, second, &hash, &lan).unwrap();

    let target = RemoveTarget::Person(PersonId::from_bytes([9; 32])).endorsed_bytes();
    let consent = sign_endorsement(&ada.device, &space(), &target, &[1; 16]);
    verify_endorsement(&public, &space(), &target, &[1; 16], &consent).unwrap();
    assert!(verify_endorsement(&public, &space(), &target, &[2; 16], &consent).is_err());

    let heads = [ItemId::from_bytes([1; 32])];
    let act = sign_root(&ada.root, &space(), &heads, &Operation::Leave);
    let root = ada.root.public();
    verify_root(&root, &space(), &heads, &Operation::Leave, &act).unwrap();
    assert!(verify_root(&root, &space(), &[], &Operation::Leave, &act).is_err());
    assert!(verify_root(&root, &space(), &heads, &Operation::Merge, &act).is_err());
}

#[test]
fn a_request_is_good_for_exactly_what_was_asked() {
    let key = MailboxKey::make(&mut Seeded::new("mailbox"));
    let request = SignedRequest {
        method: "POST",
        path: "/v1/mailboxes/ab/envelopes",
        query: "limit=3",
        time_ms: 1_700_000_000_000,
        body: b"sealed",
        origin: "https://relay.example",
    };
    let signature = sign_request(&key, &request);
    let check = |request: SignedRequest<'_>| verify_request(&key.public(), &request, &signature);
    check(request).unwrap();
    for wrong in [
        SignedRequest {
            method: "PUT",
            ..request
        },
        SignedRequest {
            path: "/v1/mailboxes/ac/envelopes",
            ..request
        },
        SignedRequest {
            query: "limit=30",
            ..request
        },
        SignedRequest {
            time_ms: 1_700_000_000_001,
            ..request
        },
        SignedRequest {
            body: b"sealEd",
            ..request
        },
        SignedRequest {
            origin: "https://relay.other",
            ..request
        },
    ] {
        assert_eq!(check(wrong), Err(CryptoError::BadSignature), "{wrong:?}");
    }
}

#[test]
fn names_depend_on_all_they_are_made_of() {
    let goal = DocName::from_bytes([1; 16]);
    let day = outcome_name(&goal, "2026-11-22");
    assert_eq!(day, outcome_name(&goal, "2026-11-22"));
    assert_ne!(day, outcome_name(&goal, "2026-11-23"));
    let copy = published_name(&erase_key(), 2, &goal);
    assert_ne!(copy, published_name(&erase_key(), 3, &goal));
    assert_ne!(copy, goal);
}

proptest! {
    #[test]
    fn any_body_is_signed_and_verified(body in prop::collection::vec(any::<u8>(), 0..2000)) {
        let ada = Persona::new("ada");
        let item = sign_item(&ada.device, ada.draft(&body), &mut Seeded::new("salt")).unwrap();
        let parsed = Item::parse(&item.encode()).unwrap();
        prop_assert_eq!(&parsed, &item);
        prop_assert!(verify_item(&parsed, &ada.device.public()).is_ok());
    }
}
