"""What pages cost on the first visit and later, and when the first one is drawn: for tools/bench_web.py."""

import shutil
import time
from typing import TYPE_CHECKING

from bench_web_client import fetch, measured
from bench_web_servers import Server, running, serve_book, spent

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = {
    "first page": "/",
    "first page, of a country": "/?country=FR",
    "first page, of several filters": "/?purpose=data_centres&since=2022-01-01&sort=-amount",
    "first page, of an investor": "/?investor=bade",
    "first page, of words": "/?q=invest",
    "totals": "/totals",
    "totals by investor": "/totals?by=investor",
    "totals by month": "/totals?by=month",
    "totals of a country": "/totals?by=purpose&country=DE",
    "totals of a period": "/totals?since=2022-01-01",
    "a country": "/countries/FR",
    "investors": "/investors",
    "conflicts": "/conflicts",
    "changes": "/changes",
    "changes of a country": "/changes?country=FR",
    "sources": "/sources",
    "review": "/review",
    "snapshots": "/snapshots",
    "method": "/method",
    "API docs": "/docs",
    "a picture": "/figures/flow",
}
MOST_BYTES, MOST_MS, MOST_DRAWN_MS = 150_000, 100, 1500
# How often the first page is drawn anew to tell how long that takes.
LOADS = 5


def cold_visits(path: str) -> None:
    """Prints what a page costs where a server that was only just started is asked for it."""
    for name in ("first page", "first page, of several filters"):
        with running(serve_book, path) as server:
            began = time.perf_counter()
            fetch(f"http://127.0.0.1:{server.port}{PAGES[name]}")
            took, cost = time.perf_counter() - began, spent(server.pid)
            print(f"{name}, asked of a server that starts: {took:.1f} s with the start, {cost:.1f} s of one core")


def first_visits(server: Server) -> list[str]:
    """The pages whose first visit costs more of the server's processor than was promised; they are printed."""
    missed = []
    fetch(f"http://127.0.0.1:{server.port}/fields")  # what every first page has to load
    for name, path in PAGES.items():
        began, before = time.perf_counter(), spent(server.pid)
        weight = len(fetch(f"http://127.0.0.1:{server.port}{path}"))
        cost, took = (spent(server.pid) - before) * 1000, (time.perf_counter() - began) * 1000
        print(
            f"{name + ', first visit':<44} {cost:5.0f} ms of one core (promised: {MOST_MS}), {took:5.0f} ms in all,"
            f" {weight:,} bytes"
        )
        if cost > MOST_MS:
            missed.append(f"{name} ({path}), first visit")
    return missed


def later_visits(server: Server, seconds: float) -> list[str]:
    """The pages that are not as light and fast as promised: 100 ms in the server; the first light and soon drawn."""
    missed = []
    for name, path in PAGES.items():
        weight = len(fetch(f"http://127.0.0.1:{server.port}{path}"))
        found = measured(f"{name}, one at a time", server, [path], min(seconds, 1.0), connections=1)
        if found["p95_ms"] > MOST_MS or (path == "/" and weight > MOST_BYTES):
            missed.append(f"{name} ({path})")
        if path == "/":
            print(f"first page: {weight:,} bytes (promised: {MOST_BYTES:,})")
    drawn = _drawn(f"http://127.0.0.1:{server.port}/")
    if drawn is not None:
        print(
            f"first page drawn after {drawn:,.0f} ms on slow 4G with a CPU four times slower"
            f" (promised: {MOST_DRAWN_MS:,})"
        )
        if drawn > MOST_DRAWN_MS:
            missed.append("first page drawn")
    return missed


def _drawn(url: str) -> float | None:
    """How many ms until the largest thing of a page is painted: the middle of some loads; None without a browser."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the bench does without
    except ImportError:
        return None
    path = shutil.which("chromium")
    if path is None:
        return None
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        found = sorted(_painted(browser, url) for _ in range(LOADS))
        browser.close()
    return found[LOADS // 2]


def _painted(browser: "Browser", url: str) -> float:
    """The same for one load, with nothing kept from those before."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    line = context.new_cdp_session(page)
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
    context.close()
    return float(found)
