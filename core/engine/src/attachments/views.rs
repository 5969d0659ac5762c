//! What shells hand in and show of attachments.

use std::path::PathBuf;

use belay_model::DocName;
use belay_protocol::AttachmentSort;
use serde::{Deserialize, Serialize};

/// What an attachment is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A picture. What it tells besides the picture is taken out: place, time, camera, comments.
    Photo,
    /// Something spoken.
    VoiceMemo,
    /// Any file, kept as it is.
    File,
}

impl From<AttachmentKind> for AttachmentSort {
    fn from(kind: AttachmentKind) -> Self {
        match kind {
            AttachmentKind::Photo => Self::Photo,
            AttachmentKind::VoiceMemo => Self::Voice,
            AttachmentKind::File => Self::File,
        }
    }
}

impl From<AttachmentSort> for AttachmentKind {
    fn from(sort: AttachmentSort) -> Self {
        match sort {
            AttachmentSort::Photo => Self::Photo,
            AttachmentSort::Voice => Self::VoiceMemo,
            AttachmentSort::File => Self::File,
        }
    }
}

/// An attachment to be added.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    /// The entry it belongs to.
    pub entry: DocName,
    /// What it is.
    pub kind: AttachmentKind,
    /// What to call it; without one, the name of the file.
    pub name: Option<String>,
    /// Its media type, such as `audio/mp4`, where the shell knows it. A photo tells its own.
    pub media_type: Option<String>,
    /// A small picture of it, at most 256 KiB, that the shell drew. It is cleaned like a photo.
    pub thumbnail: Option<PathBuf>,
}

/// Whether an attachment is on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum AttachmentStateView {
    /// All of it.
    Here,
    /// It has begun to arrive.
    Coming {
        /// Sealed bytes that are here.
        held: u64,
        /// Of how many.
        of: u64,
    },
    /// Not on this device yet.
    NotHereYet,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    /// Its name in the store.
    pub id: DocName,
    /// The entry it belongs to; of one that was given to a partner, the passage.
    pub entry: DocName,
    /// What it is.
    pub kind: AttachmentKind,
    /// What the person calls it; may be empty.
    pub name: String,
    /// Its media type; may be empty.
    pub media_type: String,
    /// Its bytes.
    pub bytes: u64,
    /// When it was added.
    pub added_at_ms: i64,
    /// Whether it is here.
    pub state: AttachmentStateView,
    /// Whether its small picture is here; `None` where it has none.
    pub thumbnail: Option<AttachmentStateView>,
}

/// How much room attachments take on this device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct AttachmentRoomView {
    /// Attachments in all.
    pub attachments: u64,
    /// Those that are not whole here yet.
    pub not_here: u64,
    /// Bytes on this device's disk.
    pub bytes: u64,
}
