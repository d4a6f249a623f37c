"""A book for tools/bench_web.py: so many pledges, each told in a document of its own."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from pledgebook.domain import (
    Amount,
    Claim,
    Document,
    Evidence,
    Interval,
    Party,
    PublishedBasis,
    Purpose,
    ReadDocument,
    Span,
)
from pledgebook.store import open_book

COUNTRIES = ("FR", "DE", "ES", "IT", "PL", "GB", "US", "JP", "MY", "BE")


def make_book(path: Path, pledges: int) -> str:
    """A book of so many pledges, each told in a document of its own."""
    began = date(2020, 1, 1)

    def item(number: int) -> ReadDocument:
        # Names of pronounceable syllables: different firms, so that no two pledges are one.
        name = "".join(
            ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru")[int(digit)] for digit in f"{number:06}"
        )
        name = name.title()
        day = began + timedelta(days=number % 1800)
        value = 1_000_000 * (1 + number % 997)
        words = f"{name} will invest {value} EUR in {COUNTRIES[number % 10]}."
        text = f"{day:%d %B %Y}. {words} The money is for a data centre that opens within two years."
        at = text.index(words)
        span = Span(at, at + len(name))
        figure = Span(text.index(str(value)), text.index(str(value)) + len(str(value)) + 4)
        claim = Claim(
            id=f"c{number}", investors=(Party(name),), destinations=(COUNTRIES[number % 10],),
            amount=Amount(Decimal(value), "EUR"), purposes=(Purpose.DATA_CENTRES,), announced=Interval.day(day),
            evidence=(Evidence("investors", span, span.of(text)), Evidence("amount", figure, figure.of(text))),
        )  # fmt: skip
        document = Document(
            f"https://news.example/{number}", text, "en", name, Interval.day(day), PublishedBasis.METADATA
        )
        return ReadDocument(document, (claim,), reader="told", version="1")

    now = datetime(2026, 1, 1, tzinfo=UTC)
    with closing(open_book(str(path), create=True)) as book:
        for start in range(0, pledges, 1000):
            book.add_all([item(number) for number in range(start, min(start + 1000, pledges))], at=now)
    return str(path)
