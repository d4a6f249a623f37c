#!/usr/bin/env python3
"""How fast the API and the pages answer on a book of 100,000 pledges.

Of the API a 50-row list at 16 connections, beside bare Starlette routes that send the same rows; of each page its
weight, the server's time on the first visit and later, and of the first one when it is drawn. What was promised stands
beside each figure, and whoever misses it is named at the end.

Each server runs in a process of its own (uvicorn, httptools, one worker) and is asked in turn by one more process, so
that both have the machine to themselves. "same" asks one address again and again, "each new" never asks an address
twice (the answer is put together each time): with one filter that lets all pass, and with several that let all sorts
of lines pass. "bare" is a Starlette route that renders the same rows with JSONResponse, asked right before and after
each of ours; "bare bytes" one that sends them ready-made. Beside each figure stands what an answer cost the server's
processor and the asker's, and the load of the machine. A first visit is counted in processor time of the server, when
it has read the lines into memory and when it has not: others may be at work on this machine. Run it with
`python tools/bench_web.py [--pledges N] [--seconds N] [--book PATH]`.
"""

import argparse
import json
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from bench_web_book import COUNTRIES, make_book
from bench_web_client import fetch, measured
from bench_web_servers import Server, idle, memory, running, serve_bare, serve_book
from bench_web_visits import cold_visits, first_visits, later_visits
from pledgebook.flow.moments import moment
from pledgebook.ledger import PublishedRates
from pledgebook.store import open_book

MOST_LIST_MS, LEAST_SHARE = 25, 0.5
ROWS = 50
MOST_PAGES = 400
HERE = "/api/v1/pledges"


def main() -> int:
    """Prints the figures; 1 where they miss what was promised."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--pledges", type=int, default=100_000, help="how many pledges the book has (default: 100000)")
    words.add_argument("--seconds", type=float, default=5, help="how long each way is measured (default: 5)")
    words.add_argument("--book", help="a book to measure instead of one made for it")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.book or make_book(Path(folder) / "bench.db", asked.pledges)
        return _run(path, asked.seconds)


def _run(path: str, seconds: float) -> int:
    began = time.perf_counter()
    with closing(open_book(path)) as book, moment(book, rates=PublishedRates()):
        print(f"its ledger worked out in {time.perf_counter() - began:.0f} s")
    cold_visits(path)
    with running(serve_book, path) as server:
        began = time.perf_counter()
        content = fetch(f"http://127.0.0.1:{server.port}{HERE}?limit={ROWS}")
        print(f"first answer after {time.perf_counter() - began:.1f} s (with the start of the server)")
        print(f"lines read into memory for {idle(server.pid):.1f} s of one core; {memory(server.pid)} MB")
        said = json.loads(content)
        print(f"{said['total']} lines, {len(said['rows'])} rows, {len(content)} bytes a list")
        missed = first_visits(server)
        with running(serve_bare, content) as bare:
            missed += _lists(server, bare, seconds)
        pages = [f"{HERE}?limit={ROWS}&cursor={cursor}" for cursor in _cursors(server, said["next"])]
        measured("page after page", server, pages or [f"{HERE}?limit={ROWS}"], seconds)
        measured("one pledge", server, [f"{HERE}/{row['id']}" for row in said["rows"]], seconds)
        measured("totals by country", server, ["/api/v1/totals?by=country"], seconds)
        missed += later_visits(server, seconds)
    print(f"missed: {', '.join(dict.fromkeys(missed))}" if missed else "all that was promised is kept")
    return int(bool(missed))


def _lists(server: Server, bare: Server, seconds: float) -> list[str]:
    """The ways to ask for a list that are slower than promised. The bare route is asked before each and after."""
    fetch(f"http://127.0.0.1:{bare.port}/bytes")
    ready = measured("bare bytes", bare, ["/bytes"], seconds)
    rendered = measured("bare", bare, ["/json"], seconds)
    missed = []
    for name, paths in (
        ("same", [f"{HERE}?limit={ROWS}"]),
        ("each new, one filter", _one_filter(HERE)),
        ("each new, several filters", _several_filters(HERE)),
    ):
        found, before = measured(name, server, paths, seconds), rendered
        rendered = measured("bare", bare, ["/json"], seconds)
        usual = (before["per_second"] + rendered["per_second"]) / 2
        share, of_bytes = found["per_second"] / usual, found["per_second"] / ready["per_second"]
        print(
            f"{name}: {share:.2f} of the bare route (promised: {LEAST_SHARE}), {of_bytes:.2f} of bare bytes;"
            f" p95 {found['p95_ms']:.1f} ms (promised: {MOST_LIST_MS})"
        )
        if share < LEAST_SHARE or found["p95_ms"] > MOST_LIST_MS:
            missed.append(name)
    return missed


def _cursors(server: Server, following: str | None) -> list[str]:
    """Where the first pages of the list end."""
    found: list[str] = []
    while following and len(found) < MOST_PAGES:
        found.append(following)
        following = json.loads(fetch(f"http://127.0.0.1:{server.port}{HERE}?limit={ROWS}&cursor={following}"))["next"]
    return found


def _one_filter(here: str) -> list[str]:
    """Lists that nobody asked before, by a parameter that changes nothing."""
    days = [f"{1000 + n // 28 // 12:04}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(300_000)]
    return [f"{here}?limit={ROWS}&since={day}" for day in days]


def _several_filters(here: str) -> list[str]:
    """Lists that nobody asked before, each of other lines, in all orders but that of names."""
    sorts = ("-announced", "announced", "-amount", "amount", "country", "-sources", "id", "stage")
    first = date(2020, 1, 1)
    return [
        f"{here}?limit={ROWS}&since={first + timedelta(days=n * 7 % 1800)}&until={first + timedelta(days=1800 + n)}"
        f"&country={COUNTRIES[n % 10]}&sort={sorts[n % 8]}{'&counted=true' if n % 3 else ''}"
        for n in range(100_000)
    ]


if __name__ == "__main__":
    sys.exit(main())
