//! Coming back on an empty device with the 24 words: a new device of the person, added by the words' own key,
//! with everything that a copy of the keyring opens (product id X4).

use std::fmt;

use belay_crypto::{
    BackupPurpose, DeviceKey, EraseKey, KemKey, RootKey, device_id, open_from_backup,
};
use belay_document::documents::Draft as DocumentDraft;
use belay_document::records::{KeysRecord, SpaceKeys};
use belay_model::{DeviceId, DisplayName, DocName, Entropy, make_bytes};
use belay_protocol::relay::{Code, RelayOrigin, Scheme};
use belay_protocol::{DeviceCertificate, DocKind, KeyringPart, KeyringSpace, Operation, SpaceType};
use belay_store::{NewSpace, SecretKind};
use belay_transport::{RelayClient, RelayOptions};
use serde::Serialize;
use zeroize::Zeroizing;

use super::found::{self, FoundKeyring};
use super::{copies, words};
use crate::engine::Engine;
use crate::input::EngineConfig;
use crate::open::{BACKUP_PUBLIC, SELF_SPACE, make_store};
use crate::own_devices::OWN_RANDOM;
use crate::relays::choice::keep_choice;
use crate::session::Session;
use crate::syncing::held::Freed;
use crate::syncing::incarnation::make_incarnation;
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Result};

/// Somebody who comes back on an empty device.
#[derive(Clone, Default)]
pub struct NewRestored {
    /// The 24 words, as typed.
    pub words: Zeroizing<String>,
    /// What the new device is called among the person's own; may stay open.
    pub device_name: Option<String>,
    /// A passphrase beside the secret of the [`crate::SecretStore`]; `None` to open with the secret alone.
    pub passphrase: Option<String>,
}

impl fmt::Debug for NewRestored {
    /// Neither words nor passphrase.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewRestored").finish_non_exhaustive()
    }
}

/// What came back with the words, before anything was read from a relay or a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RestoredView {
    /// Partnerships this device takes part in again.
    pub partnerships: u64,
    /// Partnerships that the copy names and this device could not join: they were ended, or their keys do not
    /// fit.
    pub left_out: u64,
    /// The person's other devices that are still theirs: one that was lost is among them until it is removed.
    pub other_devices: u64,
}

/// A relay that somebody typed, and whether they agreed to speak to it unencrypted.
struct TypedRelay {
    origin: RelayOrigin,
    plain: bool,
}

impl Engine {
    /// Comes back from the words and the relay that kept the sealed copy. Makes a store and a new device of
    /// the person; what was written comes with the next syncs. Touches the network first, then the disk.
    ///
    /// # Errors
    /// `InvalidInput{recovery_words, ..}` (see [`crate::mistyped_recovery_word`]); `Unavailable` with
    /// `no-copy-found` when the relay has nothing that these words open, `words-replaced`, `already-exists`,
    /// `relay-plain-http`; `InvalidInput{relay, not_an_address}`; `Offline`. Nothing is left then.
    pub async fn restore_from_relay(
        config: EngineConfig,
        new: NewRestored,
        relay: &str,
        allow_plain_http: bool,
    ) -> Result<(Self, RestoredView)> {
        let secret = words::parse(&new.words)?;
        if Self::exists(&config.dir) && !Self::is_going(&config.dir) {
            return Err(BelayError::unavailable("already-exists"));
        }
        let relay = typed_relay(relay, allow_plain_http)?;
        let options = RelayOptions {
            allow_plain_http,
            ..RelayOptions::default()
        };
        let client = RelayClient::new(relay.origin.clone(), &options)?;
        let mailbox = belay_crypto::RecoveryMailbox::from_seed(&secret.keys().mailbox.seed());
        let found = client_read(&client, &mailbox, config.clock.now_ms()).await?;
        let parts = found.into_iter().map(|found| found.part).collect();
        let keyring = found::open(&secret, parts)?;
        Self::restore(config, new, &keyring, Some(&relay))
    }

    /// Comes back from the words and envelopes of any origin: a file, or another own device
    /// ([`Engine::sealed_keyring`]). Envelopes of other mailboxes are passed over. Everything else in the file is
    /// read afterwards like any other. Makes a store and a new device of the person. Writes to disk.
    ///
    /// # Errors
    /// As [`Engine::restore_from_relay`], without what comes from a network.
    pub fn restore_from_envelopes(
        config: EngineConfig,
        new: NewRestored,
        envelopes: impl IntoIterator<Item = Vec<u8>>,
    ) -> Result<(Self, RestoredView)> {
        let secret = words::parse(&new.words)?;
        let mailbox = belay_crypto::RecoveryMailbox::from_seed(&secret.keys().mailbox.seed());
        let parts: Vec<KeyringPart> = envelopes
            .into_iter()
            .filter_map(|bytes| mailbox.open(&bytes).ok())
            .take(copies::READ_MAX)
            .collect();
        let keyring = found::open(&secret, parts)?;
        Self::restore(config, new, &keyring, None)
    }

