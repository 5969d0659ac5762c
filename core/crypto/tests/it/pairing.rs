//! Pairing, seen from both sides and from the relay between them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_crypto::pairing::{
    ComparisonCode, DistanceInvitation, NoiseInitiator, Scanner, ScannerSession, Shower,
    check_reveal, commitment, make_distance_words, make_invitation, noise_respond, open_slot,
    seal_slot, transcript,
};
use belay_crypto::{CryptoError, seal_welcome};
use belay_protocol::{Bundle, InvitationQr, Reveal, SealedWelcome, Welcome};

use common::{Persona, Seeded, space};

fn invitation() -> InvitationQr {
    make_invitation(
        None,
        vec![],
        1_800_000_000_000,
        &mut Seeded::new("invitation"),
    )
}

fn connect(invitation: &InvitationQr) -> (ScannerSession, Shower) {
    let mut entropy = Seeded::new("handshake");
    let (scanner, slot0) = Scanner::start(invitation, &mut entropy).unwrap();
    let (shower, slot1) = Shower::answer(invitation, &slot0, &mut entropy).unwrap();
    (scanner.connect(&slot1).unwrap(), shower)
}

fn welcome_to(ben: &Persona) -> (Welcome, SealedWelcome) {
    let welcome = Welcome {
        relays: vec![],
        items: vec![vec![7; 65_000]; 3],
        floors: vec![],
    };
    let (public, mut entropy) = (ben.kem.public(), Seeded::new("welcome"));
    let sealed = seal_welcome(&welcome, &space(), &ben.device_id, &public, &mut entropy);
    (welcome, sealed.unwrap())
}

#[test]
fn two_phones_in_one_room_come_to_know_each_other() {
    let (ada, ben) = (Persona::new("ada"), Persona::new("ben"));
    let ada_bundle = Bundle::Person(ada.genesis.clone());
    let ben_bundle = Bundle::Person(ben.genesis.clone());
    let mut entropy = Seeded::new("pairing");
    let text = invitation().to_text().unwrap();
    let (mut scanner, mut shower) = connect(&InvitationQr::parse(&text).unwrap());
    assert_eq!(scanner.code(), shower.code());

    let slot2 = scanner
        .bundle_slot(&ben_bundle, &ben.device, &mut entropy)
        .unwrap();
    assert_eq!(shower.open_bundle_slot(&slot2).unwrap(), ben_bundle);
    let (welcome, sealed) = welcome_to(&ben);
    let slot3 = shower
        .welcome_slot(&ada_bundle, &ada.device, sealed, &mut entropy)
        .unwrap();
    let (bundle, found, opened) = scanner
        .open_welcome_slot(&slot3, &ben.device_id, &ben.kem)
        .unwrap();
    assert_eq!((bundle, found, opened), (ada_bundle, space(), welcome));
}

#[test]
fn someone_who_did_not_see_the_code_cannot_answer_it() {
    let mut entropy = Seeded::new("handshake");
    let mut seen_badly = invitation();
    seen_badly.key[0] ^= 1;
    let (_, slot0) = Scanner::start(&seen_badly, &mut entropy).unwrap();
    let answered = Shower::answer(&invitation(), &slot0, &mut entropy);
    assert_eq!(answered.map(drop), Err(CryptoError::DoesNotOpen));
}

#[test]
fn every_flipped_byte_between_the_two_is_noticed() {
    let ben = Persona::new("ben");
    let bundle = Bundle::Person(ben.genesis.clone());
    let mut entropy = Seeded::new("handshake");
    let (scanner, slot0) = Scanner::start(&invitation(), &mut entropy).unwrap();
    for at in 0..slot0.len() {
        let mut wrong = slot0.clone();
        wrong[at] ^= 1;
        assert!(
            Shower::answer(&invitation(), &wrong, &mut entropy).is_err(),
            "byte {at}"
        );
    }
    let (mut shower, slot1) = Shower::answer(&invitation(), &slot0, &mut entropy).unwrap();
    let mut scanner = scanner.connect(&slot1).unwrap();
    let slot2 = scanner
        .bundle_slot(&bundle, &ben.device, &mut entropy)
        .unwrap();
    for at in (0..slot2.len()).step_by(7) {
        let mut wrong = slot2.clone();
        wrong[at] ^= 1;
        assert!(shower.open_bundle_slot(&wrong).is_err(), "byte {at}");
    }
    assert!(
        shower.open_bundle_slot(&slot2).is_ok(),
        "a refused message does no harm"
    );
}

#[test]
fn a_bundle_signed_by_another_key_is_refused() {
    let (ben, eve) = (Persona::new("ben"), Persona::new("eve"));
    let bundle = Bundle::Person(ben.genesis.clone());
    let mut entropy = Seeded::new("pairing");
    let (mut scanner, mut shower) = connect(&invitation());
    let slot2 = scanner
        .bundle_slot(&bundle, &eve.device, &mut entropy)
        .unwrap();
    assert_eq!(
        shower.open_bundle_slot(&slot2),
        Err(CryptoError::BadSignature)
    );
}

