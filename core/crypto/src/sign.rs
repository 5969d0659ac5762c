//! Signatures over items, bundles, operations, sessions and requests.

use belay_model::{BodyHash, DeviceId, DocName, Entropy, Incarnation, ItemId, SpaceId, make_bytes};
use belay_protocol::{Genesis, Item, ItemHeader, ItemKind, KemStatement, Operation, body_len};

use crate::input::Input;
use crate::keys::verify;
use crate::{CryptoError, DeviceKey, MailboxKey, RootKey, body_hash, label};

/// An item before it is signed. The fields mean what they mean in [`ItemHeader`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemDraft {
    /// What the item is about.
    pub kind: ItemKind,
    /// The space; zero for `create`.
    pub space_id: SpaceId,
    /// The author.
    pub device_id: DeviceId,
    /// The author's incarnation.
    pub inc: Incarnation,
    /// Place in the chain, from 1.
    pub seq: u64,
    /// The item before.
    pub prev: [u8; 32],
    /// Hybrid clock.
    pub hlc: u64,
    /// All leaf membership items the author holds, strictly ascending.
    pub heads: Vec<ItemId>,
    /// Kind of the document.
    pub doc_kind: u8,
    /// Name of the document.
    pub doc_name: DocName,
    /// The body.
    pub body: Vec<u8>,
}

/// Signs an item; draws 16 bytes of salt from `entropy`.
///
/// # Errors
/// `Format` when body, heads or seq break the limits of items.
pub fn sign_item(
    key: &DeviceKey,
    draft: ItemDraft,
    entropy: &mut dyn Entropy,
) -> Result<Item, CryptoError> {
    let salt = make_bytes(entropy);
    let header = ItemHeader {
        kind: draft.kind,
        space_id: draft.space_id,
        device_id: draft.device_id,
        inc: draft.inc,
        seq: draft.seq,
        prev: draft.prev,
        hlc: draft.hlc,
        heads: draft.heads,
        doc_kind: draft.doc_kind,
        doc_name: draft.doc_name,
        body_len: body_len(&draft.body)?,
        body_hash: body_hash(&salt, &draft.body),
    };
    header.check()?;
    let signature = key.sign(&item_input(&header));
    Ok(Item {
        header,
        salt,
        body: Some(draft.body),
        signature,
    })
}

/// Checks an item's signature and, when its body is there, that the body is the signed one.
///
/// # Errors
/// `WrongBody` or `BadSignature`.
pub fn verify_item(item: &Item, sign_pk: &[u8; 32]) -> Result<(), CryptoError> {
    if let Some(body) = &item.body {
        let found: BodyHash = body_hash(&item.salt, body);
        if found != item.header.body_hash || body_len(body)? != item.header.body_len {
            return Err(CryptoError::WrongBody);
        }
    }
    verify(sign_pk, &item_input(&item.header), &item.signature)
}

fn item_input(header: &ItemHeader) -> Vec<u8> {
    Input::new(label::ITEM).variable(&header.encode()).bytes()
}

/// Makes a person's beginning in a space: P signs the first device's keys. Draws the device's random
/// part and the genesis' salt from `entropy`. `kem` has number 0.
#[must_use]
pub fn make_genesis(
    root: &RootKey,
    device: &DeviceKey,
    kem: KemStatement,
    entropy: &mut dyn Entropy,
) -> Genesis {
    let mut genesis = Genesis {
        recovery_pk: root.public(),
        sign_pk: device.public(),
        random: make_bytes(entropy),
        kem,
        salt: make_bytes(entropy),
        signature: [0; 64],
    };
    genesis.signature = root.sign(&genesis_input(&genesis));
    genesis
}

/// Checks that P, whose public half the genesis names, signed it.
///
/// # Errors
/// `BadSignature`.
pub fn verify_genesis(genesis: &Genesis) -> Result<(), CryptoError> {
    verify(
        &genesis.recovery_pk,
        &genesis_input(genesis),
        &genesis.signature,
    )
}

fn genesis_input(genesis: &Genesis) -> Vec<u8> {
    Input::new(label::CERT)
        .variable(&genesis.signed_bytes())
        .bytes()
}

/// P's signature that makes a membership operation an act of the person. `space` is zero for
/// `create`; `heads` are those of the item that carries the operation.
#[must_use]
pub fn sign_root(
    root: &RootKey,
    space: &SpaceId,
    heads: &[ItemId],
    operation: &Operation,
) -> [u8; 64] {
    root.sign(&root_input(space, heads, operation))
}

/// Checks P's signature over an operation.
///
/// # Errors
/// `BadSignature`.
pub fn verify_root(
    recovery_pk: &[u8; 32],
    space: &SpaceId,
    heads: &[ItemId],
    operation: &Operation,
    signature: &[u8; 64],
) -> Result<(), CryptoError> {
    verify(recovery_pk, &root_input(space, heads, operation), signature)
}

