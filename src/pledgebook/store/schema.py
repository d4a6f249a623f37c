"""The tables of a book, and how an older book gets those of today."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from pledgebook.domain import BookError
from pledgebook.store import search
from pledgebook.store.chain import START
from pledgebook.store.engine import Engine

FORMAT = "pledgebook"
_SEARCHED_SINCE = 2
_DIALECTS = ("sqlite", "postgres")


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Number and SQL of every edition of the tables, oldest first."""
    folder = files("pledgebook.store") / "migrations"
    scripts = (item for item in folder.iterdir() if item.name.endswith(".sql"))
    return tuple(sorted((int(item.name[:4]), item.read_text(encoding="utf-8")) for item in scripts))


def latest_edition() -> int:
    """The edition of tables that this version writes."""
    return migrations()[-1][0]


def meta_of(engine: Engine) -> dict[str, str]:
    """What a book says of itself."""
    return {str(name): str(value) for name, value in engine.rows("SELECT name, value FROM meta")}


def script_for(dialect: str, script: str) -> str:
    r"""The lines of a migration that a database takes.

    >>> script_for("sqlite", "CREATE TABLE a (b TEXT);\nsqlite: PRAGMA x;\npostgres: SET y;")
    'CREATE TABLE a (b TEXT);\nPRAGMA x;'
    """
    kept = []
    for line in script.splitlines():
        name, mark, rest = line.partition(": ")
        if mark and name in _DIALECTS:
            if name == dialect:
                kept.append(rest)
        else:
            kept.append(line)
    return "\n".join(kept)


def schema_of(engine: Engine) -> int:
    """The edition of a book's tables; 0 for a new one. Raises BookError where the tables are somebody else's."""
    tables = engine.tables()
    if not tables:
        return 0
    if "meta" not in tables:
        raise BookError(engine.where, "a database that is no book", "Name another with --db.")
    try:
        meta = meta_of(engine)
    except BookError as error:
        if "column" not in error.seen:
            raise
        meta = {}  # somebody else's table of that name
    if meta.get("format") != FORMAT:
        raise BookError(engine.where, "a database that is no book", "Name another with --db.")
    try:
        return int(str(meta["schema"]))
    except (KeyError, ValueError) as error:
        raise BookError(
            engine.where, "damaged: its edition can't be read", "Restore a backup with `pledgebook restore`."
        ) from error


def migrate(engine: Engine, *, back_up: Callable[[int], None] | None = None) -> int:
    """The edition of the book's tables after all that were missing have been made, all together or none.

    `back_up` is called first with the edition that is there, where a book is about to be changed.
    """
    known = migrations()
    latest = latest_edition()
    present = _known(schema_of(engine), latest, engine.where)
    if present == latest:
        return latest
    if present and back_up is not None:
        back_up(present)
    with engine.writing():
        present = _known(schema_of(engine), latest, engine.where)  # another process may have been faster
        for number, script in known:
            if number > present:
                engine.script(script_for(engine.dialect, script))
        if 0 < present < _SEARCHED_SINCE:
            search.index_all(engine)
        if present == 0:
            engine.run(
                "INSERT INTO meta (name, value) VALUES ('format', ?), ('head', ?), ('records', '0')", (FORMAT, START)
            )
        engine.run("DELETE FROM meta WHERE name = 'schema'")
        engine.run("INSERT INTO meta (name, value) VALUES ('schema', ?)", (str(latest),))
    return latest


def _known(present: int, latest: int, where: str) -> int:
    if present > latest:
        seen = f"written by a later version (edition {present}, where we know {latest})"
        raise BookError(where, seen, "Update Pledgebook.")
    return present
