//! Taking out lost devices with the words in hand (product ids X4, D2): acts of the person's recovery keys, which
//! outrank every device. A finder who removes the others first is undone by them, and they count from a device
//! that was just restored, or that never synced.

use std::collections::BTreeSet;

use belay_crypto::{BackupPurpose, KemKey, RecoveryKeys, RootKey, open_from_backup};
use belay_model::{DeviceId, SpaceId};
use belay_protocol::SpaceType;
use belay_store::SpaceState as Standing;

use super::words;
use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::own_devices::page::DevicesPageView;
use crate::session::Session;
use crate::{BelayError, Result};

impl Engine {
    /// Removes devices of the person, with the words as the authority: at once, also offline. What they wrote and
    /// this device has by now counts; whatever else of them comes later waits until the person takes it in
    /// ([`Engine::take_in_from_removed_device`]), so a restored device syncs first. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{recovery_words, ..}`, with `not_the_same` for the words of another person or older ones;
    /// `NotFound{device}` for one that is none of the person's, or was removed before;
    /// `Unavailable{this-device | device-removed | device-waiting}`. Nothing is removed then.
    pub fn revoke_with_words(&self, devices: &[DeviceId], typed: &str) -> Result<DevicesPageView> {
        let keys = words::parse(typed)?.keys();
        self.write(|session| session.revoke_with_words(devices, &keys))?;
        self.devices_page()
    }
}

impl Session<'_> {
    fn revoke_with_words(&mut self, devices: &[DeviceId], keys: &RecoveryKeys) -> Result<()> {
        let own = self.self_space()?;
        self.require_own_device(&own)?;
        let state = self.space(&own)?;
        let view = state.membership.current();
        let person = view.persons.get(&state.own_person);
        if person.is_none_or(|person| person.recovery_pk != keys.root.public()) {
            return Err(BelayError::InvalidInput {
                field: "recovery_words",
                rule: "not_the_same",
            });
        }
        let lost: BTreeSet<DeviceId> = devices.iter().copied().collect();
        if lost.contains(&state.own_device) {
            return Err(BelayError::unavailable("this-device"));
        }
        if lost.iter().any(|device| !view.is_valid(device)) {
            return Err(BelayError::NotFound { what: "device" });
        }
        if lost.is_empty() {
            return Ok(());
        }
        // `self` first: what is noted there of the new secrets must not be readable to them.
        self.remove_devices(&own, &lost, Some(&keys.root))?;
        for space in self.tx.spaces()? {
            let pair = space.kind == u8::from(SpaceType::Pair) && space.state == Standing::Active;
            if pair && self.spaces.sound(self.tx, &space.id)?.is_ok() {
                self.remove_lost_there(&space.id, &lost, &keys.backup)?;
            }
        }
        self.spaces.touched.part(ChangeArea::Devices);
        Ok(())
    }

    /// Removes from a partnership what lost devices are there. Where no other own device is left, whoever else
    /// stands there for this person is lost, too, also if nothing in `self` tells of it.
    fn remove_lost_there(
        &mut self,
        space: &SpaceId,
        lost: &BTreeSet<DeviceId>,
        backup: &KemKey,
    ) -> Result<()> {
        if self.space(space)?.is_removed_here() {
            return Ok(());
        }
        let own = self.self_space()?;
        let left = self
            .space(&own)?
            .membership
            .current()
            .valid_devices()
            .count();
        let mut there = BTreeSet::new();
        if left == 1 {
            let state = self.space(space)?;
            let (person, this) = (state.own_person, state.own_device);
            let view = state.membership.current();
            let others = view
                .valid_devices()
                .map(|device| (device.person, device.id));
            there.extend(
                others
                    .filter(|(of, device)| *of == person && *device != this)
                    .map(|(_, device)| device),
            );
        } else {
            for device in lost {
                there.extend(self.devices_there(space, device)?);
            }
        }
        if there.is_empty() {
            return Ok(());
        }
        let root = self.recovery_key_of(space, backup)?;
        self.remove_devices(space, &there, root.as_ref()).map(drop)
    }

    /// P of a space, as the words open it; `None` where this device was not given it, or it was replaced: then
    /// the device removes in its own name.
    fn recovery_key_of(&mut self, space: &SpaceId, backup: &KemKey) -> Result<Option<RootKey>> {
        let sealed = super::gather::sealed_person(self.tx, self.spaces, space)?;
        let state = self.space(space)?;
        let purpose = BackupPurpose::RecoveryKey(state.own_person);
        let Some(Ok(seed)) = sealed.map(|sealed| open_from_backup(backup, purpose, &sealed)) else {
            return Ok(None);
        };
        let Ok(seed) = <&[u8; 32]>::try_from(seed.as_slice()) else {
            return Ok(None);
        };
        let key = RootKey::from_seed(seed);
        let view = state.membership.current();
        let person = view.persons.get(&state.own_person);
        Ok(person
            .is_some_and(|person| person.recovery_pk == key.public())
            .then_some(key))
    }
}
