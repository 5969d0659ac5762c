//! An epoch's secret and what is derived from it.

use std::fmt;

use belay_model::{DeviceId, Entropy, EpochId, make_bytes};
use belay_protocol::EpochBody;
use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::derive::hkdf;
use crate::secret::secret;
use crate::{CryptoError, MailboxKey, label};

secret!(
    /// The secret of one epoch of a space. Whoever has it reads and writes that epoch's envelopes.
    /// Kept in `self` as long as the epoch's history is; wiped from memory when dropped.
    EpochSecret
);

impl EpochSecret {
    /// The commitment that the `epoch` item carries.
    #[must_use]
    pub fn commitment(&self, salt: &[u8; 32]) -> [u8; 32] {
        *hkdf(self.bytes(), Some(salt), label::EPOCH_COMMIT)
    }

    /// Checks that this is the secret the `epoch` item committed to.
    ///
    /// # Errors
    /// `WrongCommitment`.
    pub fn check(&self, epoch: &EpochBody) -> Result<(), CryptoError> {
        let made = self.commitment(&epoch.commit_salt);
        if bool::from(made[..].ct_eq(&epoch.secret_commit[..])) {
            Ok(())
        } else {
            Err(CryptoError::WrongCommitment)
        }
    }

    /// The keys of the epoch. Cheap enough to derive again after a restart; only the secret is stored.
    #[must_use]
    pub fn keys(&self, epoch: &EpochId) -> EpochKeys {
        let (mut prk, derive) = Hkdf::<Sha256>::extract(Some(epoch.as_bytes()), self.bytes());
        zeroize::Zeroize::zeroize(prk.as_mut_slice());
        let expand = |label: &str| {
            let mut key = Zeroizing::new([0; 32]);
            derive
                .expand(label.as_bytes(), &mut *key)
                .expect("32 bytes are below HKDF's limit");
            key
        };
        let mailbox = MailboxKey::from_seed(&expand(label::K_MAILBOX));
        EpochKeys {
            k_env: expand(label::K_ENV),
            mailbox_pk: mailbox.public(),
            mailbox,
            k_lan: expand(label::K_LAN),
        }
    }
}

/// What is derived from an epoch's secret. Wiped when dropped.
pub struct EpochKeys {
    pub(crate) k_env: Zeroizing<[u8; 32]>,
    mailbox: MailboxKey,
    mailbox_pk: [u8; 32],
    k_lan: Zeroizing<[u8; 32]>,
}

impl EpochKeys {
    /// The key that signs requests about the epoch's mailbox.
    #[must_use]
    pub const fn mailbox(&self) -> &MailboxKey {
        &self.mailbox
    }

    /// The epoch's mailbox.
    #[must_use]
    pub const fn mailbox_pk(&self) -> &[u8; 32] {
        &self.mailbox_pk
    }

    /// The epoch's key on the local network.
    #[must_use]
    pub fn k_lan(&self) -> &[u8; 32] {
        &self.k_lan
    }
}

impl fmt::Debug for EpochKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EpochKeys(..)")
    }
}

/// Makes a new epoch: its secret, and the body that commits to it. Lists are put in order here.
#[must_use]
pub fn make_epoch(
    mut parents: Vec<EpochId>,
    mut recipients: Vec<DeviceId>,
    entropy: &mut dyn Entropy,
) -> (EpochSecret, EpochBody) {
    let secret = EpochSecret::make(entropy);
    let commit_salt = make_bytes(entropy);
    parents.sort_unstable();
    parents.dedup();
    recipients.sort_unstable();
    recipients.dedup();
    let body = EpochBody {
        parents,
        recipients,
        secret_commit: secret.commitment(&commit_salt),
        commit_salt,
    };
    (secret, body)
}
