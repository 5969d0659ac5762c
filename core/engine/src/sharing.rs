//! Published copies: what of an own document stands in a partner's space. A copy is a pure function of
//! the document and its audience; this file keeps the copy, the note about it and the outbox in step.

use std::collections::{BTreeMap, BTreeSet};

use belay_crypto::{body_hash, published_name};
use belay_document::documents::{
    Draft as DocumentDraft, PublishState, PublishStep, SelfDocument, next_publish_state,
};
use belay_document::records::RecordPayload;
use belay_model::{DeviceId, DocName, SpaceId};
use belay_protocol::{DocKind, EraseBody, ErasedSlot, ItemKind, RecordBody};
use belay_store::{ItemState, ReadTx, SpaceState as Standing, StoredItem};

use crate::session::{Draft, Session};
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// The content of a copy: its schema and its CBOR. `None` when there is nothing to share.
pub(crate) type Copy = Option<(u16, Vec<u8>)>;

/// The content of a record's payload.
pub(crate) fn copy_of<T: RecordPayload>(value: &T) -> (u16, Vec<u8>) {
    (value.schema(), value.encode())
}

/// A copy that is to go into a space.
#[derive(Debug)]
pub(crate) struct Publication {
    space: SpaceId,
    kind: DocKind,
    self_name: DocName,
    state: PublishState,
    copy: Copy,
}

impl Session<'_> {
    /// Decides for each space whether its copy changed, and notes the new revisions in the draft, so
    /// that the note is part of the same change.
    pub fn plan_publications(
        &mut self,
        document: &SelfDocument,
        mut draft: DocumentDraft,
        kind: DocKind,
        name: &DocName,
        copies: BTreeMap<SpaceId, Copy>,
    ) -> Result<(DocumentDraft, Vec<Publication>)> {
        let mut publications = Vec::new();
        for (space, copy) in copies {
            if self.tx.space(space)?.is_none() {
                // Only a device that is in the space can tell what stands there.
                continue;
            }
            let noted = document.published(&space)?;
            if noted.is_empty() && copy.is_none() {
                continue;
            }
            if self.defer(&space, kind, name, copy.is_some())? {
                continue;
            }
            let hash = hash_of(&copy);
            let in_space = self.state_in_space(&space, kind, name)?;
            let step = next_publish_state(&noted, hash, in_space.as_ref());
            match self
                .seam
                .publish_step(step, &noted, hash, in_space.as_ref())
            {
                PublishStep::Keep => {
                    // Another own device took it back and had not heard of what was put there.
                    if let ([state], true) = (noted.as_slice(), copy.is_none())
                        && self.is_left_of_ours(&space, kind, name, *state, in_space)?
                    {
                        publications.push(Publication {
                            space,
                            kind,
                            self_name: *name,
                            state: *state,
                            copy,
                        });
                    }
                }
                PublishStep::Behind => {}
                PublishStep::Note(state) => {
                    draft = draft.published(&space, &state);
                    publications.push(Publication {
                        space,
                        kind,
                        self_name: *name,
                        state,
                        copy,
                    });
                }
            }
        }
        Ok((draft, publications))
    }

    /// Whether something that this device wrote, or one that was removed, still stands in a space although it was
    /// taken back.
    fn is_left_of_ours(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: &DocName,
        noted: PublishState,
        in_space: Option<PublishState>,
    ) -> Result<bool> {
        let left = in_space.is_some_and(|there| there.rev < noted.rev && !there.withdrawn);
        if !left || !noted.withdrawn {
            return Ok(false);
        }
        let authors = self.authors_in_space(space, kind, name)?;
        let shared = self.space(space)?;
        let there = shared.membership.current();
        // Whoever was removed cannot take anything back any more.
        Ok(authors
            .iter()
            .any(|author| *author == shared.own_device || !there.is_valid(author)))
    }

    /// The own devices whose records of a document stand in a space.
    pub(crate) fn authors_in_space(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: &DocName,
    ) -> Result<BTreeSet<DeviceId>> {
        let tx = self.tx;
        let shared = self.space(space)?;
        let name = published_name(&shared.erase_key, kind.into(), name);
        own_records(tx, shared, kind, &name)?
            .iter()
            .map(|stored| Ok(tx.device(stored.device)?.id))
            .collect()
    }

    /// Writes the records and queues them, not to leave before the given time. Revisions below go away:
    /// those that have not left are erased here, the others at the partner's and at the relays too.
    pub fn publish(&mut self, publications: Vec<Publication>, not_before_ms: i64) -> Result<()> {
        for publication in publications {
            self.publish_one(publication, not_before_ms)?;
        }
        Ok(())
    }

    /// Takes a copy back without a document that notes it.
    pub fn publish_withdrawal(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        self_name: &DocName,
        rev: u64,
    ) -> Result<()> {
        let publication = Publication {
            space: *space,
            kind,
            self_name: *self_name,
            state: PublishState::new(rev, None),
            copy: None,
        };
        self.publish_one(publication, self.now_ms)
    }

    fn publish_one(&mut self, publication: Publication, not_before_ms: i64) -> Result<()> {
        let Publication {
            space,
            kind,
            self_name,
            state,
            copy,
        } = publication;
        let shared = self.space(&space)?;
        if shared.standing == Standing::Left || shared.standing == Standing::Blocked {
            return Ok(());
        }
        let name = published_name(&shared.erase_key, kind.into(), &self_name);
        self.replace_record(&space, kind, name, &state, copy, not_before_ms)?;
        Ok(())
    }

    /// Puts a new revision of an own record in the place of the earlier ones, which are erased; without a
    /// copy it is taken back. Says whether an earlier one may have left before.
    pub fn replace_record(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: DocName,
        state: &PublishState,
        copy: Copy,
        not_before_ms: i64,
    ) -> Result<bool> {
        let tx = self.tx;
        let shared = self.space(space)?;
        let older = own_records(tx, shared, kind, &name)?;
        let mut anything_left = false;
        let mut slots = Vec::new();
        for stored in &older {
            anything_left |= tx.was_sealed(stored.row)?;
            tx.erase_item_body(stored.row)?;
            slots.push(ErasedSlot {
                device_id: tx.device(stored.device)?.id,
                inc: stored.inc,
                seq: stored.seq,
                item_id: stored.item_id,
            });
        }
        if copy.is_some() || anything_left {
            let (schema, payload) = copy.unwrap_or((1, Vec::new()));
            let body = RecordBody {
                rev: state.rev,
                withdrawn: state.withdrawn,
                schema,
                payload,
            };
            let written = self.append(
                space,
                Draft {
                    kind: ItemKind::Record,
                    doc_kind: kind,
                    doc_name: name,
                    body: body.encode(),
                },
            )?;
            self.queue(space, written, not_before_ms)?;
        }
        if !slots.is_empty() {
            slots.sort_unstable();
            let written = self.append(
                space,
                Draft {
                    kind: ItemKind::Erase,
                    doc_kind: kind,
                    doc_name: name,
                    body: EraseBody { slots }.encode(),
                },
            )?;
            // It waits with what replaces it: the partner's copy must not go before the new one comes.
            self.queue(space, written, not_before_ms)?;
        }
        Ok(anything_left)
    }

    /// As [`was_sealed`], for a space that may not be loaded.
    /// Where another own device publishes, it may have left.
    pub fn was_sealed(&mut self, space: &SpaceId, kind: DocKind, name: &DocName) -> Result<bool> {
        let tx = self.tx;
        match self.spaces.find(tx, space)? {
            Some(state) => was_sealed(tx, state, kind, name),
            None => Ok(true),
        }
    }

    /// The state of the own record that stands in the space.
    pub fn state_in_space(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        self_name: &DocName,
    ) -> Result<Option<PublishState>> {
        let tx = self.tx;
        let shared = self.space(space)?;
        let name = published_name(&shared.erase_key, kind.into(), self_name);
        let mut highest: Option<PublishState> = None;
        for stored in own_records(tx, shared, kind, &name)? {
            let item = stored.item()?;
            let body = item.body.as_deref().unwrap_or_default();
            let record =
                RecordBody::parse(body).map_err(|_| BelayError::internal("stored-record"))?;
            let copy = (!record.withdrawn).then(|| copy_hash(record.schema, &record.payload));
            let state = PublishState::new(record.rev, copy);
            highest = highest.max(Some(state));
        }
        Ok(highest)
    }
}

