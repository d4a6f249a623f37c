"""Which sort of feed some bytes are."""

import re

from pledgebook.domain import DocumentError
from pledgebook.read.feeds.json_feed import read_json_feed
from pledgebook.read.feeds.listing import Link, Listing
from pledgebook.read.feeds.sitemap import read_sitemap
from pledgebook.read.feeds.urls import find_urls, is_url_list

FEED, SITEMAP, URLS = "feed", "sitemap", "urls"
KINDS = (FEED, SITEMAP, URLS)
_HEAD = 4096
_LONG_HEAD = 8192
_SITEMAP = re.compile(rb"<(?:[A-Za-z]+:)?(?:urlset|sitemapindex)\b")
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)\b", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ALTERNATE = re.compile(rb"<link\b[^>]{0,500}application/(?:rss\+xml|atom\+xml|feed\+json)[^>]{0,500}>", re.IGNORECASE)
_HREF = re.compile(rb"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


def kind_of(content: bytes) -> str | None:
    """`feed`, `sitemap` or `urls` for bytes that are one, else None.

    >>> kind_of(b"<?xml version='1.0'?><rss version='2.0'>"), kind_of(b"<!doctype html><p>")
    ('feed', None)
    """
    head = content[:_HEAD]
    if _SITEMAP.search(head):
        return SITEMAP
    if _HTML.search(head):
        return None
    if _FEED.search(head) or (head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b"jsonfeed.org" in content):
        return FEED
    return URLS if is_url_list(content[:_LONG_HEAD]) else None


def read_listing(content: bytes, *, url: str, content_type: str = "") -> Listing:
    """What the feed at `url` lists. Raises DocumentError where the bytes are no feed."""
    kind = kind_of(content)
    if kind == SITEMAP:
        return read_sitemap(content, url=url)
    if kind == URLS:
        return Listing(tuple(map(Link, find_urls(content.splitlines(), where=url))))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json_feed(content, url=url)
    if kind is None and _HTML.search(content[:_HEAD]):
        raise DocumentError(url, "a web page and no feed", _instead(content))
    from pledgebook.read.feeds.syndication import read_syndication  # noqa: PLC0415 - loads feedparser

    return read_syndication(content, url=url, content_type=content_type)


def _instead(content: bytes) -> str:
    found = [_HREF.search(tag) for tag in _ALTERNATE.findall(content)]
    names = [one[1].decode("utf-8", "replace") for one in found if one is not None]
    if names:
        return f"It names a feed: {', '.join(names[:3])}."
    return 'Name its feed or its sitemap, or watch it as a single page (kind = "page").'
