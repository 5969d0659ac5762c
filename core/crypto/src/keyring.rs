//! Sealing a person's keyring so that only the recovery words open it, and the mailbox its copies go to.

use std::fmt;

use belay_model::{Entropy, EpochId, PersonId, SpaceId, make_bytes};
use belay_protocol::{Keyring, KeyringPart, SealedKeyring};
use zeroize::Zeroizing;

use crate::derive::hkdf;
use crate::envelope::{Under, open_under, seal_under};
use crate::input::Input;
use crate::keys::verify;
use crate::{
    BackupPurpose, CryptoError, DeviceKey, EraseKey, KemKey, LanKey, MailboxKey, SealedEnvelope,
    label, open_from_backup, seal_to_backup,
};

/// The recovery mailbox: a relay sees an ordinary mailbox with ordinary envelopes. Every own device has its
/// key, to put copies there and to take back its own; what is in them opens with the words alone.
pub struct RecoveryMailbox {
    mailbox: MailboxKey,
    public: [u8; 32],
    k_env: Zeroizing<[u8; 32]>,
    lan_key: LanKey,
}

impl fmt::Debug for RecoveryMailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryMailbox(..)")
    }
}

impl RecoveryMailbox {
    /// The mailbox of the seed that comes from the words.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let mailbox = MailboxKey::from_seed(seed);
        Self {
            public: mailbox.public(),
            k_env: hkdf(seed, None, label::K_RECOVERY),
            lan_key: LanKey::of_words(seed),
            mailbox,
        }
    }

    /// The key that signs requests about it.
    #[must_use]
    pub const fn key(&self) -> &MailboxKey {
        &self.mailbox
    }

    /// By what devices in one room recognise whoever has the words.
    #[must_use]
    pub fn lan_key(&self) -> LanKey {
        self.lan_key.clone()
    }

    /// What its envelopes name it by.
    #[must_use]
    pub fn tag(&self) -> [u8; 16] {
        crate::mailbox_tag(&self.public)
    }

    fn under(&self) -> Under<'_> {
        Under {
            k_env: &self.k_env,
            mailbox_pk: &self.public,
            space: &SpaceId::ZERO,
            epoch: &EpochId::ZERO,
        }
    }

    /// Seals one part.
    fn seal(
        &self,
        part: &KeyringPart,
        erase_key: &EraseKey,
        entropy: &mut dyn Entropy,
    ) -> Result<SealedEnvelope, CryptoError> {
        let nonce = make_bytes(entropy);
        seal_under(&self.under(), &[part.encode()], erase_key, nonce)
    }

    /// Opens one envelope of the mailbox.
    ///
    /// # Errors
    /// As [`crate::open_envelope`]; `Format` when it holds anything but one part.
    pub fn open(&self, envelope: &[u8]) -> Result<KeyringPart, CryptoError> {
        let items = open_under(&self.under(), envelope)?;
        match items.as_slice() {
            [part] => Ok(KeyringPart::parse(part)?),
            _ => Err(belay_protocol::ProtocolError::Malformed("recovery mailbox").into()),
        }
    }
}

/// Signs the keyring as the device that made it, seals it to the backup key, and puts it into envelopes of
/// the recovery mailbox. `person` is the person in `self`.
///
/// # Errors
/// `Format(TooLarge)` for a keyring beyond its limits; `BadPublicKey`.
pub fn seal_keyring(
    mut keyring: Keyring,
    person: &PersonId,
    sign_key: &DeviceKey,
    backup_public: &[u8],
    mailbox: &RecoveryMailbox,
    erase_key: &EraseKey,
    entropy: &mut dyn Entropy,
) -> Result<Vec<SealedEnvelope>, CryptoError> {
    keyring.signature = sign_key.sign(&signed_input(person, &keyring));
    let plain = Zeroizing::new(keyring.encode());
    if plain.len() > belay_protocol::limits::KEYRING_MAX {
        return Err(belay_protocol::ProtocolError::TooLarge {
            what: "keyring",
            max: belay_protocol::limits::KEYRING_MAX,
        }
        .into());
    }
    let purpose = BackupPurpose::Keyring(*person);
    let sealed = SealedKeyring {
        person_id: *person,
        sealed: seal_to_backup(backup_public, purpose, &plain, entropy)?,
    };
    KeyringPart::cut(keyring.device_id, keyring.n, &sealed.encode())?
        .iter()
        .map(|part| mailbox.seal(part, erase_key, entropy))
        .collect()
}

/// Opens a keyring from all its parts, in any order. Whose device signed it is checked by
/// [`verify_keyring`], once the acts in it tell that device's key.
///
/// # Errors
/// `DoesNotOpen` with other words, or when parts are missing; `Format`; `Contradiction` when the parts say
/// another number or device than the keyring.
pub fn open_keyring(
    parts: &[KeyringPart],
    backup: &KemKey,
) -> Result<(PersonId, Keyring), CryptoError> {
    let mut ordered: Vec<&KeyringPart> = parts.iter().collect();
    ordered.sort_by_key(|part| part.index);
    ordered.dedup_by_key(|part| part.index);
    let first = ordered.first().ok_or(CryptoError::DoesNotOpen)?;
    let (device_id, n, count) = (first.device_id, first.n, first.count);
    let whole = ordered.len() == usize::from(count)
        && ordered
            .iter()
            .all(|part| (part.device_id, part.n, part.count) == (device_id, n, count));
    if !whole {
        return Err(CryptoError::DoesNotOpen);
    }
    let joined: Vec<u8> = ordered
        .iter()
        .flat_map(|part| part.bytes.iter().copied())
        .collect();
    let sealed = SealedKeyring::parse(&joined)?;
    let purpose = BackupPurpose::Keyring(sealed.person_id);
    let plain = open_from_backup(backup, purpose, &sealed.sealed)?;
    let keyring = Keyring::parse(&plain)?;
    let own = keyring.own().map(|own| own.person_id);
    if (keyring.device_id, keyring.n, own) != (device_id, n, Some(sealed.person_id)) {
        return Err(CryptoError::Contradiction);
    }
    Ok((sealed.person_id, keyring))
}

/// Checks that the device of this key made the keyring.
///
/// # Errors
/// `BadSignature`.
pub fn verify_keyring(
    keyring: &Keyring,
    person: &PersonId,
    sign_pk: &[u8; 32],
) -> Result<(), CryptoError> {
    verify(sign_pk, &signed_input(person, keyring), &keyring.signature)
}

fn signed_input(person: &PersonId, keyring: &Keyring) -> Vec<u8> {
    let signed = Zeroizing::new(keyring.signed_bytes());
    Input::new(label::KEYRING_SIGNED)
        .fixed(person.as_bytes())
        .fixed(blake3::hash(&signed).as_bytes())
        .bytes()
}
