"""Totals: low, central and high, what they leave out and why, beside what adding up the reports would say."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pledgebook.domain import Entry, Money, Pledge, RelationType, Tally
from pledgebook.ledger.book import Book, open_book
from pledgebook.ledger.bounds import Bounds, added, bounds_of, convert
from pledgebook.ledger.grouping import OVERLAPPING, grouping, traits_of, traits_of_entry
from pledgebook.ledger.period import Period
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.status import Reason, related


def totals(
    entries: Iterable[Entry],
    *,
    currency: str,
    rates: Rates,
    by: str | None = None,
    since: date | None = None,
    until: date | None = None,
    new_only: bool = False,
) -> tuple[Tally, ...]:
    """A row for every value of `by` and, with the key None, one for the whole, which comes last.

    `since` and `until` keep what was announced in these days, both included. `new_only` counts what is new in them:
    of a plan that replaces an older one only what it adds, and nothing that is told as known without a day. Rows by
    investor or purpose overlap: joint pledges stand in full under each and once in the whole. Money for several
    countries without a split stands under none and is named as unallocated. `naive` adds up every report.
    """
    lines = sorted(entries, key=lambda line: line.id)
    book = open_book((line.pledge for line in lines), rates=rates, currency=currency)
    period = Period(since, until, new_only)
    judged = [_judge(line, book, period) for line in lines]
    shown = _Shown(by, currency, book, period, rates)
    keys_of = grouping(by)
    rows: dict[str, list[_Judged]] = {}
    for item in judged:
        for key in keys_of(traits_of_entry(item.line)):
            rows.setdefault(key, []).append(item)
    naive = _naive(book, currency, rates, by, period)
    row_keys = sorted({*rows, *(key for key in naive if key is not None)})
    found = [shown.row(key, rows.get(key, []), naive.get(key, Decimal(0))) for key in row_keys]
    unallocated = [item for item in judged if by is not None and not keys_of(traits_of_entry(item.line))]
    return (*found, shown.row(None, judged, naive.get(None, Decimal(0)), unallocated))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A line with the reason for which it stands in or out of this total."""

    line: Entry
    reason: Reason
    is_in: bool


def _judge(line: Entry, book: Book, period: Period) -> _Judged:
    reason = Reason(line.reason)
    if not line.counted:
        return _Judged(line, reason, is_in=False)
    if line.central is None:
        return _Judged(line, Reason.NO_SUM, is_in=False)
    if line.pledge.id in book.unconverted:
        return _Judged(line, Reason.NO_RATE, is_in=False)
    if not period.holds(line.pledge):
        return _Judged(line, Reason.OTHER_TIME, is_in=False)
    return _Judged(line, reason, is_in=True)


@dataclass(frozen=True, slots=True)
class _Shown:
    """How rows are made."""

    by: str | None
    currency: str
    book: Book
    period: Period
    rates: Rates

    def row(
        self, key: str | None, items: Sequence[_Judged], naive: Decimal, unallocated: Sequence[_Judged] = ()
    ) -> Tally:
        inside = [item for item in items if item.is_in]
        own = self._own(inside)
        outside = [item for item in items if not item.is_in]
        total = added(own.values())
        unnamed = [item.line for item in inside if item.reason is Reason.UNNAMED]
        loose = {item.line.id for item in unallocated if item.is_in}
        return Tally(
            key=key,
            currency=self.currency,
            low=total.low,
            central=total.central,
            high=total.high,
            naive=naive,
            pledges=len(inside),
            left_out=tuple(sorted(Counter(item.reason.value for item in outside).items())),
            unconverted=_unconverted(outside),
            unallocated=sum((own[line].central for line in sorted(loose)), Decimal(0)),
            included=tuple((item.line.id, item.reason.value) for item in inside),
            excluded=tuple((item.line.id, item.reason.value) for item in outside),
            unnamed=sum((own[line.id].central for line in unnamed), Decimal(0)),
            overlapping=key is not None and self.by in OVERLAPPING,
        )

    def _own(self, inside: Sequence[_Judged]) -> dict[str, Bounds]:
        """What each line adds, by its id, when these are added up together."""
        ids = {item.line.pledge.id for item in inside}
        own = self.book.money.own(ids)
        return {item.line.id: self._new(item.line.pledge, own[item.line.pledge.id]) for item in inside}

    def _new(self, pledge: Pledge, bounds: Bounds) -> Bounds:
        """What is new of a pledge: less what it replaces, where only new money is asked for."""
        if not self.period.new_only:
            return bounds
        replaced = []
        for old in _replaced(pledge, self.book):
            if old.amount is not None and not self.period.holds(old):
                there = convert(bounds_of(old.amount), old.amount.currency, self.currency, old.rate_day, self.rates)
                if there is not None:
                    replaced.append(Bounds(there.low, there.central, there.high))
        largest = max(replaced, key=lambda item: item.central, default=Bounds())
        return bounds.less(largest)


def _replaced(pledge: Pledge, book: Book) -> Iterable[Pledge]:
    return [book.pledges[old] for old in related(pledge, RelationType.REPLACES) if old in book.pledges]


def _unconverted(outside: Collection[_Judged]) -> tuple[Money, ...]:
    """The money that no rate converts, by currency."""
    found: dict[str, Decimal] = {}
    for item in outside:
        if item.reason is Reason.NO_RATE and item.line.currency is not None and item.line.central is not None:
            found[item.line.currency] = found.get(item.line.currency, Decimal(0)) + item.line.central
    return tuple(Money(value, code) for code, value in sorted(found.items()))


def _naive(book: Book, currency: str, rates: Rates, by: str | None, period: Period) -> dict[str | None, Decimal]:
    """What adding up every report gives, in all and for each row."""
    keys_of = grouping(by)
    found: dict[str | None, Decimal] = {}
    for pledge in book.pledges.values():
        if not period.holds(pledge):
            continue
        for telling in pledge.tellings:
            amount = telling.claim.amount
            if amount is None:
                continue
            there = convert(bounds_of(amount), amount.currency, currency, telling.rate_day, rates)
            if there is None:
                continue
            for key in (None, *keys_of(traits_of(telling.claim))):
                found[key] = found.get(key, Decimal(0)) + there.central
    return found
