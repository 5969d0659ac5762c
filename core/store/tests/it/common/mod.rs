//! What the tests of this crate share: a store in a folder of its own and things to put into it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise; no test uses all of this"
)]

pub mod erasing;

use std::path::Path;

use belay_model::{
    BodyHash, DeviceId, DocName, EnvelopeId, EpochId, Incarnation, ItemId, PersonId, SpaceId,
};
use belay_protocol::{Item, ItemHeader, ItemKind, Outer};
use belay_store::{
    DeviceRow, DocRow, ItemRow, ItemState, NewItem, NewSpace, ReadTx, SpaceRow, Store, StoreError,
    WriteTx,
};
use rusqlite::Connection;
use tempfile::TempDir;

pub const KEY: [u8; 32] = [7; 32];
pub const OTHER_KEY: [u8; 32] = [8; 32];
pub const INC: Incarnation = Incarnation(u64::MAX - 3);

pub fn made() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(dir.path(), &KEY).unwrap();
    (dir, store)
}

/// The database itself, past the store.
pub fn raw(path: &Path) -> Connection {
    let conn = Connection::open(path).unwrap();
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\""))
        .unwrap();
    conn
}

pub fn write<T>(store: &Store, f: impl FnOnce(&WriteTx<'_>) -> Result<T, StoreError>) -> T {
    store.write(f).unwrap()
}

pub fn read<T>(store: &Store, f: impl FnOnce(&ReadTx<'_>) -> Result<T, StoreError>) -> T {
    store.read(f).unwrap()
}

pub fn bytes32(number: u64) -> [u8; 32] {
    let mut bytes = [0xc5; 32];
    // Spread like a hash, so that indexes meet keys in no order.
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    bytes[24..].copy_from_slice(&number.to_be_bytes());
    bytes
}

pub fn space_id(number: u64) -> SpaceId {
    SpaceId::from_bytes(bytes32(number))
}

pub fn person_id(number: u64) -> PersonId {
    PersonId::from_bytes(bytes32(1_000 + number))
}

pub fn device_id(number: u64) -> DeviceId {
    DeviceId::from_bytes(bytes32(2_000 + number))
}

pub fn item_id(number: u64) -> ItemId {
    ItemId::from_bytes(bytes32(1_000_000 + number))
}

pub fn epoch_id(number: u64) -> EpochId {
    EpochId::from_bytes(bytes32(3_000 + number))
}

pub fn env_id(number: u64) -> EnvelopeId {
    EnvelopeId::from_bytes(bytes32(5_000_000 + number))
}

pub fn doc_name(number: u64) -> DocName {
    DocName::from_slice(&bytes32(9_000_000 + number)[..16]).unwrap()
}

pub fn nonce(number: u64) -> [u8; 24] {
    let mut nonce = [1; 24];
    nonce[..8].copy_from_slice(&number.to_le_bytes());
    nonce
}

pub fn new_space(number: u64) -> NewSpace {
    NewSpace {
        id: space_id(number),
        kind: 2,
        own_person: person_id(number),
        own_device: device_id(number),
        inc: INC,
        created_at_ms: 1_700_000_000_000,
    }
}

/// A space with a person, a device of theirs and a document of theirs.
#[derive(Clone, Copy)]
pub struct Place {
    pub space: SpaceRow,
    pub device: DeviceRow,
    pub document: DocRow,
}

pub fn place(tx: &WriteTx<'_>, number: u64) -> Place {
    let space = tx.insert_space(&new_space(number)).unwrap();
    let person = person_id(number);
    Place {
        space,
        device: tx.device_row(space, &device_id(number), &person).unwrap(),
        document: tx
            .document_row(space, &person, 2, &doc_name(number))
            .unwrap(),
    }
}

/// An item with a header that parses; nothing about it is signed.
pub fn item(seq: u64, body: &[u8]) -> Item {
    Item {
        header: ItemHeader {
            kind: ItemKind::Record,
            space_id: space_id(1),
            device_id: device_id(1),
            inc: INC,
            seq,
            prev: [3; 32],
            hlc: 1_700_000_000_000 << 16 | seq,
            heads: vec![item_id(0)],
            doc_kind: 2,
            doc_name: doc_name(1),
            body_len: u32::try_from(body.len()).unwrap(),
            body_hash: BodyHash::from_bytes([4; 32]),
        },
        salt: [5; 16],
        body: Some(body.to_vec()),
        signature: [6; 64],
    }
}

pub fn salted(item: &Item) -> Vec<u8> {
    [&item.salt[..], item.body.as_deref().unwrap()].concat()
}

/// Keeps [`item`] as a record of `place`'s document.
pub fn insert(tx: &WriteTx<'_>, place: Place, seq: u64, body: &[u8]) -> ItemRow {
    insert_kind(tx, place, seq, body, ItemKind::Record, ItemState::Applied)
}

pub fn insert_kind(
    tx: &WriteTx<'_>,
    place: Place,
    seq: u64,
    body: &[u8],
    kind: ItemKind,
    state: ItemState,
) -> ItemRow {
    let item = item(seq, body);
    tx.insert_item(&NewItem {
        space: place.space,
        device: place.device,
        inc: INC,
        seq,
        item_id: item_id(seq),
        kind: kind.into(),
        document: (kind == ItemKind::Record).then_some(place.document),
        hlc: item.header.hlc,
        detached: &item.encode_detached(),
        body: Some(&salted(&item)),
        state,
        envelope: None,
    })
    .unwrap()
}

pub fn outer(number: u64, ciphertext: &[u8]) -> Vec<u8> {
    Outer {
        suite: 1,
        erase_hash: [2; 32],
        mailbox_tag: [3; 16],
        nonce: nonce(number),
        commit: [4; 32],
        ciphertext: ciphertext.to_vec(),
    }
    .encode()
}
