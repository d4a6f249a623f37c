"""Whether two tellings tell of one pledge: points for and against, each with its reason.

Points are roughly the logarithm of how much more often a trait is seen in tellings of one pledge than in tellings of
two by the same sort of investors: 3 is strong, 1 is weak, and what can't be is far below zero. They were set by hand
from what the traits mean, not fitted; `tools/ledger_gold.py` and `tools/bench_reconcile.py` measure them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pledgebook.domain import Interval
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.sums import Agreement, compare_sums

THRESHOLD = 6.5
IMPOSSIBLE = -100.0

# Regions that hold countries: a telling may name the wider one.
WIDE = frozenset({"EU", "150", "142", "002", "019", "001"})

_SUMS = {
    Agreement.SAME: 2.5,
    Agreement.CONVERTED: 2.5,
    Agreement.ROUNDED: 1.5,
    Agreement.WRONG_CURRENCY: 1.0,
    Agreement.THOUSANDFOLD: 1.0,
    Agreement.NEAR: -1.0,
    Agreement.DIFFERENT: -6.0,
}
_PER_DIGIT = 0.75
_MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two tellings are: the sum of the points, and each point's reason."""

    score: float
    reasons: tuple[tuple[str, float], ...]

    @property
    def is_same(self) -> bool:
        """Whether the points say that both tell of one pledge."""
        return self.score >= THRESHOLD


NOT = Likeness(IMPOSSIBLE, (("what can't be one pledge", IMPOSSIBLE),))


def compare(one: Facts, other: Facts) -> Likeness:
    """How alike two tellings are; the same whichever comes first."""
    found: list[tuple[str, float]] = []
    score = 0.0
    for trait in _TRAITS:
        reason = trait(one, other)
        if reason is not None:
            if reason[1] <= IMPOSSIBLE:
                return NOT
            score += reason[1]
            found.append(reason)
    return Likeness(score, tuple(found))


def _investors(one: Facts, other: Facts) -> tuple[str, float] | None:
    here, there = one.investors, other.investors
    if here and there:
        if here == there:
            return "the same investors", 3.0
        shared = len(here & there)
        if not shared:
            return "other investors", IMPOSSIBLE
        if shared * 2 >= len(here | there):
            return "most investors in common", 2.0
        return "an investor in common", 1.0
    if here or there:
        return "one names no investor", 0.0
    return ("two totals without investors", 2.0) if one.is_total and other.is_total else None


def _recipients(one: Facts, other: Facts) -> tuple[str, float] | None:
    if one.recipient is not None and other.recipient is not None:
        return ("the same recipient", 3.0) if one.recipient == other.recipient else ("other recipients", IMPOSSIBLE)
    if one.recipient is not None or other.recipient is not None:
        return "one names no recipient", -0.5
    return None


def _destinations(one: Facts, other: Facts) -> tuple[str, float] | None:
    here, there = one.destinations, other.destinations
    if not here or not there:
        return None
    if here == there:
        return "the same destination", 2.0
    if here & there:
        return "a destination in common", 0.5
    if here & WIDE or there & WIDE:
        return "a wider destination", -2.0
    return "other destinations", IMPOSSIBLE


def _money(one: Facts, other: Facts) -> tuple[str, float] | None:
    if not one.sums and not other.sums:
        return None
    if not one.sums or not other.sums:
        return "one tells no sum", -1.5
    agreement, digits = compare_sums(one.sums, other.sums)
    points = _SUMS[agreement]
    if points > 0:
        points += _PER_DIGIT * (min(digits, _MOST_DIGITS) - 1)
    return agreement.value, points


def _time(one: Facts, other: Facts) -> tuple[str, float] | None:
    here, there = one.announced, other.announced
    if here is None and there is None:
        here, there = one.fresh, other.fresh
        if here is None or there is None:
            return None
        return ("news of the same weeks", 1.0) if here.overlaps(there) else None
    if here is None or there is None:
        dated, undated = (one, other) if there is None else (other, one)
        return _half_dated(dated.announced, undated.fresh, undated.before)
    apart = here.distance(there)
    if apart == 0:
        days = max(here.days, there.days)
        return ("announced on the same day", 3.0) if days <= 1 else ("announced in the same days", _within(days))
    later = one if here.earliest > there.latest else other
    if later.is_report_day and 31 < apart <= 731:
        return "announced when the other may have been reported on again", -2.0 if apart <= 92 else -3.0
    return _apart(apart)


def _apart(days: int) -> tuple[str, float]:
    for limit, points in ((7, 2.0), (31, 0.0), (92, -2.0), (366, -4.0)):
        if days <= limit:
            return f"announced within {limit} days of each other", points
    return "announced at other times", -7.0


def _within(days: int) -> float:
    return 2.5 if days <= 31 else 1.5 if days <= 366 else 0.5


def _half_dated(dated: Interval | None, fresh: Interval | None, before: date | None) -> tuple[str, float] | None:
    if dated is None:
        return None
    if before is not None and dated.earliest > before + timedelta(days=3):
        # A plan can be told of before it is announced, or be dated by its ground-breaking; years before, it can't.
        soon = dated.earliest <= before + timedelta(days=366)
        return "announced after the other was told", -2.0 if soon else -7.0
    if fresh is not None and dated.overlaps(fresh):
        return "announced in the weeks of the other's news", 1.0
    return None


def _things(one: Facts, other: Facts) -> tuple[str, float] | None:
    if not one.deliverables or not other.deliverables:
        return None
    points, agree, differ = 0.0, 0, 0
    for kind in sorted({kind for kind, _ in one.deliverables} & {kind for kind, _ in other.deliverables}):
        here = [count for k, count in one.deliverables if k == kind]
        there = [count for k, count in other.deliverables if k == kind]
        same = max((a for a in here for b in there if abs(a - b) <= 0.02 * max(a, b)), default=None)
        if same is None:
            differ += 1
        else:
            agree += 1
            points += 0.3 if same <= 3 else 1.0 if same < 100 else 1.5
    if agree or differ:
        words = "the same things promised" if agree >= differ else "other things promised"
        return words, min(points, 3.0) - min(differ, 2) * 1.0
    if not one.sums or not other.sums:
        return "things of other kinds", -1.5
    return None


def _places(one: Facts, other: Facts) -> tuple[str, float] | None:
    if not one.places or not other.places:
        return None
    if one.places & other.places:
        return "a place in common", 1.5
    return "other places", -1.0 if one.sums and other.sums else -2.5


def _purposes(one: Facts, other: Facts) -> tuple[str, float] | None:
    if not one.purposes or not other.purposes:
        return None
    return ("a purpose in common", 0.5) if one.purposes & other.purposes else ("other purposes", -1.0)


def _terms(one: Facts, other: Facts) -> tuple[str, float] | None:
    if one.end is None or other.end is None:
        return None
    if one.end.year == other.end.year:
        return "the same end", 1.0
    return ("other ends", -0.5) if abs((one.end - other.end).days) > 366 else None


def _roles(one: Facts, other: Facts) -> tuple[str, float] | None:
    if one.is_total != other.is_total:
        return "one is a total", -2.5
    return None


_TRAITS = (_investors, _recipients, _destinations, _money, _time, _things, _places, _purposes, _terms, _roles)
