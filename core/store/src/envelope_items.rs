//! Which items an envelope holds, and taking an envelope out of use.

use crate::{EnvelopeRow, ItemRow, ReadTx, Result, WriteTx};

impl ReadTx<'_> {
    /// All envelopes known to hold an item, in the order they came to be here: those it was sealed into and
    /// those it came in.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn envelopes_of(&self, item: ItemRow) -> Result<Vec<EnvelopeRow>> {
        self.many(
            "SELECT envelope FROM envelope_item WHERE item = ?1 ORDER BY envelope",
            [item],
            |row| row.get(0),
        )
    }

    /// Whether an item was ever sealed or received: it may be elsewhere, and then cannot be taken back
    /// without a trace.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn was_sealed(&self, item: ItemRow) -> Result<bool> {
        self.only(
            "SELECT EXISTS (SELECT 1 FROM envelope_item WHERE item = ?1)",
            [item],
            |row| row.get(0),
        )
    }

    /// Whether an item is in an envelope that a relay is known to have had at some time, also one that has lost
    /// its memory since.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn was_at_relay(&self, item: ItemRow) -> Result<bool> {
        self.only(
            "SELECT EXISTS (SELECT 1 FROM envelope_item h JOIN envelope v ON v.id = h.envelope
                            WHERE h.item = ?1 AND v.relay_seq IS NOT NULL)",
            [item],
            |row| row.get(0),
        )
    }

    /// The items of an envelope that still have bodies and are in no other envelope whose bytes are kept,
    /// with their kinds, in the order they arrived: what must be sealed again before it can go.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn only_in(&self, envelope: EnvelopeRow) -> Result<Vec<(ItemRow, u8)>> {
        self.many(
            "SELECT i.id, i.kind FROM envelope_item h JOIN item i ON i.id = h.item
             WHERE h.envelope = ?1 AND i.body IS NOT NULL AND NOT EXISTS
                 (SELECT 1 FROM envelope_item o JOIN envelope_bytes b ON b.envelope = o.envelope
                  WHERE o.item = i.id AND o.envelope <> ?1)
             ORDER BY i.id",
            [envelope],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

impl WriteTx<'_> {
    /// Notes that an envelope holds an item. If the item's body is erased already, the envelope goes out
    /// of use ([`WriteTx::drop_envelope`]).
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn put_in_envelope(&self, item: ItemRow, envelope: EnvelopeRow) -> Result<()> {
        let erased = self
            .one(
                "SELECT body IS NULL FROM item WHERE id = ?1",
                [item],
                |row| row.get(0),
            )?
            .ok_or(crate::StoreError::MissingRow("item"))?;
        self.run(
            "INSERT OR IGNORE INTO envelope_item (item, envelope) VALUES (?1, ?2)",
            (item, envelope),
        )?;
        if erased {
            self.drop_envelope(envelope)?;
        }
        Ok(())
    }

    /// Takes an envelope out of use because something in it was taken back: its bytes are overwritten here,
    /// and if it is of the own person, it waits for [`ReadTx::taken_back`]. What is known of it stays.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn drop_envelope(&self, envelope: EnvelopeRow) -> Result<()> {
        self.drop_bytes(envelope)?;
        self.run(
            "INSERT OR IGNORE INTO taken_back (envelope)
             SELECT v.id FROM envelope v WHERE v.id = ?1 AND (v.own = 1 OR EXISTS
                 (SELECT 1 FROM envelope_item h JOIN item i ON i.id = h.item
                  JOIN device d ON d.id = i.device JOIN person p ON p.id = d.person
                  JOIN space s ON s.id = v.space
                  WHERE h.envelope = v.id AND i.kind <> 3 AND p.person_id = s.own_person))
             AND NOT EXISTS (SELECT 1 FROM erasure WHERE envelope = v.id)",
            [envelope],
        )?;
        Ok(())
    }

    /// Gives up an own envelope that is not known to be at a relay: what is only in it waits to be sealed
    /// again, and its bytes are dropped. What is known of it stays, for it may have arrived. Does nothing for
    /// an envelope that is at a relay, was received, or was given up before.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn unseal(&self, envelope: EnvelopeRow) -> Result<()> {
        let open = "SELECT e.id FROM envelope e JOIN envelope_bytes b ON b.envelope = e.id
                    WHERE e.id = ?1 AND e.own = 1 AND e.relay_gen IS NULL";
        if self.one(open, [envelope], |_| Ok(()))?.is_none() {
            return Ok(());
        }
        self.requeue(envelope)?;
        self.drop_bytes(envelope)
    }

    /// Puts what is only in an envelope in line to be sealed again, at once.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn requeue(&self, envelope: EnvelopeRow) -> Result<()> {
        let space = self.envelope(envelope)?.space;
        for (item, _) in self.only_in(envelope)? {
            self.run(
                "INSERT INTO outbox (item, space, not_before_ms) VALUES (?1, ?2, 0)
                 ON CONFLICT (item) DO NOTHING",
                (item, space),
            )?;
        }
        Ok(())
    }

    pub(crate) fn drop_envelopes_of(&self, item: ItemRow) -> Result<()> {
        for envelope in self.envelopes_of(item)? {
            self.drop_envelope(envelope)?;
        }
        Ok(())
    }

    pub(crate) fn drop_bytes(&self, envelope: EnvelopeRow) -> Result<()> {
        self.run("DELETE FROM envelope_bytes WHERE envelope = ?1", [envelope])?;
        Ok(())
    }
}
