//! What is sealed to one device or to the recovery key: epoch secrets, the welcome, backups.

use belay_model::{DeviceId, Entropy, EpochId, PersonId, SpaceId, make_bytes};
use belay_protocol::limits::{DEVICES_MAX, KEM_ENCAPSULATED, WRAPS_SIZES};
use belay_protocol::{EpochBody, SealedWelcome, Welcome, Wrap, WrapsBody};
use zeroize::Zeroizing;

use crate::input::Input;
use crate::{CryptoError, EpochSecret, KemKey, KemPublic, kem, label};

/// How many entries all `wraps` items of one epoch have together.
const TOTALS: [usize; 3] = [WRAPS_SIZES[0], WRAPS_SIZES[1], DEVICES_MAX];

fn wrap_info(space: &SpaceId, epoch: &EpochId, device: &DeviceId) -> Vec<u8> {
    Input::new(label::WRAP)
        .fixed(space.as_bytes())
        .fixed(epoch.as_bytes())
        .fixed(device.as_bytes())
        .bytes()
}

/// Seals an epoch's secret to devices, each given with its newest KEM public key. Filled up to 4, 16
/// or 64 entries with seals of zeros to keys nobody has; 64 entries are four bodies of 16.
///
/// # Errors
/// `BadRecipients` for none, more than 64 or one twice.
pub fn make_wraps(
    secret: &EpochSecret,
    space: &SpaceId,
    epoch: &EpochId,
    recipients: &[(DeviceId, KemPublic)],
    entropy: &mut dyn Entropy,
) -> Result<Vec<WrapsBody>, CryptoError> {
    let total = TOTALS
        .into_iter()
        .find(|total| recipients.len() <= *total)
        .filter(|_| !recipients.is_empty())
        .ok_or(CryptoError::BadRecipients)?;
    let mut wraps = Vec::with_capacity(total);
    for (device, public) in recipients {
        wraps.push(wrap(secret, space, epoch, *device, public, entropy)?);
    }
    let nothing = EpochSecret::from_bytes([0; 32]);
    while wraps.len() < total {
        let device = DeviceId::from_bytes(make_bytes(entropy));
        let nobody = KemKey::make(entropy).recipient();
        wraps.push(wrap(&nothing, space, epoch, device, &nobody, entropy)?);
    }
    wraps.sort_unstable_by_key(|wrap| wrap.device_id);
    if !wraps.is_sorted_by(|a, b| a.device_id < b.device_id) {
        return Err(CryptoError::BadRecipients);
    }
    let size = total.min(WRAPS_SIZES[1]);
    Ok(wraps
        .chunks(size)
        .map(|wraps| WrapsBody {
            epoch_id: *epoch,
            wraps: wraps.to_vec(),
        })
        .collect())
}

fn wrap(
    secret: &EpochSecret,
    space: &SpaceId,
    epoch: &EpochId,
    device_id: DeviceId,
    public: &KemPublic,
    entropy: &mut dyn Entropy,
) -> Result<Wrap, CryptoError> {
    let info = wrap_info(space, epoch, &device_id);
    let sealed = kem::seal(public, &info, secret.bytes(), entropy)?;
    Ok(Wrap {
        device_id,
        enc: sealed.enc,
        ciphertext: sealed.ciphertext,
    })
}

/// Opens the wrap of a device and checks the secret against the epoch's commitment.
///
/// # Errors
/// `DoesNotOpen` with the wrong KEM key (an older one may fit), `WrongCommitment` when whoever
/// wrapped it lied.
pub fn open_wrap(
    wrap: &Wrap,
    kem: &KemKey,
    space: &SpaceId,
    epoch_id: &EpochId,
    epoch: &EpochBody,
) -> Result<EpochSecret, CryptoError> {
    let info = wrap_info(space, epoch_id, &wrap.device_id);
    let plain = kem::open(kem, &info, &wrap.enc, &wrap.ciphertext)?;
    let bytes = plain[..].try_into().map_err(|_| CryptoError::DoesNotOpen)?;
    let secret = EpochSecret::from_bytes(bytes);
    secret.check(epoch)?;
    Ok(secret)
}

fn welcome_info(space: &SpaceId, device: &DeviceId) -> Vec<u8> {
    Input::new(label::WELCOME)
        .fixed(space.as_bytes())
        .fixed(device.as_bytes())
        .bytes()
}

/// Seals the welcome to a newcomer's first device.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_welcome(
    welcome: &Welcome,
    space: &SpaceId,
    device: &DeviceId,
    kem_public: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<SealedWelcome, CryptoError> {
    let info = welcome_info(space, device);
    let public = KemPublic::parse(kem_public)?;
    let sealed = kem::seal(&public, &info, &welcome.encode(), entropy)?;
    Ok(SealedWelcome {
        space_id: *space,
        enc: sealed.enc,
        ciphertext: sealed.ciphertext,
    })
}

/// Opens the welcome. Its items are checked by the gate like any others.
///
/// # Errors
/// `DoesNotOpen` or `Format`.
pub fn open_welcome(
    sealed: &SealedWelcome,
    device: &DeviceId,
    kem: &KemKey,
) -> Result<Welcome, CryptoError> {
    let info = welcome_info(&sealed.space_id, device);
    let plain = kem::open(kem, &info, &sealed.enc, &sealed.ciphertext)?;
    Ok(Welcome::parse(&plain)?)
}

/// What is sealed to the recovery backup key, so that one seal never passes for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupPurpose {
    /// The keyring of the person with this id in `self`.
    Keyring(PersonId),
    /// The recovery key P of the person with this id.
    RecoveryKey(PersonId),
    /// The store key of this installation.
    StoreKey,
}

impl BackupPurpose {
    fn info(self) -> Vec<u8> {
        match self {
            Self::Keyring(person) => Input::new(label::KEYRING).fixed(person.as_bytes()),
            Self::RecoveryKey(person) => Input::new(label::SEALED_P).fixed(person.as_bytes()),
            Self::StoreKey => Input::new(label::SEALED_STORE_KEY),
        }
        .bytes()
    }
}

/// Seals to the public half of the recovery backup key: encapsulated key, then ciphertext.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_to_backup(
    backup_public: &[u8],
    purpose: BackupPurpose,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CryptoError> {
    let public = KemPublic::parse(backup_public)?;
    let sealed = kem::seal(&public, &purpose.info(), plain, entropy)?;
    Ok([sealed.enc, sealed.ciphertext].concat())
}

/// Opens what [`seal_to_backup`] made, with the key that comes from the recovery words.
///
/// # Errors
/// `DoesNotOpen`.
pub fn open_from_backup(
    backup: &KemKey,
    purpose: BackupPurpose,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    let (enc, ciphertext) = sealed
        .split_at_checked(KEM_ENCAPSULATED)
        .ok_or(CryptoError::DoesNotOpen)?;
    kem::open(backup, &purpose.info(), enc, ciphertext)
}
