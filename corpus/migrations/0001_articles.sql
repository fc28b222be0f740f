-- One row for each version of each record; id = pmid * 1000 + version, so that rows lie in PMID order.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    pmid INTEGER NOT NULL,
    version INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    revised TEXT NOT NULL,       -- DateRevised as ISO date, '' if absent
    entered TEXT NOT NULL,       -- PubMed entry date as ISO date, '' if absent
    source TEXT NOT NULL,        -- file or search that the row came from
    live INTEGER NOT NULL,       -- 1: delivered by the service itself, 0: by a file
    year INTEGER NOT NULL,       -- production year and number of an NLM file, else 0
    number INTEGER NOT NULL,
    changed INTEGER NOT NULL     -- value of the change counter when the content last changed
) STRICT;
CREATE INDEX articles_changed ON articles (changed);

-- The article as compressed JSON, apart from the keys so that those can be scanned without it.
CREATE TABLE bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

-- PMIDs that an update file announced as deleted, held before or not; a newer file can bring one back.
CREATE TABLE tombstones (
    pmid INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL
) STRICT;

CREATE TABLE files (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'complete', 'incomplete')),
    records INTEGER NOT NULL,    -- records read so far: a reading file is resumed behind them
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE failures (
    source TEXT NOT NULL,        -- file or search
    position INTEGER NOT NULL,   -- of the record in the file, 1 for the first, 0 for the whole
    pmid INTEGER,
    stage TEXT NOT NULL,
    error TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (source, position, stage, error)
) STRICT;

CREATE TABLE searches (name TEXT PRIMARY KEY, query TEXT NOT NULL) STRICT;

CREATE TABLE search_runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,          -- '' for a search that was not saved
    query TEXT NOT NULL,
    run_at TEXT NOT NULL,
    translation TEXT NOT NULL,
    warnings TEXT NOT NULL,      -- JSON list
    count INTEGER NOT NULL,
    complete INTEGER NOT NULL    -- 1 when everything promised was delivered or accounted for
) STRICT;
CREATE TABLE search_results (
    run INTEGER NOT NULL REFERENCES search_runs (id),
    place INTEGER NOT NULL,
    pmid INTEGER NOT NULL,
    PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;

-- Sums over all rows (see store_digest.py), and the change counter.
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO state VALUES ('articles', '0'), ('tombstones', '0'), ('changes', '0');

-- Title and abstract of the highest version of each record, rowid = pmid; the text itself stands in bodies.
CREATE VIRTUAL TABLE article_text USING fts5 (title, abstract, content = '', tokenize = 'unicode61 remove_diacritics 2');
