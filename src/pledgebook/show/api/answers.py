"""Answers as bytes: JSON with the name of the state that it follows from, and files of all rows."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from pledgebook import __version__
from pledgebook.show.api.shapes import FaultShape
from pledgebook.show.desk.ledger import Ledger
from pledgebook.wire import dumps

_AT_ONCE = 100
# What a route can say besides what it is asked for.
FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"model": FaultShape, "description": words}
    for status, words in (
        (400, "Not understood"), (401, "Not signed in"), (403, "Not allowed"), (414, "Too long"),
        (421, "Called by a wrong name"), (422, "Not understood"), (503, "The book can't be read now"),
    )
}  # fmt: skip
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": FaultShape, "description": "Not in the book"}}
POSTED: dict[int | str, dict[str, Any]] = {
    413: {"model": FaultShape, "description": "Too large"},
    415: {"model": FaultShape, "description": "Not JSON"},
}


def tag_of(request: Request, ledger: Ledger) -> str:
    """The ETag of what this address says of a ledger.

    Everything but the book is in the address, so that the tag is known before the answer is.
    """
    url = f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"
    return f'W/"{hashlib.sha256(f"{__version__} {ledger.edition} {url}".encode()).hexdigest()[:24]}"'


def answer(request: Request, ledger: Ledger, body: bytes) -> Response:
    """The body, or 304 where the asker has it."""
    tag = tag_of(request, ledger)
    headers = {"ETag": tag, "Cache-Control": "no-cache, private", "X-Pledgebook-Book": ledger.version}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def say(request: Request, ledger: Ledger, said: object) -> Response:
    """The JSON of `said` likewise."""
    return answer(request, ledger, dumps(said).encode())


def moment_json(ledger: Ledger) -> dict[str, Any]:
    """Which state of the book an answer follows from."""
    return {
        "book": ledger.version,
        "as_of": None if ledger.as_of is None else ledger.as_of.isoformat(),
        "snapshot": None if ledger.frozen is None else ledger.frozen.name,
        "currency": ledger.currency,
    }


def with_rows(said: dict[str, Any], rows: Iterable[bytes]) -> bytes:
    """The JSON of `said` with the rows, which are JSON already, behind its other fields.

    >>> with_rows({"total": 2}, [b"1", b"2"])
    b'{"total": 2, "rows": [1, 2]}'
    """
    head = dumps(said).removesuffix("}")
    return b"".join((head.encode(), b', "rows": [', b", ".join(rows), b"]}"))


def download(
    request: Request, ledger: Ledger, pieces: Iterable[bytes], *, media_type: str, name: str, rows: int
) -> Response:
    """A file, sent while it is written; `X-Total-Count` says how many rows it has."""
    tag = tag_of(request, ledger)
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache, private",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Total-Count": str(rows),
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return StreamingResponse(_in_chunks(pieces), media_type=media_type, headers=headers)


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Fewer, larger pieces: each costs a trip between threads."""
    waiting = iter(pieces)
    while several := b"".join(islice(waiting, _AT_ONCE)):
        yield several
