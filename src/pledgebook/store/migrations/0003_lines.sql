-- Third edition: lines of the ledger with what totals, the review queue, changes and searching need of them; and the
-- documents without their texts. All of it can be worked out again, and is, once the tables are there.

DROP TABLE lines;
DROP TABLE line_bodies;
DELETE FROM ledger;
DELETE FROM traits;
DELETE FROM names;
DELETE FROM tallies;

-- `ends` and `heard` are the days from which a line's age is told, empty where it has none: its term's end, and the
-- last day on which somebody told of it.
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
    who TEXT NOT NULL,
    country TEXT NOT NULL,
    ends TEXT NOT NULL,
    heard TEXT NOT NULL,
    flags TEXT NOT NULL
);
CREATE INDEX lines_pledge ON lines (pledge);
CREATE INDEX lines_earliest ON lines (earliest, id);
CREATE INDEX lines_latest ON lines (latest, earliest);
CREATE INDEX lines_cents ON lines (cents, id);
CREATE INDEX lines_who ON lines (who, id);
CREATE INDEX lines_country ON lines (country, id);
CREATE INDEX lines_voices ON lines (voices, id);
CREATE INDEX lines_stage ON lines (stage, id);

CREATE TABLE line_bodies (
    no BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    claims TEXT NOT NULL,
    record TEXT NOT NULL,
    converted TEXT NOT NULL
);

-- What totals add up, and the words that are searched.
CREATE TABLE line_figures (
    no BIGINT PRIMARY KEY,
    body TEXT NOT NULL
);
CREATE TABLE line_words (
    no BIGINT PRIMARY KEY,
    words TEXT NOT NULL
);

-- What became known of a pledge, and when.
CREATE TABLE events (
    day TEXT NOT NULL,
    pledge TEXT NOT NULL,
    kind TEXT NOT NULL,
    other TEXT NOT NULL,
    note TEXT NOT NULL,
    line BIGINT NOT NULL
);
CREATE INDEX events_day ON events (day, pledge);
CREATE INDEX events_line ON events (line);

-- Documents without their texts.
CREATE TABLE papers (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    source TEXT NOT NULL,
    sources TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    earliest TEXT NOT NULL,
    latest TEXT NOT NULL,
    basis TEXT NOT NULL,
    claims BIGINT NOT NULL
);
CREATE INDEX papers_latest ON papers (latest, id);
