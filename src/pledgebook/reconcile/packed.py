"""Whole numbers by the million, some hundreds added at a time."""

from collections.abc import Iterable
from struct import pack
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Packed:
    """Numbers of one width, by its letter in `struct`: packing takes a fifth of what an `array` takes.

    >>> packed = Packed("i")
    >>> packed.extend([7, -1]), packed.extend([]), packed.extend(map(len, "a")), packed.column(np.int32).tolist()
    (None, None, None, [7, -1, 1])
    """

    __slots__ = ("_letter", "_packed")

    def __init__(self, letter: str) -> None:
        self._letter, self._packed = letter, bytearray()

    def extend(self, values: Iterable[int]) -> None:
        """Adds some numbers."""
        told = tuple(values)
        self._packed += pack(f"{len(told)}{self._letter}", *told)

    def column(self, kind: type[np.generic]) -> NDArray[Any]:
        """All numbers; nothing can be added any more."""
        return np.frombuffer(self._packed, kind)
