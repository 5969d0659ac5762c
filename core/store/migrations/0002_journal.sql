-- The journal: texts of entries, apart from the rows that lists walk over, and what was typed and is not
-- written yet.

-- Part of the projection.
CREATE TABLE entry_text (
    document INTEGER PRIMARY KEY REFERENCES document,
    text     TEXT NOT NULL
) STRICT;
CREATE INDEX own_deleted ON own (kind, deleted_at_ms) WHERE deleted_at_ms IS NOT NULL;

-- Never sent anywhere. about is the name of the entry that was being changed, if it was not a new one.
CREATE TABLE draft (
    id    INTEGER PRIMARY KEY,
    about BLOB,
    at_ms INTEGER NOT NULL,
    text  TEXT NOT NULL
) STRICT;
