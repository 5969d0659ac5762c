//! The trait of a blob store: runs of bytes in a mailbox, uploaded part by part.

use axum::body::Bytes;
use belay_protocol::relay::{BlobId, BlobPart, BlobRange, BlobState, EraseOutcome, MailboxPk};

use super::{EngineFuture, Moment};

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobPut {
    /// So much is held now. A part that was held before, or that begins after what is held, changed
    /// nothing.
    Held(BlobState),
    /// There is no such mailbox.
    NoMailbox,
    /// A blob of another size or for another token stands under this id.
    Differs,
    /// It was erased.
    Erased,
    /// The mailbox would hold too much.
    QuotaExceeded,
}

/// What a read of a blob gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobRead {
    /// Some of it.
    Piece(BlobPiece),
    /// There is no such mailbox.
    NoMailbox,
    /// The mailbox has no such blob.
    NoBlob,
}

/// Some bytes of a blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobPiece {
    /// How much is held.
    pub state: BlobState,
    /// The hash that an erase token must have.
    pub erase_hash: [u8; 32],
    /// The bytes asked for, as far as they are held, in the pieces they were stored in.
    pub bytes: Vec<Bytes>,
    /// When the mailbox expires.
    pub expires_ms: i64,
}

/// What became of an erase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobGone {
    /// This.
    Done(EraseOutcome),
    /// There is no such mailbox.
    NoMailbox,
    /// There is no room left to remember it; nothing changed.
    QuotaExceeded,
}

/// Keeps blobs. A blob belongs to one mailbox and goes with it; nothing here spans two.
pub trait BlobStore: Send + Sync {
    /// Stores a part where it continues what is held. The first one takes room for the whole blob,
    /// so that no upload fails half-way for want of it; `quota` bounds a mailbox's blobs together.
    fn put_part(
        &self,
        key: MailboxPk,
        id: BlobId,
        part: BlobPart,
        bytes: Bytes,
        quota: u64,
        at: Moment,
    ) -> EngineFuture<'_, BlobPut>;

    /// Gives bytes of a blob. Changes nothing.
    fn read_blob(
        &self,
        key: MailboxPk,
        id: BlobId,
        range: BlobRange,
        at: Moment,
    ) -> EngineFuture<'_, BlobRead>;

    /// Erases a blob whose hash fits, and remembers that for 400 days, also of one that was never
    /// here. Doing it again gives `Remembered`.
    fn erase_blob(
        &self,
        key: MailboxPk,
        id: BlobId,
        erase_hash: [u8; 32],
        at: Moment,
    ) -> EngineFuture<'_, BlobGone>;
}
