//! Making and opening generations of a space's secret (docs/protocol.md, "Epochs").

use belay_crypto::{EpochSecret, KemPublic, make_epoch, make_wraps, open_wrap, seal_envelope};
use belay_document::records::{EpochKey, KeysRecord};
use belay_model::{DeviceId, EpochId, SpaceId, make_bytes};
use belay_protocol::limits::PARENTS_MAX;
use belay_protocol::{ItemKind, SpaceType, WrapsBody};
use belay_store::{ItemRow, ItemState, NewEnvelope, SecretKind};
use belay_sync::{EPOCH_MAX_AGE_MS, EPOCH_MAX_ENVELOPES};

use crate::Result;
use crate::session::{Draft, Session, Written};
use crate::space_state::SpaceState;

/// How long a device uses one encryption key: 30 days.
const KEM_MAX_AGE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Private halves kept beside the newest one, for wraps that were made to them.
const OLD_KEM_KEYS_KEPT: usize = 6;

/// Bytes of acts that go into one envelope, well below what one may hold.
const ACTS_TOGETHER_MAX: usize = 128 * 1024;

/// What stands at [`crate::syncing::incarnation::lost_key_key`] once something was sealed to a key that is not here.
const LOST: &[u8] = &[1];

/// How many statements a store that was put back may not know of: one a month, for longer than anybody lives.
const LOST_STATEMENTS_MAX: u32 = 2_000;

