"""The bundled articles, all the way: whatever the order and however often, the same lines of the ledger."""

import random
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pledgebook.flow import entries, keep, read
from pledgebook.ledger import PublishedRates
from pledgebook.show.demo import articles
from pledgebook.store import open_book
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json

AT = datetime(2026, 1, 2, tzinfo=UTC)
SOME = 14


def lines_of(path: Path, sources: list[str]) -> str:
    with closing(open_book(str(path), create=True)) as book:
        for source in sources:
            for _ in keep(book, read([source], reader="rules", workers=1), at=AT):
                pass
        assert book.verify() == ()
        return "\n".join(dumps(pledge_json(entry)) for entry in entries(book, rates=PublishedRates()))


def test_any_order_and_twice_give_the_same_bytes(tmp_path: Path) -> None:
    with articles() as folder:
        some = sorted(str(path) for path in folder.iterdir() if path.suffix in (".txt", ".html"))[::3][:SOME]
        again = some[::-1] + some[:4]
        random.Random(5).shuffle(again)  # noqa: S311 - an order, no secret
        first = lines_of(tmp_path / "one.db", some)
        assert first == lines_of(tmp_path / "two.db", again)
    assert first
