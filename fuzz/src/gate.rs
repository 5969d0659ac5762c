//! The Gate without a store: crafted items of a stolen own device or a hostile partner, signed, sealed, opened and led
//! through the steps of docs/protocol.md in their order. Nothing may stop what honest devices write afterwards.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use belay_crypto::{ItemDraft, actor_id, doc_id, item_id, open_envelope, seal_envelope};
use belay_document::changes::ActorBytes;
use belay_document::documents::{SelfDocument, genesis_facts};
use belay_document::records::{
    KeysRecord, OutcomeRecord, ProfileRecord, RecordPayload, ResponseRecord,
};
use belay_model::{DocName, Incarnation, ItemId, SharedCheckIn, SharedGoal};
use belay_protocol::{ChangesBody, DocKind, Item, ItemKind, RecordBody, SpaceType};
use belay_sync::{Act, Admission, Content, Membership, Neighbours, admit, due_heads};

use crate::chunk::{Head, craft};
use crate::input::Input;
use crate::sound::assert_sound;
use crate::world::{World, sign};

/// Items an input may describe.
const ITEMS_MAX: usize = 12;

fn world(space_type: SpaceType) -> &'static World {
    static WORLDS: [OnceLock<World>; 2] = [const { OnceLock::new() }; 2];
    let at = usize::from(space_type == SpaceType::Pair);
    WORLDS[at].get_or_init(|| World::new(space_type))
}

/// What a replica holds.
struct Replica<'w> {
    world: &'w World,
    membership: Membership,
    places: BTreeMap<(u64, u64), (ItemId, Item)>,
    documents: BTreeMap<(u8, DocName), (SelfDocument, Vec<Vec<u8>>)>,
    applied: usize,
}

impl Replica<'_> {
    fn neighbours(&self, item: &Item) -> Neighbours {
        let (inc, seq) = (item.header.inc.0, item.header.seq);
        let at = |seq: u64| self.places.get(&(inc, seq));
        Neighbours {
            here: at(seq).map(|(id, _)| *id),
            before: at(seq.wrapping_sub(1)).map(|(id, _)| *id),
            due: self
                .places
                .range((inc, 0)..(inc, seq))
                .next_back()
                .map(|(_, (id, item))| due_heads(item, id))
                .unwrap_or_default(),
            after: at(seq.saturating_add(1)).map(|(_, item)| item.header.prev),
        }
    }

    fn ingest(&mut self, bytes: &[u8]) {
        let Ok(item) = Item::parse(bytes) else {
            return;
        };
        assert_eq!(item.encode(), bytes);
        let id = item_id(&item.header);
        let content = Content::parse(&item).ok();
        let neighbours = self.neighbours(&item);
        let admission = admit(
            &self.membership,
            &item,
            &id,
            content.as_ref(),
            &neighbours,
            None,
        );
        if item.header.device_id == self.world.honest.device {
            // The fuzzer does not hold this device's key.
            assert!(!matches!(admission, Admission::Accept | Admission::Fork));
        }
        if admission != Admission::Accept {
            return;
        }
        let Some(content) = content else {
            self.places
                .insert((item.header.inc.0, item.header.seq), (id, item));
            return;
        };
        match &content {
            Content::Membership(body) => {
                let act = Act {
                    id,
                    author: item.header.device_id,
                    heads: item.header.heads.clone(),
                    body: body.clone(),
                };
                let _ = self.membership.insert(act);
            }
            Content::Record(body) => {
                if let Ok(kind) = DocKind::try_from(item.header.doc_kind) {
                    lay_out(kind, body);
                }
            }
            Content::Changes(body) => self.take_changes(&item, body),
            _ => {}
        }
        self.applied += 1;
        self.places
            .insert((item.header.inc.0, item.header.seq), (id, item));
    }

    fn take_changes(&mut self, item: &Item, body: &ChangesBody) {
        let header = &item.header;
        let Ok(kind) = DocKind::try_from(header.doc_kind) else {
            return;
        };
        let Ok(new) = SelfDocument::new(kind) else {
            return;
        };
        let actor = actor_of(self.world, header.inc, header.doc_kind, &header.doc_name);
        let (document, changes) = self
            .documents
            .entry((header.doc_kind, header.doc_name))
            .or_insert((new, Vec::new()));
        let mut tried = document.clone();
        let received: Vec<(ActorBytes, &[u8])> = body
            .changes
            .iter()
            .map(|change| (actor, change.as_slice()))
            .collect();
        let admission = tried.admit(&received);
        // An item counts whole or not at all.
        if admission.rejected.is_empty() && admission.waiting.is_empty() {
            changes.extend(
                admission
                    .accepted
                    .iter()
                    .map(|at| body.changes[*at].clone()),
            );
            *document = tried;
        }
    }
}

