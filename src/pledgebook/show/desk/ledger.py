"""The ledger at one moment: what a book says as of a day, in one currency. It is looked up, never held."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from pledgebook.domain import BookError, Entry, UsageError
from pledgebook.flow.lines import Lines
from pledgebook.ledger import Change
from pledgebook.ledger.changes import ChangeKind
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.records import Pages
from pledgebook.show.desk.state import ALL
from pledgebook.show.desk.sums import Sums
from pledgebook.store import Book, LineQuery, NotInMemoryError

_AT_ONCE = 400
_SHORTEST = 6
Key = tuple[str, str]


class Ledger(Pages, Sums):
    """The lines of a book as of a day. Each question is asked of the book; a changed book makes another Ledger.

    `version` is the last hash of the book's log and names all that the lines follow from. `day` is that for which
    their age is told, `known_at` the hash that the decisions follow from; `edition` names all three. `is_behind` tells
    that the book knows more by now, which is being worked in. `frozen` is the version of the book that somebody asked
    for and that stays. `open_` opens a book that keeps the lines, `image` is these in memory as soon as they are there.
    """

    # ---------------------------------------------------------------------------------------------------- single lines

    def entry(self, words: str) -> Entry | None:
        """The line with this id, or with the only id that begins so; None where there is none or more than one."""
        with self._open() as book:
            if len(words) < _SHORTEST:
                return self._lines(book).some([words], has_claims=True).get(words)
            try:
                return self._lines(book).line(words)
            except UsageError:
                return None

    def some(self, ids: Sequence[str], *, has_claims: bool = False) -> Mapping[str, Entry]:
        """The lines with these ids that there are; without `has_claims` their claims are only ids."""
        if not ids:
            return {}
        with self._open() as book:
            return self._lines(book).some(ids, has_claims=has_claims)

    def telling(self, keys: Sequence[Key], *, has_claims: bool = False) -> Mapping[Key, Entry]:
        """The lines of the pledges that claims (document id, claim id) tell of."""
        wanted = {"/".join(key): key for key in keys}
        if not wanted:
            return {}
        with self._open() as book:
            found = self._lines(book).about("telling", sorted(wanted), has_claims=has_claims)
        return {it.key: entry for entry in found for it in entry.pledge.tellings if "/".join(it.key) in wanted}

    def told_in(self, document: str) -> tuple[Entry, ...]:
        """The lines that a document tells of."""
        with self._open() as book:
            return self._lines(book).told_in(document, has_claims=False)

    def lines_in(self, documents: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the lines that each of some documents tells of."""
        with self._open() as book:
            return book.lines.told_in(documents)

    def named_by(self, pledge: str) -> tuple[tuple[str, Entry], ...]:
        """The lines whose relations name a pledge, with the relation's type."""
        with self._open() as book:
            found = self._lines(book).about("relation", [pledge], has_claims=False)
        return tuple((it.type.value, entry) for entry in found for it in entry.pledge.relations if it.claim == pledge)

    # ---------------------------------------------------------------------------------------------------- many lines

    def each(self, lines: LineQuery, *, has_claims: bool = False) -> Iterator[Entry]:
        """All lines of a query, in its order, fetched a few at a time.

        Raises BookError where the ledger has been worked out anew meanwhile.
        """
        parts = ("body", "claims") if has_claims else ("body",)
        with self._open() as book:
            stamp, numbers = book.stamp(), book.lines.numbers(lines)
        for start in range(0, len(numbers), _AT_ONCE):
            with self._open() as book:
                rows = book.lines.rows_of(numbers[start : start + _AT_ONCE], parts)
                if book.stamp() != stamp:
                    raise BookError("the ledger", "worked out anew meanwhile", "Ask again.")
                yield from self._lines(book).read(rows, has_claims=has_claims)

    def find(self, lines: LineQuery, *, has_claims: bool = False) -> tuple[Entry, ...]:
        """The lines of a query, in its order."""
        with self._open() as book:
            rows = book.lines.find(lines, ("body", "claims") if has_claims else ("body",))
            return self._lines(book).read(rows, has_claims=has_claims)

    def traits(
        self, lines: LineQuery, kind: str, *, prefix: str = "", offset: int = 0, limit: int | None = None
    ) -> tuple[list[tuple[str, str]], int]:
        """The values of a kind of trait that lines have, each with the id of its line, by value; and how many."""
        with self._open() as book:
            return book.lines.traits(lines, kind, prefix=prefix, offset=offset, limit=limit)

    def values(self, lines: LineQuery, kind: str, *, limit: int) -> Sequence[str]:
        """The first values of a kind of trait that lines have, in their order."""
        return self.remembered(("values", lines, kind, limit), lambda book: book.lines.values(lines, kind, limit=limit))

    def asked(self, query: Query) -> LineQuery:
        """What to look up for a question."""
        with self._open() as book:
            return self._asked(book, query)

    def names(self, kind: str) -> Mapping[str, int]:
        """The values of a kind of trait (investor, country, place, ...), and how many lines have each."""
        return self.remembered(
            ("names", kind), lambda book: {value: lines for value, _, lines in book.lines.names(kind)}
        )

    def frequent(self, kind: str, most: int) -> Sequence[str]:
        """Those values of a kind of trait that most lines have."""
        return self.remembered(("frequent", kind, most), lambda book: book.lines.frequent(kind, most))

    def lines_of(self, kind: str, values: Sequence[str]) -> Mapping[str, int]:
        """How many lines have each of some values of a kind of trait; without those that none has."""
        with self._open() as book:
            return {value: lines for value, _, lines in book.lines.names(kind, values)}

    def different(self, kind: str) -> int:
        """How many values of a kind of trait there are."""
        return self.remembered(("different", kind), lambda book: book.lines.different(kind))

    def is_named(self, kind: str, value: str) -> bool:
        """Whether any line has that value of a kind of trait."""
        return self.remembered(("named", kind, value), lambda book: bool(book.lines.names(kind, [value])))

    # ---------------------------------------------------------------------------------------------------- changes

    def changes(
        self, lines: LineQuery = ALL, *, since: date | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[tuple[Change, ...], int]:
        """What became known on that day or later of the pledges of a query, the latest first, and how much in all."""
        day = "" if since is None else since.isoformat()
        with self._open() as book:
            found = book.lines.events(lines, since=day, offset=offset, limit=limit)
        changes = tuple(
            Change(date.fromisoformat(it.day), it.pledge, ChangeKind(it.kind), it.note, it.other or None)
            for it in found
        )
        bare = replace(lines, sort="id", descending=False)
        total = self.remembered(("events", bare, day), lambda book: self._count_events(book, bare, day))
        return changes, total

    def _count_events(self, book: Book, lines: LineQuery, since: str) -> int:
        image = self._image(0)
        if image is not None and (events := image.events) is not None:
            with suppress(NotInMemoryError):
                return events.count(book.lines.mask(image.lines, lines), since)
        return book.lines.count_events(lines, since=since)

    def _lines(self, book: Book) -> Lines:
        return Lines(book, day=self.day)
