"""One page from the web."""

import hashlib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache

import httpx

from pledgebook.domain import Capture
from pledgebook.read.web.address import Target, check_url, joined
from pledgebook.read.web.connect import Deadline
from pledgebook.read.web.errors import FetchError, ForbiddenError, PostponedError, RefusedError
from pledgebook.read.web.networks import Networks
from pledgebook.read.web.ports import Clock
from pledgebook.read.web.transport import CheckedTransport
from pledgebook.read.web.unpack import unpacked

MAX_BYTES = 20_000_000
DEADLINE = 60.0
ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.5"
ACCEPT_FEED = "application/rss+xml, application/atom+xml, application/feed+json, application/xml, */*;q=0.5"
_REDIRECTS = (301, 302, 303, 307, 308)
_MAX_REDIRECTS = 8
_NOT_MODIFIED = 304
# A connection that broke off, a server in trouble, one that asks for patience.
_LATER = (408, 421, 425, 429, 500, 502, 503, 504, 507, 508, 509, 520, 521, 522, 523, 524, 529)
_LONGEST_WAIT = 7 * 86_400.0
# What a reader of the book may want to know of a page; none of them names a person or a session.
_KEPT_HEADERS = frozenset({
    "age", "content-encoding", "content-language", "content-length", "content-type", "date", "etag", "expires",
    "last-modified", "link", "server", "via", "x-archive-orig-date",
})  # fmt: skip
_LONGEST_HEADER = 1000


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: None for `content` where it has not changed since (304)."""

    url: str
    content: bytes | None
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    capture: Capture
    moved_to: str | None = None


@cache
def tls() -> ssl.SSLContext:
    """What connections are encrypted with: the certificates that this machine trusts, and those that httpx brings."""
    import certifi  # noqa: PLC0415 - comes with httpx

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def no_hop(target: Target) -> None:
    """Any hop is welcome."""


class Fetcher:
    """Fetches pages by GET, and sends a body where asked to (`post`), within limits and to allowed addresses only."""

    def __init__(
        self,
        *,
        clock: Clock,
        networks: Networks | None = None,
        user_agent: str = "pledgebook",
        max_bytes: int = MAX_BYTES,
        deadline: float = DEADLINE,
    ) -> None:
        self.clock, self.networks, self.user_agent = clock, networks or Networks(), user_agent
        self._max_bytes, self._deadline = max_bytes, deadline

    def fetch(
        self,
        url: str,
        *,
        accept: str = ACCEPT,
        etag: str | None = None,
        last_modified: str | None = None,
        on_hop: Callable[[Target], None] = no_hop,
    ) -> Fetched:
        """The page at `url`; with `etag` or `last_modified` of an earlier visit only if it has changed.

        `on_hop` is told of every address before it is asked, that of each redirect too, and may raise. Raises one of
        the errors in errors.py.
        """
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        deadline, at, moved_to, is_moved = Deadline(self.clock, self._deadline), self.clock.now(), None, True
        first = url
        for _ in range(_MAX_REDIRECTS + 1):
            target = check_url(url, self.networks)
            with deadline.paused():
                on_hop(target)
            with self._answer("GET", target.url, deadline, headers=headers) as response:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return self._fetched(response, url, at, moved_to)
                url = joined(url, response.headers["location"])
                is_moved = is_moved and response.status_code in {301, 308}
                moved_to = url if is_moved else moved_to
        raise RefusedError(first, f"more than {_MAX_REDIRECTS} redirects", "Look where it leads in a browser.")

    def post(self, url: str, content: bytes, *, headers: dict[str, str]) -> int:
        """The status that `url` answers to `content`; redirects are not followed. Raises FetchError."""
        target = check_url(url, self.networks)
        deadline = Deadline(self.clock, self._deadline)
        with self._answer("POST", target.url, deadline, headers=headers, content=content) as response:
            return response.status_code

    @contextmanager
    def _answer(
        self, method: str, url: str, deadline: Deadline, *, headers: dict[str, str], content: bytes | None = None
    ) -> Iterator[httpx.Response]:
        """The response to one request, closed behind it.

        Past httpx's client, which reads the environment (a proxy named there would lead around every check), keeps
        cookies, and breaks on a Location that it can't read.
        """
        told = {"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate", **headers}
        with CheckedTransport(self.networks, deadline, tls()) as transport:
            try:
                request = httpx.Request(method, url, headers=told, content=content)
            except (httpx.InvalidURL, ValueError) as error:
                raise ForbiddenError(url, f"no URL ({error})", "Write it as https://host/path.") from error
            response = transport.handle_request(request)
            try:
                yield response
            finally:
                response.close()

    def _fetched(self, response: httpx.Response, url: str, at: datetime, moved_to: str | None) -> Fetched:
        status, headers = response.status_code, response.headers
        content = None
        if status != _NOT_MODIFIED:
            self._check_status(response, url, at)
            pieces = unpacked(
                response.iter_raw(),
                headers.get("content-encoding", ""),
                where=url,
                max_bytes=self._max_bytes,
            )
            content = b"".join(pieces)
        media_type, _, _ = headers.get("content-type", "").partition(";")
        return Fetched(
            url=url,
            content=content,
            media_type=media_type.strip().lower(),
            charset=response.charset_encoding,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            capture=Capture(
                url=url,
                at=at,
                status=status,
                sha256=hashlib.sha256(content or b"").hexdigest(),
                size=len(content or b""),
                headers=tuple(
                    sorted((name, value[:_LONGEST_HEADER]) for name, value in headers.items() if name in _KEPT_HEADERS)
                ),
            ),
            moved_to=moved_to,
        )

    def _check_status(self, response: httpx.Response, url: str, at: datetime) -> None:
        status = response.status_code
        if status == 200:
            return
        reason = f"answers {status} {response.reason_phrase}".rstrip()
        if status in _LATER:
            wait = retry_after(response.headers.get("retry-after"), at)
            raise PostponedError(url, reason, "It is tried again.", status=status, wait=wait)
        raise RefusedError(url, reason, "Look whether the address is right.", status=status)


def retry_after(words: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks to wait, a week at most; None where it says nothing usable.

    >>> from datetime import UTC, datetime
    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    """
    words = (words or "").strip()
    if words.isascii() and words.isdigit():
        return min(float(words[:9]), _LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(words)
    except ValueError:
        return None
    when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return min(max((when - now).total_seconds(), 0.0), _LONGEST_WAIT)


__all__ = ["ACCEPT", "ACCEPT_FEED", "DEADLINE", "FetchError", "Fetched", "Fetcher", "no_hop", "retry_after"]
