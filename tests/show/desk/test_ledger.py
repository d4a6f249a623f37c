import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from time import monotonic

import pytest

from pledgebook.domain import Purpose, Stage
from pledgebook.flow import entries
from pledgebook.ledger import PublishedRates, aged
from pledgebook.show.desk import Desk, Ledger, Query, read_query
from pledgebook.show.desk.review import FIELDS, present_value
from pledgebook.show.desk.state import ALL
from pledgebook.show.filters import Filters
from served import NOW, small_book


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(str(small_book(tmp_path_factory.mktemp("desk"))), clock=lambda: NOW)


@pytest.fixture(scope="module")
def ledger(desk: Desk) -> Ledger:
    return desk.ledger()


def test_the_index_finds_what_the_filters_keep(ledger: Ledger) -> None:
    days = (None, date(2024, 5, 13), date(2024, 5, 14), date(2030, 1, 1))
    chosen = [
        Filters(investor=investor, country=country, since=since, until=until, counted=counted, min_sources=sources)
        for investor, country, since, until, counted, sources in product(
            (None, "acme", "o"), (None, "FR"), days, days, (False, True), (0, 2)
        )
    ]
    chosen += [
        Filters(place="x"),
        Filters(recipient="x"),
        Filters(purpose=Purpose.GENERAL),
        Filters(stage=Stage.DENIED),
    ]
    for filters in chosen:
        found = {entry.id for entry in ledger.each(ledger.asked(Query(filters)))}
        assert found == {entry.id for entry in ledger.each(ALL) if filters.keep(entry)}, filters


def test_lines_are_those_of_the_book_and_kept_until_it_changes(desk: Desk, ledger: Ledger) -> None:
    with desk.open() as book:
        known = aged(entries(book, rates=PublishedRates(), currency="USD"), NOW.date())
    assert list(ledger.each(ALL, has_claims=True)) == list(known)
    assert desk.ledger() is ledger
    assert desk.ledger(currency="EUR").currency == "EUR"
    day = date(2024, 5, 13)
    with desk.open() as book:
        then = entries(book, rates=PublishedRates(), as_of=day, currency="USD")
    assert tuple(desk.ledger(as_of=day).each(ALL, has_claims=True)) == then
    assert desk.ledger(as_of=day) is desk.ledger(as_of=day)


def test_an_order_is_that_of_the_sums_worth(ledger: Ledger) -> None:
    worth = [ledger.worth(entry) for entry in ledger.each(ledger.asked(Query(sort="-amount")))]
    known = [value for value in worth if value is not None]
    assert worth == [*sorted(known, reverse=True), *[None] * (len(worth) - len(known))]


def test_documents_are_fetched_when_asked_for(ledger: Ledger) -> None:
    assert len(ledger.documents) == 4
    for name in ledger.documents:
        assert ledger.documents[name].document.id == name
    with pytest.raises(KeyError):
        ledger.documents["none"]


def test_a_question_and_its_address_are_one(ledger: Ledger) -> None:
    assert ledger.count()
    query = read_query({"country": "France", "in": "eur", "sort": "amount", "counted": "yes", "q": "a b", "since": ""})
    assert read_query(dict(query.params())) == query
    assert query.url("/ledger", q=None) == "/ledger?country=FR&counted=true&in=EUR&sort=amount"


def test_every_field_can_be_accepted_as_it_is(ledger: Ledger) -> None:
    from pledgebook.reconcile.written import read_written

    for entry in ledger.each(ALL):
        for field in FIELDS:
            value = present_value(entry.pledge, field)
            if value is not None and field != "investors":
                assert read_written(field, value) == getattr(entry.pledge, field), field


def test_who_asks_a_little_later_need_not_wait_for_a_look(tmp_path: Path) -> None:
    desk = Desk(str(small_book(tmp_path)), clock=lambda: NOW)

    async def ask() -> None:
        ledger = await desk.ledger_soon()
        seen = desk._seen
        assert seen is not None
        desk._seen = replace(seen, at=monotonic() - 0.15)
        assert await desk.ledger_soon() is ledger
        assert desk._ahead is not None
        await desk._ahead
        assert desk._seen.at > seen.at
        assert desk._seen.head == seen.head

    # In a thread of its own: one that drives a browser has a loop already.
    with ThreadPoolExecutor(max_workers=1) as own:
        own.submit(asyncio.run, ask()).result()
    desk.close()
