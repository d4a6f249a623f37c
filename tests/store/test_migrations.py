from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from books import Named
from factory import claim
from pledgebook.domain import BookError, Decision, DecisionKind, Document, ReadDocument
from pledgebook.store import SqlBook, open_book
from pledgebook.store.backup import PRIMARY, restore
from pledgebook.store.connection import check_version
from pledgebook.store.engine import Engine
from pledgebook.store.open import open_engine
from pledgebook.store.schema import latest_edition, meta_of, migrations, script_for

AT = datetime(2026, 1, 2, tzinfo=UTC)
LATER_TABLES = ("captures", "pages")


def fill(book: SqlBook) -> None:
    items = [
        ReadDocument(
            Document(f"{n}.txt", f"Acme number {n} gives 3 EUR.", "en", name=f"doc-{n}"),
            (claim("c", f"Acme{n}", "ES", "3 EUR"),),
        )
        for n in range(5)
    ]
    book.add_all(items, at=AT)
    book.decide(Decision("d", DecisionKind.REJECT, (("doc-1", "c"),), "Kim", AT, "satire"))
    book.erase("doc-3", by="Kim", why="asked to", at=AT)


def as_edition_1(source: SqlBook, target: Engine) -> None:
    """Writes a book as the first version did."""
    with target.writing():
        target.script(script_for(target.dialect, migrations()[0][1]))
        for table, columns in PRIMARY.items():
            if table not in LATER_TABLES:
                rows = source.engine.rows(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - our own names
                target.run_many(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608 - our own names
                    rows,
                )
        said = meta_of(source.engine) | {"schema": "1"}
        target.run_many("INSERT INTO meta (name, value) VALUES (?, ?)", list(said.items()))


def test_a_book_of_the_first_edition_becomes_one_of_today(place: Named, tmp_path: Path) -> None:
    with closing(open_book(str(tmp_path / "source.db"), create=True)) as source:
        fill(source)
        with closing(open_engine(place("b"), create=True)) as old:
            as_edition_1(source, old)
        with closing(open_book(place("b"))) as book:
            assert book.facts().schema == latest_edition()
            assert book.documents() == source.documents()
            assert book.decisions() == source.decisions()
            assert list(book.log()) == list(source.log())
            assert book.verify() == ()
            assert len(book.search("acme 4")) == 1
            if book.engine.dialect == "sqlite":
                kept = tmp_path / "b.db.edition-1.backup"
                assert open_engine(str(kept)).rows("SELECT value FROM meta WHERE name = 'schema'") == [("1",)]
            else:
                assert book.engine.rows("SELECT count(*) FROM pledgebook_edition_1.log") == [(7,)]
                book.engine.run("DROP SCHEMA pledgebook_edition_1 CASCADE")


def test_a_backup_of_the_first_edition_is_restored(tmp_path: Path) -> None:
    with closing(open_book(str(tmp_path / "source.db"), create=True)) as source:
        fill(source)
        with closing(open_engine(str(tmp_path / "old.db"), create=True)) as old:
            as_edition_1(source, old)
        restore(tmp_path / "old.db", str(tmp_path / "new.db"))
        with closing(open_book(str(tmp_path / "new.db"))) as book:
            assert book.documents() == source.documents()
            assert book.verify() == ()


def test_an_sqlite_that_damages_books_is_refused() -> None:
    check_version("3.51.3")
    with pytest.raises(BookError, match=r"3\.40\.1"):
        check_version("3.40.1")
