//! Several devices of one person (product id D2): a further one begins with an empty store and keys of its
//! own, a device that is there admits it to `self`, and a welcome tells it what it needs to take part.
//!
//! How it comes into the spaces of partnerships stands in `places`, how it is removed in `own_device_removal`.

pub(crate) mod arrival;
pub(crate) mod joining;
pub(crate) mod page;
pub(crate) mod pairing;
pub(crate) mod removal;

#[cfg(test)]
mod names_tests;

use std::collections::BTreeMap;

use belay_crypto::{
    DeviceKey, KemKey, KemPublic, device_id, make_wraps, open_welcome, seal_welcome,
};
use belay_document::documents::Draft as DocumentDraft;
use belay_document::records::{KeysRecord, OwnKeys};
use belay_model::{DeviceId, DisplayName, DocName, EpochId, Hlc, PersonId, SpaceId, make_bytes};
use belay_protocol::{
    Bundle, DeviceCertificate, DocKind, Item, ItemKind, MembershipBody, Operation, SealedWelcome,
    Welcome,
};
use belay_store::{ItemState, ReadTx, SecretKind, SpaceRow};
use serde::Serialize;

use crate::engine::Engine;
use crate::input::{EngineConfig, NewOwnDevice};
use crate::open::make_store;
use crate::session::{Draft, Session, Spaces, Written};
use crate::space_state::{SpaceState, array};
use crate::{BelayError, Result};

/// Names the keys of a device that waits to be admitted.
pub(crate) const WAITING: &[u8] = b"waiting";

/// Under which meta key stands the random part of this device's id in `self`.
pub(crate) const OWN_RANDOM: &str = "own-device-random";

/// Epochs whose secret is in the welcome itself, newest first; those of older ones follow through the
/// mailbox. Sixteen keep the welcome far below what a rendezvous holds.
const WELCOME_EPOCHS: usize = 16;

/// One of the person's devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnDeviceView {
    /// The device, as it is known in `self`.
    pub device: DeviceId,
    /// The name the person gave it.
    pub name: Option<String>,
    /// It is this one.
    #[serde(rename = "this")]
    pub this_device: bool,
    /// The latest clock of what came from it; `None` when nothing did yet.
    pub as_of_at_ms: Option<i64>,
    /// When it was added, by the clock of the device that let it in.
    pub added_at_ms: Option<i64>,
}

/// The keys of a device that belongs to nobody yet.
pub(crate) struct WaitingDevice {
    pub sign_key: DeviceKey,
    pub kem_key: KemKey,
    pub random: [u8; 16],
}

impl WaitingDevice {
    /// The keys in the store of a device that waits.
    pub fn load(tx: &ReadTx<'_>) -> Result<Self> {
        let missing = || BelayError::unavailable("device-not-waiting");
        let seed = |kind| {
            tx.secret(None, kind, WAITING)?
                .ok_or_else(missing)
                .and_then(|value| array(&value, "waiting-seed"))
        };
        Ok(Self {
            sign_key: DeviceKey::from_seed(&seed(SecretKind::SignSeed)?),
            kem_key: KemKey::from_seed(seed(SecretKind::KemSeed)?),
            random: array(&tx.meta(OWN_RANDOM)?.ok_or_else(missing)?, "own-random")?,
        })
    }

    /// What the device shows of itself: public keys only.
    pub fn bundle(&self) -> Bundle {
        Bundle::Device {
            sign_pk: self.sign_key.public(),
            random: self.random,
            kem: self.kem_key.statement(0),
        }
    }

    /// The id that its welcome is sealed to. The person is not known before it is opened, so zero stands in
    /// the person's place.
    pub fn sealed_to(&self) -> DeviceId {
        sealed_to(&self.sign_key.public(), &self.random)
    }
}

fn sealed_to(sign_pk: &[u8; 32], random: &[u8; 16]) -> DeviceId {
    device_id(&PersonId::ZERO, sign_pk, random)
}

