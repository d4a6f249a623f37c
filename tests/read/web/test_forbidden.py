"""On no path that takes a URL is a connection to a forbidden address so much as attempted."""

import io
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forbidden import FORBIDDEN, NAMES
from local_site import Answer, RealClock, Site, served
from plain_reader import PlainReader
from pledgebook.domain import Finding, Page
from pledgebook.flow.limits import Limits
from pledgebook.flow.watch import Watch
from pledgebook.flow.watch_read import one_by_one
from pledgebook.flow.watch_sources import WatchSource
from pledgebook.read import read_sources
from pledgebook.read.visits import fetch_with
from pledgebook.read.web import Fetcher, FetchError, ForbiddenError, Visitor, read_networks
from pledgebook.show.cli import main
from pledgebook.store import open_book
from pledgebook.store.watched import Watched

# Only this address of loopback is opened: every other is as forbidden as it ever is.
OPENED = "127.0.0.77"
ALL = (*FORBIDDEN, *(f"http://{name}/" for name in NAMES))
# Without a host, a link on a page is a path on the same site: nothing forbidden.
LINKS = tuple(url for url in ALL if url.isprintable() and not url.startswith("http:///"))


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that anybody tried to connect to, other than that of the site. None is reached."""
    tried: list[Any] = []
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] == OPENED:
            connect(self, address)
            return
        tried.append(address)
        raise OSError(f"a test tried to reach {address}")

    def resolved(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        if host in NAMES:
            return [
                (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
                for one in NAMES[host]
            ]
        if str(host).endswith(".example"):
            raise socket.gaierror(-2, "Name or service not known")
        return resolve(host, port, *args, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    return tried


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site(), host=OPENED) as running:
        yield running


def fetcher() -> Fetcher:
    return Fetcher(clock=RealClock(), networks=read_networks(OPENED), deadline=5.0)


def test_there_are_as_many_as_promised() -> None:
    assert len(FORBIDDEN) == len(set(FORBIDDEN)) >= 60


@pytest.mark.parametrize("url", ALL)
def test_a_forbidden_address_is_refused_before_a_connection(url: str, attempts: list[Any]) -> None:
    for networks in ("", OPENED):
        with pytest.raises(FetchError) as refused:
            Fetcher(clock=RealClock(), networks=read_networks(networks), deadline=5.0).fetch(url)
        assert isinstance(refused.value, ForbiddenError) or "leads nowhere" in refused.value.seen
    assert attempts == []


@pytest.mark.parametrize("url", ALL)
def test_nothing_is_sent_out_to_one_either(url: str, attempts: list[Any]) -> None:
    with pytest.raises(FetchError):
        fetcher().post(url, b"{}", headers={"Content-Type": "application/json"})
    assert attempts == []


def test_no_redirect_leads_to_one(site: Site, attempts: list[Any]) -> None:
    plain = [url for url in LINKS if url.isascii()]
    for number, url in enumerate(plain):
        site.pages[f"/r{number}"] = Answer(status=302, headers={"Location": url})
        with pytest.raises(FetchError):
            fetcher().fetch(f"{site.url}/r{number}")
    assert len(site.asked) == len(plain)
    assert attempts == []


def test_no_robots_txt_leads_to_one(site: Site, attempts: list[Any]) -> None:
    site.put("/a", "<p>words")
    site.pages["/robots.txt"] = Answer(status=301, headers={"Location": "http://169.254.169.254/"})
    with pytest.raises(ForbiddenError):
        Visitor(fetcher(), pause=0).visit(f"{site.url}/a")
    assert (site.paths(), attempts) == (["/robots.txt"], [])


def rss(urls: list[str]) -> str:
    items = "".join(f"<item><link><![CDATA[{url}]]></link></item>" for url in urls)
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"


def enclosures(urls: list[str]) -> str:
    items = "".join(f"<item><enclosure type='application/pdf' url='{url}'/></item>" for url in urls)
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"


def atom(urls: list[str]) -> str:
    items = "".join(f"<entry><id>{url}</id><link href='{url}'/></entry>" for url in urls)
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{items}</feed>"


def json_feed(urls: list[str]) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": url} for url in urls]})


def sitemap(urls: list[str]) -> str:
    return "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


def index(urls: list[str]) -> str:
    return "<sitemapindex>" + "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls) + "</sitemapindex>"


def plain_list(urls: list[str]) -> str:
    return "\n".join(urls)


def links(urls: list[str]) -> str:
    return "<html><body>" + "".join(f"<a href='{url}'>x</a>" for url in urls) + "</body></html>"


@pytest.mark.parametrize("made", [rss, enclosures, atom, json_feed, sitemap, index, plain_list, links])
def test_no_feed_leads_to_one(
    made: Callable[[list[str]], str], site: Site, attempts: list[Any], tmp_path: Path
) -> None:
    urls = [url for url in LINKS if made is not plain_list or url.startswith("http://")]
    kind = "links" if made is links else "feed"
    site.put("/feed", made(urls), "text/html" if made is links else "application/xml")
    came = watched(tmp_path, [WatchSource("s", f"{site.url}/feed", kind=kind)])
    assert set(site.paths()) == {"/robots.txt", "/feed"}
    assert (came.new, attempts) == (0, [])


def test_no_source_is_one(attempts: list[Any], tmp_path: Path) -> None:
    kinds = ("feed", "sitemap", "links", "page", "urls")
    sources = [WatchSource(f"{kind} {url}", url, kind=kind) for url in ALL for kind in kinds]
    came = watched(tmp_path, sources)
    assert (came.failing, attempts) == (len(sources), [])


def watched(folder: Path, sources: list[WatchSource]) -> Any:
    with Watched(folder / "state") as state:
        return Watch(
            sources,
            book=open_book(str(folder / "book.db"), create=True),
            state=state,
            visitor=Visitor(fetcher(), pause=0),
            clock=RealClock(),
            read=one_by_one(reader=PlainReader(), limits=Limits()),
            max_bytes=100_000,
            is_over=lambda: False,
            tell=lambda _: None,
        ).round(every_source=True)


def test_no_list_of_urls_and_no_table_leads_to_one(attempts: list[Any], tmp_path: Path) -> None:
    urls = [url for url in ALL if url.startswith(("http://", "https://")) and url.isprintable()]
    (tmp_path / "a.urls").write_text("\n".join(urls), encoding="utf-8")
    (tmp_path / "b.csv").write_text("url\n" + "\n".join(urls), encoding="utf-8")
    (tmp_path / "c.tsv").write_text("\n".join(f"1\t20240513\tx\t{url}\ty" for url in urls), encoding="utf-8")
    fetch = fetch_with(Visitor(fetcher(), pause=0), max_bytes=1000)
    found = list(read_sources([str(tmp_path)], fetch=fetch))
    assert len(found) > 2 * len(urls)
    assert not any(isinstance(item, Page) for item in found)
    assert attempts == []


def test_no_source_of_a_command_is_one(attempts: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    urls = [url for url in ALL if url.startswith(("http://", "https://")) and url.isprintable()]
    assert main(["extract", "--pause", "0", *urls]) == 3
    assert main(["ingest", "--pause", "0", "--db", str(tmp_path / "b.db"), *urls]) == 3
    assert main(["extract", "ftp://news.example/"]) == 2
    assert attempts == []


def test_a_second_answer_of_the_resolver_has_no_effect(attempts: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the name is public when it is checked, and would be private when it is connected to."""
    asked: list[str] = []

    def resolved(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with pytest.raises(FetchError):
        Fetcher(clock=RealClock(), deadline=5.0).fetch("http://rebinding.example/")
    assert asked == ["rebinding.example"]
    assert attempts == [("93.184.215.14", 80)]


def test_who_answers_is_asked_again_before_a_byte_is_sent(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    """Whatever sits between us and the address that was checked: the other end must be one that may be reached."""
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]
    )
    connect = socket.socket.connect

    def elsewhere(self: socket.socket, _: Any) -> None:
        connect(self, (OPENED, int(site.url.rpartition(":")[2])))

    monkeypatch.setattr(socket.socket, "connect", elsewhere)
    with pytest.raises(ForbiddenError, match="answers from"):
        Fetcher(clock=RealClock(), deadline=5.0).fetch("http://hijacked.example/")
    assert site.asked == []


def test_a_proxy_in_the_environment_leads_around_nothing(
    attempts: list[Any], monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, site.url)
    with pytest.raises(ForbiddenError):
        fetcher().fetch("http://10.0.0.1/")
    assert (site.asked, attempts) == ([], [])


def test_a_finding_names_the_address() -> None:
    (found,) = fetch_with(Visitor(fetcher(), pause=0), max_bytes=1000)("http://10.0.0.1/")
    assert isinstance(found, Finding)
    assert found.name == "forbidden-address"
    assert "10.0.0.1" in found.message
