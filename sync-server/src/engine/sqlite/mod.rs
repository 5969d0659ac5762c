//! The engine that lasts: SQLite with one writing thread and a few readers.
//!
//! All writes queue at one thread, which takes what has come, runs it in one transaction and commits
//! it with one sync to disk; a caller is answered after that. While one commit is under way the next
//! group gathers, so a busy relay makes large groups and an idle one waits for nobody.

mod append;
mod backup;
mod blobs;
mod collect;
mod database;
mod erase;
mod mailbox;
mod readers;
mod slots;
mod writer;

use std::path::Path;

use axum::body::Bytes;
use belay_protocol::relay::{
    BlobId, BlobPart, BlobRange, Cursor, Generation, MailboxPk, RendezvousId, Slot,
};

use self::database::Database;
use self::readers::Readers;
use self::writer::Writer;
use super::{
    Appended, BlobGone, BlobPut, BlobRead, BlobStore, Collected, Created, EngineError,
    EngineFuture, EraseOrder, Erased, Expired, MailboxEngine, Moment, NewEnvelope, NewMailbox,
    Page, ReadLimits, SlotPut, SlotStore, Totals,
};
use crate::RelayError;

/// Keeps everything in one SQLite database.
pub struct SqliteEngine {
    writer: Writer,
    readers: Readers,
}

impl SqliteEngine {
    /// Opens or makes the database in a folder, which is made too if it is missing. Writes to disk.
    ///
    /// # Errors
    /// `InUse` while another relay works there, `NewerData`, or what the system or SQLite said.
    pub fn open(folder: &Path) -> Result<Self, RelayError> {
        let database = Database::open(folder)?;
        let readers = Readers::new(database.path().to_owned());
        Ok(Self {
            writer: Writer::start(database)?,
            readers,
        })
    }

    /// Gives every mailbox a new generation, keeping what it holds: after the database was put back
    /// from a copy, so that readers notice. Writes to disk. Gives how many there are.
    ///
    /// # Errors
    /// As [`Self::open`], or `NoRandomness`.
    pub fn renew_generations(folder: &Path) -> Result<u64, RelayError> {
        let database = Database::open(folder)?;
        mailbox::renew_generations(database.connection())
    }

    /// Writes a copy of the data in `folder` to `target`, all as of one moment, while a relay may be
    /// running on it. Nothing erased is in the copy. Writes to disk; on return the copy is there whole.
    ///
    /// # Errors
    /// `InTheWay` if `target` holds a copy already, `NotABackup` if `folder` holds no data, or what the
    /// system or SQLite said.
    pub fn back_up(folder: &Path, target: &Path) -> Result<(), RelayError> {
        backup::back_up(folder, target)
    }

    /// Puts a copy made by [`Self::back_up`] into `folder`, which must hold no data yet, and gives every
    /// mailbox a new generation, so that readers notice. Writes to disk; a crash leaves all of it or
    /// nothing. Gives how many mailboxes there are.
    ///
    /// # Errors
    /// `InTheWay` if there is data, `InUse` while a relay works there, `NotABackup` for a copy that is
    /// missing or damaged, `NewerData`, or what the system or SQLite said.
    pub fn restore(folder: &Path, source: &Path) -> Result<u64, RelayError> {
        backup::restore(folder, source)
    }
}

