-- The relay's data. Nothing here says who, what or how many people.

CREATE TABLE mailbox (
    -- Never used twice, so rows of a deleted mailbox can be removed little by little.
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    pk        BLOB    NOT NULL UNIQUE,
    gen       INTEGER NOT NULL,
    head      INTEGER NOT NULL,
    floor     INTEGER NOT NULL,
    bytes     INTEGER NOT NULL,
    quota     INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    expires   INTEGER NOT NULL,
    -- How many rows of `withdrawn` belong to it: none for almost all, which saves looking.
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX mailbox_by_expiry ON mailbox (expires);

CREATE TABLE envelope (
    -- mailbox << 32 | seq: clustered by both, and small in every index.
    place      INTEGER PRIMARY KEY,
    mailbox    INTEGER NOT NULL,
    -- The first eight bytes of env_id. The index holds these only; the rest is compared in the row.
    short      INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    -- When its grace ends; NULL where nobody withdrew it or the body is gone already.
    due        INTEGER,
    env_id     BLOB    NOT NULL,
    erase_hash BLOB    NOT NULL,
    -- NULL: erased.
    body       BLOB
) STRICT;

CREATE INDEX envelope_by_id ON envelope (mailbox, short);
CREATE INDEX envelope_by_due ON envelope (due) WHERE due IS NOT NULL;

-- Withdrawals of envelopes that were never here, so that nobody can bring them later.
CREATE TABLE withdrawn (
    mailbox    INTEGER NOT NULL,
    env_id     BLOB    NOT NULL,
    erase_hash BLOB    NOT NULL,
    day        INTEGER NOT NULL,
    PRIMARY KEY (mailbox, env_id, erase_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX withdrawn_by_day ON withdrawn (day);

-- Deleted mailboxes whose rows are still being removed.
CREATE TABLE dropped (
    mailbox INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE slot (
    rendezvous BLOB    NOT NULL,
    number     INTEGER NOT NULL,
    expires    INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    body       BLOB    NOT NULL,
    PRIMARY KEY (rendezvous, number)
) STRICT;

CREATE INDEX slot_by_expiry ON slot (expires, size);

CREATE TABLE token (
    id      BLOB    PRIMARY KEY,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX token_by_expiry ON token (expires);
