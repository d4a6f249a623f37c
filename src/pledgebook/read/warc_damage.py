"""The members of an archive one by one: where the sound ones are, what they hold, and which bytes are lost."""

import io
import mmap
import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_HEAD = re.compile(rb"WARC/1\.[01]\r?\n")
_PLAIN_HEAD = re.compile(rb"WARC/1\.[01]\r?\nWARC-[A-Za-z\-]+:")
_LENGTH = re.compile(rb"\r?\nContent-Length:\s*(\d+)", re.IGNORECASE)
_CONTENT_LENGTH = b"\nContent-Length:"
_PIECE = 1 << 15
_HEAD_BYTES = 1 << 16
# Nothing that a page needs: what unpacks to more is a bomb, or an archive packed as one member.
_MAX_MEMBER = 64 << 20

# How much of a file is looked through at once for what may begin a member; one in some hundred begins none.
_STRETCH = 1 << 18
_CHANCES = 3

# A file that is read is looked at once: what lies behind need not stay in memory.
_LET_GO = 1 << 24
Place = tuple[int, int, int]
_Find = Callable[[bytes], list[tuple[int, int, int]]]


class HeavyError(ValueError):
    """A member that unpacks to more than anybody would hold."""


class Damaged(ValueError):  # noqa: N818 - it says what the record is
    """A record that is not what its header says."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Bytes of a file that could not be read: from `start` to before `end`, and why."""

    start: int
    end: int
    reason: str


class Member(NamedTuple):
    """A sound member: where it stands in the file, its records unpacked, and where in these heads and blocks begin.

    `places` has for each record where its head begins, where its block does, and where that ends.
    """

    start: int
    end: int
    content: bytes | bytearray
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Heavy:
    """A member that begins at `start` and unpacks to more than anybody would hold."""

    start: int


class _Codec(Protocol):
    def opens(self, data: mmap.mmap, at: int) -> bool:
        """Whether a member stands there that opens with the header of a record."""

    def member(self, data: mmap.mmap, at: int) -> tuple[int, bytes | bytearray]:
        """The end of the member there and what it holds. Raises Damaged."""

    def next(self, data: mmap.mmap, at: int) -> int:
        """Where the next member may stand, -1 for nowhere."""


def is_packed(file: Path) -> bool:
    """Whether a file is packed record by record: its members tell where a record stands, and whether it is sound."""
    with file.open("rb") as stream:
        return stream.read(4).startswith((_GZIP, _ZSTD))


def opens_record(file: Path, at: int) -> bool:
    """Whether a member of its own begins at that place."""
    if at >= file.stat().st_size:
        return False
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _codec_of(data).opens(data, at)


def next_member(file: Path, at: int) -> int:
    """Where the next member that opens with the header of a record begins, from that place on; else the file's end."""
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _next(_codec_of(data), data, at)


def _next(codec: _Codec, data: mmap.mmap, at: int) -> int:
    while (at := codec.next(data, at)) >= 0:
        if codec.opens(data, at):
            return at
        at += 1
    return len(data)


def members_from(file: Path, start: int) -> Iterator[Member | Lost | Heavy]:
    """The members of a file from `start` on, in order, up to and with the first that is lost or too heavy."""
    if start >= file.stat().st_size:
        return
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        codec = _codec_of(data)
        at, let_go = start, start - start % mmap.PAGESIZE
        while at < len(data):
            try:
                end, content = codec.member(data, at)
                places = _places(content)
            except HeavyError:
                yield Heavy(at)
                return
            except Damaged as error:
                reason = str(error) if codec.opens(data, at) else "no member of an archive"
                yield Lost(at, _next(codec, data, at + 1), reason)
                return
            yield Member(at, end, content, places)
            at = end
            if at - let_go > 2 * _LET_GO and hasattr(data, "madvise"):
                data.madvise(mmap.MADV_DONTNEED, let_go, _LET_GO)
                let_go += _LET_GO


