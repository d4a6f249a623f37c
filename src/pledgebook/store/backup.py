"""Copies of a book: whole or not at all, in a file that any version of Pledgebook can take back."""

import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw

from pledgebook.domain import BookError
from pledgebook.store import search
from pledgebook.store.connection import SqliteEngine, told
from pledgebook.store.engine import Engine, insert
from pledgebook.store.ports import Progress
from pledgebook.store.schema import latest_edition, meta_of, migrate, schema_of

# What a book can't be without, in an order in which each row finds what it names.
PRIMARY = {
    "log": ("seq", "at", "kind", "body", "hash"),
    "texts": ("key", "text"),
    "documents": ("key", "id", "text_key", "body"),
    "sources": ("key", "id", "source"),
    "captures": ("key", "id", "body"),
    "readers": ("number", "reader", "version"),
    "readings": ("key", "document_key", "reader", "claims", "findings"),
    "claims": ("key", "body"),
    "decisions": ("key", "seq", "body"),
    "erased": ("id", "seq"),
    "pages": ("key", "id", "reading"),
}
_PAGES_AT_ONCE = 2000
_ROWS_AT_ONCE = 2000


def back_up(engine: Engine, target: Path, progress: Progress | None = None) -> None:
    """Writes the book into the file `target`, as it is at one moment, whoever else writes to it meanwhile.

    The file takes its name when all of it is on the disk. Raises BookError where there is such a file already.
    """
    if target.exists():
        raise BookError(str(target), "there already", "Name a file that is not there yet.")

    def fill(path: Path) -> None:
        if isinstance(engine, SqliteEngine):
            _copy_file(engine, path, progress)
            return
        with closing(SqliteEngine(path)) as copy:
            copy.prepare()
            migrate(copy)
            with engine.reading():
                copy_rows(engine, copy, progress)
            copy.db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    whole(target, fill)


def back_up_edition(engine: Engine, edition: int) -> None:
    """Keeps a copy of a book of an earlier edition beside it, before its tables are changed."""
    if isinstance(engine, SqliteEngine):
        target = engine.path.with_name(f"{engine.path.name}.edition-{edition}.backup")
        if not target.exists():
            whole(target, lambda path: _copy_file(engine, path, None))
        return
    kept = f"pledgebook_edition_{edition}"
    with engine.writing():
        if engine.rows("SELECT 1 FROM pg_namespace WHERE nspname = ?", (kept,)):
            return
        engine.run(f"CREATE SCHEMA {kept}")
        for table in sorted(engine.tables()):
            engine.run(f"CREATE TABLE {kept}.{table} AS TABLE {table}")


def whole(target: Path, fill: Callable[[Path], None]) -> None:
    """Has `fill` write a file beside `target` and gives it that name when it is on the disk, whole or not at all."""
    folder = target.resolve().parent
    try:
        number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=folder)
    except OSError as error:
        seen = (error.strerror or "can't be written").lower()
        raise BookError(str(target), seen, "Look whether its folder exists and can be written.") from error
    os.close(number)
    path = Path(name)
    try:
        fill(path)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        path.replace(folder / target.name)
        _sync_folder(folder)
    except OSError as error:
        seen = (error.strerror or "can't be written").lower()
        raise BookError(str(target), seen, "Nothing was written. Make room, or name another file.") from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{path}{end}").unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Sees to it that the new name of a file outlives a loss of power, where the system lets us."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _copy_file(engine: SqliteEngine, path: Path, progress: Progress | None) -> None:
    """The file page by page; pages that others write meanwhile are copied again."""
    path.unlink()
    with closing(SqliteEngine(path)) as copy, told(path):
        # Pages get their checksums once the first page of the file says so: it has to be there before all others.
        copy.db.execute("CREATE TABLE first_page (x)")
        # One moment of reading on our side: else every writer would have the copy begin anew.
        with engine.reading():
            engine.rows("SELECT count(*) FROM meta")
            with copy.db.backup("main", engine.db, "main") as work:
                while not work.done:
                    work.step(_PAGES_AT_ONCE)
                    if progress is not None:
                        progress("pages copied", work.page_count - work.remaining)
        copy.db.execute("PRAGMA journal_mode=DELETE")


