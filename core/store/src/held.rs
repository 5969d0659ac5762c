//! Raw bytes that wait for something or are parked: not verified, or not understood by this version.

use belay_model::{DeviceId, ItemId};

use rusqlite::Row;

use crate::sql::{limit, number, numbered};
use crate::{EnvelopeRow, ReadTx, Result, SpaceRow, WriteTx};

numbered! {
    /// Why an item waits.
    pub enum HeldReason {
        /// Its author is not known (yet).
        UnknownDevice = 1,
        /// It names membership items that are not here (yet).
        MissingHeads = 2,
        /// It builds on a change that is not here (yet).
        MissingDependency = 3,
        /// A newer Belay may understand it.
        NewerVersion = 4,
        /// Its author sent more than anyone writes in a day.
        OverBudget = 5,
    }
}

/// An item that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its row among the held ones.
    pub row: i64,
    /// Why it waits.
    pub reason: HeldReason,
    /// The id its header hashes to; says nothing about signature and body.
    pub item_id: ItemId,
    /// The item as it was received.
    pub bytes: Vec<u8>,
    /// The envelope it came in.
    pub envelope: Option<EnvelopeRow>,
}

/// The beginning of an item that waits: enough for its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldStart {
    /// Its row among the held ones.
    pub row: i64,
    /// Why it waits.
    pub reason: HeldReason,
    /// Its first bytes.
    pub start: Vec<u8>,
}

fn set_of(reasons: &[HeldReason]) -> i64 {
    reasons
        .iter()
        .fold(0_i64, |set, reason| set | 1 << *reason as u8)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Held> {
    Ok(Held {
        row: row.get(0)?,
        reason: row.get(1)?,
        item_id: ItemId::from_bytes(row.get(2)?),
        bytes: row.get(3)?,
        envelope: row.get(4)?,
    })
}

impl ReadTx<'_> {
    /// What waits in a space for one of `reasons`, in the order it arrived.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn held(&self, space: SpaceRow, reasons: &[HeldReason]) -> Result<Vec<Held>> {
        self.many(
            "SELECT id, reason, item_id, bytes, envelope FROM held
             WHERE space = ?1 AND (?2 >> reason) & 1 ORDER BY id",
            (space, set_of(reasons)),
            read,
        )
    }

    /// As [`Self::held`], with the first `length` bytes of each only: what waits may be large.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn held_starts(
        &self,
        space: SpaceRow,
        reasons: &[HeldReason],
        length: usize,
    ) -> Result<Vec<HeldStart>> {
        self.many(
            "SELECT id, reason, substr(bytes, 1, ?3) FROM held
             WHERE space = ?1 AND (?2 >> reason) & 1 ORDER BY id",
            (space, set_of(reasons), limit(length)),
            |row| {
                Ok(HeldStart {
                    row: row.get(0)?,
                    reason: row.get(1)?,
                    start: row.get(2)?,
                })
            },
        )
    }

    /// What is held in a row, if anything.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn held_at(&self, row: i64) -> Result<Option<Held>> {
        self.one(
            "SELECT id, reason, item_id, bytes, envelope FROM held WHERE id = ?1",
            [row],
            read,
        )
    }

    /// As [`Self::held_counts`], by the device that each item names as its author too. What stands there in an
    /// envelope that is held whole means nothing.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn held_shares(&self, space: SpaceRow) -> Result<Vec<(HeldReason, DeviceId, u64, u64)>> {
        self.many(
            "SELECT reason, substr(bytes, 35, 32) AS device, count(*), sum(length(bytes)) FROM held
             WHERE space = ?1 GROUP BY reason, device ORDER BY reason, device",
            [space],
            |row| {
                let device: Vec<u8> = row.get(1)?;
                let device = DeviceId::from_slice(&device).unwrap_or(DeviceId::ZERO);
                Ok((row.get(0)?, device, number(row, 2)?, number(row, 3)?))
            },
        )
    }

    /// Why the item waits, if these very bytes of it do.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn held_as(
        &self,
        space: SpaceRow,
        item_id: &ItemId,
        bytes: &[u8],
    ) -> Result<Option<HeldReason>> {
        self.one(
            "SELECT reason FROM held WHERE space = ?1 AND item_id = ?2 AND bytes = ?3",
            (space, item_id.as_bytes(), bytes),
            |row| row.get(0),
        )
    }

    /// How many items wait in a space and how many bytes they have, by reason.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn held_counts(&self, space: SpaceRow) -> Result<Vec<(HeldReason, u64, u64)>> {
        self.many(
            "SELECT reason, count(*), sum(length(bytes)) FROM held
             WHERE space = ?1 GROUP BY reason ORDER BY reason",
            [space],
            |row| Ok((row.get(0)?, number(row, 1)?, number(row, 2)?)),
        )
    }
}

impl WriteTx<'_> {
    /// Keeps an item until it is released; says whether it was new. The same bytes are kept once, with
    /// the reason given last.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn hold(
        &self,
        space: SpaceRow,
        reason: HeldReason,
        item_id: &ItemId,
        bytes: &[u8],
        envelope: Option<EnvelopeRow>,
        at_ms: i64,
    ) -> Result<bool> {
        let known = self.run(
            "UPDATE held SET reason = ?2 WHERE space = ?1 AND item_id = ?3 AND bytes = ?4",
            (space, reason, item_id.as_bytes(), bytes),
        )?;
        if known > 0 {
            return Ok(false);
        }
        self.run(
            "INSERT INTO held (space, reason, item_id, bytes, envelope, at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (space, reason, item_id.as_bytes(), bytes, envelope, at_ms),
        )?;
        Ok(true)
    }

    /// Drops what is held in a row, if anything.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn release(&self, row: i64) -> Result<()> {
        self.run("DELETE FROM held WHERE id = ?1", [row])?;
        Ok(())
    }
}
