"""Totals: low, central and high, what they leave out and why, beside what adding up the reports would say."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pledgebook.domain import Entry, Money, Pledge, RelationType, Tally
from pledgebook.ledger.book import Book, open_book
from pledgebook.ledger.bounds import Bounds, added, bounds_of, convert
from pledgebook.ledger.grouping import OVERLAPPING, sharing, traits_of, traits_of_entry
from pledgebook.ledger.period import Period
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.status import Reason, related
from pledgebook.ledger.then import standing


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
    rows = _rows(lines, ledger, currency, rates, by, Period(since, until, new_only), split=split)
    if since is None and until is None:
        return rows
    new = rows
    if not new_only:
        new = _rows(lines, ledger, currency, rates, by, Period(since, until, new_only=True), split=split)
    then, all_then = lines, ledger
    if until is not None:
        pledges = {line.pledge.id: line.pledge for line in ledger}
        wanted = {line.pledge.id for line in lines}
        all_then = standing(pledges.values(), until=until, rates=rates)
        then = tuple(line for line in all_then if line.pledge.id in wanted)
    stood = _rows(then, all_then, currency, rates, by, Period(None, None, new_only=False), split=split)
    return tuple(_with_period(row, _by_key(new), _by_key(stood)) for row in rows)


def _by_key(rows: Iterable[Tally]) -> Mapping[str | None, Decimal]:
    return {row.key: row.central for row in rows}


def _with_period(row: Tally, new: Mapping[str | None, Decimal], stood: Mapping[str | None, Decimal]) -> Tally:
    nothing = Decimal(0)
    return replace(row, new=new.get(row.key, nothing), outstanding=stood.get(row.key, nothing))


def _rows(
    lines: Sequence[Entry],
    ledger: Sequence[Entry],
    currency: str,
    rates: Rates,
    by: str | None,
    period: Period,
    *,
    split: bool,
) -> tuple[Tally, ...]:
    book = open_book((line.pledge for line in ledger), rates=rates, currency=currency)
    judged = [_judge(line, book, period) for line in lines]
    shown = _Shown(by, currency, book, period, rates)
    shares_of = sharing(by, split=split)
    rows: dict[str, list[_Share]] = {}
    loose: list[_Share] = []
    for item in judged:
        placed = _placed(shares_of(traits_of_entry(item.line)))
        for key, start, end in placed:
            rows.setdefault(key, []).append(_Share(item, start, end, allotted=end - start != 1))
        held = max((end for _, _, end in placed), default=Fraction(0))
        if by is not None and held < 1:
            loose.append(_Share(item, held, Fraction(1)))
    naive = _naive({line.pledge.id: line.pledge for line in lines}, currency, rates, by, period)
    row_keys = sorted({*rows, *(key for key in naive if key is not None)})
    found = [shown.row(key, rows.get(key, []), naive.get(key, Decimal(0))) for key in row_keys]
    whole = [_Share(item, Fraction(0), Fraction(1)) for item in judged]
    allotted = sum((row.allotted for row in found), Decimal(0))
    return (*found, replace(shown.row(None, whole, naive.get(None, Decimal(0)), loose), allotted=allotted))


def _placed(shares: Sequence[tuple[str, Fraction]]) -> list[tuple[str, Fraction, Fraction]]:
    """Each row with the stretch of the line that it holds: all of it, or one behind the other."""
    found, start = [], Fraction(0)
    for key, part in shares:
        found.append((key, start, start + part))
        start = Fraction(0) if part == 1 else start + part
    return found


@dataclass(frozen=True, slots=True)
class _Judged:
    """A line with the reason for which it stands in or out of this total."""

    line: Entry
    reason: Reason
    is_in: bool


@dataclass(frozen=True, slots=True)
class _Share:
    """A line and how much of it a row holds: all of it from 0 to 1."""

    item: _Judged
    start: Fraction
    end: Fraction
    allotted: bool = False


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

    def row(self, key: str | None, shares: Sequence[_Share], naive: Decimal, loose: Sequence[_Share] = ()) -> Tally:
        inside = [share for share in shares if share.item.is_in]
        own = self._own([share.item for share in inside])
        parts = [(share, own[share.item.line.id].between(share.start, share.end)) for share in inside]
        total = added(bounds for _, bounds in parts)
        outside = [share.item for share in shares if not share.item.is_in]
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
            unallocated=added(
                own[share.item.line.id].between(share.start, share.end) for share in loose if share.item.is_in
            ).central,
            included=tuple((share.item.line.id, share.item.reason.value) for share in inside),
            excluded=tuple((item.line.id, item.reason.value) for item in outside),
            unnamed=_sum(bounds for share, bounds in parts if share.item.reason is Reason.UNNAMED),
            overlapping=key is not None and self.by in OVERLAPPING,
            joint=_sum(bounds for share, bounds in parts if _is_joint(share.item.line)),
            allotted=_sum(bounds for share, bounds in parts if share.allotted),
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


def _sum(bounds: Iterable[Bounds]) -> Decimal:
    return added(bounds).central


def _is_joint(line: Entry) -> bool:
    return len(line.pledge.investors) > 1 and not line.is_rest


def _replaced(pledge: Pledge, book: Book) -> Iterable[Pledge]:
    return [book.pledges[old] for old in related(pledge, RelationType.REPLACES) if old in book.pledges]


def _unconverted(outside: Collection[_Judged]) -> tuple[Money, ...]:
    """The money that no rate converts, by currency."""
    found: dict[str, Decimal] = {}
    for item in outside:
        if item.reason is Reason.NO_RATE and item.line.currency is not None and item.line.central is not None:
            found[item.line.currency] = found.get(item.line.currency, Decimal(0)) + item.line.central
    return tuple(Money(value, code) for code, value in sorted(found.items()))


def _naive(
    pledges: Mapping[str, Pledge], currency: str, rates: Rates, by: str | None, period: Period
) -> dict[str | None, Decimal]:
    """What adding up every report gives, in all and for each row."""
    shares_of = sharing(by)
    found: dict[str | None, Decimal] = {}
    for pledge in pledges.values():
        if not period.holds(pledge):
            continue
        for telling in pledge.tellings:
            amount = telling.claim.amount
            if amount is None:
                continue
            there = convert(bounds_of(amount), amount.currency, currency, telling.rate_day, rates)
            if there is None:
                continue
            told = Bounds(central=there.central)
            found[None] = found.get(None, Decimal(0)) + there.central
            for key, start, end in _placed(shares_of(traits_of(telling.claim))):
                found[key] = found.get(key, Decimal(0)) + told.between(start, end).central
    return found
