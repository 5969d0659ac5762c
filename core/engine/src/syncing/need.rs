//! Asking for a secret that is missing, and giving it (docs/protocol.md, "Epochs", E15 and E16). A device may
//! know of an epoch that nobody wrapped for it, or to a key it lost; whoever holds the secret wraps it again.
//! Both are rare, so both are bounded by the day: nobody makes anybody write without end.

use belay_crypto::{EpochSecret, make_wraps, seal_envelope};
use belay_model::{DeviceId, EpochId, SpaceId, make_bytes};
use belay_protocol::{ItemKind, NeedBody};
use belay_store::{ItemRow, NewEnvelope, ReadTx, SecretKind};

use crate::Result;
use crate::boundaries::Flow;
use crate::session::{Draft, Session};
use crate::space_state::array;

/// Secrets a device asks for, and gives to one other device, in a day at most.
const A_DAY_MAX: usize = 4;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Session<'_> {
    /// Asks for what is missing and gives what was asked for, each if it is due; neither while the words
    /// differ, for then nobody knows who asks.
    pub(crate) fn exchange_secrets(&mut self, space: &SpaceId) -> Result<()> {
        let contact = crate::queries::contact(self.tx, space)?;
        if Flow::of(&contact) == Flow::Endings {
            return Ok(());
        }
        self.ask_for_secrets(space)?;
        self.give_secrets(space)
    }

    /// Asks for secrets of epochs that are known and cannot be opened, those that none follows first.
    fn ask_for_secrets(&mut self, space: &SpaceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let own = state.own_device;
        let view = state.membership.current();
        let alone = view.valid_devices().all(|device| device.id == own);
        // Nobody else could give anything.
        if alone || state.writing_epoch().is_none() {
            return Ok(());
        }
        let mut missing = state.epochs.leaves();
        missing.extend(state.epochs.ids());
        missing.retain(|epoch| !state.keys.contains_key(epoch));
        let mut wanted: Vec<EpochId> = Vec::new();
        for epoch in missing {
            if wanted.len() < A_DAY_MAX && !wanted.contains(&epoch) {
                wanted.push(epoch);
            }
        }
        let asked = asked_key(space);
        if wanted.is_empty() || !is_due(tx, &asked, now_ms)? {
            return Ok(());
        }
        tx.put_meta(&asked, &now_ms.to_le_bytes())?;
        for epoch_id in wanted {
            let draft = Draft::control(ItemKind::Need, NeedBody { epoch_id }.encode());
            let written = self.append(space, draft)?;
            self.queue(space, written, 0)?;
        }
        Ok(())
    }

    /// Notes that a device asked for a secret, and under which epoch it can read the answer.
    pub(crate) fn note_need(
        &mut self,
        space: &SpaceId,
        asker: &DeviceId,
        row: ItemRow,
        body: &NeedBody,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let Some(envelope) = tx.envelopes_of(row)?.first().copied() else {
            return Ok(());
        };
        let held = state.keys.contains_key(&body.epoch_id);
        if *asker == state.own_device || !held {
            return Ok(());
        }
        let under = tx.envelope(envelope)?.epoch;
        let key = needs_key(space, asker);
        let mut needs = tx.meta(&key)?.unwrap_or_default();
        let one = [body.epoch_id.to_bytes(), under.to_bytes()].concat();
        let known = needs.chunks(64).any(|need| need == one);
        if !known && needs.len() < 64 * A_DAY_MAX {
            needs.extend_from_slice(&one);
            tx.put_meta(&key, &needs)?;
        }
        Ok(())
    }

    /// Wraps what valid devices asked for to the newest key of each.
    fn give_secrets(&mut self, space: &SpaceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let own = state.own_device;
        let askers: Vec<DeviceId> = state
            .membership
            .current()
            .valid_devices()
            .map(|device| device.id)
            .filter(|device| *device != own)
            .collect();
        for asker in askers {
            let key = needs_key(space, &asker);
            let Some(needs) = tx.meta(&key)? else {
                continue;
            };
            let given = given_key(space, &asker);
            if !is_due(tx, &given, now_ms)? {
                continue;
            }
            tx.put_meta(&given, &now_ms.to_le_bytes())?;
            tx.delete_meta(&key)?;
            for need in needs.chunks(64) {
                let (epoch, under) = need.split_at(32);
                let epoch = EpochId::from_bytes(array(epoch, "need")?);
                let under = EpochId::from_bytes(array(under, "need")?);
                self.give_secret(space, &asker, &epoch, &under)?;
            }
        }
        Ok(())
    }

    fn give_secret(
        &mut self,
        space: &SpaceId,
        asker: &DeviceId,
        epoch: &EpochId,
        under: &EpochId,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let row = state.row;
        if !state.epochs.may_be_given(&state.membership, epoch, asker) {
            // What a newcomer may not read is not given to whoever asks for it.
            return Ok(());
        }
        let Some(key) = state.recipient(asker) else {
            return Ok(());
        };
        let to = (*asker, key);
        let Some(secret) = tx.secret(Some(row), SecretKind::EpochSecret, epoch.as_bytes())? else {
            return Ok(());
        };
        let secret = EpochSecret::from_bytes(array(&secret, "epoch-secret")?);
        for wraps in make_wraps(&secret, space, epoch, &[to], self.entropy)? {
            let written = self.append(space, Draft::control(ItemKind::Wraps, wraps.encode()))?;
            let bytes = crate::syncing::outbox::item_bytes(tx, written.row)?;
            let nonce = make_bytes(self.entropy);
            let state = self.space(space)?;
            let Some(keys) = state.keys.get(under) else {
                continue;
            };
            let sealed = seal_envelope(&[bytes], keys, space, under, &state.erase_key, nonce)?;
            tx.insert_sealed(&NewEnvelope {
                space: row,
                epoch: *under,
                env_id: sealed.id,
                nonce,
                bytes: &sealed.bytes,
                items: &[written.row],
            })?;
        }
        Ok(())
    }
}

/// Whether a day has passed since the time kept under a key. A time ahead of now was kept under a clock that
/// was wrong, and counts as passed.
fn is_due(tx: &ReadTx<'_>, key: &str, now_ms: i64) -> Result<bool> {
    let at_ms = tx
        .meta(key)?
        .and_then(|kept| kept.try_into().ok())
        .map(i64::from_le_bytes);
    Ok(at_ms.is_none_or(|at_ms| !(0..DAY_MS).contains(&now_ms.saturating_sub(at_ms))))
}

/// When this device last asked.
fn asked_key(space: &SpaceId) -> String {
    format!("need-asked/{space}")
}

/// What a device asked for: (epoch, epoch to answer under), one after the other.
fn needs_key(space: &SpaceId, asker: &DeviceId) -> String {
    format!("need-of/{space}/{asker}")
}

/// When a device was last given something.
fn given_key(space: &SpaceId, asker: &DeviceId) -> String {
    format!("need-given/{space}/{asker}")
}
