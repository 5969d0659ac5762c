-- The words of entries, to be searched (J2). Part of the projection.

-- Where an entry stands among all of them: the later its day, and on one day its time, the larger the number. It is
-- the row number of the index too, so that the newest finds come first without sorting.
CREATE TABLE entry_place (
    document INTEGER PRIMARY KEY REFERENCES document,
    place    INTEGER NOT NULL UNIQUE
) STRICT;
-- Terms as belay-model cuts them, with spaces between; the tokenizer has nothing left to decide.
CREATE VIRTUAL TABLE entry_search USING fts5 (title, body, tags, facets, tokenize = 'ascii', columnsize = 0);
-- What is taken out of the index is overwritten at once, not only marked.
INSERT INTO entry_search (entry_search, rank) VALUES ('secure-delete', 1);
