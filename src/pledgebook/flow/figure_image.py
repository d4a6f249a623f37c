"""What totals need of all kept lines, as columns in memory: money in cents, reasons, days, and the rows it stands in.

Lines that can't be added up one by one (totals that are counted through their parts, sums with fractions of a cent)
stay what they are: figures, which are added up as ever.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np

from pledgebook.flow.figured import read_figures
from pledgebook.ledger.figures import Figure
from pledgebook.ledger.grouping import GROUPINGS, SPREAD
from pledgebook.ledger.status import Reason
from pledgebook.store import Book
from pledgebook.store.image import Codes, Ints, LineImage, Mask, Rest, coded, day_number

# Rows of all but one grouping hold the whole of a line.
COLUMNS = tuple(by for by in GROUPINGS if by != SPREAD)
NOWHERE, SEVERAL = -1, -2
_MOST_CENTS = 10**17
_SAME = 0
_ALL_SAME = [_SAME] * len(GROUPINGS)
# Where a column stands among the groupings of a figure as it is written.
_ORDER = tuple((n, tuple(GROUPINGS).index(by)) for n, by in enumerate(COLUMNS))


@dataclass(frozen=True, slots=True)
class Column:
    """In which rows of a grouping lines stand: a code of `names` each, NOWHERE, or SEVERAL, which are the `more`.

    What is told of them stands in the same row where `is_same`, else in those of `told`.
    """

    names: tuple[str, ...]
    places: Mapping[str, int]
    codes: Codes
    more: Codes
    more_codes: Codes
    is_same: Mask
    told: Codes
    told_codes: Codes
    told_cents: Ints


@dataclass(frozen=True)
class FigureImage:
    """The figures of the lines of an image, by their positions there.

    `bound` are the positions of the lines that are no part of the columns but stand as texts in `bodies`.
    """

    lines: LineImage
    is_in: Mask
    is_joint: Mask
    is_before: Mask
    reasons: Codes
    reason_names: tuple[str, ...]
    first: Codes
    last: Codes
    low: Ints
    central: Ints
    high: Ints
    has_naive: Mask
    naive: Ints
    paid: Codes
    paid_cents: Ints
    paid_codes: Codes
    currencies: tuple[str, ...]
    columns: Mapping[str, Column]
    bound: Codes
    bodies: tuple[str, ...]
    is_plain: Mask = field(repr=False)

    @classmethod
    def of(cls, book: Book, lines: LineImage, *, rest: Rest = None) -> Self:
        """The image of the figures that a book keeps. Raises NotInMemoryError where its lines are others by now."""
        made = _Maker(len(lines))
        bodies = {}
        for some in book.lines.each_figure(lines.writing, rest=rest):
            places = lines.positions(np.array([no for no, _ in some], np.int64)).tolist()
            raws = json.loads(f"[{','.join(body for _, body in some)}]")
            for at, raw, (_, body) in zip(places, raws, some, strict=True):
                if not made.add(at, raw):
                    bodies[at] = body
        tied = made.tied(np.flatnonzero(~lines.is_whole).tolist())
        missing = sorted(tied - bodies.keys())
        bodies |= dict(zip(missing, book.lines.figures_at(lines.nos[missing].tolist(), lines.writing), strict=True))
        return cls(lines, **made.columns(len(lines), bodies))

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """The figures of the bound lines, in the order of `bound`."""
        return read_figures(self.bodies, COLUMNS)


class _Maker:
    """Takes figures as they were written, and makes columns of them."""

    def __init__(self, count: int) -> None:
        self._flags = np.zeros((count, 4), np.bool_)
        self._money = np.zeros((count, 4), np.int64)
        self._days = np.zeros((count, 2), np.int32)
        self._codes = np.full((count, len(COLUMNS)), NOWHERE, np.int32)
        self._tables: list[dict[str, int]] = [{} for _ in COLUMNS]
        self._reasons: list[str] = [""] * count
        self._pledges: list[str] = [""] * count
        self._more: list[list[tuple[int, int]]] = [[] for _ in COLUMNS]
        self._told: list[list[tuple[int, int, int]]] = [[] for _ in COLUMNS]
        self._is_same = np.ones((count, len(COLUMNS)), np.bool_)
        self._paid: list[tuple[int, int, str]] = []
        self._parts: set[str] = set()
        self._bound: set[int] = set()

    def add(self, at: int, raw: list[Any]) -> bool:
        """Whether a figure can be added up by its columns."""
        _, pledge, reason, is_in, is_joint, when, bounds, places, told, below, _, money = raw
        self._pledges[at], self._reasons[at] = pledge, reason
        self._flags[at] = is_in, is_joint, when[0], bool(told)
        if len(when) > 1:
            self._days[at] = day_number(when[1]), day_number(when[2])
        for name, _, parts in below:
            self._parts.update((name, *parts))
        sums, naive, paid = _three(bounds), _cents(told[0]) if told else 0, _cents(money[0]) if money else 0
        rows = _told_cents(told[1]) if told and told[1] != _ALL_SAME else ()
        if below or sums is None or naive is None or paid is None or rows is None:
            self._bound.add(at)
            return False
        self._money[at] = *sums, naive
        tables = self._tables
        self._codes[at] = [
            tables[n][row[0]] if len(row := places[m]) == 1 and row[0] in tables[n] else self._place(n, at, row)
            for n, m in _ORDER
        ]
        if money:
            self._paid.append((at, paid, money[1]))
        for n, m in _ORDER if rows else ():
            if rows[m] != _SAME:
                self._is_same[at, n] = False
                self._told[n] += [(at, self._code(n, key), cents) for key, cents in rows[m]]
        return True

    def _place(self, n: int, at: int, places: list[str]) -> int:
        if len(places) == 1:
            return self._code(n, places[0])
        self._more[n] += [(at, self._code(n, key)) for key in places]
        return SEVERAL if places else NOWHERE

    def _code(self, n: int, key: str) -> int:
        table = self._tables[n]
        code = table.get(key)
        if code is None:
            code = table[key] = len(table)
        return code

    def tied(self, rests: Iterable[int]) -> set[int]:
        """The lines that are not added up by their columns: also parts of totals, and what shares its pledge."""
        shared = {self._pledges[at] for at in rests} | self._parts
        return self._bound | {at for at, name in enumerate(self._pledges) if name in shared}

    def columns(self, lines: int, bodies: Mapping[int, str]) -> dict[str, Any]:
        """All of them, by the names of the image's fields."""
        # The figures of the bound lines come in the order of the ids, as positions do.
        bound = np.array(sorted(bodies), np.int32)
        is_plain = np.ones(lines, np.bool_)
        is_plain[bound] = False
        reasons, reason_names = coded([*self._reasons, Reason.OTHER_TIME.value])
        paid_codes, currencies = coded([code for _, _, code in self._paid])
        flags = zip(("is_in", "is_joint", "is_before", "has_naive"), self._flags.T, strict=True)
        money = zip(("low", "central", "high", "naive"), self._money.T, strict=True)
        return {
            **{name: values.copy() for name, values in (*flags, *money)},
            "reasons": reasons[:-1],
            "reason_names": reason_names,
            "first": self._days[:, 0].copy(),
            "last": self._days[:, 1].copy(),
            "paid": np.array([at for at, _, _ in self._paid], np.int32),
            "paid_cents": np.array([cents for _, cents, _ in self._paid], np.int64),
            "paid_codes": paid_codes,
            "currencies": currencies,
            "columns": {by: self._column(n) for n, by in enumerate(COLUMNS)},
            "bound": bound,
            "bodies": tuple(bodies[at] for at in bound.tolist()),
            "is_plain": is_plain,
        }

    def _column(self, n: int) -> Column:
        """The column of a grouping, its names in their order."""
        table, more, told = self._tables[n], self._more[n], self._told[n]
        names = sorted(table)
        place = np.empty(len(names), np.int32)
        place[[table[name] for name in names]] = np.arange(len(names))
        codes = self._codes[:, n].copy()
        codes[codes >= 0] = place[codes[codes >= 0]]
        return Column(
            tuple(names),
            {name: at for at, name in enumerate(names)},
            codes,
            np.array([at for at, _ in more], np.int32),
            place[[code for _, code in more]],
            self._is_same[:, n].copy(),
            np.array([at for at, _, _ in told], np.int32),
            place[[code for _, code, _ in told]],
            np.array([cents for _, _, cents in told], np.int64),
        )


