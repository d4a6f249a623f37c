import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.domain import DocumentError
from pledgebook.read.feeds import Link, kind_of, read_links, read_listing
from pledgebook.read.feeds.listing import plain_title, stamped_day


def test_rss_tells_what_it_knows() -> None:
    feed = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Press &amp; more</title>
    <language>nl-NL</language><item><title>&lt;b&gt;Kop&lt;/b&gt;</title><link>https://a.example/1</link>
    <pubDate>Mon, 13 May 2024 23:30:00 -0500</pubDate></item>
    <item><guid isPermaLink="true">https://a.example/2</guid></item>
    <item><title>no address</title><description>words</description></item>
    <item><enclosure url="https://a.example/3.pdf" type="application/pdf"/></item></channel></rss>"""
    listing = read_listing(feed.encode(), url="https://a.example/feed")
    assert listing.title == "Press & more"
    assert listing.links[0] == Link("https://a.example/1", "Kop", date(2024, 5, 13), language="nl-NL")
    assert [link.url for link in listing.links[1:]] == ["https://a.example/2", "https://a.example/3.pdf"]


def test_a_change_is_no_publication() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link href="/1"/><updated>2024-05-13T01:00:00Z</updated>
    <content type="html">&lt;p&gt;Words</content></entry></feed>"""
    (link,) = read_listing(feed.encode(), url="x").links
    assert (link.published, link.changed, link.content, link.is_plain) == (None, date(2024, 5, 13), "<p>Words", False)
    (page,) = read_listing(b"<urlset><url><loc>/1</loc><lastmod>2024-05-13</lastmod></url></urlset>", url="x").links
    assert (page.published, page.changed) == (None, date(2024, 5, 13))


def test_old_and_broken_rss_is_read_as_far_as_it_goes() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel/><item><title>One</title><link>https://a.example/1</link></item></rdf:RDF>"""
    assert [link.url for link in read_listing(rdf.encode(), url="x").links] == ["https://a.example/1"]
    broken = "<rss version='2.0'><channel><item><link>https://a.example/1</link></item><item><title>A & B</titl"
    assert [link.url for link in read_listing(broken.encode(), url="x").links] == ["https://a.example/1"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_feeds_come_in_any_encoding(charset: str) -> None:
    feed = f"<?xml version='1.0' encoding='{charset}'?><rss version='2.0'><channel><item><title>Málaga</title><link>/1</link></item></channel></rss>"
    (link,) = read_listing(feed.encode(charset), url="x").links
    assert link.title == "Málaga"


def test_entities_of_a_feed_open_no_file_and_fill_no_memory() -> None:
    attack = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">'
        '<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    )
    rss = (
        attack
        + "<rss version='2.0'><channel><item><title>&f;&c;</title><link>https://a.example/1</link></item></channel></rss>"
    )
    for link in read_listing(rss.encode(), url="x").links:
        assert "root:" not in (link.title or "")
        assert len(link.title or "") < 600
    sitemap = attack + "<urlset><url><loc>https://a.example/&f;&c;</loc></url></urlset>"
    for link in read_listing(sitemap.encode(), url="x").links:
        assert "root:" not in link.url


def test_what_looks_like_a_name_or_an_address_is_neither_opened_nor_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.open", lambda *_: pytest.fail("opened a file"))
    for content in (b"/etc/passwd", b"http://127.0.0.1/feed", b"file:///etc/passwd"):
        if kind_of(content) != "urls":
            with pytest.raises(DocumentError):
                read_listing(content, url="x")


def test_a_json_feed_gives_its_text() -> None:
    items = [
        {"id": "https://a.example/1", "content_text": "Words", "language": "de"},
        {"id": "x"},
        {"external_url": "https://a.example/2", "content_html": "<p>w", "title": "T", "date_modified": "2024-05-13"},
        {"attachments": [{"url": "https://a.example/3.pdf"}]},
    ]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1", "language": "nl", "items": items})
    one, two, three = read_listing(feed.encode("utf-8-sig"), url="x").links
    assert one == Link("https://a.example/1", language="de", content="Words", is_plain=True)
    assert (two.title, two.language, two.content, two.changed) == ("T", "nl", "<p>w", date(2024, 5, 13))
    assert three.url == "https://a.example/3.pdf"


@pytest.mark.parametrize(
    "content", [b"", b"words", b"{}", b'{"items": 3, "v": "jsonfeed.org"}', b"<html><p>x", b"\xff\xfe\x00"]
)
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError):
        read_listing(content, url="x")


def test_pictures_in_a_sitemap_are_no_pages() -> None:
    picture = "http://www.google.com/schemas/sitemap-image/1.1"
    sitemap = (
        f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:i='{picture}'><url><loc> https://a.example/1 </loc>"
        "<i:image><i:loc>https://a.example/1.jpg</i:loc></i:image></url><url><lastmod>2024</lastmod></url></urlset>"
    )
    assert [link.url for link in read_listing(sitemap.encode(), url="x").links] == ["https://a.example/1"]


def test_links_of_a_page_are_given_once() -> None:
    page = (
        b"<html><a href=' /1 '>One <b>two</b></a><a href='/1'>x</a><a href='#top'>t</a><a href='mailto:a'>m</a><a>n</a>"
    )
    assert read_links(page, url="x").links == (Link("/1", "One two"),)
    with pytest.raises(DocumentError):
        read_links(b"", url="x")


def test_stamps_in_many_hands() -> None:
    told = {
        "Mon, 13 May 2024 10:00:00 GMT": date(2024, 5, 13), "13 May 2024": date(2024, 5, 13),
        "2024-05-13T23:59:59+14:00": date(2024, 5, 13), "2024-05-13": date(2024, 5, 13), "May": None, "": None,
        "2024-13-01": None, "Mon, 99 May 2024 10:00:00": None,
    }  # fmt: skip
    assert {words: stamped_day(words) for words in told} == told
    assert stamped_day(None) is None
    assert plain_title(None) is None
    assert plain_title("<p> </p>") is None


@given(st.binary(max_size=400))
def test_no_bytes_break_a_feed(content: bytes) -> None:
    for wrapped in (
        content,
        b"<rss><channel><item><link>" + content,
        b"<urlset><url><loc>" + content,
        b'{"x": "jsonfeed.org", ' + content,
    ):
        try:
            listing = read_listing(wrapped, url="x")
        except DocumentError:
            continue
        assert all(isinstance(link.url, str) for link in listing.links)
    assert io.BytesIO(content).read() == content