impl Session<'_> {
    /// Makes a new epoch for exactly the devices that may read on, wraps its secret to them, and seals
    /// both items under every parent, in this transaction: under the nearest before it where its secret is not here.
    pub fn make_epoch(&mut self, space: &SpaceId) -> Result<EpochId> {
        self.make_epoch_after(space, &[])
    }

    /// As [`Self::make_epoch`], for the acts that made it due: they travel with it, under what is read by those
    /// whose reading they end. So do acts that still wait to be sealed, for the new items stand on them too.
    pub fn make_epoch_after(&mut self, space: &SpaceId, acts: &[Written]) -> Result<EpochId> {
        let state = self.space(space)?;
        let mut parents = state.epochs.leaves();
        // More leaves than an epoch can name are joined by the next ones.
        parents.truncate(PARENTS_MAX);
        let recipients: Vec<DeviceId> = state
            .membership
            .current()
            .valid_devices()
            .map(|device| device.id)
            .collect();
        let keys: Vec<(DeviceId, KemPublic)> = recipients
            .iter()
            // Whose key is none is left out of the wraps; everyone else reads on.
            .filter_map(|device| Some((*device, state.recipient(device)?)))
            .collect();
        let (secret, body) = make_epoch(parents.clone(), recipients, self.entropy);
        let epoch_item = self.append(space, Draft::control(ItemKind::Epoch, body.encode()))?;
        let epoch = EpochId::from(epoch_item.id);
        let mut written = self.waiting_acts(space)?;
        written.extend(acts.iter().map(|act| act.row));
        written.sort_unstable();
        written.dedup();
        written.push(epoch_item.row);
        for wraps in make_wraps(&secret, space, &epoch, &keys, self.entropy)? {
            let draft = Draft::control(ItemKind::Wraps, wraps.encode());
            written.push(self.append(space, draft)?.row);
        }
        self.keep_epoch(space, epoch, &secret)?;
        self.send_epoch(space, &parents, &written)?;
        Ok(epoch)
    }

    /// Keeps an epoch's secret on this device, and in `self` for the person's other devices.
    pub fn keep_epoch(
        &mut self,
        space: &SpaceId,
        epoch: EpochId,
        secret: &EpochSecret,
    ) -> Result<()> {
        let now_ms = self.now_ms;
        let tx = self.tx;
        let state = self.space(space)?;
        tx.put_secret(
            Some(state.row),
            SecretKind::EpochSecret,
            epoch.as_bytes(),
            secret.bytes(),
            now_ms,
        )?;
        state.hold_epoch(epoch, secret.clone(), now_ms);
        let shared = state.space_type != SpaceType::SelfSpace;
        // Another own device may have noted it before this one could open it.
        if shared
            && !self.is_removed()?
            && !self.has_keys(&EpochKey::name(&epoch))?
            && !self.is_self_behind(space)?
        {
            self.write_keys(&KeysRecord::Epoch(EpochKey {
                space_id: *space,
                epoch_id: epoch,
                secret: *secret.bytes(),
            }))?;
        }
        Ok(())
    }

    fn send_epoch(
        &mut self,
        space: &SpaceId,
        parents: &[EpochId],
        written: &[ItemRow],
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        // A store that was put back to before its last renewal knows of epochs it cannot open: those who read them
        // look into the earlier ones, too.
        let mut under = state
            .epochs
            .within_reach(parents, |epoch| state.keys.contains_key(epoch));
        // Who is behind, or was removed and removed somebody at the same time, may be unable to open any of these.
        for epoch in crate::queries::epochs_others_are_at(tx, state)? {
            if !under.contains(&epoch) {
                under.push(epoch);
            }
        }
        let nonces: Vec<[u8; 24]> = under.iter().map(|_| make_bytes(self.entropy)).collect();
        let items = written
            .iter()
            .map(|row| crate::syncing::outbox::item_bytes(tx, *row))
            .collect::<Result<Vec<_>>>()?;
        let state = self.space(space)?;
        let no_relay = state.space_type == SpaceType::SelfSpace && state.copy_relay.is_none();
        // Where own devices meet without a relay, each still has to be told under what it can open.
        if no_relay && state.membership.current().devices.len() < 2 {
            return Ok(());
        }
        let mut sealed = false;
        for (parent, nonce) in under.iter().zip(nonces) {
            let Some(keys) = state.keys.get(parent) else {
                continue;
            };
            let envelope = seal_envelope(&items, keys, space, parent, &state.erase_key, nonce)?;
            tx.insert_sealed(&NewEnvelope {
                space: state.row,
                epoch: *parent,
                env_id: envelope.id,
                nonce,
                bytes: &envelope.bytes,
                items: written,
            })?;
            sealed = true;
        }
        if !sealed && !no_relay {
            // The space's first epoch has no parent: it travels in the welcome, and under itself.
            for row in written {
                self.queue_row(space, *row, 0)?;
            }
        }
        Ok(())
    }

    /// Seals the acts of this person in a space once more under everything that others may still read, in as many
    /// envelopes as that takes: the device that made one may be gone before it left, and what comes next stands on
    /// it. Whoever else wrote one is there to tell it.
    pub fn send_acts_again(&mut self, space: &SpaceId) -> Result<()> {
        let state = self.space(space)?;
        let person = state.own_person;
        let (row, mut parents) = (state.row, state.epochs.leaves());
        parents.truncate(PARENTS_MAX);
        let mut together = Vec::new();
        let mut bytes = 0;
        let membership = u8::from(ItemKind::Membership);
        let stored = self.tx.control_items(row)?.into_iter();
        for act in stored.filter(|stored| stored.kind == membership) {
            if self.tx.device(act.device)?.person != person {
                continue;
            }
            let len = act.detached.len() + act.body.as_ref().map_or(0, Vec::len);
            if bytes + len > ACTS_TOGETHER_MAX {
                self.send_epoch(space, &parents, &together)?;
                together.clear();
                bytes = 0;
            }
            together.push(act.row);
            bytes += len;
        }
        if together.is_empty() {
            return Ok(());
        }
        self.send_epoch(space, &parents, &together)
    }

    /// Seals acts that wait under all that others may read.
    pub fn send_waiting_acts(&mut self, space: &SpaceId) -> Result<()> {
        let acts = self.waiting_acts(space)?;
        if acts.is_empty() {
            return Ok(());
        }
        let mut parents = self.space(space)?.epochs.leaves();
        parents.truncate(PARENTS_MAX);
        self.send_epoch(space, &parents, &acts)
    }

    /// Acts written here that were not sealed yet.
    fn waiting_acts(&mut self, space: &SpaceId) -> Result<Vec<ItemRow>> {
        let row = self.space(space)?.row;
        Ok(self.tx.queued_of_kind(row, ItemKind::Membership.into())?)
    }

    /// Opens the wrap for this device, if the item has one, and takes the secret into use. The epoch's
    /// commitment is checked: two members cannot be given two secrets for one epoch.
    ///
    /// Returns the epoch when it became readable by this.
    pub fn open_own_wrap(&mut self, space: &SpaceId, body: &WrapsBody) -> Result<Option<EpochId>> {
        let tx = self.tx;
        let state = self.space(space)?;
        if state.keys.contains_key(&body.epoch_id) {
            return Ok(None);
        }
        let Some(epoch) = state.epochs.body(&body.epoch_id).cloned() else {
            return Ok(None);
        };
        let own = state.own_device;
        let kem_keys = SpaceState::kem_keys(tx, state.row)?;
        for wrap in body.wraps.iter().filter(|wrap| wrap.device_id == own) {
            let opened = kem_keys
                .iter()
                .find_map(|key| open_wrap(wrap, key, space, &body.epoch_id, &epoch).ok());
            if let Some(secret) = opened {
                self.keep_epoch(space, body.epoch_id, &secret)?;
                return Ok(Some(body.epoch_id));
            }
            let doubt = crate::syncing::incarnation::lost_key_key(space);
            if tx.meta(&doubt)?.is_some() {
                tx.put_meta(&doubt, LOST)?;
            }
        }
        Ok(None)
    }

    /// Tries the wraps that are held for epochs whose item came later.
    pub fn open_held_wraps(&mut self, space: &SpaceId, epoch: &EpochId) -> Result<Option<EpochId>> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        for stored in tx.control_items(row)? {
            // What was set aside for its form opens nothing and stops nothing.
            if stored.kind != u8::from(ItemKind::Wraps) || stored.state != ItemState::Applied {
                continue;
            }
            let item = stored.item()?;
            let Ok(body) = WrapsBody::parse(item.body.as_deref().unwrap_or_default()) else {
                continue;
            };
            if body.epoch_id == *epoch
                && let Some(found) = self.open_own_wrap(space, &body)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Renews the space's secret where that is owed: somebody who can open it may not read on, or it is
    /// 30 days or 10,000 envelopes old.
    pub fn rotate_if_owed(&mut self, space: &SpaceId) -> Result<Option<EpochId>> {
        let now_ms = self.now_ms;
        let tx = self.tx;
        let state = self.space(space)?;
        if !state.membership.current().is_valid(&state.own_device) {
            return Ok(None);
        }
        let owed = match state.writing_epoch() {
            None => true,
            Some(epoch) => {
                let since = state.key_ages.get(&epoch).copied().unwrap_or(now_ms);
                let old = is_old(since, now_ms, EPOCH_MAX_AGE_MS);
                old || tx.envelopes_under(state.row, &epoch)? >= EPOCH_MAX_ENVELOPES
            }
        };
        if owed {
            self.make_epoch(space).map(Some)
        } else {
            Ok(None)
        }
    }

    /// States a new encryption key of this device when the present one is 30 days old, or was lost with a store
    /// that was put back from an older copy: nobody else can seal anything to it until it does.
    pub fn renew_kem_if_old(&mut self, space: &SpaceId) -> Result<()> {
        let now_ms = self.now_ms;
        let tx = self.tx;
        let state = self.space(space)?;
        let row = state.row;
        let own = state.own_device;
        let Some(current) = state.kem_of(&own) else {
            return Ok(());
        };
        let mut kept = tx.secrets(Some(row), SecretKind::KemSeed)?;
        kept.sort_by(|a, b| b.name.cmp(&a.name));
        let newest_at = kept.first().map_or(now_ms, |secret| secret.at_ms);
        let doubt = crate::syncing::incarnation::lost_key_key(space);
        let held = kept.first().map(|secret| secret.name.as_slice());
        let doubted = tx.meta(&doubt)?;
        let lost = doubted.as_deref() == Some(LOST)
            || (doubted.is_some() && held < Some(current.n.to_be_bytes().as_slice()));
        if !lost && !is_old(newest_at, now_ms, KEM_MAX_AGE_MS) {
            return Ok(());
        }
        tx.delete_meta(&doubt)?;
        for old in kept.iter().skip(OLD_KEM_KEYS_KEPT) {
            tx.delete_secret(Some(row), SecretKind::KemSeed, &old.name)?;
        }
        let key = belay_crypto::KemKey::make(self.entropy);
        let ahead = if lost { LOST_STATEMENTS_MAX } else { 0 };
        let statement = key.statement(current.n.saturating_add(1 + ahead));
        tx.put_secret(
            Some(row),
            SecretKind::KemSeed,
            &statement.n.to_be_bytes(),
            key.seed(),
            now_ms,
        )?;
        let draft = Draft::control(ItemKind::Kem, statement.encode());
        let written = self.append(space, draft)?;
        self.queue(space, written, 0)
    }
}

/// Whether a key is due to be renewed. One from more than a day ahead was made under a wrong clock, and
/// nobody knows how old it is.
fn is_old(since_ms: i64, now_ms: i64, max_ms: i64) -> bool {
    let age = now_ms.saturating_sub(since_ms);
    age >= max_ms || age < -24 * 60 * 60 * 1000
}