def copy_rows(source: Engine, target: Engine, progress: Progress | None = None) -> None:
    """Writes what a book can't be without into another one, and what it is searched by; the other must be empty.

    In one transaction: all of it is there at the end, or nothing.
    """
    with target.writing():
        if target.rows("SELECT 1 FROM log LIMIT 1"):
            raise BookError(target.where, "not empty", "Restore into a book that is not there yet.")
        done = 0
        for table, columns in PRIMARY.items():
            rows = []
            order = ", ".join(columns[:1])
            for row in source.each(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):  # noqa: S608 - our own names
                rows.append(row)
                if len(rows) >= _ROWS_AT_ONCE:
                    insert(target, table, columns, rows)
                    done += len(rows)
                    rows = []
                    if progress is not None:
                        progress("rows copied", done)
            insert(target, table, columns, rows)
            done += len(rows)
        meta = meta_of(source)
        for name in ("head", "records"):
            target.run("UPDATE meta SET value = ? WHERE name = ?", (str(meta[name]), name))
        search.index_all(target)


def restore(backup: Path, name: str, *, replace: bool = False, progress: Progress | None = None) -> None:
    """Makes the book called `name` of a backup, whole or not at all; with `replace` also where there is a book.

    Raises BookError where the backup is damaged, and where there is a book that is not to be replaced. A book that is
    replaced stays beside the new one, its name ending in `.replaced`.
    """
    from pledgebook.store.open import is_address, open_engine  # noqa: PLC0415 - which loads this module

    if not backup.is_file():
        raise BookError(str(backup), "no such file", "Name a file that `pledgebook backup` has written.")
    with closing(SqliteEngine(backup)) as source:
        edition_of(source)
        if is_address(name):
            with closing(open_engine(name, create=True)) as target:
                _restore_rows(source, target, progress)
            return
        target_path = Path(name)
        if target_path.exists() and not replace:
            raise BookError(name, "there already", "Give --replace to put the backup in its place.")

        def fill(path: Path) -> None:
            _copy_file(source, path, progress)
            with closing(SqliteEngine(path)) as copy:
                migrate(copy)
                _check(copy, str(backup), progress)
            if target_path.exists():
                _put_aside(target_path)

        whole(target_path, fill)


def _check(engine: Engine, name: str, progress: Progress | None) -> None:
    from pledgebook.store.verify import find_damage  # noqa: PLC0415 - only restoring needs it

    damage = find_damage(engine, progress)
    if damage:
        raise BookError(name, f"damaged ({damage[0]})", "Take another backup: nothing was changed.")


def _put_aside(path: Path) -> None:
    """Renames a book; first its log, so that no other book is ever taken for the one that the log belongs to."""
    for end in ("-wal", "-shm", ""):
        file = Path(f"{path}{end}")
        if file.exists():
            file.replace(Path(f"{path}.replaced{end}"))


def _restore_rows(source: SqliteEngine, target: Engine, progress: Progress | None) -> None:
    """Brings a backup into a new, empty book."""
    if edition_of(source) != latest_edition():
        seen = f"edition {edition_of(source)}, older than this version's"
        raise BookError(source.where, seen, "Restore it into a file first, and take a backup of that.")
    _check(source, source.where, progress)
    migrate(target)
    with source.reading():
        copy_rows(source, target, progress)


def edition_of(engine: Engine) -> int:
    """The edition of a backup's tables, not newer than ours."""
    found = schema_of(engine)
    if not 0 < found <= latest_edition():
        raise BookError(engine.where, f"edition {found}, which we don't know", "Update Pledgebook.")
    return found
