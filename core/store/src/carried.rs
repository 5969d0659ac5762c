//! Envelopes that travel from device to device, without a relay between.

use belay_model::{EnvelopeId, EpochId, Incarnation};
use belay_protocol::Outer;

use crate::sql::{inc_to_sql, ordered};
use crate::{DeviceRow, EnvelopeRow, ReadTx, Result, SpaceRow, StoreError, WriteTx};

/// An envelope that holds something another device lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carried {
    /// It holds nothing that says who belongs to the space or opens others: it can wait for those that do.
    pub content: bool,
    /// It holds something that somebody wrote for others to read.
    pub record: bool,
    /// Its row.
    pub row: EnvelopeRow,
}

impl ReadTx<'_> {
    /// The envelopes whose bytes are here that hold items of a chain at the places from `first` to `last`.
    ///
    /// # Errors
    /// `OutOfRange`, or what SQLite refuses.
    pub fn envelopes_holding(
        &self,
        device: DeviceRow,
        inc: Incarnation,
        first: u64,
        last: u64,
    ) -> Result<Vec<Carried>> {
        self.many(
            "SELECT h.envelope, max(i.kind IN (1, 2, 8, 10)), max(i.kind = 2)
             FROM item i INDEXED BY item_slot
             CROSS JOIN envelope_item h ON h.item = i.id
             CROSS JOIN envelope_bytes b ON b.envelope = h.envelope
             WHERE i.device = ?1 AND i.inc = ?2 AND i.seq BETWEEN ?3 AND ?4
             GROUP BY h.envelope",
            (
                device,
                inc_to_sql(inc),
                ordered(first, "seq")?,
                ordered(last, "seq")?,
            ),
            |row| {
                Ok(Carried {
                    row: row.get(0)?,
                    content: row.get(1)?,
                    record: row.get(2)?,
                })
            },
        )
    }

    /// An envelope's outer bytes, if they are still here.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn find_envelope_bytes(&self, row: EnvelopeRow) -> Result<Option<Vec<u8>>> {
        self.one(
            "SELECT bytes FROM envelope_bytes WHERE envelope = ?1",
            [row],
            |row| row.get(0),
        )
    }
}

impl WriteTx<'_> {
    /// Keeps an envelope that another device brought. Nothing is known of whether a relay has it. `None` when
    /// it is here already.
    ///
    /// # Errors
    /// `Malformed` when the bytes are no envelope, or what SQLite refuses.
    pub fn insert_carried(
        &self,
        space: SpaceRow,
        epoch: &EpochId,
        env_id: &EnvelopeId,
        bytes: &[u8],
    ) -> Result<Option<EnvelopeRow>> {
        if self.has_envelope(env_id)? {
            return Ok(None);
        }
        let outer = Outer::parse(bytes).map_err(|_| StoreError::Malformed("envelope"))?;
        let epoch = self.epoch_row(space, epoch)?;
        let row = EnvelopeRow(self.add(
            "INSERT INTO envelope (space, epoch, own, env_id, nonce) VALUES (?1, ?2, 0, ?3, ?4)",
            (space, epoch, env_id.as_bytes(), outer.nonce),
        )?);
        self.put_bytes(row, bytes)?;
        Ok(Some(row))
    }
}
