//! The signed items: the truth that everything shown is computed from. Only verified ones are here.

use belay_model::{Incarnation, ItemId};
use belay_protocol::Item;
use rusqlite::Row;

use crate::sql::{inc, inc_to_sql, limit, number, numbered, ordered};
use crate::{
    DeviceRow, DocRow, EnvelopeRow, ItemRow, ReadTx, Result, SpaceRow, StoreError, WriteTx,
};

numbered! {
    /// What became of an item.
    pub enum ItemState {
        /// It counts.
        Applied = 0,
        /// Kept, but its document could not take it in.
        Quarantined = 1,
        /// Its body is gone; header and signature stay so that the chain verifies.
        Erased = 2,
        /// Another item stands at its place in the chain.
        Shadowed = 3,
    }
}

/// An item to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewItem<'a> {
    /// Its space.
    pub space: SpaceRow,
    /// Its author.
    pub device: DeviceRow,
    /// The author's incarnation.
    pub inc: Incarnation,
    /// Place in the chain; below 2^63.
    pub seq: u64,
    /// Its id.
    pub item_id: ItemId,
    /// Its kind, as the header numbers it.
    pub kind: u8,
    /// The document it is about, if any.
    pub document: Option<DocRow>,
    /// Hybrid clock of the header; below 2^63.
    pub hlc: u64,
    /// Header and signature, as `Item::encode_detached` gives them.
    pub detached: &'a [u8],
    /// Salt and body, one after the other as they travel; `None` when they were erased before the item
    /// came here.
    pub body: Option<&'a [u8]>,
    /// What became of it.
    pub state: ItemState,
    /// The envelope it came in; `None` for one written here.
    pub envelope: Option<EnvelopeRow>,
}

/// An item as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredItem {
    /// Its row.
    pub row: ItemRow,
    /// Its space.
    pub space: SpaceRow,
    /// Its author.
    pub device: DeviceRow,
    /// The author's incarnation.
    pub inc: Incarnation,
    /// Place in the chain.
    pub seq: u64,
    /// Its id.
    pub item_id: ItemId,
    /// Its kind, as the header numbers it.
    pub kind: u8,
    /// The document it is about, if any.
    pub document: Option<DocRow>,
    /// Hybrid clock of the header.
    pub hlc: u64,
    /// What became of it.
    pub state: ItemState,
    /// Header and signature.
    pub detached: Vec<u8>,
    /// Salt and body, one after the other as they travel; `None` once erased.
    pub body: Option<Vec<u8>>,
}

impl StoredItem {
    /// The item as the protocol knows it, without a body once that is erased.
    ///
    /// # Errors
    /// `Malformed` when what is stored does not parse.
    pub fn item(&self) -> Result<Item> {
        assemble(&self.detached, self.body.as_deref())
    }
}

/// What stands around a place in a chain. Where several items claim one place, the one that counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainRows {
    /// The item at the place.
    pub here: Option<ItemId>,
    /// The item just before.
    pub before: Option<ItemId>,
    /// Header and signature of the item just after.
    pub after: Option<Vec<u8>>,
    /// Header and signature of the nearest item before, however far.
    pub nearest_applied_before: Option<Vec<u8>>,
}

/// Puts an item together from its two columns.
pub(crate) fn assemble(detached: &[u8], body: Option<&[u8]>) -> Result<Item> {
    let mut item = Item::parse_detached(detached).map_err(|_| StoreError::Malformed("item"))?;
    if let Some((salt, body)) = body
        .map(|body| {
            body.split_first_chunk()
                .ok_or(StoreError::Malformed("body"))
        })
        .transpose()?
    {
        item.salt = *salt;
        item.body = Some(body.to_vec());
    }
    Ok(item)
}

macro_rules! select_item {
    ($rest:literal) => {
        concat!(
            "SELECT id, space, device, inc, seq, item_id, kind, document, hlc, state, detached, body ",
            "FROM item ",
            $rest
        )
    };
}
pub(crate) use select_item;