def _places(content: bytes | bytearray) -> list[Place]:
    """Where the records of a member stand in it. Raises Damaged where they are not as long as their headers say."""
    at, places, size = 0, [], len(content)
    while at < size:
        head_end = content.find(b"\r\n\r\n", at, at + _HEAD_BYTES)
        head = content[at : head_end + 2]
        told = _length(head) if head_end >= 0 and _HEAD.match(head) else None
        if told is None:
            raise Damaged("no header where a record should begin")
        if head.find(b"WARC/1.", 1) >= 0 or head.count(b"\nWARC-Type:") > 1:
            raise Damaged("a header that runs into another one")
        end = head_end + 4 + told
        if end > size:
            raise Damaged(f"a record of {size - head_end - 4:,} bytes, whose header says {told:,}")
        if not content.startswith(b"\r\n\r\n", end):
            raise Damaged(f"a record that goes on where its header ends it, at {told:,} bytes")
        places.append((at, head_end + 4, end))
        at = end + 4
    return places


def _length(head: bytes | bytearray) -> int | None:
    """How many bytes a head says that follow it."""
    # As nearly everybody writes it, and in any other case.
    found = head.find(_CONTENT_LENGTH)
    said = head[found + len(_CONTENT_LENGTH) : head.find(b"\r", found)].strip() if found >= 0 else b""
    if said.isdigit():
        return int(said)
    length = _LENGTH.search(head)
    return int(length.group(1)) if length else None


def _codec_of(data: mmap.mmap) -> _Codec:
    # The first bytes may be what is damaged: then the first member that can be found decides.
    for codec in (_Gzip(), _Zstd(), _Plain()):
        if data[:_PIECE].find(codec.magic) == 0:
            return codec
    places = [(at, codec) for codec in (_Gzip(), _Zstd(), _Plain()) if (at := codec.next(data, 0)) >= 0]
    return min(places, key=lambda place: place[0])[1] if places else _Plain()


@cache
def _quick() -> tuple[Any, Any] | None:
    """The library that unpacks members of known length at once, and what finds them; None where these are missing."""
    try:
        import deflate  # noqa: PLC0415 - of the extra [batch]
        from ahocorasick_rs import BytesAhoCorasick  # noqa: PLC0415 - of the extra [batch]
    except ImportError:
        return None
    return deflate, BytesAhoCorasick([_GZIP]).find_matches_as_indexes


class _Gzip:
    magic = _GZIP

    def __init__(self) -> None:
        self._begins: list[int] = []  # where members may begin, up to where the file was looked through for them
        self._seen = 0

    def opens(self, data: mmap.mmap, at: int) -> bool:
        if data[at : at + 3] != _GZIP:
            return False
        try:
            return _HEAD.match(zlib.decompressobj(31).decompress(data[at : at + 512], 16)) is not None
        except zlib.error:
            return False

    def member(self, data: mmap.mmap, at: int) -> tuple[int, bytes | bytearray]:
        return self._at_once(data, at) or _by_pieces(data, at)

    def next(self, data: mmap.mmap, at: int) -> int:
        return data.find(_GZIP, at)

    def _at_once(self, data: mmap.mmap, at: int) -> tuple[int, bytearray] | None:
        """What `member` gives, in half of the time; None where that has to be found out by pieces.

        A member ends with its checksum and length, right before the next one begins: it is unpacked into just as much
        memory. Where it ends nobody else tells, and what follows the true end is rubbish.
        """
        quick = _quick()
        if quick is None:
            return None
        deflate, find = quick
        end = at
        for _ in range(_CHANCES):
            end = self._end_after(data, end, find)
            if end - at > _MAX_MEMBER:
                return None
            packed = data[at:end]
            size = int.from_bytes(packed[-4:], "little")
            if not 0 < size <= _MAX_MEMBER:
                continue
            try:
                content: bytearray = deflate.gzip_decompress(packed, size)
            except deflate.DeflateError:
                continue
            if len(content) == size and deflate.crc32(content) == int.from_bytes(packed[-8:-4], "little"):
                return end, content
        return None

    def _end_after(self, data: mmap.mmap, at: int, find: _Find) -> int:
        """The next place at which a member may begin, or the end of the file."""
        begins = self._begins
        number = bisect_right(begins, at)
        while number == len(begins):
            start = max(self._seen, at + 1)
            if start >= len(data):
                return len(data)
            self._seen = start + _STRETCH
            begins = [start + begin for _, begin, _ in find(data[start : self._seen + len(_GZIP) - 1])]
            self._begins, number = begins, 0
        return begins[number]


