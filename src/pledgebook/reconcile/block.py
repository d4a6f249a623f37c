"""Which tellings are worth comparing: those that share who, and what or where or when.

Every telling is filed under a few keys, and only tellings with a key in common are compared, so that the cost grows
with the number of tellings and not with its square.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log

from pledgebook.reconcile.facts import SURE_DAYS, Facts

Key = tuple[object, ...]

# Sums are filed in steps of this ratio, each under two neighbouring steps: any two sums that can agree share one.
_STEP = log(1.25)
# A key under which so many nodes stand says little: only neighbours in the order of their days are compared.
CROWD = 16
WINDOW = 6
HALF, NEAR = 183, 92
# A figure of so many digits is seldom told of two commitments, whenever it is told.
RARE = 3


def find_pairs(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Pairs of positions that are worth comparing, each once, the lower position first."""
    count = len(facts)
    seen: set[int] = set()
    for left, right in _pairs_with_repeats(facts):
        pair = left * count + right if left < right else right * count + left
        if pair not in seen:
            seen.add(pair)
            yield divmod(pair, count)


def _pairs_with_repeats(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    full: dict[Key, list[int]] = defaultdict(list)
    loose: dict[Key, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    # In the order of their days, so that in a crowd those stand together that may be one.
    for position in sorted(range(len(facts)), key=lambda position: _order(facts[position])):
        item = facts[position]
        for key in set(_full_keys(item)):
            full[key].append(position)
        for key, lacks in dict(_loose_keys(item)).items():
            members, lacking = loose[key]
            if lacks:
                lacking.append(len(members))
            members.append(position)
    for block in full.values():
        yield from _among(block)
    # Under a loose key stand all; only those that lack something are compared with the others.
    for members, lacking in loose.values():
        yield from _between(lacking, members)


def _among(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    window = len(block) if len(block) <= CROWD else WINDOW
    for index, left in enumerate(block):
        for right in block[index + 1 : index + 1 + window]:
            yield left, right


def _between(lacking: Sequence[int], members: Sequence[int]) -> Iterator[tuple[int, int]]:
    window = len(members) if len(members) <= CROWD else WINDOW
    for index in lacking:
        for other in range(max(0, index - window), min(len(members), index + 1 + window)):
            if other != index:
                yield members[index], members[other]


def _order(item: Facts) -> tuple[int, tuple[str, str]]:
    interval = item.announced or item.fresh
    if interval is not None:
        return (interval.earliest.toordinal(), item.key)
    return (0 if item.before is None else item.before.toordinal(), item.key)


def _who(item: Facts) -> Iterable[str]:
    yield from item.investors
    if item.recipient is not None:
        yield f"> {item.recipient}"
    if not item.investors and item.recipient is None:
        yield ""


def _full_keys(item: Facts) -> Iterator[Key]:
    """Who and where, with a sum or a figure of these months, a rare figure, a count, a day; who and a place."""
    whats = list(_whats(item))
    for who in _who(item):
        for where in item.destinations:
            for what in whats:
                yield (who, where, *what)
        for place in item.places:
            yield (who, "place", place)


def _whats(item: Facts) -> Iterator[Key]:
    steps = list(_steps(item))
    for half in _halves(item):
        yield from ((half, step) for step in steps)
        yield from ((half, "figure", figure.mantissa) for figure in item.sums)
    yield from ((kind, f"{count:.1e}") for kind, count in item.deliverables if count > 3)
    yield from (("month", month) for month in _months(item))
    yield from (("rare", figure.mantissa) for figure in item.sums if figure.digits >= RARE)


def _loose_keys(item: Facts) -> Iterator[tuple[Key, bool]]:
    """Keys under which a telling without a day, a destination or an investor finds those that have one."""
    steps, undated = list(_steps(item)), not _is_dated(item)
    for kind, count in item.deliverables:
        if count > 3:
            for who in _who(item):
                yield ("who", who, kind, f"{count:.1e}"), not item.destinations
    for step in steps:
        for who in _who(item):
            yield ("who", who, step), not item.destinations
            for where in item.destinations:
                yield ("when", who, where, step), undated
        for half in _halves(item):
            for where in item.destinations:
                yield ("where", where, half, step), not item.investors


def _steps(item: Facts) -> Iterator[int]:
    for figure in item.sums:
        if figure.common is not None:
            step = int(log(figure.common) / _STEP)
            yield step
            yield step + 1


def _is_dated(item: Facts) -> bool:
    interval = item.announced or item.fresh
    return interval is not None and interval.days <= 2 * SURE_DAYS


def _halves(item: Facts) -> Iterator[int]:
    """The half years in which a telling may have been announced; two that are near each other share one."""
    interval = item.announced or item.fresh
    if interval is not None and interval.days <= 2 * SURE_DAYS:
        last = interval.latest.toordinal() // HALF
        yield from range((interval.earliest.toordinal() - NEAR) // HALF, last + 1)


def _months(item: Facts) -> Iterator[int]:
    interval = item.announced or item.fresh
    if interval is not None and interval.days <= 2 * SURE_DAYS:
        first = interval.earliest.year * 12 + interval.earliest.month
        last = interval.latest.year * 12 + interval.latest.month
        # The month before too: two days of one announcement may lie on either side of a month's end.
        yield from range(first - (interval.earliest.day <= 7), last + 1)
