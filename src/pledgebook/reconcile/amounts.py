"""Which sum a pledge has when its tellings differ, and what became of the others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pledgebook.domain import Amount, Basis, Conflict, Qualifier, Telling
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.sums import Agreement, Sum, compare_sums, half_unit, read_sums
from pledgebook.reconcile.votes import count_voices, most_told, voices_by_value

SURE_DAYS = 31
OWN_TEXT = "own-text"
_RESTATES = frozenset({Agreement.SAME, Agreement.CONVERTED, Agreement.ROUNDED})
_NAMES = {
    Agreement.WRONG_CURRENCY: "wrong-currency",
    Agreement.THOUSANDFOLD: "factor-1000",
}
_BASES = {Basis.STATED: 0, Basis.REPAIRED: 1, Basis.IMPLIED: 2}

Told = tuple[Amount, Telling, tuple[Sum, ...]]


def choose_amount(tellings: Sequence[Telling], rates: Rates) -> tuple[Amount | None, tuple[Conflict, ...]]:
    """The amount of a pledge by the rule of counting, and a conflict for each kind of disagreement.

    Of the figures that disagree, that of an investor's or government's own text is kept, else the one on which most
    independent voices agree, of equals the lowest.
    Figures that say the same in another currency at the day's rate, or rounded, agree.
    """
    told = [
        (telling.claim.amount, telling, _sums(telling, rates))
        for telling in tellings
        if telling.claim.amount is not None
    ]
    if not told:
        return None, ()
    camps = _camps(told)
    kept = min(camps, key=lambda camp: (not _is_own(camp), -count_voices(it[1] for it in camp), *_least(camp)))
    chosen = _figure(kept)
    others = [camp for camp in camps if camp is not kept]
    return chosen, tuple(_conflict(chosen, kept, camp) for camp in others)


def _is_own(camp: Sequence[Told]) -> bool:
    return any(OWN_TEXT in telling.shows for _, telling, _ in camp)


def _sums(telling: Telling, rates: Rates) -> tuple[Sum, ...]:
    claim = telling.claim
    sure = any(it is not None and it.days <= SURE_DAYS for it in (claim.announced, telling.published))
    return read_sums(claim.amount, day=telling.rate_day, sure_day=sure, rates=rates)


def _camps(told: Sequence[Told]) -> list[list[Told]]:
    """Tellings whose figures agree, the most precise and most told figures first to gather others around them."""
    if all(_bare(item[0]) == _bare(told[0][0]) for item in told):
        return [list(told)]
    weights = voices_by_value((_bare(amount), telling) for amount, telling, _ in told)
    ordered = sorted(
        told,
        key=lambda item: (
            -weights[_bare(item[0])],
            _BASES[item[0].basis],
            half_unit(item[0].value) / item[0].value,
            item[0].value,
            item[1].key,
        ),
    )
    camps: list[list[Told]] = []
    for item in ordered:
        home = next((camp for camp in camps if compare_sums(camp[0][2], item[2])[0] in _RESTATES), None)
        if home is None:
            camps.append([item])
        else:
            home.append(item)
    return camps


def _bare(amount: Amount) -> tuple[str, Decimal, Decimal | None]:
    return (amount.currency, amount.value, amount.value_max)


def _least(camp: Sequence[Told]) -> tuple[float, Decimal, str]:
    common = [item[2][0].common for item in camp if item[2][0].common is not None]
    return (min(common, default=0.0), min(item[0].value for item in camp), camp[0][0].currency)


def _figure(camp: Sequence[Told]) -> Amount:
    """The figure that speaks for a camp: in its own currency, most told, stated rather than implied, most precise."""
    bases: dict[tuple[str, Decimal, Decimal | None], int] = {}
    first: dict[str, tuple[int, date]] = {}
    for amount, telling, _ in camp:
        bases[_bare(amount)] = min(bases.get(_bare(amount), 9), _BASES[amount.basis])
        told = (_BASES[amount.basis], telling.day_known or date.max)
        first[amount.currency] = min(first.get(amount.currency, told), told)
    # The currency in which it was told first is its own; the others restate it.
    currency = most_told(((it.currency, telling) for it, telling, _ in camp), tie=lambda code: (first[code], code))
    bare = most_told(
        ((_bare(amount), telling) for amount, telling, _ in camp if amount.currency == currency),
        tie=lambda value: (bases[value], half_unit(value[1]) / value[1], value[1]),
    )
    same = [(amount, telling) for amount, telling, _ in camp if _bare(amount) == bare]
    qualifier = most_told(((amount.qualifier, telling) for amount, telling in same), tie=_qualifier_order)
    amount = min(
        (amount for amount, _ in same if amount.qualifier is qualifier),
        key=lambda amount: (_BASES[amount.basis], len(amount.also), [(m.currency, m.value) for m in amount.also]),
    )
    if all(it == amount for it, _, _ in camp):
        return amount
    also = {money for item, _, _ in camp for money in (item.money, *item.also) if money.currency != amount.currency}
    kept = {
        money.currency: money for money in sorted(also, key=lambda money: (money.currency, -_digits(money.value)))[::-1]
    }
    return replace(amount, also=tuple(kept[currency] for currency in sorted(kept)))


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _qualifier_order(qualifier: Qualifier) -> int:
    return list(Qualifier).index(qualifier)


def _conflict(chosen: Amount, kept: Sequence[Told], camp: Sequence[Told]) -> Conflict:
    agreement, _ = compare_sums(kept[0][2], camp[0][2])
    name = _NAMES.get(agreement, "conflicting-amounts")
    ours, theirs = (count_voices(item[1] for item in side) for side in (kept, camp))
    why = f"{ours} independent voices against {theirs}" if ours > theirs else f"the lowest of figures with {ours} each"
    if _is_own(kept) and not _is_own(camp):
        why = "the investor's or the government's own text"
    deprecated = sorted({show_amount(amount) for amount, _, _ in camp})
    return Conflict(
        name=name,
        field="amount",
        kept=show_amount(chosen),
        deprecated=tuple(deprecated),
        reason=why,
        tellings=tuple(sorted(telling.key for _, telling, _ in camp)),
    )


def show_amount(amount: Amount) -> str:
    """An amount in words for people.

    >>> show_amount(Amount(Decimal(30_000_000_000), "EUR", Qualifier.RANGE, Decimal(50_000_000_000)))
    '30,000,000,000 to 50,000,000,000 EUR'
    """
    words = {Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.UP_TO: "up to "}
    top = f" to {amount.value_max.normalize():,f}" if amount.value_max is not None else ""
    return f"{words.get(amount.qualifier, '')}{amount.value.normalize():,f}{top} {amount.currency}"
