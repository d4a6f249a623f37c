"""What in a book is not what was written."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from pledgebook.domain import BookError
from pledgebook.store.chain import START, is_sound
from pledgebook.store.engine import Engine
from pledgebook.store.lines import UNNAMED, Event, Line, PaperQuery, digest_of
from pledgebook.store.lines_asked import papers
from pledgebook.store.ports import Damage, LogRecord, Progress
from pledgebook.store.rows import key_of, unpacked
from pledgebook.store.search import indexed

_RESTORE = "Restore a backup: `pledgebook restore`."
_AGAIN = "Ingest the document again, or restore a backup."
_REBUILD = "Run `pledgebook rebuild`, which works it out again."
_EVERY = 1000


def find_damage(engine: Engine, progress: Progress | None = None) -> tuple[Damage, ...]:
    """Every part of the book that is damaged, missing, or was never written by Pledgebook.

    The files are looked through page by page, where the database can; the log is hashed again from its start; every
    row is hashed again and looked up in the log, every row that the log names is looked for; and what was worked out
    from them is compared with the digests that were kept of it. All of it at one moment, whoever writes meanwhile.
    """
    found: list[Damage] = []
    count = _Counter(progress)
    looks: dict[str, Callable[[Engine, _Counter], Iterable[Damage]]] = {
        "files": _files, "log": _log, "rows": _rows, "lines": _lines, "search": _search,
    }  # fmt: skip
    try:
        with engine.reading():
            for name, look in looks.items():
                try:
                    found.extend(look(engine, count))
                except BookError as error:
                    found.append(Damage(f"the file, while looking through its {name}", str(error), _RESTORE))
                except (ValueError, TypeError, KeyError) as error:
                    seen = f"not what Pledgebook writes ({type(error).__name__}: {error})"
                    found.append(Damage(f"the file, while looking through its {name}", seen, _RESTORE))
    except BookError as error:
        found.append(Damage("the file", str(error), _RESTORE))
    return tuple(found)


class _Counter:
    """Tells how far it has come."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._done = progress, 0

    def __call__(self, rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
        for row in rows:
            self._done += 1
            if self._progress is not None and self._done % _EVERY == 0:
                self._progress("rows verified", self._done)
            yield row


def _files(engine: Engine, _: _Counter) -> Iterator[Damage]:
    for where, seen in engine.faults():
        yield Damage(where, seen, _RESTORE)


def _log(engine: Engine, count: _Counter) -> Iterator[Damage]:
    meta = {str(name): str(value) for name, value in engine.rows("SELECT name, value FROM meta")}
    before, seq = START, 0
    for seq, row in enumerate(count(engine.each("SELECT seq, at, kind, body, hash FROM log ORDER BY seq")), 1):
        record = LogRecord(int(str(row[0])), *(str(cell) for cell in row[1:]))
        if not is_sound(record, before=before, seq=seq):
            yield Damage(f"log record {seq}", "not what was written, or one before it is missing", _RESTORE)
        before = record.hash
    if meta.get("records") != str(seq) or meta.get("head") != before:
        yield Damage("the log", f"{seq} records, where {meta.get('records')} were written", _RESTORE)


class _Said:
    """What the log says should be there."""

    def __init__(self, engine: Engine) -> None:
        self.written: dict[str, set[str]] = {
            name: set() for name in ("document", "reading", "source", "capture", "decision")
        }
        self.erased: set[str] = set()
        self.gone: set[str] = set()
        self.readers: set[tuple[str, str]] = set()
        for kind, body in engine.each("SELECT kind, body FROM log ORDER BY seq"):
            said = unpacked(str(body), "log")
            if kind == "document":
                for name in ("document", "reading", "source"):
                    self.written[name].add(said[name])
                self.written["capture"].update(said.get("captures", ()))
                self.readers.add((said["reader"], said["version"]))
            elif kind == "decision":
                self.written["decision"].add(key_of(str(body)))
            elif kind == "erasure":
                self.erased.add(said["id"])
                self.gone.update(said["documents"])


def _rows(engine: Engine, count: _Counter) -> Iterator[Damage]:
    said = _Said(engine)
    yield from _documents(engine, count, said)
    yield from _readings(engine, count, said)
    kept = partial(_keyed, engine, count)
    yield from kept("sources", "source", "id, source", said.written["source"], help_=_AGAIN)
    yield from kept("captures", "capture", "id, body", said.written["capture"], help_=_RESTORE)
    yield from kept("decisions", "decision", "body", said.written["decision"], missing=True, help_=_REBUILD)
    present = {str(name) for (name,) in engine.rows("SELECT id FROM erased")}
    for name in sorted(present ^ said.erased):
        yield Damage(f"erased document {name}", "the list of erased documents differs from the log", _REBUILD)
    for (name,) in engine.rows(
        "SELECT DISTINCT d.id FROM documents d LEFT JOIN sources s ON s.id = d.id WHERE s.id IS NULL ORDER BY 1"
    ):
        yield Damage(f"document {name}", "no source of it is left", _AGAIN)


def _documents(engine: Engine, count: _Counter, said: _Said) -> Iterator[Damage]:
    texts = {}
    for key, text in count(engine.each("SELECT key, text FROM texts")):
        texts[str(key)] = key_of(str(text))
        if texts[str(key)] != key:
            yield Damage(f"text {key}", "not the words that were written", _AGAIN)
    seen, used = set(), set()
    for key, name, text_key, body in count(engine.each("SELECT key, id, text_key, body FROM documents ORDER BY key")):
        seen.add(str(key))
        used.add(str(text_key))
        if key_of(str(body), str(text_key)) != key or unpacked(str(body), f"document {name}")["id"] != name:
            yield Damage(f"document {name}", "not what was written", _AGAIN)
        elif key not in said.written["document"]:
            yield Damage(f"document {name}", "not in the log: Pledgebook did not write it", _RESTORE)
        if str(text_key) not in texts:
            yield Damage(f"document {name}", "its text is missing", _AGAIN)
    for key in sorted(said.written["document"] - seen - said.gone):
        yield Damage(f"document {key}", "in the log, and not in the book", _AGAIN)
    for key in sorted(set(texts) - used):
        yield Damage(f"text {key}", "belongs to no document", _RESTORE)


def _readings(engine: Engine, count: _Counter, said: _Said) -> Iterator[Damage]:
    claims = set()
    for key, body in count(engine.each("SELECT key, body FROM claims")):
        claims.add(str(key))
        if key_of(str(body)) != key:
            yield Damage(f"claim {key}", "not what was written", _AGAIN)
    named: set[str] = set()
    rows = engine.each(
        "SELECT r.key, r.document_key, r.claims, r.findings, n.reader, n.version, d.id FROM readings r"
        " LEFT JOIN readers n ON n.number = r.reader LEFT JOIN documents d ON d.key = r.document_key ORDER BY r.key"
    )
    read: set[str] = set()
    for key, document, names, findings, reader, version, name in count(rows):
        where = f"what {reader} {version} read in document {name}"
        read.add(str(document))
        if key_of(*(str(part) for part in (document, reader, version, names, findings))) != key:
            yield Damage(where, "not what was written", _AGAIN if reader else _REBUILD)
            continue
        if key not in said.written["reading"] or (reader, version) not in said.readers:
            yield Damage(where, "not in the log: Pledgebook did not write it", _RESTORE)
        here = set(unpacked(str(names), where))
        named |= here
        for missing in sorted(here - claims):
            yield Damage(where, f"claim {missing} is missing", _AGAIN)
    for key in sorted(claims - named):
        yield Damage(f"claim {key}", "belongs to no document", _RESTORE)
    yield from _unread(engine, read, said)


def _unread(engine: Engine, read: set[str], said: _Said) -> Iterator[Damage]:
    for (key,) in engine.rows("SELECT key FROM documents ORDER BY key"):
        if key not in read:
            yield Damage(f"document {key}", "nothing that a reader read in it", _AGAIN)
    present = {(str(reader), str(version)) for reader, version in engine.rows("SELECT reader, version FROM readers")}
    for reader, version in sorted(present ^ said.readers):
        yield Damage(f"reader {reader} {version}", "the list of readers differs from the log", _REBUILD)


def _keyed(
    engine: Engine,
    count: _Counter,
    table: str,
    what: str,
    columns: str,
    written: set[str],
    *,
    missing: bool = False,
    help_: str = _RESTORE,
) -> Iterator[Damage]:
    seen = set()
    for key, *cells in count(engine.each(f"SELECT key, {columns} FROM {table} ORDER BY key")):  # noqa: S608 - our own names
        seen.add(str(key))
        if key_of(*(str(cell) for cell in cells)) != key:
            yield Damage(f"{what} {key}", "not what was written", help_)
        elif key not in written:
            yield Damage(f"{what} {key}", "not in the log: Pledgebook did not write it", help_)
    if missing:
        for key in sorted(written - seen):
            yield Damage(f"{what} {key}", "in the log, and not in the book", help_)


def _lines(engine: Engine, count: _Counter) -> Iterator[Damage]:
    """The ledger as it was worked out: each line by its hash, all of them by the digest, the names by their count."""
    keys = []
    traits = _Traits(engine, count)
    told: dict[int, list[Event]] = {}
    for no, *words in count(engine.each("SELECT line, day, pledge, kind, other, note FROM events")):
        told.setdefault(int(str(no)), []).append(Event(*map(str, words)))
    rows = engine.rows(
        "SELECT l.no, l.id, l.key, l.pledge, l.counted, l.stage, l.earliest, l.latest, l.voices, l.documents, l.cents,"
        " l.conflicts, l.who, l.country, l.ends, l.heard, l.flags, b.body, b.claims, b.record, b.converted, f.body,"
        " w.words FROM lines l LEFT JOIN line_bodies b ON b.no = l.no LEFT JOIN line_figures f ON f.no = l.no"
        " LEFT JOIN line_words w ON w.no = l.no ORDER BY l.no"
    )
    for no, name, key, pledge, counted, stage, earliest, latest, *rest in count(iter(rows)):
        voices, documents, cents, conflicts, *texts = rest
        who, country, ends, heard, flags, body, claims, record, converted, figure, searched = map(str, texts)
        line = Line(
            str(name), str(pledge), bool(counted), str(stage), str(earliest), str(latest), int(str(voices)),
            int(str(documents)), int(str(cents)), int(str(conflicts)), who, country, ends, heard, flags, body, claims,
            record, converted, figure, searched, traits.of(int(str(no))), tuple(told.pop(int(str(no)), ())),
        )  # fmt: skip
        if line.key != key:
            yield Damage(f"line {name}", "not what was worked out", _REBUILD)
        keys.append(str(key))
    for no in (*traits.astray(), *told):
        yield Damage(f"line {no}", "found by what belongs to no line", _REBUILD)
    yield from _sums(engine, keys)


class _Traits:
    """What lines are found by, read beside the lines, in the order of their numbers."""

    def __init__(self, engine: Engine, count: _Counter) -> None:
        rows = engine.rows("SELECT line, kind, value FROM traits ORDER BY line, kind, value")
        self._rows = count(iter(rows))
        self._next = next(self._rows, None)
        self._astray: list[object] = []

    def of(self, no: int) -> tuple[tuple[str, str], ...]:
        """Those of the line with that number, which is higher than the one before."""
        mine = []
        while self._next is not None and int(str(self._next[0])) <= no:
            if self._next[0] == no:
                mine.append((str(self._next[1]), str(self._next[2])))
            else:
                self._astray.append(self._next[0])
            self._next = next(self._rows, None)
        return tuple(mine)

    def astray(self) -> Iterator[object]:
        """The numbers of lines that are not there."""
        yield from self._astray
        if self._next is not None:
            yield self._next[0]
        yield from (row[0] for row in self._rows)


def _sums(engine: Engine, keys: list[str]) -> Iterator[Damage]:
    facts = {str(name): str(value) for name, value in engine.rows("SELECT name, value FROM ledger")}
    if not facts.get("stamp"):
        return  # half of it may be there: nobody reads it, and it will be worked out again
    if facts.get("count") != str(len(keys)) or facts.get("sum") != digest_of(keys):
        yield Damage("the lines", f"{len(keys)}, which are not those that were worked out", _REBUILD)
    known, _ = papers(engine, PaperQuery())
    if facts.get("papers") != digest_of(paper.key for paper in known):
        yield Damage("the documents without their texts", "not those that were worked out", _REBUILD)
    rows = engine.rows("SELECT kind, value, count(*) FROM traits GROUP BY kind, value")
    found = {(str(kind), str(value)): int(lines) for kind, value, lines in rows if kind not in UNNAMED}
    named = {(str(k), str(v)): int(n) for k, v, n in engine.rows("SELECT kind, value, lines FROM names")}
    for kind, value in sorted(found.keys() | named.keys()):
        if found.get((kind, value)) != named.get((kind, value)):
            yield Damage(f"the {kind} {value}", "a number of lines that is not that of the lines", _REBUILD)


def _search(engine: Engine, count: _Counter) -> Iterator[Damage]:
    texts = {str(key) for (key,) in engine.rows("SELECT key FROM texts")}
    known = {str(key) for (key,) in engine.rows("SELECT text_key FROM searched")}
    for key in sorted(texts ^ known):
        yield Damage(f"text {key}", "in the book, or in its search, and not in the other", _REBUILD)
    if engine.dialect == "sqlite":
        try:
            engine.rows("SELECT count(*) FROM search WHERE search MATCH 'pledgebook'")
        except BookError as error:
            yield Damage("the search", str(error), _REBUILD)
        return
    indexed_rows = engine.rows("SELECT t.text, d.no, d.text_key FROM texts t JOIN searched d ON d.text_key = t.key")
    for text, no, text_key in count(iter(indexed_rows)):
        same = "SELECT 1 FROM search WHERE rowid = ? AND words = CAST(? AS tsvector)"
        if not engine.rows(same, (int(str(no)), indexed(engine.dialect, str(text)))):
            yield Damage(f"text {text_key}", "not in the search as it was put there", _REBUILD)
