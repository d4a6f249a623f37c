"""Everything new comes in once, whatever the sites do."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from local_site import Answer, Asked, RealClock, Site, fetcher, served
from pdfs import pdf
from plain_reader import PlainReader
from pledgebook.domain import Finding, ReadDocument
from pledgebook.flow.limits import Limits
from pledgebook.flow.watch import Round, Watch
from pledgebook.flow.watch_read import one_by_one
from pledgebook.flow.watch_sources import WatchSource, read_watch_sources
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
        made = fetcher(deadline=2.0, max_bytes=200_000, networks="127.0.0.0/24")
        made.clock = self.clock
        watch = Watch(
            self.sources,
            book=self.book,
            state=self.state,
            visitor=Visitor(made, pause=0.0),
            clock=self.clock,
            read=one_by_one(reader=PlainReader(), limits=Limits()),
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


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    text = rss("/a1", base=site.url)

    def conditional(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == '"7"':
            return Answer(status=304)
        return Answer(text.encode(), headers={"ETag": '"7"', "Content-Type": "application/rss+xml"})

    site.pages["/feed"] = conditional
    site.pages["/a1"] = Answer(status=503)
    watching = Watching(tmp_path, feed(site))
    assert watching.once().waiting == 1
    site.put("/a1", article(1))
    watching.clock.ahead += timedelta(minutes=2)
    # The feed says that nothing is new; the page that it named before still waits, and comes in.
    assert (watching.once().new, watching.state.number_waiting()) == (1, 0)
    (known,) = watching.watch.health()
    assert (known.message, known.listed, known.new, known.failures) == ("unchanged", 1, 1, 0)


def test_a_page_in_trouble_is_tried_again_and_ever_more_rarely(site: Site, tmp_path: Path) -> None:
    site.pages["/a1"] = Answer(status=500)
    site.put("/feed", rss("/a1", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    watching.once()
    watching.once()
    assert site.paths().count("/a1") == 1
    for tries in range(2, 9):
        watching.clock.ahead += timedelta(hours=7)
        came = watching.once()
        assert site.paths().count("/a1") == tries
    assert (came.refused, came.waiting) == (1, 0)
    (finding,) = watching.told
    assert isinstance(finding, Finding)
    assert finding.name == "unreachable-page"


def test_a_host_that_asks_for_patience_is_left_in_peace(site: Site, tmp_path: Path) -> None:
    for number in range(5):
        site.put(f"/a{number}", article(number))
    site.pages["/a0"] = Answer(status=429, headers={"Retry-After": "600"})
    site.put("/feed", rss(*(f"/a{number}" for number in range(5)), base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    came = watching.once()
    assert (came.new, came.waiting) == (0, 5)
    assert site.paths() == ["/robots.txt", "/feed", "/a0"]
    watching.clock.ahead += timedelta(minutes=5)
    assert watching.once().polled == 0
    assert len(site.asked) == 3
    site.put("/a0", article(0))
    watching.clock.ahead += timedelta(minutes=6)
    assert watching.once().new == 5


def test_a_feed_that_asks_for_patience_gets_it(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = Answer(status=429, headers={"Retry-After": "3600"})
    watching = Watching(tmp_path, feed(site))
    assert (watching.once().failing, watching.once().polled) == (1, 0)
    site.put("/feed", rss(base=site.url), "application/rss+xml")
    watching.clock.ahead += timedelta(hours=1, seconds=1)
    assert (watching.once().polled, watching.watch.health()[0].failures) == (1, 0)


def test_a_source_that_fails_is_asked_ever_more_rarely(site: Site, tmp_path: Path) -> None:
    watching = Watching(tmp_path, feed(site, every=600.0))
    waits = []
    for _ in range(3):
        watching.once()
        (known,) = watching.watch.health()
        assert known.held_until is not None
        waits.append(round((known.held_until - watching.clock.now()).total_seconds(), -1))
        watching.clock.ahead += timedelta(seconds=waits[-1] + 10)
    assert waits == [600, 1200, 2400]
    assert (known.failures, known.message) == (3, "answers 404 Not Found")


def test_two_ways_to_a_page_lead_to_one_document(site: Site, tmp_path: Path) -> None:
    site.put("/a1", article(1))
    site.pages["/short"] = Answer(status=302, headers={"Location": "/a1?utm_source=feed"})
    site.put("/a1?utm_source=feed", article(1))
    site.put("/feed", rss("/a1?utm_source=feed", "/a1", "/short", base=site.url), "application/rss+xml")
    site.put("/feed2", rss("/a1", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site), WatchSource("other", f"{site.url}/feed2"))
    assert watching.once().new == 1
    assert len(watching.book.documents()) == 1


def test_what_is_odd_does_not_stop_the_rest(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    site.put("/good", article(1))
    site.put("/latin", article(2, "Málaga").encode("latin-1"), "text/html; charset=utf-8")
    site.put("/lying", article(3, "Łódź").encode("iso-8859-2"), "text/html; charset=no-such-charset")
    site.put("/huge", b"<p>" + b"x" * 300_000)
    site.put("/bomb", gzip.compress(b"x" * 20_000_000), Content_Encoding="gzip")
    site.put("/empty", "")
    site.put("/picture", b"\x89PNG....", "image/png")
    site.pages["/slow"] = Answer(pieces=(b"x",) * 99, pause=0.1)
    site.pages["/loop"] = Answer(status=302, headers={"Location": "/loop"})
    site.pages["/away"] = Answer(status=302, headers={"Location": "http://169.254.169.254/"})
    site.put("/private/a", article(9))
    paths = (
        "/gone",
        "/latin",
        "/lying",
        "/huge",
        "/bomb",
        "/empty",
        "/picture",
        "/loop",
        "/away",
        "/private/a",
        "/good",
    )
    site.put("/feed", rss(*paths, "/slow", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    came = watching.once()
    assert (came.new, came.refused, came.waiting) == (3, 8, 1)
    assert [title.partition("near ")[2] for title in watching.titles()] == [
        "Ghent, number 1", "Málaga, number 2", "Łódź, number 3",
    ]  # fmt: skip
    assert sorted({item.name for item in watching.told if isinstance(item, Finding)}) == [
        "binary-document", "empty-document", "forbidden-address", "unreachable-page", "unwelcome-page",
    ]  # fmt: skip
    assert "/private/a" not in site.paths()
    assert watching.once().refused == 0


def test_a_page_that_breaks_the_reader_is_refused_alone(site: Site, tmp_path: Path) -> None:
    site.put("/a1", article(1).replace("reporters", "reporters, before it would explode"))
    site.put("/a2", article(2))
    site.put("/feed", rss("/a1", "/a2", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    came = watching.once()
    assert (came.new, came.refused, came.waiting) == (1, 1, 0)


def test_a_stop_loses_nothing_and_adds_nothing_twice(site: Site, tmp_path: Path) -> None:
    for number in range(6):
        site.put(f"/a{number}", article(number))
    site.put("/feed", rss(*(f"/a{number}" for number in range(6)), base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    add_all, kept = watching.book.add_all, []

    def stopped(items: object, *, at: object) -> int:
        kept.append(items)
        if len(kept) == 3:
            raise KeyboardInterrupt
        return add_all(items, at=at)  # type: ignore[arg-type]

    watching.book.add_all = stopped  # type: ignore[method-assign, assignment]
    with pytest.raises(KeyboardInterrupt):
        watching.once()
    watching.book.add_all = add_all  # type: ignore[method-assign]
    watching.once()
    assert len(watching.book.documents()) == 6
    assert len(set(watching.titles())) == 6


def test_once_it_is_over_nothing_new_is_begun(site: Site, tmp_path: Path) -> None:
    site.put("/a0", article(0))
    site.put("/feed", rss("/a0", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    watching.is_over = True
    assert watching.once() == Round()
    assert site.asked == []


def test_the_day_that_a_page_tells_goes_before_that_of_the_feed(site: Site, tmp_path: Path) -> None:
    told = article(1).replace("<head>", '<head><meta property="article:published_time" content="2024-05-10T08:00:00Z">')
    site.put("/a1", told)
    site.put("/a2", article(2))
    site.put("/feed", rss("/a1", "/a2", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    watching.once()
    days = {item.document.source[-2:]: str(item.document.day) for item in watching.book.documents()}
    assert days == {"a1": "2024-05-10", "a2": "2024-05-13"}


def test_a_feed_leads_to_pdfs_and_their_pages(site: Site, tmp_path: Path) -> None:
    site.put("/r.pdf", pdf(["A release about many things"], ["Acme pledges 3000000 EUR to ES."]), "application/pdf")
    site.put("/feed", rss("/r.pdf", base=site.url), "application/rss+xml")
    watching = Watching(tmp_path, feed(site))
    assert (watching.once().new, watching.once().new) == (1, 0)
    (kept,) = watching.book.documents()
    assert {item.page for claim in kept.claims for item in claim.evidence} == {2}
    assert (str(kept.document.day), kept.document.title) == ("2024-05-13", "News of /r.pdf")
    assert kept.captures[0].url == f"{site.url}/r.pdf"


# ------------------------------------------------------------------------------------------------- kinds of sources


def test_sitemaps_are_followed_to_their_news(site: Site, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()  # noqa: TID251 - what is old is told from today
    old = today - timedelta(days=90)
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    site.put(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{site.url}/news.xml</loc><lastmod>{today}</lastmod></sitemap>"
        f"<sitemap><loc>/pages.xml.gz</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap>"
        f"<sitemap><loc>/old.xml</loc><lastmod>{old}</lastmod></sitemap></sitemapindex>",
        "application/xml",
    )
    site.put(
        "/news.xml",
        f"<urlset xmlns:n='{news}'><url><loc>/a1</loc><n:news><n:publication><n:language>en</n:language>"
        f"</n:publication><n:publication_date>{today}T08:00:00Z</n:publication_date><n:title>T</n:title></n:news></url></urlset>",
    )
    site.put(
        "/pages.xml.gz",
        gzip.compress(
            f"<urlset><url><loc>/a2</loc></url><url><loc>/a3</loc><lastmod>{old}</lastmod></url>"
            "<url><loc>/about</loc></url></urlset>".encode()
        ),
        "application/gzip",
    )
    for number in (1, 2, 3):
        site.put(f"/a{number}", article(number))
    (source,) = read_watch_sources(
        f'[[source]]\nname = "s"\nurl = "{site.url}/sitemap.xml"\nkind = "sitemap"\ninclude = "/a\\\\d"',
        where="s.toml",
        folder=tmp_path,
    )
    watching = Watching(tmp_path, source)
    came = watching.once()
    assert (came.new, came.failing) == (2, 0)
    assert not {"/a3", "/old.xml", "/about"} & set(site.paths())
    assert {str(item.document.day) for item in watching.book.documents()} == {str(today), "None"}
    assert "gone.xml" in watching.watch.health()[0].message


def test_a_json_feed_is_a_feed(site: Site, tmp_path: Path) -> None:
    site.put("/a1", article(1))
    site.put(
        "/feed",
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Press", "items":'
        ' [{"id": "1", "url": "/a1", "date_published": "2026-05-13T10:00:00+02:00"}, {"id": 2}, 7]}',
        "application/feed+json",
    )
    watching = Watching(tmp_path, feed(site))
    assert watching.once().new == 1
    assert str(watching.book.documents()[0].document.day) == "2026-05-13"


def test_atom_in_another_charset_and_with_relative_links(site: Site, tmp_path: Path) -> None:
    site.put("/deep/a1", article(1))
    atom = (
        "<?xml version='1.0' encoding='iso-8859-1'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Málaga</title>"
        "<entry><title>Más</title><link href='a1'/><published>2026-05-13T23:30:00-05:00</published></entry></feed>"
    )
    site.put("/deep/feed", atom.encode("latin-1"), "application/atom+xml")
    watching = Watching(tmp_path, feed(site, "/deep/feed"))
    assert watching.once().new == 1
    assert str(watching.book.documents()[0].document.day) == "2026-05-13"


def test_the_text_that_a_feed_carries_saves_the_visit(site: Site, tmp_path: Path) -> None:
    site.put(
        "/feed",
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item><title>Acme</title>"
        "<link>/a1</link><content:encoded><![CDATA[<p>Acme pledges 3000000 EUR to ES.</p>]]></content:encoded></item>"
        "</channel></rss>",
    )
    watching = Watching(tmp_path, feed(site, from_feed=True))
    came = watching.once()
    assert (came.new, came.claims) == (1, 1)
    assert "/a1" not in site.paths()
    assert watching.once().documents == 0


def test_the_links_of_a_page_are_followed(site: Site, tmp_path: Path) -> None:
    site.put(
        "/press", "<html><a href='/news/a1'>One</a> <a href='/about'>About</a> <a href='news/a2#top'>Two</a></html>"
    )
    site.put("/news/a1", article(1))
    site.put("/news/a2", article(2))
    (source,) = read_watch_sources(
        f'[[source]]\nurl = "{site.url}/press"\nkind = "links"\ninclude = ["/news/"]', where="s", folder=tmp_path
    )
    watching = Watching(tmp_path, source)
    assert watching.once().new == 2
    assert "/about" not in site.paths()


def test_a_single_page_comes_in_whenever_its_words_change(site: Site, tmp_path: Path) -> None:
    site.put("/page", article(1))
    watching = Watching(tmp_path, WatchSource("page", f"{site.url}/page", kind="page"))
    assert [watching.once().new for _ in range(2)] == [1, 0]
    site.put("/page", article(2))
    assert watching.once().new == 1
    assert watching.watch.health()[0].new == 2


def test_a_list_of_urls_is_watched(site: Site, tmp_path: Path) -> None:
    site.put("/a1", article(1))
    site.put("/a2", article(2))
    site.put("/list.txt", f"# mine\n{site.url}/a1\n{site.url}/a2\n{site.url}/a1\n", "text/plain")
    watching = Watching(tmp_path, feed(site, "/list.txt"))
    assert watching.once().new == 2


def test_a_list_of_urls_on_the_disk_is_worked_off(site: Site, tmp_path: Path) -> None:
    for number in range(3):
        site.put(f"/a{number}", article(number))
    (tmp_path / "gdelt.tsv").write_text(
        "".join(f"20240513-{n}\t20240513\t1\tx\t{site.url}/a{n}\tmore\n" for n in (0, 1, 0)), encoding="utf-8"
    )
    (source,) = read_watch_sources(
        '[[source]]\npath = "gdelt.tsv"\nkind = "urls"\nlanguage = "en"', where="s", folder=tmp_path
    )
    watching = Watching(tmp_path, source)
    assert [watching.once().new for _ in range(2)] == [2, 0]
    with (tmp_path / "gdelt.tsv").open("a", encoding="utf-8") as more:
        more.write(f"20240514-1\t20240514\t1\tx\t{site.url}/a2\tmore\n")
    assert watching.once().new == 1
    (tmp_path / "gdelt.tsv").unlink()
    assert watching.once().failing == 1


def test_a_folder_is_watched_for_new_and_changed_files(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("Acme pledges 3000000 EUR to ES.", encoding="utf-8")
    watching = Watching(tmp_path, WatchSource("inbox", str(folder), kind="folder"))
    assert [watching.once().new for _ in range(2)] == [1, 0]
    (folder / "a.txt").write_text("Acme pledges 4000000 EUR to ES now.", encoding="utf-8")
    (folder / "b.txt").write_text("Umbra pledges 5000000 EUR to FR.", encoding="utf-8")
    assert watching.once().new == 2
    (folder / "c.bin").write_bytes(bytes(40))
    came = watching.once()
    assert (came.refused, came.documents) == (1, 0)


def test_a_web_page_in_the_place_of_a_feed_tells_where_the_feed_is(site: Site, tmp_path: Path) -> None:
    page = "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/news.xml'></head></html>"
    site.put("/feed", page)
    watching = Watching(tmp_path, feed(site))
    assert watching.once().failing == 1
    (finding,) = watching.told
    assert isinstance(finding, Finding)
    assert (finding.name, "/news.xml" in finding.message) == ("failing-source", True)


def test_a_feed_that_has_moved_is_told(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = Answer(status=301, headers={"Location": "/new-feed"})
    site.put("/new-feed", rss("/a1", base=site.url))
    site.put("/a1", article(1))
    watching = Watching(tmp_path, feed(site))
    assert watching.once().new == 1
    assert watching.watch.health()[0].moved_to == f"{site.url}/new-feed"


def test_hosts_are_asked_side_by_side(tmp_path: Path) -> None:
    from contextlib import ExitStack

    with ExitStack() as stack:
        sites = [stack.enter_context(served(Site(), host=f"127.0.0.{number}")) for number in range(31, 36)]
        for one in sites:
            one.put("/robots.txt", "", "text/plain")
            one.pages["/feed"] = Answer(rss(base=one.url).encode(), pieces=(b" ",) * 5, pause=0.1)
        watching = Watching(tmp_path, *(WatchSource(one.url, f"{one.url}/feed") for one in sites))
        since = watching.clock.monotonic()
        assert watching.once().polled == 5
        assert watching.clock.monotonic() - since < 1.8  # one after the other takes 2.5 seconds
