"""A telling made ready to be compared with others."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pledgebook.domain import Deliverable, Interval, Purpose, Role, Telling
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.sums import Sum, read_sums

# A day of announcement that is known to within a month is as good as known for the choice of a rate.
SURE_DAYS = 31
# News without a day of its own is taken to be at most this much older than its publication.
FRESH_DAYS = 31
REPORT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides whether two tellings tell of one pledge.

    `announced` is what the words say; `fresh` the days in which news that names no day must have been announced;
    `before` the last day on which the announcement can have been made, since it was told by then. `is_report_day`
    tells that the day of announcement is that of the report itself, as it also is where old news is warmed up.
    """

    key: tuple[str, str]
    document: str
    investors: frozenset[str]
    recipient: str | None
    destinations: frozenset[str]
    places: frozenset[str]
    sums: tuple[Sum, ...]
    deliverables: tuple[tuple[str, float], ...]
    purposes: frozenset[Purpose]
    announced: Interval | None
    fresh: Interval | None
    before: date | None
    end: date | None
    is_total: bool
    is_report_day: bool

    @property
    def said(self) -> tuple[object, ...]:
        """All that is compared, whoever said it."""
        return (
            self.investors,
            self.recipient,
            self.destinations,
            self.places,
            self.sums,
            self.deliverables,
            self.purposes,
            self.announced,
            self.fresh,
            self.end,
            self.is_total,
            self.is_report_day,
        )


def read_facts(telling: Telling, rates: Rates) -> Facts:
    """The facts of a telling."""
    claim, published = telling.claim, telling.published
    sure = any(interval is not None and interval.days <= SURE_DAYS for interval in (claim.announced, published))
    fresh = None
    if claim.announced is None and published is not None and claim.role is Role.NEW:
        fresh = Interval(published.earliest - timedelta(days=FRESH_DAYS), published.latest)
    return Facts(
        key=telling.key,
        document=telling.document,
        investors=frozenset(party.name for party in claim.investors),
        recipient=claim.recipient.name if claim.recipient is not None else None,
        destinations=frozenset(claim.destinations),
        places=frozenset(place.casefold() for place in claim.places),
        sums=read_sums(claim.amount, day=telling.rate_day, sure_day=sure, rates=rates),
        deliverables=tuple(sorted((item.kind.value, float(_middle(item))) for item in claim.deliverables)),
        purposes=frozenset(purpose for purpose in claim.purposes if purpose is not Purpose.GENERAL),
        announced=claim.announced,
        fresh=fresh,
        before=published.latest if published is not None else None,
        end=claim.term.end,
        is_total=claim.role is Role.TOTAL,
        is_report_day=claim.announced is not None
        and published is not None
        and claim.announced.distance(published) <= REPORT_DAYS,
    )


def _middle(item: Deliverable) -> Decimal:
    return item.count if item.count_max is None else (item.count + item.count_max) / 2
