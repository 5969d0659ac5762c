//! Cutting the recovery secret into shares of which any few give it back, and sealing one to whoever keeps it.

use std::collections::BTreeMap;

use belay_model::{DeviceId, Entropy, SpaceId, make_bytes};
use belay_protocol::RecoveryShare;
use belay_protocol::limits::SHARES_MAX;
use subtle::ConstantTimeEq;
use vsss_rs::Gf256;
use zeroize::Zeroizing;

use crate::input::{Input, first};
use crate::kem::HandedIn;
use crate::{CryptoError, KemKey, KemPublic, RecoverySecret, kem, label};

/// Cuts the secret into `count` shares; any `threshold` of them give it back, fewer say nothing about it.
///
/// # Errors
/// `BadThreshold` for fewer than two needed, more needed than there are, or more than 16.
pub fn make_shares(
    secret: &RecoverySecret,
    threshold: u8,
    count: u8,
    entropy: &mut dyn Entropy,
) -> Result<Vec<RecoveryShare>, CryptoError> {
    if threshold < 2 || threshold > count || count > SHARES_MAX {
        return Err(CryptoError::BadThreshold);
    }
    let set_id = make_bytes(entropy);
    let check = check(&set_id, secret);
    let cut = Gf256::split_bytes(
        threshold.into(),
        count.into(),
        secret.bytes(),
        HandedIn(entropy),
    )
    .map_err(|_| CryptoError::BadThreshold)?;
    cut.into_iter()
        .map(Zeroizing::new)
        .map(|share| {
            let (index, value) = share.split_first().ok_or(CryptoError::BadThreshold)?;
            Ok(RecoveryShare {
                set_id,
                index: *index,
                threshold,
                check,
                value: value.try_into().map_err(|_| CryptoError::BadThreshold)?,
            })
        })
        .collect()
}

/// Gives the secret back. More shares than needed are fine, the same one twice is.
///
/// # Errors
/// `TooFewShares`; `MixedShares` of several sets, or when two say different things under one number;
/// `WrongShares` when they do not give what the set was made of.
pub fn combine_shares(shares: &[RecoveryShare]) -> Result<RecoverySecret, CryptoError> {
    let Some(one) = shares.first() else {
        return Err(CryptoError::TooFewShares {
            needed: 2,
            found: 0,
        });
    };
    let mut different: BTreeMap<u8, &RecoveryShare> = BTreeMap::new();
    for share in shares {
        let same_set =
            (share.set_id, share.threshold, share.check) == (one.set_id, one.threshold, one.check);
        let known = *different.entry(share.index).or_insert(share);
        if !same_set || !bool::from(known.value.ct_eq(&share.value)) {
            return Err(CryptoError::MixedShares);
        }
    }
    let needed = usize::from(one.threshold);
    if different.len() < needed {
        return Err(CryptoError::TooFewShares {
            needed: one.threshold,
            found: u8::try_from(different.len()).unwrap_or(u8::MAX),
        });
    }
    let points: Zeroizing<Vec<Vec<u8>>> = Zeroizing::new(
        different
            .values()
            .take(needed)
            .map(|share| {
                let mut point = Vec::with_capacity(33);
                point.push(share.index);
                point.extend_from_slice(&share.value);
                point
            })
            .collect(),
    );
    let joined = Gf256::combine_bytes(&*points)
        .map(Zeroizing::new)
        .map_err(|_| CryptoError::WrongShares)?;
    let bytes = joined[..]
        .try_into()
        .map_err(|_| CryptoError::WrongShares)?;
    let secret = RecoverySecret::from_bytes(bytes);
    if bool::from(check(&one.set_id, &secret).ct_eq(&one.check)) {
        Ok(secret)
    } else {
        Err(CryptoError::WrongShares)
    }
}

/// Eight bytes of a hash of 32 random ones: they tell a wrong result, and nothing about the right one.
fn check(set_id: &[u8; 8], secret: &RecoverySecret) -> [u8; 8] {
    let hash = Input::new(label::SHARE_CHECK)
        .fixed(set_id)
        .fixed(secret.bytes())
        .hash();
    first(&hash)
}

/// A share as it is sealed to one device of whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedShare {
    /// HPKE's encapsulated key.
    pub enc: Vec<u8>,
    /// HPKE's ciphertext.
    pub ciphertext: Vec<u8>,
}

fn share_info(space: &SpaceId, device: &DeviceId) -> Vec<u8> {
    Input::new(label::SHARE)
        .fixed(space.as_bytes())
        .fixed(device.as_bytes())
        .bytes()
}

/// Seals a share to a device of a trusted person: whoever gives it keeps nothing that opens it, so that
/// their own devices do not hold the shares of everybody.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_share(
    share: &RecoveryShare,
    space: &SpaceId,
    device: &DeviceId,
    public: &KemPublic,
    entropy: &mut dyn Entropy,
) -> Result<SealedShare, CryptoError> {
    let info = share_info(space, device);
    let sealed = kem::seal(public, &info, &share.encode(), entropy)?;
    Ok(SealedShare {
        enc: sealed.enc,
        ciphertext: sealed.ciphertext,
    })
}

/// Opens a share that was sealed to this device.
///
/// # Errors
/// `DoesNotOpen` with another key; `Format` when it is none.
pub fn open_share(
    sealed: &SealedShare,
    space: &SpaceId,
    device: &DeviceId,
    kem_key: &KemKey,
) -> Result<RecoveryShare, CryptoError> {
    let info = share_info(space, device);
    let plain = kem::open(kem_key, &info, &sealed.enc, &sealed.ciphertext)?;
    Ok(RecoveryShare::decode(&plain)?)
}
