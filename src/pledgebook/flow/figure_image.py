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
            for at, (_, body) in zip(places, some, strict=True):
                if not made.add(at, json.loads(body)):
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
        self._flags = np.zeros((4, count), np.bool_)
        self._money = np.zeros((4, count), np.int64)
        self._days = np.zeros((2, count), np.int32)
        self._reasons: list[str] = [""] * count
        self._pledges: list[str] = [""] * count
        self._places: list[list[Any]] = [[]] * count
        self._told: list[tuple[int, list[Any]]] = []
        self._paid: list[tuple[int, int, str]] = []
        self._parts: set[str] = set()
        self._bound: set[int] = set()

    def add(self, at: int, raw: list[Any]) -> bool:
        """Whether a figure can be added up by its columns."""
        _, pledge, reason, is_in, is_joint, when, bounds, places, told, below, _, money = raw
        self._pledges[at], self._reasons[at], self._places[at] = pledge, reason, places
        self._flags[:, at] = is_in, is_joint, when[0], bool(told)
        if len(when) > 1:
            self._days[:, at] = day_number(when[1]), day_number(when[2])
        for name, _, parts in below:
            self._parts.update((name, *parts))
        values = _three(bounds), _cents(told[0]) if told else 0, _cents(money[0]) if money else 0
        rows = _told_cents(told[1]) if told else []
        if below or values[0] is None or values[1] is None or values[2] is None or rows is None:
            self._bound.add(at)
            return False
        self._money[:, at] = *values[0], values[1]
        if money:
            self._paid.append((at, values[2], money[1]))
        if any(row != _SAME for row in rows):
            self._told.append((at, rows))
        return True

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
        flags = zip(("is_in", "is_joint", "is_before", "has_naive"), self._flags, strict=True)
        money = zip(("low", "central", "high", "naive"), self._money, strict=True)
        return {
            **dict(flags),
            **dict(money),
            "reasons": reasons[:-1],
            "reason_names": reason_names,
            "first": self._days[0],
            "last": self._days[1],
            "paid": np.array([at for at, _, _ in self._paid], np.int32),
            "paid_cents": np.array([cents for _, cents, _ in self._paid], np.int64),
            "paid_codes": paid_codes,
            "currencies": currencies,
            "columns": {by: self._column(n) for n, by in enumerate(GROUPINGS) if by in COLUMNS},
            "bound": bound,
            "bodies": tuple(bodies[at] for at in bound.tolist()),
            "is_plain": is_plain,
        }

    def _column(self, n: int) -> Column:
        told = [(at, key, _sure(cents)) for at, rows in self._told if rows[n] != _SAME for key, cents in rows[n]]
        rows = [places[n] if places else [] for places in self._places]
        names = {key for row in rows for key in row} | {key for _, key, _ in told}
        ordered = sorted(names)
        code = {name: at for at, name in enumerate(ordered)}
        more = [(at, code[key]) for at, row in enumerate(rows) if len(row) > 1 for key in row]
        is_same = np.ones(len(rows), np.bool_)
        is_same[[at for at, several in self._told if several[n] != _SAME]] = False
        return Column(
            tuple(ordered),
            code,
            np.array([code[row[0]] if len(row) == 1 else SEVERAL if row else NOWHERE for row in rows], np.int32),
            np.array([at for at, _ in more], np.int32),
            np.array([key for _, key in more], np.int32),
            is_same,
            np.array([at for at, _, _ in told], np.int32),
            np.array([code[key] for _, key, _ in told], np.int32),
            np.array([cents for _, _, cents in told], np.int64),
        )


def _sure(cents: int | None) -> int:
    return 0 if cents is None else cents  # a line with such a figure is bound


def _three(bounds: list[str] | None) -> tuple[int, int, int] | None:
    if bounds is None:
        return 0, 0, 0
    found = [_cents(words) for words in bounds]
    if None in found:
        return None
    low, central, high = found if len(found) == 3 else found * 3
    return _sure(low), _sure(central), _sure(high)


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
