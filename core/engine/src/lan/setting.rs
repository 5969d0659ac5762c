//! Whether this device shows itself to others on the network it is in: off until the person says so. It belongs
//! to the device, not to the person: a tablet that stays at home may, a phone in a hostel need not.

use belay_model::SpaceId;
use belay_store::ReadTx;

use super::views::NearbyView;
use crate::Result;
use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::session::Spaces;
use crate::views::PartnerView;

/// Under which meta key it stands that devices may find each other.
const NEARBY: &str = "nearby";

/// Whether devices may find each other.
pub(crate) fn is_on(tx: &ReadTx<'_>) -> Result<bool> {
    Ok(tx.meta(NEARBY)?.is_some())
}

/// Whether devices may find each other, and who was met.
pub(crate) fn nearby(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<NearbyView> {
    Ok(NearbyView {
        on: is_on(tx)?,
        met: super::met::met(tx, spaces)?,
    })
}

/// Whether devices of a space may be met on one network, as far as the person says. Their own always may.
pub(crate) fn is_wanted(tx: &ReadTx<'_>, space: &SpaceId) -> Result<bool> {
    Ok(!crate::queries::contact(tx, space)?.not_near)
}

impl Engine {
    /// Lets devices of a partnership meet on one network, or no more: somebody who shares two spaces with this
    /// person could see there that two personas are one. It counts on all of the person's devices. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `NewerData` where only a newer Belay can read what is noted about partners.
    pub fn set_partner_nearby(&self, space: &SpaceId, on: bool) -> Result<PartnerView> {
        self.write(|session| {
            session.pair(space)?;
            session.edit_contact(space, |contact| contact.not_near = !on)
        })?;
        self.partner_view(space)
    }

    /// Whether devices may find each other on one network, and who was met there.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn nearby(&self) -> Result<NearbyView> {
        self.read_spaces(nearby)
    }

    /// Lets devices find each other on one network, or no more. Writes to disk.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn set_nearby(&self, on: bool) -> Result<NearbyView> {
        self.write(|session| {
            session.spaces.touched.part(ChangeArea::Settings);
            if on {
                session.tx.put_meta(NEARBY, &[1])?;
            } else {
                session.tx.delete_meta(NEARBY)?;
            }
            Ok(())
        })?;
        self.nearby()
    }
}
