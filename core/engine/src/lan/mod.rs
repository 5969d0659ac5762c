//! Meeting other devices on one network (product id Y3): no relay takes part, and none need ever have been
//! chosen. Two devices of one space find each other, prove that they belong to it, tell what they have, and
//! give each other the envelopes the other lacks, also those that a third one wrote.
//!
//! What travels is what a relay would carry, through the same Gate. Whose turn it is stands in `belay_sync`'s
//! `LanRound`, the bytes and the handshake in docs/protocol.md, "On one network".

mod blobs;
mod carry;
mod desk;
mod hand_over;
mod handshake;
mod keys;
mod meeting;
mod met;
mod setting;
mod views;
mod watch;

pub(crate) use carry::{missing_there, take_batch};
pub(crate) use desk::Desk;
pub(crate) use met::{last_met_ms, met_ms, not_met};
pub(crate) use setting::nearby;
pub use views::{LanEndingView, LanMeetingView, LanReport, MetDeviceView, NearbyView};
pub use watch::LanConfig;

use std::net::SocketAddr;
use std::sync::Arc;

use belay_model::SpaceId;
use belay_transport::{Discovery, LanStream};

use crate::engine::Engine;
use crate::syncing::worker::OnProgress;
use crate::{BelayError, Result};

/// How this system finds devices on one network where no shell hands in a way; `None` where a shell must.
#[must_use]
pub fn system_discovery() -> Option<Arc<dyn Discovery>> {
    #[cfg(not(any(target_os = "android", target_os = "ios")))]
    if let Ok(mdns) = belay_transport::MdnsDiscovery::new() {
        return Some(Arc::new(mdns));
    }
    None
}

impl Engine {
    /// As [`Engine::sync_lan`], with an address as text, such as `192.168.1.7:40123`.
    ///
    /// # Errors
    /// `InvalidInput{peer, not_an_address}`; as [`Engine::sync_lan`].
    pub async fn sync_lan_at(&self, peer: &str, on_progress: OnProgress<'_>) -> Result<LanReport> {
        let peer = peer.parse().map_err(|_| BelayError::InvalidInput {
            field: "peer",
            rule: "not_an_address",
        })?;
        self.sync_lan(peer, on_progress).await
    }

    /// Calls one device whose address is known and exchanges everything of every space that both belong to,
    /// once. Works whether or not devices may find each other by themselves here.
    ///
    /// # Errors
    /// `Offline` when nobody answers there; what the disk refuses. What went wrong with one space stands in
    /// the report.
    pub async fn sync_lan(
        &self,
        peer: SocketAddr,
        on_progress: OnProgress<'_>,
    ) -> Result<LanReport> {
        let mut report = LanReport::default();
        for space in self.lan_spaces(true)? {
            let Ok(stream) = LanStream::connect(peer).await else {
                return Err(BelayError::Offline);
            };
            let meeting = self.call(stream, space, on_progress, &mut report).await?;
            report.meetings.extend(meeting);
        }
        Ok(report)
    }

    /// Calls over a connection that stands already, about one space: for tests whose network is no socket. What the
    /// connection leads to is judged as ever.
    ///
    /// # Errors
    /// What the disk refuses. What went wrong stands in the report.
    #[doc(hidden)]
    pub async fn call_over(&self, stream: LanStream, space: &SpaceId) -> Result<LanReport> {
        let mut report = LanReport::default();
        let spaces = self.lan_spaces(true)?;
        if let Some(keys) = spaces.into_iter().find(|keys| keys.space == *space) {
            let meeting = self.call(stream, keys, &|_| {}, &mut report).await?;
            report.meetings.extend(meeting);
        }
        Ok(report)
    }

    /// Answers a call that came over a connection that stands already, as [`Engine::call_over`] makes it.
    ///
    /// # Errors
    /// What the disk refuses. What went wrong stands in the report.
    #[doc(hidden)]
    pub async fn answer_over(&self, stream: LanStream) -> Result<LanReport> {
        let mut report = LanReport::default();
        let meeting = self.answer_call(stream, &|_| {}, &mut report).await?;
        report.meetings.extend(meeting);
        Ok(report)
    }
}
