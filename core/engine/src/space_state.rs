//! What the engine holds in memory of one space: who belongs to it, which secrets open it, and this
//! device's own keys. It is a pure function of the store, so it may be thrown away at any time.

use std::collections::{BTreeMap, BTreeSet};

use belay_crypto::{DeviceKey, EpochSecret, EraseKey, KemKey, KemPublic};
use belay_model::{DeviceId, EpochId, Hlc, Incarnation, ItemId, PersonId, SpaceId};
use belay_protocol::{Item, ItemKind, KemStatement, SpaceType, VectorEntry};
use belay_store::{
    ItemRow, ItemState, ReadTx, SecretKind, Space, SpaceRow, SpaceState as Standing,
};
use belay_sync::{
    Act, ActVerdict, Budget, Content, Epochs, LedUp, Membership, NewEpoch, SyncError,
};

use crate::keys::epoch_ring::EpochRing;
use crate::syncing::held_counts::HeldCounts;
use crate::{BelayError, Result};

/// One space, loaded.
#[derive(Debug)]
pub(crate) struct SpaceState {
    pub row: SpaceRow,
    pub id: SpaceId,
    pub space_type: SpaceType,
    pub standing: Standing,
    pub own_person: PersonId,
    pub own_device: DeviceId,
    pub inc: Incarnation,
    pub membership: Membership,
    /// The hybrid clock of each act in the graph.
    pub act_hlcs: BTreeMap<ItemId, u64>,
    pub epochs: Epochs,
    /// Keys of every epoch whose secret is held.
    pub keys: EpochRing,
    /// When each of those secrets came to this device.
    pub key_ages: BTreeMap<EpochId, i64>,
    /// The newest encryption key each device has stated.
    pub kems: BTreeMap<DeviceId, KemStatement>,
    /// Where the sealed copy of `self` goes, if the person asked for one; nothing in other spaces.
    pub copy_relay: Option<String>,
    pub sign_key: DeviceKey,
    pub erase_key: EraseKey,
    /// The highest hybrid clock seen in the space.
    pub hlc: u64,
    /// This device came back and has not read everything since: older secrets lead to more of it.
    pub catching_up: bool,
    /// How much is held of it.
    pub held: HeldCounts,
    /// The leaves of the graph when what waits was last judged again.
    pub retried_at: Vec<ItemId>,
    /// What each other member has sent, for those of whom something came since the space was loaded.
    pub budgets: BTreeMap<PersonId, Budget<ItemRow>>,
    /// What remaining devices had when they learned of a removal, by the removal.
    pub cuts: Vec<(ItemId, Vec<VectorEntry>)>,
    /// What leads up to the leavings of those who left and of whom something came since.
    pub led_up: BTreeMap<DeviceId, Vec<LedUp>>,
}

