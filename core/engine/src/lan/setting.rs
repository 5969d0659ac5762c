//! Whether this device shows itself to others on the network it is in: off until the person says so. It belongs
//! to the device, not to the person: a tablet that stays at home may, a phone in a hostel need not.

use belay_store::ReadTx;

use super::views::NearbyView;
use crate::Result;
use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::session::Spaces;

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

impl Engine {
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