/// Whether any revision of an own document's copy was ever sealed: it may have left, and then cannot be
/// taken back without a trace.
pub(crate) fn was_sealed(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    kind: DocKind,
    self_name: &DocName,
) -> Result<bool> {
    let name = published_name(&state.erase_key, kind.into(), self_name);
    let Some(row) = tx.find_document(state.row, &state.own_person, kind.into(), &name)? else {
        return Ok(false);
    };
    for item in tx.items_of_document(row)? {
        if item.kind == u8::from(ItemKind::Record) && tx.was_sealed(item.row)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The own records of one name that still have their bodies, in order of writing.
pub(crate) fn own_records(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    kind: DocKind,
    name: &DocName,
) -> Result<Vec<StoredItem>> {
    let Some(row) = tx.find_document(state.row, &state.own_person, kind.into(), name)? else {
        return Ok(Vec::new());
    };
    let mut items = tx.items_of_document(row)?;
    items
        .retain(|item| item.state == ItemState::Applied && item.kind == u8::from(ItemKind::Record));
    Ok(items)
}

/// The hash of a copy's content; `None` where there is none.
pub(crate) fn hash_of(copy: &Copy) -> Option<[u8; 32]> {
    let (schema, payload) = copy.as_ref()?;
    Some(copy_hash(*schema, payload))
}

/// The hash of a copy's content that `self` notes: schema and bytes, under the label of item bodies.
fn copy_hash(schema: u16, payload: &[u8]) -> [u8; 32] {
    let mut salt = [0; 16];
    salt[..2].copy_from_slice(&schema.to_le_bytes());
    body_hash(&salt, payload).to_bytes()
}