pub(crate) fn read_item(row: &Row<'_>) -> rusqlite::Result<StoredItem> {
    Ok(StoredItem {
        row: row.get(0)?,
        space: row.get(1)?,
        device: row.get(2)?,
        inc: inc(row, 3)?,
        seq: number(row, 4)?,
        item_id: ItemId::from_bytes(row.get(5)?),
        kind: row.get(6)?,
        document: row.get(7)?,
        hlc: number(row, 8)?,
        state: row.get(9)?,
        detached: row.get(10)?,
        body: row.get(11)?,
    })
}

impl ReadTx<'_> {
    /// One item.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn item(&self, row: ItemRow) -> Result<Option<StoredItem>> {
        self.one(select_item!("WHERE id = ?1"), [row], read_item)
    }

    /// What stands at a place in a chain: nothing, one item, or several when a device exists twice.
    /// This is also how an item that came before is known again.
    ///
    /// # Errors
    /// `OutOfRange`, or what SQLite refuses.
    pub fn items_at(
        &self,
        space: SpaceRow,
        device: DeviceRow,
        inc: Incarnation,
        seq: u64,
    ) -> Result<Vec<(ItemRow, ItemId, ItemState)>> {
        self.many(
            "SELECT id, item_id, state FROM item
             WHERE device = ?2 AND inc = ?3 AND seq = ?4 AND space = ?1 ORDER BY id",
            (space, device, inc_to_sql(inc), ordered(seq, "seq")?),
            |row| Ok((row.get(0)?, ItemId::from_bytes(row.get(1)?), row.get(2)?)),
        )
    }

    /// What stands around a place in a chain.
    ///
    /// # Errors
    /// `OutOfRange`, or what SQLite refuses.
    pub fn around(
        &self,
        space: SpaceRow,
        device: DeviceRow,
        inc: Incarnation,
        seq: u64,
    ) -> Result<ChainRows> {
        let id = |at: u64| {
            let at = ordered(at, "seq")?;
            self.one(
                "SELECT item_id FROM item
                 WHERE device = ?2 AND inc = ?3 AND seq = ?4 AND space = ?1 ORDER BY state = 3, id",
                (space, device, inc_to_sql(inc), at),
                |row| Ok(ItemId::from_bytes(row.get(0)?)),
            )
        };
        let place = (space, device, inc_to_sql(inc), ordered(seq, "seq")?);
        Ok(ChainRows {
            here: id(seq)?,
            before: seq.checked_sub(1).map(id).transpose()?.flatten(),
            after: self.one(
                "SELECT detached FROM item
                 WHERE device = ?2 AND inc = ?3 AND seq = ?4 + 1 AND space = ?1 ORDER BY state = 3, id",
                place,
                |row| row.get(0),
            )?,
            nearest_applied_before: self.one(
                "SELECT detached FROM item
                 WHERE device = ?2 AND inc = ?3 AND seq < ?4 AND space = ?1 AND state IN (0, 2)
                 ORDER BY seq DESC, id LIMIT 1",
                place,
                |row| row.get(0),
            )?,
        })
    }

    /// All items of a document, in the order they arrived.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn items_of_document(&self, document: DocRow) -> Result<Vec<StoredItem>> {
        self.many(
            select_item!("WHERE document = ?1 ORDER BY id"),
            [document],
            read_item,
        )
    }

    /// The documents of a space that anything was written about at or after a hybrid time.
    ///
    /// # Errors
    /// `OutOfRange`, or what SQLite refuses.
    pub fn documents_since(&self, space: SpaceRow, hlc: u64) -> Result<Vec<DocRow>> {
        self.many(
            "SELECT DISTINCT document FROM item
             WHERE space = ?1 AND hlc >= ?2 AND document IS NOT NULL ORDER BY document",
            (space, ordered(hlc, "hlc")?),
            |row| row.get(0),
        )
    }

    /// All items of one kind that a device wrote, in the order they arrived.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn items_of_kind(&self, device: DeviceRow, kind: u8) -> Result<Vec<StoredItem>> {
        self.many(
            select_item!("WHERE device = ?1 AND kind = ?2 ORDER BY id"),
            (device, kind),
            read_item,
        )
    }

    /// All items that say who belongs to a space and with which keys (membership, epoch, wraps, kem: kinds 3
    /// to 6), in the order they arrived.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn control_items(&self, space: SpaceRow) -> Result<Vec<StoredItem>> {
        self.many(
            select_item!(
                "INDEXED BY item_control WHERE space = ?1 AND kind >= 3 AND kind <= 6 ORDER BY id"
            ),
            [space],
            read_item,
        )
    }

    /// All quarantined and shadowed items of a space, in the order they arrived.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn troubled_items(&self, space: SpaceRow) -> Result<Vec<StoredItem>> {
        self.many(
            select_item!("WHERE space = ?1 AND state IN (1, 3) ORDER BY id"),
            [space],
            read_item,
        )
    }

    /// The next `limit` items of a space after `after`, in the order they arrived: for walking over
    /// all of them.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn all_items(
        &self,
        space: SpaceRow,
        after: ItemRow,
        rows: usize,
    ) -> Result<Vec<StoredItem>> {
        // The plus keeps SQLite from walking an index by space, which would lose the order.
        self.many(
            select_item!("WHERE +space = ?1 AND id > ?2 ORDER BY id LIMIT ?3"),
            (space, after, limit(rows)),
            read_item,
        )
    }

    /// How many items of a space are kept, in whatever state.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn item_count(&self, space: SpaceRow) -> Result<u64> {
        // By device: that index is narrow, the table is not.
        self.only(
            "SELECT count(*) FROM device d JOIN item i INDEXED BY item_slot ON i.device = d.id
             WHERE d.space = ?1",
            [space],
            |row| number(row, 0),
        )
    }
}

