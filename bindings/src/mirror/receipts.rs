//! Receipts of taking something back, and what was erased beyond a day's measure: core/engine/src/erasures/receipts.rs,
//! erase_limit.rs and set_aside.rs.

use belay_engine::model::{CivilDay, DeviceId, DocName, SpaceId};
use belay_engine::{
    DeviceReceiptView, EraseLimitView, ErasureView, SetAsideView, TakenBackKindView, TakenBackView,
};

#[uniffi::remote(Enum)]
pub enum TakenBackKindView {
    Entry,
    CheckIn,
    Goal,
    Outcome,
    Passage,
    Response,
}

#[uniffi::remote(Record)]
pub struct DeviceReceiptView {
    pub device: DeviceId,
    pub name: Option<String>,
    pub gone: bool,
}

#[uniffi::remote(Record)]
pub struct TakenBackView {
    pub space: SpaceId,
    pub partner: Option<String>,
    pub kind: TakenBackKindView,
    pub name: DocName,
    pub at_ms: i64,
    pub devices: Vec<DeviceReceiptView>,
    pub relays: Vec<ErasureView>,
}

#[uniffi::remote(Record)]
pub struct EraseLimitView {
    pub a_day: u64,
    pub left: u64,
    pub aside_for_hours: u64,
}

#[uniffi::remote(Record)]
pub struct SetAsideView {
    pub kind: TakenBackKindView,
    pub name: DocName,
    pub excerpt: String,
    pub on: Option<CivilDay>,
    pub by: Option<String>,
    pub since_ms: i64,
    pub destroyed_at_ms: i64,
}
