//! Keys: who may write, who may read, and how that is proved.
//!
//! What may be here: hashing, signing, sealing, key derivation, pairing and recovery, as functions of
//! their arguments. What must not enter: I/O, a clock, the operating system's randomness (it is
//! handed in as [`belay_model::Entropy`]), a rule about what a person may do. Every secret is wiped
//! when dropped and shows nothing in debug output. Constructions, labels, lifetimes and what is
//! *not* protected stand in `docs/crypto.md`.

mod aead;
mod at_rest;
mod blob;
mod derive;
mod envelope;
mod epoch;
mod erase;
mod error;
mod ids;
mod input;
mod kem;
mod keyring;
mod keys;
pub mod label;
mod lan;
pub mod pairing;
mod recovery;
mod secret;
mod share;
mod sign;
#[cfg(test)]
mod vectors;
mod words;
mod wrap;
mod zip;

pub use at_rest::{
    PasscodeParameters, StoreKey, key_file_needs_passcode, key_file_of_later, recover_store_key,
    unwrap_store_key, wrap_store_key,
};
pub use blob::{BlobKey, BlobOpener, BlobSealer, blob_erase_token};
pub use envelope::{SealedEnvelope, open_envelope, seal_envelope};
pub use epoch::{EpochKeys, EpochSecret, make_epoch};
pub use erase::{EraseKey, erase_hash, erase_token};
pub use error::CryptoError;
pub use ids::{
    actor_id, body_hash, device_id, doc_id, envelope_id, first_device_id, item_id,
    item_id_of_bytes, mailbox_tag, outcome_name, person_id, published_name,
};
pub use kem::{KemKey, KemPublic};
pub use keyring::{RecoveryMailbox, open_keyring, seal_keyring, verify_keyring};
pub use keys::{DeviceKey, MailboxKey, RootKey};
pub use lan::LanKey;
pub use recovery::{RECOVERY_WORDS, RecoveryKeys, RecoverySecret};
pub use share::{SealedShare, combine_shares, make_shares, open_share, seal_share};
pub use sign::{
    HandshakeRole, ItemDraft, SignedRequest, make_genesis, sign_endorsement, sign_item, sign_lan,
    sign_pairing, sign_request, sign_root, verify_endorsement, verify_genesis, verify_item,
    verify_lan, verify_pairing, verify_request, verify_root,
};
pub use words::{LookedAt, UnknownWord, look_at_words};
pub use wrap::{
    BackupPurpose, make_wraps, open_from_backup, open_welcome, open_wrap, seal_to_backup,
    seal_welcome,
};