impl Engine {
    /// Makes an empty store for a further device of a person who uses Belay on another one. It has keys of
    /// its own and waits to be admitted; until then every command answers `Unavailable{device-waiting}`.
    /// Writes to disk and to the secret store.
    ///
    /// # Errors
    /// As [`Engine::create`].
    pub fn create_own_device(config: EngineConfig, new: NewOwnDevice) -> Result<Self> {
        let _lock = Self::clear_place(&config)?;
        let entropy = (config.entropy)();
        // The words that could open this store's key are the other device's: they are not known here.
        make_store(
            config,
            new.passphrase.as_deref(),
            None,
            entropy,
            |session| {
                let sign_key = DeviceKey::make(session.entropy);
                let kem_key = KemKey::make(session.entropy);
                let random: [u8; 16] = make_bytes(session.entropy);
                let (tx, now_ms) = (session.tx, session.now_ms);
                let put = |kind, seed: &[u8]| tx.put_secret(None, kind, WAITING, seed, now_ms);
                put(SecretKind::SignSeed, &*sign_key.seed())?;
                put(SecretKind::KemSeed, kem_key.seed())?;
                Ok(tx.put_meta(OWN_RANDOM, &random)?)
            },
        )
    }

    /// Whether this device still waits to be admitted by another one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_waiting_device(&self) -> Result<bool> {
        self.read(|tx| Ok(tx.secret(None, SecretKind::SignSeed, WAITING)?.is_some()))
    }

    /// What this device shows of itself while it waits: public keys, to be handed to a device that is there.
    ///
    /// # Errors
    /// `Unavailable{device-not-waiting}`.
    pub fn own_device_bundle(&self) -> Result<Vec<u8>> {
        self.read(|tx| Ok(WaitingDevice::load(tx)?.bundle().encode()))
    }

    /// Admits a further device by what it shows of itself. Returns the welcome, which only that device can
    /// open. Whoever calls this made sure whose device it is. Writes to disk.
    ///
    /// # Errors
    /// `Unavailable{no-sealed-copy}` without one: nothing would ever reach the new device.
    /// `Unavailable{not-a-device}` for other bytes, `Unavailable{too-many-devices}`,
    /// `InvalidInput{display_name, ..}` for the name.
    pub fn admit_own_device(&self, bundle: &[u8], name: &str) -> Result<Vec<u8>> {
        let refused = |_| BelayError::unavailable("not-a-device");
        let bundle = Bundle::parse(bundle).map_err(refused)?;
        let name = DisplayName::new(name)?;
        self.write(|session| Ok(session.admit_own_device(&bundle, &name, false)?.encode()))
    }

    /// Takes the welcome: from now on this device is one of the person's. What was written before comes
    /// with the next syncs. Writes to disk.
    ///
    /// # Errors
    /// `Unavailable{device-not-waiting}`; `Unavailable{pairing-refused}` for a welcome that is not for this
    /// device or does not keep the rules. Nothing is left of the attempt then.
    pub fn join_own_devices(&self, welcome: &[u8]) -> Result<()> {
        let refused = |_| BelayError::unavailable("pairing-refused");
        let sealed = SealedWelcome::parse(welcome).map_err(refused)?;
        self.write(|session| {
            let waiting = WaitingDevice::load(session.tx)?;
            let opened = open_welcome(&sealed, &waiting.sealed_to(), &waiting.kem_key)
                .map_err(|_| BelayError::unavailable("pairing-refused"))?;
            session.join_own_devices(&sealed.space_id, &opened, None)
        })?;
        // The keys moved inside the database; the write log still has their old place.
        self.checkpoint()
    }

    /// The person's devices, this one first.
    ///
    /// # Errors
    /// `Unavailable{device-waiting}`.
    pub fn own_devices(&self) -> Result<Vec<OwnDeviceView>> {
        self.read_spaces(all)
    }

    /// Calls one of the person's devices by another name, on all of them. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{display_name, ..}` for the name; `NotFound{device}`; `Unavailable{device-waiting |
    /// device-removed}`.
    pub fn rename_own_device(&self, device: &DeviceId, name: &str) -> Result<Vec<OwnDeviceView>> {
        let name = DisplayName::new(name)?;
        self.write(|session| {
            let own = session.self_space()?;
            let view = session.space(&own)?.membership.current();
            if !view.is_valid(device) {
                return Err(BelayError::NotFound { what: "device" });
            }
            let draft = DocumentDraft::new().device_name(device, name.as_ref());
            session.write_document(DocKind::Settings, &DocName::ZERO, &draft)
        })?;
        self.own_devices()
    }

    /// How many partnerships the person has that this device does not have yet: another own device lets it in with
    /// its next sync, and until then their partners' things are there only.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn partnerships_elsewhere(&self) -> Result<u64> {
        self.read(elsewhere)
    }
}

