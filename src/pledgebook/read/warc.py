"""Records of a web archive, as fast as they can be unpacked."""

import re
from collections.abc import Generator, Iterator
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from pledgebook.domain import UsageError
from pledgebook.read.warc_damage import Damaged, Heavy, Lost, Member, is_packed, members_from, next_member, opens_record
from pledgebook.read.warc_http import charset_of, is_text, unpacked

MAX_BYTES = 20_000_000
_OK = range(200, 300)
_KINDS = ("response", "resource", "conversion")
_HEAD_BYTES = 1 << 16
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([0-9]{3})").match


class Captured(NamedTuple):  # made for every record: a tuple costs a quarter of what a frozen dataclass does
    """One page of a crawl: the bytes that a server sent for `uri`, with the place of the record in its file.

    `refused` says why it is no page to be read ("no-page", "not-text", "empty", "oversized"), "" for a page; the bytes
    of what is refused are not kept. `is_cut` tells that the crawler says it did not take all of it. The content may be
    the very memory that the record was unpacked into: not to be changed.
    """

    uri: str
    content: bytes | bytearray
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
    reads = _members if is_packed(file) else _stream
    while start < size:
        start = yield from reads(file, start, max_bytes)


def _members(file: Path, start: int, max_bytes: int) -> Generator[Captured | Lost, None, int]:
    """Reads from `start` member by member, to the end or to a damage; gives the place where to go on."""
    for member in members_from(file, start):
        if isinstance(member, Heavy):
            return (yield from _stream(file, member.start, max_bytes))
        if isinstance(member, Lost):
            yield member
            return member.end
        yield from _of_member(member, max_bytes)
    return file.stat().st_size


def _stream(file: Path, start: int, max_bytes: int) -> Generator[Captured | Lost, None, int]:
    """The same for what has no members, or too large ones: nothing is held but one record."""
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
                held = _captured(record, max_bytes)
                place = held.offset
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:120] or "broken"
    is_given = held is None and place > start
    return (yield from _after(file, place, max_bytes, held=held, is_given=is_given, reason=reason))


