//! Secrets that live on this device only, such as its private keys.
//!
//! They are plain bytes inside the encrypted database; what a kind's name and value are is the caller's.

use rusqlite::Row;
use zeroize::Zeroizing;

use crate::sql::numbered;
use crate::{ReadTx, Result, SpaceRow, WriteTx};

numbered! {
    /// What a secret is for.
    pub enum SecretKind {
        /// Seed of this device's signing key in a space.
        SignSeed = 1,
        /// Seed of a KEM key of this device in a space; named by its number.
        KemSeed = 2,
        /// The secret of an epoch; named by the epoch.
        EpochSecret = 3,
        /// What this person erases their own envelopes with in a space.
        EraseKey = 4,
        /// What the recovery words stand for, until they are confirmed.
        RecoveryEntropy = 5,
        // 6 is never used: it was set aside for a person's root, which is only ever kept sealed to the
        // recovery key.
        /// An invitation to pair at a distance, as far as it has come, with its keys; named by the
        /// invitation.
        Invitation = 7,
        /// Seed of the mailbox that sealed copies of the keyring are posted to.
        RecoveryMailbox = 8,
    }
}

/// A secret and its name.
pub struct Secret {
    /// What tells it from others of its kind.
    pub name: Vec<u8>,
    /// The secret itself; overwritten when dropped.
    pub value: Zeroizing<Vec<u8>>,
    /// When it was put there.
    pub at_ms: i64,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret")
            .field("at_ms", &self.at_ms)
            .finish_non_exhaustive()
    }
}

/// Takes the value without leaving a second copy behind.
fn value(row: &Row<'_>, column: usize) -> rusqlite::Result<Zeroizing<Vec<u8>>> {
    Ok(Zeroizing::new(row.get(column)?))
}

impl ReadTx<'_> {
    /// The secret of that kind and name; `space` is `None` for what belongs to the whole store.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn secret(
        &self,
        space: Option<SpaceRow>,
        kind: SecretKind,
        name: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>> {
        self.one(
            "SELECT value FROM secret WHERE coalesce(space, 0) = coalesce(?1, 0) AND kind = ?2 AND name = ?3",
            (space, kind, name),
            |row| value(row, 0),
        )
    }

    /// All secrets of a kind, by time and then name.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn secrets(&self, space: Option<SpaceRow>, kind: SecretKind) -> Result<Vec<Secret>> {
        self.many(
            "SELECT name, value, at_ms FROM secret
             WHERE coalesce(space, 0) = coalesce(?1, 0) AND kind = ?2 ORDER BY at_ms, name",
            (space, kind),
            |row| {
                Ok(Secret {
                    name: row.get(0)?,
                    value: value(row, 1)?,
                    at_ms: row.get(2)?,
                })
            },
        )
    }
}

impl WriteTx<'_> {
    /// Puts a secret, in place of an earlier one of that name.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn put_secret(
        &self,
        space: Option<SpaceRow>,
        kind: SecretKind,
        name: &[u8],
        value: &[u8],
        at_ms: i64,
    ) -> Result<()> {
        self.run(
            "INSERT INTO secret (space, kind, name, value, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (coalesce(space, 0), kind, name)
             DO UPDATE SET value = excluded.value, at_ms = excluded.at_ms",
            (space, kind, name, value, at_ms),
        )?;
        Ok(())
    }

    /// Drops a secret, overwriting it in the database; says whether there was one. Its old bytes leave
    /// the log with the next [`crate::Store::checkpoint`].
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn delete_secret(
        &self,
        space: Option<SpaceRow>,
        kind: SecretKind,
        name: &[u8],
    ) -> Result<bool> {
        let dropped = self.run(
            "DELETE FROM secret WHERE coalesce(space, 0) = coalesce(?1, 0) AND kind = ?2 AND name = ?3",
            (space, kind, name),
        )?;
        Ok(dropped > 0)
    }
}
