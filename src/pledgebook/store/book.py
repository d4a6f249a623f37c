"""A book in a database, whichever: what is written, and what is read again."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pledgebook.domain import TWIN, BookError, Capture, Claim, Decision, ReadDocument, Snapshot
from pledgebook.store import lines_kept
from pledgebook.store import search as words_of
from pledgebook.store.chain import next_hash
from pledgebook.store.engine import Engine, Row, chunks, insert, marks, present
from pledgebook.store.image import LineImage
from pledgebook.store.kept import KeptLines
from pledgebook.store.lines import Among, Line, Paper, forget
from pledgebook.store.past import Past
from pledgebook.store.ports import BookFacts, Changes, Damage, LogRecord, Progress
from pledgebook.store.rows import (
    capture_body,
    claim_body,
    decision_body,
    document_body,
    findings_body,
    key_of,
    packed,
    read_capture_body,
    read_claim_body,
    read_decision_body,
    read_document_body,
    read_findings_body,
    read_snapshot_body,
    snapshot_body,
    unpacked,
)
from pledgebook.store.schema import meta_of
from pledgebook.store.search import Hit

# Claims that came with a document were made by somebody who looked: they go before what a reader finds.
TOLD = "told"
_MARK = 8
_READINGS = (
    "SELECT d.id, d.key, d.body, t.text, r.key, r.claims, r.findings, n.number, n.reader, n.version"
    " FROM readings r JOIN documents d ON d.key = r.document_key JOIN texts t ON t.key = d.text_key"
    " JOIN readers n ON n.number = r.reader"
)
_TEXTLESS = _READINGS.replace("t.text", "''").replace(" JOIN texts t ON t.key = d.text_key", "")

SNAPSHOT, ERASURE = "snapshot", "erasure"


class SqlBook:
    """A Book (see ports.py) kept by an engine."""

    def __init__(self, engine: Engine, schema: int) -> None:
        self._db = engine
        self._schema = schema
        self.image: LineImage | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file or the server."""
        self._db.close()

    @property
    def engine(self) -> Engine:
        """What keeps it."""
        return self._db

    # ------------------------------------------------------------------------------------------------- writing

    def add_all(self, items: Sequence[ReadDocument], *, at: datetime) -> int:
        """How many of `items` were new to the book."""
        rows = [_Rows(item) for item in items]
        with self._db.writing():
            return self._add(rows, at)

    def _add(self, rows: Sequence["_Rows"], at: datetime) -> int:
        erased = present(self._db, "erased", "id", [row.id for row in rows])
        known = {
            table: present(self._db, table, "key", keys)
            for table, keys in (
                ("readings", [row.reading for row in rows]),
                ("sources", [row.source for row in rows]),
                ("captures", [key for row in rows for key, _ in row.captures]),
            )
        }
        kept: list[_Rows] = []
        new = 0
        for row in rows:
            if row.id in erased:
                continue
            is_new = row.reading not in known["readings"]
            captures = [key for key, _ in row.captures if key not in known["captures"]]
            if is_new or captures or row.source not in known["sources"]:
                kept.append(row)
                new += is_new
            known["readings"].add(row.reading)
            known["sources"].add(row.source)
            known["captures"].update(captures)
        self._write(kept)
        self._record([(at, "document", row.said) for row in kept])
        self._insert(
            "pages", ("key", "id", "reading"), [row.page for row in rows if row.page[0] and row.id not in erased]
        )
        return new

    def _write(self, rows: Sequence["_Rows"]) -> None:
        texts = {row.text: row.item.document.text for row in rows}
        fresh = sorted(set(texts) - present(self._db, "texts", "key", texts))
        readers = self._readers([(row.item.reader, row.item.version) for row in rows])
        self._insert("texts", ("key", "text"), [(key, texts[key]) for key in fresh])
        self._insert(
            "documents", ("key", "id", "text_key", "body"), [(row.document, row.id, row.text, row.body) for row in rows]
        )
        self._insert(
            "sources", ("key", "id", "source"), [(row.source, row.id, row.item.document.source) for row in rows]
        )
        self._insert("claims", ("key", "body"), [claim for row in rows for claim in row.claims])
        self._insert(
            "readings",
            ("key", "document_key", "reader", "claims", "findings"),
            [
                (row.reading, row.document, readers[row.item.reader, row.item.version], row.names, row.findings)
                for row in rows
            ],
        )
        self._insert(
            "captures", ("key", "id", "body"), [(key, row.id, body) for row in rows for key, body in row.captures]
        )
        words_of.index(self._db, [(key, texts[key]) for key in fresh])

    def _readers(self, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        rows = self._db.rows("SELECT number, reader, version FROM readers")
        found = {(str(reader), str(version)): int(number) for number, reader, version in rows}
        for reader in dict.fromkeys(wanted):
            if reader not in found:
                found[reader] = max(found.values(), default=0) + 1
                self._insert("readers", ("number", "reader", "version"), [(found[reader], *reader)])
        return found

    def has_read(self, pages: Collection[str]) -> set[str]:
        """Those of `pages` that were read and kept."""
        with self._db.reading():
            return present(self._db, "pages", "key", pages)

    def decide(self, decision: Decision) -> bool:
        """Whether `decision` was new to the book."""
        body = decision_body(decision)
        with self._db.writing():
            if present(self._db, "decisions", "key", [key_of(body)]):
                return False
            (seq,) = self._record([(decision.at, "decision", body)])
            self._insert("decisions", ("key", "seq", "body"), [(key_of(body), seq, body)])
            return True

    def erase(self, document: str, *, by: str, why: str, at: datetime) -> bool:
        """Whether the book had that document, which is gone now."""
        with self._db.writing():
            found = self._db.rows("SELECT key, text_key FROM documents WHERE id = ? ORDER BY key", (document,))
            if not found:
                return False
            keys, texts = [str(key) for key, _ in found], {str(text) for _, text in found}
            (seq,) = self._record([(at, ERASURE, packed({"id": document, "documents": keys, "by": by, "why": why}))])
            claims = self._claims_of("document_key", keys)
            for few in chunks(keys):
                self._db.run(f"DELETE FROM readings WHERE document_key IN ({marks(len(few))})", few)  # noqa: S608 - our own names
            for table in ("documents", "sources", "captures", "pages"):
                self._db.run(f"DELETE FROM {table} WHERE id = ?", (document,))  # noqa: S608 - our own names
            texts -= present(self._db, "documents", "text_key", texts)
            words_of.unindex(self._db, texts)
            self._delete("texts", texts)
            self._delete("claims", claims - self._claims_of(None, []))
            self._insert("erased", ("id", "seq"), [(document, seq)])
            # Its words stand in lines, too, whose ledger has to be worked out again.
            forget(self._db)
        self._db.scrub()
        return True

    def _claims_of(self, column: str | None, values: Sequence[str]) -> set[str]:
        where = "" if column is None else f" WHERE {column} IN ({marks(len(values))})"
        rows = self._db.each(f"SELECT claims FROM readings{where}", values)  # noqa: S608 - our own names
        return {str(key) for (keys,) in rows for key in unpacked(str(keys), "readings")}

    def _delete(self, table: str, keys: Collection[str]) -> None:
        if keys:
            self._db.run_many(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in sorted(keys)])  # noqa: S608 - our own names

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
        insert(self._db, table, columns, rows)

    def _record(self, records: Sequence[tuple[datetime, str, str]]) -> list[int]:
        """The numbers of new log records."""
        if not records:
            return []
        meta = meta_of(self._db)
        head, last, rows = str(meta["head"]), int(str(meta["records"])), []
        for seq, (at, kind, body) in enumerate(records, last + 1):
            stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
            head = next_hash(head, seq, stamp, kind, body)
            rows.append((seq, stamp, kind, body, head))
        # Not by `insert`: a number that is there already must be an error.
        self._db.run_many("INSERT INTO log (seq, at, kind, body, hash) VALUES (?, ?, ?, ?, ?)", rows)
        self._db.run("UPDATE meta SET value = ? WHERE name = 'head'", (head,))
        self._db.run("UPDATE meta SET value = ? WHERE name = 'records'", (str(rows[-1][0]),))
        return [row[0] for row in rows]

    # ------------------------------------------------------------------------------------------------- reading

    def documents(self, *, upto: int | None = None) -> tuple[ReadDocument, ...]:
        """All documents with the claims that count today, or counted after so many log records, sorted by id."""
        return tuple(self.each_document(upto=upto))

    def each_document(self, *, upto: int | None = None) -> Iterator[ReadDocument]:
        """The same one after the other."""
        with self._db.reading():
            past = None if upto is None else Past.of(self._db, upto)
            yield from self._several(f"{_READINGS} ORDER BY d.id, r.key", (), past)

    def past(self, upto: int) -> Past:
        """What had been written when the log had so many records."""
        with self._db.reading():
            return Past.of(self._db, upto)

    def document(self, name: str, *, past: Past | None = None) -> ReadDocument | None:
        """The document with that id, or None; with `past` as it was then."""
        names = {name, name.rpartition(TWIN)[0]} - {""}
        with self._db.reading():
            found = self._several(
                f"{_READINGS} WHERE d.id IN ({marks(len(names))}) ORDER BY d.id, r.key", sorted(names), past
            )
            return next((item for item in found if item.document.id == name), None)

    def some(self, names: Collection[str], *, has_text: bool = True) -> Iterator[ReadDocument]:
        """The documents with these ids."""
        wanted = set(names)
        stems = sorted({*wanted, *(name.rpartition(TWIN)[0] for name in wanted)} - {""})
        readings = _READINGS if has_text else _TEXTLESS
        with self._db.reading():
            for few in chunks(stems):
                statement = f"{readings} WHERE d.id IN ({marks(len(few))}) ORDER BY d.id, r.key"
                for item in self._several(statement, few, has_text=has_text):
                    if item.document.id in wanted or item.document.id.rpartition(TWIN)[0] in wanted:
                        yield item

    def first_sources(self) -> Iterator[tuple[str, str]]:
        """The id of each document with the source that it goes by, sorted by id."""
        with self._db.reading():
            for name, source in self._db.each("SELECT id, min(source) FROM sources GROUP BY id ORDER BY id"):
                yield str(name), str(source)

    def _several(
        self, statement: str, values: Sequence[str], past: Past | None = None, *, has_text: bool = True
    ) -> Iterator[ReadDocument]:
        """The documents of the readings that a statement gives, in a moment of reading."""
        batch: list[list[Row]] = []
        for row in self._db.each(statement, values):
            if past is not None and str(row[4]) not in past.readings:
                continue
            if batch and batch[-1][0][0] == row[0]:
                batch[-1].append(row)
                continue
            if len(batch) >= _AT_ONCE:
                yield from self._current(batch, past, has_text=has_text)
                batch = []
            batch.append([row])
        yield from self._current(batch, past, has_text=has_text)

    def _current(self, batch: Sequence[Sequence[Row]], past: Past | None, *, has_text: bool) -> Iterator[ReadDocument]:
        """Of every document the reading that counts; all of them, marked, where equals differ.

        Without `has_text` they have no sentences either, no findings and no captures.
        """
        names = [str(several[0][0]) for several in batch]
        sources = self._met(names, "source", "sources")
        captures = self._met(names, "body", "captures") if has_text else {}
        if past is not None:
            sources = {name: past.met(name, met) for name, met in sources.items()}
        kept = []
        for several in batch:
            best = max(_rank(row) for row in several)
            kept.append([row for row in several if _rank(row) == best])
        keys = {
            str(row[4]): tuple(map(str, unpacked(str(row[5]), f"document {row[0]}"))) for rows in kept for row in rows
        }
        claims = self._read_claims({key for several in keys.values() for key in several})
        for rows in kept:
            for name, document_key, body, text, reading, _, findings, _, reader, version in rows:
                where = f"document {name}"
                known = str(name) if len(rows) == 1 else f"{name}{TWIN}{str(reading)[:_MARK]}"
                met = sources.get(str(name), ())
                missing = next((key for key in keys[str(reading)] if key not in claims), None)
                if not met or missing is not None:
                    seen = f"no source of {document_key}" if not met else f"claim {missing} is missing"
                    raise BookError(where, seen, "Run `pledgebook verify`.")
                fetched = tuple(read_capture_body(capture, where=where) for capture in captures.get(str(name), ()))
                item = ReadDocument(
                    document=read_document_body(
                        str(body), str(text), met[0], name=known, where=where, has_sentences=has_text
                    ),
                    claims=tuple(claims[key] for key in keys[str(reading)]),
                    findings=read_findings_body(str(findings), known, where=where) if has_text else (),
                    reader=str(reader),
                    version=str(version),
                    sources=met,
                    captures=tuple(sorted(fetched, key=_by_time)),
                )
                yield item

    def _met(self, names: Sequence[str], column: str, table: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for few in chunks(names):
            statement = f"SELECT id, {column} FROM {table} WHERE id IN ({marks(len(few))}) ORDER BY id, {column}"  # noqa: S608 - our own names
            for name, value in self._db.rows(statement, few):
                found[str(name)].append(str(value))
        return {name: tuple(values) for name, values in found.items()}

    def _read_claims(self, keys: Collection[str]) -> dict[str, Claim]:
        found = {}
        for few in chunks(sorted(keys)):
            for key, body in self._db.rows(f"SELECT key, body FROM claims WHERE key IN ({marks(len(few))})", few):  # noqa: S608 - our own names
                found[str(key)] = read_claim_body(str(body), where=f"claim {key}")
        return found

    def decisions(self, *, upto: int | None = None) -> tuple[Decision, ...]:
        """All decisions in the order in which they were taken, or those of the first so many log records."""
        with self._db.reading():
            rows = self._db.rows("SELECT seq, body FROM decisions ORDER BY seq")
        known = [(seq, body) for seq, body in rows if upto is None or int(str(seq)) <= upto]
        return tuple(read_decision_body(str(body), where=f"log record {seq}") for seq, body in known)

    def snapshot(self, snapshot: Snapshot) -> bool:
        """Whether no snapshot had that name, so that this one is kept now."""
        with self._db.writing():
            if any(item.name == snapshot.name for item in self._snapshots()):
                return False
            self._record([(snapshot.at, SNAPSHOT, snapshot_body(snapshot))])
            return True

    def snapshots(self) -> tuple[Snapshot, ...]:
        """All snapshots, oldest first."""
        with self._db.reading():
            return self._snapshots()

    def _snapshots(self) -> tuple[Snapshot, ...]:
        rows = self._db.rows("SELECT seq, body FROM log WHERE kind = ? ORDER BY seq", (SNAPSHOT,))
        return tuple(read_snapshot_body(str(body), where=f"log record {seq}") for seq, body in rows)

    def log(self) -> Iterator[LogRecord]:
        """What happened to the book, oldest first."""
        with self._db.reading():
            rows = self._db.rows("SELECT seq, at, kind, body, hash FROM log ORDER BY seq")
        for seq, at, kind, body, digest in rows:
            yield LogRecord(int(str(seq)), str(at), str(kind), str(body), str(digest))

    def recorded(self, prefix: str) -> LogRecord | None:
        """The only record of the log whose hash begins so, None where there is none or more than one."""
        select = "SELECT seq, at, kind, body, hash FROM log"
        with self._db.reading():
            # Mostly the last one is asked for, by its whole hash.
            rows = self._db.rows(f"{select} ORDER BY seq DESC LIMIT 1") if prefix == self._head() else []
            if not rows or rows[0][4] != prefix:
                rows = self._db.rows(
                    f"{select} WHERE hash >= ? AND hash < ? LIMIT 2",
                    (prefix, f"{prefix}g"),  # behind every hexadecimal digit
                )
        if len(rows) != 1:
            return None
        seq, at, kind, body, digest = rows[0]
        return LogRecord(int(str(seq)), str(at), str(kind), str(body), str(digest))

    def erased_since(self, records: int) -> int:
        """How many documents were erased after the first so many records."""
        with self._db.reading():
            rows = self._db.rows("SELECT count(*) FROM log WHERE seq > ? AND kind = ?", (records, ERASURE))
        return int(str(rows[0][0]))

    def last_change(self, upto: int) -> int:
        """The number of the last record up to that one which changed what the book says: a snapshot does not."""
        with self._db.reading():
            rows = self._db.rows("SELECT max(seq) FROM log WHERE seq <= ? AND kind <> ?", (upto, SNAPSHOT))
        return int(str(rows[0][0])) if rows and rows[0][0] is not None else 0

    def head(self) -> str:
        """The last hash of the log."""
        with self._db.reading():
            return self._head()

    def position(self) -> tuple[int, str]:
        """The length and the last hash of the log."""
        with self._db.reading():
            meta = meta_of(self._db)
        return int(meta["records"]), meta["head"]

    def _head(self) -> str:
        found = self._db.rows("SELECT value FROM meta WHERE name = 'head'")
        return str(found[0][0]) if found else ""

    def facts(self) -> BookFacts:
        """How much the book holds."""
        with self._db.reading():
            meta = meta_of(self._db)
            counts = {
                table: int(self._db.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - our own names
                for table in ("documents", "claims", "decisions", "erased")
            }
        return BookFacts(
            **counts,
            records=int(str(meta["records"])),
            head=str(meta["head"]),
            schema=self._schema,
            engine=self._db.described(),
            size=self._db.size(),
        )

    # ------------------------------------------------------------------------------------------------- what follows

    @property
    def lines(self) -> KeptLines:
        """The lines of the ledger that it keeps."""
        return KeptLines(self._db, self.image)

    def stamp(self) -> str:
        """What the lines of the ledger follow from."""
        return self.lines.stamp()

    def changes_since(self, records: int) -> Changes:
        """What the log says since it had so many records."""
        keys, kinds = set(), set()
        with self._db.reading():
            for seq, kind, body in self._db.each("SELECT seq, kind, body FROM log WHERE seq > ?", (records,)):
                if kind == "document":
                    keys.add(str(unpacked(str(body), f"log record {seq}")["document"]))
                else:
                    kinds.add(str(kind))
            documents: set[str] = set()
            for few in chunks(sorted(keys)):
                rows = self._db.rows(f"SELECT id FROM documents WHERE key IN ({marks(len(few))})", few)  # noqa: S608 - our own names
                documents.update(str(name) for (name,) in rows)
            return Changes(self._head(), frozenset(documents), frozenset(kinds))

    def put_lines(
        self,
        lines: Iterable[Line],
        *,
        stamp: str,
        head: str,
        skeleton: Callable[[str], str] = str.casefold,
        among: Among | None = None,
        papers: Iterable[Paper] = (),
        progress: Progress | None = None,
    ) -> bool:
        """Whether the book's lines are `lines` now."""
        return lines_kept.put(
            self._db,
            lines,
            stamp=stamp,
            is_current=lambda: self._head() == head,
            skeleton=skeleton,
            among=among,
            papers=papers,
            progress=progress,
        )

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """The documents that hold all of `words`, the best first."""
        with self._db.reading():
            keys = words_of.text_keys(self._db, words)
            found: list[ReadDocument] = []
            for few in chunks(keys):
                statement = f"{_READINGS} WHERE d.text_key IN ({marks(len(few))}) ORDER BY d.id, r.key"
                # Of a document only the reading that counts may answer, whichever text that has.
                names = sorted({str(row[0]) for row in self._db.rows(statement, few)})
                for some in chunks(names):
                    of_ids = f"{_READINGS} WHERE d.id IN ({marks(len(some))}) ORDER BY d.id, r.key"
                    found += self._several(of_ids, some)
        return tuple(words_of.hits(found, words))[:limit]

    def verify(self, progress: Progress | None = None) -> tuple[Damage, ...]:
        """What in the book is not what was written."""
        from pledgebook.store.verify import find_damage  # noqa: PLC0415 - only this call needs it

        return find_damage(self._db, progress)

    def back_up(self, target: Path, progress: Progress | None = None) -> None:
        """Writes a backup into the file `target`, whole or not at all."""
        from pledgebook.store.backup import back_up  # noqa: PLC0415 - only this call needs it

        back_up(self._db, target, progress)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Drops what can be worked out again, and works it out from the log and the texts."""
        from pledgebook.store.rebuild import rebuild  # noqa: PLC0415 - only this call needs it

        rebuild(self._db, progress)


_AT_ONCE = 300


class _Rows:
    """The rows of a document, before they are written."""

    def __init__(self, item: ReadDocument) -> None:
        document = item.document
        self.item, self.id = item, document.id
        self.text = key_of(document.text)
        self.body = document_body(document)
        self.document = key_of(self.body, self.text)
        self.claims = [(key_of(body), body) for body in map(claim_body, item.claims)]
        self.names, self.findings = packed([key for key, _ in self.claims]), findings_body(item.findings)
        self.reading = key_of(self.document, item.reader, item.version, self.names, self.findings)
        self.source = key_of(self.id, document.source)
        self.captures = [(key_of(self.id, body), body) for body in map(capture_body, item.captures)]
        self.page = (item.page, self.id, self.reading)

    @property
    def said(self) -> str:
        """What the log says of it."""
        said: dict[str, object] = {"document": self.document, "reading": self.reading, "source": self.source}
        if self.captures:
            said["captures"] = [key for key, _ in self.captures]
        return packed(said | {"reader": self.item.reader, "version": self.item.version})


def _rank(row: Row) -> tuple[bool, int]:
    return row[8] == TOLD, int(str(row[7]))


def _by_time(capture: Capture) -> tuple[datetime, str, str]:
    return (capture.at, capture.url, capture.sha256)