fn root_input(space: &SpaceId, heads: &[ItemId], operation: &Operation) -> Vec<u8> {
    Input::new(label::ROOT)
        .fixed(space.as_bytes())
        .heads(heads)
        .variable(&operation.encode())
        .bytes()
}

/// A member's consent. `target` is what `RemoveTarget::endorsed_bytes` or `endorsed_policy_bytes` gives.
#[must_use]
pub fn sign_endorsement(
    key: &DeviceKey,
    space: &SpaceId,
    target: &[u8],
    nonce: &[u8; 16],
) -> [u8; 64] {
    key.sign(&endorsement_input(space, target, nonce))
}

/// Checks a member's consent.
///
/// # Errors
/// `BadSignature`.
pub fn verify_endorsement(
    sign_pk: &[u8; 32],
    space: &SpaceId,
    target: &[u8],
    nonce: &[u8; 16],
    signature: &[u8; 64],
) -> Result<(), CryptoError> {
    verify(sign_pk, &endorsement_input(space, target, nonce), signature)
}

fn endorsement_input(space: &SpaceId, target: &[u8], nonce: &[u8; 16]) -> Vec<u8> {
    Input::new(label::ENDORSE)
        .fixed(space.as_bytes())
        .variable(target)
        .fixed(nonce)
        .bytes()
}

/// Which side of a handshake signs: a signature of one side never fits the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum HandshakeRole {
    /// The side that sent the first message; in pairing the one that scanned.
    Initiator = 1,
    /// The side that answered; in pairing the one that showed the code.
    Responder = 2,
}

/// Proves that the bundle's device took part in this pairing.
#[must_use]
pub fn sign_pairing(key: &DeviceKey, role: HandshakeRole, handshake_hash: &[u8; 32]) -> [u8; 64] {
    key.sign(&handshake_input(label::PAIR, role, handshake_hash))
}

/// Checks what [`sign_pairing`] made.
///
/// # Errors
/// `BadSignature`.
pub fn verify_pairing(
    sign_pk: &[u8; 32],
    role: HandshakeRole,
    handshake_hash: &[u8; 32],
    signature: &[u8; 64],
) -> Result<(), CryptoError> {
    let input = handshake_input(label::PAIR, role, handshake_hash);
    verify(sign_pk, &input, signature)
}

/// Proves which device speaks in a session on the local network.
#[must_use]
pub fn sign_lan(key: &DeviceKey, role: HandshakeRole, handshake_hash: &[u8; 32]) -> [u8; 64] {
    key.sign(&handshake_input(label::LAN, role, handshake_hash))
}

/// Checks what [`sign_lan`] made.
///
/// # Errors
/// `BadSignature`.
pub fn verify_lan(
    sign_pk: &[u8; 32],
    role: HandshakeRole,
    handshake_hash: &[u8; 32],
    signature: &[u8; 64],
) -> Result<(), CryptoError> {
    let input = handshake_input(label::LAN, role, handshake_hash);
    verify(sign_pk, &input, signature)
}

fn handshake_input(label: &str, role: HandshakeRole, handshake_hash: &[u8; 32]) -> Vec<u8> {
    Input::new(label)
        .u8(role as u8)
        .fixed(handshake_hash)
        .bytes()
}

/// A request to a relay, as far as it is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedRequest<'a> {
    /// Method in capitals, such as `POST`.
    pub method: &'a str,
    /// Path as sent, percent-encoding and all.
    pub path: &'a str,
    /// Query as sent, without the question mark; empty when there is none.
    pub query: &'a str,
    /// The client's clock, in milliseconds since 1970.
    pub time_ms: u64,
    /// The body.
    pub body: &'a [u8],
    /// The relay's public origin, so that no relay can pass the request on to another.
    pub origin: &'a str,
}

impl SignedRequest<'_> {
    fn input(&self) -> Vec<u8> {
        Input::new(label::REQUEST)
            .variable(self.method.as_bytes())
            .variable(self.path.as_bytes())
            .variable(self.query.as_bytes())
            .u64(self.time_ms)
            .fixed(blake3::hash(self.body).as_bytes())
            .variable(self.origin.as_bytes())
            .bytes()
    }
}

/// Signs a request with the mailbox's key.
#[must_use]
pub fn sign_request(key: &MailboxKey, request: &SignedRequest<'_>) -> [u8; 64] {
    key.sign(&request.input())
}

/// Checks that the holder of a mailbox's key made a request. Whether its time is near enough is for
/// the relay to say.
///
/// # Errors
/// `BadSignature`.
pub fn verify_request(
    mailbox_pk: &[u8; 32],
    request: &SignedRequest<'_>,
    signature: &[u8; 64],
) -> Result<(), CryptoError> {
    verify(mailbox_pk, &request.input(), signature)
}