def _by_pieces(data: mmap.mmap, at: int) -> tuple[int, bytes]:
    """The same for what is damaged, too large, or not known to be whole. Raises Damaged."""
    engine = zlib.decompressobj(31)
    pieces, size, place = [], 0, at
    with memoryview(data) as view:
        while not engine.eof:
            with view[place : place + _PIECE] as packed:
                if not packed:
                    raise Damaged("a member that ends before its end")
                place += len(packed)
                try:
                    piece = engine.decompress(packed)
                except zlib.error as seen:
                    raise Damaged(f"a damaged gzip member ({seen})") from seen
            size += len(piece)
            if size > _MAX_MEMBER:
                raise HeavyError
            pieces.append(piece)
    return place - len(engine.unused_data), b"".join(pieces)


class _Zstd:
    magic = _ZSTD

    def opens(self, data: mmap.mmap, at: int) -> bool:
        return data[at : at + 4] == _ZSTD and _HEAD.match(_zstd_text(data, at, 16)) is not None

    def member(self, data: mmap.mmap, at: int) -> tuple[int, bytes]:
        end = _zstd_end(data, at)
        content = _zstd_text(data[at:end], 0, _MAX_MEMBER + 1)
        if len(content) > _MAX_MEMBER:
            raise HeavyError
        if not content:
            raise Damaged("a damaged zstd frame")
        return end, content

    def next(self, data: mmap.mmap, at: int) -> int:
        return data.find(_ZSTD, at)


def _zstd_end(data: mmap.mmap, at: int) -> int:
    """Where the frame ends that begins there, by the lengths of its blocks. Raises Damaged."""
    if at + 5 > len(data):
        raise Damaged("a zstd frame that ends before its end")
    flags = data[at + 4]
    is_single = flags >> 5 & 1
    place = at + 5 + (1 - is_single) + (0, 1, 2, 4)[flags & 3] + (is_single, 2, 4, 8)[flags >> 6]
    while True:
        block = int.from_bytes(data[place : place + 3], "little")
        place += 3 + (1 if block >> 1 & 3 == 1 else block >> 3)
        if place > len(data) or block >> 1 & 3 == 3:
            raise Damaged("a zstd frame that ends before its end")
        if block & 1:
            break
    place += 4 * (flags >> 2 & 1)
    if place > len(data):
        raise Damaged("a zstd frame that ends before its end")
    return place


def _zstd_text(data: mmap.mmap | bytes, at: int, size: int) -> bytes:
    from fastwarc.stream_io import ZstdReader  # noqa: PLC0415 - of the extra [batch]

    try:
        return bytes(ZstdReader(io.BytesIO(data[at : at + _PIECE] if size < _PIECE else data[at:])).read(size))
    except (OSError, ValueError):
        return b""


class _Plain:
    magic = b"WARC/"

    def opens(self, data: mmap.mmap, at: int) -> bool:
        return _PLAIN_HEAD.match(data, at) is not None

    def member(self, data: mmap.mmap, at: int) -> tuple[int, bytes]:
        head_end = data.find(b"\r\n\r\n", at, at + _HEAD_BYTES)
        length = _LENGTH.search(data, at, head_end + 2) if head_end >= 0 else None
        if length is None:
            raise Damaged("a header without a length")
        end = head_end + 4 + int(length.group(1)) + 4
        if end > len(data):
            raise Damaged(
                f"a record of {len(data) - head_end - 4:,} bytes, whose header says {length.group(1).decode()}"
            )
        return end, data[at:end]

    def next(self, data: mmap.mmap, at: int) -> int:
        found = _PLAIN_HEAD.search(data, at)
        return found.start() if found else -1
