//! The only core crate that knows SQLite: open, migrate, items, projection, outbox, cursors, secrets.
//!
//! A [`Store`] is one encrypted database in one folder, beside the [`KeyFile`] that holds its key
//! wrapped and the [`SyncLock`] that lets one worker sync. Everything is read and written inside
//! [`Store::read`] and [`Store::write`], by methods of [`ReadTx`] and [`WriteTx`] that are spread over
//! files by area. The layout of the tables is explained in `docs/storage.md`.
//!
//! The store decides nothing: which item is valid, what a document says and when to send is settled
//! above; no clock and no randomness enters here, and no key but the one that opens the database. All
//! it knows of formats is how an item's bytes come apart and where an envelope's nonce stands.

mod attachments;
mod blobs;
mod carried;
mod chains;
mod create;
mod devices;
mod documents;
mod emptying;
mod envelope_items;
mod envelopes;
mod erasures;
mod error;
#[cfg(feature = "faults")]
pub mod faults;
mod files;
mod held;
mod items;
mod journal;
mod key_check;
mod key_file;
mod mailboxes;
mod meta;
mod migrate;
mod newer;
mod open;
mod open_page;
mod outbox;
mod own;
mod peer_acks;
mod projection;
mod removal;
mod room;
mod rows;
mod search;
mod secrets;
mod sent;
mod set_aside;
mod shared;
mod spaces;
mod sql;
mod store;
mod sync_lock;
mod taken_back;
mod tombstones;
mod tx;
mod upkeep;

pub use blobs::{BlobFiles, BlobHeld, NewBlob};
pub use carried::Carried;
pub use chains::Chain;
pub use devices::Device;
pub use documents::Document;
pub use emptying::OwnEnvelope;
pub use envelopes::{Claim, Envelope, NewEnvelope, Sealed, Sent};
pub use erasures::{DueErasure, Erasure, ErasureCounts, ErasureState};
pub use error::StoreError;
pub use held::{Held, HeldReason, HeldStart};
pub use items::{ChainRows, ItemState, NewItem, StoredItem};
pub use journal::{KeptDraft, OwnPlace};
pub use key_file::KeyFile;
pub use mailboxes::Mailbox;
pub use open_page::OpenPage;
pub use outbox::{Delivery, DeliveryCounts, Queued};
pub use own::{Own, OwnRow};
pub use peer_acks::PeerAck;
pub use rows::{DeviceRow, DocRow, EnvelopeRow, ItemRow, SpaceRow};
pub use search::{Search, SearchRow};
pub use secrets::{Secret, SecretKind};
pub use sent::SentItem;
pub use shared::{Shared, SharedRow};
pub use spaces::{NewSpace, Space, SpaceState};
pub use store::Store;
pub use sync_lock::SyncLock;
pub use taken_back::TakenBack;
pub use tx::{ReadTx, WriteTx};
pub use upkeep::ChainItem;

/// What the methods of this crate return.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
