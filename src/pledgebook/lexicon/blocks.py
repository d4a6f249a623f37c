"""Data in many small blocks: only those are opened that somebody asks for."""

import struct
from collections.abc import Iterable, Iterator, Mapping
from zlib import compress, crc32, decompress

_NUMBER = 4
_A_BLOCK = 24
_ROWS = 128
_MOST_UNKNOWN = 1 << 16


class Blocks:
    """The blocks of a file that `packed` wrote.

    >>> blocks = Blocks(packed([b"one", b"", b"three"]))
    >>> len(blocks), blocks[0], blocks[2]
    (3, b'one', b'three')
    """

    __slots__ = ("_data", "_starts")

    def __init__(self, data: bytes) -> None:
        """Takes the whole file."""
        count = int.from_bytes(data[:_NUMBER], "little")
        self._starts = struct.unpack_from(f"<{count + 1}I", data, _NUMBER)
        self._data = data

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._data[self._starts[number] : self._starts[number + 1]]


def packed(blocks: Iterable[bytes]) -> bytes:
    """The bytes of a file of blocks."""
    several = list(blocks)
    starts = [_NUMBER * (len(several) + 2)]
    for block in several:
        starts.append(starts[-1] + len(block))
    return struct.pack(f"<{len(starts) + 1}I", len(several), *starts) + b"".join(several)


class Names(dict[str, str]):
    """What each of many names stands for, "" for any other; a block is opened when somebody asks for one of its names.

    Ask by `names[name]`: most answers then cost no more than in a dictionary. Its other methods tell only of names that
    were asked for; `every` opens all blocks.

    >>> names = Names(Blocks(packed(name_blocks({"lyon": "12 -7", "nice": "3"}))), count=1)
    >>> names["lyon"], names["paris"], sorted(names.every())
    ('12 -7', '', ['lyon', 'nice'])
    """

    __slots__ = ("_blocks", "_closed", "_unknown")

    def __init__(self, blocks: Blocks, *, count: int) -> None:
        """Takes the blocks that `name_blocks` made: the first `count`."""
        super().__init__()
        self._blocks = blocks
        self._closed = bytearray(b"\1") * count
        self._unknown: list[str] = []

    def __missing__(self, name: str) -> str:
        number = _block_of(name, len(self._closed))
        if self._closed[number]:
            self._opened(number)
            if name in self:
                return self[name]
        if len(self._unknown) == _MOST_UNKNOWN:
            for known in self._unknown:
                self.pop(known, None)
            self._unknown.clear()
        self._unknown.append(name)
        self[name] = ""
        return ""

    def every(self) -> dict[str, str]:
        """All names, and what they stand for."""
        for number, is_closed in enumerate(self._closed):
            if is_closed:
                self._opened(number)
        return {name: ref for name, ref in self.items() if ref}

    def _opened(self, number: int) -> None:
        lines = self._blocks[number].decode().split("\n")
        self.update(zip(lines[::2], lines[1::2], strict=False))
        self._closed[number] = 0


def name_blocks(names: Mapping[str, str]) -> list[bytes]:
    """The blocks of names that lie where `Names` looks for them."""
    blocks: list[list[str]] = [[] for _ in range(-(-len(names) // _A_BLOCK))]
    for name in sorted(names):
        blocks[_block_of(name, len(blocks))] += (name, names[name])
    return ["\n".join(block).encode() for block in blocks]


def _block_of(name: str, count: int) -> int:
    return crc32(name.encode("utf-8", "surrogatepass")) % count


class Rows:
    """Numbered lines of text.

    >>> Rows(Blocks(packed(row_blocks(f"line {n}" for n in range(1000)))))[321]
    'line 321'
    """

    __slots__ = ("_blocks", "_open")

    def __init__(self, blocks: Blocks) -> None:
        """Takes the blocks that `row_blocks` made."""
        self._blocks = blocks
        self._open: dict[int, list[str]] = {}

    def __getitem__(self, number: int) -> str:
        block, line = divmod(number, _ROWS)
        lines = self._open.get(block)
        if lines is None:
            lines = self._open[block] = decompress(self._blocks[block]).decode().split("\n")
        return lines[line]

    def __iter__(self) -> Iterator[str]:
        """Every line, in order: all blocks are opened, none is kept."""
        for number in range(len(self._blocks)):
            yield from decompress(self._blocks[number]).decode().split("\n")


def row_blocks(lines: Iterable[str]) -> list[bytes]:
    """The blocks of lines that lie where `Rows` looks for them."""
    several = list(lines)
    parts = (several[start : start + _ROWS] for start in range(0, len(several), _ROWS))
    return [compress("\n".join(part).encode(), 9) for part in parts]
