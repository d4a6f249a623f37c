"""Reads tellings into columns, some hundreds at a time: a million of them have to be read in seconds."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import Deliverable, Interval, Kind, Purpose, RelationType, Role, Stage, Telling
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.hashes import Key, hash_key
from pledgebook.reconcile.interned import Bools, Ints
from pledgebook.reconcile.names import Names
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.sum_columns import SumColumns
from pledgebook.reconcile.table import Column, Table


@dataclass(frozen=True, slots=True)
class Read:
    """Facts with the key of each row, and the claims of one document that bear on each other.

    `related` are hashes of keys, two by two; `adds` tells which of them add to each other.
    """

    facts: Facts
    keys: list[Key]
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
        self._keys: list[Key] = []
        self._key, self._document = array("Q"), array("Q")
        self._investors, self._sort, self._recipient = array("i"), array("b"), array("i")
        self._destinations, self._places, self._purposes = array("i"), array("i"), array("H")
        self._told, self._published, self._end = array("i"), array("i"), array("i")
        self._end_year = array("h")
        self._role, self._promised_before = array("b"), array("b")
        self._sums, self._sum_count = SumColumns(), array("B")
        self._kind, self._count, self._thing_count = array("b"), array("d"), array("B")
        self._counts: dict[tuple[Decimal, Decimal | None], float] = {}
        self._related, self._adds = array("Q"), array("B")

    def add(self, tellings: Sequence[Telling]) -> None:
        """Reads some more tellings."""
        names, claims = self._names, [it.claim for it in tellings]
        keys = [(it.document, claim.id) for it, claim in zip(tellings, claims, strict=True)]
        self._keys += keys
        self._key.extend([hash_key(key) for key in keys])
        self._document.extend([hash_key(document) for document, _ in keys])
        for claim in claims:
            number, sort = names.parties(claim.investors)
            self._investors.append(number)
            self._sort.append(sort)
            purposes = 0
            for purpose in claim.purposes:
                purposes |= _PURPOSES[id(purpose)]
            self._purposes.append(purposes)
        self._recipient.extend([-1 if (to := claim.recipient) is None else names.party(to.name) for claim in claims])
        self._destinations.extend([names.destinations[claim.destinations] for claim in claims])
        self._places.extend([names.places[claim.places] for claim in claims])
        self._told.extend(_ordinals([claim.announced for claim in claims]))
        self._published.extend(_ordinals([it.published for it in tellings]))
        ends = [claim.term.end for claim in claims]
        self._end.extend([0 if end is None else end.toordinal() for end in ends])
        self._end_year.extend([0 if end is None else end.year for end in ends])
        self._role.extend([_ROLES[id(claim.role)] for claim in claims])
        self._promised_before.extend([_STAGES[id(claim.stage)] for claim in claims])
        add = self._sums.add
        self._sum_count.extend([0 if (sum_ := claim.amount) is None else add(sum_) for claim in claims])
        self._thing_count.extend(
            [self._add_things(things) if (things := claim.deliverables) else 0 for claim in claims]
        )
        for key, claim in zip(keys, claims, strict=True):
            for relation in claim.relations:
                self._related.extend((hash_key(key), hash_key((key[0], relation.claim))))
                self._adds.append(relation.type is RelationType.ADDS_TO)

    def _add_things(self, things: Sequence[Deliverable]) -> int:
        """How many things are promised, after they were added."""
        if not things:
            return 0
        if len(things) == 1:
            self._kind.append(_KINDS[id(things[0].kind)])
            self._count.append(self._middle(things[0]))
            return 1
        told = sorted([(_KINDS[id(it.kind)], self._middle(it)) for it in things])[:_MOST]
        self._kind.extend([kind for kind, _ in told])
        self._count.extend([count for _, count in told])
        return len(told)

    def _middle(self, thing: Deliverable) -> float:
        key = thing.count, thing.count_max
        found = self._counts.get(key)
        if found is None:
            most = thing.count if thing.count_max is None else thing.count_max
            found = self._counts[key] = float((thing.count + most) / 2)
        return found

    def read(self, rates: Rates) -> Read:
        """All that was read."""
        told, published = (_column(it, np.int32).reshape(-1, 2) for it in (self._told, self._published))
        role, counts = _column(self._role, np.int8), _column(self._sum_count, np.uint8)
        days = _days(told, published, role, _column(self._promised_before, np.bool_))
        end = {"end": _column(self._end, np.int32), "end_year": _column(self._end_year, np.int16)}
        rows = Table(
            {
                "document": _column(self._document, np.uint64),
                "key": _column(self._key, np.uint64),
                "investors": _column(self._investors, np.int32),
                "recipient": _column(self._recipient, np.int32),
                "destinations": _column(self._destinations, np.int32),
                "places": _column(self._places, np.int32),
                **days,
                **end,
                "purposes": _column(self._purposes, np.uint16),
                "sort": _column(self._sort, np.int8),
                "is_total": role == _TOTAL,
                "sums": counts,
                "things": _column(self._thing_count, np.uint8),
            }
        )
        day, sure = _rate_days(told, published)
        sums = self._sums.table(day.repeat(counts), sure.repeat(counts), rates)
        things = Table({"kind": _column(self._kind, np.int8), "count": _column(self._count, np.float64)})
        return Read(
            Facts(self._names, rows, sums, things),
            self._keys,
            _column(self._related, np.uint64).reshape(-1, 2),
            _column(self._adds, np.bool_),
        )


def _ordinals(intervals: Iterable[Interval | None]) -> list[int]:
    """First and last day of each, 0 for none."""
    return [
        day for it in intervals for day in ((0, 0) if it is None else (it.earliest.toordinal(), it.latest.toordinal()))
    ]


def _column(values: "array[Any]", kind: type[np.generic]) -> NDArray[Any]:
    return np.frombuffer(values, kind)


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
