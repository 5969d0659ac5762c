-- Every envelope that holds an item, and what relays are asked to erase.
--
-- Until now an item knew the envelope it came in, or the last one it was sealed into. Earlier ones cannot
-- be told any more; an own envelope without bytes was given up, and whatever it held went into another.

CREATE TABLE envelope_item (
    item     INTEGER NOT NULL REFERENCES item,
    envelope INTEGER NOT NULL REFERENCES envelope,
    PRIMARY KEY (item, envelope)
) STRICT, WITHOUT ROWID;
INSERT INTO envelope_item SELECT id, envelope FROM item WHERE envelope IS NOT NULL;
CREATE INDEX envelope_item_envelope ON envelope_item (envelope);
DROP INDEX item_envelope;
ALTER TABLE item DROP COLUMN envelope;

-- Envelopes of the own person that hold something which was taken back since: what still lives in them
-- must go into another one, and the relays must be asked to erase them.
CREATE TABLE taken_back (
    envelope INTEGER PRIMARY KEY REFERENCES envelope
) STRICT;
INSERT INTO taken_back
    SELECT v.id FROM envelope v WHERE v.own = 1 AND (
        NOT EXISTS (SELECT 1 FROM envelope_bytes b WHERE b.envelope = v.id)
        OR EXISTS (SELECT 1 FROM envelope_item h JOIN item i ON i.id = h.item
                   WHERE h.envelope = v.id AND i.body IS NULL));
DELETE FROM envelope_bytes WHERE envelope IN
    (SELECT h.envelope FROM envelope_item h JOIN item i ON i.id = h.item WHERE i.body IS NULL);

-- What each relay was asked to erase, and what it said.
CREATE TABLE erasure (
    envelope    INTEGER NOT NULL REFERENCES envelope,
    relay       TEXT NOT NULL,
    state       INTEGER NOT NULL,
    asked_at_ms INTEGER NOT NULL,
    PRIMARY KEY (envelope, relay)
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_waiting ON erasure (relay) WHERE state = 0;

-- The highest number a mailbox is known to have reached.
CREATE INDEX envelope_number ON envelope (epoch, relay_seq) WHERE relay_gen IS NOT NULL;