#[test]
fn a_bundle_whose_genesis_is_not_signed_by_its_person_is_refused() {
    let ben = Persona::new("ben");
    let mut genesis = ben.genesis.clone();
    genesis.salt[0] ^= 1;
    let mut entropy = Seeded::new("pairing");
    let (mut scanner, mut shower) = connect(&invitation());
    let bundle = Bundle::Person(genesis);
    let slot2 = scanner
        .bundle_slot(&bundle, &ben.device, &mut entropy)
        .unwrap();
    assert_eq!(
        shower.open_bundle_slot(&slot2),
        Err(CryptoError::BadSignature)
    );
}

#[test]
fn an_own_device_is_paired_with_its_keys_alone() {
    let tablet = Persona::new("tablet");
    let bundle = Bundle::Device {
        sign_pk: tablet.device.public(),
        random: [5; 16],
        kem: tablet.kem.statement(0),
    };
    let mut entropy = Seeded::new("pairing");
    let (mut scanner, mut shower) = connect(&invitation());
    let slot2 = scanner
        .bundle_slot(&bundle, &tablet.device, &mut entropy)
        .unwrap();
    assert_eq!(shower.open_bundle_slot(&slot2).unwrap(), bundle);
}

#[test]
fn slots_do_not_fit_each_others_place() {
    let invitation = DistanceInvitation::from_link(&[1; 16]);
    let (key, id) = (&invitation.seal, &invitation.id);
    let sealed = seal_slot(key, id, 1, b"m1", &mut Seeded::new("slot"));
    assert_eq!(open_slot(key, id, 1, &sealed).unwrap(), b"m1");
    assert!(open_slot(key, id, 2, &sealed).is_err());
    assert!(open_slot(key, &[0; 16], 1, &sealed).is_err());
    assert!(open_slot(key, id, 1, &sealed[..10]).is_err());
}

#[test]
fn a_channel_carries_long_messages_in_order_and_whole() {
    let mut entropy = Seeded::new("noise");
    let (psk, prologue) = ([1; 32], b"test");
    let (initiator, first) = NoiseInitiator::start(&psk, prologue, &mut entropy).unwrap();
    let (mut right, answer) = noise_respond(&psk, prologue, &first, &mut entropy).unwrap();
    let mut left = initiator.finish(&answer).unwrap();
    assert_eq!(left.handshake_hash(), right.handshake_hash());
    for len in [0, 1, 65_518, 65_519, 200_000] {
        let plain = vec![len as u8; len];
        let sealed = left.seal(&plain).unwrap();
        assert_eq!(right.open(&sealed).unwrap(), plain);
        assert!(right.open(&sealed).is_err(), "a repeated message");
    }
    let sealed = left.seal(&[7; 100_000]).unwrap();
    let first_piece = 2 + 65_535;
    assert!(
        right.open(&sealed[..first_piece]).is_err(),
        "a shortened message"
    );
}

#[test]
fn another_prologue_is_another_handshake() {
    let mut entropy = Seeded::new("noise");
    let (_, first) = NoiseInitiator::start(&[1; 32], b"here", &mut entropy).unwrap();
    let answered = noise_respond(&[1; 32], b"there", &first, &mut entropy);
    assert_eq!(answered.map(drop), Err(CryptoError::Handshake));
}

#[test]
fn at_a_distance_a_changed_reveal_is_noticed_and_a_changed_answer_changes_the_words() {
    let (ada, ben) = (Persona::new("ada"), Persona::new("ben"));
    let id = [4; 16];
    let m2 = Reveal {
        nonce: [1; 32],
        bundle: Bundle::Person(ada.genesis.clone()),
    };
    let m1 = Reveal {
        nonce: [2; 32],
        bundle: Bundle::Person(ben.genesis),
    };
    let m0 = commitment(&id, &m2.nonce, &m2.bundle);
    check_reveal(&id, &m0, &m2).unwrap();
    let mut other = m2.clone();
    other.nonce[0] ^= 1;
    assert_eq!(
        check_reveal(&id, &m0, &other),
        Err(CryptoError::Contradiction)
    );

    let code = ComparisonCode::derive(&transcript(&id, &m0, &m1, &m2));
    let eve = Reveal {
        nonce: [2; 32],
        bundle: Bundle::Person(Persona::new("eve").genesis),
    };
    assert_ne!(
        code,
        ComparisonCode::derive(&transcript(&id, &m0, &eve, &m2))
    );
}

#[test]
fn four_words_lead_both_sides_to_one_rendezvous() {
    let words = make_distance_words(&mut Seeded::new("words")).join(" ");
    let one = DistanceInvitation::from_words(&words).unwrap();
    let two = DistanceInvitation::from_words(&words.to_uppercase()).unwrap();
    assert_eq!((one.id, one.seal), (two.id, two.seal));
    assert!(matches!(
        DistanceInvitation::from_words("zoo zoo zoo zooo"),
        Err(CryptoError::UnknownWord {
            position: 4,
            nearest: "zoo"
        })
    ));
}
