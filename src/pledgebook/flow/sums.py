"""Totals over lines in memory: exactly those of `add_up`, in a few milliseconds for a hundred thousand lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pledgebook.domain import Money, Tally
from pledgebook.flow.figure_image import NOWHERE, SEVERAL, Column, FigureImage
from pledgebook.flow.usual import flows_of, tidied, together
from pledgebook.ledger.grouping import OVERLAPPING, UNNAMED
from pledgebook.ledger.period import Period
from pledgebook.ledger.status import Reason
from pledgebook.ledger.totals import add_up
from pledgebook.store.image import Codes, Ints, Mask, NotInMemoryError, day_number

_MOST_SUM = 2.0**62
# A share of a joint sum is rounded to so many parts of one.
_SHARES = 10_000
_SHARES_OF_CENT = _SHARES // 100
_NOTHING: Codes = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the lines of each row add up to; `out` and `paid` are sorted pairs of a row and a reason or a currency."""

    low: Ints
    central: Ints
    high: Ints
    joint: Ints
    naive: Ints
    inside: Ints
    is_there: Mask
    out: Ints
    out_lines: Ints
    paid: Ints
    paid_cents: Ints


class Added:
    """Totals by a grouping over the lines of a mask. A row is made when somebody asks for it.

    Raises NotInMemoryError for what the image does not hold.
    """

    def __init__(self, image: FigureImage, mask: Mask | None, by: str | None, period: Period, currency: str) -> None:
        if (by is not None and by not in image.columns) or period.new_only:
            raise NotInMemoryError
        self._image, self._by, self._currency = image, by, currency
        self._column = image.columns[by] if by is not None else _no_column(len(image.is_in))
        self._has = _in_period(image, period)
        is_chosen = image.is_plain if mask is None else image.is_plain & mask
        plain = np.flatnonzero(is_chosen)
        whole = np.zeros(len(plain), np.int32)
        said = plain[image.has_naive[plain]]
        self._whole = self._sums(plain, whole, 1, said, whole[: len(said)], image.naive[said])
        self._rows = self._of_rows(plain, is_chosen)
        loose = plain[(self._column.codes[plain] == NOWHERE) & self._is_in(plain)] if by is not None else _NOTHING
        self._loose = int(image.central[loose].sum())
        chosen = [
            figure for at, figure in zip(image.bound.tolist(), image.figures, strict=True) if mask is None or mask[at]
        ]
        found = add_up(chosen, currency=currency, by=by, period=period) if chosen else ()
        self._bound = {row.key: replace(row, included=(), excluded=()) for row in found}

    @cached_property
    def whole(self) -> Tally:
        """The row of the whole."""
        made = replace(self._tally(self._whole, 0, None), unallocated=_money(self._loose))
        return tidied(together(made, self._bound[None])) if None in self._bound else made

    @property
    def rows(self) -> tuple[Tally, ...]:
        """All rows by their keys, the whole last."""
        keys = sorted({*(self._column.names[code] for code in self._codes), *self._bound_keys})
        return (*map(self._row, keys), self.whole)

    def __len__(self) -> int:
        """How many rows there are, but for the whole."""
        return len(self._codes) + sum(not self._is_there(key) for key in self._bound_keys)

    def largest(self, count: int) -> tuple[Tally, ...]:
        """The rows with most money."""
        codes, own = self._codes, self._bound_keys
        order = np.lexsort((codes, -self._rows.central[codes]))[: count + len(own)]
        # What is bound may put a row before others, and takes no other row's place.
        some = dict.fromkeys([*(self._column.names[code] for code in codes[order]), *own])
        return tuple(sorted(map(self._row, some), key=lambda row: (-row.central, str(row.key)))[:count])

    @property
    def sums(self) -> Sequence[tuple[str, Decimal, int]]:
        """Of all rows but the whole the key, the sum, and how many lines count in it."""
        names, rows = self._column.names, self._rows
        found = {
            names[code]: (names[code], _money(cents), inside)
            for code, cents, inside in zip(
                self._codes.tolist(), rows.central[self._codes].tolist(), rows.inside[self._codes].tolist(), strict=True
            )
        }
        for row in map(self._row, self._bound_keys):
            found[str(row.key)] = str(row.key), row.central, row.pledges
        return tuple(found.values())

    # ------------------------------------------------------------------------------------------------- rows

    @cached_property
    def _codes(self) -> Codes:
        return np.flatnonzero(self._rows.is_there).astype(np.int32)

    @cached_property
    def _bound_keys(self) -> list[str]:
        return [key for key in self._bound if key is not None]

    def _code(self, key: str) -> int:
        return self._column.places.get(key, -1)

    def _is_there(self, key: str) -> bool:
        code = self._code(key)
        return code >= 0 and bool(self._rows.is_there[code])

    def _row(self, key: str) -> Tally:
        bound = self._bound.get(key)
        if bound is not None and not self._is_there(key):
            return tidied(bound)
        made = self._tally(self._rows, self._code(key), key)
        return made if bound is None else tidied(together(made, bound))

    def _tally(self, sums: _Sums, code: int, key: str | None) -> Tally:
        image = self._image
        left_out = {image.reason_names[n]: lines for n, lines in _of(sums.out, sums.out_lines, code, _REASONS)}
        paid = {image.currencies[n]: cents for n, cents in _of(sums.paid, sums.paid_cents, code, _CURRENCIES)}
        return Tally(
            key=key, currency=self._currency, low=_money(sums.low[code]), central=_money(sums.central[code]),
            high=_money(sums.high[code]), naive=_money(sums.naive[code]), pledges=int(sums.inside[code]),
            left_out=tuple(sorted(left_out.items())),
            unconverted=tuple(Money(_money(cents), name) for name, cents in sorted(paid.items())),
            overlapping=key is not None and self._by in OVERLAPPING, joint=_money(sums.joint[code]),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------- columns

    def _is_in(self, at: Ints | Codes) -> Mask:
        inside = self._image.is_in[at]
        return inside if self._has is None else inside & self._has[at]

    def _of_rows(self, plain: Ints, mask: Mask) -> _Sums:
        column, image = self._column, self._image
        codes = column.codes[plain]
        one = codes >= 0
        more = mask[column.more]
        at: Ints = np.concatenate((plain[one], column.more[more].astype(np.int64)))
        rows = np.concatenate((codes[one], column.more_codes[more]))
        same = plain[one & column.is_same[plain] & image.has_naive[plain]]
        told = mask[column.told]
        return self._sums(
            at, rows, len(column.names), np.concatenate((same, column.told[told].astype(np.int64))),
            np.concatenate((column.codes[same], column.told_codes[told])),
            np.concatenate((image.naive[same], column.told_cents[told])),
        )  # fmt: skip

    def _sums(self, at: Ints, rows: Codes, size: int, said: Ints, said_rows: Codes, said_cents: Ints) -> _Sums:
        image = self._image
        inside = self._is_in(at)
        own, own_rows = at[inside], rows[inside]
        joint = image.is_joint[own]
        is_there = np.bincount(rows, minlength=size) > 0
        if self._has is not None:
            now = self._has[said]
            said_rows, said_cents = said_rows[now], said_cents[now]
        is_there |= np.bincount(said_rows, minlength=size) > 0
        reasons = image.reasons[at]
        if self._has is not None:
            reasons = np.where(image.is_in[at], image.reason_names.index(Reason.OTHER_TIME.value), reasons)
        out, out_lines = np.unique(rows[~inside].astype(np.int64) * _REASONS + reasons[~inside], return_counts=True)
        paid, paid_cents = self._paid(at, rows)
        return _Sums(
            _added(own_rows, image.low[own], size), _added(own_rows, image.central[own], size),
            _added(own_rows, image.high[own], size), _added(own_rows[joint], image.central[own[joint]], size),
            _added(said_rows, said_cents, size), np.bincount(own_rows, minlength=size), is_there, out,
            out_lines.astype(np.int64), paid, paid_cents,
        )  # fmt: skip

    def _paid(self, at: Ints, rows: Codes) -> tuple[Ints, Ints]:
        """The money that no rate converts."""
        image = self._image
        if not len(image.paid):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        where = np.full(len(image.is_in), -1, np.int64)
        where[image.paid] = np.arange(len(image.paid))
        item = where[at]
        has = item >= 0
        pairs = rows[has].astype(np.int64) * _CURRENCIES + image.paid_codes[item[has]]
        paid, group = np.unique(pairs, return_inverse=True)
        return paid, _added(group, image.paid_cents[item[has]], len(paid))


_REASONS, _CURRENCIES = 1000, 1000


def _in_period(image: FigureImage, period: Period) -> Mask | None:
    """Which lines were announced in a period, None where it has all of them."""
    if not period.is_limited:
        return None
    has = image.first > 0
    if period.since is not None:
        has &= ~image.is_before & (image.last >= day_number(period.since.isoformat()))
    if period.until is not None:
        has &= image.first <= day_number(period.until.isoformat())
    return has


def _no_column(lines: int) -> Column:
    nowhere = np.full(lines, NOWHERE, np.int32)
    cents = np.zeros(0, np.int64)
    return Column((), {}, nowhere, _NOTHING, _NOTHING, np.ones(lines, np.bool_), _NOTHING, _NOTHING, cents)


def _added(rows: npt.NDArray[np.integer], cents: Ints, size: int) -> Ints:
    """The sum of each row. Raises NotInMemoryError for more than these numbers hold."""
    if float(cents.sum(dtype=np.float64)) > _MOST_SUM:
        raise NotInMemoryError
    sums = np.zeros(size, np.int64)
    np.add.at(sums, rows, cents)
    return sums


def _of(pairs: Ints, values: Ints, row: int, width: int) -> Iterator[tuple[int, int]]:
    """The second parts of the sorted pairs that begin with `row`, each with its value."""
    if not len(pairs):
        return
    start, end = np.searchsorted(pairs, (row * width, (row + 1) * width))
    for n in range(int(start), int(end)):
        yield int(pairs[n]) - row * width, int(values[n])


def _money(cents: int) -> Decimal:
    """A sum of cents, written in the one way of `tidied`.

    >>> _money(1250), _money(120000), _money(7)
    (Decimal('12.5'), Decimal('1200'), Decimal('0.07'))
    """
    whole, part = divmod(int(cents), 100)
    return Decimal(f"{whole}.{part:02}".rstrip("0")) if part else Decimal(whole)


# ----------------------------------------------------------------------------------------------------- flows


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """What goes from each investor to each country, pairs by name: "" is nobody named, and several countries.

    `nobody` is how `investors` call nobody named.
    """

    investors: Sequence[str]
    countries: Sequence[str]
    sources: Codes
    targets: Codes
    shares: Ints
    nobody: str = ""

    @classmethod
    def of(cls, found: dict[tuple[str, str], Decimal]) -> "Flows":
        """The flows of a mapping."""
        investors, countries = sorted({one for one, _ in found}), sorted({other for _, other in found})
        ones, others = ({name: n for n, name in enumerate(names)} for names in (investors, countries))
        pairs = sorted(found)
        return cls(
            investors, countries, np.array([ones[one] for one, _ in pairs], np.int32),
            np.array([others[other] for _, other in pairs], np.int32),
            np.array([int((found[pair] * _SHARES).to_integral_value()) for pair in pairs], np.int64),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.shares)

    def each(self, start: int = 0, end: int | None = None) -> Iterator[tuple[str, str, Decimal]]:
        """The pairs with their sums, the largest first, from one place to another."""
        order = np.lexsort((self.targets, self.sources, -self.shares))[start:end]
        for n in order.tolist():
            yield self._investor(int(self.sources[n])), self.countries[self.targets[n]], _parts(self.shares[n])

    def merged(self, most: int) -> dict[tuple[str | None, str | None], Decimal]:
        """The pairs of the `most` largest investors and countries; None stands for all others together."""
        ones = _largest(_added(self.sources, self.shares, len(self.investors)), most)
        others = _largest(_added(self.targets, self.shares, len(self.countries)), most)
        one, other = (
            _places(ones, len(self.investors))[self.sources],
            _places(others, len(self.countries))[self.targets],
        )
        width = len(others) + 1
        pairs = one * width + other
        sums = _added(pairs, self.shares, (len(ones) + 1) * width).tolist()
        found = {}
        for pair in np.flatnonzero(np.bincount(pairs, minlength=len(sums))).tolist():
            a, b = divmod(pair, width)
            found[
                self._investor(int(ones[a])) if a < len(ones) else None,
                self.countries[int(others[b])] if b < len(others) else None,
            ] = _parts(sums[pair])
        return found

    def _investor(self, code: int) -> str:
        name = self.investors[code]
        return "" if name == self.nobody else name


def _largest(sums: Ints, most: int) -> Ints:
    """The places of the largest sums, of equal ones the first, in their order."""
    places = np.arange(len(sums))
    if 0 < most < len(sums):
        places = np.flatnonzero(sums >= np.partition(sums, -most)[-most])
    found: Ints = np.sort(places[np.lexsort((places, -sums[places]))[:most]])
    return found


def _places(some: Ints, size: int) -> Ints:
    """Of each of so many its place among some, of all others the place behind these."""
    found = np.full(size, len(some), np.int64)
    found[some] = np.arange(len(some))
    return found


def _parts(shares: int) -> Decimal:
    return Decimal(int(shares)).scaleb(-4)


def flows_among(image: FigureImage, mask: Mask | None) -> Flows:
    """The flows of the lines of a mask. A joint pledge is shared between its investors."""
    one, other = image.columns["investor"], image.columns["country"]
    chosen = image.is_plain & image.is_in
    chosen = chosen if mask is None else chosen & mask
    alone = np.flatnonzero(chosen & (one.codes >= 0))
    shared = chosen[one.more]
    at, names = one.more[shared], one.more_codes[shared]
    several = np.bincount(one.more, minlength=len(chosen))[at].astype(np.int64)
    at, names = np.concatenate((alone, at)), np.concatenate((one.codes[alone], names))
    parts = np.concatenate((
        image.central[alone] * _SHARES_OF_CENT,
        _divided(image.central[at[len(alone) :]] * _SHARES_OF_CENT, several),
    ))  # fmt: skip
    # Of several countries nobody knows how much goes where.
    targets = np.where(other.codes[at] == SEVERAL, NOWHERE, other.codes[at])
    countries = ["", *other.names]
    pairs, group = np.unique(names.astype(np.int64) * len(countries) + targets + 1, return_inverse=True)
    sums = _added(group, parts, len(pairs))
    found = Flows(
        one.names, countries, (pairs // len(countries)).astype(np.int32), (pairs % len(countries)).astype(np.int32),
        sums, UNNAMED,
    )  # fmt: skip
    return found if not len(image.bound) else _with_bound(found, image, mask)


def _divided(values: Ints, parts: Ints) -> Ints:
    """Whole quotients, halves to the even one."""
    whole, rest = np.divmod(values, np.maximum(parts, 1))
    up = (2 * rest > parts) | ((2 * rest == parts) & (whole % 2 == 1))
    quotients: Ints = whole + up
    return quotients


def _with_bound(flows: Flows, image: FigureImage, mask: Mask | None) -> Flows:
    found: dict[tuple[str, str], Decimal] = {}
    for at, figure in zip(image.bound.tolist(), image.figures, strict=True):
        if mask is None or mask[at]:
            for pair, value in flows_of(figure):
                found[pair] = found.get(pair, Decimal(0)) + value
    for investor, country, value in flows.each():
        found[investor, country] = found.get((investor, country), Decimal(0)) + value
    return Flows.of(found)
