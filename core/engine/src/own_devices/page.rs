//! The page of the person's own devices, in one answer (product id D2): which there are and which were removed, how
//! this one stands among them, and what may be done about each.

use belay_model::{DeviceId, SpaceId};
use belay_store::{ItemState, ReadTx};
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::own_devices::OwnDeviceView;
use crate::own_devices::arrival::{ArrivalView, arrival};
use crate::own_devices::removal::{DeviceStandingView, RemovedDeviceView, removed, standing};
use crate::session::Spaces;

/// The page of the person's own devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DevicesPageView {
    /// How this device stands: a banner where another one removed it. Where it waits to be admitted, the rest is
    /// empty.
    pub standing: DeviceStandingView,
    /// The devices in use, this one first. On a device that was removed: those it knew of.
    pub devices: Vec<OwnDeviceRowView>,
    /// Those that were removed, the latest first.
    pub removed: Vec<RemovedDeviceView>,
    /// How far what is known to exist has come to this device; `None` when all of it is here.
    pub arriving: Option<ArrivalView>,
    /// What to do about this very device, where a copy of it wrote, too.
    pub twice: Option<TwiceAdviceView>,
    /// How many partnerships only the person's other devices have.
    pub partnerships_elsewhere: u64,
    /// The relay through which devices that are not in one room reach each other; without one, a further device is
    /// added in the same room.
    pub sealed_copy_at: Option<String>,
    /// A further device may be added from here.
    pub may_add: bool,
    /// What waits of a removed device may be taken in from here.
    pub may_take_in: bool,
}

/// One of the devices in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnDeviceRowView {
    /// Which it is, how it is called, and when it was last heard of.
    #[serde(flatten)]
    pub device: OwnDeviceView,
    /// How it stands.
    #[serde(flatten)]
    pub state: OwnDeviceStateView,
    /// What to do about it, where it exists twice.
    pub twice: Option<TwiceAdviceView>,
    /// It may be given another name from here.
    pub may_rename: bool,
    /// It may be removed from here.
    pub may_remove: bool,
}

/// How a device in use stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum OwnDeviceStateView {
    /// It takes part.
    InUse,
    /// It was let in, and nothing came from it yet.
    NotHeardOf,
    /// It is this one, and not everything that is known to exist is here.
    Arriving {
        /// Items that are here.
        items: u64,
        /// Items that are known to be somewhere.
        of_items: u64,
    },
}

/// What to do about a device that exists twice: its store was copied, and both copies wrote. Nothing of either is
/// lost, but of what claims the same place one branch only is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TwiceAdviceView {
    /// Another one of the person's: remove it here, and add the one that is kept as a new device.
    RemoveAndAddAgain,
    /// It is this one, and there are others: remove it on another of them, and add it again from there.
    RemoveFromAnother,
    /// It is this one, and the only one: go on with one of the copies, and delete everything on the other.
    KeepOne,
}

impl Engine {
    /// Everything the page of own devices shows, as of one moment; also on a device that waits or was removed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn devices_page(&self) -> Result<DevicesPageView> {
        self.read_spaces(page)
    }
}

fn page(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<DevicesPageView> {
    let standing = standing(tx, spaces)?;
    if standing == DeviceStandingView::Waiting {
        return Ok(DevicesPageView {
            standing,
            devices: Vec::new(),
            removed: Vec::new(),
            arriving: None,
            twice: None,
            partnerships_elsewhere: 0,
            sealed_copy_at: None,
            may_add: false,
            may_take_in: false,
        });
    }
    let may_act = standing == DeviceStandingView::Active;
    let own = crate::queries::self_space(tx)?;
    let known = crate::own_devices::all(tx, spaces)?;
    let others = known.iter().any(|device| !device.this_device);
    let arriving = match may_act {
        true => Some(arrival(tx, spaces.get(tx, &own)?)?).filter(|arrival| !arrival.is_whole()),
        // Nothing more comes to a device that was removed.
        false => None,
    };
    let twice = twice_here(tx)?.then_some(match others {
        true => TwiceAdviceView::RemoveFromAnother,
        false => TwiceAdviceView::KeepOne,
    });
    let mut devices = Vec::new();
    for device in known {
        let (this, id) = (device.this_device, device.device);
        let again =
            || twice_in(tx, &own, &id).map(|is| is.then_some(TwiceAdviceView::RemoveAndAddAgain));
        devices.push(OwnDeviceRowView {
            state: state_of(&device, arriving),
            twice: if this { twice } else { again()? },
            may_rename: may_act,
            may_remove: may_act && !this,
            device,
        });
    }
    let removed = removed(tx, spaces)?;
    Ok(DevicesPageView {
        standing,
        devices,
        may_take_in: may_act && removed.iter().any(|device| device.waiting > 0),
        removed,
        arriving,
        twice,
        partnerships_elsewhere: crate::own_devices::elsewhere(tx)?,
        sealed_copy_at: crate::syncing::self_copy::relay_of_copy(tx)?,
        may_add: may_act,
    })
}

fn state_of(device: &OwnDeviceView, arriving: Option<ArrivalView>) -> OwnDeviceStateView {
    match (device.this_device, arriving) {
        (true, Some(ArrivalView { items, of_items })) => {
            OwnDeviceStateView::Arriving { items, of_items }
        }
        (true, None) => OwnDeviceStateView::InUse,
        (false, _) if device.as_of_at_ms.is_none() => OwnDeviceStateView::NotHeardOf,
        (false, _) => OwnDeviceStateView::InUse,
    }
}

/// Whether a copy of this device wrote in any space, too.
fn twice_here(tx: &ReadTx<'_>) -> Result<bool> {
    for space in tx.spaces()? {
        if twice_in(tx, &space.id, &space.own_device)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether items of a device stand aside in a space, because others claim their places.
pub(crate) fn twice_in(tx: &ReadTx<'_>, space: &SpaceId, device: &DeviceId) -> Result<bool> {
    let Some(space) = tx.space(*space)? else {
        return Ok(false);
    };
    let Some((row, _)) = tx.find_device(space.row, device)? else {
        return Ok(false);
    };
    let aside = tx.troubled_items(space.row)?.into_iter();
    let mut aside = aside.filter(|item| item.state == ItemState::Shadowed);
    Ok(aside.any(|item| item.device == row))
}
