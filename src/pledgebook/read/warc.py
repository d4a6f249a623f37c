"""Records of a web archive, as fast as they can be unpacked."""

import io
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from pledgebook.domain import UsageError
from pledgebook.read.warc_damage import Damaged, Lost, Member, is_zstd, members_from, opens_record
from pledgebook.read.warc_http import charset_of, is_text, unpacked

MAX_BYTES = 20_000_000
_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class Captured:
    """One page of a crawl: the bytes that a server sent for `uri`, with the place of the record in its file.

    `refused` says why it is no page to be read ("no-page", "not-text", "empty", "oversized"), "" for a page; the bytes
    of what is refused are not kept. `is_cut` tells that the crawler says it did not take all of it.
    """

    uri: str
    content: bytes
    offset: int
    charset: str | None = None
    media_type: str = "text/html"
    date: str = ""
    refused: str = ""
    is_cut: bool = False


def read_warc(path: str | PathLike[str], *, max_bytes: int = MAX_BYTES) -> Iterator[Captured | Lost]:
    """Every response of a WARC file (gzip, zstd or plain) in order, and what of the file is damaged.

    A damaged member is passed over: the next one that opens with a WARC header goes on. A record that is shorter or
    longer than its header says is never taken as whole.
    """
    file = Path(path)
    size, start = file.stat().st_size, 0
    while start < size:
        start = yield from _after(file, start, max_bytes) if is_zstd(file) else _run(file, start, max_bytes)


def _run(file: Path, start: int, max_bytes: int) -> Generator[Captured | Lost, None, int]:
    """Reads from `start` to the end or to a damage; gives the place where to go on."""
    # Held back until the next record has begun where it must: only then is its length known to be true.
    held: Captured | None = None
    place, reason = start, ""
    with file.open("rb") as stream:
        stream.seek(start)
        try:
            for record in _records(stream):
                if held is not None:
                    yield held
                    held = None
                held = _captured(record, 0, max_bytes)
                place = held.offset
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:120] or "broken"
    is_given = held is None and place > start
    return (yield from _after(file, place, max_bytes, held=held, is_given=is_given, reason=reason))


def _after(
    file: Path, start: int, max_bytes: int, *, held: Captured | None = None, is_given: bool = False, reason: str = ""
) -> Generator[Captured | Lost, None, int]:
    """Reads on from the record at `start` member by member, until one is damaged or the file ends; gives the place.

    That first record is `held`, or was given already.
    """
    if held is not None and not reason and not opens_record(file, start):
        # An archive packed as one member: it was read to its end without a fault, and has no places to go on from.
        yield held
        return file.stat().st_size
    end = start
    for member in members_from(file, start):
        end = member.end
        if isinstance(member, Lost):
            yield Lost(member.start, member.end, member.reason or reason)
            return end
        if member.start == start and held is not None:
            yield held
        elif member.start > start or not is_given:
            yield from _of_member(member, max_bytes)
    return max(end, file.stat().st_size)


def _of_member(member: Member, max_bytes: int) -> Iterator[Captured]:
    for record in _records(io.BytesIO(member.content)):
        yield _captured(record, member.start, max_bytes)


def _records(stream: Any) -> Iterator[Any]:  # noqa: ANN401 - fastwarc's own types
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - of the extra [batch]
    except ImportError as error:
        raise UsageError("WARC", "no fastwarc here", "Install it: pip install 'pledgebook[batch]'.") from error
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    return iter(ArchiveIterator(stream, record_types=kinds, parse_http=True, inplace=True))


def _captured(record: Any, base: int, max_bytes: int) -> Captured:  # noqa: ANN401 - fastwarc's own types
    """What a record holds. Raises Damaged where it is not as long as its header says."""
    headers = record.headers
    if len(headers.get_multiple("WARC-Type")) > 1:
        raise Damaged("a header that runs into another one")
    uri, date, offset = headers.get("WARC-Target-URI") or "", headers.get("WARC-Date") or "", base + record.stream_pos
    media, charset, encoding, status = headers.get("Content-Type") or "", None, None, 200
    if record.is_http_parsed:
        http = record.http_headers
        status = http.status_code or 0
        media = http.get("Content-Type") or ""
        encoding = (http.get("Content-Encoding"), http.get("Transfer-Encoding"))
        charset = charset_of(media)
    refused = "" if status in _OK else "no-page"
    if not refused and not is_text(media):
        refused = "not-text"
    length = record.content_length
    if not refused and length > max_bytes:
        refused = "oversized"
    if refused:
        return Captured(uri.strip("<> "), b"", offset, date=date, refused=refused)
    content = record.reader.read(length + 1)
    if len(content) != length:
        raise Damaged(f"{len(content):,} bytes of {length:,}")
    if encoding is not None and any(encoding):
        content = unpacked(content, *encoding, max_bytes=max_bytes)
    if not content.strip():
        return Captured(uri, b"", offset, date=date, refused="empty")
    return Captured(
        uri=uri.strip("<> "),
        content=content,
        offset=offset,
        charset=charset,
        media_type="text/plain" if media.startswith("text/plain") else "text/html",
        date=date,
        is_cut=headers.get("WARC-Truncated") is not None,
    )
