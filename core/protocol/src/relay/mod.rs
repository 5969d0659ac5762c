//! What a client and a relay say to each other: paths, header names, bodies, limits and error codes.
//!
//! Both sides parse with these types, so a limit or a code stands in one place. Everything here is
//! plain data: signing and checking a request is the crypto room's, sockets are the transport's.
//! The endpoints are described in `docs/protocol.md`.

mod append;
mod blob;
mod cursor;
mod envelopes;
mod erase;
pub mod header;
mod info;
pub mod limits;
mod live;
mod mailbox_pk;
mod name;
mod origin;
mod page;
pub mod path;
mod problem;
mod read_query;
mod rendezvous;

pub use append::{AppendAnswer, AppendOutcome};
pub use blob::{BlobErase, BlobErased, BlobId, BlobPage, BlobPart, BlobRange, BlobState};
pub use cursor::{Cursor, Generation};
pub use envelopes::{EnvelopeRef, split_envelopes};
pub use erase::{EraseEntry, EraseOutcome, EraseResult, EraseToken};
pub use info::{Creation, Info, InfoLimits, MailboxCreated};
pub use live::{LiveClaim, LiveEvent, LiveOrder, LiveReader, LiveSignature};
pub use mailbox_pk::MailboxPk;
pub use origin::{RelayOrigin, Scheme};
pub use page::{PageWriter, ReadPage};
pub use problem::{Code, Problem};
pub use read_query::ReadQuery;
pub use rendezvous::{RendezvousId, Slot, SlotLife};