impl WriteTx<'_> {
    /// Keeps an item. Whether it is there already is the caller's to find out, by
    /// [`ReadTx::items_at`].
    ///
    /// # Errors
    /// `OutOfRange`, or what SQLite refuses.
    pub fn insert_item(&self, item: &NewItem<'_>) -> Result<ItemRow> {
        let row = ItemRow(self.add(
            "INSERT INTO item (space, device, inc, seq, item_id, kind, document, hlc, state, detached, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            (
                item.space,
                item.device,
                inc_to_sql(item.inc),
                ordered(item.seq, "seq")?,
                item.item_id.as_bytes(),
                item.kind,
                item.document,
                ordered(item.hlc, "hlc")?,
                item.state,
                item.detached,
                item.body,
            ),
        )?);
        if let Some(envelope) = item.envelope {
            self.put_in_envelope(row, envelope)?;
        }
        Ok(row)
    }

    /// Says what became of an item.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn set_item_state(&self, item: ItemRow, state: ItemState) -> Result<()> {
        self.run_on(
            "item",
            "UPDATE item SET state = ?2 WHERE id = ?1",
            (item, state),
        )
    }

    /// Drops an item's salt and body, overwriting them in the database; takes the item out of the
    /// outbox, and every envelope that holds it out of use ([`WriteTx::drop_envelope`]). Header and
    /// signature stay.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn erase_item_body(&self, item: ItemRow) -> Result<()> {
        self.unqueue_item(item)?;
        self.run_on(
            "item",
            "UPDATE item SET body = NULL, state = ?2 WHERE id = ?1",
            (item, ItemState::Erased),
        )?;
        self.drop_envelopes_of(item)
    }

    /// Drops an item whole, also from the outbox.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn delete_item(&self, item: ItemRow) -> Result<()> {
        self.unqueue_item(item)?;
        self.run("DELETE FROM envelope_item WHERE item = ?1", [item])?;
        self.run_on("item", "DELETE FROM item WHERE id = ?1", [item])
    }
}
