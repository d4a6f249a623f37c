"""Totals: low, central and high, what they leave out and why, beside what adding up the reports would say."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pledgebook.domain import Entry, Money, Tally
from pledgebook.ledger.bounds import Bounds, added
from pledgebook.ledger.figures import ALL, NONE, Figure, figures
from pledgebook.ledger.grouping import OVERLAPPING, sharing
from pledgebook.ledger.period import Period
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.status import Reason
from pledgebook.ledger.then import standing

ALWAYS = Period(None, None, new_only=False)


def totals(
    entries: Iterable[Entry],
    *,
    currency: str,
    rates: Rates,
    by: str | None = None,
    since: date | None = None,
    until: date | None = None,
    new_only: bool = False,
    split: bool = False,
    among: Iterable[Entry] | None = None,
) -> tuple[Tally, ...]:
    """A row for every value of `by` and, with the key None, one for the whole, which comes last.

    `since` and `until` keep what was announced in these days, both included; each row then also tells what is new in
    them and what is outstanding at their end. `new_only` counts what is new: of a plan that replaces an older one
    only what it adds, and nothing that is told as known without a day. Rows by investor or purpose overlap: joint
    pledges stand in full under each and once in the whole. Money for several countries without a split stands under
    none and is named as unallocated; `split` shares it equally, which nobody told. `naive` adds up every report.

    Where `entries` are some lines of a ledger, `among` are all of them: what a total leaves once its parts are taken
    out does not depend on which lines are asked for.
    """
    lines = tuple(sorted(entries, key=lambda line: line.id))
    ledger = lines if among is None else tuple(among)
    shares = {} if by is None else {by: sharing(by, split=split)}

    def of(some: Sequence[Entry], whole: Sequence[Entry]) -> tuple[Figure, ...]:
        return tuple(figures(some, among=whole, currency=currency, rates=rates, shares=shares))

    known = of(lines, ledger)
    if since is None and until is None:
        return add_up(known, currency=currency, by=by)
    stood = known
    if until is not None:
        pledges = {line.pledge.id: line.pledge for line in ledger}
        wanted = {line.pledge.id for line in lines}
        all_then = standing(pledges.values(), until=until, rates=rates)
        stood = of([line for line in all_then if line.pledge.id in wanted], all_then)
    return add_up_period(known, stood, currency=currency, by=by, period=Period(since, until, new_only))


def add_up_period(
    known: Sequence[Figure], stood: Sequence[Figure], *, currency: str, by: str | None, period: Period
) -> tuple[Tally, ...]:
    """The rows of a period, each with what is new in it and what is outstanding at its end, where `stood` stood."""
    rows = add_up(known, currency=currency, by=by, period=period)
    new = rows if period.new_only else add_up(known, currency=currency, by=by, period=replace(period, new_only=True))
    outstanding = add_up(stood, currency=currency, by=by)
    return tuple(_with_period(row, _by_key(new), _by_key(outstanding)) for row in rows)


def _by_key(rows: Iterable[Tally]) -> Mapping[str | None, Decimal]:
    return {row.key: row.central for row in rows}


def _with_period(row: Tally, new: Mapping[str | None, Decimal], stood: Mapping[str | None, Decimal]) -> Tally:
    nothing = Decimal(0)
    return replace(row, new=new.get(row.key, nothing), outstanding=stood.get(row.key, nothing))


def add_up(
    known: Sequence[Figure], *, currency: str, by: str | None = None, period: Period = ALWAYS
) -> tuple[Tally, ...]:
    """A row for every value of `by`, and one for the whole. The figures stand in the order of their lines' ids."""
    rows: dict[str, list[_Share]] = {}
    whole: list[_Share] = []
    loose: list[_Share] = []
    for figure in known:
        is_late = figure.is_in and not period.has(figure.when)
        whole.append(_Share(figure, NONE, ALL, is_late))
        if by is None:
            continue
        held = NONE
        for key, start, end in figure.places[by]:
            rows.setdefault(key, []).append(_Share(figure, start, end, is_late))
            held = max(held, end)
        if held is not ALL and held < 1:
            loose.append(_Share(figure, held, ALL, is_late))
    naive = _naive(known, by, period)
    make = _Rows(currency, by, period)
    row_keys = sorted({*rows, *(key for key in naive if key is not None)})
    found = [make.row(key, rows.get(key, []), naive.get(key, Decimal(0))) for key in row_keys]
    allotted = sum((row.allotted for row in found), Decimal(0))
    return (*found, replace(make.row(None, whole, naive.get(None, Decimal(0)), loose), allotted=allotted))


