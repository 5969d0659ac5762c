//! How own devices stand. What each part means is said where it is made: core/engine/src/own_device_removal.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::DeviceId;
use belay_engine::{DeviceStandingView, RemovedDeviceView};

#[uniffi::remote(Record)]
pub struct RemovedDeviceView {
    pub device: DeviceId,
    pub name: Option<String>,
    pub removed_at_ms: Option<i64>,
    pub waiting: u64,
}

#[uniffi::remote(Enum)]
pub enum DeviceStandingView {
    Active,
    Waiting,
    Removed {
        by: Option<String>,
        at_ms: Option<i64>,
    },
}
