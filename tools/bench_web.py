#!/usr/bin/env python3
"""How fast the API and the pages answer on a book of 100,000 pledges.

Of the API a 50-row list at 16 connections, beside bare Starlette routes that send the same rows; of each page its
weight, the server's time, and of the first one when it is drawn.

Each server runs in a process of its own (uvicorn, httptools, one worker) and is asked in turn by one more process, so
that both have the machine to themselves. "same" asks one address again and again, "each new" never asks an address
twice (the answer is put together each time), "bare" is a Starlette route that renders the same rows with JSONResponse,
"bare bytes" one that sends them ready-made. Run it with `python tools/bench_web.py [--pledges N] [--seconds N]`.
"""

import argparse
import asyncio
import json
import multiprocessing
import shutil
import socket
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

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
from pledgebook.flow.moments import moment
from pledgebook.ledger import PublishedRates
from pledgebook.show.serve import Serving, create_app
from pledgebook.store import open_book

CONNECTIONS = 16
PAGES = {
    "first page": "/",
    "first page, of a country": "/?country=FR",
    "totals": "/totals",
    "a country": "/countries/FR",
    "conflicts": "/conflicts",
    "changes": "/changes",
    "sources": "/sources",
    "review": "/review",
}
ROWS = 50


def serve_book(path: str, listening: socket.socket) -> None:
    """Serves a book until somebody ends the process."""
    app = create_app(Serving(path, clock=lambda: datetime.now(UTC)))  # noqa: TID251 - a script may read the clock
    _serve(app, listening)


def serve_bare(content: bytes, listening: socket.socket) -> None:
    """Serves the same rows by two bare Starlette routes."""
    said = json.loads(content)

    async def rendered(_: Request) -> Response:
        return JSONResponse(said)

    async def ready(_: Request) -> Response:
        return Response(content, media_type="application/json")

    _serve(Starlette(routes=[Route("/json", rendered), Route("/bytes", ready)]), listening)


def _serve(app: object, listening: socket.socket) -> None:
    config = uvicorn.Config(app, log_level="error", access_log=False, http="httptools", ws="none", lifespan="on")  # type: ignore[arg-type]
    uvicorn.Server(config).run(sockets=[listening])


def listen() -> socket.socket:
    """A free port on this machine, as `pledgebook serve` opens it."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(256)
    return listening


async def ask(port: int, paths: list[str], seconds: float, connections: int = CONNECTIONS) -> list[float]:
    """How long each answer took, in seconds, over connections that are kept open."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    following = iter(range(10**9))

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            path = paths[next(following) % len(paths)]
            started = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head[9:12])
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
            times.append(time.perf_counter() - started)
            if status != 200:
                raise SystemExit(f"{path}: {status}")
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return times


