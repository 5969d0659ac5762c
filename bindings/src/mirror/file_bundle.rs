//! File bundles. What each part means is said where it is made: core/engine/src/file_bundle/views.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::SpaceId;
use belay_engine::{
    BundleEndingView, BundleFor, BundleProgress, BundleReadView, BundleSpaceView,
    BundleWrittenView, NewBundle,
};

#[uniffi::remote(Enum)]
pub enum BundleFor {
    Partner { space: SpaceId },
    OwnDevices,
    Everybody,
}

#[uniffi::remote(Record)]
pub struct NewBundle {
    pub for_whom: BundleFor,
    pub whole: bool,
    #[uniffi(default = false)]
    pub attachments: bool,
}

#[uniffi::remote(Record)]
pub struct BundleProgress {
    pub done: u64,
    pub of: Option<u64>,
}

#[uniffi::remote(Record)]
pub struct BundleWrittenView {
    pub envelopes: u64,
    pub bytes: u64,
    pub spaces: u64,
    pub held: u64,
    #[uniffi(default = 0)]
    pub attachments: u64,
}

#[uniffi::remote(Enum)]
pub enum BundleEndingView {
    Whole,
    CutShort,
    Damaged,
}

#[uniffi::remote(Record)]
pub struct BundleSpaceView {
    pub space: SpaceId,
    pub partner: Option<String>,
    pub envelopes_received: u64,
    pub envelopes_refused: u64,
    pub items_received: u64,
}

#[uniffi::remote(Record)]
pub struct BundleReadView {
    pub ending: BundleEndingView,
    pub spaces: Vec<BundleSpaceView>,
    pub foreign: u64,
    pub newer: u64,
    pub edited_after_deletion: u64,
    #[uniffi(default = 0)]
    pub attachments: u64,
    #[uniffi(default = 0)]
    pub attachments_refused: u64,
}
