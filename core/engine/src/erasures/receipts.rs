//! Receipts of taking something back (product ids J7 and J8): which devices have told that they know of it. Who
//! knows of an erasing has dropped the words, unless their program does not keep the rules: the screens say so.

use std::collections::BTreeMap;

use belay_model::{DeviceId, DocName, Hlc, SpaceId};
use belay_protocol::{DocKind, ItemKind, RecordBody, SpaceType};
use belay_store::{ItemState, PeerAck, ReadTx, StoredItem, TakenBack};
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::erasures::views::{ErasureView, erasures_of_document};
use crate::space_state::SpaceState;

/// What a thing that was taken back was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenBackKindView {
    /// A journal entry.
    Entry,
    /// A check-in.
    CheckIn,
    /// A goal.
    Goal,
    /// What came of a goal on a day.
    Outcome,
    /// A passage of an entry.
    Passage,
    /// An answer to something a partner shared.
    Response,
}

/// One device, and whether it told that it knows of the taking back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceReceiptView {
    /// The device.
    pub device: DeviceId,
    /// What it is called among one's own; `None` for a partner's.
    pub name: Option<String>,
    /// It told that it knows: gone from it. Otherwise not yet, as far as was heard.
    pub gone: bool,
}

/// Something that was erased from the own devices, or taken back from a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenBackView {
    /// The space it was in.
    pub space: SpaceId,
    /// The partner it was taken back from, as named here; `None` for what was erased everywhere of one's own.
    pub partner: Option<String>,
    /// What it was.
    pub kind: TakenBackKindView,
    /// Its name in that space.
    pub name: DocName,
    /// When it was erased or taken back.
    pub at_ms: i64,
    /// The others' devices in that space; empty where there are none any more.
    pub devices: Vec<DeviceReceiptView>,
    /// What relays said to erasing what held its words.
    pub relays: Vec<ErasureView>,
}

impl Engine {
    /// What was erased of one's own or taken back from partners, the latest first, with what is known of each
    /// device: at most `count` of each space.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn taken_back(&self, count: usize) -> Result<Vec<TakenBackView>> {
        self.read_spaces(|tx, spaces| {
            let names: BTreeMap<DeviceId, Option<String>> = crate::own_devices::all(tx, spaces)?
                .into_iter()
                .map(|device| (device.device, device.name))
                .collect();
            let mut views = Vec::new();
            for space in tx.spaces()? {
                let Ok(state) = spaces.sound(tx, &space.id)? else {
                    continue;
                };
                views.extend(of_space(tx, state, &names, count)?);
            }
            views.sort_by_key(|view| std::cmp::Reverse(view.at_ms));
            Ok(views)
        })
    }
}

fn of_space(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    names: &BTreeMap<DeviceId, Option<String>>,
    count: usize,
) -> Result<Vec<TakenBackView>> {
    let own = state.space_type == SpaceType::SelfSpace;
    let partner = (!own).then(|| crate::partners::shown_name(tx, state));
    let partner = partner.transpose()?;
    let acks = tx.peer_acks(state.row)?;
    let mut views = Vec::new();
    for taken in tx.erased_documents(state.row, &state.own_person)? {
        if views.len() == count {
            break;
        }
        let Some(kind) = shown_kind(&taken) else {
            continue;
        };
        let Some(endings) = endings_of(tx, &taken, own)? else {
            continue;
        };
        views.push(TakenBackView {
            space: state.id,
            partner: partner.clone(),
            kind,
            name: taken.name,
            at_ms: Hlc::from_u64(taken.hlc).wall_ms(),
            devices: receipts(tx, state, &acks, &endings, names)?,
            relays: erasures_of_document(tx, state, taken.document)?,
        });
    }
    Ok(views)
}

fn shown_kind(taken: &TakenBack) -> Option<TakenBackKindView> {
    Some(match DocKind::try_from(taken.kind).ok()? {
        DocKind::JournalEntry => TakenBackKindView::Entry,
        DocKind::CheckIn => TakenBackKindView::CheckIn,
        DocKind::Goal => TakenBackKindView::Goal,
        DocKind::Outcome => TakenBackKindView::Outcome,
        DocKind::Passage => TakenBackKindView::Passage,
        DocKind::Response => TakenBackKindView::Response,
        _ => return None,
    })
}

/// The items that say that a document is gone: the erases that name it and the record that withdraws it.
/// Whoever has all of them has dropped every word. `None` for a copy that is still shared, or never left.
fn endings_of(tx: &ReadTx<'_>, taken: &TakenBack, whole: bool) -> Result<Option<Vec<StoredItem>>> {
    let (mut endings, mut newest) = (Vec::new(), None::<(u64, bool, StoredItem)>);
    for stored in tx.items_of_document(taken.document)? {
        if !matches!(stored.state, ItemState::Applied | ItemState::Shadowed) {
            continue;
        }
        if stored.kind == u8::from(ItemKind::Erase) {
            endings.push(stored);
        } else if let Some(body) = record_of(&stored)? {
            let says = (body.rev, body.withdrawn);
            if newest
                .as_ref()
                .is_none_or(|(rev, withdrawn, _)| (*rev, *withdrawn) <= says)
            {
                newest = Some((body.rev, body.withdrawn, stored));
            }
        }
    }
    match newest {
        Some((_, true, withdrawal)) => endings.push(withdrawal),
        None if whole => {}
        _ => return Ok(None),
    }
    Ok(Some(endings))
}

/// What a record of the own person's says, where its words are still here.
fn record_of(stored: &StoredItem) -> Result<Option<RecordBody>> {
    if stored.kind != u8::from(ItemKind::Record) {
        return Ok(None);
    }
    let item = stored.item()?;
    Ok(item
        .body
        .as_deref()
        .and_then(|body| RecordBody::parse(body).ok()))
}

/// Of each other device that is to know of it, whether it said so: the person's own in `self`, the partner's in
/// a pair.
fn receipts(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    acks: &[PeerAck],
    endings: &[StoredItem],
    names: &BTreeMap<DeviceId, Option<String>>,
) -> Result<Vec<DeviceReceiptView>> {
    let own_space = state.space_type == SpaceType::SelfSpace;
    let mut receipts = Vec::new();
    for device in state.membership.current().valid_devices() {
        let theirs = device.person != state.own_person;
        if device.id == state.own_device || theirs == own_space {
            continue;
        }
        let row = tx.find_device(state.row, &device.id)?.map(|(row, _)| row);
        let knows = |ending: &StoredItem| {
            // Whoever wrote it knows.
            Some(ending.device) == row
                || acks.iter().any(|ack| {
                    Some(ack.by) == row
                        && (ack.about, ack.inc) == (ending.device, ending.inc)
                        && ack.seq >= ending.seq
                })
        };
        receipts.push(DeviceReceiptView {
            device: device.id,
            name: names.get(&device.id).cloned().flatten(),
            gone: !endings.is_empty() && endings.iter().all(knows),
        });
    }
    Ok(receipts)
}
