#!/usr/bin/env python3
"""Fills a book with made-up claims and says how large it is, how fast it takes them in and how fast it answers.

    bench_book.py [--claims 100000] [--more 20] [--db FILE or postgresql://...] [--seed 2]

One document a claim, with a text of a few sentences. `list` and `total` are measured as the functions behind the
commands: what a page or a request costs, without starting a program. `--more` documents are added one by one, with
their lines, to a book that is remembered, as `watch` and `serve` do it. A book that is there already is asked as it is.
"""

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bench_reconcile import COUNTRIES, World
from pledgebook.domain import Document, Purpose, ReadDocument, Sentence, Span, Telling
from pledgebook.flow.keeper import Keeper
from pledgebook.flow.lines import find_lines, find_records, find_totals
from pledgebook.ledger import PublishedRates
from pledgebook.show.filters import Filters
from pledgebook.store import open_book

AT = datetime(2026, 1, 2, tzinfo=UTC)
AT_ONCE = 64
QUESTIONS = 60
# Sentences of no meaning.
WORDS = (  # noqa: SIM905 - a line a word would fill the page
    "the company said on Monday that it would build data centres near the old harbour of the town and "
    "train people for the work there while the government welcomed the plan as a sign of trust in the "
    "region and its engineers"
).split()


def document_of(telling: Telling) -> ReadDocument:
    """A document with a text of its own that tells one claim."""
    chance = random.Random(telling.document)  # noqa: S311 - a benchmark, not a secret
    who = " and ".join(party.name for party in telling.claim.investors) or "Somebody"
    sentences, text = [], ""
    for first in (f"{who} will invest in {' '.join(telling.claim.destinations)}.", *("",) * 4):
        words = first or " ".join(chance.choices(WORDS, k=14)).capitalize() + "."
        sentences.append(Sentence(Span(len(text), len(text) + len(words)), 0))
        text += words + " "
    document = Document(
        source=f"https://news.example/{telling.document}", text=text, language="en", title=f"{who} invests",
        published=telling.published, sentences=tuple(sentences), name=telling.document,
    )  # fmt: skip
    return ReadDocument(document, (telling.claim,), page=f"page-{telling.document}")


def batches(items: Iterator[ReadDocument]) -> Iterator[list[ReadDocument]]:
    """The documents, as many at a time as an ingest keeps together."""
    while several := list(islice(items, AT_ONCE)):
        yield several


def timed(what: str, count: int, work: Callable[[int], Any]) -> None:
    """Prints median, p95 and worst of some questions, and the p95 of what they took of one core."""
    took, worked = [], []
    for number in range(count):
        started, busy = time.perf_counter(), time.process_time()
        work(number)
        took.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    print(
        f"{what:<50} median {statistics.median(took):7.1f} ms  p95 {_p95(took):7.1f} ms  worst {max(took):7.1f} ms"
        f"  (one core: median {statistics.median(worked):7.1f} ms, p95 {_p95(worked):7.1f} ms)",
        flush=True,
    )


def _p95(took: list[float]) -> float:
    return sorted(took)[min(len(took) - 1, int(len(took) * 0.95))]


def spent(what: str, work: Callable[[], Any], *, per: int = 0) -> Any:  # noqa: ANN401 - what the work gives
    """Prints how long one piece of work took."""
    started, worked = time.perf_counter(), time.process_time()
    found = work()
    took, cpu = time.perf_counter() - started, time.process_time() - worked
    rate = f"  {per / took:,.0f} a second" if per else ""
    print(f"{what:<58} {took:8.1f} s ({cpu:.1f} s of one core){rate}", flush=True)
    return found


