//! Keyring copies: only the words open them, and nothing in them can be exchanged.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_crypto::{
    CryptoError, DeviceKey, KemKey, RecoveryMailbox, open_keyring, seal_keyring, verify_keyring,
};
use belay_model::{DeviceId, EpochId, PersonId, SpaceId};
use belay_protocol::limits::KEYRING_PART_MAX;
use belay_protocol::{Keyring, KeyringEpoch, KeyringPart, KeyringSpace, SpaceType};

use crate::common::{Seeded, erase_key};

/// A keyring of `self` and one pair, with an item of that many KiB, and that number.
pub(crate) fn keyring(kib: u8, n: u64) -> Keyring {
    let space = |at: u8, space_type| KeyringSpace {
        space_id: SpaceId::from_bytes([at; 32]),
        space_type,
        person_id: PersonId::from_bytes([at + 50; 32]),
        relays: vec!["https://relay.example".to_owned()],
        erase_key: [7; 32],
        sealed_person: (space_type == SpaceType::Pair).then(|| vec![3; 60]),
        epochs: vec![KeyringEpoch {
            epoch_id: EpochId::from_bytes([1; 32]),
            secret: [8; 32],
        }],
        items: vec![vec![9; usize::from(kib) * 1024]],
    };
    Keyring {
        device_id: DeviceId::from_bytes([4; 32]),
        n,
        spaces: vec![space(1, SpaceType::SelfSpace), space(2, SpaceType::Pair)],
        signature: [0; 64],
    }
}

struct Sealed {
    parts: Vec<KeyringPart>,
    mailbox: RecoveryMailbox,
    backup: KemKey,
    sign_key: DeviceKey,
}

fn sealed(kib: u8, n: u64) -> Sealed {
    let backup = KemKey::from_seed([0x22; 32]);
    let mailbox = RecoveryMailbox::from_seed(&[0x23; 32]);
    let sign_key = DeviceKey::from_seed(&[0x25; 32]);
    let keyring = keyring(kib, n);
    let person = keyring.own().unwrap().person_id;
    let envelopes = seal_keyring(
        keyring,
        &person,
        &sign_key,
        &backup.public(),
        &mailbox,
        &erase_key(),
        &mut Seeded::new("keyring"),
    )
    .unwrap();
    let parts = envelopes
        .iter()
        .map(|envelope| mailbox.open(&envelope.bytes).unwrap())
        .collect();
    Sealed {
        parts,
        mailbox,
        backup,
        sign_key,
    }
}

#[test]
fn a_keyring_of_several_parts_opens_with_the_words_in_any_order() {
    let mut sealed = sealed(60, 2);
    assert!(sealed.parts.len() > 1);
    sealed.parts.reverse();
    let (person, read) = open_keyring(&sealed.parts, &sealed.backup).unwrap();
    assert_eq!((person, read.n), (PersonId::from_bytes([51; 32]), 2));
    verify_keyring(&read, &person, &sealed.sign_key.public()).unwrap();
    let other = DeviceKey::from_seed(&[1; 32]).public();
    assert!(verify_keyring(&read, &person, &other).is_err());
    assert!(open_keyring(&sealed.parts[1..], &sealed.backup).is_err());
    assert!(open_keyring(&[], &sealed.backup).is_err());
    assert_eq!(
        open_keyring(&sealed.parts, &KemKey::from_seed([1; 32])),
        Err(CryptoError::DoesNotOpen),
        "words of another person"
    );
}

#[test]
fn a_copy_cannot_take_the_number_or_the_device_of_another() {
    let one = sealed(1, 2);
    for change in [
        |part: &mut KeyringPart| part.n = 900,
        |part: &mut KeyringPart| part.device_id = DeviceId::from_bytes([1; 32]),
    ] {
        let mut parts = one.parts.clone();
        parts.iter_mut().for_each(change);
        assert_eq!(
            open_keyring(&parts, &one.backup),
            Err(CryptoError::Contradiction)
        );
    }
    let two = sealed(60, 3);
    let mixed = [&two.parts[..1], &sealed(60, 4).parts[1..]].concat();
    assert_eq!(
        open_keyring(&mixed, &two.backup),
        Err(CryptoError::DoesNotOpen)
    );
}

#[test]
fn a_signature_holds_for_the_very_keyring_only() {
    let sealed = sealed(1, 2);
    let (person, mut read) = open_keyring(&sealed.parts, &sealed.backup).unwrap();
    read.spaces[1].relays.clear();
    assert!(verify_keyring(&read, &person, &sealed.sign_key.public()).is_err());
}

#[test]
fn an_envelope_of_another_mailbox_is_not_opened() {
    let sealed = sealed(1, 2);
    let other = RecoveryMailbox::from_seed(&[0x44; 32]);
    assert_ne!(other.tag(), sealed.mailbox.tag());
    let envelope = seal_keyring(
        keyring(1, 2),
        &PersonId::from_bytes([51; 32]),
        &sealed.sign_key,
        &sealed.backup.public(),
        &sealed.mailbox,
        &erase_key(),
        &mut Seeded::new("again"),
    )
    .unwrap();
    assert_eq!(
        other.open(&envelope[0].bytes),
        Err(CryptoError::OtherMailbox)
    );
    assert!(envelope[0].bytes.len() < KEYRING_PART_MAX);
}
