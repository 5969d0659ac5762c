//! Adding an attachment: the file is read, cleaned, sealed and put beside the store, then its manifest is written.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use belay_crypto::{BlobKey, BlobSealer};
use belay_document::pictures::{PictureCleaner, PictureError, PictureFormat};
use belay_model::{DocName, EpochId, make_bytes};
use belay_protocol::limits::{
    ATTACHMENT_MAX, BLOB_CHUNK, MANIFEST_MEDIA_TYPE_MAX, MANIFEST_NAME_MAX, THUMBNAIL_MAX,
};
use belay_protocol::{ManifestBlob, ManifestBody, padded_blob_len};
use belay_store::NewBlob;

use super::blobs::file_name;
use super::views::{AttachmentKind, AttachmentView, NewAttachment};
use super::{KIND, PER_ENTRY_MAX, invalid};
use crate::engine::Engine;
use crate::file_bundle::file_error;
use crate::session::Session;
use crate::{BelayError, Result};

/// A sealed file that has no name yet.
struct Sealed {
    file: NewBlob,
    blob: ManifestBlob,
    format: Option<PictureFormat>,
}

/// What a file may be.
#[derive(Clone, Copy)]
struct Wanted {
    field: &'static str,
    max: u64,
    picture: bool,
}

impl Engine {
    /// Attaches a file to an entry. A picture loses what it tells besides the picture. The file itself is left as
    /// it is. Writes to disk.
    ///
    /// # Errors
    /// `NotFound{file}`, `Unavailable{file-not-usable}`, `NotFound{entry}`; `InvalidInput` with `file` or
    /// `thumbnail` and `too_many_bytes` above 60 MiB (256 KiB) or `not_a_picture`; `attachments`, `too_many` above
    /// 32 of one entry; `name` or `media_type` and `too_many_bytes` or `control_character`; `StorageFull`. Nothing
    /// is left of it then.
    pub fn attach(&self, path: &Path, new: NewAttachment) -> Result<AttachmentView> {
        let name = match &new.name {
            Some(name) => name.trim().to_owned(),
            None => path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
        };
        let media_type = new.media_type.clone().unwrap_or_default();
        check_text("name", &name, MANIFEST_NAME_MAX)?;
        check_text("media_type", &media_type, MANIFEST_MEDIA_TYPE_MAX)?;
        // Before a long file is sealed for nothing.
        self.write(|session| session.has_room(&new.entry))?;
        let whole = self.seal_file(
            path,
            Wanted {
                field: "file",
                max: ATTACHMENT_MAX,
                picture: new.kind == AttachmentKind::Photo,
            },
        )?;
        let small = new.thumbnail.as_deref().map(|path| {
            self.seal_file(
                path,
                Wanted {
                    field: "thumbnail",
                    max: THUMBNAIL_MAX,
                    picture: true,
                },
            )
        });
        let small = small.transpose()?;
        let id = DocName::from_bytes(self.with_entropy(|entropy| make_bytes(entropy))?);
        let media_type = whole
            .format
            .map_or(media_type, |format| format.media_type().to_owned());
        let body = ManifestBody {
            entry: new.entry,
            sort: new.kind.into(),
            name,
            media_type,
            at_ms: u64::try_from(self.clock.now_ms()).unwrap_or(0),
            epoch: EpochId::ZERO,
            blob: whole.blob.clone(),
            thumbnail: small.as_ref().map(|small| small.blob.clone()),
        };
        let files = self.blob_files();
        let published = self.write(|session| {
            session.has_room(&new.entry)?;
            // In the same transaction: a file whose manifest is not there is nobody's, and tidied away.
            for sealed in [Some(whole), small].into_iter().flatten() {
                files.publish(sealed.file, &file_name(&sealed.blob.id))?;
            }
            session.write_new_manifest(&id, body)
        });
        if published.is_err() {
            self.tidy_attachments()?;
        }
        published?;
        self.attachment(&id)
    }

