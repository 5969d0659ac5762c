//! The trait of a rendezvous store: write-once slots with an end.

use axum::body::Bytes;
use belay_protocol::relay::{RendezvousId, Slot};

use super::EngineFuture;

/// What became of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotPut {
    /// Written now.
    Written,
    /// The same bytes stood there before.
    Same,
    /// Something else stands there.
    Taken,
    /// The store holds as much as it may.
    Full,
}

/// Keeps rendezvous slots until they expire.
pub trait SlotStore: Send + Sync {
    /// Writes a slot once. `bytes_max` bounds all slots together.
    fn put_slot(
        &self,
        id: RendezvousId,
        slot: Slot,
        body: Bytes,
        now_ms: i64,
        expires_ms: i64,
        bytes_max: u64,
    ) -> EngineFuture<'_, SlotPut>;

    /// The bytes of a slot, if it was written and has not expired.
    fn slot(&self, id: RendezvousId, slot: Slot, now_ms: i64) -> EngineFuture<'_, Option<Bytes>>;
}
