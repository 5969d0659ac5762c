//! Attachments that a partner gets with a passage (product ids J5, J7). Each is a copy, sealed anew under an id and a
//! key of its own, so that no relay sees by a blob that two spaces are one person's; a record of the shared space
//! about the passage, which goes when that is taken back.

use std::path::Path;

use belay_document::documents::PublishState;
use belay_document::records::RecordPayload;
use belay_model::{DocName, EpochId, PersonId, SpaceId, make_bytes};
use belay_protocol::{ManifestBlob, ManifestBody, RecordBody};
use belay_store::{BlobFiles, NewBlob, ReadTx, Shared};

use super::blobs::{Blob, file_name, open_blob, view};
use super::views::AttachmentView;
use super::{KIND, MISSING, PER_ENTRY_MAX, invalid};
use crate::boundaries::Flow;
use crate::engine::Engine;
use crate::session::Session;
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// An attachment sealed anew for a partner, whose files have no names yet.
pub(crate) struct GivenCopy {
    body: ManifestBody,
    files: Vec<(NewBlob, String)>,
}

/// What a person gave with a passage, in the order it was attached.
fn given_with(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    person: &PersonId,
    passage: &DocName,
) -> Result<Vec<Shared>> {
    let mut given = tx.shared_about(state.row, passage.as_bytes())?;
    given.retain(|shared| shared.kind == u8::from(KIND) && shared.person == *person);
    Ok(given)
}

/// What a person gave with a passage, for a page that shows it.
pub(crate) fn with_passage(
    tx: &ReadTx<'_>,
    files: &BlobFiles,
    state: &SpaceState,
    person: &PersonId,
    passage: &DocName,
) -> Result<Vec<AttachmentView>> {
    let given = given_with(tx, state, person, passage)?.into_iter();
    given
        .map(|shared| {
            let at_ms = i64::try_from(shared.hlc >> 16).unwrap_or(i64::MAX);
            view(
                files,
                shared.name,
                crate::partners::projected(&shared)?,
                at_ms,
            )
        })
        .collect()
}

/// What opens a given attachment; `None` where its record was taken back.
fn manifest(tx: &ReadTx<'_>, shared: &Shared) -> Result<Option<ManifestBody>> {
    let fault = BelayError::internal("stored-record");
    let stored = tx
        .item(shared.item)?
        .ok_or(BelayError::internal("item-row"))?;
    let item = stored.item()?;
    let body = RecordBody::parse(item.body.as_deref().unwrap_or_default());
    let body = body.map_err(|_| fault.clone())?;
    ManifestBody::from_body(&body).map_err(|_| fault)
}

