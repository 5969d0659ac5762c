//! Drivers: carrying sealed bytes between this device and others. Today: a relay over HTTP.
//!
//! What may be here: sockets, TLS, timeouts, bounded reading. What must not enter: a decision about
//! what to send or what an answer means for a space, a clock (times are handed in), storage. Nothing
//! here sees a plain word: envelopes are sealed before they come and opened after they leave.

mod answer;
mod blobs;
mod carry;
mod ears;
mod error;
mod live;
mod options;
mod relay_client;

pub use belay_protocol::relay::{
    AppendOutcome, BlobId, BlobPage, BlobPart, BlobState, Code, Creation, Cursor, EraseEntry,
    EraseOutcome, EraseResult, EraseToken, Generation, Info, LiveEvent, MailboxCreated, ReadPage,
    RelayOrigin, RendezvousId, Slot, SlotLife,
};
pub use carry::Carried;
pub use ears::{Ears, Mark};
pub use error::TransportError;
pub use live::Live;
pub use options::RelayOptions;
pub use relay_client::RelayClient;
