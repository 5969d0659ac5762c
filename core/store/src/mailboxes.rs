//! Mailboxes at relays and how far each has been read.

use belay_model::EpochId;
use belay_protocol::relay::Generation;
use rusqlite::Row;

use crate::sql::{generation, generation_to_sql, number, ordered};
use crate::{ReadTx, Result, SpaceRow, WriteTx};

/// The mailbox of an epoch at a relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The space.
    pub space: SpaceRow,
    /// The epoch that the mailbox is derived from.
    pub epoch: EpochId,
    /// Origin of the relay.
    pub relay: String,
    /// Whether it is known to exist there.
    pub created: bool,
    /// The relay's incarnation of it, when last heard.
    pub generation: Option<Generation>,
    /// Up to where it has been read in that incarnation; below 2^63.
    pub cursor: u64,
    /// When the relay last answered.
    pub last_contact_ms: Option<i64>,
    /// Stable code of what last went wrong; `None` after a success.
    pub last_error: Option<String>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT e.space, e.epoch_id, m.relay, m.created, m.gen, m.cursor, m.last_contact_ms, m.last_error ",
            "FROM epoch e JOIN mailbox m ON m.epoch = e.id ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<Mailbox> {
    Ok(Mailbox {
        space: row.get(0)?,
        epoch: EpochId::from_bytes(row.get(1)?),
        relay: row.get(2)?,
        created: row.get(3)?,
        generation: generation(row, 4)?,
        cursor: number(row, 5)?,
        last_contact_ms: row.get(6)?,
        last_error: row.get(7)?,
    })
}

impl ReadTx<'_> {
    /// The mailbox of an epoch at a relay, if it was ever put.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn mailbox(
        &self,
        space: SpaceRow,
        epoch: &EpochId,
        relay: &str,
    ) -> Result<Option<Mailbox>> {
        self.one(
            select!("WHERE e.space = ?1 AND e.epoch_id = ?2 AND m.relay = ?3"),
            (space, epoch.as_bytes(), relay),
            read,
        )
    }

    /// All mailboxes of a space, oldest epoch first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn mailboxes(&self, space: SpaceRow) -> Result<Vec<Mailbox>> {
        self.many(
            select!("WHERE e.space = ?1 ORDER BY e.id, m.relay"),
            [space],
            read,
        )
    }

    pub(crate) fn find_epoch(&self, space: SpaceRow, epoch: &EpochId) -> Result<Option<i64>> {
        self.one(
            "SELECT id FROM epoch WHERE space = ?1 AND epoch_id = ?2",
            (space, epoch.as_bytes()),
            |row| row.get(0),
        )
    }
}

impl WriteTx<'_> {
    /// Puts a mailbox, in place of its earlier state. Where nothing is different nothing is written: asking a relay
    /// that has nothing new does not wait for the disk.
    ///
    /// # Errors
    /// `OutOfRange`, or what SQLite refuses.
    pub fn put_mailbox(&self, mailbox: &Mailbox) -> Result<()> {
        let epoch = self.epoch_row(mailbox.space, &mailbox.epoch)?;
        self.run(
            "INSERT INTO mailbox (epoch, relay, created, gen, cursor, last_contact_ms, last_error)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (epoch, relay) DO UPDATE SET
                 created = excluded.created, gen = excluded.gen, cursor = excluded.cursor,
                 last_contact_ms = excluded.last_contact_ms, last_error = excluded.last_error
             WHERE (created, gen, cursor, last_contact_ms, last_error) IS NOT
                 (excluded.created, excluded.gen, excluded.cursor, excluded.last_contact_ms, excluded.last_error)",
            (
                epoch,
                &mailbox.relay,
                mailbox.created,
                mailbox.generation.map(generation_to_sql),
                ordered(mailbox.cursor, "cursor")?,
                mailbox.last_contact_ms,
                &mailbox.last_error,
            ),
        )?;
        Ok(())
    }

    pub(crate) fn epoch_row(&self, space: SpaceRow, epoch: &EpochId) -> Result<i64> {
        match self.find_epoch(space, epoch)? {
            Some(row) => Ok(row),
            None => self.add(
                "INSERT INTO epoch (space, epoch_id) VALUES (?1, ?2)",
                (space, epoch.as_bytes()),
            ),
        }
    }
}
