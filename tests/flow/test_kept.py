import os
import tempfile
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.flow import entries, entries_of, keep, read
from pledgebook.ledger import PublishedRates
from pledgebook.store import BookFacts, open_book

AT = datetime(2026, 1, 2, tzinfo=UTC)
RATES = PublishedRates()
TEXTS = [
    "Acme pledges 3000000 EUR to ES.",
    "Acme pledges 3000000 EUR to ES. Bolt pledges 9000000 USD to FR.",
    "Bolt pledges 9000000 USD to FR.",
    "Acme pledges 4000000 EUR to ES.",
    "Nothing at all is pledged in this one.",
]


def ingest(folder: Path, order: Iterable[int], reader: str = "plain_reader:PlainReader") -> tuple[Any, BookFacts]:
    with closing(open_book(str(folder / "b.db"), create=True)) as book:
        for number in order:
            path = folder / f"{number}.txt"
            path.write_text(TEXTS[number], encoding="utf-8")
            for _ in keep(book, read([str(path)], reader=reader, workers=1), at=AT):
                pass
        return entries(book, rates=RATES), book.facts()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=5, max_size=9).filter(lambda order: set(order) == set(range(5))))
def test_order_and_repetition_never_change_the_ledger(order: list[int]) -> None:

    before = Path.cwd()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        try:
            os.chdir(one)
            first, facts = ingest(Path(), order)
            os.chdir(two)
            second, _ = ingest(Path(), range(5))
        finally:
            os.chdir(before)
    assert first == second
    assert facts.documents == 5


def test_counts_of_an_ingest_and_what_is_new(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    with closing(open_book(str(tmp_path / "book"), create=True)) as book:
        sources = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
        ((_, first),) = keep(book, read(sources, reader="plain_reader:PlainReader", workers=1), at=AT)
        ((_, second),) = keep(book, read(sources, reader="plain_reader:PlainReader", workers=1), at=AT)
    assert (first.documents, first.new, first.refused) == (1, 1, 1)
    assert (second.documents, second.new, second.refused) == (1, 0, 1)


def test_a_newer_reader_replaces_what_the_older_found(tmp_path: Path) -> None:
    ingest(tmp_path, range(5))
    found, facts = ingest(tmp_path, range(5), reader="plain_reader:NewerReader")
    assert facts.documents == 5
    assert {purpose.value for entry in found for purpose in entry.pledge.purposes} == {"cloud"}
    alone = entries_of(
        list(read([str(tmp_path / f"{n}.txt") for n in range(5)], reader="plain_reader:NewerReader", workers=1)),
        rates=RATES,
    )
    assert [entry.id for entry in alone] == [entry.id for entry in found]
