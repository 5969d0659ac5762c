//! Small integer names for the persons and devices of a space.

use belay_model::{DeviceId, PersonId};
use rusqlite::Row;

use crate::{DeviceRow, ReadTx, Result, SpaceRow, StoreError, WriteTx};

/// A device that has been named in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// Its row.
    pub row: DeviceRow,
    /// The space it is a device of.
    pub space: SpaceRow,
    /// Its id.
    pub id: DeviceId,
    /// Whose it is.
    pub person: PersonId,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.space, d.device_id, p.person_id FROM device d JOIN person p ON p.id = d.person ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        row: row.get(0)?,
        space: row.get(1)?,
        id: DeviceId::from_bytes(row.get(2)?),
        person: PersonId::from_bytes(row.get(3)?),
    })
}

impl ReadTx<'_> {
    /// The row and person of a device.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn find_device(
        &self,
        space: SpaceRow,
        id: &DeviceId,
    ) -> Result<Option<(DeviceRow, PersonId)>> {
        let found = self.one(
            select!("WHERE d.space = ?1 AND d.device_id = ?2"),
            (space, id.as_bytes()),
            read,
        )?;
        Ok(found.map(|device| (device.row, device.person)))
    }

    /// What a row stands for.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn device(&self, row: DeviceRow) -> Result<Device> {
        self.one(select!("WHERE d.id = ?1"), [row], read)?
            .ok_or(StoreError::MissingRow("device"))
    }

    /// All devices named in a space, in the order they were named.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn devices(&self, space: SpaceRow) -> Result<Vec<Device>> {
        self.many(select!("WHERE d.space = ?1 ORDER BY d.id"), [space], read)
    }

    pub(crate) fn find_person(&self, space: SpaceRow, id: &PersonId) -> Result<Option<i64>> {
        self.one(
            "SELECT id FROM person WHERE space = ?1 AND person_id = ?2",
            (space, id.as_bytes()),
            |row| row.get(0),
        )
    }
}

impl WriteTx<'_> {
    /// The row of a device, named now if it was not.
    ///
    /// # Errors
    /// `Conflict` when the device is known as another person's, or what SQLite refuses.
    pub fn device_row(
        &self,
        space: SpaceRow,
        id: &DeviceId,
        person: &PersonId,
    ) -> Result<DeviceRow> {
        if let Some((row, owner)) = self.find_device(space, id)? {
            return if owner == *person {
                Ok(row)
            } else {
                Err(StoreError::Conflict("the device is another person's"))
            };
        }
        let person = self.person_row(space, person)?;
        self.add(
            "INSERT INTO device (space, person, device_id) VALUES (?1, ?2, ?3)",
            (space, person, id.as_bytes()),
        )
        .map(DeviceRow)
    }

    pub(crate) fn person_row(&self, space: SpaceRow, id: &PersonId) -> Result<i64> {
        match self.find_person(space, id)? {
            Some(row) => Ok(row),
            None => self.add(
                "INSERT INTO person (space, person_id) VALUES (?1, ?2)",
                (space, id.as_bytes()),
            ),
        }
    }
}
