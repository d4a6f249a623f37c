"""The columns of all kept lines in memory: what lists are chosen, sorted and counted by, without asking the database.

It says exactly what the database says of the same lines, and takes about 100 bytes a line. What its columns don't tell
(which lines have a trait, or some words) it asks the book once and keeps.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from pledgebook.store import lines_asked
from pledgebook.store.engine import Engine, Row, marks
from pledgebook.store.lines import UNKNOWN, LineQuery, Share
from pledgebook.store.lines_kept import writing_of

_AT_ONCE = 500
_KEPT_BYTES = 16_000_000
_FIRST_LOOK = 4096
# In which orders people want lines first.
_FIRST_ORDERS = ("announced", "amount")
_MOST_SUM = 2.0**62
_COLUMNS = (
    "SELECT no, id, CASE WHEN id = pledge THEN 1 ELSE 0 END, counted, stage, country, earliest, latest, ends, heard,"
    " flags, voices, cents FROM lines"
)
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Rest = Callable[[], None] | None


class NotInMemoryError(Exception):
    """What somebody asks has to be asked of the book."""


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a page by their positions, numbers and ids, and how many there are on all pages."""

    positions: list[int]
    numbers: list[int]
    ids: list[str]
    count: int


@dataclass(slots=True)
class LineImage:
    """The lines of one writing of a book (see `writing_of`), in the order of their ids: a position each.

    `stamp` is what they follow from. `engine` in its methods is the book where something may be asked of it, in a
    moment of reading; where that is None or has other lines by now, they raise NotInMemoryError.
    """

    writing: str
    nos: Ints
    ids: npt.NDArray[np.bytes_]
    is_whole: Mask
    counted: Mask
    stages: Codes
    countries: Codes
    earliest: Codes
    latest: Codes
    ends: Codes
    heard: Codes
    flags: Codes
    voices: Codes
    cents: Ints
    stage_names: tuple[str, ...]
    country_names: tuple[str, ...]
    flag_names: tuple[str, ...]
    by_who: Codes
    nobody: int
    _by_no: Ints
    _orders: dict[tuple[str, bool], Codes] = field(default_factory=dict)
    _masks: OrderedDict[Hashable, npt.NDArray[np.uint8]] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)
    stamp: str = field(init=False)

    def __post_init__(self) -> None:
        self.stamp = str(json.loads(self.writing)[0])

    @classmethod
    def of(cls, engine: Engine, *, rest: Rest = None) -> Self:
        """The image of a book's lines, read in short moments; `rest` goes after each.

        Raises NotInMemoryError where there are no lines, or others come meanwhile.
        """
        with engine.reading():
            writing = writing_of(engine)
            by_who = [int(no) for (no,) in engine.each("SELECT no FROM lines ORDER BY who, id")]
            ((nobody,),) = engine.rows("SELECT count(*) FROM lines WHERE who = ''")
        columns: list[list[Any]] = [[] for _ in range(13)]
        for some in each_lot(engine, _COLUMNS, writing, rest=rest):
            for column, values in zip(columns, zip(*some, strict=True), strict=True):
                column.extend(values)
        nos, ids = np.array(columns[0], np.int64), np.array([str(it).encode() for it in columns[1]] or [b""], "S")
        ids = ids[: len(nos)]
        order = np.argsort(ids, kind="stable")
        stages, stage_names = coded(columns[4])
        countries, country_names = coded(columns[5])
        days: dict[str, int] = {}
        earliest, latest, ends, heard = (
            np.array([days.setdefault(it, day_number(it)) for it in column], np.int32)[order]
            for column in columns[6:10]
        )
        flags, flag_names = coded(columns[10])
        made = cls(
            writing, nos[order], ids[order], np.array(columns[2], np.bool_)[order],
            np.array(columns[3], np.bool_)[order], stages[order], countries[order], earliest, latest, ends, heard,
            flags[order], np.array(columns[11], np.int32)[order], np.array(columns[12], np.int64)[order], stage_names,
            country_names, flag_names, np.zeros(0, np.int32), int(nobody), np.argsort(nos[order]),
        )  # fmt: skip
        if len(by_who) != len(nos):
            raise NotInMemoryError
        made.by_who = made.positions(np.array(by_who, np.int64)).astype(np.int32)
        for sort in _FIRST_ORDERS:
            made._order(sort, descending=True)
        return made

    def __len__(self) -> int:
        return len(self.nos)

    def positions(self, nos: Ints) -> Ints:
        """Where lines with these numbers stand."""
        found: Ints = self._by_no[np.searchsorted(self.nos, nos, sorter=self._by_no)]
        return found

    # ------------------------------------------------------------------------------------------------ which lines

    def mask(self, query: LineQuery, engine: Engine | None = None) -> Mask | None:
        """Which lines a query lets pass, its page left aside; None where all do."""
        if query.pledges is not None or query.prefix:
            raise NotInMemoryError
        tests = list(self._tests(query))
        for kind, values in query.traits:
            tests.append(self._asked(("trait", kind, values), engine, lambda it, k=kind, v=values: _with(it, k, v)))  # type: ignore[misc]  # of this turn
        if query.conflicting:
            tests.append(self._asked("conflicting", engine, lambda it: _with(it, "conflict", None)))
        if query.words:
            tests.append(self._asked(("words", query.words), engine, lambda it: _saying(it, query.words)))
        if not tests:
            return None
        found = tests[0]
        for test in tests[1:]:
            found = found & test
        return found

    def count(self, query: LineQuery, engine: Engine | None = None) -> int:
        """How many lines a query finds, its page left aside."""
        mask = self.mask(query, engine)
        return len(self) if mask is None else int(np.count_nonzero(mask))

    def _tests(self, query: LineQuery) -> Iterator[Mask]:
        if query.ids is not None:
            found = np.zeros(len(self), np.bool_)
            if query.ids and len(self):
                wanted = np.array([name.encode("utf-8", "replace") for name in query.ids])
                at = np.minimum(np.searchsorted(self.ids, wanted), len(self) - 1)
                found[at[self.ids[at] == wanted]] = True
            yield found
        if query.since is not None or query.until is not None:
            yield self.earliest > 0
        if query.since is not None:
            yield self.latest >= asked_day(query.since)
        if query.until is not None:
            yield self.earliest <= asked_day(query.until)
        if query.stage is not None:
            yield self.stages == _code(self.stage_names, query.stage)
        if query.min_sources:
            yield self.voices >= query.min_sources
        if query.counted:
            yield self.counted
        if query.whole:
            yield self.is_whole

    def _asked(self, key: Hashable, engine: Engine | None, find: Callable[[Engine], Ints]) -> Mask:
        with self._lock:
            found = self._masks.get(key)
            if found is not None:
                self._masks.move_to_end(key)
                return np.unpackbits(found, count=len(self)).view(np.bool_)
        mask = np.zeros(len(self), np.bool_)
        mask[self.positions(find(self._same(engine)))] = True
        packed = np.packbits(mask)
        with self._lock:
            if key not in self._masks:
                self._masks[key] = packed
                self._size += packed.nbytes
            while self._size > _KEPT_BYTES:
                self._size -= self._masks.popitem(last=False)[1].nbytes
        return mask

    def _same(self, engine: Engine | None) -> Engine:
        """The book, where it has these lines."""
        if engine is None or writing_of(engine) != self.writing:
            raise NotInMemoryError
        return engine

    # ------------------------------------------------------------------------------------------------ in which order

    def numbers(self, query: LineQuery, engine: Engine | None = None) -> list[int]:
        """The numbers of the lines of a query's page, in its order."""
        numbers: list[int] = self.nos[self._page(query, self.mask(query, engine))].tolist()
        return numbers

    def page(self, query: LineQuery, engine: Engine | None = None) -> Found:
        """The lines of a query's page, in its order."""
        mask = self.mask(query, engine)
        found = self._page(query, mask)
        count = len(self) if mask is None else int(np.count_nonzero(mask))
        names = [name.decode() for name in self.ids[found].tolist()]
        return Found(found.tolist(), self.nos[found].tolist(), names, count)

    def _page(self, query: LineQuery, mask: Mask | None) -> Codes:
        order = self._order(query.sort, descending=query.descending)
        start = 0 if query.after is None else self._behind(query, order)
        wanted = None if query.limit is None else query.offset + query.limit
        return _first(order, mask, start, wanted)[query.offset :]

    def _order(self, sort: str, *, descending: bool) -> Codes:
        known = self._orders.get((sort, descending))
        if known is None:
            known = self._orders[sort, descending] = self._sorted(sort, descending=descending)
        return known

    def _sorted(self, sort: str, *, descending: bool) -> Codes:
        if sort == "investor":
            order, unknown = self.by_who, self.nobody
        elif sort == "id":
            order, unknown = np.arange(len(self), dtype=np.int32), 0
        else:
            column = self._column(sort)
            order = np.argsort(column, kind="stable").astype(np.int32)
            unknown = int(np.count_nonzero(column == self._unknown(sort)))
        # What is not known sorts first by itself, and is wanted last.
        return order[::-1].copy() if descending else np.concatenate((order[unknown:], order[:unknown]))

    def _column(self, sort: str) -> Codes | Ints:
        columns: dict[str, Codes | Ints] = {
            "announced": self.earliest, "amount": self.cents, "country": self.countries, "stage": self.stages,
            "sources": self.voices,
        }  # fmt: skip
        return columns[sort]

    def _unknown(self, sort: str) -> int:
        if sort == "country":
            return _code(self.country_names, "")
        return {"announced": 0, "amount": int(UNKNOWN["cents"])}.get(sort, -1)

    def at(self, position: int, sort: str) -> str | int:
        """What a line is sorted by; of investors it is not known here, and is ""."""
        if sort in ("amount", "sources"):
            return int(self._column(sort)[position])
        if sort == "announced":
            return day_words(int(self.earliest[position]))
        if sort == "stage":
            return self.stage_names[int(self.stages[position])]
        if sort == "country":
            return self.country_names[int(self.countries[position])]
        return "" if sort == "investor" else bytes(self.ids[position]).decode()

    def _behind(self, query: LineQuery, order: Codes) -> int:
        """Where in an order the page after begins, whose cursor names a line that stands where it stood."""
        value, name = query.after or ("", "")
        raw = name.encode("utf-8", "replace")
        at = int(np.searchsorted(self.ids, np.array([raw]))[0])
        if query.sort == "investor" or at >= len(self) or self.ids[at] != raw:
            raise NotInMemoryError
        if query.sort != "id" and self.at(at, query.sort) != value:
            raise NotInMemoryError
        return int(np.flatnonzero(order == at)[0]) + 1

    # ------------------------------------------------------------------------------------------------ sums

    def shares(self, query: LineQuery, day: str, engine: Engine | None = None) -> list[Share]:
        """The money of lines by stage, by whether they count, and whether their term has ended by `day`."""
        mask, known = self.mask(query, engine), self.cents >= 0
        chosen = np.flatnonzero(known if mask is None else known & mask)
        cents = self.cents[chosen]
        if float(cents.sum(dtype=np.float64)) > _MOST_SUM:
            raise NotInMemoryError
        ended = (self.ends[chosen] > 0) & (self.ends[chosen] < asked_day(day))
        group = self.stages[chosen] * 4 + self.counted[chosen] * 2 + ended
        sums = np.zeros(len(self.stage_names) * 4, np.int64)
        np.add.at(sums, group, cents)
        lines = np.bincount(group, minlength=len(sums))
        return [
            Share(self.stage_names[n // 4], bool(n & 2), bool(n & 1), int(sums[n]), int(lines[n]))
            for n in range(len(sums))
            if lines[n]
        ]


def each_lot(engine: Engine, select: str, writing: str, *, rest: Rest = None) -> Iterator[list[Row]]:
    """Rows that begin with a line's number, some at a time, each lot in a moment of its own; `rest` goes after each.

    Raises NotInMemoryError where the lines are not those of that writing.
    """
    last = -1
    while True:
        with engine.reading():
            if not writing or writing_of(engine) != writing:
                raise NotInMemoryError
            some = engine.rows(f"{select} WHERE no > ? ORDER BY no LIMIT ?", (last, _AT_ONCE))
        if not some:
            return
        yield some
        last = int(some[-1][0])
        if rest is not None:
            rest()


def coded(words: Sequence[str]) -> tuple[Codes, tuple[str, ...]]:
    """Each word by its place among all of them, sorted; and these."""
    # As the databases sort them: by their bytes.
    names = sorted(set(words), key=lambda word: word.encode("utf-8", "surrogatepass"))
    places = {name: n for n, name in enumerate(names)}
    return np.array([places[word] for word in words], np.int32), tuple(names)


def day_number(words: str) -> int:
    """A day as a number that sorts as it does, 0 for none.

    >>> day_number("2024-05-13"), day_number(""), day_words(20240513), day_words(0)
    (20240513, 0, '2024-05-13', '')
    """
    return int(words.replace("-", "")) if words else 0


def day_words(number: int) -> str:
    """The day of a number."""
    return f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}" if number else ""


def asked_day(words: str) -> int:
    """The number of a day that somebody asks for. Raises NotInMemoryError for what is none."""
    plain = words.replace("-", "")
    if len(words) != len("2024-05-13") or len(plain) != len("20240513") or not plain.isdigit():
        raise NotInMemoryError
    return int(plain)


def _code(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else -1


def _first(order: Codes, mask: Mask | None, start: int, wanted: int | None) -> Codes:
    """The positions from `start` on that pass, in an order; as many as are wanted."""
    if mask is None:
        return order[start : None if wanted is None else start + wanted]
    if wanted is None:
        rest = order[start:]
        return rest[mask[rest]]
    found: list[Codes] = []
    size = _FIRST_LOOK
    while start < len(order) and wanted > 0:
        few = order[start : start + size]
        some = few[mask[few]][:wanted]
        found.append(some)
        wanted -= len(some)
        start, size = start + size, size * 4
    return np.concatenate(found) if found else order[:0]


def _with(engine: Engine, kind: str, values: Sequence[str] | None) -> Ints:
    """The numbers of the lines with one of some values of a kind of trait."""
    if values is None:
        return _numbers(engine, "FROM traits WHERE kind = ?", (kind,))
    if not values:
        return np.zeros(0, np.int64)
    return _numbers(engine, f"FROM traits WHERE kind = ? AND value IN ({marks(len(values))})", (kind, *values))


def _numbers(engine: Engine, among: str, values: Sequence[str]) -> Ints:
    """Numbers of lines, put into one text by the database: a row each would take ten times as long."""
    together = "string_agg(line::text, ',')" if engine.dialect == "postgres" else "group_concat(line)"
    ((words,),) = engine.rows(f"SELECT {together} {among}", values)
    found: Ints = np.fromstring(str(words or ""), np.int64, sep=",")
    return found


def _saying(engine: Engine, words: tuple[str, ...]) -> Ints:
    return np.array(lines_asked.numbers(engine, replace(LineQuery(), words=words)), np.int64)
