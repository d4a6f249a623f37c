"""What sort of bytes a source holds, by its name and its first bytes."""

import codecs
import re
from enum import StrEnum

from pledgebook.read.feeds.urls import is_url_list

HTML, TEXT, PDF = "text/html", "text/plain", "application/pdf"
HEAD = 8192
_HTML_NAMES = (".html", ".htm", ".xhtml")
_LINES_NAMES = (".jsonl", ".ndjson")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_START = re.compile(rb"\s*\{\s*\"")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_WIDE_SHARE = 0.4
_KNOWN = (
    (b"%PDF-", "a PDF", "Name it .pdf."),
    (b"\x1f\x8b", "gzip", "Unpack it first."),
    (b"PK\x03\x04", "an office document or an archive in an archive", "Unpack it, or save it as text."),
    (b"\x89PNG", "a PNG picture", "Give the text of the article."),
    (b"\xff\xd8\xff", "a JPEG picture", "Give the text of the article."),
    (b"GIF8", "a GIF picture", "Give the text of the article."),
    (b"SQLite format 3\0", "an SQLite database", "Name a book with --db, not as a source."),
    (b"\x7fELF", "a program", "Give the text of an article."),
)
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\r\f\v\x1b") + b"\x7f"
_MAX_CONTROLS = 0.05


class Sort(StrEnum):
    """How the documents in a source are to be found."""

    PAGE = "page"
    PDF = "PDF"
    LINES = "lines of JSON"
    CSV = "CSV"
    PARQUET = "Parquet"
    MAIL = "e-mail"
    BOX = "box of e-mail"
    ZIP = "ZIP"
    GZIP = "gzip"
    URLS = "list of URLs"


_BY_NAME = {
    ".csv": Sort.CSV,
    ".tsv": Sort.CSV,
    ".parquet": Sort.PARQUET,
    ".eml": Sort.MAIL,
    ".mbox": Sort.BOX,
    ".urls": Sort.URLS,
}
_BY_HEAD = (
    (b"%PDF-", Sort.PDF),
    (b"PAR1", Sort.PARQUET),
    (b"\x1f\x8b", Sort.GZIP),
)
_ZIP, _OFFICE = b"PK\x03\x04", (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".jar", ".apk")
_LISTS = ("", ".txt", ".lst", ".list", ".csv", ".tsv", ".cdx", ".cdxj", ".json")


def sort_of(name: str, head: bytes) -> Sort:
    """How the documents of a source are to be found, by its first bytes where they tell, else by its name.

    >>> sort_of("release", b"%PDF-1.7"), sort_of("box.mbox", b"From a@b.example"), sort_of("a.txt", b"Words.")
    (<Sort.PDF: 'PDF'>, <Sort.BOX: 'box of e-mail'>, <Sort.PAGE: 'page'>)
    """
    for magic, sort in _BY_HEAD:
        if head.startswith(magic):
            return sort
    lower = name.lower()
    ending = "" if "." not in lower.rpartition("/")[2] else "." + lower.rpartition(".")[2]
    if head.startswith(_ZIP):
        return Sort.PAGE if ending in _OFFICE else Sort.ZIP
    if is_lines(name, head):
        return Sort.LINES
    if ending in _LISTS and is_url_list(head):
        return Sort.URLS
    return _BY_NAME.get(ending, Sort.PAGE)


def is_lines(name: str, head: bytes) -> bool:
    """Whether a source holds one JSON object a line; standard input says so by its first bytes."""
    return name.lower().endswith(_LINES_NAMES) or (name == "-" and _JSON_START.match(head) is not None)


def media_type(name: str, head: bytes) -> str:
    """`text/html` or `text/plain`, by the name where it tells, else by how the bytes begin.

    >>> media_type("a.txt", b"<!DOCTYPE html><html>"), media_type("page", b"<!DOCTYPE html><html>")
    ('text/plain', 'text/html')
    """
    lower = name.lower()
    if lower.endswith(_HTML_NAMES):
        return HTML
    if lower.endswith((".txt", ".text", ".md")):
        return TEXT
    if head.startswith(_WIDE) or is_wide(head):
        head = head.replace(b"\0", b"").removeprefix(_WIDE[0]).removeprefix(_WIDE[1])
    return HTML if _HTML_START.match(head.removeprefix(codecs.BOM_UTF8)) else TEXT


def is_wide(head: bytes) -> bool:
    r"""Whether bytes are UTF-16 without a mark: every other byte of Latin letters is zero, and no other.

    >>> is_wide("Málaga".encode("utf-16-be")), is_wide(b"PK\0\0")
    (True, False)
    """
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) > _WIDE_SHARE * len(head)


def binary(head: bytes) -> tuple[str, str] | None:
    """What was seen and what would help where the bytes are no text, else None.

    >>> binary(b"%PDF-1.7 ...")[0]
    'a PDF'
    """
    for magic, seen, help_ in _KNOWN:
        if head.startswith(magic):
            return seen, help_
    if head.startswith(_WIDE) or is_wide(head):
        return None
    if b"\0" in head:
        return "a zero byte", "Give plain text, HTML or JSONL."
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > _MAX_CONTROLS * len(head):
        return f"{controls} control characters in the first {len(head)} bytes", "Give plain text, HTML or JSONL."
    return None
