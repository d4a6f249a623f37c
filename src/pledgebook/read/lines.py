"""Documents that come as one JSON object a line."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from pledgebook.domain import Finding, Page, Severity, WireError
from pledgebook.read.media import HTML, TEXT
from pledgebook.read.told import Told, read_told
from pledgebook.wire import loads

_CHUNK = 1 << 20
_FORMATS = {"text": TEXT, "html": HTML, TEXT: TEXT, HTML: HTML}


def read_lines(stream: BinaryIO, *, source: str, max_bytes: int) -> Iterator[Page | Told | Finding]:
    """What each line of `stream` holds: a Page of its `content` (or `text`), or Told where claims come with it.

    A line that is broken or longer than `max_bytes` is a Finding, and the next line is read; a long one is skipped
    piece by piece and never held.
    """
    for number, line in _bounded(stream, max_bytes):
        where = f"{source}, line {number}"
        if line is None:
            message = f"{where}: longer than {max_bytes:,} bytes. Raise --max-bytes, or leave the line out."
            yield Finding("oversized-document", where, message, severity=Severity.WARNING)
        elif line.strip():
            try:
                yield _item(line, source, where)
            except (WireError, UnicodeDecodeError) as error:
                message = str(error) if isinstance(error, WireError) else f"{where}: no UTF-8 ({error.reason})."
                yield Finding("broken-line", where, message, severity=Severity.WARNING)


def _bounded(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line, None for bytes where there are more than `max_bytes`."""
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        yield number, None


def _item(line: bytes, source: str, where: str) -> Page | Told:
    text = line.decode("utf-8-sig")
    raw = loads(text, where=where)
    if not isinstance(raw, Mapping):
        raise WireError(where, f"{type(raw).__name__}, not an object", "Write one JSON object a line.")
    if "document" in raw:
        return read_told(text, where=where)
    return _page(raw, source, where)


def _page(raw: Mapping[str, Any], source: str, where: str) -> Page:
    content = raw.get("content", raw.get("text"))
    if not isinstance(content, str):
        raise WireError(where, "neither `content` nor `text`", "Give the article as a string.")
    media = _FORMATS.get(str(raw.get("format") or "text"))
    if media is None:
        raise WireError(f"{where}.format", repr(raw["format"]), "Use text or html.")
    name = _text(raw, "id", where)
    return Page(
        # The name that the sender gives says more than the file that happened to carry it, and stays the same when
        # lines are sorted or split over files.
        source=_text(raw, "source", where) or _text(raw, "url", where) or name or source,
        # A lone surrogate becomes one "?", so that offsets stay.
        content=content.encode("utf-8", "replace"),
        media_type=media,
        charset="utf-8",
        language=_text(raw, "language", where),
        title=_text(raw, "title", where),
        published=_day(raw.get("published"), f"{where}.published"),
        name=name,
    )


def _text(raw: Mapping[str, Any], key: str, where: str) -> str | None:
    value = raw.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        if key == "id" and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        raise WireError(f"{where}.{key}", f"{value!r}, not a string", "Write a string or null.")
    return value.encode("utf-8", "replace").decode("utf-8")


def _day(value: object, where: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise WireError(where, f"{value!r}, not a day", "Write YYYY-MM-DD or null.") from error
