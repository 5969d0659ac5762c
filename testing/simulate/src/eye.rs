//! Eyes of somebody who was removed: with every secret in the device's store, and every one that stands in what these
//! open, all that ever travelled to a relay is tried. What was made by anybody who knew of the removal must stay shut,
//! but for the acts that tell of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use belay_crypto::{EpochKeys, EpochSecret, item_id, mailbox_tag, open_envelope, unwrap_store_key};
use belay_document::records::KeysRecord;
use belay_model::{DeviceId, EpochId, ItemId, SpaceId};
use belay_protocol::relay::split_envelopes;
use belay_protocol::{
    DocKind, EpochBody, Item, ItemKind, MembershipBody, Operation, RecordBody, RemoveTarget,
    WrapsBody,
};
use belay_store::{ItemRow, KeyFile, SecretKind, Store};

use crate::device::copy_folder;
use crate::properties::broken;
use crate::world::{Broken, Held, World};

/// More than any run makes.
const ALL: usize = 1 << 20;

/// What one device's store holds of a space.
struct Place {
    space: SpaceId,
    /// What the device is called there.
    device: DeviceId,
    items: Vec<Item>,
}

/// A store, read whole.
struct Look {
    places: Vec<Place>,
    ring: Ring,
}

/// Secrets, by the mailboxes they open.
#[derive(Default)]
struct Ring {
    keys: BTreeMap<[u8; 16], (SpaceId, EpochId, EpochKeys)>,
}

impl Ring {
    fn add(&mut self, space: SpaceId, epoch: EpochId, secret: [u8; 32]) -> bool {
        let keys = EpochSecret::from_bytes(secret).keys(&epoch);
        let tag = mailbox_tag(keys.mailbox_pk());
        self.keys.insert(tag, (space, epoch, keys)).is_none()
    }

    /// Every item in an envelope, if a secret opens it.
    fn open(&self, bytes: &[u8], tag: [u8; 16]) -> Option<Vec<Item>> {
        let (space, epoch, keys) = self.keys.get(&tag)?;
        let items = open_envelope(bytes, keys, space, epoch).ok()?;
        Some(items.iter().flat_map(|item| Item::parse(item)).collect())
    }

    /// Takes the secrets of other spaces that stand in records of own devices.
    fn follow(&mut self, item: &Item) -> bool {
        if item.header.kind != ItemKind::Record || item.header.doc_kind != u8::from(DocKind::Keys) {
            return false;
        }
        let body = RecordBody::parse(item.body.as_deref().unwrap_or_default());
        match body.map(|body| KeysRecord::from_body(&body)) {
            Ok(Ok(Some(KeysRecord::Epoch(key)))) => {
                self.add(key.space_id, key.epoch_id, key.secret)
            }
            _ => false,
        }
    }
}

/// Who knew what: the acts of a space, and what each stands on.
#[derive(Default)]
struct Acts {
    parents: BTreeMap<ItemId, Vec<ItemId>>,
    /// Removals, with whom they are by and whom they are of.
    removals: Vec<(ItemId, DeviceId, DeviceId)>,
    epochs: BTreeMap<EpochId, Vec<ItemId>>,
}

impl Acts {
    fn note(&mut self, item: &Item) {
        let id = item_id(&item.header);
        if item.header.kind == ItemKind::Epoch {
            self.epochs.insert(id.into(), item.header.heads.clone());
        }
        if item.header.kind != ItemKind::Membership
            || self.parents.insert(id, item.header.heads.clone()).is_some()
        {
            return;
        }
        let body = MembershipBody::parse(item.body.as_deref().unwrap_or_default());
        if let Ok(Operation::Remove {
            target: RemoveTarget::Device(of),
            ..
        }) = body.map(|body| body.operation)
        {
            self.removals.push((id, item.header.device_id, of));
        }
    }

    /// The removals of a device by somebody who was never removed: no other act overrules them.
    fn of(&self, device: &DeviceId) -> BTreeSet<ItemId> {
        let gone: BTreeSet<DeviceId> = self.removals.iter().map(|(_, _, of)| *of).collect();
        let all = self.removals.iter();
        all.filter(|(_, by, of)| of == device && !gone.contains(by))
            .map(|(id, ..)| *id)
            .collect()
    }

    /// Whether something that stands on these acts stands on one of the removals.
    fn know(&self, heads: &[ItemId], removals: &BTreeSet<ItemId>) -> bool {
        let mut seen = BTreeSet::new();
        let mut next = heads.to_vec();
        while let Some(id) = next.pop() {
            if removals.contains(&id) {
                return true;
            }
            if seen.insert(id) {
                next.extend(self.parents.get(&id).into_iter().flatten());
            }
        }
        false
    }
}

fn of_eye(what: impl std::fmt::Display) -> Broken {
    Broken(format!("the simulator cannot read a store: {what}"))
}

