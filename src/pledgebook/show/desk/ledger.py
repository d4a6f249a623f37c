"""The ledger at one moment: what a book says as of a day, in one currency. It is looked up, never held."""

import base64
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any, TypeVar

from pledgebook.domain import BookError, Decision, Entry, Kind, Tally, UsageError
from pledgebook.flow import Version
from pledgebook.flow.derived import read_record
from pledgebook.flow.lines import Lines, query_of
from pledgebook.flow.sums import Flows
from pledgebook.flow.tallies import Totals
from pledgebook.flow.usual import USUAL
from pledgebook.ledger import Change
from pledgebook.ledger.bounds import bounds_of, convert
from pledgebook.ledger.changes import ChangeKind
from pledgebook.ledger.ports import Rates
from pledgebook.lexicon.names import skeleton
from pledgebook.show.desk.images import Image
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.shelf import Shelf
from pledgebook.show.desk.texts import Text, Texts
from pledgebook.store import Book, LineQuery, NotInMemoryError, Share
from pledgebook.store.image import Found

_KEPT = 256
_AT_ONCE = 400
_MOST_TEXTS = 32_000_000
_SHORTEST = 6
# How long sums wait for the lines to be in memory, in seconds.
_PATIENCE = 20.0
ALL = LineQuery()
_T = TypeVar("_T")
Key = tuple[str, str]
Open = Callable[[], AbstractContextManager[Book]]


def _is_kept(lines: LineQuery, by: str | None, since: date | None = None, until: date | None = None) -> bool:
    """Whether a book keeps these sums, and has few rows of them."""
    is_all = replace(lines, sort="id", descending=False) == ALL and since is None and until is None
    return is_all and by in USUAL and by not in ("investor", "recipient", "place")


@dataclass(frozen=True, slots=True)
class Records:
    """A page of rows in JSON: `total` is how many there are in all, `next` the cursor of the page after, if any."""

    rows: tuple[bytes, ...]
    total: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Largest:
    """The rows of totals with most money, the largest first, how many rows there are in all, and the whole."""

    rows: tuple[Tally, ...]
    count: int
    whole: Tally


