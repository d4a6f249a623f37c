"""Open books for many readers at once: opening one costs more than most questions."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Condition

from pledgebook.store import Book

_MOST = 8
_Identity = tuple[int, int] | None


class Pool:
    """Books under one name, each lent to one reader at a time. A file that was exchanged is opened anew."""

    def __init__(self, open_: Callable[[], Book], *, path: str | None = None, most: int = _MOST) -> None:
        self._open, self._path, self._most = open_, path, most
        self._free: list[tuple[Book, _Identity]] = []
        self._lent = 0
        self._turn = Condition()

    @contextmanager
    def book(self) -> Iterator[Book]:
        """A book, for as long as the `with` lasts."""
        here = self._identity()
        with self._turn:
            while not self._free and self._lent >= self._most:
                self._turn.wait()
            found = self._free.pop() if self._free else None
            self._lent += 1
        try:
            if found is not None and found[1] != here:
                _close(found[0])
                found = None
            book = self._open() if found is None else found[0]
        except BaseException:
            self._back(None)
            raise
        try:
            yield book
        except BaseException:
            # Who knows in which state it is.
            _close(book)
            self._back(None)
            raise
        self._back((book, here))

    def close(self) -> None:
        """Lets go of all books that nobody has."""
        with self._turn:
            free, self._free = self._free, []
        for book, _ in free:
            _close(book)

    def _back(self, item: tuple[Book, _Identity] | None) -> None:
        with self._turn:
            self._lent -= 1
            if item is not None:
                self._free.append(item)
            self._turn.notify()

    def _identity(self) -> _Identity:
        if self._path is None:
            return None
        with suppress(OSError):
            found = os.stat(self._path)  # noqa: PTH116 - asked with every question
            return found.st_dev, found.st_ino
        return None


def _close(book: Book) -> None:
    with suppress(Exception):
        book.close()
