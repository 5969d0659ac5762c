//! What is sealed to devices and to the recovery key.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_crypto::{
    BackupPurpose, CryptoError, EpochSecret, KemKey, KemPublic, RecoverySecret, make_wraps,
    open_from_backup, open_welcome, open_wrap, seal_to_backup, seal_welcome,
};
use belay_model::{DeviceId, EpochId, PersonId, SpaceId};
use belay_protocol::{Welcome, WrapsBody};

use common::{Persona, Seeded, epoch, epoch_id, space};

fn devices(count: u8) -> Vec<(DeviceId, KemKey)> {
    (0..count)
        .map(|n| {
            let kem = KemKey::from_seed([n; 32]);
            (DeviceId::from_bytes([n; 32]), kem)
        })
        .collect()
}

fn recipients(devices: &[(DeviceId, KemKey)]) -> Vec<(DeviceId, KemPublic)> {
    devices
        .iter()
        .map(|(id, kem)| (*id, kem.recipient()))
        .collect()
}

#[test]
fn every_recipient_opens_its_wrap_and_nobody_elses() {
    let devices = devices(3);
    let (secret, body, _) = epoch(devices[0].0);
    let mut entropy = Seeded::new("wraps");
    let all = make_wraps(
        &secret,
        &space(),
        &epoch_id(),
        &recipients(&devices),
        &mut entropy,
    )
    .unwrap();
    let [wraps] = &all[..] else {
        unreachable!("three recipients fit one body")
    };
    assert_eq!(wraps.wraps.len(), 4);
    for (device, kem) in &devices {
        let wrap = wraps.wrap_for(device).unwrap();
        let opened = open_wrap(wrap, kem, &space(), &epoch_id(), &body).unwrap();
        assert_eq!(opened, secret);
        let stranger = KemKey::from_seed([0xff; 32]);
        let opens = |kem: &KemKey, space: SpaceId, epoch: EpochId| {
            open_wrap(wrap, kem, &space, &epoch, &body)
        };
        assert!(opens(&stranger, space(), epoch_id()).is_err());
        assert!(opens(kem, SpaceId::ZERO, epoch_id()).is_err());
        assert!(opens(kem, space(), EpochId::ZERO).is_err());
    }
}

#[test]
fn wraps_are_filled_up_so_that_their_number_says_little() {
    let (secret, ..) = epoch(DeviceId::ZERO);
    for (count, bodies, entries) in [(1, 1, 4), (4, 1, 4), (5, 1, 16), (17, 4, 16)] {
        let to = recipients(&devices(count));
        let mut entropy = Seeded::new("wraps");
        let made = make_wraps(&secret, &space(), &epoch_id(), &to, &mut entropy).unwrap();
        assert_eq!(made.len(), bodies);
        for body in made {
            assert_eq!(body.wraps.len(), entries);
            let bytes = body.encode();
            assert!(bytes.len() <= 64 * 1024);
            assert_eq!(WrapsBody::parse(&bytes).unwrap(), body);
        }
    }
}

#[test]
fn nobody_too_many_or_one_twice_is_refused() {
    let (secret, ..) = epoch(DeviceId::ZERO);
    let mut entropy = Seeded::new("wraps");
    let mut wrap =
        |to: &[_]| make_wraps(&secret, &space(), &epoch_id(), to, &mut entropy).map(drop);
    let one = recipients(&devices(1));
    assert_eq!(wrap(&[]), Err(CryptoError::BadRecipients));
    assert_eq!(
        wrap(&[one.clone(), one.clone()].concat()),
        Err(CryptoError::BadRecipients)
    );
    assert_eq!(
        wrap(&vec![one[0].clone(); 65]),
        Err(CryptoError::BadRecipients)
    );
}

#[test]
fn a_secret_other_than_the_one_committed_to_is_refused() {
    let devices = devices(1);
    let (_, body, _) = epoch(devices[0].0);
    let lie = EpochSecret::from_bytes([5; 32]);
    let mut entropy = Seeded::new("wraps");
    let made = make_wraps(
        &lie,
        &space(),
        &epoch_id(),
        &recipients(&devices),
        &mut entropy,
    )
    .unwrap();
    let wrap = made[0].wrap_for(&devices[0].0).unwrap();
    assert_eq!(
        open_wrap(wrap, &devices[0].1, &space(), &epoch_id(), &body),
        Err(CryptoError::WrongCommitment)
    );
}

