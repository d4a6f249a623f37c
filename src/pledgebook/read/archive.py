"""Archives: the files in a ZIP, the one in a gzip, within limits."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from pledgebook.domain import DocumentError, Finding, Severity

MAX_FILES = 100_000
MAX_RATIO = 200
MAX_TIMES = 100
_RATIO_FROM = 1 << 20
_PIECE = 1 << 16
_HIDDEN = (".", "__MACOSX")


def read_zip(stream: BinaryIO, *, source: str, max_bytes: int) -> Iterator[tuple[str, bytes] | Finding]:
    """Name and bytes of each file in a ZIP, sorted by name; a Finding for each that is refused.

    No file may be larger than `max_bytes` or grow more than 200 times, all together no larger than a hundred such
    files. Nothing is written anywhere. Raises DocumentError where the archive is damaged.
    """
    try:
        archive = zipfile.ZipFile(stream)
        members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError(source, f"a damaged ZIP ({error})", "Pack it again.") from error
    if len(members) > MAX_FILES:
        raise DocumentError(source, f"a ZIP of {len(members):,} files", "Unpack it, and name the folder.")
    total = 0
    for member in members:
        where = f"{source}/{member.filename}".encode("utf-8", "replace").decode("utf-8")
        if any(part.startswith(_HIDDEN) for part in member.filename.split("/")):
            continue
        if total > MAX_TIMES * max_bytes:
            seen = f"more than {MAX_TIMES * max_bytes:,} bytes unpacked"
            yield _refusal("oversized-document", source, seen, "Unpack it, and name the folder.")
            return
        if member.flag_bits & 1:
            yield _refusal("unreadable-document", where, "locked by a password", "Unpack it first.")
            continue
        try:
            with archive.open(member) as packed:
                content = _bounded(packed, max(member.compress_size, 1), max_bytes)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            yield _refusal("unreadable-document", where, f"damaged in its archive ({error})", "Pack it again.")
            continue
        if isinstance(content, str):
            yield _refusal("oversized-document", where, content, "Unpack it first if you mean it.")
            continue
        total += len(content)
        yield where, content


def gunzip(stream: BinaryIO, *, source: str, max_bytes: int) -> bytes:
    """What a gzip file holds. Raises DocumentError where it is damaged or grows past the limits."""
    engine, came, pieces, size = zlib.decompressobj(31), 0, [], 0
    while piece := stream.read(_PIECE):
        came += len(piece)
        while piece:
            try:
                given = engine.decompress(piece, _PIECE)
            except zlib.error as error:
                raise DocumentError(source, f"damaged gzip ({error})", "Pack it again.") from error
            pieces.append(given)
            size += len(given)
            if size > max_bytes or (size > _RATIO_FROM and size > MAX_RATIO * came):
                raise DocumentError(source, "gzip that unpacks to too much", "Unpack it first if you mean it.")
            piece = engine.unconsumed_tail
            if engine.eof:
                piece = engine.unused_data if engine.unused_data.startswith(b"\x1f\x8b") else b""
                engine = zlib.decompressobj(31) if piece else engine
    if not engine.eof:
        raise DocumentError(source, "gzip that is cut off", "Fetch it again.")
    return b"".join(pieces)


def _bounded(packed: IO[bytes], came: int, max_bytes: int) -> bytes | str:
    """The bytes of a file, or what is wrong with their number."""
    pieces, size = [], 0
    while piece := packed.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            return f"more than {max_bytes:,} bytes"
        if size > _RATIO_FROM and size > MAX_RATIO * came:
            return f"unpacks to more than {MAX_RATIO} times its size"
    return b"".join(pieces)


def _refusal(name: str, where: str, seen: str, help_: str) -> Finding:
    return Finding(name, where, f"{where}: {seen}. {help_}", severity=Severity.WARNING)