def _three(bounds: list[str] | None) -> tuple[int, int, int] | None:
    if bounds is None:
        return 0, 0, 0
    if len(bounds) == 1:
        cents = _cents(bounds[0])
        return None if cents is None else (cents, cents, cents)
    low, central, high = map(_cents, bounds)
    return None if low is None or central is None or high is None else (low, central, high)


def _told_cents(rows: list[Any]) -> list[Any] | None:
    """What reports say in the rows of each grouping, in cents; None where that can't be said in cents."""
    found: list[Any] = []
    for row, by in zip(rows, GROUPINGS, strict=True):
        if row == _SAME or by == SPREAD:
            found.append(row)
            continue
        some = [(key, _cents(words)) for key, words in row]
        if any(cents is None for _, cents in some):
            return None
        found.append(some)
    return found


def _cents(words: str) -> int | None:
    """A sum in cents; None where it has parts of one, or is more than anybody has.

    >>> _cents("12.5000"), _cents("1200"), _cents("0.001"), _cents("1E+9")
    (1250, 120000, None, None)
    """
    whole, _, part = words.partition(".")
    part = part.rstrip("0")
    if len(part) > len("00") or not whole.isdigit() or (part and not part.isdigit()):
        return None
    cents = int(whole) * 100 + int(part.ljust(2, "0"))
    return cents if cents < _MOST_CENTS else None
