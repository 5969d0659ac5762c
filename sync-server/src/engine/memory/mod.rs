//! An engine that forgets everything when it ends: for tests, demonstrations and relays that are
//! only a meeting point.

mod mailbox;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use belay_protocol::relay::{Cursor, Generation, MailboxPk, RendezvousId, Slot};

use self::mailbox::Mailbox;
use super::{
    Appended, Collected, Created, EngineFuture, EraseOrder, Erased, Expired, MailboxEngine,
    MailboxState, Moment, NewEnvelope, NewMailbox, Page, ReadLimits, SlotPut, SlotStore,
};

const SCAN: usize = 1000;

struct SlotBody {
    body: Bytes,
    expires_ms: i64,
}

#[derive(Default)]
struct Inner {
    mailboxes: HashMap<MailboxPk, Mailbox>,
    slots: HashMap<(RendezvousId, Slot), SlotBody>,
    tokens: HashMap<[u8; 16], i64>,
}

impl Inner {
    fn live(&mut self, key: &MailboxPk, at: Moment) -> Option<&mut Mailbox> {
        self.mailboxes
            .get_mut(key)
            .filter(|mailbox| mailbox.state.expires_ms >= at.gone_before_ms)
    }
}

/// Keeps everything in memory.
#[derive(Default)]
pub struct MemoryEngine {
    inner: Mutex<Inner>,
}

impl MemoryEngine {
    /// An empty engine.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Every change below is made after all its checks, so a poisoned value is still whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ready<'a, T: Send + 'a>(value: T) -> EngineFuture<'a, T> {
    Box::pin(std::future::ready(Ok(value)))
}

impl MailboxEngine for MemoryEngine {
    fn create(&self, key: MailboxPk, new: NewMailbox, at: Moment) -> EngineFuture<'_, Created> {
        let mut inner = self.inner();
        if let Some(mailbox) = inner.live(&key, at) {
            return ready(Created::Existing(mailbox.state));
        }
        if inner.mailboxes.len() as u64 >= new.mailboxes_max {
            return ready(Created::Full);
        }
        if let Some(token) = new.token
            && inner.tokens.insert(token.id, token.expires_ms).is_some()
        {
            return ready(Created::TokenSpent);
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
        ready(Created::New(state))
    }

    fn append(
        &self,
        key: MailboxPk,
        generation: Option<Generation>,
        envelopes: Vec<NewEnvelope>,
        at: Moment,
    ) -> EngineFuture<'_, Appended> {
        let mut inner = self.inner();
        let Some(mailbox) = inner.live(&key, at) else {
            return ready(Appended::NoMailbox);
        };
        if generation.is_some_and(|given| given != mailbox.state.generation) {
            return ready(Appended::WrongGeneration);
        }
        ready(mailbox.append(envelopes, at))
    }

    fn read(
        &self,
        key: MailboxPk,
        after: Option<Cursor>,
        limits: ReadLimits,
        at: Moment,
    ) -> EngineFuture<'_, Option<Page>> {
        let mut inner = self.inner();
        let page = inner
            .live(&key, at)
            .map(|mailbox| mailbox.read(after, limits, at));
        ready(page)
    }

    fn renew(&self, key: MailboxPk, at: Moment) -> EngineFuture<'_, ()> {
        if let Some(mailbox) = self.inner().live(&key, at) {
            mailbox.renew(at);
        }
        ready(())
    }

    fn erase(
        &self,
        key: MailboxPk,
        orders: Vec<EraseOrder>,
        at: Moment,
    ) -> EngineFuture<'_, Erased> {
        let mut inner = self.inner();
        let Some(mailbox) = inner.live(&key, at) else {
            return ready(Erased::NoMailbox);
        };
        ready(mailbox.erase(&orders, at))
    }

    fn trim(&self, key: MailboxPk, generation: Generation, floor: u64) -> EngineFuture<'_, bool> {
        let mut inner = self.inner();
        let found = inner.mailboxes.get_mut(&key);
        let Some(mailbox) = found.filter(|found| found.state.generation == generation) else {
            return ready(false);
        };
        mailbox.trim(floor);
        ready(true)
    }

    fn restart(&self, key: MailboxPk, from: Generation, to: Generation) -> EngineFuture<'_, bool> {
        let mut inner = self.inner();
        let found = inner.mailboxes.get_mut(&key);
        let Some(mailbox) = found.filter(|found| found.state.generation == from) else {
            return ready(false);
        };
        let state = MailboxState {
            generation: to,
            head: 0,
            floor: 0,
            bytes: 0,
            ..mailbox.state
        };
        *mailbox = Mailbox::new(state);
        ready(true)
    }

    fn delete(&self, key: MailboxPk, generation: Generation, at: Moment) -> EngineFuture<'_, bool> {
        let mut inner = self.inner();
        let gone = inner.mailboxes.get(&key).is_some_and(|mailbox| {
            mailbox.state.generation == generation && mailbox.state.expires_ms < at.gone_before_ms
        });
        if gone {
            inner.mailboxes.remove(&key);
        }
        ready(gone)
    }

    fn scan_expired(&self, _from: u64, at: Moment) -> EngineFuture<'_, Expired> {
        let inner = self.inner();
        let found: Vec<_> = inner
            .mailboxes
            .iter()
            .filter(|(_, mailbox)| mailbox.state.expires_ms < at.gone_before_ms)
            .map(|(key, mailbox)| (*key, mailbox.state.generation))
            .take(SCAN)
            .collect();
        // What was found is deleted before the next part, so the next part starts anew.
        let next = (found.len() == SCAN).then_some(0);
        ready(Expired { found, next })
    }

    fn collect(&self, at: Moment) -> EngineFuture<'_, Collected> {
        let mut inner = self.inner();
        inner.tokens.retain(|_, expires| *expires > at.now_ms);
        inner.slots.retain(|_, slot| slot.expires_ms > at.now_ms);
        let mailboxes = inner.mailboxes.values_mut();
        let rows = mailboxes.map(|mailbox| mailbox.collect(at)).sum();
        ready(Collected { rows, more: false })
    }

    fn check(&self) -> EngineFuture<'_, ()> {
        ready(())
    }

    fn close(&self) -> EngineFuture<'_, ()> {
        ready(())
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
        let mut inner = self.inner();
        let held = inner.slots.get(&(id, slot));
        if let Some(held) = held.filter(|held| held.expires_ms > now_ms) {
            return ready(if held.body == body {
                SlotPut::Same
            } else {
                SlotPut::Taken
            });
        }
        let bytes: usize = inner.slots.values().map(|slot| slot.body.len()).sum();
        if (bytes + body.len()) as u64 > bytes_max {
            return ready(SlotPut::Full);
        }
        inner
            .slots
            .insert((id, slot), SlotBody { body, expires_ms });
        ready(SlotPut::Written)
    }

    fn slot(&self, id: RendezvousId, slot: Slot, now_ms: i64) -> EngineFuture<'_, Option<Bytes>> {
        let inner = self.inner();
        let held = inner.slots.get(&(id, slot));
        ready(
            held.filter(|held| held.expires_ms > now_ms)
                .map(|held| held.body.clone()),
        )
    }
}
