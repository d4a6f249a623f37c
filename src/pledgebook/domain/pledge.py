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
    `voice` names the independent voice that speaks: copies of one story share it.
    """

    document: str
    source: str
    claim: Claim
    language: str = "und"
    published: Interval | None = None
    known: date | None = None
    voice: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells this telling from all others in the book."""
        return (self.document, self.claim.id)


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
    why the tellings are held to be one.
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
    term: Term = Term()
    stage: Stage = Stage.ANNOUNCED
    role: Role = Role.NEW
    relations: tuple[Relation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    voices: int = 1
    reasons: tuple[str, ...] = ()
