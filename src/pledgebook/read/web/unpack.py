"""Bodies unpacked as they come, within limits."""

import zlib
from collections.abc import Iterable, Iterator

from pledgebook.read.web.errors import RefusedError

# Compressed text is a tenth of its size, a sitemap a fiftieth. What grows more is made to fill memory.
MAX_RATIO = 200
MAX_DEPTH = 2
_RATIO_FROM = 1 << 20
_PIECE = 1 << 16
_GZIP, _ANY = 31, 47
_GZIP_NAMES = ("gzip", "x-gzip")
_PLAIN = ("", "identity")


class Meter:
    """Counts bytes and stops at `most`."""

    def __init__(self, where: str, most: int) -> None:
        self._where, self._most, self.size = where, most, 0

    def passed(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces as they are. Raises RefusedError past the limit."""
        for piece in pieces:
            self.size += len(piece)
            if self.size > self._most:
                raise RefusedError(self._where, f"more than {self._most:,} bytes", "Raise --max-bytes if you mean it.")
            yield piece


def unpacked(pieces: Iterable[bytes], encodings: str, *, where: str, max_bytes: int) -> Iterator[bytes]:
    """The body whose `Content-Encoding` is `encodings`, piece by piece.

    Neither what comes nor what it unpacks to may be larger than `max_bytes`, nor grow more than MAX_RATIO times, nor
    be packed more than MAX_DEPTH times. Raises RefusedError where one does, and where the bytes are damaged.

    >>> import gzip
    >>> b"".join(unpacked([gzip.compress(b"words")], "gzip", where="a", max_bytes=100))
    b'words'
    """
    names = [name for name in (part.strip().lower() for part in encodings.split(",")) if name not in _PLAIN]
    if len(names) > MAX_DEPTH:
        raise RefusedError(where, f"packed {len(names)} times over", "Leave it out.")
    came = Meter(where, max_bytes)
    pieces = came.passed(pieces)
    for name in reversed(names):
        if name not in {*_GZIP_NAMES, "deflate"}:
            raise RefusedError(where, f"packed as {name!r}, which was not asked for", "Leave it out.")
        pieces = _inflated(pieces, came, where, is_gzip=name in _GZIP_NAMES)
    yield from Meter(where, max_bytes).passed(pieces) if names else pieces


def gunzipped(content: bytes, *, where: str, max_bytes: int) -> bytes:
    """What a gzip file holds, within the same limits. Raises RefusedError."""
    return b"".join(unpacked([content], "gzip", where=where, max_bytes=max_bytes))


def _inflated(pieces: Iterable[bytes], came: Meter, where: str, *, is_gzip: bool) -> Iterator[bytes]:
    engine, gave = zlib.decompressobj(_GZIP if is_gzip else _ANY), 0
    is_first = True
    for piece in pieces:
        rest = piece
        while rest:
            try:
                given = engine.decompress(rest, _PIECE)
            except zlib.error as error:
                if is_first and not is_gzip:  # "deflate" without the frame that the standard asks for
                    engine, is_first = zlib.decompressobj(-zlib.MAX_WBITS), False
                    continue
                raise RefusedError(where, f"damaged while packed ({error})", "Try again later.") from error
            is_first = False
            gave += len(given)
            if gave > _RATIO_FROM and gave > MAX_RATIO * came.size:
                raise RefusedError(where, f"unpacks to more than {MAX_RATIO} times its size", "Leave it out.")
            yield given
            rest = engine.unconsumed_tail
            if engine.eof:
                rest = engine.unused_data
                if not (is_gzip and rest.startswith(b"\x1f\x8b")):
                    return  # padding, or nothing
                engine = zlib.decompressobj(_GZIP)
    if not engine.eof and not is_first:
        raise RefusedError(where, "cut off while packed", "Try again later.")
