"""The tables of a book, and how an older book gets those of today."""

from importlib.resources import files

import apsw

from pledgebook.domain import BookError
from pledgebook.store.chain import START
from pledgebook.store.connection import rows_of

FORMAT = "pledgebook"


def migrations() -> tuple[tuple[int, str], ...]:
    """Number and SQL of every edition of the tables, oldest first."""
    folder = files("pledgebook.store") / "migrations"
    scripts = (item for item in folder.iterdir() if item.name.endswith(".sql"))
    return tuple(sorted((int(item.name[:4]), item.read_text(encoding="utf-8")) for item in scripts))


def schema_of(db: apsw.Connection) -> int:
    """The edition of a book's tables; 0 for a new file. Raises BookError where the file is something else."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    if "meta" not in tables:
        raise BookError(db.filename, "a database that is no book", "Name another with --db.")
    meta = dict(rows_of(db, "SELECT name, value FROM meta"))
    if meta.get("format") != FORMAT:
        raise BookError(db.filename, "a database that is no book", "Name another with --db.")
    return int(str(meta["schema"]))


def migrate(db: apsw.Connection) -> int:
    """The edition of the book's tables after all that were missing have been made, all together or none."""
    known = migrations()
    latest = known[-1][0]
    if schema_of(db) == latest:
        return latest
    db.execute("BEGIN IMMEDIATE")
    try:
        present = _known(schema_of(db), latest, db.filename)  # another process may have been faster
        for number, script in known:
            if number > present:
                db.execute(script)
        if present == 0:
            db.execute(
                "INSERT INTO meta (name, value) VALUES ('format', ?), ('head', ?), ('records', '0')", (FORMAT, START)
            )
        db.execute("DELETE FROM meta WHERE name = 'schema'")
        db.execute("INSERT INTO meta (name, value) VALUES ('schema', ?)", (str(latest),))
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
    return latest


def _known(present: int, latest: int, where: str) -> int:
    if present > latest:
        seen = f"written by a later version (edition {present}, where we know {latest})"
        raise BookError(where, seen, "Update Pledgebook.")
    return present
