//! Writing a bundle.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use belay_model::SpaceId;
use belay_protocol::relay::limits::BLOB_PART_MAX;
use belay_protocol::{FileBlob, FileWriter};
use belay_store::{BlobHeld, EnvelopeRow};

use super::views::{BundleFor, BundleProgress, BundleWrittenView, NewBundle};
use super::{OnBundleProgress, file_error};
use crate::Result;
use crate::attachments::Blob;
use crate::engine::Engine;

/// A file under way.
struct Bundle<'a> {
    out: &'a mut dyn Write,
    writer: FileWriter,
    view: BundleWrittenView,
}

impl Bundle<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.view.bytes += bytes.len() as u64;
        self.out
            .write_all(bytes)
            .map_err(|error| file_error(&error))
    }
}

impl Engine {
    /// Writes a bundle to a file. The file is there once it is whole; one of that name is replaced then, and
    /// stays as it was when anything goes wrong. Writes to disk, also to the store: what waits is sealed.
    ///
    /// # Errors
    /// `NotFound{file}` when its folder is not there, `Unavailable{file-not-usable}`, `StorageFull`; as
    /// [`Engine::write_bundle_to`].
    pub fn write_bundle(
        &self,
        path: &Path,
        new: NewBundle,
        on_progress: OnBundleProgress<'_>,
    ) -> Result<BundleWrittenView> {
        let beside = beside(path);
        let written = self.write_beside(&beside, new, on_progress);
        let moved = written.and_then(|view| {
            fs::rename(&beside, path).map_err(|error| file_error(&error))?;
            Ok(view)
        });
        if moved.is_err() {
            // It may never have been made.
            let _ = fs::remove_file(&beside);
        }
        moved
    }

    fn write_beside(
        &self,
        beside: &Path,
        new: NewBundle,
        on_progress: OnBundleProgress<'_>,
    ) -> Result<BundleWrittenView> {
        let file = File::create(beside).map_err(|error| file_error(&error))?;
        let mut out = BufWriter::new(file);
        let view = self.write_bundle_to(&mut out, new, on_progress)?;
        let file = out
            .into_inner()
            .map_err(|error| file_error(error.error()))?;
        file.sync_all().map_err(|error| file_error(&error))?;
        Ok(view)
    }

    /// As [`Engine::write_bundle`], to whatever takes bytes. It is not flushed to a disk.
    ///
    /// # Errors
    /// `NotFound{partner}`; `Unavailable{waiting-for-partner}` or `Unavailable{not-in-space}` where nothing can be
    /// exchanged with that partner; `Unavailable{device-waiting}` on a device that was not admitted yet.
    pub fn write_bundle_to(
        &self,
        out: &mut dyn Write,
        new: NewBundle,
        on_progress: OnBundleProgress<'_>,
    ) -> Result<BundleWrittenView> {
        let mut to_write: Vec<(SpaceId, Vec<EnvelopeRow>)> = Vec::new();
        let mut bundle = Bundle {
            out,
            writer: FileWriter::default(),
            view: BundleWrittenView::default(),
        };
        for space in self.bundle_spaces(new.for_whom)? {
            self.prepare_to_meet(&space)?;
            to_write.push((space, self.bundle_envelopes(&space, &new)?));
            bundle.view.held += self.held_back(&space)?;
            bundle.view.spaces += 1;
        }
        let spaces = to_write.iter().map(|(space, _)| *space);
        let blobs = self.blobs_to_write(spaces.collect(), &new)?;
        let envelopes: u64 = to_write.iter().map(|(_, rows)| rows.len() as u64).sum();
        let of = envelopes + blobs.len() as u64;
        let head = bundle.writer.begin();
        bundle.put(&head)?;
        self.write_keyring(&new, &mut bundle)?;
        for (_, mut rows) in to_write {
            while !rows.is_empty() {
                let batch = self.read(|tx| crate::lan::take_batch(tx, &mut rows))?;
                if batch.is_empty() {
                    continue;
                }
                let part = bundle.writer.envelopes(&batch);
                bundle.put(&part)?;
                bundle.view.envelopes += batch.len() as u64;
                on_progress(BundleProgress {
                    done: bundle.view.envelopes,
                    of: Some(of),
                });
            }
        }
        // After what says which they are, and what opens them.
        for blob in &blobs {
            self.write_blob(blob, &mut bundle)?;
            on_progress(BundleProgress {
                done: bundle.view.envelopes + bundle.view.attachments,
                of: Some(of),
            });
        }
        let end = std::mem::take(&mut bundle.writer).end();
        bundle.put(&end)?;
        bundle.out.flush().map_err(|error| file_error(&error))?;
        Ok(bundle.view)
    }
}

impl Engine {
    /// The keyring, sealed to the recovery words: with them, the file alone brings everything in it back.
    fn write_keyring(&self, new: &NewBundle, bundle: &mut Bundle<'_>) -> Result<()> {
        if matches!(new.for_whom, BundleFor::Partner { .. }) {
            return Ok(());
        }
        for envelope in self.sealed_keyring()? {
            let part = bundle.writer.envelopes(&[envelope]);
            bundle.put(&part)?;
        }
        Ok(())
    }

    fn blobs_to_write(&self, spaces: Vec<SpaceId>, new: &NewBundle) -> Result<Vec<Blob>> {
        if !new.attachments {
            return Ok(Vec::new());
        }
        let files = self.blob_files();
        let mut blobs = Vec::new();
        for space in spaces {
            blobs.extend(self.blobs_of(&space)?);
        }
        let mut fault = Ok(());
        blobs.retain(|blob| match files.held(&blob.file_name()) {
            Ok(held) => held == BlobHeld::Whole,
            Err(error) => {
                fault = Err(error.into());
                false
            }
        });
        fault.map(|()| blobs)
    }

    fn write_blob(&self, blob: &Blob, bundle: &mut Bundle<'_>) -> Result<()> {
        let (files, total) = (self.blob_files(), blob.inner.sealed_len());
        let mut offset = 0;
        while offset < total {
            let bytes = files.read(&blob.file_name(), offset, BLOB_PART_MAX)?;
            let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
                // Erased meanwhile.
                return Ok(());
            };
            let piece = FileBlob {
                id: blob.inner.id,
                total,
                offset,
                bytes,
            };
            offset += piece.bytes.len() as u64;
            let part = bundle.writer.blob(&piece);
            bundle.put(&part)?;
        }
        bundle.view.attachments += 1;
        Ok(())
    }
}

/// Where a file lies until it is whole: in the same folder, so that it can be moved in one step.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unfinished");
    PathBuf::from(name)
}
