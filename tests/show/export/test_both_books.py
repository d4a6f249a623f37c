"""The same documents in a file and in PostgreSQL: every export is the same bytes."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from books import drop_schema, schema_address
from factory import RATES
from pledgebook.domain import Decision, DecisionKind, ReadDocument
from pledgebook.flow import entries
from pledgebook.show.export import Selection, export, format_names
from pledgebook.store import open_book

AT = datetime(2026, 1, 2, tzinfo=UTC)
SCHEMA = "test_exports"


@pytest.fixture(scope="module")
def books(
    demo_documents: list[ReadDocument], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Selection, Selection]]:
    folder = tmp_path_factory.mktemp("books")
    names = [str(folder / "b.db"), schema_address(SCHEMA)]
    found = []
    for number, name in enumerate(names):
        with closing(open_book(name, create=True)) as book:
            # One of them met the documents the other way round, some at a time, and one of them twice.
            several = demo_documents[:: -1 if number else 1]
            for start in range(0, len(several), 20):
                book.add_all(several[start : start + 20], at=AT)
            book.add_all(several[:1], at=AT)
            book.decide(Decision("d", DecisionKind.REJECT, ((demo_documents[0].document.id, "none"),), "Kim", AT, "-"))
            found.append(
                Selection(
                    entries(book, rates=RATES, currency="USD"),
                    {item.document.id: item for item in book.documents()},
                    book.decisions(),
                    snapshot="s",
                )
            )
    yield found[0], found[1]
    drop_schema(SCHEMA)


@pytest.mark.parametrize("name", format_names())
def test_every_export_is_the_same_bytes(books: tuple[Selection, Selection], name: str, tmp_path: Path) -> None:
    for number, selection in enumerate(books):
        export(selection, name, tmp_path / f"{number}.out")
    assert (tmp_path / "0.out").read_bytes() == (tmp_path / "1.out").read_bytes()
    assert (tmp_path / "0.out").stat().st_size > 10_000


def test_nothing_but_the_head_of_the_log_tells_them_apart(books: tuple[Selection, Selection]) -> None:
    assert replace(books[0], documents={}) == replace(books[1], documents={})
    assert dict(books[0].documents) == dict(books[1].documents)