impl SpaceState {
    /// Loads the space from its control items and local secrets. Reads from disk.
    pub fn load(tx: &ReadTx<'_>, space: &Space) -> Result<Self> {
        let seed = tx
            .secret(Some(space.row), SecretKind::SignSeed, b"")?
            .ok_or(BelayError::internal("sign-seed"))?;
        let erase_key = tx
            .secret(Some(space.row), SecretKind::EraseKey, b"")?
            .ok_or(BelayError::internal("erase-key"))?;
        let mut state = Self {
            row: space.row,
            id: space.id,
            space_type: SpaceType::try_from(space.kind)
                .map_err(|_| BelayError::internal("space-type"))?,
            standing: space.state,
            own_person: space.own_person,
            own_device: space.own_device,
            inc: space.inc,
            membership: Membership::new(space.id),
            act_hlcs: BTreeMap::new(),
            epochs: Epochs::default(),
            keys: EpochRing::default(),
            key_ages: BTreeMap::new(),
            kems: BTreeMap::new(),
            copy_relay: None,
            sign_key: DeviceKey::from_seed(&array(&seed, "sign-seed")?),
            erase_key: EraseKey::from_bytes(array(&erase_key, "erase-key")?),
            hlc: 0,
            catching_up: tx
                .meta(&crate::recovery::catching_up_key(&space.id))?
                .is_some(),
            held: crate::syncing::held::counts(tx, space.row)?,
            retried_at: Vec::new(),
            budgets: BTreeMap::new(),
            cuts: crate::data_cut::load(tx, &space.id)?,
            led_up: BTreeMap::new(),
        };
        if state.space_type == SpaceType::SelfSpace {
            state.copy_relay = crate::syncing::self_copy::relay_of_copy(tx)?;
        }
        for stored in tx.control_items(space.row)? {
            // An act counts also where its place in the chain is contested: the graph knows no places.
            let act = stored.kind == u8::from(ItemKind::Membership);
            let counts = match stored.state {
                ItemState::Applied => true,
                ItemState::Shadowed => act,
                ItemState::Quarantined | ItemState::Erased => false,
            };
            if !counts {
                continue;
            }
            let item = stored.item()?;
            let content = Content::parse(&item).map_err(|_| BelayError::internal("stored-item"))?;
            // An act whose certificate does not hold is not in the graph; it must not keep the space shut.
            let _ = state.apply_control(&stored.item_id, &item, &content);
        }
        for secret in tx.secrets(Some(space.row), SecretKind::EpochSecret)? {
            let id = EpochId::from_slice(&secret.name).ok_or(BelayError::internal("epoch-id"))?;
            let epoch = EpochSecret::from_bytes(array(&secret.value, "epoch-secret")?);
            state.hold_epoch(id, epoch, secret.at_ms);
        }
        // Only what this device wrote itself: another's clock may be wrong, and is observed with care.
        let own = tx.find_device(space.row, &space.own_device)?;
        state.hlc = tx
            .chains(space.row)?
            .iter()
            .filter(|chain| own.is_some_and(|(own, _)| own == chain.device))
            .map(|chain| chain.top_hlc)
            .max()
            .unwrap_or(0);
        Ok(state)
    }

    /// Takes an epoch's secret into use.
    pub fn hold_epoch(&mut self, id: EpochId, secret: EpochSecret, at_ms: i64) {
        self.keys.insert(id, secret);
        self.key_ages.insert(id, at_ms);
    }

    /// Lets a control item that passed the Gate take effect. Other kinds change nothing here.
    pub fn apply_control(
        &mut self,
        id: &ItemId,
        item: &Item,
        content: &Content,
    ) -> std::result::Result<Option<ActVerdict>, SyncError> {
        match content {
            Content::Membership(body) => {
                let verdict = self.membership.insert(Act {
                    id: *id,
                    author: item.header.device_id,
                    heads: item.header.heads.clone(),
                    body: body.clone(),
                })?;
                self.act_hlcs.insert(*id, item.header.hlc);
                return Ok(Some(verdict));
            }
            Content::Epoch(body) => self.epochs.insert(NewEpoch {
                id: EpochId::from(*id),
                author: item.header.device_id,
                heads: item.header.heads.clone(),
                body: body.clone(),
            }),
            Content::Wraps(body) => {
                // Padding entries name devices that do not exist; they reach nobody.
                let real: Vec<DeviceId> = body
                    .wraps
                    .iter()
                    .map(|wrap| wrap.device_id)
                    .filter(|device| self.membership.device(device).is_some())
                    .collect();
                self.epochs.add_recipients(&body.epoch_id, real);
            }
            Content::Kem(statement) => {
                let device = item.header.device_id;
                let newer = self
                    .kems
                    .get(&device)
                    .is_none_or(|known| known.n < statement.n);
                if newer {
                    self.kems.insert(device, statement.clone());
                }
            }
            _ => {}
        }
        Ok(None)
    }

