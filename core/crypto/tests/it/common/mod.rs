//! Seeded randomness and small builders for the tests of this room.
#![allow(dead_code, reason = "every test file uses a part")]

use belay_crypto::{
    DeviceKey, EpochKeys, EraseKey, ItemDraft, KemKey, RootKey, first_device_id, make_epoch,
    make_genesis, person_id,
};
use belay_model::{DeviceId, DocName, Entropy, EpochId, Incarnation, PersonId, SpaceId};
use belay_protocol::{DocKind, EpochBody, Genesis, ItemKind};

/// The same bytes for the same seed, on every machine.
pub struct Seeded(blake3::OutputReader);

impl Seeded {
    pub fn new(seed: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(seed.as_bytes());
        Self(hasher.finalize_xof())
    }
}

impl Entropy for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

/// A person with one device.
pub struct Persona {
    pub root: RootKey,
    pub device: DeviceKey,
    pub kem: KemKey,
    pub genesis: Genesis,
    pub person_id: PersonId,
    pub device_id: DeviceId,
}

impl Persona {
    pub fn new(seed: &str) -> Self {
        let mut entropy = Seeded::new(seed);
        let root = RootKey::make(&mut entropy);
        let device = DeviceKey::make(&mut entropy);
        let kem = KemKey::make(&mut entropy);
        let genesis = make_genesis(&root, &device, kem.statement(0), &mut entropy);
        Self {
            person_id: person_id(&genesis),
            device_id: first_device_id(&genesis),
            root,
            device,
            kem,
            genesis,
        }
    }

    /// A record draft by this device.
    pub fn draft(&self, body: &[u8]) -> ItemDraft {
        ItemDraft {
            kind: ItemKind::Record,
            space_id: space(),
            device_id: self.device_id,
            inc: Incarnation(0x0102_0304_0506_0708),
            seq: 1,
            prev: self.device_id.to_bytes(),
            hlc: 1_700_000_000_000 << 16,
            heads: vec![space().into()],
            doc_kind: DocKind::CheckIn.into(),
            doc_name: DocName::from_bytes([3; 16]),
            body: body.to_vec(),
        }
    }
}

pub fn space() -> SpaceId {
    SpaceId::from_bytes([0x51; 32])
}

pub fn epoch_id() -> EpochId {
    EpochId::from_bytes([0xe0; 32])
}

/// An epoch for one device, with its keys.
pub fn epoch(recipient: DeviceId) -> (belay_crypto::EpochSecret, EpochBody, EpochKeys) {
    let mut entropy = Seeded::new("epoch");
    let (secret, body) = make_epoch(vec![], vec![recipient], &mut entropy);
    let keys = secret.keys(&epoch_id());
    (secret, body, keys)
}

pub fn erase_key() -> EraseKey {
    EraseKey::from_bytes([0x0e; 32])
}
