//! An engine that forgets everything when it ends: for tests, demonstrations and relays that are
//! only a meeting point.

mod blobs;
mod mailbox;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use belay_protocol::relay::{
    BlobId, BlobPart, BlobRange, Cursor, Generation, MailboxPk, RendezvousId, Slot,
};

use self::mailbox::Mailbox;
use super::{
    Appended, BlobGone, BlobPut, BlobRead, BlobStore, Collected, Created, EngineError,
    EngineFuture, EraseOrder, Erased, Expired, MailboxEngine, MailboxState, Moment, NewEnvelope,
    NewMailbox, Page, ReadLimits, SlotPut, SlotStore, Totals,
};

#[derive(Clone)]
struct SlotBody {
    body: Bytes,
    expires_ms: i64,
}

#[derive(Clone, Default)]
struct Inner {
    mailboxes: HashMap<MailboxPk, Mailbox>,
    slots: HashMap<(RendezvousId, Slot), SlotBody>,
    tokens: HashMap<[u8; 16], i64>,
    closed: bool,
}

impl Inner {
    fn live(&mut self, key: &MailboxPk, at: Moment) -> Option<&mut Mailbox> {
        self.mailboxes
            .get_mut(key)
            .filter(|mailbox| mailbox.state.expires_ms >= at.gone_before_ms)
    }

    fn of_generation(&mut self, key: &MailboxPk, generation: Generation) -> Option<&mut Mailbox> {
        self.mailboxes
            .get_mut(key)
            .filter(|mailbox| mailbox.state.generation == generation)
    }
}

/// Keeps everything in memory. A clone is the same memory.
#[derive(Clone, Default)]
pub struct MemoryEngine {
    inner: Arc<Mutex<Inner>>,
}

impl MemoryEngine {
    /// An empty engine.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A copy of everything as it is now, which goes its own way from here on.
    #[must_use]
    pub fn copied(&self) -> Self {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        Self {
            inner: Arc::new(Mutex::new(inner.clone())),
        }
    }

    /// Goes back to what a copy holds, as an operator does who puts one back.
    pub fn put_back(&self, copy: &Self) {
        let held = copy.copied();
        let mut held = held.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        *inner = std::mem::take(&mut held);
    }

    /// Does it at once, all under one lock.
    fn answer<'a, T: Send + 'a>(
        &'a self,
        act: impl FnOnce(&mut Inner) -> T,
    ) -> EngineFuture<'a, T> {
        // Every change below is made after all its checks, so a poisoned value is still whole.
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = if inner.closed {
            Err(EngineError::Closed)
        } else {
            Ok(act(&mut inner))
        };
        Box::pin(std::future::ready(answer))
    }
}

