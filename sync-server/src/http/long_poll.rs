//! A request that waits for something to come.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use belay_protocol::relay::{Code, MailboxPk, ReadQuery, RendezvousId, Slot};
use tokio::sync::futures::OwnedNotified;
use tokio::sync::{Notify, OwnedSemaphorePermit, watch};
use tokio::time::Instant;

use super::berth::{Berth, Parked};
use super::refusal::Refusal;
use super::shared::Shared;
use crate::wakeups::Waiter;

/// What is waited for.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    /// The next envelope of a mailbox.
    Mailbox(MailboxPk, ReadQuery),
    /// A rendezvous slot.
    Slot(RendezvousId, Slot),
}

// Held for what its drop does: leaving those who wait.
enum Place {
    Mailbox(Waiter<MailboxPk>),
    Slot(Waiter<RendezvousId>),
}

/// One that waits. It has been checked whose it is, and outlives the HTTP it came by.
pub(crate) struct LongPoll {
    pub(crate) subject: Subject,
    end: Instant,
    notify: Arc<Notify>,
    notified: Pin<Box<OwnedNotified>>,
    stopping: watch::Receiver<bool>,
    _place: Place,
    _permit: OwnedSemaphorePermit,
}

impl LongPoll {
    /// Begins to wait for at most `seconds`.
    ///
    /// # Errors
    /// `Busy` if too many wait.
    pub(crate) fn begin(
        shared: &Shared,
        subject: Subject,
        seconds: u32,
    ) -> Result<Box<Self>, Refusal> {
        let permit = Arc::clone(&shared.polls).try_acquire_owned();
        let permit = permit.map_err(|_| Code::Busy)?;
        let place = match subject {
            Subject::Mailbox(mailbox, _) => shared.mailboxes.join(mailbox).map(Place::Mailbox),
            Subject::Slot(id, _) => shared.slots.join(id).map(Place::Slot),
        };
        let place = place.ok_or(Code::Busy)?;
        let notify = match &place {
            Place::Mailbox(waiter) => waiter.notify(),
            Place::Slot(waiter) => waiter.notify(),
        };
        Ok(Box::new(Self {
            subject,
            end: Instant::now() + Duration::from_secs(u64::from(seconds)),
            notified: Box::pin(Arc::clone(&notify).notified_owned()),
            notify,
            stopping: shared.stopping.clone(),
            _place: place,
            _permit: permit,
        }))
    }

    /// From now on nothing is missed; to be called before looking whether something is there.
    pub(crate) fn listen(&mut self) {
        self.notified.set(Arc::clone(&self.notify).notified_owned());
        self.notified.as_mut().enable();
    }

    /// Whether it has waited long enough, or the relay is about to end.
    pub(crate) fn is_over(&self) -> bool {
        Instant::now() >= self.end || *self.stopping.borrow()
    }

    /// Waits until something may have come since [`Self::listen`], or until it is over.
    pub(crate) async fn wait(&mut self) {
        let Self {
            notified,
            stopping,
            end,
            ..
        } = self;
        tokio::select! {
            () = notified.as_mut() => {}
            () = tokio::time::sleep_until(*end) => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
    }

    /// Waits in the connection's berth, where this request ends and another takes its place, or here
    /// where there is none.
    pub(crate) async fn pause(mut self: Box<Self>, berth: Option<&Arc<Berth>>) -> Box<Self> {
        match berth {
            Some(berth) => {
                berth.park(Parked::Poll(self));
                std::future::pending().await
            }
            None => {
                self.wait().await;
                self
            }
        }
    }
}
