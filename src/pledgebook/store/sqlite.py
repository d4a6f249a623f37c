"""A book in one SQLite file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import apsw

from pledgebook.domain import BookError, Claim, Decision, ReadDocument
from pledgebook.store.chain import next_hash
from pledgebook.store.connection import connect, has_checksums, prepare, rows_of, told
from pledgebook.store.ports import BookFacts, Damage, LogRecord
from pledgebook.store.rows import (
    claim_body,
    decision_body,
    document_body,
    findings_body,
    key_of,
    packed,
    read_claim_body,
    read_decision_body,
    read_document_body,
    read_findings_body,
    unpacked,
)
from pledgebook.store.schema import migrate, schema_of

# Claims that came with a document were made by somebody who looked: they go before what a reader finds.
TOLD = "told"
_MARK = 8


class SqliteBook:
    """A Book (see ports.py) in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = connect(path)
        try:
            with told(path):
                schema_of(self._db)  # raises for a file that is not ours, before anything is changed in it
                prepare(self._db)
                self._schema = migrate(self._db)
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    def add_all(self, items: Sequence[ReadDocument], *, at: datetime) -> int:
        """How many of `items` were new to the book."""
        with self._writing():
            return sum(self._add(item, at) for item in items)

    def decide(self, decision: Decision) -> bool:
        """Whether `decision` was new to the book."""
        body = decision_body(decision)
        with self._writing():
            if not self._is_new("decisions", key_of(body)):
                return False
            seq = self._record(decision.at, "decision", body)
            self._db.execute("INSERT INTO decisions (key, seq, body) VALUES (?, ?, ?)", (key_of(body), seq, body))
            return True

    def erase(self, document: str, *, by: str, why: str, at: datetime) -> bool:
        """Whether the book had that document, which is gone now."""
        with self._writing():
            keys = [
                key for (key,) in self._db.execute("SELECT key FROM documents WHERE id = ? ORDER BY key", (document,))
            ]
            if not keys:
                return False
            seq = self._record(at, "erasure", packed({"id": document, "documents": keys, "by": by, "why": why}))
            self._db.execute(
                "DELETE FROM readings WHERE document_key IN (SELECT key FROM documents WHERE id = ?)", (document,)
            )
            self._db.execute("DELETE FROM documents WHERE id = ?", (document,))
            self._db.execute("DELETE FROM sources WHERE id = ?", (document,))
            self._db.execute("DELETE FROM texts WHERE key NOT IN (SELECT text_key FROM documents)")
            named = {
                key for (keys,) in self._db.execute("SELECT claims FROM readings") for key in unpacked(keys, "readings")
            }
            present = [key for (key,) in self._db.execute("SELECT key FROM claims")]
            self._db.executemany("DELETE FROM claims WHERE key = ?", [(key,) for key in present if key not in named])
            self._db.execute("INSERT INTO erased (id, seq) VALUES (?, ?)", (document, seq))
        with told(self._path):
            # The words must not live on in the write-ahead log.
            self._db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        return True

    def documents(self) -> tuple[ReadDocument, ...]:
        """All documents with the claims that count today, sorted by id."""
        with self._reading():
            sources: dict[str, list[str]] = defaultdict(list)
            for name, source in self._db.execute("SELECT id, source FROM sources ORDER BY id, source"):
                sources[str(name)].append(str(source))
            claims = {
                str(key): read_claim_body(str(body), where=f"claim {key}")
                for key, body in self._db.execute("SELECT key, body FROM claims")
            }
            rows = rows_of(
                self._db,
                "SELECT d.id, d.key, d.body, t.text, r.key, r.claims, r.findings, n.number, n.reader, n.version"
                " FROM readings r JOIN documents d ON d.key = r.document_key JOIN texts t ON t.key = d.text_key"
                " JOIN readers n ON n.number = r.reader ORDER BY d.id, r.key",
            )
        return tuple(_current(rows, sources, claims))

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions in the order in which they were taken."""
        with self._reading():
            rows = rows_of(self._db, "SELECT seq, body FROM decisions ORDER BY seq")
        return tuple(read_decision_body(str(body), where=f"log record {seq}") for seq, body in rows)

    def log(self) -> Iterator[LogRecord]:
        """What happened to the book, oldest first."""
        with self._reading():
            rows = rows_of(self._db, "SELECT seq, at, kind, body, hash FROM log ORDER BY seq")
        for seq, at, kind, body, digest in rows:
            yield LogRecord(int(str(seq)), str(at), str(kind), str(body), str(digest))

    def facts(self) -> BookFacts:
        """How much the book holds."""
        checked = has_checksums() and self._db.open_vfs == "cksmvfs"
        engine = f"SQLite {apsw.sqlite_lib_version()}, " + (
            "checksum on every page" if checked else "no page checksums"
        )
        with self._reading():
            meta = dict(rows_of(self._db, "SELECT name, value FROM meta"))
            counts = {
                table: int(rows_of(self._db, f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - our own names
                for table in ("documents", "claims", "decisions", "erased")
            }
        return BookFacts(
            documents=counts["documents"],
            claims=counts["claims"],
            decisions=counts["decisions"],
            erased=counts["erased"],
            records=int(str(meta["records"])),
            head=str(meta["head"]),
            schema=self._schema,
            engine=engine,
        )

    def verify(self) -> tuple[Damage, ...]:
        """What in the book is not what was written."""
        from pledgebook.store.verify import find_damage  # noqa: PLC0415 - only this call needs it

        return find_damage(self._db)

    def _add(self, item: ReadDocument, at: datetime) -> bool:
        document = item.document
        if not self._is_new("erased", document.id, column="id"):
            return False
        body = document_body(document)
        text_key = key_of(document.text)
        document_key = key_of(body, text_key)
        claims = [(key_of(text), text) for text in map(claim_body, item.claims)]
        names, findings = packed([key for key, _ in claims]), findings_body(item.findings)
        reading_key = key_of(document_key, item.reader, item.version, names, findings)
        source_key = key_of(document.id, document.source)
        is_new, is_met = self._is_new("readings", reading_key), not self._is_new("sources", source_key)
        if not is_new and is_met:
            return False
        self._insert("texts", key=text_key, text=document.text)
        self._insert("documents", key=document_key, id=document.id, text_key=text_key, body=body)
        self._insert("sources", key=source_key, id=document.id, source=document.source)
        for key, text in claims:
            self._insert("claims", key=key, body=text)
        number = self._reader(item.reader, item.version)
        self._insert(
            "readings", key=reading_key, document_key=document_key, reader=number, claims=names, findings=findings
        )
        said = {"document": document_key, "reading": reading_key, "source": source_key}
        self._record(at, "document", packed(said | {"reader": item.reader, "version": item.version}))
        return is_new

    def _reader(self, reader: str, version: str) -> int:
        found = rows_of(self._db, "SELECT number FROM readers WHERE reader = ? AND version = ?", (reader, version))
        if found:
            return int(found[0][0])
        number = int(rows_of(self._db, "SELECT coalesce(max(number), 0) + 1 FROM readers")[0][0])
        self._insert("readers", number=number, reader=reader, version=version)
        return number

    def _is_new(self, table: str, key: str, *, column: str = "key") -> bool:
        return not rows_of(self._db, f"SELECT 1 FROM {table} WHERE {column} = ?", (key,))  # noqa: S608 - our own names

    def _insert(self, table: str, **row: str | int) -> None:
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        self._db.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608 - our own names
            tuple(row.values()),
        )

    def _record(self, at: datetime, kind: str, body: str) -> int:
        """The number of a new log record."""
        meta = dict(rows_of(self._db, "SELECT name, value FROM meta WHERE name IN ('head', 'records')"))
        seq = int(str(meta["records"])) + 1
        stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
        digest = next_hash(str(meta["head"]), seq, stamp, kind, body)
        self._db.execute(
            "INSERT INTO log (seq, at, kind, body, hash) VALUES (?, ?, ?, ?, ?)", (seq, stamp, kind, body, digest)
        )
        self._db.execute("UPDATE meta SET value = ? WHERE name = 'head'", (digest,))
        self._db.execute("UPDATE meta SET value = ? WHERE name = 'records'", (str(seq),))
        return seq

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction that has the right to write from its first statement: a later one could be refused it."""
        with told(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One moment of the book, let go of before the call returns."""
        with told(self._path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")


def _current(
    rows: list[tuple[Any, ...]], sources: dict[str, list[str]], claims: dict[str, Claim]
) -> Iterator[ReadDocument]:
    """Of every document the reading that counts; all of them, marked, where equals differ."""
    by_id: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        by_id[str(row[0])].append(row)
    for name, several in by_id.items():
        best = max(_rank(row) for row in several)
        kept = [row for row in several if _rank(row) == best]
        for _, document_key, body, text, reading_key, claim_keys, findings, _, reader, version in kept:
            where = f"document {name}"
            known = name if len(kept) == 1 else f"{name}~{str(reading_key)[:_MARK]}"
            met = tuple(sources[name])
            if not met:
                raise BookError(where, f"no source of {document_key}", "Run `pledgebook verify`.")
            yield ReadDocument(
                document=read_document_body(str(body), str(text), met[0], name=known, where=where),
                claims=tuple(claims[key] for key in unpacked(str(claim_keys), where)),
                findings=read_findings_body(str(findings), known, where=where),
                reader=str(reader),
                version=str(version),
                sources=met,
            )


def _rank(row: tuple[Any, ...]) -> tuple[bool, int]:
    return row[8] == TOLD, int(str(row[7]))
