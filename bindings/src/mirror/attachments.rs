//! Attachments. What each part means is said where it is made: core/engine/src/attachments/views.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::DocName;
use belay_engine::{AttachmentKind, AttachmentRoomView, AttachmentStateView, AttachmentView};

#[uniffi::remote(Enum)]
pub enum AttachmentKind {
    Photo,
    VoiceMemo,
    File,
}

#[uniffi::remote(Enum)]
pub enum AttachmentStateView {
    Here,
    Coming { held: u64, of: u64 },
    NotHereYet,
}

#[uniffi::remote(Record)]
pub struct AttachmentView {
    pub id: DocName,
    pub entry: DocName,
    pub kind: AttachmentKind,
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    pub added_at_ms: i64,
    pub state: AttachmentStateView,
    pub thumbnail: Option<AttachmentStateView>,
}

#[uniffi::remote(Record)]
pub struct AttachmentRoomView {
    pub attachments: u64,
    pub not_here: u64,
    pub bytes: u64,
}