impl MailboxEngine for SqliteEngine {
    fn create(&self, key: MailboxPk, new: NewMailbox, at: Moment) -> EngineFuture<'_, Created> {
        self.writer
            .submit(move |connection| mailbox::create(connection, &key, new, at))
    }

    fn append(
        &self,
        key: MailboxPk,
        generation: Option<Generation>,
        envelopes: Vec<NewEnvelope>,
        at: Moment,
    ) -> EngineFuture<'_, Appended> {
        self.writer
            .submit(move |connection| append::append(connection, &key, generation, &envelopes, at))
    }

    fn read(
        &self,
        key: MailboxPk,
        after: Option<Cursor>,
        limits: ReadLimits,
        at: Moment,
    ) -> EngineFuture<'_, Option<Page>> {
        self.readers
            .submit(move |connection| mailbox::read(connection, &key, after, limits, at))
    }

    fn renew(&self, key: MailboxPk, at: Moment) -> EngineFuture<'_, ()> {
        self.writer
            .submit(move |connection| mailbox::renew(connection, &key, at))
    }

    fn erase(
        &self,
        key: MailboxPk,
        orders: Vec<EraseOrder>,
        at: Moment,
    ) -> EngineFuture<'_, Erased> {
        self.writer
            .submit(move |connection| erase::erase(connection, &key, &orders, at))
    }

    fn trim(&self, key: MailboxPk, generation: Generation, floor: u64) -> EngineFuture<'_, bool> {
        self.writer
            .submit(move |connection| mailbox::trim(connection, &key, generation, floor))
    }

    fn restart(&self, key: MailboxPk, from: Generation, to: Generation) -> EngineFuture<'_, bool> {
        self.writer
            .submit(move |connection| mailbox::restart(connection, &key, from, to))
    }

    fn delete(&self, key: MailboxPk, generation: Generation, at: Moment) -> EngineFuture<'_, bool> {
        self.writer
            .submit(move |connection| mailbox::delete(connection, &key, generation, at))
    }

    fn scan_expired(&self, from: u64, at: Moment) -> EngineFuture<'_, Expired> {
        self.readers
            .submit(move |connection| collect::scan_expired(connection, from, at))
    }

    fn collect(&self, at: Moment) -> EngineFuture<'_, Collected> {
        self.writer
            .submit(move |connection| collect::collect(connection, at))
    }

    fn totals(&self) -> EngineFuture<'_, Totals> {
        self.readers.submit(collect::totals)
    }

    fn check(&self) -> EngineFuture<'_, ()> {
        Box::pin(async {
            if self.writer.is_closed() {
                return Err(EngineError::Closed);
            }
            self.readers
                .submit(|connection| {
                    connection.query_row("SELECT count(*) FROM dropped", [], |_| Ok(()))
                })
                .await
        })
    }

    fn close(&self) -> EngineFuture<'_, ()> {
        Box::pin(async {
            self.readers.close().await;
            self.writer.close().await
        })
    }
}

impl BlobStore for SqliteEngine {
    fn put_part(
        &self,
        key: MailboxPk,
        id: BlobId,
        part: BlobPart,
        bytes: Bytes,
        quota: u64,
        at: Moment,
    ) -> EngineFuture<'_, BlobPut> {
        self.writer
            .submit(move |connection| blobs::put(connection, &key, &id, part, &bytes, quota, at))
    }

    fn read_blob(
        &self,
        key: MailboxPk,
        id: BlobId,
        range: BlobRange,
        at: Moment,
    ) -> EngineFuture<'_, BlobRead> {
        self.readers
            .submit(move |connection| blobs::read(connection, &key, &id, range, at))
    }

    fn erase_blob(
        &self,
        key: MailboxPk,
        id: BlobId,
        erase_hash: [u8; 32],
        at: Moment,
    ) -> EngineFuture<'_, BlobGone> {
        Box::pin(async move {
            let erase = move |connection: &_| blobs::erase(connection, &key, &id, &erase_hash, at);
            let (gone, mut more) = self.writer.submit(erase).await?;
            while let Some(blob) = more {
                let go_on = move |connection: &_| blobs::erase_more(connection, blob);
                more = self.writer.submit(go_on).await?.then_some(blob);
            }
            Ok(gone)
        })
    }
}

impl SlotStore for SqliteEngine {
    fn put_slot(
        &self,
        id: RendezvousId,
        slot: Slot,
        body: Bytes,
        now_ms: i64,
        expires_ms: i64,
        bytes_max: u64,
    ) -> EngineFuture<'_, SlotPut> {
        self.writer.submit(move |connection| {
            slots::put(connection, &id, slot, &body, now_ms, expires_ms, bytes_max)
        })
    }

    fn slot(&self, id: RendezvousId, slot: Slot, now_ms: i64) -> EngineFuture<'_, Option<Bytes>> {
        self.readers
            .submit(move |connection| slots::get(connection, &id, slot, now_ms))
    }
}