class Ledger:
    """The lines of a book as of a day. Each question is asked of the book; a changed book makes another Ledger.

    `version` is the last hash of the book's log and names all that the lines follow from. `day` is that for which
    their age is told, `known_at` the hash that the decisions follow from; `edition` names all three. `is_behind` tells
    that the book knows more by now, which is being worked in. `frozen` is the version of the book that somebody asked
    for and that stays. `open_` opens a book that keeps the lines, `image` is these in memory as soon as they are there.
    """

    def __init__(
        self,
        open_: Open,
        *,
        version: str,
        as_of: date | None,
        day: date,
        currency: str,
        rates: Rates,
        documents: Shelf,
        decisions: Sequence[Decision] = (),
        is_behind: bool = False,
        known_at: str = "",
        frozen: Version | None = None,
        image: Callable[[float], Image | None] = lambda _: None,
    ) -> None:
        self._open = open_
        self.version, self.as_of, self.day, self.currency = version, as_of, day, currency
        self.documents, self.decisions, self.rates = documents, tuple(decisions), rates
        self.is_behind, self.known_at, self.frozen = is_behind, known_at or version, frozen
        # What an answer follows from, beside its address.
        self.edition = f"{version} {day} {self.known_at}"
        self._image = image
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._texts = Texts(most=_MOST_TEXTS)
        self._lock = Lock()

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

    def count(self, lines: LineQuery = ALL) -> int:
        """How many lines a query finds, its page left aside."""
        bare = replace(lines, sort="id", descending=False, offset=0, limit=None, after=None)
        return self.remembered(("count", bare), lambda book: book.lines.count(bare))

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

    # ---------------------------------------------------------------------------------------------------- figures

    def totals(
        self,
        lines: LineQuery = ALL,
        *,
        by: str | None = None,
        since: date | None = None,
        until: date | None = None,
        new_only: bool = False,
        deliverable: Kind | None = None,
        explain: bool = False,
        has_outstanding: bool = False,
    ) -> tuple[Tally, ...]:
        """Sums over lines, the whole last; of things where `deliverable` names a kind.

        `since` and `until` choose by the ledger's own rule of what belongs to a period; with `has_outstanding` the rows
        also say what stood at its end. With `explain` they name what is in them and what is not.
        """

        def work(book: Book) -> tuple[Tally, ...]:
            made = self._totals(book, by, since, until)
            if deliverable is not None:
                return made.of_things(lines, deliverable, explain=explain)
            return made.of_money(lines, new_only=new_only, explain=explain, has_outstanding=has_outstanding)

        key = ("totals", lines, by, since, until, new_only, deliverable, explain, has_outstanding)
        return self._summed(key, work, is_kept=_is_kept(lines, by, since, until))

    def largest(
        self, lines: LineQuery = ALL, *, by: str, since: date | None = None, until: date | None = None, limit: int
    ) -> Largest:
        """The rows of the same sums with most money."""

        def work(book: Book) -> Largest:
            made = self._totals(book, by, since, until)
            with self._lock:
                known = self._kept.get(("totals", lines, by, since, until, False, None, False, False))
            if known is None and (added := made.added(lines)) is not None:
                return Largest(added.largest(limit), len(added), added.whole)
            *rows, whole = known or made.of_money(lines, has_outstanding=False)
            rows.sort(key=lambda row: (-row.central, str(row.key)))
            return Largest(tuple(rows[:limit]), len(rows), whole)

        is_kept = _is_kept(lines, by, since, until)
        return self._summed(("largest", lines, by, since, until, limit), work, is_kept=is_kept)

    def sums(self, lines: LineQuery = ALL, *, by: str) -> Sequence[tuple[str, Decimal, int]]:
        """Of all rows but the whole the key, the sum, and how many lines count in it."""

        def work(book: Book) -> Sequence[tuple[str, Decimal, int]]:
            made = self._totals(book, by, None, None)
            if (added := made.added(lines)) is not None:
                return added.sums
            return [(row.key, row.central, row.pledges) for row in made.of_money(lines) if row.key is not None]

        return self._summed(("sums", lines, by), work, is_kept=_is_kept(lines, by))

    def flows(self, lines: LineQuery) -> Flows:
        """What goes from each investor to each country: "" for nobody named, and for several countries."""
        return self._summed(
            ("flows", lines), lambda book: self._totals(book, None, None, None).flows(lines), is_kept=False
        )

    def _totals(self, book: Book, by: str | None, since: date | None, until: date | None) -> Totals:
        image = self._image(0)
        figures = None if image is None else image.figures
        return Totals(book, self.rates, self.currency, by, since, until, image=figures)

    def shares(self, lines: LineQuery) -> Sequence[Share]:
        """The money of lines by stage, by whether they count, and by whether their term has ended."""
        return self.remembered(("shares", lines), lambda book: book.lines.shares(lines, self.day.isoformat()))

    def worth(self, entry: Entry) -> Decimal | None:
        """The line's sum in the ledger's currency at the day's rate, whether it counts or not; None where not known."""
        if entry.is_rest:
            return None if entry.converted is None else entry.converted.central
        amount, day = entry.pledge.amount, entry.pledge.rate_day
        if amount is None:
            return None
        there = convert(bounds_of(amount), amount.currency, self.currency, day, self.rates)
        return None if there is None else there.central

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

    # ---------------------------------------------------------------------------------------------------- how

    def _summed(self, key: Hashable, work: Callable[[Book], _T], *, is_kept: bool) -> _T:
        """The same of sums, which are worth waiting for what is in memory unless the book keeps them."""
        with self._lock:
            is_known = key in self._kept
        if not is_known and not is_kept:
            self._image(_PATIENCE)
        return self.remembered(key, work)

    def remembered(self, key: Hashable, work: Callable[[Book], _T]) -> _T:
        """What `work` makes of the book, worked out once."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: _T = self._kept[key]
                return found
        with self._open() as book:
            made = work(book)
        self._remember(key, made)
        return made

    def _remember(self, key: Hashable, made: object) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)

    def _lines(self, book: Book) -> Lines:
        return Lines(book, day=self.day)

    def _asked(self, book: Book | None, query: Query, **page: Any) -> LineQuery:  # noqa: ANN401 - fields of LineQuery
        """What to look up. Names that were looked for before are known without the book."""
        key = ("asked", query.filters, query.q)
        with self._lock:
            chosen = self._kept.get(key)
        if chosen is None:
            words = tuple(skeleton(query.q).split()) if query.q else ()
            chosen = query_of(book, query.filters, words=words)
            self._remember(key, chosen)
        return replace(chosen, sort=query.by, descending=query.sort.startswith("-"), **page)

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
