//! What relays are asked to erase: each envelope at each relay of its space, until the relay answered.

use belay_model::{EnvelopeId, EpochId};

use crate::sql::{limit, number, numbered};
use crate::{DocRow, EnvelopeRow, ReadTx, Result, SpaceRow, WriteTx};

numbered! {
    /// What a relay said to erasing an envelope.
    pub enum ErasureState {
        /// It was not asked yet, or did not answer.
        Waiting = 0,
        /// It erased the envelope.
        Erased = 1,
        /// It does not have the envelope, and will not take it.
        NotThere = 2,
        /// It did not accept the proof; the envelope may still be there.
        Refused = 3,
    }
}

/// An envelope that a relay may be asked to erase now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueErasure {
    /// The envelope.
    pub envelope: EnvelopeRow,
    /// Its id.
    pub env_id: EnvelopeId,
    /// Its nonce, from which the token follows.
    pub nonce: [u8; 24],
    /// Whether it is known to be at a relay; if not, it may still have arrived there.
    pub known_there: bool,
}

/// What one relay said of one envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Origin of the relay; `None` while it is not worked out yet which are to be asked.
    pub relay: Option<String>,
    /// What it said.
    pub state: ErasureState,
}

/// How many envelopes a relay was asked to erase, by what it said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ErasureCounts {
    /// Not asked yet, or not answered.
    pub waiting: u64,
    /// Erased.
    pub erased: u64,
    /// Never there, or gone already.
    pub not_there: u64,
    /// The proof was not accepted.
    pub refused: u64,
}

impl ReadTx<'_> {
    /// Envelopes of the own person in a space that hold something taken back and were not dealt with yet,
    /// in the order they came to be here.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn taken_back(&self, space: SpaceRow) -> Result<Vec<EnvelopeRow>> {
        self.many(
            "SELECT t.envelope FROM taken_back t CROSS JOIN envelope v ON v.id = t.envelope
             WHERE v.space = ?1 ORDER BY t.envelope",
            [space],
            |row| row.get(0),
        )
    }

    /// Epochs of a space with envelopes that a relay has not answered about, oldest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn epochs_to_erase_in(&self, space: SpaceRow, relay: &str) -> Result<Vec<EpochId>> {
        self.many(
            "SELECT DISTINCT e.epoch_id FROM erasure r INDEXED BY erasure_waiting
             CROSS JOIN envelope v ON v.id = r.envelope CROSS JOIN epoch e ON e.id = v.epoch
             WHERE r.relay = ?2 AND r.state = 0 AND v.space = ?1 ORDER BY e.id",
            (space, relay),
            |row| Ok(EpochId::from_bytes(row.get(0)?)),
        )
    }

    /// The first envelopes of an epoch that a relay may be asked to erase, those known to be there first.
    ///
    /// One may go when what still lives in it is at a relay in another envelope, and the item that says
    /// what was taken back is at a relay too: whoever begins to read then finds no gap. `ended`: the space
    /// was left, and what lived in its envelopes is not sent again.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn due_erasures(
        &self,
        space: SpaceRow,
        epoch: &EpochId,
        relay: &str,
        ended: bool,
        count: usize,
    ) -> Result<Vec<DueErasure>> {
        self.many(
            "SELECT v.id, v.env_id, v.nonce, v.relay_gen IS NOT NULL AS there
             FROM erasure r INDEXED BY erasure_waiting
             CROSS JOIN envelope v ON v.id = r.envelope CROSS JOIN epoch e ON e.id = v.epoch
             WHERE r.relay = ?3 AND r.state = 0 AND e.space = ?1 AND e.epoch_id = ?2
             AND (?4 OR NOT EXISTS
                 (SELECT 1 FROM envelope_item h JOIN item i ON i.id = h.item
                  WHERE h.envelope = v.id AND i.body IS NOT NULL AND NOT EXISTS
                      (SELECT 1 FROM envelope_item o JOIN envelope w ON w.id = o.envelope
                       JOIN envelope_bytes b ON b.envelope = w.id
                       WHERE o.item = i.id AND w.id <> v.id AND w.relay_gen IS NOT NULL)))
             AND NOT EXISTS
                 (SELECT 1 FROM envelope_item h JOIN item i ON i.id = h.item
                  JOIN item t ON t.document = i.document AND t.kind = 9
                  WHERE h.envelope = v.id AND i.body IS NULL AND NOT EXISTS
                      (SELECT 1 FROM envelope_item o JOIN envelope w ON w.id = o.envelope
                       WHERE o.item = t.id AND w.relay_gen IS NOT NULL))
             ORDER BY there DESC, v.id LIMIT ?5",
            (space, epoch.as_bytes(), relay, ended, limit(count)),
            |row| {
                Ok(DueErasure {
                    envelope: row.get(0)?,
                    env_id: EnvelopeId::from_bytes(row.get(1)?),
                    nonce: row.get(2)?,
                    known_there: row.get(3)?,
                })
            },
        )
    }

    /// What the relays said of the envelopes that held erased records of a document.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn erasures_of(&self, document: DocRow) -> Result<Vec<Erasure>> {
        self.many(
            "SELECT r.relay, coalesce(r.state, 0) FROM item i INDEXED BY item_document
             JOIN envelope_item h ON h.item = i.id LEFT JOIN erasure r ON r.envelope = h.envelope
             WHERE i.document = ?1 AND i.kind = 2 AND i.state = 2 ORDER BY r.relay, h.envelope",
            [document],
            |row| {
                Ok(Erasure {
                    relay: row.get(0)?,
                    state: row.get(1)?,
                })
            },
        )
    }

    /// How many envelopes of a space a relay was asked to erase. Walks over all that it ever was.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn erasure_counts(&self, space: SpaceRow, relay: &str) -> Result<ErasureCounts> {
        self.only(
            "SELECT count(*) FILTER (WHERE r.state = 0), count(*) FILTER (WHERE r.state = 1),
                 count(*) FILTER (WHERE r.state = 2), count(*) FILTER (WHERE r.state = 3)
             FROM erasure r CROSS JOIN envelope v ON v.id = r.envelope
             WHERE v.space = ?1 AND r.relay = ?2",
            (space, relay),
            |row| {
                Ok(ErasureCounts {
                    waiting: number(row, 0)?,
                    erased: number(row, 1)?,
                    not_there: number(row, 2)?,
                    refused: number(row, 3)?,
                })
            },
        )
    }
}

