"""Reads tellings into columns, some hundreds at a time: a million of them have to be read in seconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import Deliverable, Interval, Kind, Purpose, Relation, RelationType, Role, Stage, Telling
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.hashes import Key
from pledgebook.reconcile.interned import Bools, Ints, Small
from pledgebook.reconcile.keys import Keys
from pledgebook.reconcile.names import Names
from pledgebook.reconcile.packed import Packed
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.sum_columns import SumColumns
from pledgebook.reconcile.table import Column, Table


@dataclass(frozen=True, slots=True)
class Read:
    """Facts with the key of each row, and the claims of one document that bear on each other.

    `related` are hashes of keys, two by two; `adds` tells which of them add to each other.
    """

    facts: Facts
    keys: Keys
    related: NDArray[np.uint64]
    adds: NDArray[np.bool_]

    @property
    def apart(self) -> NDArray[np.uint64]:
        """Claims that can't be one: what comes on top of a sum is not that sum, however alike they look."""
        return self.related[self.adds]


# A day of announcement that is known to within a month is as good as known for the choice of a rate.
SURE_DAYS = 31
# News without a day of its own is taken to be at most this much older than its publication.
FRESH_DAYS = 31
REPORT_DAYS = 7

# By identity, as there is one of each: their own hash takes as long as all else that is done with them here.
_KINDS = {id(kind): n for n, kind in enumerate(Kind)}
_PURPOSES = {id(purpose): 0 if purpose is Purpose.GENERAL else 1 << n for n, purpose in enumerate(Purpose)}
_NEW, _EARLIER, _TOTAL = range(3)
_ROLES = {id(Role.NEW): _NEW, id(Role.EARLIER): _EARLIER, id(Role.TOTAL): _TOTAL}
# What has come further than a promise, or has been given up, was promised before the report that tells so.
_PROMISED_BEFORE = (Stage.UNDER_WAY, Stage.COMPLETED, Stage.DELAYED, Stage.CANCELLED, Stage.DENIED)
_STAGES = {id(stage): stage in _PROMISED_BEFORE for stage in Stage}
_MOST = 255
_NO_DAYS = (0, 0)
_FIRST_OF_1970 = date(1970, 1, 1).toordinal()
Days = NDArray[np.int32]
# So many tellings at once stay in the processor's own memory.
_AT_ONCE = 256


def read_facts(tellings: Iterable[Telling], rates: Rates, names: Names | None = None) -> Read:
    """The facts of tellings, row by row; no telling is kept."""
    reader, waiting = _Reader(names or Names()), iter(tellings)
    while some := list(islice(waiting, _AT_ONCE)):
        reader.add(some)
    return reader.read(rates)


