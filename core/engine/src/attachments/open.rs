//! Opening an attachment into a file that others can read.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;

use belay_model::DocName;
use belay_protocol::{ManifestBlob, ManifestBody};

use super::blobs::{file_name, open_blob};
use super::manifest::manifest_of;
use super::views::AttachmentView;
use super::{KIND, MISSING};
use crate::engine::Engine;
use crate::file_bundle::{beside, file_error};
use crate::{BelayError, Result};

impl Engine {
    /// Opens an attachment into a file, for its owner only. One of that name is replaced; it is there once it is
    /// whole. Whoever asks removes it when it is not shown any more. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable{not-here-yet}` while it is not whole on this device,
    /// `Unavailable{attachment-damaged}` when what is here is not what was attached,
    /// `Unavailable{file-not-usable}`, `StorageFull`.
    pub fn export_attachment(&self, id: &DocName, to: &Path) -> Result<AttachmentView> {
        let body = self.manifest(id)?;
        self.export(&body.blob, to)?;
        self.attachment(id)
    }

    /// Opens an attachment's small picture into a file.
    ///
    /// # Errors
    /// As [`Engine::export_attachment`]; `NotFound` also where it has none.
    pub fn export_thumbnail(&self, id: &DocName, to: &Path) -> Result<AttachmentView> {
        let body = self.manifest(id)?;
        self.export(body.thumbnail.as_ref().ok_or(MISSING)?, to)?;
        self.attachment(id)
    }

    pub(super) fn manifest(&self, id: &DocName) -> Result<ManifestBody> {
        self.read(|tx| {
            let own = tx.own_by_name(KIND.into(), id)?.ok_or(MISSING)?;
            manifest_of(tx, own.document)?.ok_or(MISSING)
        })
    }

    pub(super) fn export(&self, blob: &ManifestBlob, to: &Path) -> Result<()> {
        let sealed = self.blob_files().open(&file_name(&blob.id))?;
        let sealed = sealed.ok_or(BelayError::unavailable("not-here-yet"))?;
        let beside = beside(to);
        let opened = open_into(blob, sealed, &beside)
            .and_then(|()| fs::rename(&beside, to).map_err(|error| file_error(&error)));
        if opened.is_err() {
            // It may never have been made.
            let _ = fs::remove_file(&beside);
        }
        opened
    }
}

fn open_into(blob: &ManifestBlob, sealed: File, to: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = BufWriter::new(options.open(to).map_err(|error| file_error(&error))?);
    open_blob(blob, sealed, |plain| {
        out.write_all(plain).map_err(|error| file_error(&error))
    })?;
    out.flush().map_err(|error| file_error(&error))
}
