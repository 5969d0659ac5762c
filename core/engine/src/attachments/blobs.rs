//! The blobs of attachments: their names as files, whether they are here, and whether they are what they should be.

use std::io::Read;
use std::sync::PoisonError;

use belay_crypto::{BlobKey, BlobOpener};
use belay_model::{DocName, EpochId, SpaceId};
use belay_protocol::relay::BlobId;
use belay_protocol::{ManifestBlob, ManifestBody, SpaceType};
use belay_store::{BlobFiles, BlobHeld, ReadTx};

use super::manifest::{AttachmentRow, BlobRow, all, manifest_of};
use super::views::{AttachmentRoomView, AttachmentStateView, AttachmentView};
use super::{KIND, MISSING};
use crate::engine::Engine;
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// A blob, with what opens it and where it goes.
#[derive(Debug, Clone)]
pub(crate) struct Blob {
    pub inner: ManifestBlob,
    pub epoch: EpochId,
    /// This person attached it; what others gave is theirs.
    pub own: bool,
}

impl Blob {
    pub fn file_name(&self) -> String {
        file_name(&self.inner.id)
    }
}

/// What everything that others gave in one space may take of this device's disk; what is beyond it does not come.
const OTHERS_ROOM: u64 = 512 * 1024 * 1024;

/// An attachment as shells show it.
pub(super) fn view(
    files: &BlobFiles,
    id: DocName,
    row: AttachmentRow,
    added_at_ms: i64,
) -> Result<AttachmentView> {
    let small = row.thumbnail.as_ref();
    let small = small.map(|small| state_of(files, small)).transpose()?;
    Ok(AttachmentView {
        id,
        entry: row.entry,
        kind: row.kind,
        state: state_of(files, &row.blob)?,
        thumbnail: small,
        name: row.name,
        media_type: row.media_type,
        bytes: row.bytes,
        added_at_ms,
    })
}

fn state_of(files: &BlobFiles, blob: &BlobRow) -> Result<AttachmentStateView> {
    Ok(match files.held(&blob.id)? {
        BlobHeld::Whole => AttachmentStateView::Here,
        BlobHeld::Part(0) => AttachmentStateView::NotHereYet,
        BlobHeld::Part(held) => AttachmentStateView::Coming {
            held,
            of: blob.sealed,
        },
    })
}

/// The name of a blob's file.
pub(super) fn file_name(id: &[u8; 32]) -> String {
    BlobId::from_bytes(*id).to_string()
}

/// Every blob of every attachment: small pictures first, then by the time they were added, the latest first.
fn every_blob(tx: &ReadTx<'_>) -> Result<Vec<Blob>> {
    let (mut small, mut large) = (Vec::new(), Vec::new());
    for own in all(tx)? {
        let Some(ManifestBody {
            epoch,
            blob,
            thumbnail,
            ..
        }) = manifest_of(tx, own.document)?
        else {
            continue;
        };
        let blob_of = |inner| Blob {
            inner,
            epoch,
            own: true,
        };
        small.extend(thumbnail.map(blob_of));
        large.push(blob_of(blob));
    }
    small.append(&mut large);
    Ok(small)
}