impl MailboxEngine for MemoryEngine {
    fn create(&self, key: MailboxPk, new: NewMailbox, at: Moment) -> EngineFuture<'_, Created> {
        self.answer(|inner| {
            if let Some(mailbox) = inner.live(&key, at) {
                return Created::Existing(mailbox.state);
            }
            if inner.mailboxes.len() as u64 >= new.mailboxes_max {
                return Created::Full;
            }
            if let Some(token) = new.token
                && inner.tokens.insert(token.id, token.expires_ms).is_some()
            {
                return Created::TokenSpent;
            }
            let state = MailboxState {
                generation: new.generation,
                head: 0,
                floor: 0,
                bytes: 0,
                quota: new.quota,
                expires_ms: at.renew_to_ms,
            };
            inner.mailboxes.insert(key, Mailbox::new(state));
            Created::New(state)
        })
    }

    fn append(
        &self,
        key: MailboxPk,
        generation: Option<Generation>,
        envelopes: Vec<NewEnvelope>,
        at: Moment,
    ) -> EngineFuture<'_, Appended> {
        self.answer(|inner| match inner.live(&key, at) {
            None => Appended::NoMailbox,
            Some(mailbox) if generation.is_some_and(|given| given != mailbox.state.generation) => {
                Appended::WrongGeneration
            }
            Some(mailbox) => mailbox.append(envelopes, at),
        })
    }

    fn read(
        &self,
        key: MailboxPk,
        after: Option<Cursor>,
        limits: ReadLimits,
        at: Moment,
    ) -> EngineFuture<'_, Option<Page>> {
        self.answer(|inner| {
            let mailbox = inner.live(&key, at)?;
            Some(mailbox.read(after, limits, at))
        })
    }

    fn renew(&self, key: MailboxPk, at: Moment) -> EngineFuture<'_, ()> {
        self.answer(|inner| {
            if let Some(mailbox) = inner.live(&key, at) {
                mailbox.renew(at);
            }
        })
    }

    fn erase(
        &self,
        key: MailboxPk,
        orders: Vec<EraseOrder>,
        at: Moment,
    ) -> EngineFuture<'_, Erased> {
        self.answer(|inner| {
            inner
                .live(&key, at)
                .map_or(Erased::NoMailbox, |mailbox| mailbox.erase(&orders, at))
        })
    }

    fn trim(&self, key: MailboxPk, generation: Generation, floor: u64) -> EngineFuture<'_, bool> {
        self.answer(|inner| {
            let found = inner.of_generation(&key, generation);
            found.map(|mailbox| mailbox.trim(floor)).is_some()
        })
    }

    fn restart(&self, key: MailboxPk, from: Generation, to: Generation) -> EngineFuture<'_, bool> {
        self.answer(|inner| {
            let Some(mailbox) = inner.of_generation(&key, from) else {
                return false;
            };
            *mailbox = Mailbox::new(MailboxState {
                generation: to,
                head: 0,
                floor: 0,
                bytes: 0,
                ..mailbox.state
            });
            true
        })
    }

    fn delete(&self, key: MailboxPk, generation: Generation, at: Moment) -> EngineFuture<'_, bool> {
        self.answer(|inner| {
            let found = inner.of_generation(&key, generation);
            let gone = found.is_some_and(|mailbox| mailbox.state.expires_ms < at.gone_before_ms);
            gone && inner.mailboxes.remove(&key).is_some()
        })
    }

    fn scan_expired(&self, _from: u64, at: Moment) -> EngineFuture<'_, Expired> {
        self.answer(|inner| {
            let gone = inner
                .mailboxes
                .iter()
                .filter(|(_, mailbox)| mailbox.state.expires_ms < at.gone_before_ms);
            let names = gone.map(|(key, mailbox)| (*key, mailbox.state.generation));
            // All at once: they are names only, and nothing outside this process ever sees them.
            Expired {
                found: names.collect(),
                next: None,
            }
        })
    }

    fn collect(&self, at: Moment) -> EngineFuture<'_, Collected> {
        self.answer(|inner| {
            inner.tokens.retain(|_, expires| *expires > at.now_ms);
            inner.slots.retain(|_, slot| slot.expires_ms > at.now_ms);
            let mailboxes = inner.mailboxes.values_mut();
            let rows = mailboxes.map(|mailbox| mailbox.collect(at)).sum();
            Collected { rows, more: false }
        })
    }

    fn totals(&self) -> EngineFuture<'_, Totals> {
        self.answer(|inner| Totals {
            mailboxes: inner.mailboxes.len() as u64,
            bytes: inner.mailboxes.values().map(|one| one.state.bytes).sum(),
            blob_bytes: inner.mailboxes.values().map(Mailbox::blob_bytes).sum(),
        })
    }

    fn check(&self) -> EngineFuture<'_, ()> {
        self.answer(|_| ())
    }

    fn close(&self) -> EngineFuture<'_, ()> {
        let closed = self.answer(|inner| inner.closed = true);
        Box::pin(async {
            // Closing twice is closing once.
            closed.await.or(Ok(()))
        })
    }
}

impl BlobStore for MemoryEngine {
    fn put_part(
        &self,
        key: MailboxPk,
        id: BlobId,
        part: BlobPart,
        bytes: Bytes,
        quota: u64,
        at: Moment,
    ) -> EngineFuture<'_, BlobPut> {
        self.answer(|inner| {
            inner.live(&key, at).map_or(BlobPut::NoMailbox, |mailbox| {
                mailbox.put_part(id, part, &bytes, quota, at)
            })
        })
    }

    fn read_blob(
        &self,
        key: MailboxPk,
        id: BlobId,
        range: BlobRange,
        at: Moment,
    ) -> EngineFuture<'_, BlobRead> {
        self.answer(|inner| {
            inner
                .live(&key, at)
                .map_or(BlobRead::NoMailbox, |mailbox| mailbox.read_blob(&id, range))
        })
    }

    fn erase_blob(
        &self,
        key: MailboxPk,
        id: BlobId,
        erase_hash: [u8; 32],
        at: Moment,
    ) -> EngineFuture<'_, BlobGone> {
        self.answer(|inner| {
            inner.live(&key, at).map_or(BlobGone::NoMailbox, |mailbox| {
                mailbox.erase_blob(id, erase_hash, at)
            })
        })
    }
}

impl SlotStore for MemoryEngine {
    fn put_slot(
        &self,
        id: RendezvousId,
        slot: Slot,
        body: Bytes,
        now_ms: i64,
        expires_ms: i64,
        bytes_max: u64,
    ) -> EngineFuture<'_, SlotPut> {
        self.answer(|inner| {
            let mut live = inner
                .slots
                .iter()
                .filter(|(_, held)| held.expires_ms > now_ms);
            let bytes: usize = live.clone().map(|(_, held)| held.body.len()).sum();
            match live.find(|(name, _)| **name == (id, slot)) {
                Some((_, held)) if held.body == body => SlotPut::Same,
                Some(_) => SlotPut::Taken,
                None if (bytes + body.len()) as u64 > bytes_max => SlotPut::Full,
                None => {
                    let held = SlotBody { body, expires_ms };
                    inner.slots.insert((id, slot), held);
                    SlotPut::Written
                }
            }
        })
    }

    fn slot(&self, id: RendezvousId, slot: Slot, now_ms: i64) -> EngineFuture<'_, Option<Bytes>> {
        self.answer(|inner| {
            let held = inner.slots.get(&(id, slot))?;
            (held.expires_ms > now_ms).then(|| held.body.clone())
        })
    }
}
