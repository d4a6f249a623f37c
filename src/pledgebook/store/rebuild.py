"""Working out again what follows from the log and the texts."""

from pledgebook.domain import BookError
from pledgebook.store import lines, search
from pledgebook.store.chain import START, is_sound
from pledgebook.store.engine import Engine, insert
from pledgebook.store.ports import LogRecord, Progress
from pledgebook.store.rows import key_of, unpacked

_TEXTS = 500


def rebuild(engine: Engine, progress: Progress | None = None) -> None:
    """Drops lines, totals, the search, decisions, erasures and readers, and derives again what the log and texts say.

    The log comes first: a book whose log is damaged is left as it is, and a BookError says so.
    """
    decisions: list[tuple[str, int, str]] = []
    erased: list[tuple[str, int]] = []
    readers: dict[tuple[str, str], int] = {}
    with engine.writing():
        before, seq = START, 0
        for seq, row in enumerate(engine.each("SELECT seq, at, kind, body, hash FROM log ORDER BY seq"), 1):
            record = LogRecord(int(row[0]), *map(str, row[1:]))
            if not is_sound(record, before=before, seq=seq):
                raise BookError(f"log record {seq}", "not what was written", "Restore a backup: `pledgebook restore`.")
            before = record.hash
            said = unpacked(record.body, f"log record {seq}")
            if record.kind == "decision":
                decisions.append((key_of(record.body), seq, record.body))
            elif record.kind == "erasure":
                erased.append((str(said["id"]), seq))
            elif record.kind == "document":
                readers.setdefault((str(said["reader"]), str(said["version"])), len(readers) + 1)
        _renumber(engine, readers)
        for table in ("decisions", "erased"):
            engine.run(f"DELETE FROM {table}")  # noqa: S608 - our own names
        insert(engine, "decisions", ("key", "seq", "body"), decisions)
        insert(engine, "erased", ("id", "seq"), erased)
        engine.run("UPDATE meta SET value = ? WHERE name = 'head'", (before,))
        engine.run("UPDATE meta SET value = ? WHERE name = 'records'", (str(seq),))
        lines.forget(engine)
    _index_texts(engine, progress)


def _renumber(engine: Engine, readers: dict[tuple[str, str], int]) -> None:
    """Gives the readers the numbers in which the log met them, wherever they stand."""
    present = {(str(r), str(v)): int(n) for n, r, v in engine.rows("SELECT number, reader, version FROM readers")}
    if present == readers:
        return
    # By the key of a reading it is known whose it is, whatever became of the table of readers.
    by_key = {}
    for key, document, names, findings in engine.rows("SELECT key, document_key, claims, findings FROM readings"):
        for (reader, version), number in readers.items():
            if key_of(str(document), reader, version, str(names), str(findings)) == key:
                by_key[str(key)] = number
    spare = max([*present.values(), *readers.values()], default=0)
    for table_rows in (sorted(readers.items(), key=lambda it: it[1]),):
        for (reader, version), number in table_rows:
            insert(engine, "readers", ("number", "reader", "version"), [(spare + number, f"\x00{reader}", version)])
    engine.run_many(
        "UPDATE readings SET reader = ? WHERE key = ?", [(spare + number, key) for key, number in by_key.items()]
    )
    engine.run("DELETE FROM readers WHERE number <= ? AND number NOT IN (SELECT reader FROM readings)", (spare,))
    for (reader, version), number in readers.items():
        insert(engine, "readers", ("number", "reader", "version"), [(number, reader, version)])
    engine.run_many("UPDATE readings SET reader = ? WHERE key = ?", [(number, key) for key, number in by_key.items()])
    engine.run("DELETE FROM readers WHERE number > ?", (spare,))


def _index_texts(engine: Engine, progress: Progress | None) -> None:
    """Puts the texts into the search again, some at a time: whoever searches meanwhile finds what he found before."""
    with engine.reading():
        keys = sorted(
            {str(key) for table, column in (("texts", "key"), ("searched", "text_key"))
             for (key,) in engine.rows(f"SELECT {column} FROM {table}")}  # noqa: S608 - our own names
        )  # fmt: skip
    try:
        for start in range(0, len(keys), _TEXTS):
            with engine.writing():
                search.index_again(engine, keys[start : start + _TEXTS])
            if progress is not None:
                progress("texts to search", min(start + _TEXTS, len(keys)))
    except BookError:
        # What nothing can be taken out of is dropped as a whole; an error of another kind comes back here.
        with engine.writing():
            search.empty(engine)
            search.index_all(engine)
