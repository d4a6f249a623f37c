"""What speaks for and against two tellings being one, trait by trait: a name and points for each of many pairs.

Points are roughly the logarithm of how much more often a trait is seen in tellings of one pledge than in tellings of
two by the same sort of investors: 3 is strong, 1 is weak, and what can't be is far below zero. They were set by hand
from what the traits mean, not fitted; `tools/ledger_gold.py` and `tools/bench_reconcile.py` measure them.
"""

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import Kind
from pledgebook.reconcile.facts import Facts, expand
from pledgebook.reconcile.interned import WIDTH, Bools, Ints
from pledgebook.reconcile.names import GOVERNMENT, PROJECT, UNLISTED
from pledgebook.reconcile.pairs import IMPOSSIBLE, Floats, Pairs, Told, Trait
from pledgebook.reconcile.sum_columns import currency_number
from pledgebook.reconcile.sums import Agreement, compare_columns

_POINTS_OF_SUMS = np.array((2.5, 2.5, 1.0, 1.5, 1.0, -1.0, -6.0))
_FAVOURABLE = 5  # that many agreements, in order of their ranks, speak for one pledge
_PER_DIGIT = 1.0
_MOST_DIGITS = 3
# Sums of this size in the common currency are rare, however round.
_LARGE = (4e10, 2e11)
_PER_SIZE = 1.0
# What so many digits or so large a sum say can hardly be chance.
_TELLING_DIGITS = 2
# What companies of every country reckon in.
_WORLD_MONEY = np.array([currency_number(code) for code in ("EUR", "GBP", "USD")])

_SOON, _ROUND, _TOLD_AGAIN = 3, 31, 731
# What two announcements are called and how many points they have: by how long the longer interval of two that overlap
# is, then by how many days lie between two that do not, last where the later one may be told of again.
_DAYS_LONG, _DAYS_APART = (31, 366), (7, 31, 92, 366)
_TIMES = ((11, 3.0), (4, 2.5), (4, 1.5), (4, 0.5), (5, 2.0), (6, 0.0), (7, -2.0), (8, -4.0), (9, -7.0), (10, -1.75))
_NAMES_OF_TIMES = np.array([name for name, _ in _TIMES], np.int8)
_POINTS_OF_TIMES = np.array([points for _, points in _TIMES])


def _investors(pairs: Pairs) -> Told:
    here, there = pairs.column("investors")
    told = Told.nothing(len(pairs))
    total, other_total = pairs.column("is_total")
    both = (here > 0) & (there > 0)
    same = both & (here == there)
    told.say(same, 1, 3.0)
    told.say((here > 0) != (there > 0), 5, 0.0)
    neither = (here == 0) & (there == 0)
    told.say(neither & total & other_total, 6, 2.0)
    told.say(neither & (total != other_total), 7, 1.0)
    open_ = np.flatnonzero(both & ~same)
    if len(open_):
        _some_shared(pairs.take(open_), told, open_)
    return told


def _some_shared(pairs: Pairs, told: Told, where: Ints) -> None:
    sets = pairs.facts.names.sets
    here, there = (side.astype(np.int64) for side in pairs.column("investors"))
    shared = sets.shared(here, there)
    size, other_size = sets.sizes[here], sets.sizes[there]
    least, union = np.minimum(size, other_size), size + other_size - shared
    some = shared > 0
    told.say(where[some], 4, 1.0)
    told.say(where[some & (shared * 2 >= union)], 3, 2.0)
    told.say(where[some & (shared == least)], 2, 2.0)
    none = np.flatnonzero(~some)
    if len(none):
        _others(pairs.take(none), told, where[none])


def _others(pairs: Pairs, told: Told, where: Ints) -> None:
    one, other = pairs.column("sort")
    told.say(where, 8, IMPOSSIBLE)
    differ = one != other
    told.say(where[differ & ((one == UNLISTED) | (other == UNLISTED))], 9, -3.0)
    government = (one == GOVERNMENT) | (other == GOVERNMENT)
    told.say(where[differ & government], 10, -2.0)
    told.say(where[differ & ((one == PROJECT) | (other == PROJECT)) & ~government], 11, -2.0)
    told.say(where[_crossed(pairs)], 12, 1.0)
    told.say(where[_longer(pairs)], 13, 2.0)
    ids, other_ids = (side.astype(np.int64) for side in pairs.column("ids"))
    told.say(where[pairs.facts.names.sets.shared(ids, other_ids) > 0], 14, 2.0)


