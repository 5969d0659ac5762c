//! `self` and the spaces of partnerships may learn of a removal at different times: a relay can withhold either.
//! Whoever knows of it in one of them writes nothing that the removed device could read in the other.

use std::collections::BTreeSet;

use belay_document::records::{EpochKey, KeysRecord};
use belay_model::{DeviceId, SpaceId};
use belay_protocol::SpaceType;

use crate::Result;
use crate::session::Session;

impl Session<'_> {
    /// Which of the person's own devices are removed, by the names they bear in `self`.
    pub(super) fn out_of_self(&mut self) -> Result<BTreeSet<DeviceId>> {
        let own = self.self_space()?;
        let removals = self.space(&own)?.membership.removals_in_force();
        Ok(removals
            .into_values()
            .flat_map(|(_, devices)| devices)
            .collect())
    }

    /// Removes from a space what devices said to be there that are out of `self`: whoever removed them may not
    /// have been in this space, or word of it has not come here.
    pub(crate) fn remove_revoked(&mut self, space: &SpaceId) -> Result<()> {
        let state = self.space(space)?;
        if state.space_type != SpaceType::Pair || state.is_removed_here() {
            return Ok(());
        }
        let mut there = BTreeSet::new();
        for device in self.out_of_self()? {
            there.extend(self.devices_there(space, &device)?);
        }
        if there.is_empty() {
            return Ok(());
        }
        self.remove_devices(space, &there, None).map(drop)
    }

    /// Notes in `self` the secret that a space is written under, unless it stands there, or `self` has not heard
    /// yet of a removal that this space knows of: then the removed device could read it there.
    pub(crate) fn note_epoch_key(&mut self, space: &SpaceId) -> Result<()> {
        let Some(epoch) = self.space(space)?.writing_epoch() else {
            return Ok(());
        };
        if self.has_keys(&EpochKey::name(&epoch))? || self.is_self_behind(space)? {
            return Ok(());
        }
        let state = self.space(space)?;
        let Some(secret) = state.keys.secret(&epoch) else {
            return Ok(());
        };
        let key = EpochKey {
            space_id: *space,
            epoch_id: epoch,
            secret: *secret.bytes(),
        };
        self.write_keys(&KeysRecord::Epoch(key))
    }

    /// Whether a space knows that a device of this person was removed which is still in `self`.
    pub(crate) fn is_self_behind(&mut self, space: &SpaceId) -> Result<bool> {
        let state = self.space(space)?;
        let person = state.own_person;
        let view = state.membership.current();
        let gone: BTreeSet<DeviceId> = view
            .devices
            .values()
            .filter(|device| device.person == person && !view.is_valid(&device.id))
            .map(|device| device.id)
            .collect();
        if gone.is_empty() || !view.is_present(&person) {
            return Ok(false);
        }
        let own = self.self_space()?;
        let siblings: Vec<DeviceId> = self
            .space(&own)?
            .membership
            .current()
            .valid_devices()
            .map(|device| device.id)
            .collect();
        for sibling in siblings {
            let said = self.places_of(space, &sibling)?;
            // One that was put back to an older state shows new keys, and its old ones are out for good.
            let now = self.place_id_of(space, &sibling)?;
            if said.iter().any(|place| gone.contains(place))
                && now.is_none_or(|now| gone.contains(&now))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
