//! One write: a store transaction, the spaces it touches, the time and random bytes it uses. Everything
//! a command changes happens through here, and either all of it is durable or none of it happened.

use std::collections::BTreeMap;
use std::path::Path;

use belay_crypto::{ItemDraft, RootKey, sign_item, sign_root};
use belay_model::{Entropy, Hlc, ItemId, SpaceId};
use belay_protocol::limits::HEADS_MAX;
use belay_protocol::{DocKind, Item, ItemKind, MembershipBody, Operation, SpaceType};
use belay_store::{BlobFiles, Chain, DocRow, ItemRow, ItemState, NewItem, ReadTx, WriteTx};
use belay_sync::Content;

use crate::changes::ChangeArea;
use crate::host::DeviceZone;
use crate::seam::Seam;
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// The loaded spaces of a person.
#[derive(Debug)]
pub(crate) struct Spaces {
    /// The sealed attachments of the store.
    pub files: BlobFiles,
    /// The time at which views are made.
    pub now_ms: i64,
    /// The settings were laid out anew by this write: what is readable while locked may have changed.
    pub settings_written: bool,
    /// What this write changed, for whoever shows it.
    pub touched: crate::changes::Touched,
    loaded: BTreeMap<SpaceId, SpaceState>,
}

impl Spaces {
    /// Those of the store in a folder; none is loaded yet.
    pub fn of(dir: &Path) -> Self {
        Self {
            files: BlobFiles::of(dir),
            now_ms: 0,
            settings_written: false,
            touched: crate::changes::Touched::default(),
            loaded: BTreeMap::new(),
        }
    }

    /// Forgets everything: another process wrote, or a write was rolled back half way.
    pub fn clear(&mut self) {
        self.loaded.clear();
    }

    /// The space, loaded if it was not.
    pub fn get(&mut self, tx: &ReadTx<'_>, id: &SpaceId) -> Result<&mut SpaceState> {
        if !self.loaded.contains_key(id) {
            let space = tx
                .space(*id)?
                .ok_or(BelayError::NotFound { what: "space" })?;
            let state = SpaceState::load(tx, &space)?;
            self.loaded.insert(*id, state);
        }
        self.loaded
            .get_mut(id)
            .ok_or(BelayError::internal("space-cache"))
    }

