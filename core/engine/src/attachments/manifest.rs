//! The manifest of an attachment: an item of `self` that is the only one of its document, never Automerge, so that
//! an erased one leaves nothing of its key behind.

use belay_model::DocName;
use belay_protocol::{DocKind, ItemKind, ManifestBody, SpaceType};
use belay_store::{DocRow, ItemState, Own, OwnRow, ReadTx};
use serde::{Deserialize, Serialize};

use super::KIND;
use super::views::AttachmentKind;
use crate::Result;
use crate::projection::json;
use crate::session::{Draft, Session};
use crate::syncing::ingest::Judged;

/// An attachment as projected: nothing that opens it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AttachmentRow {
    pub entry: DocName,
    pub kind: AttachmentKind,
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    pub blob: BlobRow,
    pub thumbnail: Option<BlobRow>,
}

/// One of its blobs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BlobRow {
    pub id: String,
    pub sealed: u64,
}

impl AttachmentRow {
    pub fn of(body: &ManifestBody) -> Self {
        let row = |blob: &belay_protocol::ManifestBlob| BlobRow {
            id: super::blobs::file_name(&blob.id),
            sealed: blob.sealed_len(),
        };
        Self {
            entry: body.entry,
            kind: body.sort.into(),
            name: body.name.clone(),
            media_type: body.media_type.clone(),
            bytes: body.blob.length,
            blob: row(&body.blob),
            thumbnail: body.thumbnail.as_ref().map(row),
        }
    }

    pub fn blobs(&self) -> impl Iterator<Item = &BlobRow> {
        self.thumbnail.iter().chain([&self.blob])
    }
}

/// Whether an item of this kind is what a document of `self` is made of, so that it goes when that is erased.
pub(crate) fn erases_with_its_document(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Changes | ItemKind::BlobManifest)
}

/// The manifest that stands: of several, which only a faulty device writes, the one with the lowest id.
pub(crate) fn manifest_of(tx: &ReadTx<'_>, row: DocRow) -> Result<Option<ManifestBody>> {
    let mut items = tx.items_of_document(row)?;
    items.retain(|item| {
        item.kind == u8::from(ItemKind::BlobManifest)
            && item.state == ItemState::Applied
            && item.body.is_some()
    });
    items.sort_by_key(|item| item.item_id);
    for stored in items {
        let item = stored.item()?;
        if let Ok(body) = ManifestBody::parse(item.body.as_deref().unwrap_or_default()) {
            return Ok(Some(body));
        }
    }
    Ok(None)
}

/// Every attachment, the latest first.
pub(crate) fn all(tx: &ReadTx<'_>) -> Result<Vec<Own>> {
    Ok(tx.own_all(KIND.into(), usize::MAX)?)
}

impl Session<'_> {
    /// Writes the manifest of a new attachment.
    pub(super) fn write_manifest(&mut self, id: &DocName, body: &ManifestBody) -> Result<()> {
        let space = self.self_space()?;
        let written = self.append(
            &space,
            Draft {
                kind: ItemKind::BlobManifest,
                doc_kind: KIND,
                doc_name: *id,
                body: body.encode(),
            },
        )?;
        match written.document {
            Some(row) => self.show_manifest(row),
            None => Ok(()),
        }
    }

    /// The step of the Gate that looks into a manifest.
    pub(crate) fn judge_manifest(
        &mut self,
        space: &belay_model::SpaceId,
        item: &belay_protocol::Item,
    ) -> Result<Judged> {
        let in_self = self.space(space)?.space_type == SpaceType::SelfSpace;
        if !in_self || DocKind::try_from(item.header.doc_kind) != Ok(KIND) {
            return Ok(Judged::Quarantine);
        }
        Ok(if self.is_of_erased_document(space, item)? {
            Judged::Erased
        } else {
            Judged::Apply
        })
    }

    /// Lays out an attachment from its manifest.
    pub(crate) fn show_manifest(&mut self, row: DocRow) -> Result<()> {
        let tx = self.tx;
        let Some(body) = manifest_of(tx, row)? else {
            return self.stop_showing(row);
        };
        tx.put_own(&OwnRow {
            document: row,
            kind: KIND.into(),
            on: None,
            at_ms: i64::try_from(body.at_ms).unwrap_or(i64::MAX),
            related: Some(body.entry.as_bytes()),
            deleted_at_ms: None,
            json: &json(&AttachmentRow::of(&body))?,
        })?;
        Ok(())
    }
}
