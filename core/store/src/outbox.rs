//! What waits to be sealed, and how far each item has come.

use crate::items::assemble;
use crate::sql::{limit, number};
use crate::{DeviceRow, ItemRow, ReadTx, Result, SpaceRow, StoreError, WriteTx};

/// An item that waits to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The item.
    pub item: ItemRow,
    /// Its kind, as the header numbers it.
    pub kind: u8,
    /// The whole item as it goes into an envelope.
    pub item_bytes: Vec<u8>,
    /// Until when it was to wait.
    pub not_before_ms: i64,
}

/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// It stays here.
    Local,
    /// It waits until `until_ms` and can still be undone.
    Held {
        /// When it may be sealed.
        until_ms: i64,
    },
    /// It may be sealed.
    Queued,
    /// It is in an envelope that is not known to be on a relay.
    Sealed,
    /// A relay has it.
    OnRelay,
}

/// How many items of a space have not reached a relay, by how far they have come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeliveryCounts {
    /// Waiting, can still be undone.
    pub held: u64,
    /// May be sealed.
    pub queued: u64,
    /// In an envelope that is not known to be on a relay.
    pub sealed: u64,
}

/// The longest hold a person can choose. A time further ahead was set by a clock that has been put right
/// since, and holds nothing.
const HOLD_MAX_MS: i64 = 600 * 1000;

impl ReadTx<'_> {
    /// The first `limit` items of a space that may be sealed at `now_ms`, in the order they were
    /// written.
    ///
    /// # Errors
    /// `Malformed` when a stored header does not parse, or what SQLite refuses.
    pub fn queued(&self, space: SpaceRow, now_ms: i64, rows: usize) -> Result<Vec<Queued>> {
        let rows = self.many(
            "SELECT o.item, i.kind, o.not_before_ms, i.detached, i.body
             FROM outbox o CROSS JOIN item i ON i.id = o.item
             WHERE o.space = ?1 AND (o.not_before_ms <= ?2 OR o.not_before_ms > ?2 + ?4)
             ORDER BY o.item LIMIT ?3",
            (space, now_ms, limit(rows), HOLD_MAX_MS),
            |row| {
                let parts: (Vec<u8>, Option<Vec<u8>>) = (row.get(3)?, row.get(4)?);
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, parts))
            },
        )?;
        rows.into_iter()
            .map(|(item, kind, not_before_ms, (detached, body))| {
                Ok(Queued {
                    item,
                    kind,
                    item_bytes: assemble(&detached, body.as_deref())?.encode(),
                    not_before_ms,
                })
            })
            .collect()
    }

    /// The items of one kind of a space that wait, in the order they were written.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn queued_of_kind(&self, space: SpaceRow, kind: u8) -> Result<Vec<ItemRow>> {
        self.many(
            "SELECT o.item FROM outbox o CROSS JOIN item i ON i.id = o.item
             WHERE o.space = ?1 AND i.kind = ?2 ORDER BY o.item",
            (space, kind),
            |row| row.get(0),
        )
    }

    /// When the next item of a space may be sealed; `None` when nothing waits.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn next_queued_at(&self, space: SpaceRow) -> Result<Option<i64>> {
        self.only(
            "SELECT min(not_before_ms) FROM outbox WHERE space = ?1",
            [space],
            |row| row.get(0),
        )
    }

    /// How many items of a space may be sealed at `now_ms`, and how many wait in all.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn queue_counts(&self, space: SpaceRow, now_ms: i64) -> Result<(u64, u64)> {
        self.only(
            "SELECT count(*) FILTER (WHERE not_before_ms <= ?2 OR not_before_ms > ?2 + ?3), count(*)
             FROM outbox WHERE space = ?1",
            (space, now_ms, HOLD_MAX_MS),
            |row| Ok((number(row, 0)?, number(row, 1)?)),
        )
    }

    /// How far an item has come at `now_ms`.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn delivery(&self, item: ItemRow, now_ms: i64) -> Result<Delivery> {
        self.one(
            "SELECT o.not_before_ms,
                 EXISTS (SELECT 1 FROM envelope_item WHERE item = i.id),
                 EXISTS (SELECT 1 FROM envelope_item h JOIN envelope v ON v.id = h.envelope
                         WHERE h.item = i.id AND v.relay_gen IS NOT NULL)
             FROM item i LEFT JOIN outbox o ON o.item = i.id WHERE i.id = ?1",
            [item],
            |row| {
                Ok(match (row.get(0)?, row.get(1)?, row.get(2)?) {
                    // Also while it waits to go into another envelope.
                    (_, _, true) => Delivery::OnRelay,
                    (Some(until_ms), _, _)
                        if (now_ms + 1..=now_ms.saturating_add(HOLD_MAX_MS))
                            .contains(&until_ms) =>
                    {
                        Delivery::Held { until_ms }
                    }
                    (Some(_), _, _) => Delivery::Queued,
                    (None, false, _) => Delivery::Local,
                    (None, true, _) => Delivery::Sealed,
                })
            },
        )?
        .ok_or(StoreError::MissingRow("item"))
    }
}

impl ReadTx<'_> {
    /// How many items of a space have not reached a relay at `now_ms`.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn delivery_counts(&self, space: SpaceRow, now_ms: i64) -> Result<DeliveryCounts> {
        let (queued, total) = self.queue_counts(space, now_ms)?;
        let sealed = self.only(
            "SELECT count(DISTINCT h.item) FROM epoch p
             CROSS JOIN envelope v ON v.epoch = p.id AND v.relay_gen IS NULL AND v.own = 1
             CROSS JOIN envelope_bytes b ON b.envelope = v.id
             CROSS JOIN envelope_item h ON h.envelope = v.id WHERE p.space = ?1",
            [space],
            |row| number(row, 0),
        )?;
        Ok(DeliveryCounts {
            held: total - queued,
            queued,
            sealed,
        })
    }
}

impl WriteTx<'_> {
    /// Puts an item in line to be sealed, not before `not_before_ms`. An item waits once; the time
    /// given last counts.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn queue_item(&self, item: ItemRow, space: SpaceRow, not_before_ms: i64) -> Result<()> {
        self.run(
            "INSERT INTO outbox (item, space, not_before_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT (item) DO UPDATE SET not_before_ms = excluded.not_before_ms",
            (item, space, not_before_ms),
        )?;
        Ok(())
    }

    /// Puts everything in line that a device wrote into a space and that was never sealed; what was erased
    /// stays out.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn queue_unsealed(&self, space: SpaceRow, device: DeviceRow) -> Result<()> {
        self.run(
            "INSERT OR IGNORE INTO outbox (item, space, not_before_ms)
             SELECT id, space, 0 FROM item
             WHERE device = ?2 AND space = ?1 AND body IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM envelope_item h WHERE h.item = item.id)",
            (space, device),
        )?;
        Ok(())
    }

    /// Takes an item out of the line; says whether it was in it. False after sealing: too late to undo.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn unqueue_item(&self, item: ItemRow) -> Result<bool> {
        Ok(self.run("DELETE FROM outbox WHERE item = ?1", [item])? > 0)
    }
}