def measure(name: str, claims: int, seed: int, more: int) -> None:
    """Fills the book and asks it."""
    rates = PublishedRates()
    world = World.of(claims, seed)
    keeper = Keeper(rates, grows=more > 0)
    investors = sorted({party.name for it in islice(world.stream(), 50_000) for party in it.claim.investors})
    is_there = Path(name).exists()
    with closing(spent("opened", lambda: open_book(name, create=True))) as book:

        def fill() -> None:
            for several in batches(map(document_of, world.stream())):
                book.add_all(several, at=AT)

        if is_there:
            claims = book.facts().claims
        else:
            spent(f"ingest of {claims:,} documents with a claim each", fill, per=claims)
        spent("lines of the ledger worked out and kept", lambda: keeper.bring_up_to_date(book), per=claims)
        facts = book.facts()
        found = find_lines(book, rates=rates, limit=1).found
        sizes = f"{facts.documents:,} documents, {facts.claims:,} claims, {found:,} lines; {facts.size / 1e6:,.0f} MB"
        print(f"{sizes}; {facts.engine}", flush=True)
        ask(book, rates, investors, seed)
        if more:
            late = map(document_of, World.of(more, seed + 1).stream())

            def add(_: int) -> None:
                item = next(late)
                document = replace(item.document, name=f"late-{item.document.id}")
                book.add_all([replace(item, document=document)], at=AT)
                keeper.bring_up_to_date(book)

            timed("one document more, with its lines", more, add)
        damage = spent("verify", book.verify, per=claims)
        print("verify: sound" if not damage else f"verify: {damage[:3]}")
        with tempfile.TemporaryDirectory() as folder:
            spent("backup", lambda: book.back_up(Path(folder) / "copy.db"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak {peak / 1024:,.0f} MB")


def ask(book: Any, rates: PublishedRates, investors: list[str], seed: int) -> None:  # noqa: ANN401 - a book
    """Prints how long lists, totals and searches take."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark, not a secret
    somebody = [chance.choice(investors) for _ in range(QUESTIONS)]
    country = [chance.choice(COUNTRIES[:20]) for _ in range(QUESTIONS)]

    def listed(filters: Filters, **options: Any) -> Any:  # noqa: ANN401 - as find_lines
        return find_lines(book, filters, rates=rates, currency="USD", has_claims=False, **{"limit": 50} | options)

    newest: dict[str, Any] = {"sort": "announced", "descending": True}
    timed("list: 50 newest of all", QUESTIONS, lambda n: listed(Filters(), **newest, offset=50 * n))
    timed("list: 50 largest of a country that count", QUESTIONS, lambda n: listed(
        Filters(country=country[n], counted=True), sort="amount", descending=True))  # fmt: skip
    timed("list: all of an investor in a country", QUESTIONS, lambda n: listed(
        Filters(investor=somebody[n], country=country[n]), limit=None))  # fmt: skip
    timed("list: 50 newest of a purpose, with three sources", QUESTIONS, lambda n: listed(
        Filters(purpose=Purpose.AI, min_sources=3), **newest, offset=n))  # fmt: skip
    timed("list: the same as JSON", QUESTIONS, lambda n: find_records(
        book, Filters(purpose=Purpose.AI, min_sources=3), rates=rates, limit=50, offset=n, **newest))  # fmt: skip
    spent("total --by country, asked for the first time", lambda: find_totals(book, rates=rates, by="country"))
    timed("total --by country", QUESTIONS, lambda _: find_totals(book, rates=rates, by="country"))
    spent("total --by year of an investor, for the first time", lambda: find_totals(
        book, Filters(investor=somebody[0]), rates=rates, by="year"))  # fmt: skip
    timed("search: two words", QUESTIONS, lambda n: book.search(f"{somebody[n]} harbour"))


def main() -> int:
    """Measures a new book; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--db", help="where to keep the book (a new one); without it, in a folder that is dropped")
    parser.add_argument("--more", type=int, default=0, help="so many documents are added one by one to the whole book")
    options = parser.parse_args()
    if options.db:
        measure(options.db, options.claims, options.seed, options.more)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        measure(str(Path(folder) / "bench.db"), options.claims, options.seed, options.more)
    return 0


if __name__ == "__main__":
    sys.exit(main())
