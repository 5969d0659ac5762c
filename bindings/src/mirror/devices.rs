//! How own devices stand. What each part means is said where it is made: core/engine/src/own_devices/removal.rs and
//! devices_page.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::DeviceId;
use belay_engine::{
    ArrivalView, DeviceStandingView, DevicesPageView, OwnDeviceRowView, OwnDeviceStateView,
    OwnDeviceView, RemovedDeviceView, TwiceAdviceView,
};

#[uniffi::remote(Record)]
pub struct RemovedDeviceView {
    pub device: DeviceId,
    pub name: Option<String>,
    pub removed_at_ms: Option<i64>,
    pub waiting: u64,
    #[uniffi(default = None)]
    pub removed_by: Option<String>,
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

#[uniffi::remote(Record)]
pub struct DevicesPageView {
    pub standing: DeviceStandingView,
    pub devices: Vec<OwnDeviceRowView>,
    pub removed: Vec<RemovedDeviceView>,
    pub arriving: Option<ArrivalView>,
    pub twice: Option<TwiceAdviceView>,
    pub partnerships_elsewhere: u64,
    pub sealed_copy_at: Option<String>,
    pub may_add: bool,
    pub may_take_in: bool,
}

#[uniffi::remote(Record)]
pub struct OwnDeviceRowView {
    pub device: OwnDeviceView,
    pub state: OwnDeviceStateView,
    pub twice: Option<TwiceAdviceView>,
    pub may_rename: bool,
    pub may_remove: bool,
}

#[uniffi::remote(Enum)]
pub enum OwnDeviceStateView {
    InUse,
    NotHeardOf,
    Arriving { items: u64, of_items: u64 },
}

#[uniffi::remote(Enum)]
pub enum TwiceAdviceView {
    RemoveAndAddAgain,
    RemoveFromAnother,
    KeepOne,
}