class _Reader:
    """What tellings say as they say it, column by column; what follows from several columns waits for the last row."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._keys = Keys()
        self._key, self._document = Packed("q"), Packed("q")
        self._investors, self._recipient = Packed("i"), Packed("i")
        self._destinations, self._places, self._purposes = Packed("i"), Packed("i"), Packed("H")
        self._told, self._published, self._end = Packed("i"), Packed("i"), Packed("i")
        self._role, self._promised_before = Packed("B"), Packed("B")
        self._sums, self._sum_count = SumColumns(), Packed("B")
        self._things, self._thing, self._thing_count = _Things(), Packed("i"), Packed("B")
        self._related, self._adds = Packed("q"), Packed("B")

    def add(self, tellings: Sequence[Telling]) -> None:
        """Reads some more tellings."""
        names, claims = self._names, [it.claim for it in tellings]
        documents, ids = [it.document for it in tellings], [claim.id for claim in claims]
        self._keys.extend(documents, ids)
        self._key.extend(map(hash, zip(documents, ids, strict=True)))
        self._document.extend(map(hash, documents))
        parties, destinations, places = names.parties, names.destinations, names.places
        self._investors.extend([parties(who) if (who := claim.investors) else 0 for claim in claims])
        self._recipient.extend([-1 if (to := claim.recipient) is None else names.party(to.name) for claim in claims])
        self._destinations.extend([destinations[claim.destinations] for claim in claims])
        self._places.extend([places[where] if (where := claim.places) else 0 for claim in claims])
        self._purposes.extend([_purposes(claim.purposes) for claim in claims])
        self._told.extend(_ordinals([claim.announced for claim in claims]))
        self._published.extend(_ordinals([it.published for it in tellings]))
        self._end.extend([0 if (end := claim.term.end) is None else end.toordinal() for claim in claims])
        self._role.extend([_ROLES[id(claim.role)] for claim in claims])
        self._promised_before.extend([_STAGES[id(claim.stage)] for claim in claims])
        self._sum_count.extend(self._sums.add([claim.amount for claim in claims]))
        number = self._things.numbers
        things = [number(told) if (told := claim.deliverables) else () for claim in claims]
        self._thing_count.extend(map(len, things))
        self._thing.extend(chain.from_iterable(things))
        for document, claim in zip(documents, claims, strict=True):
            if claim.relations:
                self._relate((document, claim.id), claim.relations)

    def _relate(self, key: Key, relations: Sequence[Relation]) -> None:
        for relation in relations:
            self._related.extend((hash(key), hash((key[0], relation.claim))))
            self._adds.extend((relation.type is RelationType.ADDS_TO,))

    def read(self, rates: Rates) -> Read:
        """All that was read."""
        told, published = (it.column(np.int32).reshape(-1, 2) for it in (self._told, self._published))
        investors, ids, sort = self._names.told(self._investors.column(np.int32))
        end = self._end.column(np.int32)
        role, counts = self._role.column(np.int8), self._sum_count.column(np.uint8)
        days = _days(told, published, role, self._promised_before.column(np.bool_))
        rows = Table(
            {
                "document": self._document.column(np.uint64),
                "key": self._key.column(np.uint64),
                "investors": investors,
                "ids": ids,
                "recipient": self._recipient.column(np.int32),
                "destinations": self._destinations.column(np.int32),
                "places": self._places.column(np.int32),
                **days,
                "end": end,
                "end_year": _years(end),
                "purposes": self._purposes.column(np.uint16),
                "sort": sort,
                "is_total": role == _TOTAL,
                "sums": counts,
                "things": self._thing_count.column(np.uint8),
            }
        )
        day, sure = _rate_days(told, published)
        sums = self._sums.table(day.repeat(counts), sure.repeat(counts), rates)
        return Read(
            Facts(self._names, rows, sums, self._things.table(self._thing.column(np.int32))),
            self._keys,
            self._related.column(np.uint64).reshape(-1, 2),
            self._adds.column(np.bool_),
        )


class _Things:
    """Things that are promised with a number each, each worked out once, however often it is told."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, Decimal, Decimal | None], int] = {}
        self._things: list[tuple[int, float]] = []

    def numbers(self, things: Sequence[Deliverable]) -> list[int]:
        """The numbers of all things of one telling, in the order of their kinds and counts."""
        found = []
        for thing in things:
            key = id(thing.kind), thing.count, thing.count_max
            number = self._numbers.get(key)
            if number is None:
                most = thing.count if thing.count_max is None else thing.count_max
                number = self._numbers[key] = len(self._things)
                self._things.append((_KINDS[key[0]], float((thing.count + most) / 2)))
            found.append(number)
        return found if len(found) == 1 else sorted(found, key=self._things.__getitem__)[:_MOST]

    def table(self, numbers: Small) -> Table:
        """The things of these numbers, one row each."""
        kinds, counts = zip(*self._things, strict=True) if self._things else ((), ())
        return Table(
            {
                "kind": np.array(kinds, np.int8).take(numbers),
                "count": np.array(counts, np.float64).take(numbers),
            }
        )


def _purposes(purposes: Iterable[Purpose]) -> int:
    found = 0
    for purpose in purposes:
        found |= _PURPOSES[id(purpose)]
    return found


def _ordinals(intervals: Iterable[Interval | None]) -> list[int]:
    """First and last day of each, 0 for none."""
    found: list[int] = []
    for it in intervals:
        if it is None:
            found += _NO_DAYS
        else:
            earliest, latest = it.earliest, it.latest
            first = earliest.toordinal()
            found += first, first if latest is earliest else latest.toordinal()
    return found


def _years(days: Days) -> NDArray[np.int16]:
    """The year of each day, 0 for none."""
    found = np.zeros(len(days), np.int16)
    told = np.flatnonzero(days)
    found[told] = (days.take(told) - _FIRST_OF_1970).astype("M8[D]").astype("M8[Y]").astype(np.int16) + 1970
    return found


def _rate_days(told: Days, published: Days) -> tuple[Ints, Bools]:
    """The day whose exchange rate fits each row (0 where no day is told), and whether it is as good as known."""
    (first, last), (begins, ends) = told.T, published.T
    sure = ((first > 0) & (last - first < SURE_DAYS)) | ((begins > 0) & (ends - begins < SURE_DAYS))
    return np.where(first > 0, first + (last - first) // 2, begins), sure


def _days(told: Days, published: Days, role: NDArray[np.int8], promised_before: Bools) -> dict[str, Column]:
    """When each row was announced, or may have been where no words tell it; all 0 where that is not so.

    A report that dates by itself what it tells as background, or as begun, done, late or given up, names no day of
    announcement: that was earlier. Of a day that is told nobody asks until when it can have been.
    """
    (first, last), (begins, ends) = told.T, published.T
    has, dated = begins > 0, first > 0
    by_report = dated & has & (begins - last <= REPORT_DAYS) & (first - ends <= REPORT_DAYS)
    earlier = by_report & (last - first < SURE_DAYS) & ((role == _EARLIER) | promised_before)
    announced = np.where((dated & ~earlier)[:, None], told, 0)
    is_fresh = ~dated & has & (role == _NEW)
    fresh = np.where(is_fresh[:, None], np.stack([begins - FRESH_DAYS, ends], axis=1), 0)
    before = np.where(announced[:, 0] > 0, 0, ends)
    return {
        "announced": announced,
        "fresh": fresh.astype(np.int32),
        "before": before,
        "is_report_day": by_report & ~earlier,
    }
