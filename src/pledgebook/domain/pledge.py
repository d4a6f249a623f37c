"""The commitment that claims share."""

from dataclasses import dataclass
from datetime import date

from pledgebook.domain.claim import Claim, Deliverable, Party, Purpose, Relation, Role, Stage, Term
from pledgebook.domain.finding import Finding
from pledgebook.domain.interval import Interval
from pledgebook.domain.money import Amount


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of one document: what reconcile takes in.

    `source` and `language` are the document's. `published` is the interval of its publication; `known` the day from
    which the book knew it (the day of publication where that is known, else the last day it can be).
    `voice` names the independent voice that speaks: copies of one story share it. `shows` is what the document shows
    beside the claim: "own-text" of an investor or government, "running-costs" or "partly-spent" in the sum.
    """

    document: str
    source: str
    claim: Claim
    language: str = "und"
    published: Interval | None = None
    known: date | None = None
    voice: str = ""
    shows: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells this telling from all others in the book."""
        return (self.document, self.claim.id)

    @property
    def day_known(self) -> date | None:
        """The day from which the book knew it: `known`, else the last day on which it can have been published."""
        return self.known or (self.published.latest if self.published is not None else None)

    @property
    def rate_day(self) -> date | None:
        """The day whose exchange rate fits: that of the announcement, else of the publication; None for neither."""
        return rate_day(self.claim.announced, self.published)


def rate_day(announced: Interval | None, published: Interval | None) -> date | None:
    """The day whose exchange rate fits a sum: the middle of its announcement, else the first day it can be published.

    The first and not the middle, because a page without a date may have been published on any day until it was read.
    """
    if announced is not None:
        return announced.middle
    return published.earliest if published is not None else None


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a pledge: from `day` on, the telling `telling` has it at `stage`, in these words.

    `day` is the day on which that was published, None where it is not known. `words` are the evidence of the stage,
    empty where the reader gave none.
    """

    day: date | None
    stage: Stage
    telling: tuple[str, str]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Tellings that disagree about one field, and what became of it.

    `kept` and `deprecated` are the values as people read them, `reason` the rule that chose; `name` is that of the
    Finding it makes ("conflicting-amounts", "wrong-currency").
    """

    name: str
    field: str
    kept: str
    deprecated: tuple[str, ...]
    reason: str
    tellings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pledge:
    """One commitment as all its tellings have it, value by value by the rules of counting.

    `relations` point to the ids of other pledges. `voices` counts independent sources, `tellings` all. `reasons` say
    why the tellings are held to be one. `life` are the steps of its stage, the latest last. `confirmed` counts totals,
    told by others, from which the same amount follows. `sureness` is the best score of its tellings, 1 where a person
    decided about it.
    """

    id: str
    tellings: tuple[Telling, ...]
    investors: tuple[Party, ...] = ()
    recipient: Party | None = None
    destinations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    amount: Amount | None = None
    deliverables: tuple[Deliverable, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    announced: Interval | None = None
    term: Term = Term()  # noqa: RUF009 - frozen, so shared without harm
    stage: Stage = Stage.ANNOUNCED
    role: Role = Role.NEW
    relations: tuple[Relation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    voices: int = 1
    reasons: tuple[str, ...] = ()
    life: tuple[Step, ...] = ()
    confirmed: int = 0
    sureness: float = 1.0

    @property
    def rate_day(self) -> date | None:
        """The day whose exchange rate fits the amount: that of the announcement, else of the first publication."""
        published = [telling.published for telling in self.tellings if telling.published is not None]
        return rate_day(self.announced, min(published, default=None))

    @property
    def last_heard(self) -> date | None:
        """The last day on which somebody told of it, None where no day is known."""
        return max((day for telling in self.tellings if (day := telling.day_known) is not None), default=None)