fn actor_of(world: &World, inc: Incarnation, kind: u8, name: &DocName) -> ActorBytes {
    let document = doc_id(&world.space, &world.hostile.person, kind, name);
    actor_id(&world.hostile.device, inc, &document)
}

fn lay_out(kind: DocKind, body: &RecordBody) {
    let _ = match kind {
        DocKind::CheckIn => SharedCheckIn::from_body(body).map(drop),
        DocKind::Goal => SharedGoal::from_body(body).map(drop),
        DocKind::Outcome => OutcomeRecord::from_body(body).map(drop),
        DocKind::Response => ResponseRecord::from_body(body).map(drop),
        DocKind::Profile => ProfileRecord::from_body(body).map(drop),
        DocKind::Keys => KeysRecord::from_body(body).map(drop),
        _ => Ok(()),
    };
}

/// The item that the input describes next.
fn next(replica: &Replica<'_>, input: &mut Input<'_>) -> Option<Vec<u8>> {
    let world = replica.world;
    let (flags, more) = (input.byte(), input.byte());
    let kind = ItemKind::try_from(1 + input.byte() % 10).ok()?;
    let place = input.byte();
    let inc = Incarnation(u64::from(more & 1));
    // The end of the chain, unless the input asks for a place that is taken, far away or the last one there is.
    let last = replica
        .places
        .range((inc.0, 0)..=(inc.0, u64::MAX))
        .next_back();
    let end = last.map_or(0, |((_, seq), _)| *seq);
    let seq = match place {
        0..=199 => end.checked_add(1)?,
        200..=229 => u64::from(place - 199),
        230..=249 => end.saturating_add(u64::from(place)),
        _ => i64::MAX.unsigned_abs(),
    };
    let prev = match seq
        .checked_sub(1)
        .and_then(|seq| replica.places.get(&(inc.0, seq)))
    {
        Some((id, _)) if flags & 1 == 0 => id.to_bytes(),
        _ => world.hostile.device.to_bytes(),
    };
    let mut heads = replica.membership.leaves();
    heads.truncate(16);
    if flags & 2 != 0 {
        heads = vec![ItemId::from(world.space)];
    }
    if flags & 4 != 0 {
        heads = vec![ItemId::from_bytes([more; 32])];
    }
    let (doc_kind, doc_name) = match kind {
        ItemKind::Changes | ItemKind::Record => {
            (input.byte(), DocName::from_bytes([more >> 6; 16]))
        }
        _ => (0, DocName::ZERO),
    };
    let length = usize::from(input.u16());
    let mut bytes = input.take(length);
    if kind == ItemKind::Changes && flags & 8 == 0 {
        let change = change(replica, inc, doc_kind, doc_name, &mut Input(bytes))?;
        let changes = ChangesBody {
            changes: vec![change],
        };
        return signed(
            world,
            flags,
            seq,
            prev,
            heads,
            inc,
            kind,
            doc_kind,
            doc_name,
            changes.encode(),
        );
    }
    let body = std::mem::take(&mut bytes).to_vec();
    signed(
        world, flags, seq, prev, heads, inc, kind, doc_kind, doc_name, body,
    )
}