#[test]
fn every_flipped_byte_of_a_wrap_is_noticed() {
    let devices = devices(1);
    let (secret, body, _) = epoch(devices[0].0);
    let mut entropy = Seeded::new("wraps");
    let made = make_wraps(
        &secret,
        &space(),
        &epoch_id(),
        &recipients(&devices),
        &mut entropy,
    )
    .unwrap();
    let wrap = made[0].wrap_for(&devices[0].0).unwrap();
    for at in (0..wrap.enc.len()).step_by(16).chain([wrap.enc.len() - 1]) {
        let mut wrong = wrap.clone();
        wrong.enc[at] ^= 1;
        let opened = open_wrap(&wrong, &devices[0].1, &space(), &epoch_id(), &body);
        assert_eq!(opened, Err(CryptoError::DoesNotOpen), "byte {at}");
    }
    for at in 0..wrap.ciphertext.len() {
        let mut wrong = wrap.clone();
        wrong.ciphertext[at] ^= 1;
        let opened = open_wrap(&wrong, &devices[0].1, &space(), &epoch_id(), &body);
        assert_eq!(opened, Err(CryptoError::DoesNotOpen), "byte {at}");
    }
}

#[test]
fn the_keys_of_two_epochs_have_nothing_in_common() {
    let (secret, ..) = epoch(DeviceId::ZERO);
    let one = secret.keys(&EpochId::from_bytes([1; 32]));
    let two = secret.keys(&EpochId::from_bytes([2; 32]));
    assert_ne!(one.mailbox_pk(), two.mailbox_pk());
    assert_ne!(one.k_lan(), two.k_lan());
    assert_ne!(one.k_lan(), one.mailbox_pk());
}

#[test]
fn a_welcome_is_for_one_device_in_one_space() {
    let ben = Persona::new("ben");
    let welcome = Welcome {
        relays: vec!["https://relay.example".into()],
        items: vec![vec![1; 300], vec![2; 30_000]],
        floors: vec![],
    };
    let mut entropy = Seeded::new("welcome");
    let public = ben.kem.public();
    let sealed = seal_welcome(&welcome, &space(), &ben.device_id, &public, &mut entropy).unwrap();
    assert_eq!(
        open_welcome(&sealed, &ben.device_id, &ben.kem).unwrap(),
        welcome
    );
    assert!(open_welcome(&sealed, &DeviceId::ZERO, &ben.kem).is_err());
    let mut moved = sealed.clone();
    moved.space_id = SpaceId::ZERO;
    assert!(open_welcome(&moved, &ben.device_id, &ben.kem).is_err());
}

#[test]
fn a_backup_opens_with_the_words_and_for_its_purpose_only() {
    let secret = RecoverySecret::make(&mut Seeded::new("words"));
    let words = secret.words().join(" ");
    let public = secret.keys().backup.public();
    let purpose = BackupPurpose::RecoveryKey(PersonId::from_bytes([1; 32]));
    let mut entropy = Seeded::new("backup");
    let sealed = seal_to_backup(&public, purpose, b"P", &mut entropy).unwrap();

    let backup = RecoverySecret::parse(&words).unwrap().keys().backup;
    assert_eq!(
        open_from_backup(&backup, purpose, &sealed).unwrap()[..],
        b"P"[..]
    );
    for other in [
        BackupPurpose::RecoveryKey(PersonId::from_bytes([2; 32])),
        BackupPurpose::Keyring(PersonId::from_bytes([1; 32])),
        BackupPurpose::StoreKey,
    ] {
        assert!(open_from_backup(&backup, other, &sealed).is_err());
    }
    assert!(open_from_backup(&backup, purpose, &sealed[..100]).is_err());
}

#[test]
fn the_recovery_keys_are_all_different() {
    let keys = RecoverySecret::from_bytes([1; 32]).keys();
    let seeds = [
        *keys.root.seed(),
        *keys.backup.seed(),
        *keys.age,
        *keys.mailbox.seed(),
    ];
    for (at, seed) in seeds.iter().enumerate() {
        assert!(!seeds[..at].contains(seed) && *seed != [1; 32]);
    }
}
