//! What all requests share.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::HeaderMap;
use belay_protocol::relay::{MailboxPk, RendezvousId, SlotLife};
use tokio::sync::{Semaphore, watch};

use super::refusal::Refusal;
use crate::clock::Clock;
use crate::config::RelayConfig;
use crate::engine::{Engine, Moment};
use crate::metrics::{Gauges, Metrics};
use crate::rate::{Rate, caller};
use crate::wakeups::Wakeups;
use belay_protocol::relay::Code;

const DAY_MS: i64 = 86_400_000;

/// The address a connection came from.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The relay as a request sees it.
pub(crate) struct Shared {
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) config: RelayConfig,
    /// The origin that signatures must be for.
    pub(crate) origin: String,
    pub(crate) mailboxes: Arc<Wakeups<MailboxPk>>,
    pub(crate) slots: Arc<Wakeups<RendezvousId>>,
    pub(crate) polls: Arc<Semaphore>,
    /// Bytes of bodies that may be in memory, in units of [`MEMORY_UNIT`].
    pub(crate) memory: Arc<Semaphore>,
    pub(crate) stopping: watch::Receiver<bool>,
    pub(crate) metrics: Metrics,
    creations: Rate<IpAddr>,
    meetings: Rate<IpAddr>,
    answers: Rate<RendezvousId>,
    code_bytes: Rate<IpAddr>,
    link_bytes: Rate<IpAddr>,
}

/// Bytes of slots that one caller may fill at once: a sixteenth, and never less than two pairings.
fn caller_share(rendezvous_bytes: u64) -> u32 {
    u32::try_from(rendezvous_bytes / 16)
        .unwrap_or(u32::MAX)
        .max(1 << 20)
}

/// Bytes of a slot, counted for who brings it.
pub(crate) struct SlotShare<'a> {
    rate: &'a Rate<IpAddr>,
    who: IpAddr,
    bytes: u32,
}

impl SlotShare<'_> {
    /// Nothing was written for them.
    pub(crate) fn give_back(self) {
        self.rate.give_back(&self.who, self.bytes);
    }
}

/// Bytes that one permit of the memory semaphore stands for.
pub(crate) const MEMORY_UNIT: usize = 4096;

impl Shared {
    pub(crate) fn new(
        engine: Box<dyn Engine>,
        clock: Arc<dyn Clock>,
        config: RelayConfig,
        origin: String,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        let limits = &config.limits;
        let share = caller_share(limits.rendezvous_bytes);
        Self {
            mailboxes: Arc::new(Wakeups::new(limits.polls_per_mailbox)),
            // Two people meet; a few more polls are retries.
            slots: Arc::new(Wakeups::new(8)),
            polls: Arc::new(Semaphore::new(limits.polls)),
            memory: Arc::new(Semaphore::new(limits.memory_bytes / MEMORY_UNIT)),
            metrics: Metrics::new(),
            creations: Rate::new(240, 240),
            meetings: Rate::new(240, 2_400),
            answers: Rate::new(60, 600),
            // At most two shares stand at a time of what lasts ten minutes, three of what lasts seven days.
            code_bytes: Rate::new(share, share.saturating_mul(6)),
            link_bytes: Rate::new(share, share / 84),
            engine,
            clock,
            config,
            origin,
            stopping,
        }
    }

    /// The times that a call now is judged by.
    pub(crate) fn moment(&self) -> Moment {
        let now_ms = self.clock.now_ms();
        let limits = &self.config.limits;
        Moment {
            now_ms,
            gone_before_ms: now_ms - i64::from(limits.grace_days) * DAY_MS,
            renew_to_ms: now_ms + i64::from(limits.idle_days) * DAY_MS,
        }
    }

    /// What is so now.
    pub(crate) async fn gauges(&self) -> Result<Gauges, Refusal> {
        let totals = self.engine.totals().await?;
        let limits = &self.config.limits;
        let free = self.memory.available_permits() * MEMORY_UNIT;
        Ok(Gauges {
            mailboxes: totals.mailboxes,
            bytes: totals.bytes,
            blob_bytes: totals.blob_bytes,
            waiting: limits.polls - self.polls.available_permits(),
            memory_bytes: limits.memory_bytes.saturating_sub(free),
        })
    }

    /// Counts a creation.
    pub(crate) fn limit_creation(&self, peer: Peer, headers: &HeaderMap) -> Result<(), Refusal> {
        let who = self.caller(peer, headers);
        self.allow(self.creations.take(who, self.clock.now_ms()))
    }

    /// Counts a request to a rendezvous, by who asks and by what it is about.
    pub(crate) fn limit_meeting(
        &self,
        peer: Peer,
        headers: &HeaderMap,
        id: RendezvousId,
    ) -> Result<(), Refusal> {
        let now_ms = self.clock.now_ms();
        let who = self.caller(peer, headers);
        self.allow(self.meetings.take(who, now_ms) && self.answers.take(id, now_ms))
    }

    /// Counts the bytes of a new slot. [`SlotShare::give_back`] when nothing was written.
    pub(crate) fn limit_slot_bytes(
        &self,
        peer: Peer,
        headers: &HeaderMap,
        life: SlotLife,
        bytes: usize,
    ) -> Result<SlotShare<'_>, Refusal> {
        let rate = match life {
            SlotLife::Code => &self.code_bytes,
            SlotLife::Link => &self.link_bytes,
        };
        let who = self.caller(peer, headers);
        let bytes = u32::try_from(bytes).map_err(|_| Code::TooLarge)?;
        self.allow(rate.take_many(who, bytes, self.clock.now_ms()))?;
        Ok(SlotShare { rate, who, bytes })
    }

    /// Most bytes of all slots together that a new one of this life may make full. What lasts seven days
    /// leaves a quarter to what is over in ten minutes.
    pub(crate) fn slot_room(&self, life: SlotLife) -> u64 {
        let all = self.config.limits.rendezvous_bytes;
        match life {
            SlotLife::Code => all,
            SlotLife::Link => all - all / 4,
        }
    }

    fn allow(&self, allowed: bool) -> Result<(), Refusal> {
        if allowed {
            Ok(())
        } else {
            Err(Refusal::from(Code::RateLimited))
        }
    }

    fn caller(&self, peer: Peer, headers: &HeaderMap) -> IpAddr {
        let forwarded = self.config.behind_proxy.then(|| {
            // Only the last name is the proxy's own; what stands before came from the client.
            let last = headers.get_all("x-forwarded-for").iter().next_back()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        });
        caller(forwarded.flatten().unwrap_or(peer.0))
    }
}
