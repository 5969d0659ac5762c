//! Writing one document of `self`: the change, its signed items and the projection, in one transaction.

use belay_crypto::{actor_id, doc_id};
use belay_document::DocumentError;
use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::{DocName, SpaceId};
use belay_protocol::limits::ITEM_BODY_MAX;
use belay_protocol::{ChangesBody, DocKind, ItemKind};
use belay_store::{DocRow, ItemState, ReadTx, StoredItem};

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
    let mut contested = false;
    let stored = tx.items_of_document(row)?;
    for stored in &stored {
        if crate::erasures::erased::is_tombstone(stored, kind) {
            return Ok(SelfDocument::new(kind)?);
        }
        let counts = stored.kind == u8::from(ItemKind::Changes);
        contested |= counts && stored.state == ItemState::Shadowed;
        if counts && stored.state == ItemState::Applied {
            changes.extend(changes_in(stored)?);
        }
    }
    match SelfDocument::load(kind, &changes) {
        // What was written upon a branch that stands aside has lost its past.
        Err(DocumentError::Damaged) if contested => load_contested(tx, row, kind, stored),
        loaded => Ok(loaded?),
    }
}

/// The raw changes in an item; none in one whose body is gone.
pub(crate) fn changes_in(stored: &StoredItem) -> Result<Vec<Vec<u8>>> {
    let item = stored.item()?;
    let body = item.body.as_deref().unwrap_or_default();
    let parsed = ChangesBody::parse(body).map_err(|_| BelayError::internal("stored-changes"))?;
    Ok(parsed.changes)
}

/// Loads a document of a chain that forked: everything that counts and whose past does, whatever came first.
fn load_contested(
    tx: &ReadTx<'_>,
    row: DocRow,
    kind: DocKind,
    mut stored: Vec<StoredItem>,
) -> Result<SelfDocument> {
    stored.retain(|stored| {
        stored.state == ItemState::Applied && stored.kind == u8::from(ItemKind::Changes)
    });
    let described = tx.document(row)?;
    let mut received = Vec::new();
    for stored in &stored {
        let header = stored.item()?.header;
        let doc = doc_id(
            &header.space_id,
            &described.person,
            described.kind,
            &described.name,
        );
        let actor = actor_id(&header.device_id, header.inc, &doc);
        let place = (header.device_id, header.inc, header.seq);
        received.push((place, actor, changes_in(stored)?));
    }
    received.sort_unstable_by_key(|(place, ..)| *place);
    let received: Vec<_> = received
        .iter()
        .flat_map(|(_, actor, changes)| changes.iter().map(|change| (*actor, change.as_slice())))
        .collect();
    let mut document = SelfDocument::new(kind)?;
    document.admit(&received);
    Ok(document)
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

/// How many bytes of an item's body a change takes.
pub(crate) fn in_item(change: &[u8]) -> usize {
    change.len() + 4
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
        if bytes + in_item(&change) > ITEM_BODY_MAX {
            bodies.push(std::mem::replace(&mut batch, empty()).encode());
            bytes = 0;
        }
        bytes += in_item(&change);
        batch.changes.push(change);
    }
    if !batch.changes.is_empty() {
        bodies.push(batch.encode());
    }
    bodies
}
