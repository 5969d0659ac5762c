//! The part of the relay's work that is SQLite's: the rows of envelopes in one plain table, a group in
//! one durable transaction.

use std::path::Path;

use belay_relay::engine::NewEnvelope;
use rusqlite::{Connection, TransactionBehavior, params};

use crate::Outcome;

/// A database file with the columns the relay keeps of an envelope and no mailboxes.
pub struct RawRelay {
    connection: Connection,
    place: i64,
}

impl RawRelay {
    /// Makes it in a folder, set up as the relay sets up its own; with the index that finds an envelope
    /// by its id, or without.
    pub fn make(folder: &Path, is_indexed: bool) -> Outcome<Self> {
        let connection = Connection::open(folder.join("raw.sqlite"))?;
        connection.execute_batch(
            "PRAGMA auto_vacuum = INCREMENTAL;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA fullfsync = ON;
             PRAGMA checkpoint_fullfsync = ON;
             PRAGMA secure_delete = ON;
             PRAGMA journal_size_limit = 67108864;
             PRAGMA cache_size = -16384;
             CREATE TABLE envelope (
                 place      INTEGER PRIMARY KEY,
                 mailbox    INTEGER NOT NULL,
                 short      INTEGER NOT NULL,
                 day        INTEGER NOT NULL,
                 size       INTEGER NOT NULL,
                 due        INTEGER,
                 env_id     BLOB NOT NULL,
                 erase_hash BLOB NOT NULL,
                 body       BLOB
             ) STRICT;",
        )?;
        if is_indexed {
            connection.execute_batch("CREATE INDEX envelope_by_id ON envelope (mailbox, short)")?;
        }
        Ok(Self {
            connection,
            place: 0,
        })
    }

    /// Stores a group; it is on the disk when this returns.
    pub fn commit(&mut self, envelopes: &[NewEnvelope]) -> Outcome<()> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO envelope (place, mailbox, short, day, size, env_id, erase_hash, body)
                 VALUES (?1, 1, ?2, 20000, ?3, ?4, ?5, ?6)",
            )?;
            for envelope in envelopes {
                self.place += 1;
                let (short, _) = envelope
                    .id
                    .as_bytes()
                    .split_first_chunk::<8>()
                    .ok_or("an id is longer")?;
                insert.execute(params![
                    self.place,
                    i64::from_be_bytes(*short),
                    i64::try_from(envelope.bytes.len())?,
                    envelope.id.as_bytes().as_slice(),
                    envelope.erase_hash.as_slice(),
                    &envelope.bytes[..],
                ])?;
            }
        }
        Ok(transaction.commit()?)
    }
}
