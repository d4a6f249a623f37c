"""Which tellings are worth comparing: those that share who, and what or where or when.

Every telling is filed under a few keys, and only tellings with a key in common are compared, so that the cost grows
with the number of tellings and not with its square.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pledgebook.reconcile.facts import Facts, expand
from pledgebook.reconcile.hashes import Hashes, mix
from pledgebook.reconcile.interned import Bools, Ints, Whole
from pledgebook.reconcile.names import GOVERNMENT, NOBODY, PROJECT
from pledgebook.reconcile.ordering import is_first, order_of
from pledgebook.reconcile.reader import SURE_DAYS

# Sums are filed in steps of this ratio, each under two neighbouring steps: any two sums that can agree share one.
_STEP = np.log(1.25)
# A key under which so many rows stand says little: only neighbours in the order of their days are compared.
CROWD = 16
WINDOW = 6
HALF, NEAR = 183, 92
_MONTH = 30.4375
# A figure of so many digits is seldom told of two commitments.
RARE = 2
# Nor is a sum so large, however round.
HUGE = 2e11
# Keys are cut to leave room for a row, so that both are sorted as one number.
_ROW_BITS = np.uint64(24)
_MOST_ROWS = (1 << 24) - 1


@dataclass(frozen=True, slots=True)
class Filed:
    """Rows under keys of one kind. `lacks` marks the rows that are compared with all others; None: all are."""

    key: Hashes
    row: Ints
    lacks: Bools | None = None


def file(facts: Facts) -> Iterator[Filed]:
    """The keys of all rows, kind by kind; a row may stand under a key more than once."""
    for number_, filed in enumerate(_Cards(facts).kinds()):
        key = mix(np.full(len(filed.key), number_ + 1, np.uint64), filed.key) >> _ROW_BITS
        yield Filed(key, filed.row, filed.lacks)


def sort(filed: Filed) -> Filed:
    """The lines in the order of their keys, then of their rows, each once."""
    row = filed.row.astype(np.uint64)
    if len(row) and row.max() > _MOST_ROWS:
        order = np.lexsort((filed.row, filed.key))
        key, row = filed.key[order], row[order]
    else:
        packed = np.sort((filed.key << _ROW_BITS) | row)
        key, row = packed >> _ROW_BITS, packed & np.uint64(_MOST_ROWS)
    new = np.ones(len(key), np.bool_)
    new[1:] = (key[1:] != key[:-1]) | (row[1:] != row[:-1])
    return Filed(key[new], row[new].astype(np.int64), filed.lacks)


class _Cards:
    """What the rows are filed by: who, where, what and when as pairs of row and hash."""

    def __init__(self, facts: Facts) -> None:
        self._facts, rows = facts, facts.rows
        self._words = facts.names.hashes
        self.who = self._incidence("investors")
        to = np.flatnonzero(rows["recipient"] >= 0)
        received = mix(self._words[rows["recipient"][to]], np.full(len(to), 7, np.uint64))
        # A recipient is also filed as if it invested: some tell it so.
        nobody = np.flatnonzero((rows["investors"] == 0) & (rows["recipient"] < 0))
        self.who = (
            np.concatenate([self.who[0], to, to, nobody]),
            np.concatenate(
                [self.who[1], received, self._words[rows["recipient"][to]], np.zeros(len(nobody), np.uint64)]
            ),
        )
        self.where = self._incidence("destinations")
        days = np.where(rows["announced"][:, :1] > 0, rows["announced"], rows["fresh"]).astype(np.int64)
        short = (days[:, 0] > 0) & (days[:, 1] - days[:, 0] < 2 * SURE_DAYS)
        self.is_dated = short
        self._first, self._last = days.T
        self.owner, sums = expand(facts.sum_start, rows["sums"])
        self.sum = facts.sums.take(sums)

    def _incidence(self, column: str) -> tuple[Ints, Hashes]:
        where, members = self._facts.names.sets.incidence(self._facts.rows[column].astype(np.int64))
        return where, self._words[members]

    def kinds(self) -> Iterator[Filed]:
        """The kinds of keys, in an order that never changes."""
        rows, who, where = self._facts.rows, self.who, self.where
        steps, halves, things = self._steps(), self._halves(), self._things()
        figures, rare = self._figures(1), self._figures(RARE, or_from=HUGE)
        here = _join(who, where)
        anonymous = np.isin(rows["sort"], (NOBODY, GOVERNMENT, PROJECT))
        silent, homeless = rows["sums"] == 0, rows["destinations"] == 0
        yield Filed(*_swap(_join(_join(here, halves), steps)))
        yield Filed(*_swap(_join(_join(here, halves), figures)))
        yield Filed(*_swap(_join(here, things)))
        yield Filed(*_swap(_join(who, rare)))
        yield Filed(*_swap(_join(who, self._incidence("places"))))
        yield _loose(_join(here, self._months()), silent)
        yield _loose(_join(here, steps), ~self.is_dated)
        yield _loose(_join(who, steps), homeless)
        yield _loose(_join(who, things), homeless)
        yield _loose(_join(_join(where, halves), steps), anonymous)
        exact = self._exact()
        yield _loose(_join(where, exact), anonymous)
        yield Filed(*_swap(_join(_join(where, self._months()), exact)))
        # One investor may be told by several names.
        yield Filed(*_swap(_join(_join(_join(self._incidence("ids"), where), halves), steps)))

    def _steps(self) -> tuple[Ints, Hashes]:
        common = self.sum["common"]
        known = np.flatnonzero(common > 0)
        step = np.floor(np.log(common[known]) / _STEP).astype(np.int64)
        return np.repeat(self.owner[known], 2), np.stack([step, step + 1], axis=1).ravel().astype(np.uint64)

    def _figures(self, digits: int, or_from: float = np.inf) -> tuple[Ints, Hashes]:
        chosen = (self.sum["digits"] >= digits) | (self.sum["common"] >= or_from)
        return self.owner[chosen], self.sum["mantissa"][chosen].astype(np.uint64)

    def _exact(self) -> tuple[Ints, Hashes]:
        chosen = self.sum["digits"] >= RARE
        value = np.ascontiguousarray(self.sum["value"][chosen]).view(np.uint64)
        return self.owner[chosen], mix(value, self.sum["currency"][chosen].astype(np.uint64))

    def _things(self) -> tuple[Ints, Hashes]:
        facts = self._facts
        owner, things = expand(facts.thing_start, facts.rows["things"])
        thing = facts.things.take(things)
        many = np.flatnonzero(thing["count"] > 3)
        count = thing["count"][many]
        unit = 10 ** (np.floor(np.log10(count)) - 1)
        value = np.ascontiguousarray(np.round(np.round(count / unit) * unit, 6)).view(np.uint64)
        return owner[many], mix(thing["kind"][many].astype(np.uint64), value)

    def _halves(self) -> tuple[Ints, Hashes]:
        """The half years in which a row may have been announced; two that are near each other share one."""
        return self._spans((self._first - NEAR) // HALF, self._last // HALF)

    def _months(self) -> tuple[Ints, Hashes]:
        """Months of 30 days; two days of one announcement may lie on either side of their ends."""
        return self._spans(((self._first - 7) / _MONTH).astype(np.int64), (self._last / _MONTH).astype(np.int64))

    def _spans(self, first: Ints, last: Ints) -> tuple[Ints, Hashes]:
        dated = np.flatnonzero(self.is_dated)
        owner, value = expand(first[dated], last[dated] - first[dated] + 1)
        return dated[owner], value.astype(np.uint64)


def _join(one: tuple[Ints, Hashes], other: tuple[Ints, Hashes]) -> tuple[Ints, Hashes]:
    """Each hash of the one with each hash of the other that belongs to the same row."""
    hashes = other[1] if (other[0][1:] >= other[0][:-1]).all() else other[1].take(order_of(other[0]))
    count = np.bincount(other[0], minlength=int(one[0].max(initial=-1)) + 1)
    start = np.cumsum(count) - count
    owner, position = expand(start.take(one[0]), count.take(one[0]))
    return one[0].take(owner), mix(one[1].take(owner), hashes.take(position))


def _swap(pairs: tuple[Ints, Hashes]) -> tuple[Hashes, Ints]:
    return pairs[1], pairs[0]


def _loose(pairs: tuple[Ints, Hashes], lacks: Bools) -> Filed:
    return Filed(pairs[1], pairs[0], lacks)


def find_pairs(facts: Facts) -> Hashes:
    """Pairs of rows that are worth comparing, each once, as one number; the rows stand in the order of their days."""
    return distinct([_pairs(filed) for filed in file(facts)])


def distinct(several: Sequence[Hashes]) -> Hashes:
    """The different ones of many numbers, in rising order."""
    found = np.concatenate(several)
    # Sorting beats the hashing of np.unique several times over.
    found.sort()
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def _pairs(filed: Filed) -> Hashes:
    """Pairs under one kind of key, each once, as one number."""
    filed = sort(filed)
    key, row, lacks = filed.key, filed.row, filed.lacks
    if not len(key):
        return np.zeros(0, np.uint64)
    starts = is_first(key)
    ends = np.append(starts[1:], len(key))
    size = ends - starts
    here = np.arange(len(key))
    # Up to which position each row is compared.
    reach = np.repeat(np.where(size <= CROWD, CROWD, WINDOW), size)
    last = np.minimum(np.repeat(ends, size), here + reach + 1)
    # Under one key the rows rise: the first of two is the lesser.
    low, high = row.astype(np.uint64) << np.uint64(32), row.astype(np.uint64)
    found = []
    for step in range(1, CROWD):
        here = here[here + step < last.take(here)]
        if not len(here):
            break
        asked = here if lacks is None else here[lacks.take(row.take(here)) | lacks.take(row.take(here + step))]
        found.append(low.take(asked) | high.take(asked + step))
    return distinct(found) if found else np.zeros(0, np.uint64)


def number(one: Whole, other: Whole) -> Hashes:
    """One number for each pair of rows, whichever comes first."""
    low, high = np.minimum(one, other).astype(np.uint64), np.maximum(one, other).astype(np.uint64)
    return (low << np.uint64(32)) | high


def divide(pairs: Hashes) -> tuple[Ints, Ints]:
    """The two rows of each number."""
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
