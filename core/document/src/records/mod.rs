//! What shared spaces hold: registers written whole by their owner, as deterministic CBOR.
//!
//! A record is an item's body: `rev | flags | schema | payload`. This folder turns payloads into
//! values and back, strictly, and says which of several versions stands. It knows no Automerge.

mod about;
mod attachment;
mod boundary_card;
mod check_in;
mod goal;
mod kept_share;
mod keys;
mod merge;
mod nudge;
mod outcome;
mod own_keys;
mod own_places;
mod passage;
mod payload;
mod profile;
mod record;
mod response;
mod share;
mod support_request;

#[cfg(test)]
mod record_tests;

pub use about::RecordName;
pub use kept_share::KeptShare;
pub use keys::{EpochKey, KeysRecord, SpaceKeys};
pub use merge::{RecordVersion, outdated, winner};
pub use outcome::OutcomeRecord;
pub use own_keys::OwnKeys;
pub use own_places::{OwnPlace, PlaceWelcome, WELCOME_PART_BYTES};
pub use profile::ProfileRecord;
pub use record::{RecordPayload, withdrawn_body};
pub use response::ResponseRecord;
pub use share::{SHARE_DEVICES_MAX, ShareRecord, ShareSeal};
