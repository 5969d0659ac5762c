//! What shells show of meetings on one network.

use belay_model::{DeviceId, SpaceId};
use serde::Serialize;

/// How a meeting with another device ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LanEndingView {
    /// Both have the same now, as far as they may.
    Whole,
    /// The connection broke; what had arrived is kept, and the next meeting goes on from there.
    Interrupted,
    /// Whoever was there does not belong to the space, or no longer does.
    NotAMember,
    /// What the other side said does not keep the rules, or never ends.
    BrokeRules,
}

/// One meeting about one space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LanMeetingView {
    /// The space.
    pub space: SpaceId,
    /// The partner whose space it is, as named here; `None` for the person's own devices.
    pub partner: Option<String>,
    /// The device that was met; `None` before it proved who it is.
    pub device: Option<DeviceId>,
    /// How it ended.
    pub ending: LanEndingView,
    /// What on this device kept it from going on, as in a report of a sync; `None` where nothing did.
    pub trouble: Option<String>,
    /// Envelopes that were given.
    pub envelopes_sent: u64,
    /// Envelopes that came and were new.
    pub envelopes_received: u64,
    /// Envelopes that could not be opened or do not keep the rules.
    pub envelopes_refused: u64,
    /// Items that came and were new.
    pub items_received: u64,
    /// Attachments and small pictures that came and are whole here now.
    pub attachments_received: u64,
}

/// What came of looking for other devices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LanReport {
    /// The meetings, in the order they ended.
    pub meetings: Vec<LanMeetingView>,
    /// Things that were edited on one own device and deleted on another. Deleted counts.
    pub edited_after_deletion: u64,
}

/// A device that was met on a network once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetDeviceView {
    /// The space they have in common.
    pub space: SpaceId,
    /// The partner, as named here; `None` for an own device.
    pub partner: Option<String>,
    /// The device.
    pub device: DeviceId,
    /// When the last meeting that went well ended.
    pub met_at_ms: i64,
}

/// Whether devices may find each other on one network, and who was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NearbyView {
    /// The person switched it on, on this device.
    pub on: bool,
    /// Who was met, latest first.
    pub met: Vec<MetDeviceView>,
}
