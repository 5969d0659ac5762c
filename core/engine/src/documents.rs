//! Writing one document of `self`: the change, its signed items and the projection, in one transaction.

use belay_crypto::{actor_id, doc_id};
use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::{DocName, SpaceId};
use belay_protocol::limits::ITEM_BODY_MAX;
use belay_protocol::{ChangesBody, DocKind, ItemKind};
use belay_store::{DocRow, ItemState, ReadTx};

use crate::session::{Draft, Session};
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// Loads a document of `self` from its stored items; a new one when nothing is stored.
pub(crate) fn load_document(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    kind: DocKind,
    name: &DocName,
) -> Result<SelfDocument> {
    let Some(row) = tx.find_document(state.row, &state.own_person, kind.into(), name)? else {
        return Ok(SelfDocument::new(kind)?);
    };
    load_row(tx, row, kind)
}

/// Loads a document of `self` by its row.
pub(crate) fn load_row(tx: &ReadTx<'_>, row: DocRow, kind: DocKind) -> Result<SelfDocument> {
    let mut changes: Vec<Vec<u8>> = Vec::new();
    for stored in tx.items_of_document(row)? {
        if crate::erased::is_tombstone(&stored, kind) {
            return Ok(SelfDocument::new(kind)?);
        }
        if stored.state != ItemState::Applied || stored.kind != u8::from(ItemKind::Changes) {
            continue;
        }
        let item = stored.item()?;
        let body = item.body.as_deref().unwrap_or_default();
        let parsed =
            ChangesBody::parse(body).map_err(|_| BelayError::internal("stored-changes"))?;
        changes.extend(parsed.changes);
    }
    Ok(SelfDocument::load(kind, &changes)?)
}

impl Session<'_> {
    /// Loads a document of `self`.
    pub fn document(&mut self, kind: DocKind, name: &DocName) -> Result<SelfDocument> {
        let space = self.self_space()?;
        let tx = self.tx;
        let state = self.space(&space)?;
        load_document(tx, state, kind, name)
    }

    /// Writes the draft into the document of that kind and name.
    pub fn write_document(
        &mut self,
        kind: DocKind,
        name: &DocName,
        draft: &DocumentDraft,
    ) -> Result<()> {
        let document = self.document(kind, name)?;
        self.write_into(kind, name, document, draft)
    }

    /// As [`Self::write_document`], for a document that is loaded already.
    pub fn write_into(
        &mut self,
        kind: DocKind,
        name: &DocName,
        mut document: SelfDocument,
        draft: &DocumentDraft,
    ) -> Result<()> {
        let space = self.self_space()?;
        let now_ms = self.now_ms;
        if document.change_count() == 0 {
            self.refuse_erased(&space, kind, name)?;
        }
        let state = self.space(&space)?;
        let doc = doc_id(&space, &state.own_person, kind.into(), name);
        let actor = actor_id(&state.own_device, state.inc, &doc);
        let changes = document.write(&actor, now_ms, draft)?;
        for body in item_bodies(changes) {
            self.append(
                &space,
                Draft {
                    kind: ItemKind::Changes,
                    doc_kind: kind,
                    doc_name: *name,
                    body,
                },
            )?;
        }
        let row = self.document_row(&space, kind, name)?;
        self.project_document(row, kind, &document)
    }

    /// The row of an own document.
    pub fn document_row(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: &DocName,
    ) -> Result<DocRow> {
        let tx = self.tx;
        let state = self.space(space)?;
        Ok(tx.document_row(state.row, &state.own_person, kind.into(), name)?)
    }
}

/// One item for all changes of one command, several where they are too large for one.
fn item_bodies(changes: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut bodies = Vec::new();
    let empty = || ChangesBody {
        changes: Vec::new(),
    };
    let mut batch = empty();
    let mut bytes = 0;
    for change in changes {
        if bytes + change.len() + 4 > ITEM_BODY_MAX {
            bodies.push(std::mem::replace(&mut batch, empty()).encode());
            bytes = 0;
        }
        bytes += change.len() + 4;
        batch.changes.push(change);
    }
    if !batch.changes.is_empty() {
        bodies.push(batch.encode());
    }
    bodies
}
