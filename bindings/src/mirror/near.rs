//! Meetings on one network. What each part means is said where it is made: core/engine/src/lan/views.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{DeviceId, SpaceId};
use belay_engine::{LanEndingView, LanMeetingView, LanReport, MetDeviceView, NearbyView};

#[uniffi::remote(Enum)]
pub enum LanEndingView {
    Whole,
    Interrupted,
    NotAMember,
    BrokeRules,
}

#[uniffi::remote(Record)]
pub struct LanMeetingView {
    pub space: SpaceId,
    pub partner: Option<String>,
    pub device: Option<DeviceId>,
    pub ending: LanEndingView,
    pub trouble: Option<String>,
    pub envelopes_sent: u64,
    pub envelopes_received: u64,
    pub envelopes_refused: u64,
    pub items_received: u64,
    #[uniffi(default = 0)]
    pub attachments_received: u64,
}

#[uniffi::remote(Record)]
pub struct LanReport {
    pub meetings: Vec<LanMeetingView>,
    pub edited_after_deletion: u64,
}

#[uniffi::remote(Record)]
pub struct MetDeviceView {
    pub space: SpaceId,
    pub partner: Option<String>,
    pub device: DeviceId,
    pub met_at_ms: i64,
}

#[uniffi::remote(Record)]
pub struct NearbyView {
    pub on: bool,
    pub met: Vec<MetDeviceView>,
}
