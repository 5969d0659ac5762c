//! What one person has sent into a space, told by headers alone.

use belay_model::{Incarnation, ItemId, PersonId};
use belay_protocol::Item;

use crate::sql::{inc, inc_to_sql, misshapen, number};
use crate::{DeviceRow, EnvelopeRow, ItemRow, ReadTx, Result, SpaceRow, WriteTx};

/// An item, as far as its header tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentItem {
    /// Its row.
    pub row: ItemRow,
    /// Its id.
    pub item_id: ItemId,
    /// Its kind, as the header numbers it.
    pub kind: u8,
    /// Hybrid clock of the header.
    pub hlc: u64,
    /// Bytes of the whole item as it was signed, also where its body is gone.
    pub bytes: u64,
}

impl ReadTx<'_> {
    /// Everything a person's devices wrote that is kept, in whatever state. Walks over all of it.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn sent_by(&self, space: SpaceRow, person: &PersonId) -> Result<Vec<SentItem>> {
        let Some(person) = self.find_person(space, person)? else {
            return Ok(Vec::new());
        };
        self.many(
            "SELECT i.id, i.item_id, i.kind, i.hlc, i.detached FROM device d
             JOIN item i INDEXED BY item_slot ON i.device = d.id WHERE d.person = ?1",
            [person],
            |row| {
                let detached: Vec<u8> = row.get(4)?;
                let item = Item::parse_detached(&detached).map_err(|_| misshapen(4))?;
                Ok(SentItem {
                    row: row.get(0)?,
                    item_id: ItemId::from_bytes(row.get(1)?),
                    kind: row.get(2)?,
                    hlc: number(row, 3)?,
                    bytes: whole_len(detached.len(), item.header.body_len),
                })
            },
        )
    }
}

impl ReadTx<'_> {
    /// Where in its device's chains an item stands, by its id. Walks over the device's items.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn place_of(
        &self,
        device: DeviceRow,
        item_id: &ItemId,
    ) -> Result<Option<(Incarnation, u64)>> {
        self.one(
            "SELECT inc, seq FROM item WHERE device = ?1 AND item_id = ?2",
            (device, item_id.as_bytes()),
            |row| Ok((inc(row, 0)?, number(row, 1)?)),
        )
    }

    /// Header and signature of the first item of a chain; where several claim to be, of the one that counts.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn first_of_chain(&self, device: DeviceRow, inc: Incarnation) -> Result<Option<Vec<u8>>> {
        self.one(
            "SELECT detached FROM item WHERE device = ?1 AND inc = ?2 AND seq = 1
             ORDER BY state = 3, id LIMIT 1",
            (device, inc_to_sql(inc)),
            |row| row.get(0),
        )
    }
}

impl WriteTx<'_> {
    /// Drops the bytes of an envelope; what is known of it stays, so that it is not taken in again.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn drop_envelope_bytes(&self, envelope: EnvelopeRow) -> Result<()> {
        self.run("DELETE FROM envelope_bytes WHERE envelope = ?1", [envelope])?;
        Ok(())
    }
}

/// Bytes of an item whose header and signature are so long and whose body was.
fn whole_len(detached: usize, body_len: u32) -> u64 {
    detached as u64 + belay_protocol::limits::ITEM_SALT as u64 + u64::from(body_len)
}