impl WriteTx<'_> {
    /// Asks a relay, from the next round on, to erase an envelope; the envelope counts as dealt with. Its
    /// state stays if the relay was asked before.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn ask_to_erase(&self, envelope: EnvelopeRow, relay: &str, at_ms: i64) -> Result<()> {
        self.run(
            "INSERT OR IGNORE INTO erasure (envelope, relay, state, asked_at_ms)
             VALUES (?1, ?2, ?3, ?4)",
            (envelope, relay, ErasureState::Waiting, at_ms),
        )?;
        Ok(())
    }

    /// Notes that an envelope that held something taken back was dealt with.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn settle_taken_back(&self, envelope: EnvelopeRow) -> Result<()> {
        self.run("DELETE FROM taken_back WHERE envelope = ?1", [envelope])?;
        Ok(())
    }

    /// Notes what a relay said.
    ///
    /// # Errors
    /// `MissingRow` when it was not asked, or what SQLite refuses.
    pub fn note_erasure(
        &self,
        envelope: EnvelopeRow,
        relay: &str,
        state: ErasureState,
    ) -> Result<()> {
        self.run_on(
            "erasure",
            "UPDATE erasure SET state = ?3 WHERE envelope = ?1 AND relay = ?2",
            (envelope, relay, state),
        )
    }

    /// After a space moved: a relay is asked, too, to erase what another one was asked to erase since `since_ms`.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn ask_elsewhere_too(&self, space: SpaceRow, relay: &str, since_ms: i64) -> Result<()> {
        self.run(
            "INSERT INTO erasure (envelope, relay, state, asked_at_ms)
             SELECT r.envelope, ?2, 0, max(r.asked_at_ms)
             FROM erasure r CROSS JOIN envelope v ON v.id = r.envelope
             WHERE v.space = ?1 AND r.asked_at_ms >= ?3 GROUP BY r.envelope
             ON CONFLICT (envelope, relay) DO UPDATE SET state = 0",
            (space, relay, since_ms),
        )?;
        Ok(())
    }

    /// After a relay lost its memory: it is asked again about everything of an epoch that it was asked about
    /// since `since_ms`.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn ask_again(
        &self,
        space: SpaceRow,
        epoch: &EpochId,
        relay: &str,
        since_ms: i64,
    ) -> Result<()> {
        self.run(
            "UPDATE erasure SET state = 0 WHERE relay = ?3 AND asked_at_ms >= ?4 AND envelope IN
                 (SELECT v.id FROM epoch e JOIN envelope v ON v.epoch = e.id
                  WHERE e.space = ?1 AND e.epoch_id = ?2)",
            (space, epoch.as_bytes(), relay, since_ms),
        )?;
        Ok(())
    }
}
