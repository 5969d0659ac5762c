//! How coming back after a loss stands. What each part means is said where it is made: core/engine/src/recovery.
//!
//! A field that is added there fails the build here.

use belay_engine::model::SpaceId;
use belay_engine::{
    KeptShareView, KeyringCopyView, RecoveryGapView, RecoveryView, RestoredView, ShareHolderView,
    TypedWordsVerdict,
};

#[uniffi::remote(Record)]
pub struct RestoredView {
    pub partnerships: u64,
    pub left_out: u64,
    pub other_devices: u64,
}

#[uniffi::remote(Record)]
pub struct KeyringCopyView {
    pub relay: String,
    pub at_ms: i64,
    pub seen_at_ms: i64,
}

#[uniffi::remote(Record)]
pub struct ShareHolderView {
    pub space: SpaceId,
    pub partner: String,
    pub set: String,
    pub index: u8,
    pub threshold: u8,
}

#[uniffi::remote(Record)]
pub struct KeptShareView {
    pub space: SpaceId,
    pub partner: String,
    pub set: String,
    pub index: u8,
    pub threshold: u8,
    pub received_at_ms: i64,
}

#[uniffi::remote(Enum)]
pub enum RecoveryGapView {
    WordsNotConfirmed,
    NoCopy,
    CopyNotSeen,
    NoSecondDevice,
    NoShares,
}

#[uniffi::remote(Record)]
pub struct RecoveryView {
    pub words_here: bool,
    pub copy: Option<KeyringCopyView>,
    pub other_devices: u64,
    pub holders: Vec<ShareHolderView>,
    pub gaps: Vec<RecoveryGapView>,
    pub would_come_back: bool,
    pub last_drill_at_ms: Option<i64>,
    pub drill_every_days: Option<u32>,
    pub drill_due_at_ms: Option<i64>,
    pub drill_due: bool,
}

#[uniffi::remote(Enum)]
pub enum TypedWordsVerdict {
    GoOn,
    Mistyped,
    TooMany,
    WrongTogether,
    Whole,
}
