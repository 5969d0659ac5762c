//! Meeting other devices on one network (product id Y3): no relay takes part, and none need ever have been
//! chosen. Two devices of one space find each other, prove that they belong to it, tell what they have, and
//! give each other the envelopes the other lacks, also those that a third one wrote.
//!
//! What travels is what a relay would carry, through the same Gate. Whose turn it is stands in `belay_sync`'s
//! `LanRound`, the bytes and the handshake in docs/protocol.md, "On one network".

mod carry;
mod desk;
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

use belay_transport::{Discovery, LanStream};

use crate::engine::Engine;
use crate::sync_worker::OnProgress;
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
}
