//! Meeting other devices on one network (product id Y3): no relay takes part, and none need ever have been
//! chosen. Two devices of one space find each other, prove that they belong to it, tell what they have, and
//! give each other the envelopes the other lacks, also those that a third one wrote.
//!
//! What travels is what a relay would carry, through the same Gate. Whose turn it is stands in `belay_sync`'s
//! `LanRound`, the bytes and the handshake in docs/protocol.md, "On one network".

mod carry;
mod handshake;
mod keys;
mod meeting;
mod met;
mod setting;
mod views;
mod watch;

pub(crate) use met::{last_met_ms, not_met};
pub use views::{LanEndingView, LanMeetingView, LanReport, MetDeviceView, NearbyView};
pub use watch::LanConfig;

use std::net::SocketAddr;

use belay_transport::LanStream;

use crate::engine::Engine;
use crate::sync_worker::OnProgress;
use crate::{BelayError, Result};

impl Engine {
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
