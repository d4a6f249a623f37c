"""What a stream of bytes holds: one document, or many in a container."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from pledgebook.domain import DocumentError, Finding, Page, Severity, UsageError, content_id
from pledgebook.read.media import HEAD, HTML, PDF, Sort, binary, media_type, sort_of
from pledgebook.read.told import Told

Item = Page | Told | Finding
MAX_BYTES = 20_000_000
MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """How sources are opened: what is too large, who `fetch`es URLs (None: nobody), how deep in containers we are.

    `tell` hears of every file that is opened what sort it is: "HTML", "text", "PDF", "e-mail", "ZIP" and so on.
    """

    max_bytes: int = MAX_BYTES
    fetch: "Callable[[str], Iterator[Item]] | None" = None
    depth: int = 0
    tell: Callable[[str], None] = lambda _: None


def read_stream(stream: BinaryIO, source: str, opening: Opening) -> Iterator[Item]:
    """What a stream holds, by its name and its first bytes. A container that is damaged is one Finding."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    head = buffered.peek(HEAD)[:HEAD]
    sort = sort_of(source, head)
    opening.tell(_called(sort, source, head))
    try:
        yield from _read(buffered, source, sort, opening)
    except DocumentError as error:
        yield Finding("unreadable-document", source, str(error), severity=Severity.WARNING)


def read_bytes(content: bytes, source: str, opening: Opening) -> Iterator[Item]:
    """The same for bytes that are at hand; in a container they go one step deeper.

    >>> [page.content for page in read_bytes(b"Words.", "a.txt", Opening())]
    [b'Words.']
    """
    if opening.depth > MAX_DEPTH:
        yield _refusal("unreadable-document", source, f"packed more than {MAX_DEPTH} times", "Unpack it first.")
        return
    yield from read_stream(cast("BinaryIO", io.BytesIO(content)), source, opening)


def _called(sort: Sort, source: str, head: bytes) -> str:
    """What a file is called in a count of files."""
    if sort is not Sort.PAGE:
        return sort.value
    if not head.strip() or binary(head) is not None:
        return "other"
    return "HTML" if media_type(source, head) == HTML else "text"


def _read(stream: io.BufferedReader, source: str, sort: Sort, opening: Opening) -> Iterator[Item]:
    most = opening.max_bytes
    deeper = replace(opening, depth=opening.depth + 1)
    # What only some kinds of files need is loaded when one is met: most are pages.
    if sort is Sort.LINES:
        from pledgebook.read.lines import read_lines  # noqa: PLC0415 - see above

        yield from read_lines(stream, source=source, max_bytes=most)
    elif sort is Sort.CSV:
        from pledgebook.read.tables import read_csv  # noqa: PLC0415 - see above

        yield from read_csv(stream, source=source, max_bytes=most, fetch=opening.fetch)
    elif sort is Sort.URLS:
        yield from _fetched(stream, source, opening)
    elif sort is Sort.BOX:
        from pledgebook.read.mail import mails_of  # noqa: PLC0415 - see above

        yield from mails_of(stream, source=source, max_bytes=most, read=lambda mail, name: _mail(mail, name, deeper))
    elif sort in {Sort.ZIP, Sort.PARQUET}:
        whole = stream if stream.seekable() else _held(stream, most)
        if sort is Sort.PARQUET:
            from pledgebook.read.tables import read_parquet  # noqa: PLC0415 - see above

            yield from read_parquet(whole, source=source, max_bytes=most)
        else:
            yield from _unzipped(whole, source, deeper)
    elif sort is Sort.GZIP:
        from pledgebook.read.archive import gunzip  # noqa: PLC0415 - see above

        content = gunzip(stream, source=source, max_bytes=most)
        yield from read_bytes(content, source.removesuffix(".gz"), deeper)
    else:
        yield from _page(stream, source, sort, deeper)


def _page(stream: BinaryIO, source: str, sort: Sort, deeper: Opening) -> Iterator[Item]:
    content = stream.read(deeper.max_bytes + 1)
    if len(content) > deeper.max_bytes:
        seen = f"more than {deeper.max_bytes:,} bytes"
        yield _refusal("oversized-document", source, seen, "Raise --max-bytes, or split it.")
    elif not content.strip():
        yield _refusal("empty-document", source, "no text", "Leave it out, or look why it is empty.")
    elif sort is Sort.PDF:
        yield Page(source, content, PDF, name=_name(source, content))
    elif found := binary(content[:HEAD]):
        yield _refusal("binary-document", source, f"no text but {found[0]}", found[1])
    elif sort is Sort.MAIL:
        yield from _mail(content, source, deeper)
    else:
        yield Page(source, content, media_type(source, content[:HEAD]), name=_name(source, content))


def _mail(content: bytes, source: str, deeper: Opening) -> Iterator[Page | Finding]:
    from pledgebook.read.mail import read_mail  # noqa: PLC0415 - few files are e-mails

    page, attached = read_mail(content, source=source)
    if page is not None:
        yield page
    elif not attached:
        yield _refusal("empty-document", source, "an e-mail without words", "Leave it out.")
    for name, data in attached:
        # A picture in a signature is no document that somebody would miss.
        if data.strip() and (binary(data[:HEAD]) is None or data.startswith(b"%PDF-")):
            for item in read_bytes(data, f"{source}/{Path(name).name}", replace(deeper, fetch=None)):
                if not isinstance(item, Told):
                    yield item


def _unzipped(stream: BinaryIO, source: str, deeper: Opening) -> Iterator[Item]:
    from pledgebook.read.archive import read_zip  # noqa: PLC0415 - few files are archives

    for item in read_zip(stream, source=source, max_bytes=deeper.max_bytes):
        if isinstance(item, Finding):
            yield item
        else:
            yield from read_bytes(item[1], item[0], replace(deeper, fetch=None))


def _fetched(stream: BinaryIO, source: str, opening: Opening) -> Iterator[Item]:
    if opening.fetch is None:
        raise DocumentError(source, "a list of URLs where none is fetched", "Name the list itself as a source.")
    from pledgebook.read.feeds.urls import find_urls  # noqa: PLC0415 - few files are lists of URLs

    for url in find_urls(stream, where=source):
        try:
            yield from opening.fetch(url)
        except UsageError as error:
            raise UsageError(source, "a list of URLs", error.help) from error


def _held(stream: BinaryIO, most: int) -> BinaryIO:
    content = stream.read(most + 1)
    if len(content) > most:
        raise DocumentError("standard input", f"more than {most:,} bytes", "Save it to a file, and name that.")
    return io.BytesIO(content)


def _name(source: str, content: bytes) -> str:
    """A file is known by its name and its bytes, so that it is the same document wherever it lies."""
    name = "" if source == "-" else Path(source).name
    return content_id("doc", name, hashlib.sha256(content).hexdigest())


def _refusal(name: str, source: str, seen: str, help_: str) -> Finding:
    """A Finding for a document that could not be read."""
    return Finding(name, source, f"{source}: {seen}. {help_}", severity=Severity.WARNING)
