"""What the head of a response says of its body."""

import io
import re
from collections.abc import Callable

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE).search
_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n").match
_TEXT = ("text/html", "application/xhtml", "text/plain")


def charset_of(media: str) -> str | None:
    """The charset that a content type names.

    >>> charset_of("text/html; charset=ISO-8859-1"), charset_of("text/html")
    ('ISO-8859-1', None)
    """
    found = _CHARSET(media)
    return found.group(1) if found else None


def is_text(media: str) -> bool:
    """Whether a body may hold an article; a server that does not say is believed to send a page."""
    return not media or media.lower().startswith(_TEXT)


def unpacked(
    content: bytes | bytearray, encoding: str | None, transfer: str | None, *, max_bytes: int
) -> bytes | bytearray:
    """The body as its author wrote it, no more than `max_bytes` of it; as it is where the head is wrong about it.

    Crawlers store what they have unpacked already under the head that came with it.
    """
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader  # noqa: PLC0415 - of the extra [batch]

    kinds = (encoding or "").lower()
    makers: list[Callable[[io.BytesIO], WarcReader]] = []
    if "chunked" in (transfer or "").lower() and _CHUNK(content):
        makers.append(ChunkedReader)
    if "gzip" in kinds:
        makers.append(GzipReader)
    elif "br" in kinds.split(","):
        makers.append(BrotliReader)
    for make in makers:
        if make is GzipReader and not content.startswith(b"\x1f\x8b"):
            continue
        try:
            given = make(io.BytesIO(content)).read(max_bytes + 1)
        except (OSError, ValueError):
            return content
        content = given or content
    return content[:max_bytes]
