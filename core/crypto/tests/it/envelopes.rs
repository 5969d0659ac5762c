//! Envelopes: what goes in comes out, and nothing else does.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_crypto::{
    CryptoError, EpochKeys, SealedEnvelope, envelope_id, erase_hash, erase_token, open_envelope,
    seal_envelope,
};
use belay_model::{DeviceId, EpochId, SpaceId};
use belay_protocol::limits::{OUTER_HEAD, OUTER_MAX};
use belay_protocol::{Outer, padme};
use proptest::prelude::*;

use common::{epoch, epoch_id, erase_key, space};

const NONCE: [u8; 24] = [0x24; 24];

fn keys() -> EpochKeys {
    epoch(DeviceId::from_bytes([1; 32])).2
}

fn seal(items: &[Vec<u8>]) -> Result<SealedEnvelope, CryptoError> {
    seal_envelope(items, &keys(), &space(), &epoch_id(), &erase_key(), NONCE)
}

fn open(bytes: &[u8]) -> Result<Vec<Vec<u8>>, CryptoError> {
    open_envelope(bytes, &keys(), &space(), &epoch_id())
}

#[test]
fn every_flipped_bit_of_an_envelope_is_noticed() {
    let sealed = seal(&[b"one item".to_vec()]).unwrap();
    assert_eq!(open(&sealed.bytes).unwrap(), [b"one item".to_vec()]);
    for at in 0..sealed.bytes.len() {
        let mut wrong = sealed.bytes.clone();
        wrong[at] ^= 1 << (at % 8);
        assert!(open(&wrong).is_err(), "byte {at}");
        assert_ne!(envelope_id(&wrong), sealed.id);
    }
}

#[test]
fn a_shortened_or_lengthened_envelope_is_refused() {
    let sealed = seal(&[b"one item".to_vec()]).unwrap();
    for len in 0..sealed.bytes.len() {
        assert!(open(&sealed.bytes[..len]).is_err(), "{len} bytes");
    }
    assert!(open(&[&sealed.bytes[..], &[0]].concat()).is_err());
}

#[test]
fn an_envelope_opens_in_its_own_space_and_epoch_only() {
    let sealed = seal(&[b"one item".to_vec()]).unwrap();
    let other_space = SpaceId::from_bytes([9; 32]);
    let other_epoch = EpochId::from_bytes([9; 32]);
    assert_eq!(
        open_envelope(&sealed.bytes, &keys(), &other_space, &epoch_id()),
        Err(CryptoError::DoesNotOpen)
    );
    assert_eq!(
        open_envelope(&sealed.bytes, &keys(), &space(), &other_epoch),
        Err(CryptoError::DoesNotOpen)
    );
    let (secret, ..) = epoch(DeviceId::from_bytes([1; 32]));
    assert_eq!(
        open_envelope(
            &sealed.bytes,
            &secret.keys(&other_epoch),
            &space(),
            &epoch_id()
        ),
        Err(CryptoError::OtherMailbox)
    );
}

#[test]
fn a_key_other_than_the_one_committed_to_is_noticed_before_decrypting() {
    let sealed = seal(&[b"one item".to_vec()]).unwrap();
    let mut outer = Outer::parse(&sealed.bytes).unwrap();
    outer.commit[31] ^= 0x80;
    assert_eq!(open(&outer.encode()), Err(CryptoError::WrongCommitment));
}

#[test]
fn only_the_holder_of_the_erase_key_knows_the_token() {
    let sealed = seal(&[b"one item".to_vec()]).unwrap();
    let outer = Outer::parse(&sealed.bytes).unwrap();
    let token = erase_token(&erase_key(), &NONCE);
    assert_eq!(erase_hash(&token), outer.erase_hash);
    assert_ne!(token, erase_token(&erase_key(), &[0x25; 24]));
}

#[test]
fn small_envelopes_all_have_one_size() {
    let sizes = [1, 50, 400].map(|len| seal(&[vec![7; len]]).unwrap().bytes.len());
    assert_eq!(sizes, [OUTER_HEAD + 512 + 16; 3]);
}

#[test]
fn what_compresses_is_compressed_and_what_does_not_is_left_alone() {
    let alike = vec![vec![7; 60_000]; 10];
    let sealed = seal(&alike).unwrap();
    assert_eq!(sealed.bytes.len(), OUTER_HEAD + 512 + 16);
    assert_eq!(open(&sealed.bytes).unwrap(), alike);

    let mut random = vec![0; 2000];
    belay_model::Entropy::fill(&mut common::Seeded::new("noise"), &mut random);
    let sealed = seal(&[random.clone()]).unwrap();
    assert_eq!(sealed.bytes.len(), OUTER_HEAD + padme(4 + 4 + 2000) + 16);
    assert_eq!(open(&sealed.bytes).unwrap(), [random]);
}

#[test]
fn items_that_fit_no_envelope_are_called_too_large() {
    let mut random = vec![vec![0; 60_000]; 5];
    let mut entropy = common::Seeded::new("noise");
    for item in &mut random {
        belay_model::Entropy::fill(&mut entropy, item);
    }
    assert!(seal(&random).unwrap_err().is_too_large());
    assert!(seal(&random[..4]).unwrap().bytes.len() <= OUTER_MAX);
    assert!(seal(&vec![vec![0; 60_000]; 20]).unwrap_err().is_too_large());
    assert!(!seal(&[]).unwrap_err().is_too_large());
}

proptest! {
    #[test]
    fn any_items_come_out_as_they_went_in(
        items in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..400), 1..12),
        nonce: [u8; 24],
    ) {
        let sealed =
            seal_envelope(&items, &keys(), &space(), &epoch_id(), &erase_key(), nonce).unwrap();
        prop_assert_eq!(open(&sealed.bytes).unwrap(), items);
        prop_assert_eq!(Outer::parse(&sealed.bytes).unwrap().encode(), sealed.bytes);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..700)) {
        prop_assert!(open(&bytes).is_err());
        let mut begun = seal(&[vec![1]]).unwrap().bytes;
        begun.truncate(OUTER_HEAD - 4);
        begun.extend(bytes);
        prop_assert!(open(&begun).is_err());
    }
}
