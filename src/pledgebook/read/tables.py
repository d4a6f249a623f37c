"""Tables of documents: which column is what, and the rows of CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import BinaryIO

from pledgebook.domain import DocumentError, Finding, Page, Severity
from pledgebook.read.media import HTML, TEXT
from pledgebook.read.told import Told

Item = Page | Told | Finding

# What others call our fields; the first that a table has is taken.
NAMES: Mapping[str, tuple[str, ...]] = {
    "content": ("content", "text", "body", "article", "html", "maintext", "plain_text", "articlebody", "full_text"),
    "url": ("url", "source", "link", "source_url", "warc_url", "address"),
    "name": ("id", "document", "doc_id", "document_id", "guid"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_date", "date_publish", "publication_date", "pubdate", "day"),
    "language": ("language", "lang"),
    "format": ("format", "media_type", "mime", "content_type"),
}
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 100_000_000


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """The column of a table for each of our fields that it has.

    >>> columns_of(["ID", "Headline", "Body"])
    {'content': 'Body', 'name': 'ID', 'title': 'Headline'}
    """
    present = {name.strip().lower(): name for name in reversed(list(names)) if name}
    found = {}
    for field, known in NAMES.items():
        column = next((present[name] for name in known if name in present), None)
        if column is not None:
            found[field] = column
    return found


def page_of_row(row: Mapping[str, object], columns: Mapping[str, str], *, source: str, where: str) -> Page | Finding:
    """The page that a row tells of, or a Finding where it has no words."""
    told = {field: row.get(column) for field, column in columns.items()}
    content = told.get("content")
    data = content if isinstance(content, bytes) else _bytes(content)
    if not data.strip():
        message = f"{where}: no text in the column {columns['content']!r}. Leave the row out."
        return Finding("empty-document", where, message, severity=Severity.WARNING)
    name, url = _words(told.get("name")), _words(told.get("url"))
    kind = (_words(told.get("format")) or "").lower()
    is_html = "html" in kind or (not kind and columns["content"].strip().lower() == "html")
    return Page(
        # As for lines of JSON: the name that the sender gives stays the same when rows are sorted.
        source=url or name or source,
        content=data,
        media_type=HTML if is_html else TEXT,
        language=_words(told.get("language")),
        title=_words(told.get("title")),
        published=_day(told.get("published")),
        name=name,
    )


def read_csv(
    stream: BinaryIO, *, source: str, max_bytes: int, fetch: "Callable[[str], Iterator[Item]] | None" = None
) -> Iterator[Item]:
    """What each row of a CSV file holds, whatever parts its cells; read row by row.

    Bytes of another encoding than UTF-8 are handed on as they are. Of a table with URLs and no texts the pages are
    given that `fetch` brings. Raises DocumentError where no column holds either.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    wide = buffered.peek(2)[:2] in {b"\xff\xfe", b"\xfe\xff"}
    # Bytes that are no UTF-8 come through unharmed, for clean to tell what they are.
    text = io.TextIOWrapper(
        buffered,
        encoding="utf-16" if wide else "utf-8-sig",
        errors="replace" if wide else "surrogateescape",
        newline="",
    )
    csv.field_size_limit(_LONGEST_CELL)
    header = text.readline()
    delimiter = max(_DELIMITERS, key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    columns = columns_of(names)
    if "content" not in columns and (fetch is None or "url" not in columns):
        known = ", ".join(NAMES["content"])
        raise DocumentError(source, "a table without a column of texts", f"Call the column one of {known}.")
    rows = csv.DictReader(text, fieldnames=names, delimiter=delimiter)
    try:
        for number, row in enumerate(rows, 2):
            if "content" in columns:
                yield _item(row, columns, source, f"{source}, row {number}", max_bytes)
            elif fetch is not None and (url := _words(row.get(columns["url"]))):
                yield from fetch(url)
    except csv.Error as error:
        message = f"{source}, row {rows.line_num}: {error}. Look at its quotes; the rows below were not read."
        yield Finding("broken-line", source, message, severity=Severity.WARNING)
    finally:
        text.detach()


def read_parquet(stream: BinaryIO, *, source: str, max_bytes: int) -> Iterator[Page | Finding]:
    """What each row of a Parquet file holds, a few rows at a time and only the columns that are needed.

    Raises DocumentError where no column holds text or the file is damaged, UsageError without pyarrow.
    """
    from pledgebook.read.parquet import rows_of  # noqa: PLC0415 - loads pyarrow

    for number, (row, columns) in enumerate(rows_of(stream, source=source), 1):
        yield _item(row, columns, source, f"{source}, row {number}", max_bytes)


def _item(
    row: Mapping[str, object], columns: Mapping[str, str], source: str, where: str, max_bytes: int
) -> Page | Finding:
    page = page_of_row(row, columns, source=source, where=where)
    if isinstance(page, Page) and len(page.content) > max_bytes:
        message = f"{where}: more than {max_bytes:,} bytes. Raise --max-bytes, or leave the row out."
        return Finding("oversized-document", where, message, severity=Severity.WARNING)
    return page


def _bytes(value: object) -> bytes:
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else b""


def _words(value: object) -> str | None:
    if value is None or isinstance(value, bool | float | bytes):
        return None
    words = str(value).encode("utf-8", "replace").decode("utf-8").strip()
    return words or None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = _words(value) or ""
    try:
        return date.fromisoformat(words[:10] if "-" in words[:10] else words[:8])
    except ValueError:
        return None
