"""Rows that wait to be written: a few in memory, more of them in a file that nobody else sees."""

import json
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar

from pledgebook.domain import BookError

_T = TypeVar("_T")


class Spool(Generic[_T]):
    """Things in the order in which they came, to be read when all are there; `unpack` undoes `pack`, which makes JSON.

    >>> spool = Spool(list, tuple, in_memory=1)
    >>> for pair in ((1, "a"), (2, "b"), (3, "c")): spool.append(pair)
    >>> len(spool), list(spool) == list(spool) == [(1, "a"), (2, "b"), (3, "c")]
    (3, True)
    """

    def __init__(
        self, pack: Callable[[_T], object], unpack: Callable[[list[Any]], _T], *, in_memory: int = 4000
    ) -> None:
        self._pack, self._unpack, self._most = pack, unpack, in_memory
        self._held: list[_T] = []
        self._file: IO[bytes] | None = None
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, item: _T) -> None:
        """Adds one more. Raises BookError where there is no room for it."""
        self._count += 1
        self._held.append(item)
        if len(self._held) > self._most:
            try:
                self._spill()
            except OSError as error:
                seen = (error.strerror or str(error)).lower()
                raise BookError(
                    "a temporary file", f"{seen}; nothing was changed", "Make room, or set TMPDIR."
                ) from error

    def _spill(self) -> None:
        if self._file is None:
            self._file = TemporaryFile(prefix="pledgebook-")  # noqa: SIM115 - closed with the last who knows it
        for item in self._held:
            self._file.write(json.dumps(self._pack(item)).encode("ascii") + b"\n")
        self._held.clear()

    def __iter__(self) -> Iterator[_T]:
        if self._file is not None:
            self._file.seek(0)
            for line in self._file:
                yield self._unpack(json.loads(line))
        yield from tuple(self._held)
