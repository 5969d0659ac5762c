//! What walks over a whole space: listing every document, dropping what waits, forgetting a space.

use belay_model::{DocName, EpochId, Incarnation, ItemId, PersonId, SpaceId};
use rusqlite::Row;

use crate::sql::{inc_to_sql, number, ordered};
use crate::{
    DeviceRow, DocRow, Document, EnvelopeRow, ItemRow, ItemState, ReadTx, Result, SpaceRow, WriteTx,
};

/// An item as a place in its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainItem {
    /// Its row.
    pub row: ItemRow,
    /// The place it claims.
    pub seq: u64,
    /// Its id.
    pub item_id: ItemId,
    /// What became of it.
    pub state: ItemState,
    /// The document it is about, if any.
    pub document: Option<DocRow>,
    /// Its kind, as the header numbers it.
    pub kind: u8,
    /// Header and signature.
    pub detached: Vec<u8>,
}

fn chain_item(row: &Row<'_>) -> rusqlite::Result<ChainItem> {
    Ok(ChainItem {
        row: row.get(0)?,
        seq: number(row, 1)?,
        item_id: ItemId::from_bytes(row.get(2)?),
        state: row.get(3)?,
        document: row.get(4)?,
        kind: row.get(5)?,
        detached: row.get(6)?,
    })
}

impl ReadTx<'_> {
    /// Every document and record, in the order they came to be here.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn documents(&self) -> Result<Vec<(DocRow, Document)>> {
        self.many(
            "SELECT d.id, p.space, p.person_id, d.kind, d.name
             FROM document d JOIN person p ON p.id = d.person ORDER BY d.id",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    Document {
                        space: row.get(1)?,
                        person: PersonId::from_bytes(row.get(2)?),
                        kind: row.get(3)?,
                        name: DocName::from_bytes(row.get(4)?),
                    },
                ))
            },
        )
    }

    /// Number, id, and header with signature of every item that claims a place in one chain, also of those
    /// that stand aside.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn chain_items(&self, device: DeviceRow, inc: Incarnation) -> Result<Vec<ChainItem>> {
        self.many(
            "SELECT id, seq, item_id, state, document, kind, detached FROM item
             WHERE device = ?1 AND inc = ?2 ORDER BY seq, id",
            (device, inc_to_sql(inc)),
            chain_item,
        )
    }

    /// The nearest item of a chain after a place that counts: one that is applied, or was and is erased.
    ///
    /// # Errors
    /// `OutOfRange`, or what SQLite refuses.
    pub fn next_in_chain(
        &self,
        device: DeviceRow,
        inc: Incarnation,
        after: u64,
    ) -> Result<Option<ChainItem>> {
        self.one(
            "SELECT id, seq, item_id, state, document, kind, detached FROM item
             WHERE device = ?1 AND inc = ?2 AND seq > ?3 AND state IN (0, 2)
             ORDER BY seq, id LIMIT 1",
            (device, inc_to_sql(inc), ordered(after, "seq")?),
            chain_item,
        )
    }

    /// How many items of a space are in a state. Quick for the states that trouble: quarantined and
    /// shadowed; counts all items for the others.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn items_in_state(&self, space: SpaceRow, state: ItemState) -> Result<u64> {
        let count = match state {
            ItemState::Quarantined | ItemState::Shadowed => {
                "SELECT count(*) FROM item INDEXED BY item_troubled
                 WHERE space = ?1 AND state IN (1, 3) AND state = ?2"
            }
            ItemState::Applied | ItemState::Erased => {
                "SELECT count(*) FROM item WHERE space = ?1 AND state = ?2"
            }
        };
        self.only(count, (space, state), |row| number(row, 0))
    }
}

impl ReadTx<'_> {
    /// Own envelopes of a space that are not known to be at a relay and were not given up, with the epoch
    /// each is sealed under and the kinds of the items in it.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn unsent_own(&self, space: SpaceRow) -> Result<Vec<(EnvelopeRow, EpochId, Vec<u8>)>> {
        let envelopes: Vec<(EnvelopeRow, [u8; 32])> = self.many(
            "SELECT v.id, e.epoch_id FROM envelope v
             JOIN epoch e ON e.id = v.epoch JOIN envelope_bytes b ON b.envelope = v.id
             WHERE e.space = ?1 AND v.own = 1 AND v.relay_gen IS NULL ORDER BY v.id",
            [space],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        envelopes
            .into_iter()
            .map(|(row, epoch)| {
                let kinds = self.many(
                    "SELECT i.kind FROM envelope_item h JOIN item i ON i.id = h.item WHERE h.envelope = ?1",
                    [row],
                    |row| row.get(0),
                )?;
                Ok((row, EpochId::from_bytes(epoch), kinds))
            })
            .collect()
    }
}

