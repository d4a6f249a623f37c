"""The pages on the bundled articles: an application to ask, a server to look at, a browser that looks."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("jinja2")

from starlette.testclient import TestClient

from pledgebook.domain import Claim, Document, Evidence, Interval, Page, ReadDocument, Span
from pledgebook.flow import keep, read_pages
from pledgebook.read import read_sources
from pledgebook.show.demo import articles
from pledgebook.show.serve import Serving, create_app
from pledgebook.store import open_book

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOST = "http://127.0.0.1:8000"
EVIL = "<script>alert(1)</script>"


def odd_document() -> ReadDocument:
    """A document of the web whose every word tries to be markup, a formula or a command."""
    text = f"=cmd|'/c calc'!A0 {EVIL} pledges 7 billion euros \U0001f600 for \u202eevil\u202c France & <img src=x onerror=alert(2)>."
    who = text.index(EVIL)
    amount = text.index("7 billion")
    from factory import claim as make_claim

    made = make_claim("evil", f"=1+1 {EVIL}", "FR", "7 bn EUR", "2025-05-05")
    made = replace(
        made,
        places=("../../etc", EVIL),
        evidence=(
            Evidence("investors", Span(who, who + len(EVIL)), EVIL),
            Evidence("amount", Span(amount, amount + 15), text[amount : amount + 15]),
        ),
    )
    day = Interval.day(datetime(2025, 5, 6, tzinfo=UTC).date())
    document = Document("javascript:alert(1)", text, "en", f"{EVIL} title", day, name="odd/one.json")
    return ReadDocument(document, (made,))


def web_document() -> ReadDocument:
    """The same pledge told by a page of the web, so that its source can be opened at the sentence."""
    text = "Emoji \U0001f600 first. Helios will invest 3 billion euros in a data centre near Lyon, it said."
    from factory import claim as make_claim

    at = text.index("3 billion")
    made: Claim = make_claim("helios", "Helios", "FR", "3 bn EUR", "2025-06-06")
    made = replace(
        made,
        evidence=(
            Evidence("amount", Span(at, at + 15), "3 billion euros"),
            Evidence("stage", Span(at - 7, at + 9), text[at - 7 : at + 9]),
        ),
    )
    day = Interval.day(datetime(2025, 6, 7, tzinfo=UTC).date())
    return ReadDocument(Document("https://news.example/helios?a=1&b=2", text, "en", "Helios in Lyon", day), (made,))


@pytest.fixture(scope="session")
def demo_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with the bundled articles, read by the reader that comes along, and the two odd ones."""
    path = tmp_path_factory.mktemp("web") / "demo.db"
    with articles() as folder, closing(open_book(str(path), create=True)) as book:
        pages = (
            replace(item, source=Path(item.source).name) if isinstance(item, Page) else item
            for item in read_sources([str(folder)])
        )
        for _ in keep(book, read_pages(pages, reader="rules", workers=1), at=NOW):
            pass
        book.add_all([odd_document(), web_document()], at=NOW)
    return path


@pytest.fixture
def book(demo_book: Path, tmp_path: Path) -> Path:
    """A copy of that book to write in."""
    path = tmp_path / "book.db"
    for name in demo_book.parent.glob("demo.db*"):
        shutil.copy(name, tmp_path / name.name.replace("demo.db", "book.db"))
    return path


def clock() -> datetime:
    """A time that goes on, from the same moment in every test."""
    clock.ticks += 1  # type: ignore[attr-defined]
    return NOW.replace(second=clock.ticks % 60, minute=clock.ticks // 60 % 60)  # type: ignore[attr-defined]


clock.ticks = 0  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def demo(demo_book: Path) -> Iterator[TestClient]:
    """The application on the demo's book, to be read only."""
    with TestClient(create_app(Serving(str(demo_book), clock=lambda: NOW)), base_url=HOST) as client:
        yield client


@pytest.fixture
def desk(book: Path) -> Iterator[TestClient]:
    """The application on a book of its own."""
    with TestClient(create_app(Serving(str(book), clock=clock)), base_url=HOST) as client:
        yield client


@dataclass(frozen=True)
class Served:
    """A server that runs: where it is."""

    url: str


def _serve(path: Path) -> tuple[Served, Callable[[], None]]:
    import uvicorn

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Serving(str(path), clock=clock, port=port))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)

    def stop() -> None:
        server.should_exit = True
        thread.join(10)

    return Served(f"http://127.0.0.1:{port}"), stop


@pytest.fixture(scope="session")
def served(demo_book: Path) -> Iterator[Served]:
    """A server on the demo's book, to be read only."""
    found, stop = _serve(demo_book)
    yield found
    stop()


@pytest.fixture
def served_own(book: Path) -> Iterator[Served]:
    """A server on a book of its own."""
    found, stop = _serve(book)
    yield found
    stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser; the tests that want one are skipped where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no chromium here")
    playwright = pytest.importorskip("playwright.sync_api")
    # A page that the test makes up stands in no network: Chromium would not let it frame a page of this machine.
    options = ["--disable-features=LocalNetworkAccessChecks"]
    options += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@pytest.fixture
def best(demo: TestClient) -> dict[str, Any]:
    """The pledge to France that most documents tell of; `cited` is where its citation leads."""
    rows = demo.get("/ledger.json?country=FR&counted=true").json()["pledges"]
    found: dict[str, Any] = max((row for row in rows if row["amount"]), key=lambda row: row["sources"]["all"])
    bib = demo.get(f"/pledges/{found['id']}.bib").text
    return found | {"cited": bib.partition("url = {")[2].partition("}")[0]}