    /// Seals a file into a new blob.
    fn seal_file(&self, path: &Path, wanted: Wanted) -> Result<Sealed> {
        let mut file = File::open(path).map_err(|error| file_error(&error))?;
        let said = file.metadata().map_err(|error| file_error(&error))?.len();
        if !wanted.picture && said > wanted.max {
            return Err(invalid(wanted.field, "too_many_bytes"));
        }
        let mut sealing = self.begin_sealing()?;
        let mut cleaner = wanted.picture.then(PictureCleaner::default);
        let (mut piece, mut cleaned, mut length) = (vec![0; BLOB_CHUNK], Vec::new(), 0_u64);
        loop {
            let read = file.read(&mut piece).map_err(|error| file_error(&error))?;
            if read == 0 {
                break;
            }
            let kept = match &mut cleaner {
                None => &piece[..read],
                Some(cleaner) => {
                    cleaned.clear();
                    let fed = cleaner.feed(&piece[..read], &mut cleaned);
                    fed.map_err(|error| not_a_picture(wanted.field, error))?;
                    &cleaned
                }
            };
            length += kept.len() as u64;
            if length > wanted.max {
                return Err(invalid(wanted.field, "too_many_bytes"));
            }
            sealing.put(kept)?;
        }
        let format = cleaner.map(PictureCleaner::finish).transpose();
        let format = format.map_err(|error| not_a_picture(wanted.field, error))?;
        let (file, blob) = sealing.end(length)?;
        Ok(Sealed { file, blob, format })
    }

    /// Begins a blob of a new id and key.
    pub(super) fn begin_sealing(&self) -> Result<Sealing> {
        let (id, key) =
            self.with_entropy(|entropy| (make_bytes(entropy), BlobKey::make(entropy)))?;
        Ok(Sealing {
            sealer: BlobSealer::new(&key, &id),
            id,
            key,
            file: self.blob_files().begin()?,
            chunk: Vec::with_capacity(BLOB_CHUNK + 16),
        })
    }
}

fn not_a_picture(field: &'static str, error: PictureError) -> BelayError {
    invalid(
        field,
        match error {
            PictureError::UnknownFormat => "not_a_picture",
            PictureError::Damaged => "damaged_picture",
        },
    )
}

fn check_text(field: &'static str, text: &str, max: usize) -> Result<()> {
    if text.len() > max {
        return Err(invalid(field, "too_many_bytes"));
    }
    if text.chars().any(char::is_control) {
        return Err(invalid(field, "control_character"));
    }
    Ok(())
}

/// A blob in the making.
pub(super) struct Sealing {
    sealer: BlobSealer,
    id: [u8; 32],
    key: BlobKey,
    file: NewBlob,
    chunk: Vec<u8>,
}

impl Sealing {
    /// Seals what comes, chunk by chunk. The last chunk waits until it is known to be that.
    pub fn put(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            if self.chunk.len() == BLOB_CHUNK {
                self.seal(false)?;
            }
            let take = (BLOB_CHUNK - self.chunk.len()).min(bytes.len());
            self.chunk.extend_from_slice(&bytes[..take]);
            bytes = &bytes[take..];
        }
        Ok(())
    }

    /// Pads what was put, `length` bytes in all, and seals the end.
    pub fn end(mut self, length: u64) -> Result<(NewBlob, ManifestBlob)> {
        let mut padding = padded_blob_len(length) - length;
        let zeros = vec![0; BLOB_CHUNK];
        while padding > 0 {
            let take = usize::try_from(padding)
                .unwrap_or(BLOB_CHUNK)
                .min(BLOB_CHUNK);
            self.put(&zeros[..take])?;
            padding -= take as u64;
        }
        self.seal(true)?;
        let blob = ManifestBlob {
            id: self.id,
            key: *self.key.bytes(),
            length,
        };
        Ok((self.file, blob))
    }

    fn seal(&mut self, last: bool) -> Result<()> {
        self.sealer.seal(&mut self.chunk, last)?;
        let written = self.file.write_all(&self.chunk);
        written.map_err(belay_store::StoreError::from)?;
        self.chunk.clear();
        Ok(())
    }
}

impl Session<'_> {
    /// Fails unless the entry is there and may have one more.
    fn has_room(&mut self, entry: &DocName) -> Result<()> {
        self.present_entry(entry)?;
        let there = self.tx.own_belonging_to(KIND.into(), entry.as_bytes())?;
        if there.len() >= PER_ENTRY_MAX {
            return Err(invalid("attachments", "too_many"));
        }
        Ok(())
    }

    fn write_new_manifest(&mut self, id: &DocName, mut body: ManifestBody) -> Result<()> {
        let space = self.self_space()?;
        if let Some(epoch) = self.space(&space)?.writing_epoch() {
            body.epoch = epoch;
        }
        // They stay in the order they were added also where the clock stands still or went back.
        let there = self
            .tx
            .own_belonging_to(KIND.into(), body.entry.as_bytes())?;
        if let Some(last) = there.last().and_then(|own| u64::try_from(own.at_ms).ok()) {
            body.at_ms = body.at_ms.max(last.saturating_add(1));
        }
        self.write_manifest(id, &body)
    }
}
