//! Drivers: carrying sealed bytes between this device and others. A relay over HTTP, another
//! device on the same network over TCP.
//!
//! What may be here: sockets, TLS, timeouts, bounded reading. What must not enter: a decision about
//! what to send or what an answer means for a space, a clock (times are handed in), storage. Nothing
//! here sees a plain word: envelopes are sealed before they come and opened after they leave.

mod answer;
mod append;
mod blobs;
mod carry;
mod ears;
mod error;
mod lan;
mod line;
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
#[cfg(not(any(target_os = "android", target_os = "ios")))]
pub use lan::MdnsDiscovery;
pub use lan::{
    Advertisement, Discovery, LanListener, LanPeer, LanStream, decode_tags, encode_tags,
};
pub use line::{LineAnswer, LineFuture, LineRequest, RelayLine};
pub use live::Live;
pub use options::RelayOptions;
pub use relay_client::RelayClient;
