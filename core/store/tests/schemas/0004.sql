-- The layout of version 3, frozen: what stores of that version have. Never changed; compared with what
-- the migrations make.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE space (
    id            INTEGER PRIMARY KEY,
    space_id      BLOB NOT NULL UNIQUE,
    kind          INTEGER NOT NULL,
    own_person    BLOB NOT NULL,
    own_device    BLOB NOT NULL,
    inc           INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    state         INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE secret (
    id    INTEGER PRIMARY KEY,
    space INTEGER REFERENCES space,
    kind  INTEGER NOT NULL,
    name  BLOB NOT NULL,
    value BLOB NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX secret_name ON secret (coalesce(space, 0), kind, name);

CREATE TABLE person (
    id        INTEGER PRIMARY KEY,
    space     INTEGER NOT NULL REFERENCES space,
    person_id BLOB NOT NULL,
    UNIQUE (space, person_id)
) STRICT;

CREATE TABLE device (
    id        INTEGER PRIMARY KEY,
    space     INTEGER NOT NULL REFERENCES space,
    person    INTEGER NOT NULL REFERENCES person,
    device_id BLOB NOT NULL,
    UNIQUE (space, device_id)
) STRICT;

CREATE TABLE document (
    id     INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person,
    kind   INTEGER NOT NULL,
    name   BLOB NOT NULL,
    UNIQUE (person, kind, name)
) STRICT;

CREATE TABLE epoch (
    id       INTEGER PRIMARY KEY,
    space    INTEGER NOT NULL REFERENCES space,
    epoch_id BLOB NOT NULL,
    UNIQUE (space, epoch_id)
) STRICT;

CREATE TABLE envelope (
    id         INTEGER PRIMARY KEY,
    space      INTEGER NOT NULL REFERENCES space,
    epoch      INTEGER NOT NULL REFERENCES epoch,
    own        INTEGER NOT NULL,
    env_id     BLOB NOT NULL UNIQUE,
    nonce      BLOB NOT NULL,
    relay_gen  INTEGER,
    relay_seq  INTEGER,
    sent_at_ms INTEGER
) STRICT;

CREATE UNIQUE INDEX envelope_nonce ON envelope (epoch, nonce) WHERE own = 1;

CREATE INDEX envelope_unsent ON envelope (epoch) WHERE relay_gen IS NULL;

CREATE TABLE envelope_bytes (
    envelope INTEGER PRIMARY KEY REFERENCES envelope,
    bytes    BLOB NOT NULL
) STRICT;

CREATE TABLE item (
    id          INTEGER PRIMARY KEY,
    space       INTEGER NOT NULL REFERENCES space,
    device      INTEGER NOT NULL REFERENCES device,
    inc         INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    item_id     BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    document    INTEGER REFERENCES document,
    hlc         INTEGER NOT NULL,
    state       INTEGER NOT NULL,
    detached    BLOB NOT NULL,
    body        BLOB
) STRICT;

CREATE INDEX item_slot ON item (device, inc, seq);

CREATE INDEX item_document ON item (document) WHERE document IS NOT NULL;

CREATE INDEX item_control ON item (space) WHERE kind >= 3;

CREATE INDEX item_troubled ON item (space) WHERE state IN (1, 3);

CREATE TABLE held (
    id       INTEGER PRIMARY KEY,
    space    INTEGER NOT NULL REFERENCES space,
    reason   INTEGER NOT NULL,
    item_id  BLOB NOT NULL,
    envelope INTEGER REFERENCES envelope,
    at_ms    INTEGER NOT NULL,
    bytes    BLOB NOT NULL
) STRICT;

CREATE INDEX held_item ON held (space, item_id);

CREATE TABLE chain (
    device        INTEGER NOT NULL REFERENCES device,
    inc           INTEGER NOT NULL,
    contiguous    INTEGER NOT NULL,
    contiguous_id BLOB,
    ranges        BLOB NOT NULL,
    top_seq       INTEGER NOT NULL,
    top_id        BLOB NOT NULL,
    top_hlc       INTEGER NOT NULL,
    heads         BLOB NOT NULL,
    PRIMARY KEY (device, inc)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    item          INTEGER PRIMARY KEY REFERENCES item,
    space         INTEGER NOT NULL REFERENCES space,
    not_before_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE peer_ack (
    by_device    INTEGER NOT NULL REFERENCES device,
    about_device INTEGER NOT NULL REFERENCES device,
    inc          INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    at_ms        INTEGER NOT NULL,
    PRIMARY KEY (by_device, about_device, inc)
) STRICT, WITHOUT ROWID;

CREATE TABLE mailbox (
    epoch           INTEGER NOT NULL REFERENCES epoch,
    relay           TEXT NOT NULL,
    created         INTEGER NOT NULL,
    gen             INTEGER,
    cursor          INTEGER NOT NULL,
    last_contact_ms INTEGER,
    last_error      TEXT,
    PRIMARY KEY (epoch, relay)
) STRICT, WITHOUT ROWID;

CREATE TABLE own (
    document      INTEGER PRIMARY KEY REFERENCES document,
    kind          INTEGER NOT NULL,
    day           TEXT,
    at_ms         INTEGER NOT NULL,
    related       BLOB,
    deleted_at_ms INTEGER,
    json          TEXT NOT NULL
) STRICT;

CREATE INDEX own_day ON own (kind, day, at_ms);

CREATE INDEX own_related ON own (kind, related, day) WHERE related IS NOT NULL;

CREATE TABLE shared (
    document  INTEGER PRIMARY KEY REFERENCES document,
    person    INTEGER NOT NULL REFERENCES person,
    kind      INTEGER NOT NULL,
    rev       INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    item      INTEGER NOT NULL,
    hlc       INTEGER NOT NULL,
    day       TEXT,
    about     BLOB,
    json      TEXT NOT NULL
) STRICT;

CREATE INDEX shared_day ON shared (person, kind, day, hlc) WHERE withdrawn = 0;

CREATE INDEX shared_about ON shared (about) WHERE about IS NOT NULL;

CREATE TABLE entry_text (
    document INTEGER PRIMARY KEY REFERENCES document,
    text     TEXT NOT NULL
) STRICT;
CREATE INDEX own_deleted ON own (kind, deleted_at_ms) WHERE deleted_at_ms IS NOT NULL;

CREATE TABLE draft (
    id    INTEGER PRIMARY KEY,
    about BLOB,
    at_ms INTEGER NOT NULL,
    text  TEXT NOT NULL
) STRICT;

CREATE TABLE envelope_item (
    item     INTEGER NOT NULL REFERENCES item,
    envelope INTEGER NOT NULL REFERENCES envelope,
    PRIMARY KEY (item, envelope)
) STRICT, WITHOUT ROWID;

CREATE INDEX envelope_item_envelope ON envelope_item (envelope);

CREATE TABLE taken_back (
    envelope INTEGER PRIMARY KEY REFERENCES envelope
) STRICT;

CREATE TABLE erasure (
    envelope    INTEGER NOT NULL REFERENCES envelope,
    relay       TEXT NOT NULL,
    state       INTEGER NOT NULL,
    asked_at_ms INTEGER NOT NULL,
    PRIMARY KEY (envelope, relay)
) STRICT, WITHOUT ROWID;

CREATE INDEX erasure_waiting ON erasure (relay) WHERE state = 0;

CREATE INDEX envelope_number ON envelope (epoch, relay_seq) WHERE relay_gen IS NOT NULL;


CREATE TABLE entry_place (
    document INTEGER PRIMARY KEY REFERENCES document,
    place    INTEGER NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE entry_search USING fts5 (title, body, tags, facets, tokenize = 'ascii', columnsize = 0);