    /// The mailbox of typed words, for an empty device.
    pub(crate) fn words_for_empty(
        config: &EngineConfig,
        new: &NewRestored,
    ) -> Result<belay_crypto::RecoveryMailbox> {
        let secret = words::parse(&new.words)?;
        if Self::exists(&config.dir) && !Self::is_going(&config.dir) {
            return Err(BelayError::unavailable("already-exists"));
        }
        Ok(belay_crypto::RecoveryMailbox::from_seed(
            &secret.keys().mailbox.seed(),
        ))
    }

    fn restore(
        config: EngineConfig,
        new: NewRestored,
        keyring: &FoundKeyring,
        relay: Option<&TypedRelay>,
    ) -> Result<(Self, RestoredView)> {
        let name = new
            .device_name
            .as_deref()
            .map(DisplayName::new)
            .transpose()?;
        let _lock = Self::clear_place(&config)?;
        let entropy = (config.entropy)();
        let backup = keyring.keys.backup.public();
        let mut view = None;
        let engine = make_store(
            config,
            new.passphrase.as_deref(),
            Some(&backup),
            entropy,
            |session| {
                if let Some(relay) = relay {
                    keep_choice(session, &relay.origin, relay.plain)?;
                }
                view = Some(session.restore(keyring, relay, name.as_ref())?);
                Ok(())
            },
        )?;
        let view = view.ok_or(BelayError::internal("restored"))?;
        Ok((engine, view))
    }
}

async fn client_read(
    client: &RelayClient,
    mailbox: &belay_crypto::RecoveryMailbox,
    now_ms: i64,
) -> Result<Vec<copies::Found>> {
    match copies::read_all(client, mailbox, now_ms).await {
        Err(BelayError::RelayRefused { code }) if code == Code::NoMailbox.as_str() => {
            Err(BelayError::unavailable("no-copy-found"))
        }
        other => other,
    }
}

fn typed_relay(text: &str, allow_plain_http: bool) -> Result<TypedRelay> {
    let origin: RelayOrigin =
        text.trim()
            .trim_end_matches('/')
            .parse()
            .map_err(|_| BelayError::InvalidInput {
                field: "relay",
                rule: "not_an_address",
            })?;
    let plain = origin.scheme() == Scheme::Http && !origin.is_loopback();
    if plain && !allow_plain_http {
        return Err(BelayError::unavailable("relay-plain-http"));
    }
    Ok(TypedRelay { origin, plain })
}

/// Keys of a new device in one space.
struct NewDevice {
    sign_key: DeviceKey,
    kem_key: KemKey,
    random: [u8; 16],
}

impl NewDevice {
    fn make(entropy: &mut dyn Entropy) -> Self {
        Self {
            sign_key: DeviceKey::make(entropy),
            kem_key: KemKey::make(entropy),
            random: make_bytes(entropy),
        }
    }

    fn certificate(&self, space: &KeyringSpace) -> DeviceCertificate {
        DeviceCertificate {
            person_id: space.person_id,
            sign_pk: self.sign_key.public(),
            random: self.random,
            kem: self.kem_key.statement(0),
        }
    }

    fn id(&self, space: &KeyringSpace) -> DeviceId {
        device_id(&space.person_id, &self.sign_key.public(), &self.random)
    }
}

