"""Builds claims, tellings and books for tests, from words as short as the figures that they stand for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pledgebook.domain import (
    Amount,
    Basis,
    Claim,
    Decision,
    Deliverable,
    Entry,
    Interval,
    Kind,
    Money,
    Party,
    Pledge,
    Purpose,
    Qualifier,
    Relation,
    RelationType,
    Role,
    Stage,
    Tally,
    Telling,
    Term,
)
from pledgebook.ledger import PublishedRates, entries, totals
from pledgebook.reconcile import reconcile

RATES = PublishedRates()
_SCALE = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}
_QUALIFIERS = {"about": Qualifier.ABOUT, "at least": Qualifier.AT_LEAST, "up to": Qualifier.UP_TO}
_AMOUNT = re.compile(
    r"(?:(?P<how>about|at least|up to) )?(?P<low>[\d.]+)(?:-(?P<high>[\d.]+))? ?(?P<scale>bn|tn|m|k|) ?(?P<currency>[A-Z]{3})"
    r"(?P<also>(?: = [\d.]+ (?:bn|tn|m|k) [A-Z]{3})*)(?: (?P<basis>implied|repaired))?"
)


def money(words: str) -> Money:
    """The sum that words like "4 bn EUR" name."""
    figure, scale, currency = words.split()
    return Money(Decimal(figure) * _SCALE[scale], currency)


def amount(words: str | None) -> Amount | None:
    """The amount that words like "up to 4 bn EUR = 4.3 bn USD implied" or "30-50 bn EUR" name."""
    if words is None:
        return None
    found = _AMOUNT.fullmatch(words)
    assert found is not None, words
    scale = _SCALE[found["scale"]]
    high = found["high"]
    qualifier = Qualifier.RANGE if high else _QUALIFIERS.get(found["how"] or "", Qualifier.EXACT)
    return Amount(
        Decimal(found["low"]) * scale,
        found["currency"],
        qualifier,
        Decimal(high) * scale if high else None,
        Basis(found["basis"] or "stated"),
        tuple(money(item) for item in found["also"].split(" = ")[1:]),
    )


def days(words: str | None) -> Interval | None:
    """The interval of "2024", "2024-05", "2024-05-13" or "2024-05-13..2024-05-19"."""
    if words is None:
        return None
    first, _, last = words.partition("..")
    if last:
        return Interval(date.fromisoformat(first), date.fromisoformat(last))
    parts = [int(part) for part in first.split("-")]
    if len(parts) == 3:
        return Interval.day(date(*parts))
    if len(parts) == 1:
        return Interval(date(parts[0], 1, 1), date(parts[0], 12, 31))
    year, month = parts
    following = date(year + month // 12, month % 12 + 1, 1)
    return Interval(date(year, month, 1), date.fromordinal(following.toordinal() - 1))


def claim(
    claim_id: str,
    investors: str | Iterable[str] = (),
    to: str = "",
    sum_: str | None = None,
    on: str | None = None,
    *,
    by: str | None = None,
    **fields: Any,
) -> Claim:
    """A claim: `to` are destinations, `on` the days of announcement, `by` the end of its term.

    Relations are words: `part_of="whole"`, `total_of="one two"`, `adds_to=`, `replaces=`; deliverables are
    `things={"gpus": 25000}`.
    """
    names = [investors] if isinstance(investors, str) else list(investors)
    relations = [
        Relation(RelationType(kind), target)
        for kind in ("total_of", "part_of", "adds_to", "replaces")
        for target in fields.pop(kind, "").split()
    ]
    things = fields.pop("things", {})
    recipient = fields.pop("recipient", None)
    return Claim(
        id=claim_id,
        investors=tuple(Party(name) for name in names),
        recipient=None if recipient is None else Party(recipient),
        destinations=tuple(to.split()),
        places=tuple(fields.pop("places", ())),
        amount=amount(sum_),
        deliverables=tuple(Deliverable(Kind(kind), Decimal(count)) for kind, count in things.items()),
        purposes=tuple(Purpose(name) for name in fields.pop("purposes", "general").split()),
        announced=days(on),
        term=Term(end=None if by is None else date.fromisoformat(by)),
        stage=Stage(fields.pop("stage", "announced")),
        role=Role(fields.pop("role", "new")),
        relations=tuple(relations),
        **fields,
    )


def tell(document: str, published: str | None, *claims: Claim, voice: str = "") -> list[Telling]:
    """The tellings of one document that came out on these days."""
    when = days(published)
    return [
        Telling(document, f"{document}.example", item, "en", when, when.latest if when else None, voice)
        for item in claims
    ]


@dataclass(frozen=True)
class Ledger:
    """The whole way from tellings to lines and totals."""

    pledges: tuple[Pledge, ...]
    lines: tuple[Entry, ...]

    def total(self, currency: str, key: str | None = None, **options: Any) -> Tally:
        """One row of the totals."""
        rows = totals(self.lines, currency=currency, rates=RATES, **options)
        return next(row for row in rows if row.key == key)

    def bn(self, currency: str, key: str | None = None, **options: Any) -> float:
        """The central figure of a row, in billions."""
        return float(self.total(currency, key, **options).central / 10**9)

    def pledge(self, document: str, claim_id: str) -> Pledge:
        """The pledge that a claim tells of."""
        return next(it for it in self.pledges if any(t.key == (document, claim_id) for t in it.tellings))

    def line(self, document: str, claim_id: str) -> Entry:
        """The line of the pledge that a claim tells of."""
        return next(it for it in self.lines if it.id == self.pledge(document, claim_id).id)

    def rest(self, document: str, claim_id: str) -> Entry | None:
        """The line for the unnamed rest of the pledge that a claim tells of."""
        whole = self.pledge(document, claim_id).id
        return next((it for it in self.lines if it.is_rest and it.pledge.id == whole), None)

    def same(self, *keys: tuple[str, str]) -> bool:
        """Whether all these claims tell of one pledge."""
        return len({self.pledge(*key).id for key in keys}) == 1


def ledger(
    *documents: list[Telling],
    as_of: str | None = None,
    decisions: Iterable[Decision] = (),
) -> Ledger:
    """The ledger of some documents, as it was known on a day."""
    tellings = [telling for document in documents for telling in document]
    day = None if as_of is None else date.fromisoformat(as_of)
    pledges = reconcile(tellings, decisions=decisions, rates=RATES, as_of=day)
    return Ledger(pledges, entries(pledges, as_of=day, rates=RATES))