/// The blobs that this person attached, or gave, in a space, and in whose mailbox they are.
pub(crate) fn own_blobs(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Vec<([u8; 32], EpochId)>> {
    let all = match state.space_type {
        SpaceType::SelfSpace => every_blob(tx)?,
        _ => super::given::every_given(tx, state)?,
    };
    let own = all.into_iter().filter(|blob| blob.own);
    Ok(own.map(|blob| (blob.inner.id, blob.epoch)).collect())
}

/// Reads a sealed blob and hands over what is in it, chunk by chunk.
///
/// # Errors
/// `Unavailable{attachment-damaged}` for anything but what was sealed, `Unavailable{file-not-usable}` when it cannot
/// be read, what `take` answers.
pub(super) fn open_blob(
    blob: &ManifestBlob,
    mut sealed: impl Read,
    mut take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let damaged = || BelayError::unavailable("attachment-damaged");
    let key = BlobKey::from_bytes(blob.key);
    let mut opener = BlobOpener::new(&key, &blob.id, blob.length);
    let mut chunk = Vec::new();
    loop {
        let length = opener.next_len();
        chunk.clear();
        // One byte more than there should be, after the last.
        let wanted = length.max(1) as u64;
        let read = sealed.by_ref().take(wanted).read_to_end(&mut chunk);
        read.map_err(|error| crate::file_bundle::file_error(&error))?;
        if length == 0 {
            return if chunk.is_empty() {
                Ok(())
            } else {
                Err(damaged())
            };
        }
        opener.open(&mut chunk).map_err(|_| damaged())?;
        take(&chunk)?;
    }
}

impl Engine {
    /// The files of attachments.
    pub(crate) fn blob_files(&self) -> BlobFiles {
        BlobFiles::of(&self.dir)
    }

    /// The attachments of an entry, in the order they were added. Those of a deleted entry stay with it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn attachments(&self, entry: &DocName) -> Result<Vec<AttachmentView>> {
        self.read(|tx| self.attached_to(tx, entry))
    }

    /// The attachments of an entry, for a page that shows it.
    pub(crate) fn attached_to(
        &self,
        tx: &ReadTx<'_>,
        entry: &DocName,
    ) -> Result<Vec<AttachmentView>> {
        let owns = tx.own_belonging_to(KIND.into(), entry.as_bytes())?;
        owns.iter().map(|own| self.attachment_view(own)).collect()
    }

    /// One attachment.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn attachment(&self, id: &DocName) -> Result<AttachmentView> {
        let own = self.read(|tx| tx.own_by_name(KIND.into(), id)?.ok_or(MISSING))?;
        self.attachment_view(&own)
    }

    /// How much room attachments take on this device.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn attachment_room(&self) -> Result<AttachmentRoomView> {
        let files = self.blob_files();
        let rows = self.read(all)?;
        let mut room = AttachmentRoomView {
            bytes: files.all()?.iter().map(|(_, bytes)| bytes).sum(),
            ..AttachmentRoomView::default()
        };
        for own in rows {
            let row: AttachmentRow = crate::queries::projected(&own)?;
            room.attachments += 1;
            room.not_here += u64::from(files.held(&row.blob.id)? != BlobHeld::Whole);
        }
        Ok(room)
    }

    /// How many blobs became whole here since this began.
    pub(crate) fn blobs_taken(&self) -> u64 {
        let taken = self.blobs_taken.lock();
        *taken.unwrap_or_else(PoisonError::into_inner)
    }

    /// The blobs that go around in a space, small pictures first: in `self` of everything attached, with a partner
    /// of what was given and may leave.
    pub(crate) fn blobs_of(&self, space: &SpaceId) -> Result<Vec<Blob>> {
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            match state.space_type {
                SpaceType::SelfSpace => every_blob(tx),
                _ => super::given::blobs_in(tx, state),
            }
        })
    }

    /// Those of them that are not whole here and are kept once they come: of what others gave, as much as has
    /// room.
    pub(crate) fn lacking_blobs(&self, space: &SpaceId) -> Result<Vec<Blob>> {
        let files = self.blob_files();
        let (mut lacking, mut others) = (Vec::new(), 0);
        for blob in self.blobs_of(space)? {
            if !blob.own {
                others += blob.inner.sealed_len();
            }
            let room = blob.own || others <= OTHERS_ROOM;
            if room && files.held(&blob.file_name())? != BlobHeld::Whole {
                lacking.push(blob);
            }
        }
        Ok(lacking)
    }

    fn attachment_view(&self, own: &belay_store::Own) -> Result<AttachmentView> {
        let row = crate::queries::projected(own)?;
        view(&self.blob_files(), own.name, row, own.at_ms)
    }

    /// Takes the next bytes of a blob that is not whole here. Says how much is here then; a blob that is whole and
    /// not what was sealed is dropped again, whoever brought it.
    ///
    /// # Errors
    /// `Unavailable{attachment-damaged}` then; what the disk refuses.
    pub(crate) fn take_blob_bytes(&self, blob: &Blob, offset: u64, bytes: &[u8]) -> Result<u64> {
        // What a panic elsewhere left is a number, and a file that is looked at again.
        let taken = self.blobs_taken.lock();
        let mut taken = taken.unwrap_or_else(PoisonError::into_inner);
        let (files, name) = (self.blob_files(), blob.file_name());
        let total = blob.inner.sealed_len();
        if files.held(&name)? == BlobHeld::Whole {
            return Ok(total);
        }
        let held = files.append(&name, offset, bytes)?;
        if held < total {
            return Ok(held);
        }
        let part = files.open_part(&name)?;
        if let Err(error) = open_blob(&blob.inner, part, |_| Ok(())) {
            files.drop_part(&name)?;
            return Err(error);
        }
        files.finish(&name)?;
        *taken = taken.wrapping_add(1);
        drop(taken);
        // Whoever shows it draws it now.
        self.write(|session| {
            let area = match blob.own {
                true => crate::changes::ChangeArea::Journal,
                false => crate::changes::ChangeArea::Partners,
            };
            session.spaces.touched.part(area);
            Ok(())
        })?;
        Ok(total)
    }
}
