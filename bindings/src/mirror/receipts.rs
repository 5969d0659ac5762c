//! Receipts of taking something back: core/engine/src/receipts.rs.

use belay_engine::model::{DeviceId, DocName, SpaceId};
use belay_engine::{DeviceReceiptView, ErasureView, TakenBackKindView, TakenBackView};

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
