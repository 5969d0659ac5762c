//! Where a connection's long poll lies while nothing happens.
//!
//! HTTP machinery holds two buffers of 8 KiB and a few futures for each request under way. A long poll
//! does nothing for most of its life, so it is taken out of that machinery: the handler parks it here,
//! the connection lets go of everything but the socket, and when something comes a small stand-in of
//! the request is read anew and finds the poll, checked already, in the same place.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::request::Parts;
use axum::http::{Method, Version, header};

use super::live::Live;
use super::long_poll::{LongPoll, Subject};

/// What lies in a berth.
pub(crate) enum Parked {
    /// Goes on as a request when something comes.
    Poll(Box<LongPoll>),
    /// Writes to the connection itself, until its end.
    Live(Box<Live>),
}

/// One connection's place for one poll.
#[derive(Default)]
pub(crate) struct Berth {
    polls: Mutex<Polls>,
    stalled: AtomicBool,
}

#[derive(Default)]
struct Polls {
    parked: Option<Parked>,
    resumed: Option<Box<LongPoll>>,
}

impl Berth {
    /// The berth of the connection this request came by; `None` if it must be answered there and then
    /// because it is the connection's last.
    pub(crate) fn of(parts: &mut Parts) -> Option<Arc<Self>> {
        // What stands in for a parked request is a GET, and its answer has a body.
        let plain = parts.version == Version::HTTP_11
            && parts.method != Method::HEAD
            && !parts.headers.contains_key(header::CONNECTION)
            && !parts.headers.contains_key(header::UPGRADE);
        parts.extensions.remove().filter(|_| plain)
    }

    /// Leaves something for the connection.
    pub(crate) fn park(&self, parked: Parked) {
        self.polls().parked = Some(parked);
    }

    /// What is parked, unless bytes of an earlier answer are still to be sent.
    pub(crate) fn take_parked(&self) -> Option<Parked> {
        if self.stalled.load(Ordering::Relaxed) {
            return None;
        }
        self.polls().parked.take()
    }

    /// Leaves a poll for the request that stands in for it, and gives that request.
    pub(crate) fn resume(&self, poll: Box<LongPoll>) -> &'static [u8] {
        let stand_in: &[u8] = match poll.subject {
            Subject::Mailbox(..) => b"GET /v1/mailboxes/-/envelopes HTTP/1.1\r\n\r\n",
            Subject::Slot(..) => b"GET /v1/rendezvous/-/- HTTP/1.1\r\n\r\n",
        };
        self.polls().resumed = Some(poll);
        stand_in
    }

    /// The poll this request stands in for, if it is such a one.
    pub(crate) fn take_resumed(&self) -> Option<Box<LongPoll>> {
        self.polls().resumed.take()
    }

    /// Whether a write waits for the client.
    pub(crate) fn set_stalled(&self, stalled: bool) {
        self.stalled.store(stalled, Ordering::Relaxed);
    }

    fn polls(&self) -> MutexGuard<'_, Polls> {
        self.polls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