def _crossed(pairs: Pairs) -> Bools:
    """Whether one names as its recipient what the other names as an investor."""
    sets = pairs.facts.names.sets
    here, there = (side.astype(np.int64) for side in pairs.column("investors"))
    to, other_to = pairs.column("recipient")
    found = np.zeros(len(pairs), np.bool_)
    for members, recipient in ((sets.rows[there], to), (sets.rows[here], other_to)):
        for n in range(WIDTH):
            found |= (members[:, n] == recipient) & (recipient >= 0)
    return found


def _longer(pairs: Pairs) -> Bools:
    """Whether an investor of one is the other's with a word more before or after it."""
    names = pairs.facts.names
    here, there = (names.sets.rows[side.astype(np.int64)] for side in pairs.column("investors"))
    found = np.zeros(len(pairs), np.bool_)
    for ends in names.ends:
        for n in range(WIDTH):
            for m in range(WIDTH):
                left, right = here[:, n], there[:, m]
                found |= (left >= 0) & (right >= 0) & ((ends[left] == right) | (ends[right] == left))
    return found


def _recipients(pairs: Pairs) -> Told:
    here, there = pairs.column("recipient")
    told = Told.nothing(len(pairs))
    both = (here >= 0) & (there >= 0)
    told.say(both & (here == there), 1, 3.0)
    told.say(both & (here != there), 2, -3.0)
    told.say((here >= 0) != (there >= 0), 3, -0.5)
    return told


def _destinations(pairs: Pairs) -> Told:
    here, there = (side.astype(np.int64) for side in pairs.column("destinations"))
    told = Told.nothing(len(pairs))
    both = (here > 0) & (there > 0)
    told.say(both & (here == there), 1, 2.0)
    open_ = np.flatnonzero(both & (here != there))
    if not len(open_):
        return told
    names = pairs.facts.names
    here, there = here[open_], there[open_]
    shared = names.sets.shared(here, there) > 0
    wide = names.wide
    told.say(open_, 4, IMPOSSIBLE)
    sums, other_sums = (side[open_] > 0 for side in pairs.column("sums"))
    figures = open_[sums & other_sums]
    if len(figures):
        met = pairs.take(figures)
        rank, strength = agreement(met)
        # One investor may well promise two countries the same sum on one day. That a reader took a country from the
        # wrong words wants more than a sum: one that few can pay, or of three digits in the money of one country, or
        # another thing that both tell of.
        telling = (strength >= _TELLING_DIGITS) & (_in_national_money(met, strength) | _share_more(met))
        telling |= _lesser_size(met) >= _LARGE[-1]
        told.say(figures[(rank < 2) & telling], 5, -2.5)
    told.say(open_[wide[here] | wide[there]], 3, -2.0)
    told.say(open_[shared], 2, 1.0)
    return told


def _in_national_money(pairs: Pairs, strength: Ints) -> Bools:
    """Whether both tell first a sum of three digits in one currency that few but one country reckon in."""
    facts = pairs.facts
    here, there = (facts.sums["currency"].take(facts.sum_start.take(side)) for side in (pairs.one, pairs.other))
    found: Bools = (strength > _TELLING_DIGITS) & (here == there) & ~np.isin(here, _WORLD_MONEY)
    return found


def _share_more(pairs: Pairs) -> Bools:
    """Whether both name one place, or one recipient."""
    places, recipients = pairs.column("places"), pairs.column("recipient")
    shared: Bools = pairs.facts.names.sets.shared(*(side.astype(np.int64) for side in places)) > 0
    found: Bools = shared | ((recipients[0] >= 0) & (recipients[0] == recipients[1]))
    return found


def _money(pairs: Pairs) -> Told:
    here, there = pairs.column("sums")
    told = Told.nothing(len(pairs))
    told.say((here > 0) != (there > 0), len(Agreement) + 1, -1.5)
    both = np.flatnonzero((here > 0) & (there > 0))
    if len(both):
        met = pairs.take(both)
        rank, strength = agreement(met)
        size = _lesser_size(met)
        more = _PER_DIGIT * (np.minimum(strength, _MOST_DIGITS) - 1)
        for limit in _LARGE:
            more += _PER_SIZE * (size >= limit)
        told.name[both] = rank + 1
        told.points[both] = _POINTS_OF_SUMS.take(rank) + np.where(rank < _FAVOURABLE, more, 0.0)
    return told


def _lesser_size(pairs: Pairs) -> Floats:
    return np.minimum(size_of(pairs.facts, pairs.one), size_of(pairs.facts, pairs.other))


def size_of(facts: Facts, rows: Ints) -> Floats:
    """The first sum of each row in the common currency, 0 where none is told or no rate is known."""
    return facts.size.take(rows)


