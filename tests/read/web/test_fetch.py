import gzip
import hashlib
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from local_site import Answer, Asked, Site, fetcher, served, visitor
from pledgebook.read.web import FetchError, ForbiddenError, PostponedError, RefusedError, UnwelcomeError, same_page
from pledgebook.read.web.fetch import retry_after


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as running:
        yield running


def test_a_page_comes_with_proof_of_what_it_was(site: Site) -> None:
    site.put("/a", "<p>words", ETag='"1"', Last_Modified="Mon, 13 May 2024 10:00:00 GMT", Set_Cookie="id=7")
    got = fetcher().fetch(f"{site.url}/a")
    assert got.content == b"<p>words"
    assert (got.media_type, got.charset) == ("text/html", "utf-8")
    assert (got.capture.status, got.capture.size) == (200, 8)
    assert got.capture.sha256 == hashlib.sha256(b"<p>words").hexdigest()
    names = [name for name, _ in got.capture.headers]
    assert {"etag", "last-modified", "content-type", "date"} <= set(names)
    assert names == sorted(names)
    assert "set-cookie" not in names
    assert abs(got.capture.at - datetime.now(UTC)) < timedelta(minutes=1)  # noqa: TID251 - it was just now


def test_a_page_that_has_not_changed_has_no_content(site: Site) -> None:
    def conditional(asked: Asked) -> Answer:
        fresh = asked.headers.get("if-none-match") == '"1"' or "if-modified-since" in asked.headers
        return Answer(status=304) if fresh else Answer(b"words", headers={"ETag": '"1"'})

    site.pages["/a"] = conditional
    assert fetcher().fetch(f"{site.url}/a").content == b"words"
    assert fetcher().fetch(f"{site.url}/a", etag='"1"').content is None
    assert fetcher().fetch(f"{site.url}/a", last_modified="Mon, 13 May 2024 10:00:00 GMT").content is None


def test_redirects_are_followed_to_an_end(site: Site) -> None:
    site.pages["/old"] = Answer(status=301, headers={"Location": "/newer"})
    site.pages["/newer"] = Answer(status=308, headers={"Location": f"{site.url}/new"})
    site.pages["/now"] = Answer(status=302, headers={"Location": "/new"})
    site.put("/new", "here")
    moved, passing = fetcher().fetch(f"{site.url}/old"), fetcher().fetch(f"{site.url}/now")
    assert (moved.url, moved.moved_to) == (f"{site.url}/new", f"{site.url}/new")
    assert (passing.url, passing.moved_to) == (f"{site.url}/new", None)
    site.pages["/round"] = Answer(status=302, headers={"Location": "/round"})
    with pytest.raises(RefusedError, match="more than 8 redirects"):
        fetcher().fetch(f"{site.url}/round")


@pytest.mark.parametrize("location", ["http://[", "http://0177.0.0.1/", "javascript:alert(1)", "\\\\evil.example"])
def test_a_redirect_that_is_no_address_is_refused(location: str, site: Site) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": location})
    with pytest.raises((ForbiddenError, RefusedError)):
        fetcher().fetch(f"{site.url}/a")


def test_a_slow_page_is_given_up_in_time(site: Site) -> None:
    site.pages["/drip"] = Answer(pieces=(b"x",) * 200, pause=0.05)
    since = time.monotonic()
    with pytest.raises(PostponedError, match=r"not read after 0\.5 seconds"):
        fetcher(deadline=0.5).fetch(f"{site.url}/drip")
    assert time.monotonic() - since < 3


def test_a_silent_page_is_given_up_in_time(site: Site) -> None:
    site.pages["/silent"] = Answer(pieces=(b"x",), pause=3.0)
    with pytest.raises(PostponedError, match="not read after"):
        fetcher(deadline=0.3).fetch(f"{site.url}/silent")


def test_a_huge_page_is_refused_and_not_held(site: Site) -> None:
    site.put("/huge", b"x" * 200_001)
    with pytest.raises(RefusedError, match="more than 200,000 bytes"):
        fetcher(max_bytes=200_000).fetch(f"{site.url}/huge")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "x-gzip", "gzip, gzip", "identity"])
def test_packed_pages_are_unpacked(encoding: str, site: Site) -> None:
    body = b"<p>words " * 50
    for name in encoding.split(", "):
        body = {"deflate": zlib.compress}.get(name, gzip.compress if "gzip" in name else bytes)(body)
    site.put("/a", body, Content_Encoding=encoding)
    assert fetcher().fetch(f"{site.url}/a").content == b"<p>words " * 50


def test_deflate_without_its_frame_is_read_too(site: Site) -> None:
    engine = zlib.compressobj(wbits=-15)
    site.put("/a", engine.compress(b"words") + engine.flush(), Content_Encoding="deflate")
    assert fetcher().fetch(f"{site.url}/a").content == b"words"


def bomb() -> bytes:
    return gzip.compress(b"\0" * 30_000_000, compresslevel=9)