def _after(
    file: Path, start: int, max_bytes: int, *, held: Captured | None, is_given: bool, reason: str
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
        if isinstance(member, Lost):
            yield Lost(member.start, member.end, member.reason or reason)
            return member.end
        if isinstance(member, Heavy):
            if held is not None and not reason:
                yield held
                return file.stat().st_size
            return (yield from _skipped(file, member.start, reason))
        end = member.end
        if member.start == start and held is not None:
            yield held
        elif member.start > start or not is_given:
            yield from _of_member(member, max_bytes)
    return max(end, file.stat().st_size)


def _skipped(file: Path, start: int, reason: str) -> Generator[Lost, None, int]:
    """What is passed over where a member is too heavy to be held, and damaged; gives the place where to go on."""
    end = next_member(file, start + 1)
    yield Lost(start, end, reason or "a member that is too large and damaged")
    return end


def _of_member(member: Member, max_bytes: int) -> list[Captured]:
    content = member.content
    found = []
    for at, block, end in member.places:
        # Half of the records are requests; nearly everybody writes the field as here.
        if content.find(b"\nWARC-Type: request\r", at, block) >= 0:
            continue
        head = _Head(content, at, block)
        if head.get(b"\nwarc-type:") in _KINDS:
            is_alone = len(member.places) == 1
            found.append(_of_block(head, content, block, end, member.start + at, max_bytes, is_alone=is_alone))
    return found


def _of_block(
    head: "_Head", content: bytes | bytearray, block: int, end: int, offset: int, max_bytes: int, *, is_alone: bool
) -> Captured:
    uri, date = head.get(b"\nwarc-target-uri:").strip("<> "), head.get(b"\nwarc-date:")
    http: _Head | None = None
    if content.startswith(b"HTTP/", block):
        start = content.find(b"\r\n\r\n", block, min(end, block + _HEAD_BYTES))
        http = _Head(content, block, start + 2 if start >= 0 else block)
        found = _STATUS(content, block, end)
        status = int(found.group(1)) if found and start >= 0 else 0
        media, block = http.get(b"\ncontent-type:"), start + 4
    else:
        media, status = head.get(b"\ncontent-type:"), 200
    refused = _refused(status, media, end - block, max_bytes)
    if refused:
        return Captured(uri, b"", offset, date=date, refused=refused)
    packing = (http.get(b"\ncontent-encoding:"), http.get(b"\ntransfer-encoding:")) if http else ("", "")
    if is_alone and isinstance(content, bytearray):
        # What stands around the body goes, and nothing is copied.
        del content[end:]
        del content[:block]
    else:
        content = content[block:end]
    return _whole(uri, content, offset, media, date, packing, max_bytes, is_cut=bool(head.get(b"\nwarc-truncated:")))


class _Head:
    """The fields of a head, which stands between two places; their names in either case."""

    __slots__ = ("_low", "_raw")

    def __init__(self, content: bytes | bytearray, at: int, end: int) -> None:
        self._raw = content[at:end]
        self._low = self._raw.lower()

    def get(self, opening: bytes) -> str:
        """What the field says whose line opens so, "" where there is none."""
        at = self._low.find(opening)
        if at < 0:
            return ""
        at += len(opening)
        return self._raw[at : self._low.find(b"\n", at)].decode("utf-8", "replace").strip()


def _records(stream: Any) -> Iterator[Any]:  # noqa: ANN401 - fastwarc's own types
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - of the extra [batch]
    except ImportError as error:
        raise UsageError("WARC", "no fastwarc here", "Install it: pip install 'pledgebook[batch]'.") from error
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    return iter(ArchiveIterator(stream, record_types=kinds, parse_http=True, inplace=True))


def _captured(record: Any, max_bytes: int) -> Captured:  # noqa: ANN401 - fastwarc's own types
    """What a record holds. Raises Damaged where it is not as long as its header says."""
    headers = record.headers
    if len(headers.get_multiple("WARC-Type")) > 1:
        raise Damaged("a header that runs into another one")
    uri, date = (headers.get("WARC-Target-URI") or "").strip("<> "), headers.get("WARC-Date") or ""
    media, encoding, transfer, status = headers.get("Content-Type") or "", "", "", 200
    if record.is_http_parsed:
        http = record.http_headers
        status, media = http.status_code or 0, http.get("Content-Type") or ""
        encoding, transfer = http.get("Content-Encoding") or "", http.get("Transfer-Encoding") or ""
    length = record.content_length
    refused = _refused(status, media, length, max_bytes)
    if refused:
        return Captured(uri, b"", record.stream_pos, date=date, refused=refused)
    content = record.reader.read(length + 1)
    if len(content) != length:
        raise Damaged(f"{len(content):,} bytes of {length:,}")
    is_cut = headers.get("WARC-Truncated") is not None
    return _whole(uri, content, record.stream_pos, media, date, (encoding, transfer), max_bytes, is_cut=is_cut)


def _refused(status: int, media: str, length: int, max_bytes: int) -> str:
    """Why a response is no page to be read, "" where it is one."""
    if status not in _OK:
        return "no-page"
    if not is_text(media):
        return "not-text"
    return "oversized" if length > max_bytes else ""


def _whole(
    uri: str, content: bytes | bytearray, offset: int, media: str, date: str, packing: tuple[str, str], max_bytes: int,
    *, is_cut: bool,
) -> Captured:  # fmt: skip
    if any(packing):
        content = unpacked(content, *packing, max_bytes=max_bytes)
    if not content or content.isspace():
        return Captured(uri, b"", offset, date=date, refused="empty")
    kind = "text/plain" if media.startswith("text/plain") else "text/html"
    return Captured(uri, content, offset, charset_of(media), kind, date, is_cut=is_cut)
