//! The Gate: every rule an item from outside must pass before anything is changed by it, in the order
//! of docs/protocol.md, "Gate". Here stand the steps that look at the header and at the author; what
//! the body holds is judged in `content` and, for documents, in core/document. All of them depend on
//! bytes and causal past only: never on time, speed or the order of arrival.

use belay_crypto::verify_item;
use belay_model::{DeviceId, ItemId, SpaceId};
use belay_protocol::{Item, ItemKind, Operation, SpaceType};

use crate::chain::Neighbours;
use crate::content::Content;
use crate::membership::Membership;

/// Why an item cannot be judged yet. It is kept and judged again when that may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// No act that is held names its author's device.
    UnknownDevice,
    /// It names membership acts that are not here yet.
    MissingHeads,
}

/// Why an item can never count. It is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It belongs to another space.
    OtherSpace,
    /// Its signature does not hold under its author's key.
    Signature,
    /// Its author was no member, as far as the author's own past tells.
    NotAMember,
    /// Its author says to know less than an earlier item of the same chain did.
    HeadsWentBack,
    /// The kind has no place in this sort of space, or only somebody else may write it.
    NotAllowed,
}

/// What the Gate says about an item's header and author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Every rule holds.
    Accept,
    /// The same item is here already.
    Known,
    /// Another signed item claims the same place: the device exists twice, or its owner's program lies.
    Fork,
    /// Cannot be judged yet.
    Wait(Wait),
    /// Can never count.
    Refuse(Refusal),
}

/// Judges one item whose bytes were framed correctly. `neighbours` is what the store holds around
/// its place in the chain; `content` is its parsed body, `None` for one that is not in the form its
/// kind has: header and author are judged all the same, so that its place can be filled. `signer` is the
/// key under which [`verify_item`] already accepted this very item, if the caller asked before.
pub fn admit(
    membership: &Membership,
    item: &Item,
    id: &ItemId,
    content: Option<&Content>,
    neighbours: &Neighbours,
    signer: Option<[u8; 32]>,
) -> Admission {
    let header = &item.header;
    let create = matches!(
        content,
        Some(Content::Membership(body)) if matches!(body.operation, Operation::Create { .. })
    );
    let space = if create {
        SpaceId::from(*id)
    } else {
        header.space_id
    };
    if space != membership.space() || (create && header.space_id != SpaceId::ZERO) {
        return Admission::Refuse(Refusal::OtherSpace);
    }
    if neighbours.here == Some(*id) {
        return Admission::Known;
    }
    let Some(sign_pk) = author_key(membership, header.device_id, content) else {
        return Admission::Wait(Wait::UnknownDevice);
    };
    if signer != Some(sign_pk) && verify_item(item, &sign_pk).is_err() {
        return Admission::Refuse(Refusal::Signature);
    }
    let fork = neighbours.here.is_some()
        || neighbours
            .before
            .as_ref()
            .is_some_and(|before| before.as_bytes() != &header.prev)
        || neighbours
            .after
            .as_ref()
            .is_some_and(|prev| prev != id.as_bytes());
    // Which branch of a fork counts is decided among items that are valid otherwise.
    match admit_author(membership, item, content, neighbours) {
        Admission::Accept if fork => Admission::Fork,
        other => other,
    }
}

fn admit_author(
    membership: &Membership,
    item: &Item,
    content: Option<&Content>,
    neighbours: &Neighbours,
) -> Admission {
    let heads = &item.header.heads;
    if !heads.iter().all(|head| membership.knows(head)) {
        return Admission::Wait(Wait::MissingHeads);
    }
    // An act is judged by its own past alone, in the graph, whenever it comes.
    let act = item.header.kind == ItemKind::Membership;
    if !act && !membership.covers(heads, &neighbours.due) {
        return Admission::Refuse(Refusal::HeadsWentBack);
    }
    if let Some(Content::Membership(body)) = content
        && matches!(
            body.operation,
            Operation::Create { .. } | Operation::AddDevice { .. }
        )
    {
        // These may introduce their own author. Their right is judged by the graph itself, where a
        // void act stays without effect.
        return Admission::Accept;
    }
    let author = item.header.device_id;
    let kind = item.header.kind;
    let creator_epoch = matches!(content, Some(Content::Epoch(body)) if body.parents.is_empty());
    // The items of a catch-up nearly all name the present leaves.
    let past;
    let view = if *heads == membership.leaves() {
        membership.current()
    } else {
        let Some(view) = membership.view_at(heads) else {
            return Admission::Wait(Wait::MissingHeads);
        };
        past = view;
        &*past
    };
    let Some(device) = view
        .device(&author)
        .filter(|device| view.is_valid(&device.id))
    else {
        return Admission::Refuse(Refusal::NotAMember);
    };
    if kind == ItemKind::Changes && view.space_type != Some(SpaceType::SelfSpace) {
        return Admission::Refuse(Refusal::NotAllowed);
    }
    if creator_epoch && Some(device.person) != view.creator {
        return Admission::Refuse(Refusal::NotAllowed);
    }
    if let Some(Content::Erase(body)) = content {
        let own = body.slots.iter().all(|slot| {
            view.device(&slot.device_id)
                .is_some_and(|erased| erased.person == device.person)
        });
        if !own {
            return Admission::Refuse(Refusal::NotAllowed);
        }
    }
    Admission::Accept
}

/// The key that must have signed. A certificate inside the item itself serves for the two items
/// that introduce their own author: `create`, and an act by which the recovery key adds a device.
fn author_key(
    membership: &Membership,
    author: DeviceId,
    content: Option<&Content>,
) -> Option<[u8; 32]> {
    if let Some(device) = membership.device(&author) {
        return Some(device.sign_pk);
    }
    let Content::Membership(body) = content? else {
        return None;
    };
    let device = match &body.operation {
        Operation::Create { genesis, .. } => crate::genesis::device_of_genesis(genesis),
        Operation::AddDevice { certificate } => crate::genesis::device_of_certificate(certificate),
        _ => return None,
    };
    (device.id == author).then_some(device.sign_pk)
}

/// What every later item of the chain must cover: the item itself if it is an act, else its heads.
#[must_use]
pub fn due_heads(item: &Item, id: &ItemId) -> Vec<ItemId> {
    if item.header.kind == ItemKind::Membership {
        vec![*id]
    } else {
        item.header.heads.clone()
    }
}
