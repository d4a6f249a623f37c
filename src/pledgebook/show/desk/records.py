"""The lines of a ledger as JSON, a page at a time."""

import base64
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pledgebook.domain import BookError
from pledgebook.flow.derived import read_record
from pledgebook.show.desk.images import Image
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.state import State
from pledgebook.show.desk.texts import Text
from pledgebook.store import Book, LineQuery, NotInMemoryError
from pledgebook.store.image import Found


@dataclass(frozen=True, slots=True)
class Records:
    """A page of rows in JSON: `total` is how many there are in all, `next` the cursor of the page after, if any."""

    rows: tuple[bytes, ...]
    total: int
    next: str | None


class Pages(State):
    """The pages of a ledger."""

    def records(self, query: Query) -> Records:
        """One page of the lines that a question lets pass, in its order, as `pledgebook list --format jsonl` has them.

        The cursor names the last line of the page before and where it stood, so that a book which has changed
        meanwhile neither repeats nor skips what stayed. Raises LookupError for one that is not ours.
        """
        with suppress(NotInMemoryError):
            return self.records_now(query)
        with self._open() as book:
            after = None if query.cursor is None else self._after(query)
            writing = book.lines.writing()
            asked = self._asked(book, query, limit=query.limit + 1, after=after)
            found = book.lines.numbers(asked)
            rows = self._texts.of(writing, found[: query.limit], lambda numbers: self._read(book, numbers))
            following = None
            if len(found) > query.limit and rows:
                last = book.lines.find(LineQuery(ids=(rows[-1][0],), sort=query.by), ())[0]
                following = self._cursor(query, last.id, last.at)
        return Records(tuple(text for _, text in rows), self.count(asked), following)

    def records_now(self, query: Query) -> Records:
        """The same at once. Raises NotInMemoryError where the book has to be asked."""
        image = self._image(0)
        if image is None or query.by == "investor":
            raise NotInMemoryError
        after = None if query.cursor is None else self._after(query)
        found = image.lines.page(self._asked(None, query, limit=query.limit + 1, after=after))
        ids = found.ids[: query.limit]
        rows = self._texts.of(image.lines.writing, found.numbers[: query.limit], self._from(image, found))
        if [name for name, _ in rows] != ids:
            raise NotInMemoryError
        following = None
        if len(found.ids) > query.limit and ids:
            following = self._cursor(query, ids[-1], image.lines.at(found.positions[query.limit - 1], query.by))
        return Records(tuple(text for _, text in rows), found.count, following)

    def _from(self, image: Image, found: Found) -> Callable[[Sequence[int]], dict[int, Text]]:
        """What finds the ids and the JSON of lines of a page in memory."""

        def find(numbers: Sequence[int]) -> dict[int, Text]:
            places = {no: (at, name) for no, at, name in zip(found.numbers, found.positions, found.ids, strict=True)}
            texts = image.texts
            said: dict[int, Text] = {}
            for number in numbers:
                at, name = places[number]
                text = None if texts is None else texts.text(at, self.day)
                if text is None:
                    raise NotInMemoryError
                said[number] = name, text
            return said

        return find

    def _read(self, book: Book, numbers: Sequence[int]) -> dict[int, Text]:
        """The ids and the JSON of lines, by their numbers."""
        rows = book.lines.rows_of(numbers, ("record", "converted"))
        if len(rows) != len(numbers):
            raise BookError("the ledger", "worked out anew meanwhile", "Ask again.")
        texts = [(row.id, read_record(row, has_converted=True, day=self.day).encode()) for row in rows]
        return dict(zip(numbers, texts, strict=True))

    def _cursor(self, query: Query, name: str, at: str | int) -> str:
        return base64.urlsafe_b64encode(json.dumps([name, at, query.sort]).encode()).decode().rstrip("=")

    def _after(self, query: Query) -> tuple[str | int, str]:
        """Where the page before ended."""
        words = str(query.cursor)
        try:
            name, value, sort = json.loads(base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)))
        except (ValueError, TypeError, RecursionError):
            name, value, sort = "", "", None
        is_number = query.by in ("amount", "sources")
        fits = isinstance(name, str) and (
            isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
            if is_number
            else isinstance(value, str)
        )
        if sort != query.sort or not fits:
            raise LookupError("not one of ours for this order")
        return value, name