impl Session<'_> {
    /// Takes the person's place in every space of the keyring, as a new device.
    fn restore(
        &mut self,
        keyring: &FoundKeyring,
        relay: Option<&TypedRelay>,
        name: Option<&DisplayName>,
    ) -> Result<RestoredView> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let (own, others) = keyring
            .spaces
            .split_first()
            .ok_or(BelayError::unavailable("no-copy-found"))?;
        let keys = &keyring.keys;
        tx.put_meta(SELF_SPACE, own.space_id.as_bytes())?;
        tx.put_meta(BACKUP_PUBLIC, &keys.backup.public())?;
        tx.put_secret(
            None,
            SecretKind::RecoveryMailbox,
            b"",
            &*keys.mailbox.seed(),
            now_ms,
        )?;
        let device = NewDevice::make(self.entropy);
        tx.put_meta(OWN_RANDOM, &device.random)?;
        if !self.come_back(own, &device, &keys.root, relay)? {
            return Err(BelayError::unavailable("no-copy-found"));
        }
        if let Some(name) = name {
            let draft = DocumentDraft::new().device_name(&device.id(own), name.as_ref());
            self.write_document(DocKind::Settings, &DocName::ZERO, &draft)?;
        }
        let mut view = RestoredView {
            partnerships: 0,
            left_out: 0,
            other_devices: 0,
        };
        for space in others {
            match self.join_again(space, &keys.backup)? {
                true => view.partnerships += 1,
                false => view.left_out += 1,
            }
        }
        let state = self.space(&own.space_id)?;
        let valid = state.membership.current().valid_devices().count() as u64;
        view.other_devices = valid.saturating_sub(1);
        Ok(view)
    }

    /// Joins a space that is shared with others, by the person's sealed key of it; says whether that worked.
    pub(crate) fn join_again(&mut self, space: &KeyringSpace, backup: &KemKey) -> Result<bool> {
        let purpose = BackupPurpose::RecoveryKey(space.person_id);
        let sealed = space.sealed_person.as_deref().unwrap_or_default();
        let Ok(seed) = open_from_backup(backup, purpose, sealed) else {
            return Ok(false);
        };
        let Ok(seed) = <&[u8; 32]>::try_from(seed.as_slice()) else {
            return Ok(false);
        };
        let person_key = RootKey::from_seed(seed);
        let device = NewDevice::make(self.entropy);
        if !self.come_back(space, &device, &person_key, None)? {
            self.forget_space(space.space_id)?;
            return Ok(false);
        }
        // Kept here too, so that this device's own keyring is whole before it has read `self`.
        self.write_keys(&KeysRecord::Space(SpaceKeys {
            space_id: space.space_id,
            erase_key: space.erase_key,
            sealed_person: space.sealed_person.clone(),
        }))?;
        Ok(true)
    }

    /// Takes part in a space: its acts and epochs go through the Gate, P adds the device, and a new secret is
    /// made that it shares with whoever belongs there. Says `false` where P is not who the acts name.
    fn come_back(
        &mut self,
        space: &KeyringSpace,
        device: &NewDevice,
        person_key: &RootKey,
        copy: Option<&TypedRelay>,
    ) -> Result<bool> {
        let tx = self.tx;
        let id = space.space_id;
        if tx.space(id)?.is_some() {
            return Ok(false);
        }
        self.keep_new_device(space, device)?;
        let mut ingested = Ingested::default();
        for item in &space.items {
            self.ingest_item(&id, item, None, &mut ingested)?;
        }
        self.retry_held(&id, Freed::everything(), &mut ingested)?;
        let view = self.space(&id)?.membership.current();
        let person = view.persons.get(&space.person_id);
        let fits = view.space_type == Some(space.space_type)
            && person.is_some_and(|person| {
                person.is_present() && person.recovery_pk == person_key.public()
            });
        if !fits {
            return Ok(false);
        }
        if let Some(relay) = copy {
            self.begin_self_copy(&relay.origin.to_string())?;
        }
        // The lost device may have let others in, and be gone before anybody heard of it.
        self.send_acts_again(&id)?;
        let certificate = device.certificate(space);
        let operation = Operation::AddDevice { certificate };
        let act = self.append_as_root(&id, operation, person_key)?;
        let new_device = device.id(space);
        if !self.space(&id)?.membership.current().is_valid(&new_device) {
            return Err(BelayError::unavailable("too-many-devices"));
        }
        self.make_epoch_after(&id, &[act])?;
        tx.put_meta(&super::catching_up_key(&id), &[1])?;
        tx.put_meta(&crate::syncing::outbox::news_key(&id), &[2])?;
        self.spaces.clear();
        Ok(true)
    }

    fn keep_new_device(&mut self, space: &KeyringSpace, device: &NewDevice) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let row = tx.insert_space(&NewSpace {
            id: space.space_id,
            kind: space.space_type.into(),
            own_person: space.person_id,
            own_device: device.id(space),
            inc: make_incarnation(self.entropy),
            created_at_ms: now_ms,
        })?;
        let put =
            |kind, name: &[u8], value: &[u8]| tx.put_secret(Some(row), kind, name, value, now_ms);
        put(SecretKind::SignSeed, b"", &*device.sign_key.seed())?;
        put(
            SecretKind::KemSeed,
            &0u32.to_be_bytes(),
            device.kem_key.seed(),
        )?;
        let erase_key = EraseKey::from_bytes(space.erase_key);
        put(SecretKind::EraseKey, b"", erase_key.bytes())?;
        for epoch in &space.epochs {
            put(
                SecretKind::EpochSecret,
                epoch.epoch_id.as_bytes(),
                &epoch.secret,
            )?;
        }
        let own = space.space_type == SpaceType::SelfSpace;
        debug_assert_eq!(own, space.sealed_person.is_none());
        Ok(())
    }
}
