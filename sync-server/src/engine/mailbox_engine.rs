//! The trait of a mailbox engine and the values that go in and out.

use std::pin::Pin;

use axum::body::Bytes;
use belay_model::EnvelopeId;
use belay_protocol::relay::{AppendOutcome, Cursor, EraseOutcome, Generation, MailboxPk};

/// What every row costs beside its envelope, erased or not. Counted against the quota, so that
/// posting and erasing for ever ends.
pub const ROW_BYTES: u64 = 128;
/// How long a withdrawal of an envelope that was never seen is remembered, in days.
pub const TOMBSTONE_DAYS: i64 = 400;

/// What an engine's method gives back, later.
pub type EngineFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, EngineError>> + Send + 'a>>;

/// An engine that could not say what happened. The same call may be made again: all are idempotent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// It may or may not have been done.
    #[error("the storage did not answer")]
    Unknown,
    /// The engine is closed.
    #[error("the storage is closed")]
    Closed,
}

/// The times that a call is judged by, all in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Now.
    pub now_ms: i64,
    /// A mailbox that expired before this is gone.
    pub gone_before_ms: i64,
    /// Until when a mailbox that is used now is kept.
    pub renew_to_ms: i64,
}

/// A mailbox to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewMailbox {
    /// Its generation.
    pub generation: Generation,
    /// Most bytes it may hold.
    pub quota: u64,
    /// Most mailboxes the engine may hold.
    pub mailboxes_max: u64,
    /// The token it is paid with.
    pub token: Option<SpentToken>,
}

/// A creation token that may be used once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpentToken {
    /// Its id.
    pub id: [u8; 16],
    /// After this it is refused anyway and need not be remembered.
    pub expires_ms: i64,
}

/// The one record that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxState {
    /// The generation.
    pub generation: Generation,
    /// Number of the last envelope.
    pub head: u64,
    /// Up to here nothing is kept.
    pub floor: u64,
    /// Bytes held, rows included.
    pub bytes: u64,
    /// Most bytes.
    pub quota: u64,
    /// When it expires.
    pub expires_ms: i64,
}

/// What became of a creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It is new.
    New(MailboxState),
    /// It was there; no token was spent.
    Existing(MailboxState),
    /// The engine holds as many as it may.
    Full,
    /// The token was used before.
    TokenSpent,
}

/// An envelope to be stored.
#[derive(Debug, Clone)]
pub struct NewEnvelope {
    /// The hash of its bytes.
    pub id: EnvelopeId,
    /// The hash that an erase token must have.
    pub erase_hash: [u8; 32],
    /// Its bytes.
    pub bytes: Bytes,
}

/// What became of an append. Either everything is stored or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// Stored, or known before.
    Stored {
        /// The generation the numbers belong to.
        generation: Generation,
        /// Number of the last envelope now.
        head: u64,
        /// In the order given.
        outcomes: Vec<AppendOutcome>,
    },
    /// There is no such mailbox.
    NoMailbox,
    /// The mailbox has another generation than the caller thought.
    WrongGeneration,
    /// It would hold too much.
    QuotaExceeded,
    /// These were erased.
    Erased(Vec<EnvelopeId>),
}

/// How much a read may give. The first envelope is given whatever its size.
#[derive(Debug, Clone, Copy)]
pub struct ReadLimits {
    /// Most envelopes.
    pub envelopes: u32,
    /// Most bytes.
    pub bytes: u32,
}

/// A gap-free run of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The mailbox as it was at that moment.
    pub state: MailboxState,
    /// Number and bytes; `None` where it was erased.
    pub envelopes: Vec<(u64, Option<Bytes>)>,
}

/// One envelope to erase.
#[derive(Debug, Clone, Copy)]
pub struct EraseOrder {
    /// The envelope.
    pub id: EnvelopeId,
    /// The hash of the token shown.
    pub erase_hash: [u8; 32],
    /// When it shall be gone; now or earlier means at once.
    pub due_ms: i64,
}

/// What became of an erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erased {
    /// One for each order.
    Done(Vec<EraseOutcome>),
    /// There is no such mailbox.
    NoMailbox,
    /// There is no room left to remember withdrawals of unseen envelopes; nothing changed.
    QuotaExceeded,
}

/// Mailboxes that may have expired. Each is checked again when it is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    /// Name and generation.
    pub found: Vec<(MailboxPk, Generation)>,
    /// Where to go on; `None` at the end.
    pub next: Option<u64>,
}

/// What a round of tidying did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Collected {
    /// Rows that were blanked or removed.
    pub rows: u64,
    /// Whether there may be more to do.
    pub more: bool,
}

/// How much there is in all. May be of a moment ago.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Mailboxes.
    pub mailboxes: u64,
    /// Bytes of envelopes, rows included.
    pub bytes: u64,
    /// Bytes that blobs hold or have reserved.
    pub blob_bytes: u64,
}

/// Keeps mailboxes. Every method but the scan, the tidying and the totals is about exactly one of them.
pub trait MailboxEngine: Send + Sync {
    /// Makes a mailbox unless it is there, and spends the token with it.
    fn create(&self, key: MailboxPk, new: NewMailbox, at: Moment) -> EngineFuture<'_, Created>;

    /// Stores all envelopes or none and numbers them without a gap; one that is known keeps its
    /// number. `generation` is compared if given.
    fn append(
        &self,
        key: MailboxPk,
        generation: Option<Generation>,
        envelopes: Vec<NewEnvelope>,
        at: Moment,
    ) -> EngineFuture<'_, Appended>;

    /// Gives what follows `after`, from the floor if that is of another generation; `None` if there is
    /// no such mailbox. Changes nothing.
    fn read(
        &self,
        key: MailboxPk,
        after: Option<Cursor>,
        limits: ReadLimits,
        at: Moment,
    ) -> EngineFuture<'_, Option<Page>>;

    /// Moves a mailbox's expiry on; never back.
    fn renew(&self, key: MailboxPk, at: Moment) -> EngineFuture<'_, ()>;

    /// Erases envelopes whose hash fits; keeps number and id. Doing it again gives the same answer.
    fn erase(
        &self,
        key: MailboxPk,
        orders: Vec<EraseOrder>,
        at: Moment,
    ) -> EngineFuture<'_, Erased>;

    /// Drops everything up to `floor`; never moves back. False if the mailbox has another generation.
    fn trim(&self, key: MailboxPk, generation: Generation, floor: u64) -> EngineFuture<'_, bool>;

    /// Starts a mailbox afresh and empty under a new generation. False if it has another one than
    /// `from`.
    fn restart(&self, key: MailboxPk, from: Generation, to: Generation) -> EngineFuture<'_, bool>;

    /// Deletes a mailbox if it still has this generation and is still gone at that moment.
    fn delete(&self, key: MailboxPk, generation: Generation, at: Moment) -> EngineFuture<'_, bool>;

    /// Looks for mailboxes that are gone at that moment, in no order, a part at a time.
    fn scan_expired(&self, from: u64, at: Moment) -> EngineFuture<'_, Expired>;

    /// Tidies up a bounded amount: envelopes whose grace has ended, rows of deleted mailboxes,
    /// withdrawals older than 400 days, uploads that do not go on, expired slots and tokens.
    fn collect(&self, at: Moment) -> EngineFuture<'_, Collected>;

    /// Counts, for who runs the relay.
    fn totals(&self) -> EngineFuture<'_, Totals>;

    /// Fails if the engine does not work.
    fn check(&self) -> EngineFuture<'_, ()>;

    /// Finishes what was begun and lets go of all files. Everything later is `Closed`.
    fn close(&self) -> EngineFuture<'_, ()>;
}