    /// The space, or what is wrong with it where it cannot be loaded: that must not stop the others.
    pub fn sound(
        &mut self,
        tx: &ReadTx<'_>,
        id: &SpaceId,
    ) -> Result<std::result::Result<&mut SpaceState, &'static str>> {
        match self.get(tx, id) {
            Ok(state) => Ok(Ok(state)),
            Err(BelayError::Internal { code }) => Ok(Err(code)),
            Err(error) => Err(error),
        }
    }

    /// The space, or nothing where this device does not take part in it: a partnership that only another own
    /// device has, or one that cannot be loaded.
    pub fn find(&mut self, tx: &ReadTx<'_>, id: &SpaceId) -> Result<Option<&mut SpaceState>> {
        match self.get(tx, id) {
            Ok(state) => Ok(Some(state)),
            Err(BelayError::NotFound { .. } | BelayError::Internal { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// An item to be written, before it has a place in its chain.
#[derive(Debug)]
pub(crate) struct Draft {
    pub kind: ItemKind,
    pub doc_kind: DocKind,
    pub doc_name: belay_model::DocName,
    pub body: Vec<u8>,
}

impl Draft {
    /// An item about no document.
    pub fn control(kind: ItemKind, body: Vec<u8>) -> Self {
        Self {
            kind,
            doc_kind: DocKind::None,
            doc_name: belay_model::DocName::ZERO,
            body,
        }
    }
}

/// An item that now stands in the store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    pub row: ItemRow,
    pub id: ItemId,
    pub document: Option<DocRow>,
}

/// One write in progress.
pub(crate) struct Session<'a> {
    pub tx: &'a WriteTx<'a>,
    pub spaces: &'a mut Spaces,
    pub entropy: &'a mut dyn Entropy,
    pub now_ms: i64,
    /// The zone the device is in.
    pub device_zone: DeviceZone,
    /// Where a test leads it astray.
    pub seam: &'a Seam,
}

impl Session<'_> {
    /// Forgets a space that a pairing began and the other side never joined.
    pub fn forget_space(&mut self, id: SpaceId) -> Result<()> {
        self.spaces.touched.part(ChangeArea::Partners);
        self.spaces.loaded.remove(&id);
        Ok(self.tx.delete_space(id)?)
    }

    /// The space, loaded if it was not.
    pub fn space(&mut self, id: &SpaceId) -> Result<&mut SpaceState> {
        self.spaces.get(self.tx, id)
    }

    /// The id of the person's own space.
    pub fn self_space(&self) -> Result<SpaceId> {
        crate::queries::self_space(self.tx)
    }

    /// Signs the draft at the end of this device's chain and stores it. The place in the chain, the
    /// item before and the heads are taken here, inside the IMMEDIATE transaction, so that two programs
    /// on one store cannot take the same place.
    pub fn append(&mut self, space: &SpaceId, draft: Draft) -> Result<Written> {
        let heads = self.settled_heads(space)?;
        self.append_at(space, draft, heads)
    }

    /// All leaf acts, joined until an item can name them.
    pub(crate) fn settled_heads(&mut self, space: &SpaceId) -> Result<Vec<ItemId>> {
        while self.space(space)?.membership.leaves().len() > HEADS_MAX {
            self.merge_heads(space)?;
        }
        Ok(self.space(space)?.membership.leaves())
    }

    /// Writes an act of the person: P signs it beside this device, which may be the one the act adds.
    pub fn append_as_root(
        &mut self,
        space: &SpaceId,
        operation: Operation,
        root: &RootKey,
    ) -> Result<Written> {
        let mut heads = self.space(space)?.membership.leaves();
        heads.truncate(HEADS_MAX);
        let root_signature = Some(sign_root(root, space, &heads, &operation));
        let body = MembershipBody {
            operation,
            root_signature,
        };
        let draft = Draft::control(ItemKind::Membership, body.encode());
        self.append_at(space, draft, heads)
    }

    /// Joins as many leaf acts as an item can name: an act without effect of its own.
    fn merge_heads(&mut self, space: &SpaceId) -> Result<()> {
        let mut heads = self.space(space)?.membership.leaves();
        heads.truncate(HEADS_MAX);
        let body = MembershipBody {
            operation: Operation::Merge,
            root_signature: None,
        };
        let draft = Draft::control(ItemKind::Membership, body.encode());
        let written = self.append_at(space, draft, heads)?;
        self.queue(space, written, 0)
    }

    /// As [`Self::append`], with heads that were asked for before.
    pub(crate) fn append_at(
        &mut self,
        space: &SpaceId,
        draft: Draft,
        heads: Vec<ItemId>,
    ) -> Result<Written> {
        self.require_own_device(space)?;
        self.sign_at(space, draft, heads)
    }

    /// As [`Self::append_at`], whatever is known of this device's place among the members.
    pub(crate) fn sign_at(
        &mut self,
        space: &SpaceId,
        draft: Draft,
        heads: Vec<ItemId>,
    ) -> Result<Written> {
        let state = self.spaces.get(self.tx, space)?;
        let device = self
            .tx
            .device_row(state.row, &state.own_device, &state.own_person)?;
        let last = self.tx.chain(state.row, device, state.inc)?;
        let (seq, prev) = match &last {
            Some(chain) => (chain.top_seq + 1, chain.top_id.to_bytes()),
            None => (1, first_prev(self.tx, state)?),
        };
        let hlc = Hlc::tick(Hlc::from_u64(state.hlc), self.now_ms).to_u64();
        let mut item = ItemDraft {
            kind: draft.kind,
            space_id: *space,
            device_id: state.own_device,
            inc: state.inc,
            seq,
            prev,
            hlc,
            heads,
            doc_kind: draft.doc_kind.into(),
            doc_name: draft.doc_name,
            body: draft.body,
        };
        self.seam.before_signing(&mut item);
        let item = sign_item(&state.sign_key, item, self.entropy)?;
        let id = belay_crypto::item_id(&item.header);
        let written = self.store_own(space, &item, id, draft.doc_kind)?;
        let state = self.spaces.get(self.tx, space)?;
        if state.copy_relay.is_some() {
            self.tx.queue_item(written.row, state.row, 0)?;
        }
        Ok(written)
    }

    /// Stores an item of this device that is already signed (the `create` item is signed before its
    /// space has a name).
    pub fn store_own(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: ItemId,
        doc_kind: DocKind,
    ) -> Result<Written> {
        let state = self.spaces.get(self.tx, space)?;
        let header = &item.header;
        let device = self
            .tx
            .device_row(state.row, &state.own_device, &state.own_person)?;
        let document = if doc_kind == DocKind::None {
            None
        } else {
            Some(self.tx.document_row(
                state.row,
                &state.own_person,
                doc_kind.into(),
                &header.doc_name,
            )?)
        };
        let row = self.tx.insert_item(&NewItem {
            space: state.row,
            device,
            inc: header.inc,
            seq: header.seq,
            item_id: id,
            kind: header.kind.into(),
            document,
            hlc: header.hlc,
            detached: &item.encode_detached(),
            body: Some(&salted_body(item)),
            state: ItemState::Applied,
            envelope: None,
        })?;
        let due = belay_sync::due_heads(item, &id);
        self.tx.put_chain(
            state.row,
            &Chain {
                device,
                inc: header.inc,
                contiguous: header.seq,
                contiguous_id: Some(id),
                ranges: Vec::new(),
                top_seq: header.seq,
                top_id: id,
                top_hlc: header.hlc,
                heads: due,
            },
        )?;
        state.hlc = state.hlc.max(header.hlc);
        let space_type = state.space_type;
        if header.kind != ItemKind::Changes && header.kind != ItemKind::Record {
            let content = Content::parse(item).map_err(|_| BelayError::internal("own-item"))?;
            state
                .apply_control(&id, item, &content)
                .map_err(|_| BelayError::internal("own-act"))?;
        }
        self.spaces.touched.item(space_type, true, doc_kind, item);
        Ok(Written { row, id, document })
    }

    /// Queues an item to be sealed and sent, not before the given time. What is written into `self` is in
    /// line already if the person asked for a sealed copy, and stays on the device otherwise.
    pub fn queue(&mut self, space: &SpaceId, written: Written, not_before_ms: i64) -> Result<()> {
        self.queue_row(space, written.row, not_before_ms)
    }

    /// As [`Self::queue`], by the item's row.
    pub(crate) fn queue_row(
        &mut self,
        space: &SpaceId,
        row: ItemRow,
        not_before_ms: i64,
    ) -> Result<()> {
        let state = self.spaces.get(self.tx, space)?;
        if state.space_type != SpaceType::SelfSpace {
            self.tx.queue_item(row, state.row, not_before_ms)?;
        }
        Ok(())
    }
}

/// The (salt, body) part of an item as the store keeps it.
pub(crate) fn salted_body(item: &Item) -> Vec<u8> {
    let body = item.body.as_deref().unwrap_or_default();
    let mut bytes = Vec::with_capacity(item.salt.len() + body.len());
    bytes.extend_from_slice(&item.salt);
    bytes.extend_from_slice(body);
    bytes
}

/// A chain starts from its device, or from the last item of the incarnation before.
fn first_prev(tx: &ReadTx<'_>, state: &SpaceState) -> Result<[u8; 32]> {
    let before = tx.meta(&crate::syncing::incarnation::last_item_key(&state.id))?;
    match before {
        Some(bytes) => crate::space_state::array(&bytes, "last-item"),
        None => Ok(state.own_device.to_bytes()),
    }
}
