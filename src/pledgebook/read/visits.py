"""What stands at a URL, as the documents in it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from pledgebook.domain import Finding, Page, Severity
from pledgebook.read.contents import Item, Opening, read_bytes
from pledgebook.read.feeds import FEED, SITEMAP, Link, kind_of
from pledgebook.read.media import HEAD, HTML, PDF, TEXT, binary, media_type
from pledgebook.read.web import Fetched, FetchError, ForbiddenError, UnwelcomeError, Visitor

_PAGES = {
    "": None,
    HTML: HTML,
    "application/xhtml+xml": HTML,
    TEXT: None,
    "application/octet-stream": None,
}
# Containers that their first bytes don't tell, by the type that servers give them.
_ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/jsonlines": ".jsonl",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
}
_CONTAINERS = (".csv", ".tsv", ".jsonl", ".ndjson", ".eml", ".mbox", ".parquet", ".zip", ".gz")
_DATED = re.compile(rb"article:published_time|[\"']datePublished[\"']", re.IGNORECASE)
_HEAD = 200_000
_MAGIC = (b"PK\x03\x04", b"\x1f\x8b", b"PAR1")


def fetch_with(visitor: Visitor, *, max_bytes: int) -> Callable[[str], Iterator[Item]]:
    """What brings the documents at a URL; a Finding where the page can't be had."""

    def fetch(url: str) -> Iterator[Item]:
        try:
            fetched = visitor.visit(url)
        except FetchError as error:
            yield finding_of(error, url)
        else:
            yield from items_of(fetched, max_bytes=max_bytes)

    return fetch


def finding_of(error: FetchError, url: str) -> Finding:
    """The Finding that a page which could not be had becomes."""
    name = {ForbiddenError: "forbidden-address", UnwelcomeError: "unwelcome-page"}.get(type(error), "unreachable-page")
    message = str(error) if url in str(error) else f"{url}: {error}"
    return Finding(name, url, message, severity=Severity.WARNING)


def items_of(fetched: Fetched, *, max_bytes: int, link: Link | None = None) -> Iterator[Item]:
    """The documents in a page that was fetched; what a feed told of it (`link`) comes with them."""
    content, source = fetched.content or b"", fetched.url
    head = content[:HEAD]
    if not content.strip():
        yield _refusal("empty-document", source, "no text", "Look at it in a browser.")
    elif head.startswith(b"%PDF-"):
        yield _told(Page(source, content, PDF, capture=fetched.capture), link)
    elif _is_container(fetched, head):
        yield from _contained(fetched, content, max_bytes)
    elif kind_of(content) in {FEED, SITEMAP}:
        yield _refusal("binary-document", source, "no article but a feed", "Name it in a file for `pledgebook watch`.")
    elif fetched.media_type not in _PAGES or (binary(head) is not None):
        seen = fetched.media_type if fetched.media_type not in _PAGES else (binary(head) or ("bytes", ""))[0]
        yield _refusal("binary-document", source, f"no text but {seen}", "Name a page, a PDF or a file of documents.")
    else:
        media = _PAGES[fetched.media_type] or media_type("", head)
        yield _told(Page(source, content, media, charset=fetched.charset, capture=fetched.capture), link)


def _told(page: Page, link: Link | None) -> Page:
    if link is None:
        return page
    if page.media_type != HTML:
        return replace(page, language=link.language, published=link.published, title=link.title)
    # What a page says of itself is better known: titles in feeds are cut, and some put the day of the last change.
    is_dated = _DATED.search(page.content[:_HEAD]) is not None
    return replace(page, language=link.language, published=None if is_dated else link.published)


def _is_container(fetched: Fetched, head: bytes) -> bool:
    is_named = _path(fetched.url).lower().endswith(_CONTAINERS) and fetched.media_type != HTML
    return fetched.media_type in _ENDINGS or is_named or head.startswith(_MAGIC)


def _contained(fetched: Fetched, content: bytes, max_bytes: int) -> Iterator[Item]:
    name = fetched.url if fetched.url.lower().endswith(_CONTAINERS) else _path(fetched.url)
    ending = _ENDINGS.get(fetched.media_type, "")
    if not name.lower().endswith(_CONTAINERS):
        name += ending
    for item in read_bytes(content, name, Opening(max_bytes, depth=1)):
        yield replace(item, capture=fetched.capture) if isinstance(item, Page) else item


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{unquote(parts.path)}"


def _refusal(name: str, source: str, seen: str, help_: str) -> Finding:
    return Finding(name, source, f"{source}: {seen}. {help_}", severity=Severity.WARNING)