fn read_store(dir: &Path, secret: &[u8]) -> Held<Look> {
    let key_file = KeyFile::read(dir).map_err(of_eye)?;
    let key = unwrap_store_key(&key_file, secret, None).map_err(of_eye)?;
    let store = Store::open(dir, key.bytes()).map_err(of_eye)?;
    let mut look = Look {
        places: Vec::new(),
        ring: Ring::default(),
    };
    let read = store.read(|tx| {
        for space in tx.spaces()? {
            for secret in tx.secrets(Some(space.row), SecretKind::EpochSecret)? {
                let epoch = EpochId::from_slice(&secret.name);
                if let (Some(epoch), Ok(bytes)) = (epoch, secret.value.as_slice().try_into()) {
                    look.ring.add(space.id, epoch, bytes);
                }
            }
            let mut items = Vec::new();
            for stored in tx.all_items(space.row, ItemRow(0), ALL)? {
                items.push(stored.item()?);
            }
            look.places.push(Place {
                space: space.id,
                device: space.own_device,
                items,
            });
        }
        Ok::<(), belay_store::StoreError>(())
    });
    read.map_err(of_eye)?;
    Ok(look)
}

impl World {
    fn look_into(&mut self, device: usize) -> Held<Look> {
        let copy = self.folder.path().join(format!("{device}-eye"));
        let copied = copy_folder(&self.devices[device].dir, &copy);
        copied.map_err(of_eye)?;
        let secret = self.devices[device].secrets.load().map_err(of_eye)?;
        let look = read_store(&copy, &secret.unwrap_or_default());
        std::fs::remove_dir_all(&copy).map_err(of_eye)?;
        look
    }

    /// Nobody who is out can open what was made by somebody who knew it.
    pub fn check_derives_nothing(&mut self) -> Held<()> {
        let out: Vec<usize> = self.out.iter().copied().collect();
        if out.is_empty() {
            return Ok(());
        }
        let mut acts: BTreeMap<SpaceId, Acts> = BTreeMap::new();
        let mut rings = BTreeMap::new();
        for device in self.present() {
            let look = self.look_into(device)?;
            for place in &look.places {
                let acts = acts.entry(place.space).or_default();
                place.items.iter().for_each(|item| acts.note(item));
            }
            rings.insert(device, look.ring);
        }
        for device in out {
            let look = self.look_into(device)?;
            let ring = self.check_eye(device, look, &acts)?;
            self.check_sees_what_was_before(device, &ring, &rings)?;
        }
        Ok(())
    }

    fn check_eye(&self, device: usize, look: Look, acts: &BTreeMap<SpaceId, Acts>) -> Held<Ring> {
        let mut ring = look.ring;
        let tape = self.network.carried();
        let mut opened: Vec<(SpaceId, Item)> = Vec::new();
        let mut tried = BTreeSet::new();
        loop {
            let before = ring.keys.len();
            for (number, carried) in tape.iter().enumerate() {
                for (place, envelope) in split_envelopes(carried)
                    .unwrap_or_default()
                    .iter()
                    .enumerate()
                {
                    let tag = envelope.mailbox_tag();
                    let Some(space) = ring.keys.get(&tag).map(|(space, ..)| *space) else {
                        continue;
                    };
                    if !tried.insert((number, place)) {
                        continue;
                    }
                    for item in ring.open(envelope.bytes(), tag).unwrap_or_default() {
                        ring.follow(&item);
                        opened.push((space, item));
                    }
                }
            }
            if ring.keys.len() == before {
                break;
            }
        }
        for place in look.places {
            let Some(acts) = acts.get(&place.space) else {
                continue;
            };
            let removals = acts.of(&place.device);
            let theirs = opened.iter().filter(|(space, _)| *space == place.space);
            for item in theirs.map(|(_, item)| item).chain(&place.items) {
                if acts.know(&item.header.heads, &removals) && !may_read(item, &place.device) {
                    let kind = item.header.kind;
                    return broken(format!(
                        "device {device} was removed, and reads a {kind:?} of somebody who knew it"
                    ));
                }
            }
            for (space, epoch, _) in ring.keys.values() {
                let heads = acts.epochs.get(epoch).filter(|_| *space == place.space);
                if heads.is_some_and(|heads| acts.know(heads, &removals)) {
                    return broken(format!(
                        "device {device} was removed, and holds the secret of an epoch made for others"
                    ));
                }
            }
        }
        Ok(ring)
    }

    /// Where nothing went wrong, whoever is out opens everything that travelled before it was removed.
    fn check_sees_what_was_before(
        &self,
        device: usize,
        ring: &Ring,
        others: &BTreeMap<usize, Ring>,
    ) -> Held<()> {
        let first = self
            .removals
            .iter()
            .find(|removal| removal.gone.contains(&device));
        let Some(removal) = first.filter(|_| self.is_calm) else {
            return Ok(());
        };
        let Some(theirs) = others.get(&removal.by) else {
            return Ok(());
        };
        for carried in self.network.carried().iter().take(removal.tape) {
            for envelope in split_envelopes(carried).unwrap_or_default() {
                let tag = envelope.mailbox_tag();
                if theirs.keys.contains_key(&tag) && ring.open(envelope.bytes(), tag).is_none() {
                    return broken(format!(
                        "device {device} was removed, and cannot open what was there before"
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Whether somebody who was removed may read an item of who knows it: the acts themselves, and the secrets that are
/// made for everybody else.
fn may_read(item: &Item, removed: &DeviceId) -> bool {
    let body = item.body.as_deref().unwrap_or_default();
    match item.header.kind {
        ItemKind::Membership => true,
        ItemKind::Epoch => {
            EpochBody::parse(body).is_ok_and(|epoch| !epoch.recipients.contains(removed))
        }
        ItemKind::Wraps => {
            WrapsBody::parse(body).is_ok_and(|wraps| wraps.wrap_for(removed).is_none())
        }
        _ => false,
    }
}
