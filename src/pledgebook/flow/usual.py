"""What everybody asks of a ledger first, added up while its lines are made: it can be added to, and taken from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pledgebook.domain import Money, Tally
from pledgebook.ledger.bounds import Bounds
from pledgebook.ledger.figures import Figure
from pledgebook.ledger.grouping import OVERLAPPING, UNNAMED
from pledgebook.ledger.totals import add_up

# What totals are kept by, with the lines; None is the whole alone.
USUAL = (None, "country", "investor", "recipient", "place", "purpose", "stage", "year")
GROUPED = tuple(by for by in USUAL if by is not None)
# A share of a joint sum is rounded to this, so that the order in which shares are added up never matters.
_SHARE = Decimal("0.0001")
_SUMS = ("low", "central", "high", "naive", "unallocated", "unnamed", "joint", "allotted")
Flows = Mapping[tuple[str, str], Decimal]


@dataclass(slots=True)
class _Row:
    """One row: of how many lines and reports, and what these add up to."""

    lines: int = 0
    reports: int = 0
    inside: int = 0
    low: Decimal = Decimal(0)
    central: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    naive: Decimal = Decimal(0)
    joint: Decimal = Decimal(0)
    unallocated: Decimal = Decimal(0)
    left_out: Counter[str] = field(default_factory=Counter)
    money: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    moneys: Counter[str] = field(default_factory=Counter)

    def add(self, figure: Figure, sign: int) -> None:
        """Adds a line, or takes it away."""
        self.lines += sign
        if figure.is_in:
            bounds = figure.bounds or Bounds()
            self.inside += sign
            self.low += sign * bounds.low
            self.central += sign * bounds.central
            self.high += sign * bounds.high
            if figure.is_joint:
                self.joint += sign * bounds.central
            return
        self.left_out[figure.reason.value] += sign
        if figure.money is not None:
            self.moneys[figure.money.currency] += sign
            self.money[figure.money.currency] += sign * figure.money.value

    def report(self, value: Decimal, sign: int) -> None:
        """Adds what reports say, or takes it away."""
        self.reports += sign
        self.naive += sign * value

    def tally(self, key: str | None, by: str | None, currency: str) -> Tally:
        """The row of totals."""
        return Tally(
            key=key, currency=currency, low=self.low, central=self.central, high=self.high, naive=self.naive,
            pledges=self.inside, left_out=tuple(sorted((name, n) for name, n in self.left_out.items() if n)),
            unconverted=tuple(Money(self.money[code], code) for code in sorted(self.moneys) if self.moneys[code]),
            unallocated=self.unallocated, overlapping=key is not None and by in OVERLAPPING, joint=self.joint,
        )  # fmt: skip


class Usual:
    """The usual totals of a ledger, and what goes from whom to where.

    Lines come in lots of which none bears on another. Those of a lot in which totals are counted through their parts
    are remembered, as what each adds depends on what else is added up; all others are added up and forgotten.
    """

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._rows = {by: defaultdict[str | None, _Row](_Row, {None: _Row()}) for by in USUAL}
        self._flows: dict[tuple[str, str], list[Decimal | int]] = {}
        self._bound: dict[str, Figure] = {}

    def add(self, lot: Sequence[Figure]) -> None:
        """Adds a lot of lines."""
        # What reports say of a pledge counts once, though its rest has a line of its own.
        if any(figure.below for figure in lot) or len({figure.pledge for figure in lot}) < len(lot):
            self._bound |= {figure.line: figure for figure in lot}
            return
        for figure in lot:
            self._count(figure, 1)

    def take(self, gone: Iterable[Figure]) -> None:
        """Takes away lines that were added."""
        for figure in gone:
            if self._bound.pop(figure.line, None) is None:
                self._count(figure, -1)

    def _count(self, figure: Figure, sign: int) -> None:
        for by, rows in self._rows.items():
            whole = rows[None]
            whole.add(figure, sign)
            if figure.naive is not None:
                whole.report(figure.naive, sign)
            if by is None:
                continue
            places = figure.places[by]
            for key, _, _ in places:
                rows[key].add(figure, sign)
            if not places and figure.is_in and figure.bounds is not None:
                whole.unallocated += sign * figure.bounds.central
            if figure.naive is not None:
                for key, value in figure.told[by]:
                    rows[key].report(value, sign)
        for pair, value in flows_of(figure):
            flow = self._flows.setdefault(pair, [Decimal(0), 0])
            flow[0] += sign * value
            flow[1] += sign

    def tallies(self, by: str | None) -> tuple[Tally, ...]:
        """The rows of the totals by a usual grouping, the whole last: as `add_up` has them, without naming lines."""
        found = {key: row.tally(key, by, self._currency) for key, row in self._rows[by].items() if _is_there(key, row)}
        bound = sorted(self._bound.values(), key=lambda figure: figure.line)
        for row in add_up(bound, currency=self._currency, by=by) if bound else ():
            plain = replace(row, included=(), excluded=())
            found[row.key] = together(found[row.key], plain) if row.key in found else plain
        ordered = sorted((key for key in found if key is not None), key=str)
        return tuple(tidied(found[key]) for key in (*ordered, None))

    def flows(self) -> Flows:
        """What goes from each investor to each country: see `Totals.flows`."""
        found = {pair: Decimal(value) for pair, (value, lines) in self._flows.items() if lines}
        for figure in self._bound.values():
            for pair, value in flows_of(figure):
                found[pair] = found.get(pair, Decimal(0)) + value
        return {pair: _tidy(found[pair]) for pair in sorted(found)}


def flows_of(figure: Figure) -> Iterable[tuple[tuple[str, str], Decimal]]:
    """From whom to where the money of a line goes: "" is nobody named, and several countries."""
    if not figure.is_in:
        return
    central = figure.own().central
    names = [name for name, _, _ in figure.places["investor"]]
    country = next((code for code, _, _ in figure.places["country"]), "")
    for name in names:
        yield ("" if name == UNNAMED else name, country), (central / len(names)).quantize(_SHARE)


def _is_there(key: str | None, row: _Row) -> bool:
    return key is None or row.lines > 0 or row.reports > 0


def together(one: Tally, other: Tally) -> Tally:
    """A row over the lines of both rows of one key, of which none bears on the other's."""
    left_out = Counter(dict(one.left_out)) + Counter(dict(other.left_out))
    money: dict[str, Decimal] = {}
    for item in (*one.unconverted, *other.unconverted):
        money[item.currency] = money.get(item.currency, Decimal(0)) + item.value
    sums: dict[str, Any] = {name: getattr(one, name) + getattr(other, name) for name in _SUMS}
    return replace(
        one,
        **sums,
        pledges=one.pledges + other.pledges,
        left_out=tuple(sorted(left_out.items())),
        unconverted=tuple(Money(value, code) for code, value in sorted(money.items())),
    )


def tidied(row: Tally) -> Tally:
    """The row with its figures written in one way."""
    sums: dict[str, Any] = {name: _tidy(getattr(row, name)) for name in _SUMS}
    return replace(
        row,
        **sums,
        unconverted=tuple(Money(_tidy(money.value), money.currency) for money in row.unconverted),
    )


def _tidy(value: Decimal) -> Decimal:
    """The same value written in one way, however it was come by.

    >>> _tidy(Decimal("1E+3")), _tidy(Decimal("5.00")), _tidy(Decimal("-0.0"))
    (Decimal('1000'), Decimal('5'), Decimal('0'))
    """
    plain = value.normalize() + 0
    exponent = plain.as_tuple().exponent
    return plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain
