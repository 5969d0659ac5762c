//! Keys: who may write, who may read, and how that is proved.
//!
//! What may be here: hashing, signing, sealing, key derivation, pairing and recovery, as functions of
//! their arguments. What must not enter: I/O, a clock, the operating system's randomness (it is
//! handed in as [`belay_model::Entropy`]), a rule about what a person may do. Every secret is wiped
//! when dropped and shows nothing in debug output. Constructions, labels, lifetimes and what is
//! *not* protected stand in `docs/crypto.md`.

mod erase;
mod error;
mod ids;
mod input;
mod keys;
pub mod label;
mod sign;

pub use erase::{EraseKey, erase_hash, erase_token};
pub use error::CryptoError;
pub use ids::{
    actor_id, body_hash, device_id, doc_id, envelope_id, first_device_id, item_id,
    item_id_of_bytes, mailbox_tag, outcome_name, person_id, published_name,
};
pub use keys::{DeviceKey, MailboxKey, RootKey};
pub use sign::{
    HandshakeRole, ItemDraft, SignedRequest, make_genesis, sign_endorsement, sign_item, sign_lan,
    sign_pairing, sign_request, sign_root, verify_endorsement, verify_genesis, verify_item,
    verify_lan, verify_pairing, verify_request, verify_root,
};
