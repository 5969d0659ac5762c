//! Dropping what another person sent, where this person wants no more of it.

use crate::items::{read_item, select_item};
use crate::{DeviceRow, ReadTx, Result, SpaceRow, StoredItem, WriteTx};

impl ReadTx<'_> {
    /// The records of a device that still have their bodies, in the order they arrived.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn records_of_device(&self, device: DeviceRow) -> Result<Vec<StoredItem>> {
        self.many(
            select_item!("WHERE device = ?1 AND kind = 2 AND body IS NOT NULL ORDER BY id"),
            [device],
            read_item,
        )
    }
}

impl WriteTx<'_> {
    /// Drops everything that waits or is parked in a space.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn drop_held(&self, space: SpaceRow) -> Result<()> {
        self.run("DELETE FROM held WHERE space = ?1", [space])?;
        Ok(())
    }

    /// Drops the bytes of every envelope that came in. What is known of the envelopes stays.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn drop_received_bytes(&self, space: SpaceRow) -> Result<()> {
        self.run(
            "DELETE FROM envelope_bytes
             WHERE envelope IN (SELECT id FROM envelope WHERE space = ?1 AND own = 0)",
            [space],
        )?;
        Ok(())
    }
}