/// A change with a right head for the document as it stands.
fn change(
    replica: &Replica<'_>,
    inc: Incarnation,
    doc_kind: u8,
    doc_name: DocName,
    input: &mut Input<'_>,
) -> Option<Vec<u8>> {
    let kind = DocKind::try_from(doc_kind).ok()?;
    let genesis = genesis_facts(kind).ok()?;
    let actor = actor_of(replica.world, inc, doc_kind, &doc_name);
    let standing = replica.documents.get(&(doc_kind, doc_name));
    let new = SelfDocument::new(kind).ok()?;
    let (document, count) = standing.map_or((&new, 0), |(document, made)| (document, made.len()));
    let head = Head {
        parents: &document.heads(),
        actor,
        seq: count as u64 + 1,
        start_op: document.history().max_op() + 1,
        others: &[genesis.actor],
    };
    Some(craft(&head, input))
}

#[allow(
    clippy::too_many_arguments,
    reason = "the parts of one header, each chosen by the input"
)]
fn signed(
    world: &World,
    flags: u8,
    seq: u64,
    prev: [u8; 32],
    heads: Vec<ItemId>,
    inc: Incarnation,
    kind: ItemKind,
    doc_kind: u8,
    doc_name: DocName,
    body: Vec<u8>,
) -> Option<Vec<u8>> {
    let device_id = if flags & 16 == 0 {
        world.hostile.device
    } else {
        world.honest.device
    };
    let draft = ItemDraft {
        kind,
        space_id: world.space,
        device_id,
        inc,
        seq,
        prev,
        hlc: seq.wrapping_mul(u64::from(flags)) & i64::MAX.unsigned_abs(),
        heads,
        doc_kind,
        doc_name,
        body,
    };
    let mut bytes = sign(&world.hostile, draft)?.encode();
    if flags & 32 != 0 {
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
    }
    Some(bytes)
}

/// Runs one input; tells how many items took effect.
pub fn run(bytes: &[u8]) -> usize {
    let mut input = Input(bytes);
    let space_type = if input.byte() % 4 == 0 {
        SpaceType::Pair
    } else {
        SpaceType::SelfSpace
    };
    let world = world(space_type);
    let mut replica = Replica {
        world,
        membership: world.membership.clone(),
        places: BTreeMap::new(),
        documents: BTreeMap::new(),
        applied: 0,
    };
    let mut tried = 0;
    while !input.0.is_empty() && tried < ITEMS_MAX {
        tried += 1;
        let Some(item) = next(&replica, &mut input) else {
            continue;
        };
        let sealed = seal_envelope(
            &[item],
            &world.keys,
            &world.space,
            &world.epoch,
            &world.erase,
            [tried.to_le_bytes()[0]; 24],
        );
        let Ok(sealed) = sealed else { continue };
        let Ok(items) = open_envelope(&sealed.bytes, &world.keys, &world.space, &world.epoch)
        else {
            panic!("what was sealed opens");
        };
        for item in items {
            replica.ingest(&item);
        }
    }
    for (document, changes) in std::mem::take(&mut replica.documents).into_values() {
        assert_sound(document, &changes);
    }
    assert_honest_device_goes_on(&replica);
    replica.applied
}

fn assert_honest_device_goes_on(replica: &Replica<'_>) {
    let world = replica.world;
    let mut heads = replica.membership.leaves();
    heads.truncate(16);
    let draft = ItemDraft {
        kind: ItemKind::Need,
        space_id: world.space,
        device_id: world.honest.device,
        inc: Incarnation(9),
        seq: 1,
        prev: world.honest.device.to_bytes(),
        hlc: 1,
        heads,
        doc_kind: 0,
        doc_name: DocName::ZERO,
        body: belay_protocol::NeedBody {
            epoch_id: world.epoch,
        }
        .encode(),
    };
    let Some(item) = sign(&world.honest, draft) else {
        panic!("an honest item is well formed");
    };
    let content = Content::parse(&item).ok();
    let verdict = admit(
        &replica.membership,
        &item,
        &item_id(&item.header),
        content.as_ref(),
        &Neighbours::default(),
        None,
    );
    // Whoever holds the recovery key or is the same person may end a membership, and nobody else.
    let ended = !replica.membership.current().is_valid(&world.honest.device);
    assert!(ended || verdict == Admission::Accept, "{verdict:?}");
}
