//! Sealed envelopes: what was made here and what came in, with their bytes.

use belay_model::{EnvelopeId, EpochId};
use belay_protocol::Outer;
use belay_protocol::relay::Generation;
use rusqlite::Row;

use crate::sql::{generation, generation_to_sql, limit, number, ordered};
use crate::{EnvelopeRow, ItemRow, ReadTx, Result, SpaceRow, StoreError, WriteTx};

/// An envelope sealed here, to be kept until it is sent and after.
#[derive(Debug, Clone, Copy)]
pub struct NewEnvelope<'a> {
    /// The space.
    pub space: SpaceRow,
    /// The epoch it is sealed under.
    pub epoch: EpochId,
    /// Its id.
    pub env_id: EnvelopeId,
    /// Its nonce; never used twice under one epoch.
    pub nonce: [u8; 24],
    /// The outer bytes, as they travel.
    pub bytes: &'a [u8],
    /// The items in it.
    pub items: &'a [ItemRow],
}

/// An envelope to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its row.
    pub row: EnvelopeRow,
    /// Its id.
    pub env_id: EnvelopeId,
    /// The outer bytes, as they travel.
    pub bytes: Vec<u8>,
}

/// Where an envelope stands at a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Its number in the mailbox.
    pub seq: u64,
    /// The mailbox's generation that the number belongs to.
    pub generation: Generation,
    /// When the relay took it from this device; `None` when it came from there.
    pub at_ms: Option<i64>,
}

/// What is known of an envelope, without its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope {
    /// Its row.
    pub row: EnvelopeRow,
    /// The space.
    pub space: SpaceRow,
    /// The epoch it is sealed under.
    pub epoch: EpochId,
    /// Its id.
    pub env_id: EnvelopeId,
    /// Its nonce.
    pub nonce: [u8; 24],
    /// Whether it was sealed here.
    pub own: bool,
    /// Where it stands at a relay, if that is known.
    pub sent: Option<Sent>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.space, e.epoch_id, v.env_id, v.nonce, v.own, v.relay_seq, v.relay_gen, v.sent_at_ms ",
            "FROM envelope v JOIN epoch e ON e.id = v.epoch ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<Envelope> {
    let sent = match generation(row, 7)? {
        Some(generation) => Some(Sent {
            seq: number(row, 6)?,
            generation,
            at_ms: row.get(8)?,
        }),
        None => None,
    };
    Ok(Envelope {
        row: row.get(0)?,
        space: row.get(1)?,
        epoch: EpochId::from_bytes(row.get(2)?),
        env_id: EnvelopeId::from_bytes(row.get(3)?),
        nonce: row.get(4)?,
        own: row.get(5)?,
        sent,
    })
}

/// Where a relay said that it put an own envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The number it gave.
    pub seq: u64,
    /// The envelope.
    pub env_id: EnvelopeId,
    /// It is in use: nothing in it was taken back since, and it was not given up.
    pub live: bool,
}