    /// The encryption key to seal to for a device: its newest statement, else its certificate's.
    pub fn kem_of(&self, device: &DeviceId) -> Option<KemStatement> {
        self.kems.get(device).cloned().or_else(|| {
            // Of several certificates of one device the one that counts, whichever came first.
            let counted = self.membership.current().device(device);
            let view = counted.or_else(|| self.membership.device(device))?;
            Some(view.kem.clone())
        })
    }

    /// The key to seal to for a device; none where what it stated is no key.
    pub fn recipient(&self, device: &DeviceId) -> Option<KemPublic> {
        KemPublic::parse(&self.kem_of(device)?.pk).ok()
    }

    /// When an act was written, by the clock of the device that did.
    pub fn act_written_at_ms(&self, act: &ItemId) -> Option<i64> {
        let hlc = self.act_hlcs.get(act)?;
        Some(Hlc::from_u64(*hlc).wall_ms())
    }

    /// Under which epoch to write now; `None` when a new one is owed first.
    pub fn writing_epoch(&self) -> Option<EpochId> {
        self.epochs
            .writing_epoch(self.membership.current(), |id| self.keys.contains_key(id))
    }

    /// Epochs whose mailboxes a valid device may still write to: everything from the epoch each of them
    /// last said to know, and the newest ones. Only those whose secret is held can be read.
    pub fn epochs_to_poll(&self, acked: &BTreeMap<DeviceId, Option<EpochId>>) -> Vec<EpochId> {
        let mut wanted: BTreeSet<EpochId> = self.epochs.leaves().into_iter().collect();
        for known in acked.values() {
            match known {
                Some(epoch) => wanted.extend(self.epochs.from(epoch)),
                None => wanted.extend(self.epochs.ids()),
            }
        }
        if self.catching_up {
            wanted.extend(self.keys.ids());
        }
        // Where a leaf cannot be opened, what is written under is where its secret will be given.
        wanted.extend(self.writing_epoch());
        wanted.retain(|epoch| self.keys.contains_key(epoch));
        wanted.into_iter().collect()
    }

    /// Whether somebody removed this device, or its person: what is here stays, and nothing of it counts any more.
    pub fn is_removed_here(&self) -> bool {
        let view = self.membership.current();
        let left = view
            .persons
            .get(&self.own_person)
            .is_some_and(|person| person.left);
        !left
            && self.membership.device(&self.own_device).is_some()
            && !view.is_valid(&self.own_device)
    }

    /// The person at the other end of a pair, once they were added.
    pub fn partner(&self) -> Option<PersonId> {
        self.membership
            .current()
            .persons
            .keys()
            .find(|person| **person != self.own_person)
            .copied()
    }

    /// The relays the space's members agreed on; for `self` the one with the sealed copy.
    pub fn relays(&self) -> Vec<String> {
        if self.space_type == SpaceType::SelfSpace {
            return self.copy_relay.iter().cloned().collect();
        }
        let agreed = self.membership.current().policy.as_ref();
        agreed.map_or_else(Vec::new, |policy| policy.relays.clone())
    }

    /// Every private encryption key of this device that is still kept, newest first.
    pub fn kem_keys(tx: &ReadTx<'_>, row: SpaceRow) -> Result<Vec<KemKey>> {
        let mut keys: Vec<(Vec<u8>, KemKey)> = Vec::new();
        for secret in tx.secrets(Some(row), SecretKind::KemSeed)? {
            keys.push((
                secret.name.clone(),
                KemKey::from_seed(array(&secret.value, "kem-seed")?),
            ));
        }
        keys.sort_by(|(a, _), (b, _)| b.cmp(a));
        Ok(keys.into_iter().map(|(_, key)| key).collect())
    }
}

/// A fixed number of bytes out of the store, or a fault that names what was of the wrong size.
pub(crate) fn array<const N: usize>(bytes: &[u8], code: &'static str) -> Result<[u8; N]> {
    bytes.try_into().map_err(|_| BelayError::internal(code))
}
