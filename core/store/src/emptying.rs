//! Deleting everything: what the database holds, and then its files. Each step can be interrupted anywhere
//! and done again.

use std::fs;
use std::io;
use std::path::Path;

use belay_model::{EnvelopeId, EpochId};

use crate::blobs::BlobFiles;
use crate::files::{
    BEFORE, DAMAGED, DATABASE, GOING, KEY_CHECK, KEY_FILE, KEY_FILE_NEW, MAKING, SUSPECT,
    SYNC_LOCK, beside, remove_if_there, starting_with, sync_dir_of, write_private,
};
use crate::{OpenPage, ReadTx, Result, SpaceRow, Store, WriteTx};

/// How the name of a key file starts that was moved aside.
const KEYS_ASIDE: &str = "key.before-";

/// An envelope that was sealed here: what it takes to have a relay erase it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnEnvelope {
    /// The epoch it is sealed under.
    pub epoch: EpochId,
    /// Its id.
    pub env_id: EnvelopeId,
    /// Its nonce.
    pub nonce: [u8; 24],
}

impl ReadTx<'_> {
    /// Every envelope that was ever sealed here for a space, also those that were given up: they may have
    /// arrived.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn every_own_envelope(&self, space: SpaceRow) -> Result<Vec<OwnEnvelope>> {
        self.many(
            "SELECT e.epoch_id, v.env_id, v.nonce FROM envelope v JOIN epoch e ON e.id = v.epoch
             WHERE e.space = ?1 AND v.own = 1 ORDER BY v.id",
            [space],
            |row| {
                Ok(OwnEnvelope {
                    epoch: EpochId::from_bytes(row.get(0)?),
                    env_id: EnvelopeId::from_bytes(row.get(1)?),
                    nonce: row.get(2)?,
                })
            },
        )
    }

    /// The names of the tables that hold anything.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn tables_in_use(&self) -> Result<Vec<String>> {
        let mut used = Vec::new();
        for table in self.tables()? {
            if self.holds_anything(&table)? {
                used.push(table);
            }
        }
        Ok(used)
    }

    fn tables(&self) -> Result<Vec<String>> {
        self.many(
            "SELECT name FROM pragma_table_list
             WHERE schema = 'main' AND type IN ('table', 'virtual')
             AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
            [],
            |row| row.get(0),
        )
    }
}

impl WriteTx<'_> {
    /// Empties every table, whatever a later layout adds, but for the single values whose keys begin with
    /// `kept`. What is deleted is overwritten in the database; the log is emptied by the next
    /// [`Store::checkpoint`].
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn empty_but(&self, kept: &str) -> Result<()> {
        let mut tables = self.tables()?;
        tables.retain(|table| table != "meta");
        // Rows name each other in every direction; at the end there is none.
        self.batch("PRAGMA defer_foreign_keys = ON")?;
        for table in tables {
            self.batch(&format!("DELETE FROM \"{table}\""))?;
        }
        self.run(
            "DELETE FROM meta WHERE substr(key, 1, length(?1)) <> ?1",
            [kept],
        )?;
        Ok(())
    }
}

impl Store {
    /// Removes copies of the database from before a migration, damaged ones that were set aside, and keys
    /// that were moved aside.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn remove_copies(dir: &Path) -> Result<()> {
        for start in [BEFORE, DAMAGED, MAKING, KEYS_ASIDE] {
            for path in starting_with(dir, start)? {
                remove_if_there(&path)?;
            }
        }
        Ok(sync_dir_of(&dir.join(DATABASE))?)
    }

    /// Marks the store as going: from now on it is nothing but files to be removed, whatever interrupts
    /// that. On the disk when this returns.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn begin_going(dir: &Path) -> Result<()> {
        let mark = dir.join(GOING);
        write_private(&mark, b"")?;
        Ok(sync_dir_of(&mark)?)
    }

    /// Whether removing the store was begun and not finished.
    #[must_use]
    pub fn is_going(dir: &Path) -> bool {
        dir.join(GOING).exists()
    }

    /// Removes every file of the store, the mark of [`Store::begin_going`] last, and the folder if nothing
    /// else lies in it. The key goes before the database.
    ///
    /// # Errors
    /// What the operating system refuses; doing it again goes on where it stopped.
    pub fn remove_files(dir: &Path) -> Result<()> {
        let database = dir.join(DATABASE);
        // What anybody can read goes first.
        OpenPage::remove(dir)?;
        for name in [KEY_FILE, KEY_FILE_NEW, KEY_CHECK, SUSPECT] {
            remove_if_there(&dir.join(name))?;
        }
        BlobFiles::remove_all(dir)?;
        for suffix in ["-wal", "-shm", "-journal", ""] {
            remove_if_there(&beside(&database, suffix))?;
        }
        Self::remove_copies(dir)?;
        remove_if_there(&dir.join(SYNC_LOCK))?;
        sync_dir_of(&database)?;
        remove_if_there(&dir.join(GOING))?;
        match fs::remove_dir(dir) {
            // Something that is not the store's stays.
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            other => other?,
        }
        Ok(())
    }
}