def measured(
    name: str, port: int, paths: list[str], seconds: float, connections: int = CONNECTIONS
) -> dict[str, float]:
    """Rate and percentiles of one way to answer."""
    asyncio.run(ask(port, paths[:50], min(1.0, seconds), connections))
    times = sorted(asyncio.run(ask(port, paths, seconds, connections)))
    found = {
        "per_second": len(times) / seconds,
        "p50_ms": times[len(times) // 2] * 1000,
        "p95_ms": times[int(len(times) * 0.95)] * 1000,
    }
    print(f"{name:<28} {found['per_second']:>8.0f}/s  p50 {found['p50_ms']:6.2f} ms  p95 {found['p95_ms']:6.2f} ms")
    return found


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
    start = multiprocessing.get_context("spawn")
    listening = listen()
    port = listening.getsockname()[1]
    server = start.Process(target=serve_book, args=(path, listening), daemon=True)
    server.start()
    try:
        base = f"http://127.0.0.1:{port}/api/v1/pledges"
        began = time.perf_counter()
        content = _fetch(f"{base}?limit={ROWS}")
        print(f"first answer after {time.perf_counter() - began:.1f} s (with the start of the server)")
        said = json.loads(content)
        print(f"{said['total']} lines, {len(said['rows'])} rows, {len(content)} bytes a list")
        here = "/api/v1/pledges"
        same = measured("same", port, [f"{here}?limit={ROWS}"], seconds)
        cursors, page = [], said
        while page["next"] and len(cursors) < 400:
            cursors.append(page["next"])
            page = json.loads(_fetch(f"{base}?limit={ROWS}&cursor={page['next']}"))
        # A parameter that changes nothing makes an address that nobody asked before.
        days = [f"{1000 + n // 28 // 12:04}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(300_000)]
        fresh = [f"{here}?limit={ROWS}&since={day}" for day in days]
        new = measured("each new (filtered anew)", port, fresh, seconds)
        pages = [f"{here}?limit={ROWS}&cursor={c}" for c in cursors] or [f"{here}?limit={ROWS}"]
        measured("page after page", port, pages, seconds)
        measured("one pledge", port, [f"{here}/{row['id']}" for row in said["rows"]], seconds)
        measured("totals by country", port, ["/api/v1/totals?by=country"], seconds)
        is_slow = not _pages(port, seconds)
    finally:
        server.terminate()
        server.join(10)
    bare = _bare(start, content, seconds)
    share, of_bytes = same["per_second"] / bare[0]["per_second"], same["per_second"] / bare[1]["per_second"]
    anew = new["per_second"] / bare[0]["per_second"]
    print(f"of the bare route: {share:.2f} (same), {anew:.2f} (each new); of bare bytes: {of_bytes:.2f} (same)")
    return int(same["p95_ms"] > 25 or share < 0.5 or is_slow)


def _pages(port: int, seconds: float) -> bool:
    """Whether the pages are as light and as fast as was promised: 150 kB, 100 ms in the server, 1.5 s till drawn."""
    found = []
    for name, path in PAGES.items():
        began = time.perf_counter()
        weight = len(_fetch(f"http://127.0.0.1:{port}{path}"))
        first = (time.perf_counter() - began) * 1000
        print(f"{name}: {weight:,} bytes, {first:,.0f} ms the first time")
        found.append((weight, measured(f"{name}, one at a time", port, [path], seconds, connections=1)))
    drawn = _drawn(f"http://127.0.0.1:{port}/")
    if drawn is not None:
        print(f"first page drawn after {drawn:,.0f} ms on slow 4G with a CPU four times slower")
    weight, first_page = found[0]
    return weight <= 150_000 and first_page["p95_ms"] <= 100 and (drawn is None or drawn <= 1500)


def _drawn(url: str) -> float | None:
    """How many milliseconds it takes until the largest thing of a page is painted; None without a browser."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the bench does without
    except ImportError:
        return None
    path = shutil.which("chromium")
    if path is None:
        return None
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        line = page.context.new_cdp_session(page)
        # What Lighthouse calls slow 4G.
        line.send("Network.enable")
        line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 750_000 / 8},
        )
        line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(url, wait_until="load", timeout=120_000)
        found = page.evaluate(
            """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
                .observe({type: 'largest-contentful-paint', buffered: true}))"""
        )
        browser.close()
    return float(found)


def _bare(start: multiprocessing.context.SpawnContext, content: bytes, seconds: float) -> list[dict[str, float]]:
    listening = listen()
    port = listening.getsockname()[1]
    server = start.Process(target=serve_bare, args=(content, listening), daemon=True)
    server.start()
    try:
        _fetch(f"http://127.0.0.1:{port}/bytes")
        return [measured("bare", port, ["/json"], seconds), measured("bare bytes", port, ["/bytes"], seconds)]
    finally:
        server.terminate()
        server.join(10)


def _fetch(url: str) -> bytes:
    """What stands there, once the server has started."""
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url, timeout=600) as answer:  # noqa: S310 - our own server
                return bytes(answer.read())
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.1)
    raise SystemExit(f"{url}: no answer")


def make_book(path: Path, pledges: int) -> str:
    """A book of so many pledges, each told in a document of its own."""
    countries = ("FR", "DE", "ES", "IT", "PL", "GB", "US", "JP", "MY", "BE")
    began = date(2020, 1, 1)

    def item(number: int) -> ReadDocument:
        # Names of pronounceable syllables: different firms, so that no two pledges are one.
        name = "".join(
            ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru")[int(digit)] for digit in f"{number:06}"
        )
        name = name.title()
        day = began + timedelta(days=number % 1800)
        value = 1_000_000 * (1 + number % 997)
        words = f"{name} will invest {value} EUR in {countries[number % 10]}."
        text = f"{day:%d %B %Y}. {words} The money is for a data centre that opens within two years."
        at = text.index(words)
        span = Span(at, at + len(name))
        figure = Span(text.index(str(value)), text.index(str(value)) + len(str(value)) + 4)
        claim = Claim(
            id=f"c{number}", investors=(Party(name),), destinations=(countries[number % 10],),
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


if __name__ == "__main__":
    sys.exit(main())
