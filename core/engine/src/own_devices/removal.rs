//! Removing an own device (product id D2): from `self` and from every space it is in, with new secrets at once,
//! so that it reads nothing that is written from then on. Also from a device that never synced, and of one that
//! is lost: what it wrote and nobody had yet waits, and comes in when the person says so.

use std::collections::BTreeSet;

use belay_crypto::RootKey;
use belay_model::{DeviceId, ItemId, SpaceId};
use belay_protocol::{Operation, RemoveTarget, SpaceType};
use belay_store::{HeldReason, ReadTx, SpaceState as Standing};
use serde::Serialize;

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::own_devices::OwnDeviceView;
use crate::session::{Session, Spaces, Written};
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// One of the person's devices that was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemovedDeviceView {
    /// The device, as it was known in `self`.
    pub device: DeviceId,
    /// The name the person gave it.
    pub name: Option<String>,
    /// When it was removed, by the clock of the device that did.
    pub removed_at_ms: Option<i64>,
    /// The name of the device that removed it, if it has one.
    pub removed_by: Option<String>,
    /// Things it wrote that no remaining device had before it learned of the removal. They wait, and count only
    /// if the person says so ([`Engine::take_in_from_removed_device`]).
    pub waiting: u64,
}

/// How this device stands among the person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "standing")]
pub enum DeviceStandingView {
    /// One of them.
    Active,
    /// It waits to be admitted.
    Waiting,
    /// Another one removed it. What is on it stays readable; nothing is written or sent any more.
    Removed {
        /// The name of the device that did it, if it has one.
        by: Option<String>,
        /// When, by that device's clock.
        at_ms: Option<i64>,
    },
}

impl Engine {
    /// Removes one of the person's other devices, at once and also offline: it reads nothing of what any device
    /// that knows of it writes from now on, in `self` and with every partner. What it had stays on it. Writes to
    /// disk.
    ///
    /// # Errors
    /// `NotFound{device}` for one that is none of the person's, or was removed before;
    /// `Unavailable{this-device}` for this one: deleting everything is the way; `Unavailable{device-removed}`.
    pub fn revoke_own_device(&self, device: &DeviceId) -> Result<Vec<OwnDeviceView>> {
        self.write(|session| session.revoke_own_device(device))?;
        self.own_devices()
    }

    /// The person's devices that were removed, the latest first.
    ///
    /// # Errors
    /// `Unavailable{device-waiting}`.
    pub fn removed_devices(&self) -> Result<Vec<RemovedDeviceView>> {
        self.read_spaces(removed)
    }

    /// Lets what a removed device wrote, and what waits because nobody had it when it was removed, count after
    /// all: for a device that was lost, not stolen. Says how many things came in. Writes to disk.
    ///
    /// # Errors
    /// `NotFound{device}` for one that was not removed; `Unavailable{device-removed}` on a removed one.
    pub fn take_in_from_removed_device(&self, device: &DeviceId) -> Result<u64> {
        self.write(|session| session.take_in_from(device))
    }

    /// How this device stands among the person's.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn device_standing(&self) -> Result<DeviceStandingView> {
        self.read_spaces(standing)
    }
}