impl ReadTx<'_> {
    /// Where in a generation of its mailbox a relay said it put own envelopes, for the numbers after `after`
    /// and up to `to`.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_claims(
        &self,
        space: SpaceRow,
        epoch: &EpochId,
        in_generation: Generation,
        after: u64,
        to: u64,
    ) -> Result<Vec<Claim>> {
        self.many(
            "SELECT v.relay_seq, v.env_id,
                 EXISTS (SELECT 1 FROM envelope_bytes b WHERE b.envelope = v.id)
             FROM epoch e
             CROSS JOIN envelope v INDEXED BY envelope_nonce ON v.epoch = e.id AND v.own = 1
             WHERE e.space = ?1 AND e.epoch_id = ?2 AND v.relay_gen = ?3
             AND v.relay_seq > ?4 AND v.relay_seq <= ?5",
            (
                space,
                epoch.as_bytes(),
                generation_to_sql(in_generation),
                ordered(after, "seq")?,
                ordered(to, "seq")?,
            ),
            |row| {
                Ok(Claim {
                    seq: number(row, 0)?,
                    env_id: EnvelopeId::from_bytes(row.get(1)?),
                    live: row.get(2)?,
                })
            },
        )
    }

    /// The first envelopes of an epoch that are not known to be at a relay, in the order they came to be
    /// here: at most `count`, and of `bytes` in all, but at least one.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn unsent(
        &self,
        space: SpaceRow,
        epoch: EpochId,
        count: usize,
        bytes: usize,
    ) -> Result<Vec<Sealed>> {
        let waiting: Vec<(EnvelopeRow, [u8; 32], u64)> = self.many(
            "SELECT v.id, v.env_id, length(b.bytes) FROM epoch e
             CROSS JOIN envelope v ON v.epoch = e.id AND v.relay_gen IS NULL
             CROSS JOIN envelope_bytes b ON b.envelope = v.id
             WHERE e.space = ?1 AND e.epoch_id = ?2 ORDER BY v.id LIMIT ?3",
            (space, epoch.as_bytes(), limit(count)),
            |row| Ok((row.get(0)?, row.get(1)?, number(row, 2)?)),
        )?;
        let mut total = 0;
        waiting
            .into_iter()
            .take_while(|(_, _, length)| {
                let first = total == 0;
                total += length;
                first || total <= bytes as u64
            })
            .map(|(row, env_id, _)| {
                Ok(Sealed {
                    row,
                    env_id: EnvelopeId::from_bytes(env_id),
                    bytes: self.envelope_bytes(row)?,
                })
            })
            .collect()
    }

    /// Epochs of a space with envelopes that are not known to be at a relay, oldest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn unsent_epochs(&self, space: SpaceRow) -> Result<Vec<EpochId>> {
        self.many(
            "SELECT e.epoch_id FROM epoch e WHERE e.space = ?1 AND EXISTS
                 (SELECT 1 FROM envelope v JOIN envelope_bytes b ON b.envelope = v.id
                  WHERE v.epoch = e.id AND v.relay_gen IS NULL)
             ORDER BY e.id",
            [space],
            |row| Ok(EpochId::from_bytes(row.get(0)?)),
        )
    }

    /// How many envelopes were sealed here under an epoch.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn envelopes_under(&self, space: SpaceRow, epoch: &EpochId) -> Result<u64> {
        self.only(
            "SELECT count(*) FROM epoch e
             JOIN envelope v INDEXED BY envelope_nonce ON v.epoch = e.id AND v.own = 1
             WHERE e.space = ?1 AND e.epoch_id = ?2",
            (space, epoch.as_bytes()),
            |row| number(row, 0),
        )
    }

    /// The highest number that an envelope of an epoch is known to have at a relay in a generation: the
    /// relay's head cannot be below it.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn highest_number(
        &self,
        space: SpaceRow,
        epoch: &EpochId,
        generation: Generation,
    ) -> Result<Option<u64>> {
        self.one(
            "SELECT v.relay_seq FROM epoch e
             CROSS JOIN envelope v INDEXED BY envelope_number ON v.epoch = e.id
             WHERE e.space = ?1 AND e.epoch_id = ?2 AND v.relay_gen IS NOT NULL AND v.relay_gen = ?3
             ORDER BY v.relay_seq DESC LIMIT 1",
            (space, epoch.as_bytes(), generation_to_sql(generation)),
            |row| number(row, 0),
        )
    }

    /// Whether an envelope is here, sealed or received.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn has_envelope(&self, env_id: &EnvelopeId) -> Result<bool> {
        let found = self.one(
            "SELECT 1 FROM envelope WHERE env_id = ?1",
            [env_id.as_bytes()],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// What is known of an envelope.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn envelope(&self, row: EnvelopeRow) -> Result<Envelope> {
        self.one(select!("WHERE v.id = ?1"), [row], read)?
            .ok_or(StoreError::MissingRow("envelope"))
    }

    /// An envelope's outer bytes, as they travel.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn envelope_bytes(&self, row: EnvelopeRow) -> Result<Vec<u8>> {
        self.one(
            "SELECT bytes FROM envelope_bytes WHERE envelope = ?1",
            [row],
            |row| row.get(0),
        )?
        .ok_or(StoreError::MissingRow("envelope"))
    }
}