def agreement(pairs: Pairs) -> tuple[NDArray[np.int8], Ints]:
    """The best agreement of any sum of one with any of the other, and with how many digits; all tell some sum."""
    facts = pairs.facts
    here, there = pairs.column("sums")
    start, other_start = facts.sum_start.take(pairs.one), facts.sum_start.take(pairs.other)
    digits = facts.sums["digits"]
    rank = compare_columns(facts.sums, start, other_start)
    strength = np.minimum(digits.take(start), digits.take(other_start)).astype(np.int64)
    for n in range(int(here.max(initial=0))):
        for m in range(int(there.max(initial=0))):
            has = np.flatnonzero((here > n) & (there > m)) if n or m else ()
            if not len(has):
                continue
            one, other = start[has] + n, other_start[has] + m
            found = compare_columns(facts.sums, one, other)
            more = np.minimum(digits.take(one), digits.take(other))
            better = (found < rank[has]) | ((found == rank[has]) & (more > strength[has]))
            rank[has[better]], strength[has[better]] = found[better], more[better]
    return rank, strength


def _time(pairs: Pairs) -> Told:
    here, there = pairs.column("announced")
    told = Told.nothing(len(pairs))
    dated, other_dated = here[:, 0] > 0, there[:, 0] > 0
    both = np.flatnonzero(dated & other_dated)
    if len(both):
        told.name[both], told.points[both] = _both_dated(pairs.take(both))
    neither = np.flatnonzero(~(dated | other_dated))
    if len(neither):
        fresh, other_fresh = pairs.take(neither).column("fresh")
        known = (fresh[:, 0] > 0) & (other_fresh[:, 0] > 0)
        overlap = (fresh[:, 0] <= other_fresh[:, 1]) & (other_fresh[:, 0] <= fresh[:, 1])
        told.say(neither[known & overlap], 1, 1.0)
    single = np.flatnonzero(dated != other_dated)
    if len(single):
        _one_dated(pairs, told, single, dated[single])
    return told


def _one_dated(pairs: Pairs, told: Told, where: Ints, is_first: Bools) -> None:
    facts, one, other = pairs.facts, pairs.one[where], pairs.other[where]
    rows, mine, theirs = facts.rows, np.where(is_first, one, other), np.where(is_first, other, one)
    first, last = rows["announced"].take(mine, axis=0).T
    start, end = rows["fresh"].take(theirs, axis=0).T
    until = rows["before"].take(theirs)
    after = (until > 0) & (first > until + _SOON)
    # A plan can be told of before it is announced, or be dated by its ground-breaking; years before, it can't.
    told.say(where[after], 2, np.where(first[after] <= until[after] + 366, -2.0, -7.0))
    told.say(where[~after & (start > 0) & (first <= end) & (start <= last)], 3, 1.0)


def _both_dated(pairs: Pairs) -> tuple[NDArray[np.int8], Floats]:
    """The names and the points."""
    here, there = pairs.column("announced")
    apart = np.maximum(there[:, 0] - here[:, 1], here[:, 0] - there[:, 1])
    step = (apart > 0).astype(np.int8)
    for limit in _DAYS_APART:
        step += apart > limit
    longest = np.maximum(here[:, 1] - here[:, 0], there[:, 1] - there[:, 0]) + 1
    length = (longest > 1).astype(np.int8)
    for limit in _DAYS_LONG:
        length += longest > limit
    report, other_report = pairs.column("is_report_day")
    later = np.where(here[:, 0] > there[:, 1], report, other_report)
    again = later & (apart > _ROUND) & (apart <= _TOLD_AGAIN)
    found = np.where(step == 0, length, step + np.int8(len(_DAYS_LONG) + 1))
    found[again] = len(_TIMES) - 1
    return _NAMES_OF_TIMES.take(found), _POINTS_OF_TIMES.take(found)


def _things(pairs: Pairs) -> Told:
    here, there = pairs.column("things")
    told = Told.nothing(len(pairs))
    both = np.flatnonzero((here > 0) & (there > 0))
    if not len(both):
        return told
    sums, other_sums = (side[both] > 0 for side in pairs.column("sums"))
    agree, differ, points = _counts(pairs.take(both))
    met = (agree + differ) > 0
    score = np.minimum(points, 3.0) - np.minimum(differ, 2) + np.where(~(sums | other_sums) & (points >= 1), 0.5, 0.0)
    told.say(both[met], 1, score[met])
    told.name[both[met & (agree < differ)]] = 2
    told.say(both[~met & ~(sums & other_sums)], 3, -1.5)
    return told


