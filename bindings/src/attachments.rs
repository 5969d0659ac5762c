//! Attachments: core/engine/src/attachments. Paths go in and out, never what is in the files.

use std::path::{Path, PathBuf};

use belay_engine::model::{DocName, SpaceId};
use belay_engine::{AttachmentKind, AttachmentRoomView, AttachmentView};

use crate::{BelayCore, Result};

/// An attachment to be added.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewAttachment {
    /// The entry it belongs to.
    pub entry: DocName,
    /// What it is.
    pub kind: AttachmentKind,
    /// What to call it; without one, the name of the file.
    #[uniffi(default = None)]
    pub name: Option<String>,
    /// Its media type, where the system knows it. A photo tells its own.
    #[uniffi(default = None)]
    pub media_type: Option<String>,
    /// Where a small picture of it lies, at most 256 KiB.
    #[uniffi(default = None)]
    pub thumbnail_path: Option<String>,
}

impl From<NewAttachment> for belay_engine::NewAttachment {
    fn from(new: NewAttachment) -> Self {
        Self {
            entry: new.entry,
            kind: new.kind,
            name: new.name,
            media_type: new.media_type,
            thumbnail: new.thumbnail_path.map(PathBuf::from),
        }
    }
}

#[uniffi::export]
impl BelayCore {
    /// Attaches a file to an entry; a picture loses what it tells besides the picture. Writes to disk.
    pub async fn attach(&self, path: String, new: NewAttachment) -> Result<AttachmentView> {
        self.on_disk(move |engine| engine.attach(Path::new(&path), new.into()))
            .await
    }

    /// The attachments of an entry, in the order they were added.
    pub async fn attachments(&self, entry: DocName) -> Result<Vec<AttachmentView>> {
        self.on_disk(move |engine| engine.attachments(&entry)).await
    }

    /// One attachment.
    pub async fn attachment(&self, id: DocName) -> Result<AttachmentView> {
        self.on_disk(move |engine| engine.attachment(&id)).await
    }

    /// How much room attachments take on this device.
    pub async fn attachment_room(&self) -> Result<AttachmentRoomView> {
        self.on_disk(belay_engine::Engine::attachment_room).await
    }

    /// Opens an attachment into a file, which the shell removes when it is not shown any more. Writes to disk.
    pub async fn export_attachment(&self, id: DocName, path: String) -> Result<AttachmentView> {
        self.on_disk(move |engine| engine.export_attachment(&id, Path::new(&path)))
            .await
    }

    /// Opens an attachment's small picture into a file. Writes to disk.
    pub async fn export_thumbnail(&self, id: DocName, path: String) -> Result<AttachmentView> {
        self.on_disk(move |engine| engine.export_thumbnail(&id, Path::new(&path)))
            .await
    }

    /// Opens an attachment that was given with a passage, by either side, into a file. Writes to disk.
    pub async fn export_given_attachment(
        &self,
        space: SpaceId,
        id: DocName,
        path: String,
    ) -> Result<AttachmentView> {
        self.on_disk(move |engine| engine.export_given_attachment(&space, &id, Path::new(&path)))
            .await
    }

    /// Opens its small picture into a file. Writes to disk.
    pub async fn export_given_thumbnail(
        &self,
        space: SpaceId,
        id: DocName,
        path: String,
    ) -> Result<AttachmentView> {
        self.on_disk(move |engine| engine.export_given_thumbnail(&space, &id, Path::new(&path)))
            .await
    }

    /// Erases one attachment for good, everywhere. Writes to disk.
    pub async fn remove_attachment(&self, id: DocName) -> Result<()> {
        self.on_disk(move |engine| engine.remove_attachment(&id))
            .await
    }
}
