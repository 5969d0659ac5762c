//! Where mailboxes live: one trait, an engine in memory and one in SQLite.
//!
//! The shape is kept so that PostgreSQL or a distributed store keyed by (mailbox, number) fits it
//! later: every method takes one mailbox, none spans two, nobody outside sees a transaction or a lock,
//! and the only record that is ever compared is a mailbox's own state. Waking up readers is not here:
//! it is a hint and the relay's business. No HTTP, no signature and no clock may enter; times are
//! handed in.

mod blob_store;
mod mailbox_engine;
mod memory;
mod slot_store;
mod sqlite;

pub use blob_store::{BlobGone, BlobPiece, BlobPut, BlobRead, BlobStore};
pub use mailbox_engine::{
    Appended, Collected, Created, EngineError, EngineFuture, EraseOrder, Erased, Expired,
    MailboxEngine, MailboxState, Moment, NewEnvelope, NewMailbox, Page, ROW_BYTES, ReadLimits,
    SpentToken, TOMBSTONE_DAYS, Totals,
};
pub use memory::MemoryEngine;
pub use slot_store::{SlotPut, SlotStore};
pub use sqlite::SqliteEngine;

/// All that a relay keeps.
pub trait Engine: MailboxEngine + SlotStore + BlobStore {}

impl<T: MailboxEngine + SlotStore + BlobStore> Engine for T {}
