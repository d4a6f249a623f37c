"""What in a book is not what was written."""

from collections.abc import Iterator

import apsw

from pledgebook.domain import BookError
from pledgebook.store.chain import START, is_sound
from pledgebook.store.ports import Damage, LogRecord
from pledgebook.store.rows import key_of, unpacked

_RESTORE = "Restore a copy of the book."
_AGAIN = "Ingest the document again, or restore a copy."


def find_damage(db: apsw.Connection) -> tuple[Damage, ...]:
    """Every part of the book that is damaged, missing, or was never written by Pledgebook.

    The file is looked through page by page; the log is hashed again from its start; every row is hashed again and
    looked up in the log, and every row that the log names is looked for.
    """
    found: list[Damage] = []
    for look in (_pages, _references, _log, _rows):
        try:
            found.extend(look(db))
        except (apsw.Error, BookError) as error:
            found.append(
                Damage(f"the file, while looking through its {look.__name__.strip('_')}", str(error), _RESTORE)
            )
    return tuple(found)


def _pages(db: apsw.Connection) -> Iterator[Damage]:
    for (line,) in db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Damage("the file", str(line), _RESTORE)


def _references(db: apsw.Connection) -> Iterator[Damage]:
    for table, row, other, _ in db.execute("PRAGMA foreign_key_check"):
        yield Damage(f"{table}, row {row}", f"names something that is not in {other}", _RESTORE)


def _log(db: apsw.Connection) -> Iterator[Damage]:
    meta = {str(name): str(value) for name, value in db.execute("SELECT name, value FROM meta")}
    before, seq = START, 0
    for seq, row in enumerate(db.execute("SELECT seq, at, kind, body, hash FROM log ORDER BY seq"), 1):
        record = LogRecord(int(str(row[0])), *(str(cell) for cell in row[1:]))
        if not is_sound(record, before=before, seq=seq):
            yield Damage(f"log record {seq}", "not what was written, or one before it is missing", _RESTORE)
        before = record.hash
    if meta.get("records") != str(seq) or meta.get("head") != before:
        yield Damage("the log", f"{seq} records, where {meta.get('records')} were written", _RESTORE)


def _rows(db: apsw.Connection) -> Iterator[Damage]:
    written: dict[str, set[str]] = {"document": set(), "reading": set(), "source": set(), "decision": set()}
    erased: set[str] = set()
    readers: set[tuple[str, str]] = set()
    gone: set[str] = set()
    for kind, body in db.execute("SELECT kind, body FROM log ORDER BY seq").fetchall():
        said = unpacked(str(body), "log")
        if kind == "document":
            for name in ("document", "reading", "source"):
                written[name].add(said[name])
            readers.add((said["reader"], said["version"]))
        elif kind == "decision":
            written["decision"].add(key_of(str(body)))
        elif kind == "erasure":
            erased.add(said["id"])
            gone.update(said["documents"])
    yield from _documents(db, written["document"], gone)
    yield from _readings(db, written["reading"], readers)
    yield from _keyed(db, "sources", "source", "id, source", written["source"])
    yield from _keyed(db, "decisions", "decision", "body", written["decision"], missing=True)
    present = {str(name) for (name,) in db.execute("SELECT id FROM erased")}
    for name in sorted(present ^ erased):
        yield Damage(f"erased document {name}", "the list of erased documents differs from the log", _RESTORE)


def _documents(db: apsw.Connection, written: set[str], gone: set[str]) -> Iterator[Damage]:
    texts = {}
    for key, text in db.execute("SELECT key, text FROM texts"):
        texts[str(key)] = key_of(str(text))
        if texts[str(key)] != key:
            yield Damage(f"text {key}", "not the words that were written", _AGAIN)
    seen, used = set(), set()
    for key, name, text_key, body in db.execute("SELECT key, id, text_key, body FROM documents ORDER BY key"):
        seen.add(str(key))
        used.add(str(text_key))
        if key_of(str(body), str(text_key)) != key or unpacked(str(body), f"document {name}")["id"] != name:
            yield Damage(f"document {name}", "not what was written", _AGAIN)
        elif key not in written:
            yield Damage(f"document {name}", "not in the log: Pledgebook did not write it", _RESTORE)
    for key in sorted(written - seen - gone):
        yield Damage(f"document {key}", "in the log, and not in the book", _AGAIN)
    for key in sorted(set(texts) - used):
        yield Damage(f"text {key}", "belongs to no document", _RESTORE)


def _readings(db: apsw.Connection, written: set[str], readers: set[tuple[str, str]]) -> Iterator[Damage]:
    claims = set()
    for key, body in db.execute("SELECT key, body FROM claims"):
        claims.add(str(key))
        if key_of(str(body)) != key:
            yield Damage(f"claim {key}", "not what was written", _AGAIN)
    named: set[str] = set()
    rows = db.execute(
        "SELECT r.key, r.document_key, r.claims, r.findings, n.reader, n.version, d.id FROM readings r"
        " LEFT JOIN readers n ON n.number = r.reader LEFT JOIN documents d ON d.key = r.document_key ORDER BY r.key"
    )
    read: set[str] = set()
    for key, document, names, findings, reader, version, name in rows:
        where = f"what {reader} {version} read in document {name}"
        read.add(str(document))
        if key_of(*(str(part) for part in (document, reader, version, names, findings))) != key:
            yield Damage(where, "not what was written", _AGAIN)
            continue
        if key not in written or (reader, version) not in readers:
            yield Damage(where, "not in the log: Pledgebook did not write it", _RESTORE)
        here = set(unpacked(str(names), where))
        named |= here
        for missing in sorted(here - claims):
            yield Damage(where, f"claim {missing} is missing", _AGAIN)
    for (key,) in db.execute("SELECT key FROM documents ORDER BY key"):
        if key not in read:
            yield Damage(f"document {key}", "nothing that a reader read in it", _AGAIN)
    for key in sorted(claims - named):
        yield Damage(f"claim {key}", "belongs to no document", _RESTORE)


def _keyed(
    db: apsw.Connection, table: str, what: str, columns: str, written: set[str], *, missing: bool = False
) -> Iterator[Damage]:
    seen = set()
    for key, *cells in db.execute(f"SELECT key, {columns} FROM {table} ORDER BY key"):  # noqa: S608 - our own names
        seen.add(str(key))
        if key_of(*(str(cell) for cell in cells)) != key:
            yield Damage(f"{what} {key}", "not what was written", _RESTORE)
        elif key not in written:
            yield Damage(f"{what} {key}", "not in the log: Pledgebook did not write it", _RESTORE)
    if missing:
        for key in sorted(written - seen):
            yield Damage(f"{what} {key}", "in the log, and not in the book", _RESTORE)
