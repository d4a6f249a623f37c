"""Everything new comes in once, whatever the sites do."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from local_site import RealClock, Site, fetcher, served
from plain_reader import PlainReader
from pledgebook.domain import Finding, ReadDocument
from pledgebook.flow.watch import Round, Watch
from pledgebook.flow.watch_sources import WatchSource
from pledgebook.read.web import Visitor
from pledgebook.store import Book, open_book
from pledgebook.store.watched import Watched

ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>Northwind Compute will put 400 million euros into a data centre outside {town}, the company told reporters.</p>
<p>Work on the site starts next spring, and the halls are to open two years later, number {number} of its kind.</p>
</article></body></html>"""


def article(number: int, town: str = "Ghent") -> str:
    return ARTICLE.format(title=f"Northwind builds a campus near {town}, number {number}", town=town, number=number)


def rss(*paths: str, base: str, when: str = "Mon, 13 May 2024 23:30:00 -0500") -> str:
    items = "".join(
        f"<item><title>News of {path}</title><link>{base}{path}</link><guid>{path}</guid><pubDate>{when}</pubDate></item>"
        for path in paths
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Press</title><language>en</language>{items}</channel></rss>"


class Moving(RealClock):
    """A clock that can be put forward, and waits for nobody."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead.total_seconds()


class Watching:
    """A watch on a site, with its book in a folder."""

    def __init__(self, folder: Path, *sources: WatchSource) -> None:
        self.clock, self.told, self.is_over = Moving(), list[ReadDocument | Finding](), False
        self.book: Book = open_book(str(folder / "book.db"), create=True)
        self.state = Watched(folder / "book.db.watch")
        self.folder, self.sources = folder, sources

    def once(self) -> Round:
        made = fetcher(deadline=2.0, max_bytes=200_000)
        made.clock = self.clock
        watch = Watch(
            self.sources,
            book=self.book,
            state=self.state,
            visitor=Visitor(made, pause=0.0),
            clock=self.clock,
            reader=PlainReader(),
            max_bytes=200_000,
            is_over=lambda: self.is_over,
            tell=self.told.append,
        )
        self.watch = watch
        return watch.round(every_source=True)

    def titles(self) -> list[str]:
        return sorted(str(item.document.title) for item in self.book.documents())


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as running:
        yield running


def feed(site: Site, path: str = "/feed", **options: object) -> WatchSource:
    return WatchSource("press", site.url + path, **options)  # type: ignore[arg-type]


def test_what_a_feed_names_comes_in_once(site: Site, tmp_path: Path) -> None:
    for number in range(3):
        site.put(f"/a{number}", article(number))
    site.put("/feed", rss("/a0", "/a1", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    came = watching.once()
    assert (came.polled, came.documents, came.new, came.failing, came.waiting) == (1, 2, 2, 0, 0)
    site.put("/feed", rss("/a2", "/a0", "/a1", base=site.url), "application/rss+xml")
    assert watching.once().new == 1
    assert watching.once().documents == 0
    assert len(watching.titles()) == 3
    assert [site.paths().count(f"/a{number}") for number in range(3)] == [1, 1, 1]


def test_the_capture_reaches_the_book(site: Site, tmp_path: Path) -> None:
    site.put("/a1", article(1), ETag='"v1"')
    site.put("/feed", rss("/a1", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    watching.once()
    (kept,) = watching.book.documents()
    (capture,) = kept.captures
    assert capture.url == f"{site.url}/a1"
    assert dict(capture.headers)["etag"] == '"v1"'
    assert (kept.document.source, str(kept.document.day)) == (f"{site.url}/a1", "2024-05-13")
