-- A book, first edition. Plain SQL that SQLite and PostgreSQL both take.
-- `key` is always the SHA-256, in hexadecimal, of what the row says.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- What happened, in the order in which it happened. Only ever added to; `hash` covers the row and the hash before it.
CREATE TABLE log (
    seq BIGINT PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE texts (
    key TEXT PRIMARY KEY,
    text TEXT NOT NULL
);

CREATE TABLE documents (
    key TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    text_key TEXT NOT NULL REFERENCES texts (key),
    body TEXT NOT NULL
);
CREATE INDEX documents_id ON documents (id);
CREATE INDEX documents_text ON documents (text_key);

CREATE TABLE sources (
    key TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE INDEX sources_id ON sources (id);

-- Who reads documents, in the order in which the book met them: of two versions of one reader the later counts.
CREATE TABLE readers (
    number BIGINT PRIMARY KEY,
    reader TEXT NOT NULL,
    version TEXT NOT NULL,
    UNIQUE (reader, version)
);

CREATE TABLE readings (
    key TEXT PRIMARY KEY,
    document_key TEXT NOT NULL REFERENCES documents (key),
    reader BIGINT NOT NULL REFERENCES readers (number),
    claims TEXT NOT NULL,
    findings TEXT NOT NULL
);
CREATE INDEX readings_document ON readings (document_key);

CREATE TABLE claims (
    key TEXT PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE decisions (
    key TEXT PRIMARY KEY,
    seq BIGINT NOT NULL REFERENCES log (seq),
    body TEXT NOT NULL
);

-- Documents that were taken out of the book on request; nothing of what they said is left.
CREATE TABLE erased (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL REFERENCES log (seq)
);
