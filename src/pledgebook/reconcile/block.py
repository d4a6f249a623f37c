"""Which tellings are worth comparing: those that share who, and what or where or when.

Every telling is filed under a few keys, and only tellings with a key in common are compared, so that the cost grows
with the number of tellings and not with its square.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log

from pledgebook.domain import Interval
from pledgebook.reconcile.facts import SURE_DAYS, Facts

Key = tuple[object, ...]

# Sums are filed in steps of this ratio, each under two neighbouring steps: any two sums that can agree share one.
_STEP = log(1.25)
# A key under which so many nodes stand says little: only neighbours in the order of their days are compared.
CROWD = 64
WINDOW = 24


def find_pairs(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Pairs of positions that are worth comparing, each once, the lower position first."""
    seen: set[tuple[int, int]] = set()
    for pair in _pairs_with_repeats(facts):
        if pair not in seen:
            seen.add(pair)
            yield pair


def _pairs_with_repeats(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    full: dict[Key, list[int]] = defaultdict(list)
    loose: dict[Key, list[int]] = defaultdict(list)
    for position, item in enumerate(facts):
        for key in set(_full_keys(item)):
            full[key].append(position)
        for key in set(_loose_keys(item)):
            loose[key].append(position)
    for block in full.values():
        yield from _neighbours(block, facts)
    # Under a loose key stand all; only those that lack something are compared with the others.
    for block in loose.values():
        lacking = [position for position in block if _lacks(facts[position])]
        if lacking:
            yield from _lacking_pairs(lacking, block, facts)


def _neighbours(block: Sequence[int], facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    if len(block) <= CROWD:
        for index, left in enumerate(block):
            for right in block[index + 1 :]:
                yield left, right
        return
    ordered = sorted(block, key=lambda position: (_order(facts[position]), position))
    for index, left in enumerate(ordered):
        for right in ordered[index + 1 : index + 1 + WINDOW]:
            yield (left, right) if left < right else (right, left)


def _lacking_pairs(lacking: Sequence[int], block: Sequence[int], facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    members = block if len(block) <= CROWD else sorted(block, key=lambda position: (_order(facts[position]), position))
    places = {position: index for index, position in enumerate(members)}
    for left in lacking:
        index = places[left]
        near = members if len(members) <= CROWD else members[max(0, index - WINDOW) : index + 1 + WINDOW]
        for right in near:
            if left != right:
                yield (left, right) if left < right else (right, left)


def _order(item: Facts) -> tuple[int, tuple[str, str]]:
    interval = item.announced or item.fresh
    return (interval.earliest.toordinal() if interval is not None else 0, item.key)


def _lacks(item: Facts) -> bool:
    return not item.destinations or not item.investors


def _who(item: Facts) -> Iterable[str]:
    yield from item.investors
    if item.recipient is not None:
        yield f"> {item.recipient}"
    if not item.investors and item.recipient is None:
        yield ""


def _full_keys(item: Facts) -> Iterator[Key]:
    whats = list(_whats(item))
    for who in _who(item):
        for where in item.destinations:
            for what in whats:
                yield (who, where, *what)
        for place in item.places:
            yield (who, "place", place)


def _loose_keys(item: Facts) -> Iterator[Key]:
    for step in _steps(item):
        for who in _who(item):
            yield ("who", who, step)
        for when in _months(item):
            for where in item.destinations:
                yield ("where", where, when, step)


def _whats(item: Facts) -> Iterator[Key]:
    for step in _steps(item):
        yield ("sum", step)
    for figure in item.sums:
        yield ("figure", figure.mantissa)
    for kind, count in item.deliverables:
        if count > 3:
            yield (kind, f"{count:.1e}")
    for month in _months(item):
        yield ("when", month)


def _steps(item: Facts) -> Iterator[int]:
    for figure in item.sums:
        if figure.common is not None:
            step = int(log(figure.common) / _STEP)
            yield step
            yield step + 1


def _months(item: Facts) -> Iterator[int]:
    interval = item.announced or item.fresh
    if interval is not None and interval.days <= 2 * SURE_DAYS:
        yield from _months_of(interval)


def _months_of(interval: Interval) -> Iterator[int]:
    first = interval.earliest.year * 12 + interval.earliest.month
    last = interval.latest.year * 12 + interval.latest.month
    # The month before too: two days of one announcement may lie on either side of a month's end.
    yield from range(first - (interval.earliest.day <= 7), last + 1)