class _Share(NamedTuple):
    """A line and how much of it a row holds: all of it from 0 to 1; `is_late` where it is of another time."""

    figure: Figure
    start: Fraction
    end: Fraction
    is_late: bool

    @property
    def is_all(self) -> bool:
        return self.start is NONE and self.end is ALL

    @property
    def is_in(self) -> bool:
        return self.figure.is_in and not self.is_late

    @property
    def reason(self) -> Reason:
        return Reason.OTHER_TIME if self.is_late else self.figure.reason


@dataclass(frozen=True, slots=True)
class _Rows:
    """How rows are made."""

    currency: str
    by: str | None
    period: Period

    def row(self, key: str | None, shares: Sequence[_Share], naive: Decimal, loose: Sequence[_Share] = ()) -> Tally:
        inside = [share for share in shares if share.is_in]
        ids = {share.figure.pledge for share in inside}
        parts = [(share, self._part(share, ids)) for share in inside]
        total = added(bounds for _, bounds in parts)
        outside = [share for share in shares if not share.is_in]
        return Tally(
            key=key,
            currency=self.currency,
            low=total.low,
            central=total.central,
            high=total.high,
            naive=naive,
            pledges=len(inside),
            left_out=tuple(sorted(Counter(share.reason.value for share in outside).items())),
            unconverted=_unconverted(outside),
            unallocated=added(self._part(share, ids) for share in loose if share.is_in).central,
            included=tuple((share.figure.line, share.reason.value) for share in inside),
            excluded=tuple((share.figure.line, share.reason.value) for share in outside),
            unnamed=_sum(bounds for share, bounds in parts if share.figure.reason is Reason.UNNAMED),
            overlapping=key is not None and self.by in OVERLAPPING,
            joint=_sum(bounds for share, bounds in parts if share.figure.is_joint),
            allotted=_sum(bounds for share, bounds in parts if not share.is_all and share.end - share.start != 1),
        )

    def _part(self, share: _Share, ids: Collection[str]) -> Bounds:
        """What a row has of a line when the pledges `ids` are added up together."""
        figure = share.figure
        own = figure.own(ids) if figure.below else figure.bounds or Bounds()
        if self.period.new_only:
            # Of a plan that replaces an older one only what it adds.
            old = [bounds for bounds, told in figure.replaced if not self.period.has(told)]
            own = own.less(max(old, key=lambda item: item.central, default=Bounds()))
        return own if share.is_all else own.between(share.start, share.end)


def _sum(bounds: Iterable[Bounds]) -> Decimal:
    return added(bounds).central


def _unconverted(outside: Iterable[_Share]) -> tuple[Money, ...]:
    """The money that no rate converts, by currency."""
    found: dict[str, Decimal] = {}
    for share in outside:
        money = share.figure.money
        if money is not None:
            found[money.currency] = found.get(money.currency, Decimal(0)) + money.value
    return tuple(Money(value, code) for code, value in sorted(found.items()))


def _naive(known: Iterable[Figure], by: str | None, period: Period) -> dict[str | None, Decimal]:
    """What adding up every report gives, in all and for each row."""
    found: dict[str | None, Decimal] = {}
    for figure in {figure.pledge: figure for figure in known}.values():
        if figure.naive is None or not period.has(figure.when):
            continue
        found[None] = found.get(None, Decimal(0)) + figure.naive
        if by is not None:
            for key, told in figure.told[by]:
                found[key] = found.get(key, Decimal(0)) + told
    return found