@pytest.mark.parametrize(
    ("body", "encoding", "most", "words"),
    [
        (bomb, "gzip", 50_000_000, "more than 200 times its size"),
        (bomb, "gzip", 100_000, "more than 100,000 bytes"),
        (lambda: gzip.compress(bomb()), "gzip, gzip", 50_000_000, "more than 200 times its size"),
        (lambda: b"x", "gzip, gzip, gzip", 1000, "packed 3 times over"),
        (lambda: b"x", "br", 1000, "packed as 'br'"),
        (lambda: b"no gzip", "gzip", 1000, "damaged while packed"),
        (lambda: gzip.compress(b"words" * 99)[:-9], "gzip", 1000, "cut off while packed"),
    ],
)
def test_what_is_packed_to_do_harm_is_refused(
    body: Callable[[], bytes], encoding: str, most: int, words: str, site: Site
) -> None:
    site.put("/a", body(), Content_Encoding=encoding)
    with pytest.raises(RefusedError, match=words):
        fetcher(max_bytes=most).fetch(f"{site.url}/a")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501])
def test_a_no_is_final(status: int, site: Site) -> None:
    site.pages["/a"] = Answer(status=status)
    with pytest.raises(RefusedError) as refused:
        fetcher().fetch(f"{site.url}/a")
    assert refused.value.status == status


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_trouble_is_for_later(status: int, site: Site) -> None:
    site.pages["/a"] = Answer(status=status, headers={"Retry-After": "120"})
    with pytest.raises(PostponedError) as postponed:
        fetcher().fetch(f"{site.url}/a")
    assert (postponed.value.status, postponed.value.wait) == (status, 120.0)


def test_how_long_to_wait_is_read_in_both_spellings() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert retry_after(format_datetime(now + timedelta(hours=1)), now) == 3600.0
    assert retry_after("30", now) == 30.0
    assert retry_after("99999999999", now) == 7 * 86_400
    assert [retry_after(words, now) for words in (None, "", "soon", "-5", "1e9")] == [None] * 5
    assert retry_after("Thu, 01 Jan 1970 00:00:00 GMT", now) == 0.0


def test_nobody_there_is_for_later() -> None:
    with pytest.raises(PostponedError, match="the connection failed"):
        fetcher().fetch("http://127.0.0.1:9/")


def test_a_message_is_sent_and_its_answer_told(site: Site) -> None:
    site.pages["/hook"] = Answer(status=202)
    assert fetcher().post(f"{site.url}/hook", b"{}", headers={"Content-Type": "application/json"}) == 202


def test_who_we_are_is_told(site: Site) -> None:
    site.put("/a", "words")
    fetcher().fetch(f"{site.url}/a")
    assert site.asked[0].headers["user-agent"] == "pledgebook"
    assert "cookie" not in site.asked[0].headers


# ------------------------------------------------------------------------------------------------- manners


def test_robots_txt_is_read_once_and_heeded(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /\n", "text/plain")
    site.put("/a", "words")
    site.put("/b", "words")
    guest = visitor()
    guest.visit(f"{site.url}/a")
    guest.visit(f"{site.url}/b")
    with pytest.raises(UnwelcomeError):
        guest.visit(f"{site.url}/private/c")
    assert site.paths() == ["/robots.txt", "/a", "/b"]


def test_robots_txt_is_asked_where_a_redirect_leads(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    site.pages["/a"] = Answer(status=302, headers={"Location": "/private/a"})
    with pytest.raises(UnwelcomeError):
        visitor().visit(f"{site.url}/a")
    assert "/private/a" not in site.paths()


def test_a_rule_for_us_goes_before_that_for_all(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: pledgebook\nAllow: /\n", "text/plain")
    site.put("/a", "words")
    assert visitor().visit(f"{site.url}/a").content == b"words"


@pytest.mark.parametrize(("status", "welcome"), [(404, True), (403, True), (500, False), (503, False)])
def test_no_robots_txt_is_a_welcome_and_a_broken_one_is_not(status: int, welcome: bool, site: Site) -> None:
    site.pages["/robots.txt"] = Answer(status=status)
    site.put("/a", "words")
    if welcome:
        assert visitor().visit(f"{site.url}/a").content == b"words"
    else:
        with pytest.raises(PostponedError, match=r"robots\.txt can't be read"):
            visitor().visit(f"{site.url}/a")
        assert "/a" not in site.paths()


def test_a_host_is_left_in_peace_between_two_requests(site: Site) -> None:
    site.put("/a", "words")
    guest = visitor(pause=0.2, heeds_robots=False)
    for _ in range(3):
        guest.visit(f"{site.url}/a")
    times = [asked.at for asked in site.asked]
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.15


def test_the_pause_that_a_site_asks_for_is_kept(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    site.put("/a", "words")
    guest = visitor()
    guest.visit(f"{site.url}/a")
    guest.visit(f"{site.url}/a")
    assert site.asked[2].at - site.asked[1].at > 0.25


def test_waiting_for_a_turn_is_no_slowness_of_the_page(site: Site) -> None:
    from pledgebook.read.web import Visitor

    site.put("/a", "words")
    guest = Visitor(fetcher(deadline=0.5), pause=0.7, heeds_robots=False)
    guest.visit(f"{site.url}/a")
    assert guest.visit(f"{site.url}/a").content == b"words"


def test_marks_of_campaigns_are_no_part_of_a_page() -> None:
    assert same_page("https://A.example/x?utm_source=a&id=1&utm_medium=b#top") == "https://a.example/x?id=1"
    assert same_page("https://a.example") == "https://a.example/"
    assert same_page("http://[") == "http://["


def test_all_errors_come_out_of_another_process_whole() -> None:
    import pickle

    for error in (PostponedError("a", "b", "c", wait=3.0), RefusedError("a", "b"), ForbiddenError("a", "b", "c")):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert isinstance(again, FetchError)
        assert str(again) == str(error)
