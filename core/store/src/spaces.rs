//! The spaces this store takes part in.

use belay_model::{DeviceId, Incarnation, PersonId, SpaceId};
use rusqlite::Row;

use crate::sql::{inc, inc_to_sql, numbered};
use crate::{ReadTx, Result, SpaceRow, WriteTx};

numbered! {
    /// How this person stands to a space.
    pub enum SpaceState {
        /// In use.
        Active = 0,
        /// Made, and waiting for the other to arrive.
        Waiting = 1,
        /// Left: kept to be read, nothing is sent any more.
        Left = 2,
        /// Left, and what comes later is dropped unread.
        Blocked = 3,
    }
}

/// A space to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSpace {
    /// Its id.
    pub id: SpaceId,
    /// Its type, as the `create` item numbers it.
    pub kind: u8,
    /// Who this person is there.
    pub own_person: PersonId,
    /// Which device this one is there.
    pub own_device: DeviceId,
    /// Under which incarnation this device writes there.
    pub inc: Incarnation,
    /// When it was made or joined here.
    pub created_at_ms: i64,
}

/// A space as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// Its row.
    pub row: SpaceRow,
    /// Its id.
    pub id: SpaceId,
    /// Its type, as the `create` item numbers it.
    pub kind: u8,
    /// Who this person is there.
    pub own_person: PersonId,
    /// Which device this one is there.
    pub own_device: DeviceId,
    /// Under which incarnation this device writes there.
    pub inc: Incarnation,
    /// When it was made or joined here.
    pub created_at_ms: i64,
    /// How this person stands to it.
    pub state: SpaceState,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, space_id, kind, own_person, own_device, inc, created_at_ms, state FROM space ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<Space> {
    Ok(Space {
        row: row.get(0)?,
        id: SpaceId::from_bytes(row.get(1)?),
        kind: row.get(2)?,
        own_person: PersonId::from_bytes(row.get(3)?),
        own_device: DeviceId::from_bytes(row.get(4)?),
        inc: inc(row, 5)?,
        created_at_ms: row.get(6)?,
        state: row.get(7)?,
    })
}

impl ReadTx<'_> {
    /// All spaces, in the order they were kept.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn spaces(&self) -> Result<Vec<Space>> {
        self.many(select!("ORDER BY id"), [], read)
    }

    /// One space.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn space(&self, id: SpaceId) -> Result<Option<Space>> {
        self.one(select!("WHERE space_id = ?1"), [id.as_bytes()], read)
    }
}

impl WriteTx<'_> {
    /// Keeps a space as [`SpaceState::Active`].
    ///
    /// # Errors
    /// What SQLite refuses; a space is kept once.
    pub fn insert_space(&self, space: &NewSpace) -> Result<SpaceRow> {
        self.add(
            "INSERT INTO space (space_id, kind, own_person, own_device, inc, created_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                space.id.as_bytes(),
                space.kind,
                space.own_person.as_bytes(),
                space.own_device.as_bytes(),
                inc_to_sql(space.inc),
                space.created_at_ms,
            ),
        )
        .map(SpaceRow)
    }

    /// Says how this person stands to a space from now on.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn set_space_state(&self, space: SpaceRow, state: SpaceState) -> Result<()> {
        self.run_on(
            "space",
            "UPDATE space SET state = ?2 WHERE id = ?1",
            (space, state),
        )
    }

    /// Starts a new incarnation of this device in a space.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn set_space_inc(&self, space: SpaceRow, inc: Incarnation) -> Result<()> {
        self.run_on(
            "space",
            "UPDATE space SET inc = ?2 WHERE id = ?1",
            (space, inc_to_sql(inc)),
        )
    }
}