def _counts(pairs: Pairs) -> tuple[Ints, Ints, Floats]:
    """Of the kinds that both promise: how many agree in a count, how many do not, and the points of those that do."""
    facts = pairs.facts
    here, there = pairs.column("things")
    first, other_first = facts.thing_start.take(pairs.one), facts.thing_start.take(pairs.other)
    left_pair, left = expand(first, here)
    item, theirs = expand(other_first[left_pair], there[left_pair])
    pair, mine = left_pair[item], left[item]
    kinds = facts.things["kind"]
    meets = kinds[mine] == kinds[theirs]
    pair, mine, theirs = pair[meets], mine[meets], theirs[meets]
    counts = facts.things["count"]
    one, other = counts[mine], counts[theirs]
    agrees = np.abs(one - other) <= 0.02 * np.maximum(one, other)
    # The things of a row are sorted by their kinds: so are these, pair by pair.
    slot = pair * len(Kind) + kinds[mine]
    start = np.flatnonzero(np.append(True, slot[1:] != slot[:-1])) if len(slot) else slot
    best = np.maximum.reduceat(np.where(agrees, np.minimum(one, other), -1.0), start) if len(slot) else one
    points = np.where(best < 0, 0.0, np.where(best <= 3, 0.3, np.where(best < 100, 1.0, 1.5)))
    of, agrees = pair[start], best >= 0
    agree = np.bincount(of[agrees], minlength=len(pairs))
    differ = np.bincount(of[~agrees], minlength=len(pairs))
    return agree, differ, np.bincount(of, points, len(pairs)).astype(np.float64)


def _places(pairs: Pairs) -> Told:
    here, there = (side.astype(np.int64) for side in pairs.column("places"))
    told = Told.nothing(len(pairs))
    both = np.flatnonzero((here > 0) & (there > 0))
    if not len(both):
        return told
    shared = pairs.facts.names.sets.shared(here[both], there[both]) > 0
    sums, other_sums = (side[both] > 0 for side in pairs.column("sums"))
    told.say(both, 2, np.where(sums & other_sums, -1.0, -2.5))
    told.say(both[shared], 1, 1.5)
    return told


def _purposes(pairs: Pairs) -> Told:
    here, there = pairs.column("purposes")
    told = Told.nothing(len(pairs))
    both = (here > 0) & (there > 0)
    told.say(both, 2, -0.5)
    told.say(both & ((here & there) > 0), 1, 0.5)
    return told


def _terms(pairs: Pairs) -> Told:
    (here, there), (year, other_year) = pairs.column("end"), pairs.column("end_year")
    told = Told.nothing(len(pairs))
    both = (here > 0) & (there > 0)
    told.say(both & (np.abs(here - there) > 366), 2, -0.5)
    told.say(both & (year == other_year), 1, 1.0)
    return told


def _roles(pairs: Pairs) -> Told:
    here, there = pairs.column("is_total")
    told = Told.nothing(len(pairs))
    investors, other_investors = pairs.column("investors")
    # Of a sum without investors readers seldom agree whether it is a total.
    told.say((here != there) & ((investors > 0) | (other_investors > 0)), 1, -1.0)
    return told


MONEY = Trait(("", *(it.value for it in Agreement), "one tells no sum"), _money)
TIME = Trait(
    (
        "",
        "news of the same weeks",
        "announced after the other was told",
        "announced in the weeks of the other's news",
        "announced in the same days",
        "announced within 7 days of each other",
        "announced within 31 days of each other",
        "announced within 92 days of each other",
        "announced within 366 days of each other",
        "announced at other times",
        "announced when the other may have been reported on again",
        "announced on the same day",
    ),
    _time,
)
DESTINATIONS = Trait(
    (
        "",
        "the same destination",
        "a destination in common",
        "a wider destination",
        "other destinations",
        "another destination for a telling figure",
    ),
    _destinations,
)
INVESTORS = Trait(
    (
        "",
        "the same investors",
        "some of the same investors",
        "most investors in common",
        "an investor in common",
        "one names no investor",
        "two totals without investors",
        "neither names an investor",
        "other investors",
        "an investor that nobody lists",
        "a government told as the investor",
        "a project told as the investor",
        "the recipient told as the investor",
        "the same investor by a longer name",
        "the same investor by another name",
    ),
    _investors,
)
RECIPIENTS = Trait(("", "the same recipient", "other recipients", "one names no recipient"), _recipients)
THINGS = Trait(("", "the same things promised", "other things promised", "things of other kinds"), _things)
PLACES = Trait(("", "a place in common", "other places"), _places)
PURPOSES = Trait(("", "a purpose in common", "other purposes"), _purposes)
TERMS = Trait(("", "the same end", "other ends"), _terms)
ROLES = Trait(("", "one is a total"), _roles)