/// The person's devices, this one first.
pub(crate) fn all(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<Vec<OwnDeviceView>> {
    let own = crate::queries::self_space(tx)?;
    let state = spaces.get(tx, &own)?;
    let mut names = names(tx, state)?;
    let chains = tx.chains(state.row)?;
    let mut devices = Vec::new();
    for device in state.membership.current().valid_devices() {
        let row = tx.find_device(state.row, &device.id)?.map(|(row, _)| row);
        let heard = chains.iter().filter(|chain| Some(chain.device) == row);
        devices.push(OwnDeviceView {
            device: device.id,
            name: names.remove(&device.id),
            this_device: device.id == state.own_device,
            as_of_at_ms: heard
                .map(|chain| Hlc::from_u64(chain.top_hlc).wall_ms())
                .max(),
            added_at_ms: state
                .membership
                .current()
                .addition_of(&device.id)
                .and_then(|(act, _)| state.act_written_at_ms(&act)),
        });
    }
    devices.sort_by_key(|device| (!device.this_device, device.device));
    Ok(devices)
}

/// How the person calls their devices; in `self`.
pub(crate) fn names(tx: &ReadTx<'_>, state: &SpaceState) -> Result<BTreeMap<DeviceId, String>> {
    if let Some(names) = crate::queries::settings_row(tx)?.device_names {
        return Ok(names);
    }
    // A version that did not lay them out wrote last.
    let settings = crate::documents::load_document(tx, state, DocKind::Settings, &DocName::ZERO)?;
    Ok(settings.device_names()?)
}

/// How many partnerships only the person's other devices have.
pub(crate) fn elsewhere(tx: &ReadTx<'_>) -> Result<u64> {
    let mut count = 0;
    for space in crate::queries::contacts(tx)?.keys() {
        count += u64::from(tx.space(*space)?.is_none());
    }
    Ok(count)
}

impl Session<'_> {
    /// What this device shows of itself to a further one: its keys in `self`.
    pub fn own_bundle(&mut self) -> Result<Bundle> {
        let space = self.self_space()?;
        let random = self.tx.meta(OWN_RANDOM)?;
        let state = self.space(&space)?;
        let device = state
            .membership
            .device(&state.own_device)
            .ok_or(BelayError::internal("own-device"))?;
        let random = match random {
            Some(bytes) => array(&bytes, "own-random")?,
            // The first device's stands in the genesis.
            None => state
                .membership
                .genesis_of(&state.own_person)
                .map(|genesis| genesis.random)
                .ok_or(BelayError::internal("genesis"))?,
        };
        Ok(Bundle::Device {
            sign_pk: device.sign_pk,
            random,
            kem: device.kem.clone(),
        })
    }

    /// Adds the device to `self`, wraps every secret that is held to it, and seals its welcome.
    /// `near` says that it is in the same room, where everything can come to it without a relay.
    pub fn admit_own_device(
        &mut self,
        bundle: &Bundle,
        name: &DisplayName,
        near: bool,
    ) -> Result<SealedWelcome> {
        let Bundle::Device {
            sign_pk,
            random,
            kem,
        } = bundle
        else {
            return Err(BelayError::unavailable("not-a-device"));
        };
        let key = KemPublic::parse(&kem.pk).map_err(|_| BelayError::unavailable("not-a-device"))?;
        let space = self.self_space()?;
        let state = self.space(&space)?;
        if state.copy_relay.is_none() && !near {
            return Err(BelayError::unavailable("no-sealed-copy"));
        }
        let certificate = DeviceCertificate {
            person_id: state.own_person,
            sign_pk: *sign_pk,
            random: *random,
            kem: kem.clone(),
        };
        let device = device_id(&certificate.person_id, sign_pk, random);
        let body = MembershipBody {
            operation: Operation::AddDevice { certificate },
            root_signature: None,
        };
        self.append(&space, Draft::control(ItemKind::Membership, body.encode()))?;
        if !self.space(&space)?.membership.current().is_valid(&device) {
            return Err(BelayError::unavailable("too-many-devices"));
        }
        let wraps = self.wrap_epochs_to(&space, device, &key)?;
        self.share_own_keys(&space)?;
        let draft = DocumentDraft::new().device_name(&device, name.as_ref());
        self.write_document(DocKind::Settings, &DocName::ZERO, &draft)?;
        let mut told = wraps;
        told.truncate(WELCOME_EPOCHS);
        // So that the new device knows from the start how much there is to come.
        told.extend(self.acknowledge(&space)?);
        let welcome = self.welcome(&space, &told)?;
        let sealed_to = sealed_to(sign_pk, random);
        Ok(seal_welcome(
            &welcome,
            &space,
            &sealed_to,
            &kem.pk,
            self.entropy,
        )?)
    }

    /// Wraps the secrets of all epochs that are held to a device. Returns the items, those of the newest first.
    pub(crate) fn wrap_epochs_to(
        &mut self,
        space: &SpaceId,
        device: DeviceId,
        key: &KemPublic,
    ) -> Result<Vec<Written>> {
        let state = self.space(space)?;
        let mut epochs: Vec<EpochId> = state.keys.ids().collect();
        epochs.sort_by_key(|epoch| std::cmp::Reverse(state.key_ages.get(epoch).copied()));
        // The one written under comes first whatever the clock said when it came.
        let writing = state.writing_epoch();
        epochs.sort_by_key(|epoch| Some(*epoch) != writing);
        let recipients = [(device, key.clone())];
        let mut items = Vec::new();
        for epoch in epochs {
            let state = self.spaces.get(self.tx, space)?;
            let secret = state
                .keys
                .secret(&epoch)
                .ok_or(BelayError::internal("epoch-secret"))?;
            for wraps in make_wraps(secret, space, &epoch, &recipients, self.entropy)? {
                let draft = Draft::control(ItemKind::Wraps, wraps.encode());
                items.push(self.append(space, draft)?);
            }
        }
        Ok(items)
    }

    /// Writes what every own device needs to hold of `self`, unless an own device did so before.
    fn share_own_keys(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        if own_keys_items(tx, self.space(space)?.own_person, row)?.is_empty() {
            let mailbox = tx
                .secret(None, SecretKind::RecoveryMailbox, b"")?
                .ok_or(BelayError::internal("recovery-mailbox"))?;
            let keys = KeysRecord::Own(OwnKeys {
                space_id: *space,
                erase_key: *self.space(space)?.erase_key.bytes(),
                backup_public: crate::open::backup_public(tx)?,
                recovery_mailbox: array(&mailbox, "recovery-mailbox")?,
            });
            self.write_keys(&keys)?;
        }
        Ok(())
    }

    /// All acts and epochs, the newest secrets, and what own devices hold together.
    fn welcome(&mut self, space: &SpaceId, wraps: &[Written]) -> Result<Welcome> {
        let tx = self.tx;
        let state = self.space(space)?;
        let (row, person, relays) = (state.row, state.own_person, state.relays());
        let mut items = Vec::new();
        for stored in tx.control_items(row)? {
            let told = [ItemKind::Membership, ItemKind::Epoch].map(u8::from);
            if told.contains(&stored.kind) && stored.body.is_some() {
                items.push(stored.item()?.encode());
            }
        }
        for written in wraps {
            items.push(crate::syncing::outbox::item_bytes(tx, written.row)?);
        }
        items.extend(own_keys_items(tx, person, row)?.iter().map(Item::encode));
        Ok(Welcome {
            relays,
            items,
            floors: Vec::new(),
        })
    }
}

/// The record of the keys that own devices hold together, as items that count.
pub(crate) fn own_keys_items(
    tx: &ReadTx<'_>,
    person: PersonId,
    row: SpaceRow,
) -> Result<Vec<Item>> {
    keys_items(tx, person, row, &OwnKeys::NAME)
}

/// A record of keys in `self`, as items that count.
pub(crate) fn keys_items(
    tx: &ReadTx<'_>,
    person: PersonId,
    row: SpaceRow,
    name: &DocName,
) -> Result<Vec<Item>> {
    let Some(document) = tx.find_document(row, &person, DocKind::Keys.into(), name)? else {
        return Ok(Vec::new());
    };
    let mut items = Vec::new();
    for stored in tx.items_of_document(document)? {
        if stored.state == ItemState::Applied && stored.kind == u8::from(ItemKind::Record) {
            items.push(stored.item()?);
        }
    }
    Ok(items)
}
