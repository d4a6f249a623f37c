"""One source asked what is new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from pledgebook.domain import DocumentError
from pledgebook.flow.watch_hosts import host_of
from pledgebook.flow.watch_sources import LINKS, PAGE, WatchSource
from pledgebook.read.feeds import Link, Listing, find_urls, read_links, read_listing
from pledgebook.read.sources import files_in
from pledgebook.read.web import ACCEPT_FEED, Fetched, Visitor, joined, same_page
from pledgebook.read.web.unpack import gunzipped
from pledgebook.store.watched import WaitingPage

_GZIP = b"\x1f\x8b"
_MOST_LISTINGS = 50
_MAX_DEPTH = 3

# ETag and Last-Modified of the last visit, by URL.
Validators = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Polled:
    """What a source answered: the pages that it names, what to tell it next time, and what went wrong.

    Of a source that is a single page, `fetched` is that page where it has changed.
    """

    source: WatchSource
    pages: tuple[WaitingPage, ...] = ()
    validators: tuple[tuple[str, str | None, str | None], ...] = ()
    fetched: Fetched | None = None
    moved_to: str | None = None
    is_new: bool = True
    trouble: str = ""
    error: DocumentError | None = None


def poll(source: WatchSource, visitor: Visitor, validators: Validators, *, today: date, max_bytes: int) -> Polled:
    """What `source` names today; nothing where it says that nothing has changed."""
    asked = _Asked(source, visitor, validators, today, max_bytes)
    try:
        if source.kind == PAGE:
            return asked.single()
        links = list(asked.links(source.url))
    except DocumentError as error:
        return Polled(source, error=error)
    pages = {page.url: page for page in map(asked.page_of, links) if page is not None}
    return Polled(
        source,
        pages=tuple(pages.values()),
        validators=tuple(asked.seen),
        moved_to=asked.moved_to,
        is_new=asked.is_new,
        trouble="; ".join(asked.trouble[:3]),
    )


def poll_folder(source: WatchSource) -> Polled:
    """The files in a folder, each with a mark that changes when it does."""
    pages = []
    for path in files_in(Path(source.url)):
        if not isinstance(path, Path):
            return Polled(source, error=DocumentError(source.url, path.message, "Look at the folder."))
        try:
            facts = path.stat()
        except OSError:  # gone since it was listed
            continue
        if source.wants(str(path)):
            mark = f"{facts.st_size}:{facts.st_mtime_ns}"
            pages.append(WaitingPage(str(path), source.name, language=source.language, mark=mark))
    return Polled(source, tuple(pages))


def poll_list(source: WatchSource, validators: Validators) -> Polled:
    """The pages that a list of URLs on the disk names, where it has changed."""
    path = Path(source.url)
    try:
        facts = path.stat()
        mark = f"{facts.st_size}:{facts.st_mtime_ns}"
        if validators.get(source.url, (None, None))[0] == mark:
            return Polled(source, is_new=False)
        with path.open("rb") as stream:
            urls = [url for url in find_urls(stream, where=source.url) if source.wants(url)]
    except OSError as error:
        seen = (error.strerror or type(error).__name__).lower()
        return Polled(source, error=DocumentError(source.url, seen, "Look whether the name is right."))
    except DocumentError as error:
        return Polled(source, error=error)
    pages = {same_page(url): host_of(url) for url in urls}
    return Polled(
        source,
        tuple(WaitingPage(url, source.name, language=source.language, host=host) for url, host in pages.items()),
        validators=((source.url, mark, None),),
    )


class _Asked:
    """One visit to a source, and to the sitemaps that it names."""

    def __init__(
        self, source: WatchSource, visitor: Visitor, validators: Validators, today: date, max_bytes: int
    ) -> None:
        self._source, self._visitor, self._validators = source, visitor, validators
        self._oldest = None if source.since is None else today - timedelta(days=source.since)
        self._max_bytes = max_bytes
        self.seen: list[tuple[str, str | None, str | None]] = []
        self.trouble: list[str] = []
        self.moved_to: str | None = None
        self.is_new = False

    def single(self) -> Polled:
        """The page that the source is, where it has changed."""
        url = self._source.url
        etag, modified = self._validators.get(url, (None, None))
        fetched = self._visitor.visit(url, etag=etag, last_modified=modified)
        if fetched.content is None:
            return Polled(self._source, is_new=False)
        told = ((url, fetched.etag, fetched.last_modified),)
        return Polled(self._source, validators=told, fetched=fetched, moved_to=fetched.moved_to)

    def links(self, url: str, depth: int = 0) -> Iterator[Link]:
        """The links that the feed at `url` names, their addresses whole; of an index those of its newest sitemaps."""
        etag, modified = self._validators.get(url, (None, None))
        fetched = self._visitor.visit(url, accept=ACCEPT_FEED, etag=etag, last_modified=modified)
        if depth == 0:
            self.moved_to = fetched.moved_to
        if fetched.content is None:
            return
        self.is_new = True
        listing = self._listing(fetched)
        for link in listing.links:
            yield replace(link, url=joined(fetched.url, link.url))
        if listing.listings:
            # An index is asked for anew each time: it may stay as it is while the sitemaps below it change.
            yield from self._below(listing, fetched.url, depth)
        else:
            self.seen.append((url, fetched.etag, fetched.last_modified))

    def page_of(self, link: Link) -> WaitingPage | None:
        """The page that a link leads to, None where it is not wanted."""
        day = link.published or link.changed
        is_old = self._oldest is not None and day is not None and day < self._oldest
        is_web = link.url.lower().startswith(("https://", "http://"))
        if is_old or not is_web or not self._source.wants(link.url):
            return None
        return WaitingPage(
            url=same_page(link.url),
            source=self._source.name,
            title=link.title,
            published=link.published,
            language=self._source.language or link.language,
            content=link.content if self._source.from_feed else None,
            is_plain=link.is_plain,
            host=host_of(link.url),
        )

    def _listing(self, fetched: Fetched) -> Listing:
        content = fetched.content or b""
        if content.startswith(_GZIP):
            content = gunzipped(content, where=fetched.url, max_bytes=self._max_bytes)
        if self._source.kind == LINKS:
            return read_links(content, url=fetched.url)
        charset = f"; charset={fetched.charset}" if fetched.charset else ""
        return read_listing(content, url=fetched.url, content_type=fetched.media_type + charset)

    def _below(self, listing: Listing, base: str, depth: int) -> Iterator[Link]:
        if depth >= _MAX_DEPTH:
            return
        fresh = [one for one in listing.listings if self._oldest is None or (one.changed or date.max) >= self._oldest]
        for one in sorted(fresh, key=lambda link: link.changed or date.max, reverse=True)[:_MOST_LISTINGS]:
            try:
                yield from self.links(joined(base, one.url), depth + 1)
            except DocumentError as error:
                self.trouble.append(str(error))
