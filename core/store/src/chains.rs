//! How far each device's chain has been seen.

use belay_model::{Incarnation, ItemId};
use rusqlite::Row;

use crate::sql::{chunks, inc, inc_to_sql, misshapen, number, ordered};
use crate::{DeviceRow, ReadTx, Result, SpaceRow, WriteTx};

/// One incarnation of a device in a space, as far as it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The device.
    pub device: DeviceRow,
    /// Its incarnation.
    pub inc: Incarnation,
    /// Up to which place nothing is missing; 0 when the first is.
    pub contiguous: u64,
    /// The item there.
    pub contiguous_id: Option<ItemId>,
    /// Filled places beyond that, first and last of each run, ascending.
    pub ranges: Vec<(u64, u64)>,
    /// The highest place that is filled.
    pub top_seq: u64,
    /// The item there.
    pub top_id: ItemId,
    /// Its hybrid clock.
    pub top_hlc: u64,
    /// Its heads.
    pub heads: Vec<ItemId>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.device, c.inc, c.contiguous, c.contiguous_id, c.ranges, c.top_seq, c.top_id, c.top_hlc, ",
            "c.heads FROM device d JOIN chain c ON c.device = d.id ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<Chain> {
    let ranges: Vec<u8> = row.get(4)?;
    let heads: Vec<u8> = row.get(8)?;
    Ok(Chain {
        device: row.get(0)?,
        inc: inc(row, 1)?,
        contiguous: number(row, 2)?,
        contiguous_id: row.get::<_, Option<_>>(3)?.map(ItemId::from_bytes),
        ranges: pairs(&ranges).ok_or_else(|| misshapen(4))?,
        top_seq: number(row, 5)?,
        top_id: ItemId::from_bytes(row.get(6)?),
        top_hlc: number(row, 7)?,
        heads: chunks(&heads)
            .ok_or_else(|| misshapen(8))?
            .map(ItemId::from_bytes)
            .collect(),
    })
}

fn pairs(bytes: &[u8]) -> Option<Vec<(u64, u64)>> {
    let numbers: Vec<u64> = chunks(bytes)?.map(u64::from_le_bytes).collect();
    let (pairs, rest) = numbers.as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|&[from, to]| (from, to)).collect())
}

impl ReadTx<'_> {
    /// One chain, if anything of it is here.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn chain(
        &self,
        space: SpaceRow,
        device: DeviceRow,
        inc: Incarnation,
    ) -> Result<Option<Chain>> {
        self.one(
            select!("WHERE d.id = ?2 AND d.space = ?1 AND c.inc = ?3"),
            (space, device, inc_to_sql(inc)),
            read,
        )
    }

    /// All chains of a space, by device and incarnation.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn chains(&self, space: SpaceRow) -> Result<Vec<Chain>> {
        self.many(
            select!("WHERE d.space = ?1 ORDER BY c.device, c.inc"),
            [space],
            read,
        )
    }
}

impl WriteTx<'_> {
    /// Puts a chain, in place of an earlier state of it.
    ///
    /// # Errors
    /// `OutOfRange`, `MissingRow` when the device is not one of the space, or what SQLite refuses.
    pub fn put_chain(&self, space: SpaceRow, chain: &Chain) -> Result<()> {
        let mut ranges = Vec::with_capacity(chain.ranges.len() * 16);
        for (from, to) in &chain.ranges {
            ranges.extend_from_slice(&from.to_le_bytes());
            ranges.extend_from_slice(&to.to_le_bytes());
        }
        let heads: Vec<u8> = chain
            .heads
            .iter()
            .flat_map(|head| head.to_bytes())
            .collect();
        self.run_on(
            "device",
            "INSERT INTO chain (device, inc, contiguous, contiguous_id, ranges, top_seq, top_id, top_hlc, heads)
             SELECT id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM device WHERE id = ?2 AND space = ?1
             ON CONFLICT (device, inc) DO UPDATE SET
                 contiguous = excluded.contiguous, contiguous_id = excluded.contiguous_id,
                 ranges = excluded.ranges, top_seq = excluded.top_seq, top_id = excluded.top_id,
                 top_hlc = excluded.top_hlc, heads = excluded.heads",
            (
                space,
                chain.device,
                inc_to_sql(chain.inc),
                ordered(chain.contiguous, "seq")?,
                chain.contiguous_id.map(ItemId::to_bytes),
                ranges,
                ordered(chain.top_seq, "seq")?,
                chain.top_id.as_bytes(),
                ordered(chain.top_hlc, "hlc")?,
                heads,
            ),
        )
    }
}
