//! What other devices said they have.

use belay_model::Incarnation;

use crate::sql::{inc, inc_to_sql, number, ordered};
use crate::{DeviceRow, ReadTx, Result, SpaceRow, StoreError, WriteTx};

/// One device's word on how far it has another's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerAck {
    /// Who says so.
    pub by: DeviceRow,
    /// About whose chain.
    pub about: DeviceRow,
    /// Which incarnation of it.
    pub inc: Incarnation,
    /// Up to which place nothing is missing there.
    pub seq: u64,
    /// When this was noted.
    pub at_ms: i64,
}

impl ReadTx<'_> {
    /// What the devices of a space said they have.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn peer_acks(&self, space: SpaceRow) -> Result<Vec<PeerAck>> {
        self.many(
            "SELECT a.by_device, a.about_device, a.inc, a.seq, a.at_ms
             FROM device d JOIN peer_ack a ON a.by_device = d.id
             WHERE d.space = ?1 ORDER BY a.by_device, a.about_device, a.inc",
            [space],
            |row| {
                Ok(PeerAck {
                    by: row.get(0)?,
                    about: row.get(1)?,
                    inc: inc(row, 2)?,
                    seq: number(row, 3)?,
                    at_ms: row.get(4)?,
                })
            },
        )
    }
}

impl WriteTx<'_> {
    /// Notes what a device said it has, in place of what it said of that chain before.
    ///
    /// # Errors
    /// `OutOfRange`, `MissingRow` when one of the devices is not of the space, or what SQLite refuses.
    pub fn put_peer_ack(
        &self,
        space: SpaceRow,
        by: DeviceRow,
        about: DeviceRow,
        inc: Incarnation,
        seq: u64,
        at_ms: i64,
    ) -> Result<()> {
        if self.device(by)?.space != space || self.device(about)?.space != space {
            return Err(StoreError::MissingRow("device"));
        }
        self.run(
            "INSERT INTO peer_ack (by_device, about_device, inc, seq, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (by_device, about_device, inc)
             DO UPDATE SET seq = excluded.seq, at_ms = excluded.at_ms WHERE excluded.seq > seq",
            (by, about, inc_to_sql(inc), ordered(seq, "seq")?, at_ms),
        )?;
        Ok(())
    }
}
