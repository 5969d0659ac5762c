-- Sealed blobs, part by part.

ALTER TABLE mailbox ADD COLUMN blob_bytes INTEGER NOT NULL DEFAULT 0;

CREATE TABLE blob (
    -- Never used twice, so parts of a blob that is gone can be removed little by little.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    mailbox    INTEGER NOT NULL,
    name       BLOB    NOT NULL,
    erase_hash BLOB    NOT NULL,
    total      INTEGER NOT NULL,
    held       INTEGER NOT NULL,
    -- The day its last part came.
    touched    INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX blob_by_name ON blob (mailbox, name);
CREATE INDEX blob_unfinished ON blob (touched) WHERE held < total;

CREATE TABLE blob_part (
    -- blob << 32 | offset: clustered by both.
    place INTEGER PRIMARY KEY,
    body  BLOB    NOT NULL
) STRICT;

-- Blobs that are gone and whose parts are still being removed.
CREATE TABLE dropped_blob (
    blob INTEGER PRIMARY KEY
) STRICT;
