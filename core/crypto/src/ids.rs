//! Names that are hashes: of items, bodies, people, devices, documents, envelopes.

use belay_model::{
    BodyHash, DeviceId, DocId, DocName, EnvelopeId, Incarnation, ItemId, PersonId, SpaceId,
};
use belay_protocol::{Genesis, ItemHeader};

use crate::EraseKey;
use crate::input::Input;
use crate::label;

/// The id of an item: the hash of its header.
#[must_use]
pub fn item_id(header: &ItemHeader) -> ItemId {
    item_id_of_bytes(&header.encode())
}

/// The id of an item whose encoded header is given.
#[must_use]
pub fn item_id_of_bytes(header: &[u8]) -> ItemId {
    ItemId::from_bytes(Input::new(label::ITEM).variable(header).hash())
}

/// The salted hash of an item's body.
#[must_use]
pub fn body_hash(salt: &[u8; 16], body: &[u8]) -> BodyHash {
    BodyHash::from_bytes(Input::new(label::BODY).fixed(salt).variable(body).hash())
}

/// The id of a person in one space: the hash of the genesis without its signature.
#[must_use]
pub fn person_id(genesis: &Genesis) -> PersonId {
    PersonId::from_bytes(
        Input::new(label::PERSON)
            .variable(&genesis.signed_bytes())
            .hash(),
    )
}

/// The id of a device.
#[must_use]
pub fn device_id(person: &PersonId, sign_pk: &[u8; 32], random: &[u8; 16]) -> DeviceId {
    DeviceId::from_bytes(
        Input::new(label::DEVICE)
            .fixed(person.as_bytes())
            .fixed(sign_pk)
            .fixed(random)
            .hash(),
    )
}

/// The id of a person's first device.
#[must_use]
pub fn first_device_id(genesis: &Genesis) -> DeviceId {
    device_id(&person_id(genesis), &genesis.sign_pk, &genesis.random)
}

/// The id of a document of one owner in one space.
#[must_use]
pub fn doc_id(space: &SpaceId, person: &PersonId, doc_kind: u8, doc_name: &DocName) -> DocId {
    DocId::from_bytes(
        Input::new(label::DOC)
            .fixed(space.as_bytes())
            .fixed(person.as_bytes())
            .u8(doc_kind)
            .fixed(doc_name.as_bytes())
            .hash(),
    )
}

/// The id of an envelope: the plain BLAKE3 hash of all its bytes.
#[must_use]
pub fn envelope_id(outer: &[u8]) -> EnvelopeId {
    EnvelopeId::from_bytes(*blake3::hash(outer).as_bytes())
}

/// The tag by which readers know which of their mailboxes, and so which epoch, an envelope is for.
#[must_use]
pub fn mailbox_tag(mailbox_pk: &[u8; 32]) -> [u8; 16] {
    Input::new(label::TAG).fixed(mailbox_pk).short_hash()
}

/// The Automerge actor of one incarnation of a device in one document.
#[must_use]
pub fn actor_id(device: &DeviceId, inc: Incarnation, doc: &DocId) -> [u8; 16] {
    Input::new(label::ACTOR)
        .fixed(device.as_bytes())
        .u64(inc.0)
        .fixed(doc.as_bytes())
        .short_hash()
}

/// The name of a published copy: equal on the owner's devices, different in every space.
#[must_use]
pub fn published_name(erase_key: &EraseKey, doc_kind: u8, self_name: &DocName) -> DocName {
    DocName::from_bytes(
        Input::new(label::NAME)
            .fixed(erase_key.bytes())
            .u8(doc_kind)
            .fixed(self_name.as_bytes())
            .short_hash(),
    )
}

/// The name of an outcome document: two devices that log one goal for one day write one document.
/// `day` is the civil day as `YYYY-MM-DD`.
#[must_use]
pub fn outcome_name(goal: &DocName, day: &str) -> DocName {
    DocName::from_bytes(
        Input::new(label::OUTCOME)
            .fixed(goal.as_bytes())
            .variable(day.as_bytes())
            .short_hash(),
    )
}