impl WriteTx<'_> {
    /// Keeps an envelope sealed here. Its items leave the outbox; an item may be in several envelopes.
    ///
    /// # Errors
    /// `NonceReused`, `MissingRow` when an item is not there, or what SQLite refuses.
    pub fn insert_sealed(&self, sealed: &NewEnvelope<'_>) -> Result<EnvelopeRow> {
        let epoch = self.epoch_row(sealed.space, &sealed.epoch)?;
        let used = self.one(
            "SELECT 1 FROM envelope WHERE epoch = ?1 AND nonce = ?2 AND own = 1",
            (epoch, sealed.nonce),
            |_| Ok(()),
        )?;
        if used.is_some() {
            return Err(StoreError::NonceReused);
        }
        let row = EnvelopeRow(self.add(
            "INSERT INTO envelope (space, epoch, own, env_id, nonce) VALUES (?1, ?2, 1, ?3, ?4)",
            (sealed.space, epoch, sealed.env_id.as_bytes(), sealed.nonce),
        )?);
        self.put_bytes(row, sealed.bytes)?;
        for item in sealed.items {
            self.unqueue_item(*item)?;
            self.put_in_envelope(*item, row)?;
        }
        Ok(row)
    }

    /// Keeps an envelope that a relay gave at (`generation`, `seq`). `None` when it is here already; if it
    /// was not known to be at the relay, it is now.
    ///
    /// # Errors
    /// `OutOfRange`, `Malformed` when the bytes are no envelope, or what SQLite refuses.
    pub fn insert_received(
        &self,
        space: SpaceRow,
        epoch: &EpochId,
        env_id: &EnvelopeId,
        bytes: &[u8],
        generation: Generation,
        seq: u64,
    ) -> Result<Option<EnvelopeRow>> {
        let seq = ordered(seq, "seq")?;
        if self.has_envelope(env_id)? {
            self.run(
                "UPDATE envelope SET relay_gen = ?2, relay_seq = ?3 WHERE env_id = ?1 AND relay_gen IS NULL",
                (env_id.as_bytes(), generation_to_sql(generation), seq),
            )?;
            return Ok(None);
        }
        let outer = Outer::parse(bytes).map_err(|_| StoreError::Malformed("envelope"))?;
        let epoch = self.epoch_row(space, epoch)?;
        let row = EnvelopeRow(self.add(
            "INSERT INTO envelope (space, epoch, own, env_id, nonce, relay_gen, relay_seq)
             VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6)",
            (
                space,
                epoch,
                env_id.as_bytes(),
                outer.nonce,
                generation_to_sql(generation),
                seq,
            ),
        )?);
        self.put_bytes(row, bytes)?;
        Ok(Some(row))
    }

    /// Notes that a relay has an envelope, at (`generation`, `seq`).
    ///
    /// # Errors
    /// `OutOfRange`, `MissingRow`, or what SQLite refuses.
    pub fn mark_sent(
        &self,
        row: EnvelopeRow,
        seq: u64,
        generation: Generation,
        at_ms: i64,
    ) -> Result<()> {
        self.run_on(
            "envelope",
            "UPDATE envelope SET relay_gen = ?2, relay_seq = ?3, sent_at_ms = ?4 WHERE id = ?1",
            (
                row,
                generation_to_sql(generation),
                ordered(seq, "seq")?,
                at_ms,
            ),
        )
    }

    /// Notes that the relay lost its memory: no envelope of the epoch is known to be there any more. Those
    /// that are found there again are noted by [`WriteTx::insert_received`], the rest is sent again.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn unsend(&self, space: SpaceRow, epoch: &EpochId) -> Result<()> {
        self.run(
            // The number stays: it tells that a relay had the envelope once.
            "UPDATE envelope SET relay_gen = NULL, sent_at_ms = NULL
             WHERE relay_gen IS NOT NULL
             AND epoch = (SELECT id FROM epoch WHERE space = ?1 AND epoch_id = ?2)",
            (space, epoch.as_bytes()),
        )?;
        Ok(())
    }

    pub(crate) fn put_bytes(&self, row: EnvelopeRow, bytes: &[u8]) -> Result<()> {
        self.run(
            "INSERT INTO envelope_bytes (envelope, bytes) VALUES (?1, ?2)",
            (row, bytes),
        )?;
        Ok(())
    }
}
