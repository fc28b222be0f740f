-- What became of records, by the value of the change counter with which it happened; a report reads the part it needs.
CREATE TABLE events (
    change INTEGER NOT NULL,
    pmid INTEGER NOT NULL,
    what TEXT NOT NULL,          -- new, returned, revised_text, metadata_only, deleted, or a state ("retracted")
    PRIMARY KEY (change, pmid, what)
) STRICT, WITHOUT ROWID;

-- What held records say about other records: a notice speaks of its study before the study's own record does.
CREATE TABLE notices (
    target INTEGER NOT NULL,
    notice INTEGER NOT NULL,
    kind TEXT NOT NULL,          -- RefType on the notice, such as RetractionOf
    PRIMARY KEY (target, notice, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_by_notice ON notices (notice);

-- What the study's own record says of its state; '' for rows of an older format that have not changed since.
ALTER TABLE articles ADD COLUMN state TEXT NOT NULL DEFAULT '';

-- How far each saved search has been followed: day up to which all is known, day of the last comparison of all ids.
CREATE TABLE watermarks (
    name TEXT PRIMARY KEY,
    followed TEXT NOT NULL,
    compared TEXT NOT NULL
) STRICT;