impl Session<'_> {
    /// Removes an own device, named as it is in `self`, from `self` and from every space it is in.
    fn revoke_own_device(&mut self, device: &DeviceId) -> Result<()> {
        let own = self.self_space()?;
        let state = self.space(&own)?;
        if *device == state.own_device {
            return Err(BelayError::unavailable("this-device"));
        }
        if !state.membership.current().is_valid(device) {
            return Err(BelayError::NotFound { what: "device" });
        }
        // `self` first: what is noted there of the new secrets must not be readable to it.
        self.remove_devices(&own, &BTreeSet::from([*device]), None)?;
        for space in self.tx.spaces()? {
            let pair = space.kind == u8::from(SpaceType::Pair) && space.state == Standing::Active;
            if pair && self.spaces.sound(self.tx, &space.id)?.is_ok() {
                self.remove_revoked(&space.id)?;
            }
        }
        self.spaces.touched.part(ChangeArea::Devices);
        Ok(())
    }

    /// Removes devices of this person from one space and renews its secret in the same transaction: the acts
    /// travel with it, sealed under what they still read, so that they learn of it and of nothing after it. With
    /// `root`, the person's recovery key there, they are the person's own acts, which outrank every device's.
    pub(crate) fn remove_devices(
        &mut self,
        space: &SpaceId,
        devices: &BTreeSet<DeviceId>,
        root: Option<&RootKey>,
    ) -> Result<Vec<ItemId>> {
        let mut acts = Vec::new();
        for device in devices {
            acts.push(self.remove_device(space, device, root)?);
        }
        self.make_epoch_after(space, &acts)?;
        self.bring_in_step_what_they_put_there(space, devices)?;
        Ok(acts.into_iter().map(|act| act.id).collect())
    }

    /// Removes one device from one space. Nothing is queued, and no secret is made.
    pub(crate) fn remove_device(
        &mut self,
        space: &SpaceId,
        device: &DeviceId,
        root: Option<&RootKey>,
    ) -> Result<Written> {
        let seen = self.had_of(space, &BTreeSet::from([*device]))?;
        let operation = Operation::Remove {
            target: RemoveTarget::Device(*device),
            seen,
            endorsements: Vec::new(),
        };
        let written = self.append_act(space, operation, root)?;
        if self.space(space)?.membership.current().is_valid(device) {
            return Err(BelayError::internal("removal"));
        }
        Ok(written)
    }

    fn take_in_from(&mut self, device: &DeviceId) -> Result<u64> {
        let own = self.self_space()?;
        let state = self.space(&own)?;
        if state.membership.removals_of(device).is_empty()
            || state.membership.current().is_valid(device)
        {
            return Err(BelayError::NotFound { what: "device" });
        }
        let mut taken = self.extend_cut(&own, device)?;
        for space in self.tx.spaces()? {
            let pair = space.kind == u8::from(SpaceType::Pair) && space.state == Standing::Active;
            if !pair || self.spaces.sound(self.tx, &space.id)?.is_err() {
                continue;
            }
            for there in self.places_of(&space.id, device)? {
                taken += self.extend_cut(&space.id, &there)?;
            }
        }
        self.spaces.touched.part(ChangeArea::Devices);
        Ok(taken)
    }
}

/// The person's devices that were removed, the latest first.
pub(crate) fn removed(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<Vec<RemovedDeviceView>> {
    let own = crate::queries::self_space(tx)?;
    let state = spaces.get(tx, &own)?;
    let mut gone: BTreeSet<DeviceId> = BTreeSet::new();
    for (_, (_, devices)) in state.membership.removals_in_force() {
        gone.extend(devices);
    }
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let names = crate::own_devices::names(tx, state)?;
    let mut found = Vec::new();
    for device in gone {
        let act = removed_at_ms(state, &device);
        found.push(RemovedDeviceView {
            device,
            name: names.get(&device).cloned(),
            removed_at_ms: act.map(|(_, at_ms)| at_ms),
            removed_by: act.and_then(|(by, _)| names.get(&by).cloned()),
            waiting: waiting_of(tx, state, &device)?,
        });
    }
    found.sort_by_key(|device| (std::cmp::Reverse(device.removed_at_ms), device.device));
    Ok(found)
}

/// How this device stands among the person's.
pub(crate) fn standing(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<DeviceStandingView> {
    let own = match crate::queries::self_space(tx) {
        Ok(own) => own,
        Err(BelayError::Unavailable { .. }) => return Ok(DeviceStandingView::Waiting),
        Err(error) => return Err(error),
    };
    let Some(state) = spaces.find(tx, &own)? else {
        return Ok(DeviceStandingView::Active);
    };
    if !state.is_removed_here() {
        return Ok(DeviceStandingView::Active);
    }
    let own_device = state.own_device;
    let act = removed_at_ms(state, &own_device);
    let names = crate::own_devices::names(tx, state)?;
    Ok(DeviceStandingView::Removed {
        by: act.and_then(|(by, _)| names.get(&by).cloned()),
        at_ms: act.map(|(_, at_ms)| at_ms),
    })
}

/// Which device removed one first, and when by its clock.
fn removed_at_ms(state: &SpaceState, device: &DeviceId) -> Option<(DeviceId, i64)> {
    let mut first: Option<(DeviceId, i64)> = None;
    for (act, (by, devices)) in state.membership.removals_in_force() {
        if !devices.contains(device) {
            continue;
        }
        if let Some(at_ms) = state.act_written_at_ms(&act)
            && first.is_none_or(|(_, known)| at_ms < known)
        {
            first = Some((by, at_ms));
        }
    }
    first
}

fn waiting_of(tx: &ReadTx<'_>, state: &SpaceState, device: &DeviceId) -> Result<u64> {
    let shares = tx.held_shares(state.row)?.into_iter();
    Ok(shares
        .filter(|(reason, author, ..)| *reason == HeldReason::MissingDependency && author == device)
        .map(|(_, _, items, _)| items)
        .sum())
}
