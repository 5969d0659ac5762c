//! What was found with recovery words: which of several keyrings stand, and what they say together. All of it
//! is judged before anything is written (docs/protocol.md, "Recovery").

use std::collections::{BTreeMap, BTreeSet};

use belay_crypto::{
    EpochSecret, RecoveryKeys, RecoverySecret, item_id, open_keyring, verify_keyring,
};
use belay_model::{DeviceId, EpochId, ItemId};
use belay_protocol::{
    EpochBody, Item, ItemKind, Keyring, KeyringEpoch, KeyringPart, KeyringSpace, SpaceType,
};
use belay_sync::{Act, Admission, Content, Membership, Neighbours, admit};

use crate::{BelayError, Result};

/// The keyring that words and copies give: `self` first.
pub(crate) struct FoundKeyring {
    pub keys: RecoveryKeys,
    pub spaces: Vec<KeyringSpace>,
}

/// One copy whose maker was a device of the person when it made it.
struct Candidate {
    keyring: Keyring,
    own: Membership,
}

/// Opens what parts give with the words, and decides what of it stands.
///
/// # Errors
/// `Unavailable{no-copy-found}` when nothing opens with these words; `Unavailable{words-replaced}` when they
/// were replaced by newer ones.
pub(crate) fn open(words: &RecoverySecret, parts: Vec<KeyringPart>) -> Result<FoundKeyring> {
    let keys = words.keys();
    let mut sets: BTreeMap<(DeviceId, u64), Vec<KeyringPart>> = BTreeMap::new();
    for part in parts {
        sets.entry((part.device_id, part.n)).or_default().push(part);
    }
    let root = keys.root.public();
    let mut candidates = Vec::new();
    let mut replaced = false;
    for parts in sets.values() {
        let Ok((_, keyring)) = open_keyring(parts, &keys.backup) else {
            continue;
        };
        match judge(keyring, &root) {
            Judged::Stands(candidate) => candidates.push(*candidate),
            Judged::Replaced => replaced = true,
            Judged::Nothing => {}
        }
    }
    let spaces = stand_together(candidates);
    if spaces.is_empty() {
        return Err(BelayError::unavailable(if replaced {
            "words-replaced"
        } else {
            "no-copy-found"
        }));
    }
    Ok(FoundKeyring { keys, spaces })
}

enum Judged {
    Stands(Box<Candidate>),
    /// Newer words took the place of these.
    Replaced,
    Nothing,
}

/// Whether the keyring is of these words, and by a device that was the person's as far as it says itself.
fn judge(keyring: Keyring, root: &[u8; 32]) -> Judged {
    let Some(space) = keyring.own() else {
        return Judged::Nothing;
    };
    let own = membership_of(space);
    let view = own.current();
    let whole = view.space_type == Some(SpaceType::SelfSpace)
        && view.creator == Some(space.person_id)
        && view.is_valid(&keyring.device_id);
    let Some(device) = view.device(&keyring.device_id).filter(|_| whole) else {
        return Judged::Nothing;
    };
    if verify_keyring(&keyring, &space.person_id, &device.sign_pk).is_err() {
        return Judged::Nothing;
    }
    let person = view.persons.get(&space.person_id);
    if person.is_none_or(|person| person.recovery_pk != *root) {
        return Judged::Replaced;
    }
    Judged::Stands(Box::new(Candidate { keyring, own }))
}

/// The acts of a space as its items tell them, each signed by whom it names.
pub(crate) fn membership_of(space: &KeyringSpace) -> Membership {
    let mut membership = Membership::new(space.space_id);
    add_acts(&mut membership, &space.items);
    membership
}

fn add_acts(membership: &mut Membership, items: &[Vec<u8>]) {
    for bytes in items {
        let Ok(item) = Item::parse(bytes) else {
            continue;
        };
        if item.header.kind != ItemKind::Membership {
            continue;
        }
        let (id, Ok(content)) = (item_id(&item.header), Content::parse(&item)) else {
            continue;
        };
        let nothing_near = Neighbours::default();
        let admitted = admit(membership, &item, &id, Some(&content), &nothing_near, None);
        if let (Admission::Accept, Content::Membership(body)) = (admitted, content) {
            // One whose certificate does not hold is not in the graph.
            let _ = membership.insert(Act {
                id,
                author: item.header.device_id,
                heads: item.header.heads.clone(),
                body,
            });
        }
    }
}

/// Lays the copies over each other. Those of devices that are still the person's, as far as all of them tell,
/// stand before others; then the higher number does. An old copy adds what only it has, and takes nothing back.
fn stand_together(mut candidates: Vec<Candidate>) -> Vec<KeyringSpace> {
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.keyring.n));
    let Some(own) = candidates
        .first()
        .map(|candidate| candidate.keyring.spaces[0].space_id)
    else {
        return Vec::new();
    };
    candidates.retain(|candidate| candidate.keyring.spaces[0].space_id == own);
    let mut all = candidates[0].own.clone();
    for candidate in &candidates[1..] {
        add_acts(&mut all, &candidate.keyring.spaces[0].items);
    }
    let valid = |candidate: &Candidate| all.current().is_valid(&candidate.keyring.device_id);
    if candidates.iter().any(valid) {
        candidates.retain(valid);
    }
    let mut spaces: Vec<KeyringSpace> = Vec::new();
    for candidate in &candidates {
        for space in &candidate.keyring.spaces {
            match spaces
                .iter_mut()
                .find(|known| known.space_id == space.space_id)
            {
                Some(known) => add(known, space),
                None => spaces.push(space.clone()),
            }
        }
    }
    for space in &mut spaces {
        let bodies = epoch_bodies(&space.items);
        let holds = |epoch: &KeyringEpoch| {
            bodies
                .get(&epoch.epoch_id)
                .is_none_or(|body| EpochSecret::from_bytes(epoch.secret).check(body).is_ok())
        };
        let kept: Vec<KeyringEpoch> = space
            .epochs
            .iter()
            .filter(|epoch| holds(epoch))
            .cloned()
            .collect();
        space.epochs = kept;
    }
    spaces
}

/// Adds what an older copy has beyond a newer one.
fn add(known: &mut KeyringSpace, older: &KeyringSpace) {
    if known.person_id != older.person_id {
        return;
    }
    let epochs: BTreeSet<EpochId> = known.epochs.iter().map(|epoch| epoch.epoch_id).collect();
    let more = older.epochs.iter();
    known.epochs.extend(
        more.filter(|epoch| !epochs.contains(&epoch.epoch_id))
            .cloned(),
    );
    let items: BTreeSet<ItemId> = known
        .items
        .iter()
        .filter_map(|bytes| id_of(bytes))
        .collect();
    let more = older
        .items
        .iter()
        .filter(|bytes| id_of(bytes).is_some_and(|id| !items.contains(&id)));
    known.items.extend(more.cloned());
}

fn id_of(bytes: &[u8]) -> Option<ItemId> {
    Item::parse(bytes).ok().map(|item| item_id(&item.header))
}

/// What the epoch items say, to check secrets by.
fn epoch_bodies(items: &[Vec<u8>]) -> BTreeMap<EpochId, EpochBody> {
    items
        .iter()
        .filter_map(|bytes| {
            let item = Item::parse(bytes).ok()?;
            if item.header.kind != ItemKind::Epoch {
                return None;
            }
            let body = EpochBody::parse(item.body.as_deref()?).ok()?;
            Some((EpochId::from(item_id(&item.header)), body))
        })
        .collect()
}
