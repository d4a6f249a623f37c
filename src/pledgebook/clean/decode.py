"""Bytes to text."""

import codecs
import re

from charset_normalizer import from_bytes

from pledgebook.domain import DocumentError, Page

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 200_000
# Browsers read these names as their Windows supersets, and so do the people who wrote the pages.
_SUPERSETS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}


def decode(page: Page) -> str:
    """The text of a page's bytes, by its byte-order mark, else UTF-8, else what it declares, else what fits best.

    Raises DocumentError where the bytes are no text at all.

    >>> decode(Page("a.txt", "Málaga".encode("latin-1"), charset="iso-8859-1"))
    'Málaga'
    """
    content = page.content
    for bom, charset in _BOMS:
        if content.startswith(bom):
            return _decoded(content, charset, page.source)
    if b"\0" in content[:_HEAD]:
        raise DocumentError(page.source, "bytes that are no text (a zero byte)", "Give plain text, HTML or JSONL.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for declared in (page.charset, _declared(content)):
        if declared:
            try:
                return content.decode(_SUPERSETS.get(declared.lower(), declared))
            except (LookupError, UnicodeDecodeError):
                continue
    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise DocumentError(page.source, "bytes in no encoding that we know", "Convert the file to UTF-8.")
    return content.decode(best.encoding, errors="replace")


def _decoded(content: bytes, charset: str, source: str) -> str:
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        raise DocumentError(source, f"bytes that are not the {charset} they claim to be ({error})") from error


def _declared(content: bytes) -> str | None:
    found = _META_CHARSET.search(content[:_HEAD])
    return found.group(1).decode("ascii") if found else None
