"""Lines as totals need them: what each adds in one currency, when it was announced, and in which rows it stands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypedDict

from pledgebook.domain import Entry, Money, Pledge, RelationType
from pledgebook.ledger.book import Book, open_book
from pledgebook.ledger.bounds import Bounds, bounds_of, convert
from pledgebook.ledger.grouping import Shares, Traits, traits_of, traits_of_entry
from pledgebook.ledger.parts import Parts
from pledgebook.ledger.period import When, when
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.status import Reason, related

NONE, ALL = Fraction(0), Fraction(1)
# A row and the stretch of the line that it holds: all of it, or one behind the other.
Place = tuple[str, Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Below:
    """A pledge below a total: what it counts for with its own parts still in it, None for nothing, and these parts."""

    pledge: str
    bounds: Bounds | None
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a ledger.

    `reason` says why it adds to a total or does not, `bounds` what its pledge does with its parts still in it. `below`
    is all that is known below it, itself included, empty where it has no parts. `replaced` are the plans that it
    replaces. `money` is its own where no rate converts it. `places` has its rows by the name of the grouping, `naive`
    what all reports of it say when they are added up, None for no sum, and `told` how that stands in the rows.
    """

    line: str
    pledge: str
    reason: Reason
    is_in: bool
    is_joint: bool
    when: When
    bounds: Bounds | None
    places: Mapping[str, tuple[Place, ...]]
    naive: Decimal | None
    told: Mapping[str, tuple[tuple[str, Decimal], ...]]
    below: tuple[Below, ...] = ()
    replaced: tuple[tuple[Bounds, When], ...] = ()
    money: Money | None = None

    def own(self, inside: Collection[str] | None = None) -> Bounds:
        """What it adds, given the pledges that are added up with it: see `Parts.own`."""
        if not self.below or self.bounds is None:
            return self.bounds or Bounds()
        counting = {item.pledge: item.bounds for item in self.below if item.bounds is not None}
        parts = {item.pledge: item.parts for item in self.below if item.parts}
        return Parts(counting, parts, _same_unit).own(inside)[self.pledge]


def _same_unit(_part: str, share: Bounds, _whole: str) -> Bounds:
    return share


def figures(
    entries: Iterable[Entry],
    *,
    among: Iterable[Entry],
    currency: str,
    rates: Rates,
    shares: Mapping[str, Shares],
) -> Iterator[Figure]:
    """A figure for each of `entries`, which are lines of the ledger `among`; `shares` are the groupings to look at."""
    book = open_book((line.pledge for line in among), rates=rates, currency=currency)
    make = _Maker(book, currency, rates, shares)
    return map(make.figure, entries)


class _Naive(TypedDict):
    naive: Decimal | None
    told: Mapping[str, tuple[tuple[str, Decimal], ...]]


@dataclass(frozen=True, slots=True)
class _Maker:
    book: Book
    currency: str
    rates: Rates
    shares: Mapping[str, Shares]
    # Reports of a pledge mostly stand in the same rows, and so do many pledges.
    _known: dict[Traits, Mapping[str, tuple[Place, ...]]] = field(default_factory=dict)

    def figure(self, line: Entry) -> Figure:
        pledge = line.pledge
        reason, is_in = self._reason(line)
        return Figure(
            line=line.id,
            pledge=pledge.id,
            reason=reason,
            is_in=is_in,
            is_joint=len(pledge.investors) > 1 and not line.is_rest,
            when=when(pledge),
            bounds=self.book.money.bounds.get(pledge.id) if is_in else None,
            places=self._places(traits_of_entry(line)),
            **self._naive(pledge),
            below=self._below(pledge.id) if is_in else (),
            replaced=tuple(self._replaced(pledge)) if is_in else (),
            money=_money(line) if reason is Reason.NO_RATE else None,
        )

    def _reason(self, line: Entry) -> tuple[Reason, bool]:
        reason = Reason(line.reason)
        if not line.counted:
            return reason, False
        if line.central is None:
            return Reason.NO_SUM, False
        if line.pledge.id in self.book.unconverted:
            return Reason.NO_RATE, False
        return reason, True

    def _places(self, traits: Traits) -> Mapping[str, tuple[Place, ...]]:
        found = self._known.get(traits)
        if found is None:
            found = self._known[traits] = {by: placed(shares(traits)) for by, shares in self.shares.items()}
        return found

    def _naive(self, pledge: Pledge) -> _Naive:
        """What all reports of a pledge say, and in which rows that stands."""
        total: Decimal | None = None
        rows: dict[str, dict[str, Decimal]] = {by: {} for by in self.shares}
        for telling in pledge.tellings:
            amount = telling.claim.amount
            there = amount and convert(
                bounds_of(amount), amount.currency, self.currency, telling.rate_day, self.rates
            )  # fmt: skip
            if not there:
                continue
            total = (total or Decimal(0)) + there.central
            told = Bounds(central=there.central)
            for by, places in self._places(traits_of(telling.claim)).items():
                row = rows[by]
                for key, start, end in places:
                    share = there.central if start is NONE and end is ALL else told.between(start, end).central
                    row[key] = row.get(key, Decimal(0)) + share
        return {"naive": total, "told": {by: tuple(found.items()) for by, found in rows.items()}}

    def _below(self, whole: str) -> tuple[Below, ...]:
        money = self.book.money
        if whole not in money.parts:
            return ()
        seen = {whole: None}
        waiting = [whole]
        while waiting:
            for part in money.parts.get(waiting.pop(), ()):
                if part not in seen:
                    seen[part] = None
                    waiting.append(part)
        return tuple(Below(name, money.bounds.get(name), money.parts.get(name, ())) for name in seen)

    def _replaced(self, pledge: Pledge) -> Iterator[tuple[Bounds, When]]:
        for name in related(pledge, RelationType.REPLACES):
            old = self.book.pledges.get(name)
            if old is not None and old.amount is not None:
                there = convert(bounds_of(old.amount), old.amount.currency, self.currency, old.rate_day, self.rates)
                if there is not None:
                    yield Bounds(there.low, there.central, there.high), when(old)


def _money(line: Entry) -> Money | None:
    return None if line.central is None or line.currency is None else Money(line.central, line.currency)


def placed(shares: Sequence[tuple[str, Fraction]]) -> tuple[Place, ...]:
    """Each row with the stretch of the line that it holds: all of it, or one behind the other.

    >>> [(key, str(start), str(end)) for key, start, end in placed([("a", Fraction(1, 3)), ("b", Fraction(2, 3))])]
    [('a', '0', '1/3'), ('b', '1/3', '1')]
    """
    found: list[Place] = []
    start = NONE
    for key, part in shares:
        if part == 1:
            found.append((key, NONE, ALL))
        else:
            found.append((key, start, start + part))
            start += part
    return tuple(found)
