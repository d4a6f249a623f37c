"""The JSON of all kept lines in memory, packed: a list of lines that nobody asked for before needs no database."""

import zlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

import numpy as np

from pledgebook.flow.derived import flags_in
from pledgebook.store import Book
from pledgebook.store.image import LineImage, Rest, day_words

_LEVEL = 1
_MOST_WORDS = 3000
_NO_FLAGS = b'"flags": null'
_NO_MONEY = '"in": null'


@dataclass(frozen=True, slots=True)
class TextImage:
    """The texts of the lines of an image by their positions, None for those that there was no room for."""

    lines: LineImage
    words: bytes
    packed: tuple[bytes | None, ...]

    @classmethod
    def of(cls, book: Book, lines: LineImage, *, most: int, rest: Rest = None) -> Self:
        """The texts of a book's lines, in `most` bytes. Raises NotInMemoryError where its lines are others by now."""
        packed: list[bytes | None] = [None] * len(lines)
        words, size = b"", 0
        for some in book.lines.each_record(lines.writing, rest=rest):
            texts = [record.replace(_NO_MONEY, f'"in": {converted}', 1).encode() for _, record, converted in some]
            # What the first lines say is mostly what the others say, but for names and figures.
            words = words or b"".join(texts)[:_MOST_WORDS]
            places = lines.positions(np.array([no for no, _, _ in some], np.int64)).tolist()
            for at, text in zip(places, texts, strict=True):
                packer = zlib.compressobj(_LEVEL, zdict=words)
                packed[at] = made = packer.compress(text) + packer.flush()
                size += len(made)
            if size > most:
                break
        return cls(lines, words, tuple(packed))

    def text(self, position: int, day: date) -> bytes | None:
        """The JSON of a line with its flags on a day, as `read_record` has it; None where it is not here."""
        found = self.packed[position]
        if found is None:
            return None
        lines = self.lines
        said = _flags(
            lines.flag_names[int(lines.flags[position])], int(lines.ends[position]), int(lines.heard[position]), day
        )
        return zlib.decompressobj(zdict=self.words).decompress(found).replace(_NO_FLAGS, said, 1)


@lru_cache(maxsize=50_000)
def _flags(flags: str, ends: int, heard: int, day: date) -> bytes:
    return f'"flags": {flags_in(flags, day_words(ends), day_words(heard), day)}'.encode()