/// The blobs of everything given in a space, small pictures first. Of what this person gives only what may leave by
/// now: not what can still be taken back, and nothing while sharing is paused.
pub(super) fn blobs_in(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Vec<Blob>> {
    let goes_out = Flow::of(&crate::queries::contact(tx, &state.id)?) == Flow::Whole;
    blobs_where(tx, state, |shared| {
        let own = shared.person == state.own_person;
        Ok(!own || (goes_out && tx.was_sealed(shared.item)?))
    })
}

/// The blobs of everything given in a space.
pub(super) fn every_given(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Vec<Blob>> {
    blobs_where(tx, state, |_| Ok(true))
}

fn blobs_where(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    wanted: impl Fn(&Shared) -> Result<bool>,
) -> Result<Vec<Blob>> {
    let (mut small, mut large) = (Vec::new(), Vec::new());
    for shared in tx.shared_of_kind(state.row, KIND.into())? {
        let own = shared.person == state.own_person;
        if !wanted(&shared)? {
            continue;
        }
        let Some(body) = manifest(tx, &shared)? else {
            continue;
        };
        let epoch = body.epoch;
        let blob_of = |inner| Blob { inner, epoch, own };
        small.extend(body.thumbnail.map(blob_of));
        large.push(blob_of(body.blob));
    }
    small.append(&mut large);
    Ok(small)
}

impl Engine {
    /// Seals attachments of an entry anew, to be given with a passage of it.
    ///
    /// # Errors
    /// `InvalidInput{attachments, ..}`, `NotFound`, `Unavailable{not-here-yet}`; what the disk refuses.
    pub(crate) fn seal_to_give(&self, entry: &DocName, ids: &[DocName]) -> Result<Vec<GivenCopy>> {
        let now_ms = self.clock.now_ms();
        let mut copies = Vec::new();
        for (body, _) in self.to_be_given(entry, ids)? {
            let (file, blob) = self.copy_blob(&body.blob)?;
            let mut files = vec![(file, file_name(&blob.id))];
            let small = body.thumbnail.as_ref().map(|small| self.copy_blob(small));
            let small = small.transpose()?.map(|(file, small)| {
                files.push((file, file_name(&small.id)));
                small
            });
            let body = ManifestBody {
                at_ms: u64::try_from(now_ms).unwrap_or(0),
                blob,
                thumbnail: small,
                ..body
            };
            copies.push(GivenCopy { body, files });
        }
        Ok(copies)
    }

    /// The attachments of an entry that are to be given with a passage of it, as they would be shown.
    ///
    /// # Errors
    /// As [`Engine::seal_to_give`].
    pub(crate) fn to_be_given(
        &self,
        entry: &DocName,
        ids: &[DocName],
    ) -> Result<Vec<(ManifestBody, AttachmentView)>> {
        if ids.len() > PER_ENTRY_MAX {
            return Err(invalid("attachments", "too_many"));
        }
        let mut given = Vec::new();
        for (place, id) in ids.iter().enumerate() {
            if ids[..place].contains(id) {
                return Err(invalid("attachments", "not_allowed_here"));
            }
            let body = self.manifest(id)?;
            if body.entry != *entry {
                return Err(MISSING);
            }
            let view = self.attachment(id)?;
            if view.state != super::AttachmentStateView::Here {
                return Err(BelayError::unavailable("not-here-yet"));
            }
            given.push((body, view));
        }
        Ok(given)
    }

    fn copy_blob(&self, blob: &ManifestBlob) -> Result<(NewBlob, ManifestBlob)> {
        let sealed = self.blob_files().open(&file_name(&blob.id))?;
        let sealed = sealed.ok_or(BelayError::unavailable("not-here-yet"))?;
        let mut sealing = self.begin_sealing()?;
        open_blob(blob, sealed, |plain| sealing.put(plain))?;
        sealing.end(blob.length)
    }

    /// Opens an attachment that was given with a passage, by either side, into a file, as
    /// [`Engine::export_attachment`] does.
    ///
    /// # Errors
    /// As [`Engine::export_attachment`].
    pub fn export_given_attachment(
        &self,
        space: &SpaceId,
        id: &DocName,
        to: &Path,
    ) -> Result<AttachmentView> {
        let (body, view) = self.given(space, id)?;
        self.export(&body.blob, to)?;
        Ok(view)
    }

    /// Opens the small picture of an attachment that was given with a passage into a file.
    ///
    /// # Errors
    /// As [`Engine::export_attachment`]; `NotFound` also where it has none.
    pub fn export_given_thumbnail(
        &self,
        space: &SpaceId,
        id: &DocName,
        to: &Path,
    ) -> Result<AttachmentView> {
        let (body, view) = self.given(space, id)?;
        self.export(body.thumbnail.as_ref().ok_or(MISSING)?, to)?;
        Ok(view)
    }

    fn given(&self, space: &SpaceId, id: &DocName) -> Result<(ManifestBody, AttachmentView)> {
        self.read_spaces(|tx, spaces| {
            let files = spaces.files.clone();
            let state = crate::partners::pair(tx, spaces, space)?;
            let all = tx.shared_of_kind(state.row, KIND.into())?;
            let shared = all.into_iter().find(|shared| shared.name == *id);
            let shared = shared.ok_or(MISSING)?;
            let body = manifest(tx, &shared)?.ok_or(MISSING)?;
            let at_ms = i64::try_from(shared.hlc >> 16).unwrap_or(i64::MAX);
            let row = crate::partners::projected(&shared)?;
            Ok((body, view(&files, shared.name, row, at_ms)?))
        })
    }
}

impl Session<'_> {
    /// Gives copies with a passage, behind the same hold.
    pub(crate) fn give_attachments(
        &mut self,
        space: &SpaceId,
        passage: &DocName,
        copies: Vec<GivenCopy>,
        not_before_ms: i64,
    ) -> Result<()> {
        for GivenCopy { mut body, files } in copies {
            for (file, name) in files {
                self.spaces.files.publish(file, &name)?;
            }
            body.entry = *passage;
            body.epoch = self.space(space)?.writing_epoch().unwrap_or(EpochId::ZERO);
            let name = DocName::from_bytes(make_bytes(self.entropy));
            self.write_record(space, KIND, name, body.to_body(1), not_before_ms)?;
        }
        Ok(())
    }

    /// Takes back what was given with a passage.
    pub(crate) fn withdraw_attachments(
        &mut self,
        space: &SpaceId,
        passage: &DocName,
    ) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let person = state.own_person;
        for shared in given_with(tx, state, &person, passage)? {
            if let Some(body) = manifest(tx, &shared)? {
                self.take_blobs_back(space, &body)?;
            }
            let taken = PublishState::new(shared.rev + 1, None);
            self.replace_record(space, KIND, shared.name, &taken, None, now_ms)?;
            self.project_record(shared.document, &tx.document(shared.document)?)?;
            super::ask_to_tidy(tx)?;
        }
        Ok(())
    }
}
