"""RSS and Atom."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from pledgebook.domain import DocumentError, UsageError
from pledgebook.read.feeds.listing import Link, Listing, plain_title, stamped_day

_DOCUMENTS = ("application/pdf", "text/html", "text/plain")


def read_syndication(content: bytes, *, url: str, content_type: str = "") -> Listing:
    """What an RSS or Atom feed lists, in whatever encoding. Raises DocumentError where it is none."""
    try:
        import feedparser  # noqa: PLC0415 - an extra
    except ImportError as error:  # pragma: no cover - the tests have every extra
        raise UsageError("feeds", "no feedparser installed", "Run `pip install 'pledgebook[feeds]'`.") from error

    # A stream, never a string or bytes: those it takes for an address to fetch or a file to open.
    headers = {"content-type": content_type} if content_type else {}
    try:
        feed: Any = feedparser.parse(
            io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # what it raises on bytes that are no feed depends on the bytes
        raise DocumentError(url, f"no feed ({type(error).__name__})", "Look at it in a browser.") from error
    if not feed.entries and not feed.get("version"):
        raise DocumentError(url, "no feed", "Look at it in a browser: RSS, Atom, JSON Feed and sitemaps are read.")
    language = feed.feed.get("language")
    return Listing(tuple(_links(feed.entries, language)), title=plain_title(feed.feed.get("title")))


def _links(entries: list[Any], language: str | None) -> Iterator[Link]:
    for entry in entries:
        url = next(_addresses(entry), None)
        if url is None:
            continue
        told = next((one for one in entry.get("content", ()) if one.get("value")), None)
        yield Link(
            url=url,
            title=plain_title(entry.get("title")),
            published=_day(entry, "published") or _day(entry, "created"),
            changed=_day(entry, "updated"),
            language=(told or {}).get("language") or language or None,
            content=None if told is None else told["value"],
            is_plain=told is not None and told.get("type") == "text/plain",
        )


def _addresses(entry: Any) -> Iterator[str]:  # noqa: ANN401 - feedparser has no types
    if entry.get("link"):
        yield entry["link"]
    for enclosure in entry.get("enclosures", ()):
        if enclosure.get("type") in _DOCUMENTS and enclosure.get("href"):
            yield enclosure["href"]
    if str(entry.get("id", "")).startswith(("https://", "http://")):
        yield entry["id"]


def _day(entry: Any, name: str) -> date | None:  # noqa: ANN401 - feedparser has no types
    # Past feedparser's own `get`, which hands out one day for another.
    day, parsed = stamped_day(dict.get(entry, name)), dict.get(entry, f"{name}_parsed")
    if day is not None or parsed is None:
        return day
    return date(parsed.tm_year, parsed.tm_mon, parsed.tm_mday)
