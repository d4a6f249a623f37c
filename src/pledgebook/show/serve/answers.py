"""Answers that were given before and are still right: kept as bytes until the book changes."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgebook.domain import PledgebookError
from pledgebook.show.desk import Desk

_MOST_BYTES = 64_000_000
_MOST_EACH = 1_000_000
_Key = tuple[str, bytes, bool]


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: bytes

    @property
    def size(self) -> int:
        return len(self.body) + 1000


class Answers:
    """Keeps what the API says under an address as long as the book says the same.

    Only answers with an ETag are kept: those follow from the address and the book alone, whoever asks. The gate stands
    before this: who may not read is not told that there is anything.
    """

    def __init__(self, app: ASGIApp, *, desk: Desk, prefix: str) -> None:
        self._app, self._desk, self._prefix = app, desk, prefix
        self._version, self._size = "", 0
        self._kept: OrderedDict[_Key, _Answer] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        try:
            version = (await self._desk.ledger_soon()).edition
        except PledgebookError:  # the route meets the same, and knows how to say it
            await self._app(scope, receive, send)
            return
        if version != self._version:
            self._kept.clear()
            self._version, self._size = version, 0
        headers = dict(scope["headers"])
        key = (scope["path"], scope["query_string"], b"gzip" in headers.get(b"accept-encoding", b""))
        found = self._kept.get(key)
        if found is None:
            await self._app(scope, receive, _Keeping(self, key, version, send))
            return
        self._kept.move_to_end(key)
        if found.tag in headers.get(b"if-none-match", b""):
            few = [pair for pair in found.headers if pair[0] not in (b"content-length", b"content-type")]
            await send({"type": "http.response.start", "status": 304, "headers": few})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": found.headers})
        await send({"type": "http.response.body", "body": found.body})

    def keep(self, key: _Key, version: str, answer: _Answer) -> None:
        """Keeps an answer that was begun with that ledger, if it is still the newest."""
        if (
            version != self._version
            or self._desk.version_now() != version
            or key in self._kept
            or answer.size > _MOST_EACH
        ):
            return
        self._kept[key] = answer
        self._size += answer.size
        while self._size > _MOST_BYTES:
            _, dropped = self._kept.popitem(last=False)
            self._size -= dropped.size


class _Keeping:
    """Sends an answer on, and keeps it where it is whole and has an ETag."""

    def __init__(self, answers: Answers, key: _Key, version: str, send: Send) -> None:
        self._answers, self._key, self._version, self._send = answers, key, version, send
        self._started: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._started = message if message["status"] == 200 else None
        elif self._started is not None:
            if not message.get("more_body", False):
                self._keep(self._started, message.get("body", b""))
            self._started = None  # an answer in several pieces is not kept
        await self._send(message)

    def _keep(self, started: Message, body: bytes) -> None:
        headers = [(bytes(name).lower(), bytes(value)) for name, value in started["headers"]]
        said: Mapping[bytes, bytes] = dict(headers)
        if b"etag" in said:
            self._answers.keep(self._key, self._version, _Answer(headers, body, said[b"etag"]))