impl ReadTx<'_> {
    /// Whether anything of a space still has to leave: items in line to be sealed, also those that wait
    /// for their hold to end, envelopes that are not known to be at a relay, or what relays are to erase.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn has_unsent_or_queued(&self, space: SpaceRow) -> Result<bool> {
        self.only(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE space = ?1)
                 OR EXISTS (SELECT 1 FROM epoch e CROSS JOIN envelope v ON v.epoch = e.id
                                AND v.relay_gen IS NULL
                            CROSS JOIN envelope_bytes b ON b.envelope = v.id WHERE e.space = ?1)
                 OR EXISTS (SELECT 1 FROM taken_back t CROSS JOIN envelope v ON v.id = t.envelope
                            WHERE v.space = ?1)
                 OR EXISTS (SELECT 1 FROM erasure r INDEXED BY erasure_waiting
                            CROSS JOIN envelope v ON v.id = r.envelope
                            WHERE r.state = 0 AND v.space = ?1)",
            [space],
            |row| row.get(0),
        )
    }
}

impl WriteTx<'_> {
    /// Forgets a space whole: items, envelopes, keys. For a pairing that the other side never finished;
    /// walks over all items.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn delete_space(&self, id: SpaceId) -> Result<()> {
        let Some(space) = self.space(id)? else {
            return Err(crate::StoreError::MissingRow("space"));
        };
        // In the order in which rows name each other.
        for statement in [
            "DELETE FROM outbox WHERE space = ?1",
            "DELETE FROM entry_search WHERE rowid IN
                 (SELECT e.place FROM person p JOIN document d ON d.person = p.id
                  JOIN entry_place e ON e.document = d.id WHERE p.space = ?1)",
            "DELETE FROM entry_place WHERE document IN
                 (SELECT d.id FROM person p JOIN document d ON d.person = p.id WHERE p.space = ?1)",
            "DELETE FROM entry_text WHERE document IN
                 (SELECT d.id FROM person p JOIN document d ON d.person = p.id WHERE p.space = ?1)",
            "DELETE FROM own WHERE document IN
                 (SELECT d.id FROM person p JOIN document d ON d.person = p.id WHERE p.space = ?1)",
            "DELETE FROM shared WHERE person IN (SELECT id FROM person WHERE space = ?1)",
            "DELETE FROM held WHERE space = ?1",
            "DELETE FROM peer_ack WHERE by_device IN (SELECT id FROM device WHERE space = ?1)",
            "DELETE FROM chain WHERE device IN (SELECT id FROM device WHERE space = ?1)",
            "DELETE FROM envelope_item WHERE item IN (SELECT id FROM item WHERE space = ?1)",
            "DELETE FROM item WHERE space = ?1",
            "DELETE FROM taken_back WHERE envelope IN (SELECT id FROM envelope WHERE space = ?1)",
            "DELETE FROM erasure WHERE envelope IN (SELECT id FROM envelope WHERE space = ?1)",
            "DELETE FROM envelope_bytes
             WHERE envelope IN (SELECT id FROM envelope WHERE space = ?1)",
            "DELETE FROM envelope WHERE space = ?1",
            "DELETE FROM mailbox WHERE epoch IN (SELECT id FROM epoch WHERE space = ?1)",
            "DELETE FROM epoch WHERE space = ?1",
            "DELETE FROM document WHERE person IN (SELECT id FROM person WHERE space = ?1)",
            "DELETE FROM device WHERE space = ?1",
            "DELETE FROM person WHERE space = ?1",
            "DELETE FROM secret WHERE space = ?1",
            "DELETE FROM space WHERE id = ?1",
        ] {
            self.run(statement, [space.row])?;
        }
        Ok(())
    }
}
