-- Second edition: how pages were fetched; which pages have been read; and what can be worked out again from the
-- rest: the lines of the ledger with what they are found by, totals that were asked for, and words to search.
-- Lines that begin with "sqlite:" or "postgres:" are for that database alone.

CREATE TABLE captures (
    key TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX captures_id ON captures (id);

-- Pages as they came, by the hash of their bytes and of who read them: what is here needs no reading again.
CREATE TABLE pages (
    key TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    reading TEXT NOT NULL
);
CREATE INDEX pages_id ON pages (id);

-- What the lines below were worked out from, and a digest of them all.
CREATE TABLE ledger (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- A line of the ledger, by what lists are sorted and chosen by. `key` is the hash of all that is kept of it.
CREATE TABLE lines (
    no BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    pledge TEXT NOT NULL,
    counted BIGINT NOT NULL,
    stage TEXT NOT NULL,
    earliest TEXT NOT NULL,
    latest TEXT NOT NULL,
    voices BIGINT NOT NULL,
    documents BIGINT NOT NULL,
    cents BIGINT NOT NULL,
    conflicts BIGINT NOT NULL,
    who TEXT NOT NULL
);
CREATE INDEX lines_pledge ON lines (pledge);
CREATE INDEX lines_earliest ON lines (earliest, id);
CREATE INDEX lines_cents ON lines (cents, id);
CREATE INDEX lines_who ON lines (who, id);

CREATE TABLE line_bodies (
    no BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    claims TEXT NOT NULL,
    record TEXT NOT NULL,
    converted TEXT NOT NULL
);

-- What a line is found by: its investors, countries, places, purposes, flags ...
CREATE TABLE traits (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (kind, value, line)
) WITHOUT ROWID;
CREATE INDEX traits_line ON traits (line);

CREATE TABLE names (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    skeleton TEXT NOT NULL,
    lines BIGINT NOT NULL,
    PRIMARY KEY (kind, value)
);

CREATE TABLE tallies (
    key TEXT PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE searched (
    no BIGINT PRIMARY KEY,
    text_key TEXT NOT NULL UNIQUE
);
sqlite: CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
postgres: CREATE TABLE search (rowid BIGINT PRIMARY KEY, words tsvector NOT NULL);
postgres: CREATE INDEX search_words ON search USING gin (words);
