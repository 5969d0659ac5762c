//! Shares of the recovery secret: any few give it back, fewer and others do not.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_crypto::{
    CryptoError, KemKey, RecoverySecret, combine_shares, make_shares, open_share, seal_share,
};
use belay_model::{DeviceId, SpaceId};
use proptest::prelude::*;

use crate::common::Seeded;

fn secret() -> RecoverySecret {
    RecoverySecret::from_bytes([0x7f; 32])
}

#[test]
fn too_few_mixed_and_altered_shares_are_told_apart() {
    let mut entropy = Seeded::new("shares");
    let shares = make_shares(&secret(), 3, 5, &mut entropy).unwrap();
    let others = make_shares(&secret(), 3, 5, &mut entropy).unwrap();
    assert_eq!(combine_shares(&shares[1..4]).unwrap(), secret());
    assert_eq!(combine_shares(&shares).unwrap(), secret(), "more are fine");
    assert_eq!(
        combine_shares(&shares[..2]),
        Err(CryptoError::TooFewShares {
            needed: 3,
            found: 2
        })
    );
    let twice = [&shares[..2], &shares[..1]].concat();
    assert_eq!(
        combine_shares(&twice),
        Err(CryptoError::TooFewShares {
            needed: 3,
            found: 2
        }),
        "one twice is one"
    );
    let mixed = [&shares[..2], &others[2..3]].concat();
    assert_eq!(combine_shares(&mixed), Err(CryptoError::MixedShares));
    let mut altered = shares[..3].to_vec();
    altered[1].value[0] ^= 1;
    assert_eq!(combine_shares(&altered), Err(CryptoError::WrongShares));
    let contradicting = [&shares[..3], &altered[1..2]].concat();
    assert_eq!(
        combine_shares(&contradicting),
        Err(CryptoError::MixedShares)
    );
    assert!(combine_shares(&[]).is_err());
}

#[test]
fn what_cannot_be_cut_is_refused() {
    let mut entropy = Seeded::new("shares");
    for (threshold, count) in [(1, 3), (4, 3), (2, 17), (0, 0)] {
        assert_eq!(
            make_shares(&secret(), threshold, count, &mut entropy),
            Err(CryptoError::BadThreshold)
        );
    }
}

#[test]
fn two_shares_of_three_leave_every_secret_possible() {
    // With two points given and a third one free, each value of it gives another secret byte.
    let shares = make_shares(&secret(), 3, 3, &mut Seeded::new("shares")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for byte in 0..=255u8 {
        let mut third = shares[2].clone();
        third.value[0] = byte;
        let points: Vec<Vec<u8>> = [&shares[0], &shares[1], &third]
            .iter()
            .map(|share| [&[share.index][..], &share.value].concat())
            .collect();
        seen.insert(vsss_rs::Gf256::combine_bytes(&points).unwrap()[0]);
    }
    assert_eq!(seen.len(), 256);
}

#[test]
fn a_share_opens_for_the_device_it_was_sealed_to_only() {
    let mut entropy = Seeded::new("shares");
    let share = make_shares(&secret(), 2, 2, &mut entropy)
        .unwrap()
        .remove(0);
    let key = KemKey::from_seed([3; 32]);
    let (space, device) = (SpaceId::from_bytes([1; 32]), DeviceId::from_bytes([2; 32]));
    let sealed = seal_share(&share, &space, &device, &key.recipient(), &mut entropy).unwrap();
    assert_eq!(open_share(&sealed, &space, &device, &key).unwrap(), share);
    assert!(open_share(&sealed, &SpaceId::ZERO, &device, &key).is_err());
    assert!(open_share(&sealed, &space, &DeviceId::ZERO, &key).is_err());
    assert!(open_share(&sealed, &space, &device, &KemKey::from_seed([4; 32])).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_few_give_the_secret_back(bytes: [u8; 32], threshold in 2u8..=5, more in 0u8..=4, seed: u64) {
        let secret = RecoverySecret::from_bytes(bytes);
        let mut shares =
            make_shares(&secret, threshold, threshold + more, &mut Seeded::new(&seed.to_string()))
                .unwrap();
        let turn = usize::try_from(seed % u64::from(threshold + more)).unwrap();
        shares.rotate_left(turn);
        shares.truncate(threshold.into());
        prop_assert_eq!(combine_shares(&shares).unwrap(), secret);
    }
}
