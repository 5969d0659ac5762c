//! Single values under a name: counters and small state of the whole store.

use crate::{ReadTx, Result, WriteTx};

impl ReadTx<'_> {
    /// The value under `key`.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn meta(&self, key: &str) -> Result<Option<Vec<u8>>> {
        self.one("SELECT value FROM meta WHERE key = ?1", [key], |row| {
            row.get(0)
        })
    }

    /// Every value whose key begins with `prefix`, in the order of the keys.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn meta_beginning_with(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>> {
        self.many(
            "SELECT key, value FROM meta WHERE key >= ?1 AND substr(key, 1, length(?1)) = ?1
             ORDER BY key",
            [prefix],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

impl WriteTx<'_> {
    /// Puts `value` under `key`, in place of an earlier one.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn put_meta(&self, key: &str, value: &[u8]) -> Result<()> {
        self.run(
            "INSERT INTO meta (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value",
            (key, value),
        )?;
        Ok(())
    }

    /// Drops what is under `key`, if anything.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn delete_meta(&self, key: &str) -> Result<()> {
        self.run("DELETE FROM meta WHERE key = ?1", [key])?;
        Ok(())
    }
}
