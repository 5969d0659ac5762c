//! Pairing: how two devices that share nothing come to share keys.
//!
//! In person a QR code carries a one-time key and everything after is Noise; at a distance both sides
//! commit, reveal and compare words. Rules in `docs/protocol.md`, section Pairing.

mod code;
mod distance;
mod in_person;
mod noise;
mod slot;

pub use code::ComparisonCode;
pub use distance::{
    DISTANCE_WORDS, DistanceInvitation, check_distance_words, check_reveal, commitment,
    looks_like_distance_words, make_distance_words, revealed_person, transcript,
};
pub use in_person::{Scanner, ScannerSession, Shower, make_invitation};
pub use noise::{NoiseInitiator, NoiseSession, noise_respond};
pub use slot::{SealKey, open_slot, seal_slot};
