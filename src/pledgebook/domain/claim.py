"""What one document asserts about one commitment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pledgebook.domain.interval import Interval
from pledgebook.domain.money import Amount, Qualifier
from pledgebook.domain.span import Span


class PartyKind(StrEnum):
    """What sort of body a party is."""

    COMPANY = "company"
    GOVERNMENT = "government"
    FUND = "fund"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What is counted."""

    GPUS = "gpus"
    MEGAWATTS = "megawatts"
    JOBS = "jobs"
    JOBS_SUPPORTED = "jobs_supported"
    PEOPLE_TRAINED = "people_trained"
    STARTUPS = "startups"
    DATA_CENTRES = "data_centres"
    SITES = "sites"
    RESEARCHERS = "researchers"


class Purpose(StrEnum):
    """What the money or the thing is for."""

    DATA_CENTRES = "data_centres"
    CLOUD = "cloud"
    AI = "ai"
    RESEARCH = "research"
    SKILLS = "skills"
    STARTUPS = "startups"
    SEMICONDUCTORS = "semiconductors"
    NETWORKS = "networks"
    ENERGY = "energy"
    PUBLIC_SECTOR = "public_sector"
    LOGISTICS = "logistics"
    GENERAL = "general"


class Stage(StrEnum):
    """How far the commitment has come, as the document tells it."""

    RUMOURED = "rumoured"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    DELAYED = "delayed"
    CANCELLED = "cancelled"
    DENIED = "denied"


class Role(StrEnum):
    """What the claim is to its document: the news, background, or a sum over other commitments."""

    NEW = "new"
    EARLIER = "earlier"
    TOTAL = "total"


class RelationType(StrEnum):
    """How one claim bears on another."""

    TOTAL_OF = "total_of"
    PART_OF = "part_of"
    ADDS_TO = "adds_to"
    REPLACES = "replaces"


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """A company, government, fund or other body by its canonical English name; `id` is its Wikidata item."""

    name: str
    kind: PartyKind = PartyKind.UNKNOWN
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something countable that is promised; `due` where the words date that count."""

    kind: Kind
    count: Decimal
    qualifier: Qualifier = Qualifier.EXACT
    count_max: Decimal | None = None
    due: date | None = None

    def __post_init__(self) -> None:
        if (self.count_max is not None) != (self.qualifier is Qualifier.RANGE):
            raise ValueError(f"deliverable {self.count} {self.kind}: count_max goes with a range, and only with it")


@dataclass(frozen=True, slots=True)
class Term:
    """When the spending or building begins and ends; None where no words tell."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """How this claim bears on the claim of the same document that has the id `claim`."""

    type: RelationType
    claim: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The exact words behind a field: `document.text[span.start:span.end] == text`, always.

    `page` is the page on which they begin, None where the document has no pages.
    """

    field: str
    span: Span
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document asserts about one commitment, field by field, with the words that say so.

    `id` is unique in the document and follows from what the claim says. `score` between 0 and 1 tells how sure the
    reader is and `reasons` why it decided so; neither is part of the contract's JSON.
    """

    id: str
    investors: tuple[Party, ...] = ()
    recipient: Party | None = None
    destinations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    amount: Amount | None = None
    deliverables: tuple[Deliverable, ...] = ()
    purposes: tuple[Purpose, ...] = (Purpose.GENERAL,)
    announced: Interval | None = None
    term: Term = Term()
    stage: Stage = Stage.ANNOUNCED
    role: Role = Role.NEW
    relations: tuple[Relation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()
