"""Sources read as the settings say."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pledgebook.domain import Finding, ReadDocument
from pledgebook.show.cli.clock import SystemClock
from pledgebook.show.cli.session import Session

if TYPE_CHECKING:
    from pledgebook.flow.limits import Limits
    from pledgebook.flow.one import Known
    from pledgebook.read import Item
    from pledgebook.store import Book


def read_for(session: Session, sources: Sequence[str]) -> Iterator[ReadDocument | Finding]:
    """What the session's reader makes of the sources."""
    from pledgebook.flow import read  # noqa: PLC0415 - loads every room
    from pledgebook.show.cli.models import reader_for, telling_cost  # noqa: PLC0415 - loads no model yet

    reader = reader_for(session)
    found = read(
        sources,
        reader=reader,
        stdin=getattr(sys.stdin, "buffer", None),
        workers=session["workers"],
        max_bytes=session["max_bytes"],
        fetch=fetch_for(session, sources),
        limits=limits_for(session),
    )
    return telling_cost(session, reader, found)


def read_new_for(
    session: Session, sources: Sequence[str], book: "Book", *, tell: "Callable[[str], None]" = lambda _: None
) -> "Iterator[ReadDocument | Finding | Known]":
    """The same for what the book does not have yet: pages that this reader has read before are not read again.

    `tell` hears the sort of every file that is opened.
    """
    from pledgebook.flow.local import read_new  # noqa: PLC0415 - loads every room
    from pledgebook.show.cli.models import reader_for, telling_cost  # noqa: PLC0415 - loads no model yet

    reader = reader_for(session)
    found: Iterator[Any] = read_new(
        sources,
        known=lambda page: bool(book.has_read([page])),
        reader=reader,
        stdin=getattr(sys.stdin, "buffer", None),
        workers=session["workers"],
        max_bytes=session["max_bytes"],
        fetch=fetch_for(session, sources),
        limits=limits_for(session),
        tell=tell,
    )
    return telling_cost(session, reader, found)


def limits_for(session: Session) -> "Limits":
    """What one document may cost."""
    from pledgebook.flow.limits import Limits  # noqa: PLC0415 - loads a room

    return Limits(seconds=session["document_seconds"], memory=session["document_memory"])


def fetch_for(session: Session, sources: Sequence[str]) -> "Callable[[str], Iterator[Item]]":
    """What brings the documents at a URL, as the settings allow; what it needs is loaded when a URL is met.

    Raises UsageError where a source is a URL and the extra is not installed. A page that somebody names is asked for
    like a browser does. One of a list of URLs is asked for like a robot does, as `watch` does it: only where the
    site's robots.txt lets us in, and as slowly as it asks.
    """
    from pledgebook.read import is_url  # noqa: PLC0415 - loads a room

    @cache
    def fetcher(*, is_named: bool) -> "Callable[[str], Iterator[Item]]":
        from pledgebook.read.visits import fetch_with  # noqa: PLC0415 - loads httpx
        from pledgebook.show.cli.fetching import visitor_for  # noqa: PLC0415 - loads httpx

        visitor = visitor_for(session, SystemClock(), heeds_robots=not is_named)
        return fetch_with(visitor, max_bytes=session["max_bytes"])

    named = frozenset(filter(is_url, sources))

    def fetch(url: str) -> "Iterator[Item]":
        return fetcher(is_named=url in named)(url)

    if named:
        fetcher(is_named=True)
    return fetch
